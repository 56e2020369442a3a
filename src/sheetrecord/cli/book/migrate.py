"""`sheetrecord migrate`: bring workbooks of an older version to the present one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sheetrecord.app.migrate import Drafted, draft, migrate, take_back
from sheetrecord.app.rewrite import CheckScope
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookAddress
from sheetrecord.cli.output_option import Reads
from sheetrecord.core.migrate.list_words import WordsAdded
from sheetrecord.core.migrate.plan import Added, Change, CheckRenewed, Left
from sheetrecord.files.state_folder import state_path
from sheetrecord.formats.migration_edits import template_of
from sheetrecord.model.errors import NotARecord, SheetRecordError
from sheetrecord.model.problem import Severity, column_letters
from sheetrecord.model.progress import each
from sheetrecord.workbooks.finding import workbooks_below

if TYPE_CHECKING:
    from sheetrecord.contract.changes import MigrateAnswer, OperationJson

PLAN: Final = 1
"""The version of the JSON."""


@click.command("migrate")
@click.argument("book", nargs=-1, metavar="BOOK", type=BookAddress())
@click.option("--plan", "only_plan", is_flag=True, help="Show every change; write nothing.")
@click.option("--back", is_flag=True, help="Put the workbook from before its migration back.")
@click.option(
    "--all",
    "folder",
    metavar="FOLDER",
    type=Reads(exists=True, file_okay=False),
    help="Every workbook in a folder and the folders in it.",
)
@options.format_option("text", "json")
@options.asof
def command(
    book: tuple[str, ...],
    *,
    only_plan: bool,
    back: bool,
    folder: Path | None,
    format_: str,
    asof: dt.date | None,
) -> int:
    """Bring a workbook that an older version made to the present one.

    What people typed, their own columns, sheets, formulas, charts and macros stay as they are.
    New columns come behind the last used one, and live formulas are renewed where nobody changed
    them. The workbook as it was is kept for good.

    \b
    Examples:
      sheetrecord migrate firm.xlsx --plan
      sheetrecord migrate firm.xlsx
      sheetrecord migrate --all clients
      sheetrecord migrate firm.xlsx --back
    """
    found = _books(book, folder)
    if back:
        return _back(found, only_plan=only_plan)
    asked = CheckScope(options.today(), asof)
    told: list[MigrateAnswer] = []
    worst = 0
    for address in each(found, "workbooks"):
        try:
            drafted = draft(address, asked, only_plan=only_plan)
        except NotARecord:
            if folder is None:
                raise
            continue
        except SheetRecordError as error:
            if folder is None:
                raise
            printing.error(str(error))
            worst = 3
            continue
        kept = "" if only_plan or not drafted.after.changed else migrate(drafted)
        if format_ == "json":
            told.append(_json(drafted, kept))
        else:
            printing.lines(_text(drafted, kept, only_plan=only_plan))
    if format_ == "json":
        printing.document(printing.as_json(told))
    return worst


def _books(book: Sequence[str], folder: Path | None) -> list[str]:
    if folder is None:
        return options.books(book)
    if book:
        raise click.UsageError("Name workbooks, or --all FOLDER, not both.")
    ours = Path(state_path()).resolve()  # kept versions stay what they were
    found = (folder / one.below for one in workbooks_below(folder))
    return [str(path) for path in found if ours not in path.resolve().parents]


def _back(found: Sequence[str], *, only_plan: bool) -> int:
    if only_plan:
        raise click.UsageError("--back has no plan: it puts back exactly what was kept.")
    for address in found:
        copy = take_back(address)
        printing.line(f"{address}: as it was before, from {copy}.")
    return 0


def _text(drafted: Drafted, kept: str, *, only_plan: bool) -> Iterator[str]:
    address, migration = drafted.before.address, drafted.migration
    if not drafted.after.changed:
        yield f"{address}: made by version {migration.to}, the present one. Nothing to do."
        return
    for one in migration.taken:
        yield f"Version {one.step.to}: {one.step.why}."
        yield from (f"  {_line(change)}" for change in one.changes)
    for left in migration.left:
        yield f"  {_left(left)}"
    before, after = _problems(drafted)
    yield f"Problems: {before} before, {after} after."
    if only_plan:
        yield f"{address}: from version {migration.made_by} to {migration.to}. Nothing was written."
    else:
        yield f"{address}: from version {migration.made_by} to {migration.to}."
        yield f"As it was before: {kept}  (`sheetrecord migrate {address} --back` puts it back)"


def _line(change: Change) -> str:
    if isinstance(change, CheckRenewed):
        return "Check  written anew, with the hidden sheet behind it"
    if isinstance(change, WordsAdded):
        return f"{change.title}  + {change.added} words or questions in the list {change.enum}"
    letters = column_letters(change.number)
    if isinstance(change, Added):
        filled = f", {len(change.rows)} formulas" if change.formula else ""
        return f'{change.title}!{letters}  + column "{change.header}"{filled}'
    return f"{change.title}!{letters}  {len(change.rows)} formulas renewed ({change.column.key})"


def _left(left: Left) -> str:
    return (
        f"{left.title}: {len(left.rows)} cells of {left.column.key} hold a formula that no version "
        f"had, first in row {left.rows[0]}; left as they are."
    )


def _problems(drafted: Drafted) -> tuple[int, int]:
    """Return how many errors and warnings stand before and after."""
    sides = (drafted.before.checked.report, drafted.after.checked.report)
    before, after = (sum(p.severity >= Severity.WARNING for p in side.problems) for side in sides)
    return before, after


def _json(drafted: Drafted, kept: str) -> MigrateAnswer:
    migration, before = drafted.migration, drafted.before
    errors_before, errors_after = _problems(drafted)
    return {
        "kind": "sheetrecord.migrate",
        "plan": PLAN,
        "book": {
            "path": before.address,
            "sha256": sha256(before.transaction.image(before=True)).hexdigest(),
            "template": template_of(before.checked.book),
            "language": migration.layout.language,
            "from": migration.made_by,
            "to": migration.to,
        },
        "steps": [
            {"to": one.step.to, "why": one.step.why, "changes": [_op(c) for c in one.changes]}
            for one in migration.taken
        ],
        "kept": kept,
        "left": [
            {"sheet": one.title, "key": one.column.key, "rows": list(one.rows)}
            for one in migration.left
        ],
        "problems": {"before": errors_before, "after": errors_after},
        "written": bool(kept),
    }


def _op(change: Change) -> OperationJson:
    if isinstance(change, CheckRenewed):
        return {"op": "renew_check"}
    if isinstance(change, WordsAdded):
        cells = [f"{column_letters(number)}{row}" for row, number, _ in change.cells]
        return {"op": "add_words", "sheet": change.title, "enum": change.enum, "cells": cells}
    added = isinstance(change, Added)
    told: OperationJson = {
        "op": "add_column" if added else "set_formula",
        "sheet": change.title,
        "key": change.column.key,
        "column": column_letters(change.number),
    }
    if isinstance(change, Added):
        told["header"] = change.header
    else:
        told["was"] = change.was.replace("\0", "{row}")
    told["now"] = change.formula.replace("\0", "{row}")
    told["rows"], told["count"] = _ranges(change.rows), len(change.rows)
    return told


def _ranges(rows: Sequence[int]) -> list[str]:
    """Return row numbers as short ranges.

    >>> _ranges([4, 5, 6, 9])
    ['4-6', '9']
    """
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]
