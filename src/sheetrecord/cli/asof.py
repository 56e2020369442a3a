"""`sheetrecord asof`: the record as it was known on a day, as a workbook of its own."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.app.outputs import AS_OF
from sheetrecord.app.sync.desk import files_of
from sheetrecord.app.sync.opening import looking
from sheetrecord.app.sync.past import counted, on_day, write_snapshot
from sheetrecord.cli import options, printing, syncing
from sheetrecord.cli.output import FORCE, Writes, read_by
from sheetrecord.files.limits import limits_of
from sheetrecord.files.output import guard


@click.command("asof")
@click.argument("day", metavar="DATE", type=options.Day())
@click.option(
    "-o", "--out", metavar="OUT", required=True, type=Writes("the record"), help="The result."
)
@FORCE
@syncing.BOOK
@options.trust
def command(day: dt.date, *, out: Path, force: bool, books: tuple[str, ...]) -> int:
    """Write the record as it stood when that day ended, from the ledger, to OUT (.xlsx or .md).

    It is a new workbook: no copy is touched, and it is not one.

    \b
    Examples:
      sheetrecord asof 2026-06-30 -o half-year.xlsx
      sheetrecord asof 2026-06-30 -o half-year.md --book firm.xlsx
    """
    desk = syncing.desk(books)
    sources = files_of(desk)
    to = guard(out, AS_OF, read_by(*sources), force=force, limits=limits_of(sources))
    with looking(desk.known) as store:
        snapshot = on_day(list(store.ledger()), store.load(), day)
    rows = counted(snapshot.rows)
    if not rows:
        printing.line(f"The store knows nothing of the record on {day}. Nothing was written.")
        return 1
    write_snapshot(snapshot, to, day)
    printing.line(f"{out}: {syncing.count(rows, 'row')} as known on {day}.")
    return 0
