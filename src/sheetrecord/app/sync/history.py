"""Views of the ledger for people: a deal's history, and the record as of a date."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.ledger import record_at
from sheetrecord.core.sync.snapshot import book_of
from sheetrecord.core.sync.store_protocol import Logged, Row, Rows, Snapshot, Stored
from sheetrecord.files.output import Output
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import SHEETS

_TYPED = str | int | float | dt.date
_CELLS = frozenset({"set", "add", "remove", "conflict", "settled"})


def history(ledger: Sequence[Logged], deal_id: str, cell: str = "") -> list[Logged]:
    """Return what happened to a deal's rows (or to the one row of this id), the first first.

    ``cell`` narrows it: a column (``net``, ``Fees.net``), a row (``F-7K3Q4``), or one cell
    (``F-7K3Q4.net``). Every row that ever belonged to the deal counts.
    """
    mine = _rows_of(ledger, deal_id)
    return [
        logged
        for logged in ledger
        if logged.entry.kind in _CELLS
        and (logged.entry.sheet, logged.entry.row_id) in mine
        and _narrowed(logged, cell)
    ]


def _rows_of(ledger: Sequence[Logged], deal_id: str) -> set[tuple[str, str]]:
    found = {("Deal", deal_id)}
    for entry in (logged.entry for logged in ledger):
        named = deal_id in {entry.cells.get("deal_id"), entry.row_id}
        moved = entry.key == "deal_id" and deal_id in {entry.old, entry.new}
        if named or moved:
            found.add((entry.sheet, entry.row_id))
    return found


def _narrowed(logged: Logged, cell: str) -> bool:
    entry = logged.entry
    first, _, key = cell.strip().rpartition(".")
    if not cell:
        return True
    if not first:
        return key in (entry.row_id, entry.key) or (not entry.key and key in entry.cells)
    whole = not entry.key and key in entry.cells
    return first in (entry.row_id, entry.sheet) and (entry.key == key or whole)


def on_day(ledger: Sequence[Logged], stored: Stored, day: dt.date) -> Snapshot:
    """Return the record as of the end of a local date, with the present settings and lists."""
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time()).astimezone()
    rows = record_at(ledger, moment=end - dt.timedelta(microseconds=1))
    return stored.record._replace(rows=rows)


def counted(rows: Rows) -> int:
    """Return the number of rows."""
    return sum(len(held) for held in rows.values())


def write_snapshot(snapshot: Snapshot, out: Output, today: dt.date) -> None:
    """Write a record as a new workbook (.xlsx) or as Markdown tables (.md)."""
    book = book_of(snapshot, whole=True)
    side = Side(book, parse(book, today))
    out.write(_workbook(side, snapshot) if out.suffix == ".xlsx" else _markdown(side))


def _markdown(side: Side) -> bytes:
    from sheetrecord.formats.record_markdown import tables

    return tables(side).encode("utf-8")


def _workbook(side: Side, snapshot: Snapshot) -> bytes:
    from sheetrecord.formats.template import TEMPLATES, build
    from sheetrecord.formats.template.values import RawCell

    settings = side.parsed.record.settings
    few = dict.fromkeys(TEMPLATES["blank"].rows, 1)
    spec = TEMPLATES["blank"]._replace(currency=settings.currency or "EUR", rows=few)
    rows = {
        sheet: [
            {**_typed(cells, RawCell), SHEETS[sheet].columns[0].key: id_}
            for id_, cells in held.items()
        ]
        for sheet, held in snapshot.rows.items()
    }
    return build(spec._replace(seeded_deals=0), rows)


def _typed(cells: Row, raw: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a row's cells as somebody typed them; what cannot be typed is left out."""
    return {key: raw(cell) for key, cell in cells.items() if isinstance(cell, _TYPED)}
