"""The deals of a workbook, and the cell where each begins."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sheetrecord.app.read_for_audience import read_to_show
from sheetrecord.core.which_deal import meant_deal
from sheetrecord.schema.names import column_name
from sheetrecord.schema.record import DealRows
from sheetrecord.workbooks.kinds import book_at


def deals_of(address: str) -> Iterator[tuple[str, str]]:
    """Yield (id, client) of each deal; no other sheet is read. Raises CannotRead.

    Blank rows with a prepared id are left out.
    """
    book = book_at(address, formulas=False)
    place = book.names.get(column_name("Deal", "deal_id"))
    if place is None or place.sheet not in book.sheets:
        return
    sheet = book.sheets[place.sheet]
    other = book.names.get(column_name("Deal", "client"))
    clients = dict(zip(*sheet.column(other.left), strict=False)) if other else {}
    for row, value in zip(*sheet.column(place.left), strict=False):
        if row > place.bottom and isinstance(value, str) and row in clients:
            yield value, str(clients[row])


class DealPlace(NamedTuple):
    """The cell in which the row of a deal begins, empty if none is meant; all deals."""

    cell: str
    deals: Mapping[str, DealRows]
    language: str


def cell_of(address: str, deal: str, *, today: dt.date) -> DealPlace:
    """Return where a deal stands in a workbook.

    Raises CannotRead and NotARecord.
    """
    _, parsed = read_to_show(address, today=today)
    by_deal = parsed.record.by_deal
    rows = by_deal.get(meant_deal(deal, by_deal))
    if rows is None:
        return DealPlace("", by_deal, parsed.layout.language)
    where = parsed.layout.where("Deal", rows.deal.row, "deal_id", rows.id).address
    return DealPlace(where, by_deal, parsed.layout.language)
