"""The deals of a workbook, and the cell where each begins."""

import datetime as dt
from collections.abc import Iterator, Mapping

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


def cell_of(address: str, deal: str, *, today: dt.date) -> tuple[str, Mapping[str, DealRows]]:
    """Return the cell in which the row of a deal begins, empty if none is meant, and all deals.

    Raises CannotRead and NotARecord.
    """
    _, parsed = read_to_show(address, today=today)
    by_deal = parsed.record.by_deal
    rows = by_deal.get(meant_deal(deal, by_deal))
    if rows is None:
        return "", by_deal
    return parsed.layout.where("Deal", rows.deal.row, "deal_id", rows.id).address, by_deal
