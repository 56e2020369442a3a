"""`sheetrecord history`: who changed what of a deal, when, and from which copy."""

from collections.abc import Iterator, Sequence
from typing import Final

import click

from sheetrecord.app.sync.history import history
from sheetrecord.app.sync.open_store import looking
from sheetrecord.cli import options, printing, which
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import bold
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.copies import sync_output
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.answers.values import plain
from sheetrecord.core.sync.store_protocol import Logged, Rows
from sheetrecord.core.which_deal import NamedDeal
from sheetrecord.model.closest_words import meant
from sheetrecord.schema.read.headers import meaning
from sheetrecord.schema.sheets import SHEETS

_NOTHING: Final = "No run has changed the record yet, so nothing is known of who changed what."


@click.command("history")
@click.argument(
    "words", nargs=-1, metavar="[BOOK] DEAL [CELL]", type=BookWords(), shell_complete=complete
)
@sync_output.BOOK
@options.trust
@options.format_option("text", "json")
def command(words: tuple[str, ...], *, books: tuple[str, ...], format_: str) -> int:
    """Show every change of a deal's rows, the first first, from the ledger of the record.

    DEAL may also be the id of one row. CELL narrows it: a column by its header or key ("Next
    step", net, Fees.net), a row (F-7K3Q4), or one cell (F-7K3Q4.net).

    \b
    Examples:
      sheetrecord history firm.xlsx D-0007
      sheetrecord history firm.xlsx D-0007 "Next step"
    """
    told = options.words(words)
    deal, cell = told.at_most(2, "a workbook, a deal and a cell")
    if not deal:
        raise click.UsageError("Name a deal, such as D-0007.")
    targets = sync_output.targets((*books, *told.books))
    with looking(targets.known) as store:
        ledger = list(store.ledger())
        rows = store.load().record.rows
    cell = _keyed(cell)
    _refuse_unknown(cell, ledger)
    if not ledger and not rows:
        printing.document(_json([])) if format_ == "json" else printing.line(_NOTHING)
        return 0
    if not history(ledger, deal):
        deal = which.one_named(deal, _deals(rows))
    found = history(ledger, deal, cell)
    if format_ == "json":
        printing.document(_json(found))
        return 0
    printing.lines(_text(found) if found else [f"{deal}: the store holds no change of it."])
    return 0


def _deals(rows: Rows) -> list[NamedDeal]:
    """Return the deals that the record holds now, as people call them."""
    return [
        NamedDeal(deal_id, str(cells.get("client") or ""), str(cells.get("deal_name") or ""))
        for deal_id, cells in rows.get("Deal", {}).items()
    ]


def _keyed(cell: str) -> str:
    """Return a cell with the key of its column, where that is named by its header.

    >>> _keyed("Next step"), _keyed("Fees.Nettobetrag"), _keyed("F-7K3Q4.net")
    ('next_step', 'Fees.net', 'F-7K3Q4.net')
    """
    first, dot, last = cell.strip().rpartition(".")
    sheets = [first] if first in SHEETS else list(SHEETS)
    keys = [key for sheet in sheets if (key := meaning(sheet, last, "en")[0])]
    known = any(last in SHEETS[sheet].by_key for sheet in sheets)
    return f"{first}{dot}{keys[0]}" if keys and not known else cell


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
            when = bold(sync_output.moment(logged.at))
            yield f"{when}  run {run}  by {logged.actor or 'somebody'}"
        origin = logged.entry.origin.replace("\\", "/").rpartition("/")[2]
        whence = f"  (from {origin})" if origin else ""
        why = f"  {logged.entry.why}" if logged.entry.why else ""
        yield f"  {sync_output.entry_words(logged.entry)}{whence}{why}"


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
    return as_json({"schema": sync_output.SCHEMA, "changes": told})
