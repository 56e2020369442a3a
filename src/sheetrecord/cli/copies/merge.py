"""`sheetrecord merge`: bring an e-mailed copy's changes into ours, conflicts listed, none lost."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from sheetrecord.app.merge import MergeRequest, MergeResult, merge_files
from sheetrecord.cli import options, printing
from sheetrecord.cli.ansi import coloured, joined
from sheetrecord.cli.change_output import PLAN
from sheetrecord.cli.format_values import count, edit_json, edit_words, side_json, side_words
from sheetrecord.cli.output_option import FORCE, TO, Reads
from sheetrecord.cli.printing import as_json
from sheetrecord.core.merge.guards import NAMES
from sheetrecord.core.merge.missing_sheets import MISSING, NO_DEALS
from sheetrecord.model.conflict import Conflict, Wanted
from sheetrecord.workbooks.kinds import GIT_NAME

REFUSED = 3
SCHEMA = 1
"""Raised when a field of the JSON changes its meaning or goes away."""

_MOST = 40
"""Changes that are printed before the rest are counted; --plan prints all."""


@click.command("merge")
@click.argument("base", metavar="BASE", type=Reads())
@click.argument("ours", metavar="OURS", type=Reads())
@click.argument("theirs", metavar="THEIRS", type=Reads())
@TO("the merged copy")
@FORCE
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice(sorted(NAMES)),
    help="Go on although this looks like an accident.",
)
@PLAN
@options.format_option("text", "json")
@options.asof
def command(
    base: Path,
    ours: Path,
    theirs: Path,
    *,
    out: Path,
    force: bool,
    allow: tuple[str, ...],
    only_plan: bool,
    format_: str,
    asof: dt.date | None,
) -> int:
    """Merge three copies: OUT is OURS with what THEIRS changed since BASE.

    What both changed differently stays as OURS has it and is listed on a sheet Conflicts; write
    ours, theirs or a value into its Keep column, then run `sheetrecord resolve OUT`.

    \b
    Examples:
      sheetrecord merge sent.xlsx firm.xlsx came-back.xlsx --to merged.xlsx
      sheetrecord merge sent.xlsx firm.xlsx came-back.xlsx --to firm.xlsx --plan

    Exits with 1 when there are conflicts or problems that only the merge makes, with 3 when a copy
    looks damaged: then nothing is written.
    """
    wish = MergeRequest(base, ours, theirs, out, frozenset(allow), only_plan, force)
    done = merge_files(wish, today=options.today(), asof=asof)
    printing.document(_json(done) if format_ == "json" else joined(_text(done)))
    if done.merged.refused:
        return REFUSED
    return int(bool(done.merged.conflicts or done.made or done.open_lines))


def _text(done: MergeResult) -> Iterator[str]:
    if done.merged.refused:
        yield from _refused(done)
        return
    plan = done.merged.plan
    most = len(plan) if done.wish.only_plan else _MOST
    yield from map(edit_words, plan[:most])
    if len(plan) > most:
        yield f"and {len(plan) - most} more changes (--plan shows all)"
    for conflict in done.merged.conflicts:
        yield _conflict(conflict)
    for notice in done.merged.notices:
        place = " ".join(part for part in (notice.sheet, notice.row_id, notice.column) if part)
        yield f"{coloured('not merged', 'yellow')}  {place}: {notice.words}"
    for problem in done.made:
        code = coloured(problem.code, "red")
        yield f"only together  {problem.where.address}  {code}  {problem.message}  {problem.do}"
    for remark in done.remarks:
        yield f"Note: {remark}"
    yield _summary(done)


def _refused(done: MergeResult) -> Iterator[str]:
    for guard in done.merged.refused:
        path = done.wish.ours if guard.whose == "ours" else done.wish.theirs
        sheet = "" if guard.name in {MISSING, NO_DEALS} else f"{guard.sheet}: "
        yield f"{path}: {sheet}{guard.words}."
    names = sorted({guard.name for guard in done.merged.refused})
    if NO_DEALS in names:
        yield "Nothing was written: without its deals nobody can tell whose the rows are."
        return
    yield "Nothing was written: that looks like an accident. Look at that copy; if it is meant, run"
    yield "this again with " + " ".join(f"--allow {name}" for name in names) + "."


def _conflict(conflict: Conflict) -> str:
    at = conflict.at
    sides = ", ".join(
        f"{name}: {side_words(side)}"
        for name, side in (
            ("base", conflict.base),
            ("ours", conflict.ours),
            ("theirs", conflict.theirs),
        )
    )
    place = f"{at.sheet} {at.row_id} {at.key or '(whole row)'}"
    return f"{coloured('conflict', 'red')}  {place}  {conflict.kind.value}  ({sides})"


def _summary(done: MergeResult) -> str:
    merged = done.merged
    what = [
        count(len(merged.plan), "change") + " taken over",
        count(len(merged.conflicts), "conflict"),
    ]
    if done.made:
        what.append(count(len(done.made), "problem") + " that only the merge makes")
    # git gives a merge driver files under names of its own
    name = "the workbook" if done.wish.out.name.startswith(GIT_NAME) else str(done.wish.out)
    told = f"{name}: {', '.join(what)}."
    if done.wish.only_plan:
        return f"{told} This is the plan; nothing was written."
    if not done.written:
        return f"{told} Nothing to write."
    if done.open_lines:
        return f"{told} Decide on its sheet of conflicts, then: sheetrecord resolve {name}"
    return told


def _json(done: MergeResult) -> str:
    merged = done.merged
    told = {
        "schema": SCHEMA,
        "out": str(done.wish.out),
        "written": done.written,
        "planned_only": done.wish.only_plan,
        "changes": [edit_json(edit) for edit in merged.plan],
        "conflicts": [_json_conflict(conflict) for conflict in merged.conflicts],
        "open_conflicts": done.open_lines,
        "not_merged": [notice._asdict() for notice in merged.notices],
        "refused": [guard._asdict() for guard in merged.refused],
        "only_together": [
            {
                "code": problem.code,
                "sheet": problem.where.sheet,
                "row_id": problem.where.row_id,
                "column": problem.where.key,
                "message": problem.message,
            }
            for problem in done.made
        ],
    }
    return as_json(told)


def _json_conflict(conflict: Conflict) -> dict[str, Any]:
    at = conflict.at
    sides: Sequence[tuple[str, Wanted]] = (
        ("base", conflict.base),
        ("ours", conflict.ours),
        ("theirs", conflict.theirs),
    )
    return {
        "sheet": at.sheet,
        "row_id": at.row_id,
        "column": at.key,
        "kind": conflict.kind.name.lower(),
        "group": conflict.group,
        **{name: side_json(side) for name, side in sides},
    }
