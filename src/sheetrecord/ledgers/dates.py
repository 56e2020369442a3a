"""Read dates as banks write them; an order the file does not prove is refused, not guessed."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januar januari janvier enero january ene",
            "feb februar februari fevrier febrero february fev febr",
            "mar marz maart mars marzo march mrz mae",
            "apr april avril abril avr abr",
            "may mai mei mayo maj",
            "jun juni juin junio june",
            "jul juli juillet julio july juil",
            "aug august augustus aout agosto ago",
            "sep september septembre septiembre sept",
            "oct oktober october octobre octubre okt",
            "nov november novembre noviembre",
            "dec dezember december decembre diciembre dez dic",
        ),
        1,
    )
    for name in names.split()
}
_ACCENTS: Final = str.maketrans("äàáéèêûúôó", "aaaeeeuuoo")
_NUMERIC: Final = re.compile(r"(\d{1,4})([./\- ])(\d{1,2})\2(\d{1,4})")
_PLAIN: Final = re.compile(r"\d{8}|\d{6}")
_NAMED: Final = re.compile(r"(\d{1,2})[\s.\-/]*([^\W\d_]{3,12})\.?[\s,.\-/]*(\d{4}|\d{2})")
_NAMED_FIRST: Final = re.compile(r"([^\W\d_]{3,12})\.?\s*(\d{1,2}),?\s+(\d{4})")
_TIME: Final = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
ORDERS: Final = ("dmy", "mdy", "ymd")


def clean(cell: str) -> str:
    """Return the date part of a cell, without a time, an apostrophe or a final dot."""
    return _TIME.sub("", cell.strip().lstrip("'")).rstrip(". ,")


def parse(cell: str, order: str) -> dt.date | None:
    """Return the date of a cell read in an order (``dmy``, ``mdy``, ``ymd``), or None.

    A four-digit year is seen wherever it stands; dotted dates are day-first everywhere they
    are used. Two-digit years are 1970 to 2069.
    """
    text = clean(cell)
    named = _named(text)
    if named:
        return named
    match = _NUMERIC.fullmatch(text)
    if match:
        return _numeric(match[1], match[2], match[3], match[4], order)
    return _plain(text, order) if _PLAIN.fullmatch(text) else None


def _numeric(a: str, mark: str, b: str, c: str, order: str) -> dt.date | None:
    if len(a) == 4 or (order == "ymd" and len(c) <= 2 and mark != "."):
        return _date(a, b, c)
    if mark == "." or order == "dmy":
        return _date(c, b, a)
    return _date(c, a, b) if order == "mdy" else None


def _plain(text: str, order: str) -> dt.date | None:
    """Digits only: ``20260131`` is year-first when it can be; else the order decides."""
    if len(text) == 8:
        first = _date(text[:4], text[4:6], text[6:])
        if first and 1970 <= first.year <= 2069:
            return first
        a, b, c = text[:2], text[2:4], text[4:]
    else:
        a, b, c = text[:2], text[2:4], text[4:]
        if order == "ymd":
            return _date(a, b, c)
    return _date(c, a, b) if order == "mdy" else _date(c, b, a) if order == "dmy" else None


def _named(text: str) -> dt.date | None:
    match, first = _NAMED.fullmatch(text), _NAMED_FIRST.fullmatch(text)
    if match:
        day, month, year = match[1], match[2], match[3]
    elif first:
        month, day, year = first[1], first[2], first[3]
    else:
        return None
    number = _MONTHS.get(month.lower().translate(_ACCENTS))
    return _date(year, str(number), day) if number else None


def _date(year: str, month: str, day: str) -> dt.date | None:
    number = int(year)
    if len(year) <= 2:
        number += 2000 if number < 70 else 1900
    try:
        return dt.date(number, int(month), int(day))
    except ValueError:
        return None


def orders_of(cells: Iterable[str]) -> list[str]:
    """Return the orders that read every date of a column, one of each different reading.

    One answer is proof. Several mean that the file is ambiguous: all its days are 12 or less.
    A two-digit year first (``26/01/31``) is so rare that only an account profile can say it.
    """
    filled = [cell for cell in cells if clean(cell)]
    short = any((m := _NUMERIC.fullmatch(clean(cell))) and len(m[1]) < 4 for cell in filled)
    readings: dict[tuple[dt.date, ...], str] = {}
    for order in ORDERS[:2] if short else ORDERS:
        days = [parse(cell, order) for cell in filled]
        real = tuple(day for day in days if day)
        if filled and len(real) == len(days):
            readings.setdefault(real, order)
    return list(readings.values())


def is_date(cell: str) -> bool:
    """Whether a cell can be a date in any order."""
    text = clean(cell)
    return 5 < len(text) < 24 and any(parse(text, order) for order in ORDERS)
