"""Days of an export: one column decides its order of day and month, or a cell is not taken."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetrecord.ledgers import dates
from sheetrecord.schema.read.kinds import EARLIEST, LATEST

_MILLISECONDS: Final = re.compile(r"\d{12,13}")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?")
_EPOCH: Final = dt.date(1899, 12, 30)
_FIRST, _LAST = 36526, 73050
_FILLERS: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º)\b|\bdel?\b", re.IGNORECASE)


class DayOrder(NamedTuple):
    """How a column writes days: an order (``dmy``, ``mdy``), or "" where nothing proves one.

    ``mixed``: cells prove different orders, so each is read only if it has one reading.
    ``open``: an example of what may be read in two ways.
    """

    order: str
    mixed: bool = False
    open: str = ""


def tidy(cell: str) -> str:
    """Return a day as the tables of months know it.

    >>> tidy("30 de junio de 2026"), tidy("1er juillet 2026"), tidy("30th June 2026")
    ('30 junio 2026', '1 juillet 2026', '30 June 2026')
    >>> tidy("1782777600000"), tidy("46203")
    ('2026-06-30', '2026-06-30')
    """
    text = cell.strip()
    if _MILLISECONDS.fullmatch(text):
        moment = dt.datetime.fromtimestamp(int(text) / 1000, dt.UTC)
        return moment.date().isoformat()
    serial = _SERIAL.fullmatch(text)
    if serial and _FIRST <= int(serial[1]) <= _LAST:
        return (_EPOCH + dt.timedelta(days=int(serial[1]))).isoformat()
    return " ".join(_FILLERS.sub(" ", text).split())


def readings(cell: str) -> dict[dt.date, str]:
    """Return the days that a cell may mean, with an order that reads each."""
    found: dict[dt.date, str] = {}
    for order in ("dmy", "mdy"):
        day = dates.parse(tidy(cell), order)
        if day and EARLIEST <= day <= LATEST:
            found.setdefault(day, order)
    return found


def order_of(cells: Sequence[str], beside: Sequence[Sequence[str]], told: str = "") -> DayOrder:
    """Return the order of a column; other columns of days in the file may prove it.

    ``told`` is what a person said, which ends the question.
    """
    if told:
        return DayOrder(told)
    proofs = _proofs(cells)
    unsure = next((cell for cell in cells if len(readings(cell)) > 1), "")
    if len(proofs) > 1:
        return DayOrder("", mixed=True)
    if not proofs and unsure:
        for other in beside:
            proofs |= _proofs(other)
    if len(proofs) == 1:
        return DayOrder(proofs.pop())
    return DayOrder("", open=unsure)


def _proofs(cells: Sequence[str]) -> set[str]:
    """Return the orders that single cells prove: written with slashes, and readable in one way."""
    found = set()
    for cell in cells:
        orders = {order for order in ("dmy", "mdy") if dates.parse(tidy(cell), order)}
        if len(orders) == 1:
            found |= orders
    return found


def day_of(cell: str, how: DayOrder) -> dt.date | None:
    """Return the day of a cell; None for no day, and for one with two readings."""
    found = readings(cell)
    if how.order:
        day = dates.parse(tidy(cell), how.order)
        return day if day in found else None
    return next(iter(found)) if len(found) == 1 else None
