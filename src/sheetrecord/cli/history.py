"""`sheetrecord history`: who changed what of a deal, when, and from which copy."""

from collections.abc import Iterator, Sequence

import click

from sheetrecord.app.sync.opening import looking
from sheetrecord.app.sync.past import history
from sheetrecord.cli import options, printing, syncing
from sheetrecord.cli.changing import plain
from sheetrecord.cli.ink import bold
from sheetrecord.cli.printing import as_json
from sheetrecord.core.sync.durable import Logged
from sheetrecord.model.nearest import meant
from sheetrecord.schema.sheets import SHEETS


@click.command("history")
@click.argument("deal", metavar="DEAL")
@click.argument("cell", metavar="[CELL]", default="")
@syncing.BOOK
@options.trust
@options.format_option("text", "json")
def command(deal: str, cell: str, *, books: tuple[str, ...], format_: str) -> int:
    """Show every change of a deal's rows, the first first, from the ledger of the record.

    DEAL may also be the id of one row. CELL narrows it: a column (net, or Fees.net), a row
    (F-7K3Q4), or one cell (F-7K3Q4.net).

    \b
    Examples:
      sheetrecord history D-0007
      sheetrecord history D-0007 value_net --book firm.xlsx
    """
    desk = syncing.desk(books)
    with looking(desk.known) as store:
        ledger = list(store.ledger())
    _refuse_unknown(cell, ledger)
    found = history(ledger, deal, cell)
    if format_ == "json":
        printing.document(_json(found))
        return 0
    printing.lines(_text(found) if found else [f"{deal}: the store holds no change of it."])
    return 0


def _refuse_unknown(cell: str, ledger: Sequence[Logged]) -> None:
    """Say what was meant by a column, sheet or row that neither the record nor its past knows."""
    first, _, last = cell.strip().rpartition(".")
    entries = [logged.entry for logged in ledger]
    rows = {entry.row_id for entry in entries}
    keys = {column.key for sheet in SHEETS.values() for column in sheet.columns}
    keys |= {key for entry in entries for key in (entry.key, *entry.cells)}
    for word, known in ((first, {*SHEETS, *rows}), (last, keys if first else keys | rows)):
        if word and word not in known:
            raise click.UsageError(
                f'CELL: nothing is called "{word}". {meant(word, sorted(known))}'
            )


def _text(found: Sequence[Logged]) -> Iterator[str]:
    run = 0
    for logged in found:
        if logged.run != run:
            run = logged.run
            when = bold(syncing.moment(logged.at))
            yield f"{when}  run {run}  by {logged.actor or 'somebody'}"
        origin = logged.entry.origin.replace("\\", "/").rpartition("/")[2]
        whence = f"  (from {origin})" if origin else ""
        why = f"  {logged.entry.why}" if logged.entry.why else ""
        yield f"  {syncing.entry_words(logged.entry)}{whence}{why}"


def _json(found: Sequence[Logged]) -> str:
    told = [
        {
            "seq": one.seq,
            "run": one.run,
            "at": one.at.isoformat(),
            "by": one.actor,
            "kind": one.entry.kind,
            "copy": one.entry.origin,
            "generation": one.entry.generation,
            "sheet": one.entry.sheet,
            "row_id": one.entry.row_id,
            "column": one.entry.key,
            "old": plain(one.entry.old),
            "new": plain(one.entry.new),
            "cells": {key: plain(cell) for key, cell in one.entry.cells.items()},
            "why": one.entry.why,
            "hash": one.hash,
        }
        for one in found
    ]
    return as_json({"schema": syncing.SCHEMA, "changes": told})
