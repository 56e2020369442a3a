"""Parse dates as banks write them; a date order that the file does not prove is refused."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_MONTH_NAMES: Final = """
    jan januar januari january janv janvier enero ene gennaio gen janeiro stycznia styczen
    sty ledna leden januara tammi januarja jaanuar ianuarie ian ocak;
    feb februar februari february febr fev fevr fevrier febrero febbraio fevereiro lutego
    luty lut unora unor februara helmi veebruar februarie subat;
    mar marz maerz maart mrt mae mars marzo march mrz marco marca marzec brezna brezen maalis
    marcius marts marta martie mart;
    apr april avril abril abr avr aprile kwietnia kwiecien kwi dubna duben aprila huhti
    aprilis aprill aprilie nisan;
    may mai mei mayo maj maggio mag maio maja kvetna kveten touko majus mayis;
    jun juni juin junio june giugno giu junho czerwca czerwiec cze cervna cerven juna kesa
    junius juuni iunie haziran;
    jul juli juillet juil julio july luglio lug julho lipca lipiec lip cervence cervenec
    jula heina julius juuli iulie temmuz;
    aug august augustus augusti aout agosto ago sierpnia sierpien sie srpna srpen augusta
    elo augusztus agustos;
    sep sept september septembre septiembre setiembre settembre set setembro wrzesnia
    wrzesien wrz zari septembra syys szeptember septembrie eylul;
    oct okt oktober october octobre octubre ottobre ott outubro out pazdziernika
    pazdziernik paz rijna rijen oktobra loka octombrie ekim;
    nov november novembre noviembre novembro listopada listopad listopadu lis novembra
    marras noiembrie kasim;
    dec dez des dezember december desember decembre diciembre dic dicembre dezembro
    grudnia grudzien gru prosince prosinec decembra joulu detsember decembrie aralik
"""
"""The names and short names of each month, without accents."""
_MONTHS: Final = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.split(";"), 1)
    for name in names.split()
}
_FINNISH: Final = ("kuuta", "kuun", "kuu")
"""How Finnish months end in a date."""
_WEEKDAY: Final = re.compile(
    r"([^\W\d_]{2,3}|[^\W\d_]{2,9}(?:day|tag|di|dag)),?\.?\s+(?=\d)", re.IGNORECASE
)
_NUMERIC: Final = re.compile(r"(\d{1,4})([./\- ])(\d{1,2})\2(\d{1,4})")
_PLAIN: Final = re.compile(r"\d{8}|\d{6}")
_INSTANT: Final = re.compile(r"((?:19|20)\d{6})[T ]?\d{4}(?:\d{2})?(?:\.\d+)?(?:\[[^\]]*\])?Z?")
_NAMED: Final = re.compile(r"(\d{1,2})[\s.\-/]*([^\W\d_]{3,12})\.?[\s,.\-/]*(\d{4}|\d{2})")
_NAMED_FIRST: Final = re.compile(r"([^\W\d_]{3,12})\.?\s*(\d{1,2}),?\s+(\d{4})")
_TIME: Final = re.compile(
    r"(?:T|,?\s+)\d{1,2}:\d{2}.*$|(?<=\d)T\d{2}.*$|(?<=\d{2}-\d{2})(?:Z|\+.*)$"
)
ORDERS: Final = ("dmy", "mdy", "ymd")
_KNOWN: Final = 4096
"""A file writes few days, each many times."""


@lru_cache(maxsize=_KNOWN)
def clean(cell: str) -> str:
    """Return the date in a cell, without a time, an apostrophe or a final dot."""
    text = _TIME.sub("", cell.strip().lstrip("'")).rstrip(". ,")
    instant = _INSTANT.fullmatch(text)
    weekday = _WEEKDAY.match(text)
    if instant or not weekday or _month(weekday[1]):
        return instant[1] if instant else text
    return text[weekday.end() :]


@lru_cache(maxsize=_KNOWN)
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
    number = _month(month)
    return _date(year, str(number), day) if number else None


def _month(word: str) -> int | None:
    flat = unicodedata.normalize("NFKD", word.lower().replace("\u0131", "i"))
    name = "".join(c for c in flat if not unicodedata.combining(c))
    for ending in _FINNISH:
        name = name.removesuffix(ending)
    return _MONTHS.get(name)


def _date(year: str, month: str, day: str) -> dt.date | None:
    number = int(year)
    if len(year) <= 2:
        number += 2000 if number < 70 else 1900
    try:
        return dt.date(number, int(month), int(day))
    except ValueError:
        return None


def orders_of(cells: Iterable[str]) -> list[str]:
    """Return the orders that read every date of a column, one for each different result.

    One order is proof. Several mean that the file is ambiguous: all its days are 12 or less. A
    two-digit year first (``26/01/31``) is so rare that only an account profile can set it.
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


@lru_cache(maxsize=_KNOWN)
def is_date(cell: str) -> bool:
    """Return True if a cell can be a date in any order."""
    text = clean(cell)
    return 5 < len(text) < 26 and any(parse(text, order) for order in ORDERS)
