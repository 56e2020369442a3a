"""Find what was said in one or more records: facts, commitments, project rows, with their cell."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sheetrecord.app.read_for_audience import read_to_show
from sheetrecord.core.derive import derive
from sheetrecord.core.find import SearchHit, entries, search
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.which_deal import meant_deal
from sheetrecord.schema.read.parse import Parsed

_CELL = {
    "Deal": "client",
    "Context": "answer",
    "Commitments": "what",
    "Project": "title",
    "Fees": "description",
}


class Hit(NamedTuple):
    """One result: the workbook, the cell, and its text."""

    address: str
    cell: str
    entry: SearchHit


def find(
    addresses: Iterable[str],
    text: str,
    *,
    today: dt.date,
    asof: dt.date | None = None,
    deal: str = "",
    audience: Audience | None = None,
) -> Iterator[Hit]:
    """Yield what holds every word of a text, the best deal first; a phrase stands in quotes.

    Whoever can open the workbook sees all of it, so nothing is withheld without an ``audience``.
    Raises CannotRead and NotARecord.
    """
    for address in addresses:
        _, parsed = read_to_show(address, today=today, asof=asof)
        yield from find_in(address, parsed, text, deal=deal, audience=audience)


def find_in(
    address: str, parsed: Parsed, text: str, *, deal: str = "", audience: Audience | None = None
) -> Iterator[Hit]:
    """Yield what a workbook that was read says of a text, as `find`."""
    record = narrow(parsed.record, audience) if audience else derive(parsed.record)
    wanted = meant_deal(deal, record.by_deal)
    chosen = (rows for deal_id, rows in record.by_deal.items() if not deal or deal_id == wanted)
    told = (entry for rows in chosen for entry in entries(rows, record.settings))
    for entry in search(told, text):
        key = _CELL[entry.sheet]
        where = parsed.layout.where(entry.sheet, entry.row, key, entry.row_id)
        yield Hit(address, where.address, entry)
