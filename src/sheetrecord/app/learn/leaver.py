"""Read a workbook for what only one person knows or owes."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sheetrecord.app.validate import read_record
from sheetrecord.core.derive import derive
from sheetrecord.core.leaver import LeaverDeal, LeaverItem, is_live, leaves, people_of
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import Record


class Leaving(NamedTuple):
    """A workbook read, with everybody of us whom it names (folded name -> name)."""

    address: str
    parsed: Parsed
    record: Record
    people: dict[str, str]

    @property
    def asof(self) -> dt.date:
        """The day on which everything is judged."""
        return self.record.settings.asof

    def of(self, name: str) -> list[LeaverDeal]:
        """Return what one of them knows or owes, by deal."""
        return leaves(self.record, name)

    def live(self, first: Iterable[str]) -> list[str]:
        """Return the ids of all live deals, these ``first``."""
        order = dict.fromkeys(first)
        order |= dict.fromkeys(id_ for id_, rows in self.record.by_deal.items() if is_live(rows))
        return list(order)

    def address_of(self, item: LeaverItem) -> str:
        """Return the cell for an answer, such as ``Context!E14``."""
        where = self.parsed.layout.where(item.sheet, item.row, item.column, item.row_id)
        return where.address


def leaving(address: str, *, today: dt.date, asof: dt.date | None = None) -> Leaving:
    """Read a workbook. Raises CannotRead and NotARecord."""
    _, parsed = read_record(address, today=today, asof=asof)
    record = derive(parsed.record)
    return Leaving(address, parsed, record, people_of(record))
