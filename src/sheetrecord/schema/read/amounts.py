"""Amounts and dates typed as text: their one possible meaning, or None when ambiguous."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

_CURRENCY_MARK = re.compile(r"^([A-Z]{3}|[€$£¥])\s*|\s*([A-Z]{3}|[€$£¥])$")
_SIGNS = {"€": ("EUR",), "£": ("GBP",)}
"""What a currency sign means where it can mean one thing only; a dollar can be twenty."""

_GROUPS = re.compile(r"(?<![.,\d])\d{1,3}(?:[\s\u00a0\u202f'\u2019]\d{3})+(?!\d)")
_GAPS = re.compile(r"[\s\u00a0\u202f'\u2019]")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
_DOTTED = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_SLASHED = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")
_NAMED = re.compile(
    r"^(\d{1,2})\.?\s+([^\W\d]+)\.?,?\s+(\d{4})$|^([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})$"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar enero ene janvier",
            "february feb februar febrero février fév",
            "march mar märz mär marzo mars",
            "april apr abril abr avril avr",
            "may mai mayo",
            "june jun juni junio juin",
            "july jul juli julio juillet",
            "august aug agosto ago août",
            "september sep sept septiembre septembre",
            "october oct oktober okt octubre octobre",
            "november nov noviembre novembre",
            "december dec dezember dez diciembre dic décembre déc",
        ),
        start=1,
    )
    for name in names.split()
}


def amount(text: str, currency: str = "") -> Decimal | None:
    """Return the amount a text means, or None when it is ambiguous or no amount.

    An amount that names another currency than the one of its row is not that amount.

    >>> amount("1.234,56"), amount("28 000 EUR", "EUR"), amount("(500.00)"), amount("1'200-")
    (Decimal('1234.56'), Decimal('28000'), Decimal('-500.00'), Decimal('-1200'))
    >>> amount("1,234"), amount("28k"), amount("about 500"), amount("$500", "EUR"), amount("12 34")
    (None, None, None, None, None)
    """
    body = text.strip()
    named = [match[1] or match[2] for match in _CURRENCY_MARK.finditer(body)]
    if any(currency not in _SIGNS.get(mark, (mark,)) for mark in named):
        return None
    body = _CURRENCY_MARK.sub("", body)
    negative = body.startswith("(") and body.endswith(")")
    if negative:
        body = body[1:-1].strip()
    if body.startswith("-") is not body.endswith("-"):
        if negative:
            return None
        negative, body = True, body.strip("-").strip()
    body = _GROUPS.sub(lambda match: _GAPS.sub("", match[0]), body)
    plain = _decimal_point(body)
    if plain is None:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return -value if negative else value


def _decimal_point(body: str) -> str | None:
    """Return digits with a decimal point; None when comma or point could be either."""
    if not re.fullmatch(r"[0-9.,]*[0-9]", body) or not body.isascii():
        return None
    marks = [c for c in body if c in ".,"]
    if not marks:
        return body
    last = marks[-1]
    tail = len(body) - body.rindex(last) - 1
    if len(set(marks)) == 2:
        other = "," if last == "." else "."
        if marks.count(last) > 1 or not _grouped(body[: body.rindex(last)], other):
            return None
        return body.replace(other, "").replace(last, ".")
    if len(marks) > 1:
        return body.replace(last, "") if _grouped(body, last) else None
    return None if tail == 3 else body.replace(last, ".")


def _grouped(body: str, mark: str) -> bool:
    """Tell whether digits are grouped by thousands."""
    first, *rest = body.split(mark)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)


def day(text: str) -> dt.date | None:
    """Return the date a text must mean, or None when day and month could be swapped.

    >>> day("2026-07-15"), day("4.3.2026"), day("15 Jul 2026")
    (datetime.date(2026, 7, 15), datetime.date(2026, 3, 4), datetime.date(2026, 7, 15))
    >>> day("3/4/2026"), day("25/4/2026"), day("31.2.2026"), day("end of Q3")
    (None, datetime.date(2026, 4, 25), None, None)
    """
    body = text.strip()
    if match := _ISO.match(body):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.match(body):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    if match := _SLASHED.match(body):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12 or first == second:
            return _date(year, second, first)
        return _date(year, first, second) if second > 12 else None
    if match := _NAMED.match(body):
        number, name, year_text = match[1] or match[5], match[2] or match[4], match[3] or match[6]
        month = _MONTHS.get(name.casefold())
        return _date(int(year_text), month, int(number)) if month else None
    return None


def _date(year: int, month: int, day_: int) -> dt.date | None:
    try:
        return dt.date(year, month, day_)
    except ValueError:
        return None
