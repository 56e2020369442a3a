"""`sheetrecord history`: who changed what of a deal, when, and from which copy."""

from collections.abc import Iterator, Sequence

import click

from sheetrecord.app.sync.history import history
from sheetrecord.app.sync.open_store import looking
from sheetrecord.cli import options, printing, which
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import bold
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.copies import sync_output
from sheetrecord.cli.copies.named_cells import keyed
from sheetrecord.cli.copies.speaker import Speaker, speaker
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.answers.values import plain
from sheetrecord.core.edit_reasons import reason_in
from sheetrecord.core.sync.store_protocol import Logged, Rows
from sheetrecord.core.which_deal import NamedDeal
from sheetrecord.model.closest_words import meant
from sheetrecord.schema.sheets import SHEETS


@click.command("history")
@click.argument(
    "words", nargs=-1, metavar="[BOOK] DEAL [CELL]", type=BookWords(), shell_complete=complete
)
@sync_output.BOOK
@options.trust
@options.format_option("text", "json")
def command(words: tuple[str, ...], *, books: tuple[str, ...], format_: str) -> int:
    """Show every change of a deal's rows, the first first, from the ledger of the record.

    One line a change. DEAL may also be the id of one row. CELL narrows it: a column by its header
    or key ("Next step", net, Fees.net), a row (F-7K3Q4), or one cell (F-7K3Q4.net).

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
        record = store.load().record
    rows, speaks = record.rows, speaker(record)
    cell = keyed(cell, speaks.language)
    _refuse_unknown(cell, ledger)
    if not ledger and not rows:
        printing.document(_json([])) if format_ == "json" else printing.line(speaks.say("no run"))
        return 0
    if not history(ledger, deal):
        deal = which.one_named(deal, _deals(rows))
    found = history(ledger, deal, cell)
    if format_ == "json":
        printing.document(_json(found))
        return 0
    printing.lines(_text(found, speaks) if found else [speaks.say("no change", deal=deal)])
    return 0


def _deals(rows: Rows) -> list[NamedDeal]:
    """Return the deals that the record holds now, as people call them."""
    return [
        NamedDeal(deal_id, str(cells.get("client") or ""), str(cells.get("deal_name") or ""))
        for deal_id, cells in rows.get("Deal", {}).items()
    ]


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


def _text(found: Sequence[Logged], speaks: Speaker) -> Iterator[str]:
    """Yield one line a change: when, by whom, where and what, and from which copy."""
    for logged in found:
        entry = logged.entry
        who = speaks.say("by", who=logged.actor or speaks.say("somebody"))
        origin = entry.origin.replace("\\", "/").rpartition("/")[2]
        whence = f"  {speaks.say('from', copy=origin)}" if origin else ""
        why = f"  {reason_in(speaks.language, speaks.reason(entry.why))}" if entry.why else ""
        yield f"{bold(speaks.moment(logged.at))}  {who}  {speaks.entry(entry)}{whence}{why}"


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
