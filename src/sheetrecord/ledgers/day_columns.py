"""Complete the date column where a file writes serial numbers, or days without a year."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from sheetrecord.ledgers import dates
from sheetrecord.ledgers.table import DelimitedRow

_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?")
_FIRST, _LAST = 36526, 73050
"""2000-01-01 and 2099-12-31 as spreadsheets count days (ECMA-376 part 1 section 18.17.4.1)."""
_EPOCH: Final = dt.date(1899, 12, 30)
_YEARLESS: Final = re.compile(
    r"(\d{1,2})([./\-])\s?(\d{1,2})[./\-]?|(\d{1,2})[\s.\-]*([^\W\d_]{3,12})\.?"
)
_FULL: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")
_YEAR: Final = 366


def with_days(
    rows: Sequence[DelimitedRow], booked: int, valued: int, above: Iterable[str]
) -> list[DelimitedRow]:
    """Return the rows with full dates in the column ``booked``; ``valued`` is -1 for none.

    A file with one full date in the column stays as it is. A day without a year gets that of the
    value date beside it, else the year in which it falls into the period that ``above``, the lines
    before the table, names. A day that neither proves stays as it is.
    """
    cells = [_cell(row, booked) for row in rows]
    if any(map(dates.is_date, cells)):
        return list(rows)
    period = _period(above)
    result = []
    for row, cell in zip(rows, cells, strict=True):
        text = _serial(cell) or _with_year(cell, _cell(row, valued), period)
        result.append(row._replace(cells=[*row.cells[:booked], text, *row.cells[booked + 1 :]])
                      if text else row)  # fmt: skip
    return result


def _cell(row: DelimitedRow, at: int) -> str:
    return row.cells[at] if 0 <= at < len(row.cells) else ""


def _serial(cell: str) -> str:
    found = _SERIAL.fullmatch(cell)
    if not found or not _FIRST <= int(found[1]) <= _LAST:
        return ""
    return (_EPOCH + dt.timedelta(days=int(found[1]))).isoformat()


def _with_year(cell: str, valued: str, period: tuple[dt.date, dt.date] | None) -> str:
    """Return a day without year with the year that something proves, "" when nothing does."""
    found = _YEARLESS.fullmatch(cell)
    if not found:
        return ""
    mark = found[2] or " "
    text = f"{found[1]}{mark}{found[3]}" if found[1] else f"{found[4]} {found[5]}"
    near = {day for order in dates.ORDERS if (day := dates.parse(valued, order))} if valued else ()
    fits = _near(f"{text}{mark}", near) if near else _within(f"{text}{mark}", period)
    best = sorted(fits)[:2]
    if not best or (len(best) == 2 and best[0][0] == best[1][0]):
        return ""
    return f"{text}{mark}{best[0][1]}"


def _near(text: str, near: Collection[dt.date]) -> Iterator[tuple[int, int]]:
    """Yield how many days a day is off from the value date beside it, and the year that says so."""
    for year in {day.year + off for day in near for off in (-1, 0, 1)}:
        if days := _days(text, year):
            yield min(abs((day - one).days) for day in days for one in near), year


def _within(text: str, period: tuple[dt.date, dt.date] | None) -> Iterator[tuple[int, int]]:
    """Yield 0 and the year for each in which a day falls into the period."""
    if period is None:
        return
    first, last = period
    for year in range(first.year, last.year + 1):
        if any(first <= day <= last for day in _days(text, year)):
            yield 0, year


def _days(text: str, year: int) -> list[dt.date]:
    return [day for order in ("dmy", "mdy") if (day := dates.parse(f"{text}{year}", order))]


def _period(above: Iterable[str]) -> tuple[dt.date, dt.date] | None:
    """Return the period that the lines above a table name: two full dates within a year."""
    found = [day for cell in above for text in _FULL.findall(cell)
             if (day := dates.parse(text, "dmy"))]  # fmt: skip
    if len(found) < 2 or (max(found) - min(found)).days > _YEAR:
        return None
    return min(found), max(found)
