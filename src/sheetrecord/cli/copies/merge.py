"""`sheetrecord merge`: bring an e-mailed copy's changes into ours, conflicts listed, none lost."""

import datetime as dt
from collections.abc import Iterator

import click

from sheetrecord.app.merge import MergeRequest, MergeResult, merge_files
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.ansi import coloured, joined
from sheetrecord.cli.change_output import PLAN
from sheetrecord.cli.copies.speaker import Speaker
from sheetrecord.cli.format_values import side_words
from sheetrecord.cli.output_option import FORCE, TO
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.answers.merged import merge_answer
from sheetrecord.core.merge.conflict_words import in_words
from sheetrecord.core.merge.guards import NAMES
from sheetrecord.core.merge.missing_sheets import MISSING, NO_DEALS
from sheetrecord.model.conflict import Conflict
from sheetrecord.workbooks.addresses import name_of
from sheetrecord.workbooks.kinds import GIT_NAME

REFUSED = 3
_MOST = 40
"""Changes that are printed before the rest are counted; --plan prints all."""


@click.command("merge")
@click.argument("base", metavar="BASE", type=BookAddress())
@click.argument("ours", metavar="OURS", type=BookAddress())
@click.argument("theirs", metavar="THEIRS", type=BookAddress())
@TO("the merged copy", kept_as=str)
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
    base: str,
    ours: str,
    theirs: str,
    *,
    out: str,
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
    request = MergeRequest(base, ours, theirs, out, frozenset(allow), only_plan, force)
    done = merge_files(request, today=options.today(), asof=asof)
    printing.document(as_json(merge_answer(done)) if format_ == "json" else joined(_text(done)))
    if done.merged.refused:
        return REFUSED
    return int(bool(done.merged.conflicts or done.made or done.open_lines))


def _text(done: MergeResult) -> Iterator[str]:
    speaks = Speaker(done.language)
    if done.merged.refused:
        yield from _refused(done, speaks)
        return
    plan = done.merged.plan
    most = len(plan) if done.request.only_plan else _MOST
    yield from map(speaks.edit, plan[:most])
    if len(plan) > most:
        yield speaks.say("changes more", n=len(plan) - most)
    for conflict in done.merged.conflicts:
        yield _conflict(conflict, speaks)
    for notice in done.merged.notices:
        head = speaks.header(notice.sheet, notice.column)
        parts = (speaks.title(notice.sheet), notice.row_id, head)
        place = " ".join(part for part in parts if part)
        what = speaks.reason(notice.words)
        yield f"{coloured(speaks.say('not merged'), 'yellow')}  {place}: {what}"
    for problem in done.made:
        code = coloured(problem.code, "red")
        what = f"{speaks.say('only together')}  {problem.where.address}  {code}"
        yield f"{what}  {problem.message}  {problem.do}"
    for remark in done.remarks:
        yield f"{speaks.say('note')}: {remark}"
    yield _summary(done, speaks)


def _refused(done: MergeResult, speaks: Speaker) -> Iterator[str]:
    for guard in done.merged.refused:
        path = done.request.ours if guard.whose == "ours" else done.request.theirs
        sheet = "" if guard.name in {MISSING, NO_DEALS} else f"{speaks.title(guard.sheet)}: "
        yield f"{path}: {sheet}{speaks.reason(guard.words)}."
    names = sorted({guard.name for guard in done.merged.refused})
    if NO_DEALS in names:
        yield speaks.say("no deals")
        return
    yield speaks.say("looks wrong", allow=" ".join(f"--allow {name}" for name in names))


def _conflict(conflict: Conflict, speaks: Speaker) -> str:
    at = conflict.at
    sides = ", ".join(
        f"{speaks.say(name)}: {speaks.side(side, side_words(side))}"
        for name, side in (
            ("base", conflict.base),
            ("ours", conflict.ours),
            ("theirs", conflict.theirs),
        )
    )
    column = speaks.header(at.sheet, at.key) if at.key else speaks.say("whole")
    place = f"{speaks.title(at.sheet)} {at.row_id} {column}"
    why = in_words(speaks.language, conflict.kind.value)
    return f"{coloured(speaks.say('conflict'), 'red')}  {place}  {why}  ({sides})"


def _summary(done: MergeResult, speaks: Speaker) -> str:
    merged = done.merged
    what = [speaks.count(len(merged.plan), "change"), speaks.count(len(merged.conflicts))]
    if done.made:
        what.append(speaks.count(len(done.made), "made"))
    # git gives a merge driver files under names of its own
    out = done.request.out
    name = speaks.say("the workbook") if name_of(out).startswith(GIT_NAME) else out
    told = f"{name}: {', '.join(what)}."
    if done.request.only_plan:
        return f"{told} {speaks.say('only plan')}"
    if not done.written:
        return f"{told} {speaks.say('nothing to write')}"
    if done.open_lines:
        return f"{told} {speaks.say('decide then', name=name)}"
    return told
