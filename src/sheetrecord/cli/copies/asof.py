"""`sheetrecord asof`: the record as it was known on a day, as a workbook of its own."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.app.output_kinds import AS_OF
from sheetrecord.app.sync.history import counted, on_day, write_snapshot
from sheetrecord.app.sync.open_store import looking
from sheetrecord.app.sync.targets import files_of
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.copies import sync_output
from sheetrecord.cli.copies.speaker import speaker
from sheetrecord.cli.output_option import FORCE, TO, read_by
from sheetrecord.files.output import guard
from sheetrecord.files.permissions import limits_of


@click.command("asof")
@click.argument("words", nargs=-1, metavar="[BOOK] DATE", type=BookWords(), shell_complete=complete)
@TO("the record")
@FORCE
@sync_output.BOOK
@options.trust
def command(words: tuple[str, ...], *, out: Path, force: bool, books: tuple[str, ...]) -> int:
    """Write the record as it stood when that day ended, from the ledger, to OUT (.xlsx or .md).

    It is a new workbook: no copy is touched, and it is not one.

    \b
    Examples:
      sheetrecord asof firm.xlsx 2026-06-30 --to half-year.xlsx
      sheetrecord asof firm.xlsx 2026-06-30 --to half-year.md
    """
    told = options.words(words)
    [word] = told.at_most(1, "a workbook and a day")
    day: dt.date = options.Day()(word or "DATE", None, click.get_current_context())
    targets = sync_output.targets((*books, *told.books))
    sources = files_of(targets)
    read = read_by(targets.copies[0].address, *sources)
    to = guard(out, AS_OF, read, force=force, limits=limits_of(sources))
    with looking(targets.known) as store:
        snapshot = on_day(list(store.ledger()), store.load(), day)
    rows = counted(snapshot.rows)
    speaks = speaker(snapshot)
    if not rows:
        printing.line(speaks.say("not known then", day=day))
        return 1
    write_snapshot(snapshot, to, day)
    printing.line(speaks.say("as known", book=out, rows=speaks.count(rows, "row"), day=day))
    return 0
