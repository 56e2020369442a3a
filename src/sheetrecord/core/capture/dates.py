"""Days that a sentence names, counted from the day it was written; vague words give no day."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from sheetrecord.core.capture.date_words import (
    END,
    FEASTS,
    FIXED,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PART,
    SHORT_WEEKDAYS,
    TOMORROW,
    UNITS,
    WEEKDAYS,
)
from sheetrecord.core.capture.folding import folded

DAY, ASK, WEEK, MONTH, QUARTER, YEAR, SPAN = (
    "day",
    "ask",
    "week",
    "month",
    "quarter",
    "year",
    "range",
)


class DateFound(NamedTuple):
    """A day or a time that was named: where, which day if one is meant, and how exactly."""

    start: int
    end: int
    day: dt.date | None
    precision: str
    first: dt.date | None = None
    last: dt.date | None = None
    """The first and last day of what is no single one."""


class _WrittenOn(NamedTuple):
    """What the grammar knows besides the words: when it was written, in which language and order."""

    on: dt.date
    language: str
    order: str


Read = Callable[["re.Match[str]", _WrittenOn], "DateFound | None"]
_LONG: Final = 60
"""A day without a year that lies longer ago is one of the next year."""


def _words(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_MONTH: Final = f"(?P<month>{_words(MONTHS)})"
_BARE_MONTH: Final = f"(?P<month>{_words([m for m in MONTHS if len(m) > 3 and m != 'mars'])}|juin|mai|june|july|juni|juli|mars)"
_YEAR: Final = r"(?:,? (?:de |del )?(?P<year>20\d\d)| '?(?P<short>\d\d)(?!\d|[:.,]\d| ?(?:uhr|h\b|am\b|pm\b|%|euro|eur|\u20ac|personen|people)))?"
_DAY: Final = rf"(?P<day>\d{{1,2}}|{_words(ORDINALS)})"
_UNIT: Final = "|".join(UNITS)
_WEEKDAY: Final = f"(?P<weekday>{_words([w for w in WEEKDAYS if w not in SHORT_WEEKDAYS])})"
_SEP: Final = r"(?:st|nd|rd|th|\.|er|re|\u00ba|ro|do)?"


def find_dates(
    text: str, said_on: dt.date | None, language: str = "en", order: str = ""
) -> list[DateFound]:
    """Return the days that a text names, first to last; none overlap.

    ``order`` is how the firm or the file writes 3/4: ``dmy``, ``mdy`` or "" for not known.

    >>> day = dt.date(2026, 3, 2)
    >>> [str(d.day) for d in find_dates("by 18 May, at the latest Friday", day)]
    ['2026-05-18', '2026-03-06']
    """
    plain = folded(text)
    if not _HINT.search(plain):
        return []
    named = _named_in(plain, _WrittenOn(said_on or dt.date.min, language, order))
    found = list(named)
    if said_on is None:
        found = [_without_day(one, year=year) for one, year in named.items()]
    return _joined(sorted(found, key=lambda one: one.start), plain)


def _named_in(plain: str, told: _WrittenOn) -> dict[DateFound, bool]:
    """Return the days of a folded text, each with whether its year is named."""
    found: dict[DateFound, bool] = {}
    for pattern, read in _grammar():
        for match in pattern.finditer(plain):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            one = read(match, told)
            if one is not None:
                found[one] = _year(match) is not None
    return found


def _joined(found: list[DateFound], plain: str) -> list[DateFound]:
    """Return the days, the weekday before a day of the month being a part of that."""
    kept: list[DateFound] = []
    for one in found:
        if kept and one.precision in {DAY, ASK} and _belongs(kept[-1], one, plain):
            kept[-1] = one._replace(start=kept[-1].start)
        else:
            kept.append(one)
    return kept


def _belongs(before: DateFound, one: DateFound, plain: str) -> bool:
    word = plain[before.start : before.end].rpartition(" ")[2]
    return word in WEEKDAYS and bool(_JOINT.fullmatch(plain, before.end, one.start))


_JOINT: Final = re.compile(r",? ?(?:the |den |dem |der |el |le |on |dia )?")


def _without_day(one: DateFound, *, year: bool) -> DateFound:
    """Return what can be known of a day in a text without one: only what names its year."""
    if year or one.day is None:
        return one
    return one._replace(day=None, precision=ASK, first=None, last=None)


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _placed(month: int, day: int, on: dt.date) -> dt.date | None:
    """Return a day of a month in the year that is meant: the next one, unless it was just now."""
    if on == dt.date.min:
        return _made(2000, month, day)
    here = _made(on.year, month, day)
    if here is None:
        return _made(on.year + 1, month, day) if (month, day) == (2, 29) else None
    return _made(on.year + 1, month, day) if (on - here).days > _LONG else here


def _found(match: "re.Match[str]", day: dt.date | None, precision: str = DAY) -> DateFound | None:
    if day is None:
        return None
    return DateFound(match.start(), match.end(), day, precision, day, day)


def _vague(match: "re.Match[str]", first: dt.date, last: dt.date, precision: str) -> DateFound:
    return DateFound(match.start(), match.end(), None, precision, first, last)


def _year(match: "re.Match[str]") -> int | None:
    told = match.groupdict()
    if told.get("year"):
        return int(told["year"])
    if told.get("short"):
        return 2000 + int(told["short"])
    return _full(told.get("y"))


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else ORDINALS.get(word) or NUMBERS.get(word, 0)


def _iso(match: "re.Match[str]", _: _WrittenOn) -> DateFound | None:
    return _found(match, _made(int(match["year"]), int(match["m"]), int(match["d"])))


def _named(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    month, day, year = MONTHS[match["month"]], _number(match["day"]), _year(match)
    if year is not None:
        return _found(match, _made(year, month, day))
    return _found(match, _placed(month, day, said.on))


def _numeric(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    one, two, year = int(match["d"]), int(match["m"]), _full(match["y"])
    dotted = match["sep"] == "."
    order = _order(one, two, "dmy" if dotted else said.order, said.language)
    if not order:
        return DateFound(match.start(), match.end(), None, ASK)
    day, month = (one, two) if order == "dmy" else (two, one)
    if not 1 <= month <= 12:
        return None
    if year is not None:
        return _found(match, _made(year, month, day))
    return _found(match, _placed(month, day, said.on))


def _order(one: int, two: int, known: str, language: str) -> str:
    """Return in which order two numbers name a day; "" where both are possible and none is usual."""
    if one > 12:
        return "dmy"
    if two > 12:
        return "mdy"
    if one == two:
        return "dmy"
    return known or ("" if language == "en" else "dmy")


def _full(year: str | None) -> int | None:
    if not year:
        return None
    return int(year) if len(year) == 4 else 2000 + int(year)


def _of_month(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    """Read "the 24th": the next day of that number."""
    day = int(match["day"])
    year, month = said.on.year, said.on.month
    if said.on == dt.date.min or not 1 <= day <= 31:
        return None
    for _ in range(3):
        found = _made(year, month, day)
        if found is not None and found >= said.on:
            return _found(match, found)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def _weekday(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    if said.on == dt.date.min:
        return None
    number = WEEKDAYS[match["weekday"]]
    ahead = (number - said.on.weekday() - 1) % 7 + 1
    told = match.groupdict()
    to_monday = 7 - said.on.weekday()
    if told.get("next") and ahead < to_monday:
        ahead += 7
    if told.get("later"):
        ahead += 7
    return _found(match, said.on + dt.timedelta(ahead))


def _in_units(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    count = _number(match["count"])
    if said.on == dt.date.min or not count:
        return None
    unit = UNITS[match["unit"]]
    if unit == "day":
        return _found(match, said.on + dt.timedelta(count))
    if unit == "week":
        day = said.on + dt.timedelta(7 * count)
        return DateFound(match.start(), match.end(), day, WEEK, day, day)
    return _vague(match, *_month_of(_months_on(said.on, count)), MONTH)


def _months_on(day: dt.date, count: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, 1)


def _month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    last = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=last)


def _end_of_month(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    first, last = _month_span(match, said)
    return DateFound(match.start(), match.end(), last, MONTH, first, last)


def _month_span(match: "re.Match[str]", said: _WrittenOn) -> tuple[dt.date, dt.date]:
    month, year = MONTHS[match["month"]], _year(match)
    if year is None:
        year = said.on.year + (month < said.on.month - 1)
    return _month_of(dt.date(year, month, 1))


def _in_month(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    return _vague(match, *_month_span(match, said), MONTH)


def _end_of_this(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    """Read "the end of the month", "of next year", "of the week"."""
    if said.on == dt.date.min:
        return None
    following = bool(match["next"])
    unit = match["unit"]
    if unit in _YEARS:
        last = dt.date(said.on.year + following, 12, 31)
        return DateFound(match.start(), match.end(), last, YEAR, last.replace(day=1), last)
    if UNITS.get(unit) == "month":
        first, last = _month_of(_months_on(said.on, int(following)))
        return DateFound(match.start(), match.end(), last, MONTH, first, last)
    monday = said.on - dt.timedelta(said.on.weekday() - 7 * following)
    friday = monday + dt.timedelta(4)
    return DateFound(match.start(), match.end(), friday, WEEK, monday, monday + dt.timedelta(6))


_YEARS: Final = frozenset("year jahr jahres jahre ano annee an".split())


def _quarter(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    word = match.groupdict().get("q1") or match["q2"]
    number = int(word) if word.isdecimal() else _QUARTERS[word]
    year = _year(match) or said.on.year
    if not 1 <= number <= 4:
        return None
    first = dt.date(year, 3 * number - 2, 1)
    last = _month_of(dt.date(year, 3 * number, 1))[1]
    if _year(match) is None and last < said.on:
        first, last = first.replace(year=year + 1), last.replace(year=year + 1)
    if match["end"]:
        return DateFound(match.start(), match.end(), last, QUARTER, first, last)
    return _vague(match, first, last, QUARTER)


_QUARTERS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "ersten": 1, "zweiten": 2,
    "dritten": 3, "vierten": 4, "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "premier": 1,
    "deuxieme": 2, "troisieme": 3, "quatrieme": 4, "erstes": 1, "zweites": 2, "drittes": 3,
}  # fmt: skip


def _tomorrow(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    if said.on == dt.date.min:
        return None
    return _found(match, said.on + dt.timedelta(TOMORROW[match["word"]]))


def _feast(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    if said.on == dt.date.min:
        return None
    year = _year(match) or said.on.year
    day = _feast_in(match["feast"], year)
    if _year(match) is None and day < said.on:
        day = _feast_in(match["feast"], year + 1)
    return _found(match, day)


def _feast_in(name: str, year: int) -> dt.date:
    if name in FIXED:
        return dt.date(year, *FIXED[name])
    return easter(year) + dt.timedelta(FEASTS[name])


def easter(year: int) -> dt.date:
    """Return Easter Sunday (Gauss, as Lichtenberg mended it).

    >>> easter(2026), easter(2038)
    (datetime.date(2026, 4, 5), datetime.date(2038, 4, 25))
    """
    k = year // 100
    m = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    a = year % 19
    d = (19 * a + m) % 30
    r = (d + a // 11) // 29
    og = 21 + d - r
    sz = 7 - (year + year // 4 + 2 - (3 * k + 3) // 4) % 7
    return dt.date(year, 3, 1) + dt.timedelta(og + 7 - (og - sz) % 7 - 1)


def _week(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    if said.on == dt.date.min:
        return None
    monday = said.on + dt.timedelta(7 - said.on.weekday())
    return _vague(match, monday, monday + dt.timedelta(6), WEEK)


def _calendar_week(match: "re.Match[str]", said: _WrittenOn) -> DateFound | None:
    number = int(match["week"])
    if said.on == dt.date.min or not 1 <= number <= 52:
        return None
    monday = dt.date.fromisocalendar(said.on.year, number, 1)
    if (said.on - monday).days > _LONG:
        monday = dt.date.fromisocalendar(said.on.year + 1, number, 1)
    return _vague(match, monday, monday + dt.timedelta(6), WEEK)


_COUNT: Final = rf"(?P<count>\d{{1,2}}|{_words(NUMBERS)})"
_PATTERNS: Final[tuple[tuple[str, Read], ...]] = (
    (r"\b(?P<year>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b", _iso),
    (rf"\b{PART}[ -]{_MONTH}\b{_YEAR}", _in_month),
    (rf"\b(?:ersten|zweiten|dritten|letzten) {_MONTH}(?:woche|halfte)\b{_YEAR}", _in_month),
    (rf"\b{END} {_MONTH}\b{_YEAR}", _end_of_month),
    (
            rf"\b{_DAY}{_SEP}[ -]?(?:day )?(?:of |de |del )?(?:the )?{_MONTH}\b\.?{_YEAR}",
            _named,
        ),
    (rf"\b{_MONTH}\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d|%){_YEAR}", _named),
    (
            r"(?<![\d.,/-])(?P<d>\d{1,2})(?P<sep>[./-])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>20\d\d|\d\d)\b"
            r"|(?<=\d)\.(?!\d)|(?<=/\d)(?![\d/])|(?<=/\d\d)(?![\d/]))",
            _numeric,
        ),
    (
            rf"\b{END} (?:(?:of |de |du )?(?:the|this|der|des|dieses|diesem|dieser|este|esta|el|la|le|cette|ce|l'"
            rf"|(?P<next>next|nachsten|nachster|nachstes|proximo|proxima|que viene|prochain|prochaine))? ?)"
            rf"(?P<unit>{'|'.join(_YEARS)}|{_UNIT})\b",
            _end_of_this,
        ),
    (
            rf"\b(?P<end>{END} )?(?:the |des |im |el |le |du |al )?(?:q(?P<q1>[1-4])|(?P<q2>{'|'.join(_QUARTERS)}"
            r"|[1-4])(?:\.|st|nd|rd|th|er|e)? (?:quarter|quartal|quartals|trimestre))\b"
            r"(?:,? (?:de |of )?(?P<year>20\d\d))?",
            _quarter,
        ),
    (
            rf"\b(?:(?P<next>next|nachsten|nachster|kommenden|(?:el )?proximo) |(?:this|coming|diesen|este) )?"
            rf"{_WEEKDAY}\b(?P<later> week\b| in (?:a|einer) (?:week|woche)|,? (?:the )?week after)?",
            _weekday,
        ),
    (r"\b(?:the|am|den|dem|zum|el|el dia|al|le) (?P<day>[12]?\d|3[01])"
         r"(?:(?:st|nd|rd|th|\.(?! ?\d))(?! (?:floor|time|round|phase|version|one|half|stage|option|week"
         r"|quarter|year|draft|meeting|part|person|place|stock|etage|mal|runde|platz))|(?=[,;!?)]|\.(?!\d)|$"
         r"| (?:y|et|puis|para|pour|a las|a primera|de este|du mois|and|at|or|ou|es|est|esta|estara|queda|quedan|estan|sera|lo|la|und|um|sin)\b))"
         r"(?! ?(?:[%\u20ac$\u00a3]|euro|uhr|h\b|hours|people|users|of us|percent|prozent|por ciento|m2|qm|tage|dias|jours|pm|am\b))",
         _of_month),
    (rf"\b(?:in|within|innerhalb von|binnen|en|dentro de|dans|sous|d'ici) {_COUNT} (?P<unit>{_UNIT})\b",
         _in_units),
    (rf"\b(?P<word>{_words(TOMORROW)})\b(?! (?:frueh|lang))", _tomorrow),
    (rf"\b(?P<feast>{_words([*FEASTS, *FIXED])})\b(?: (?P<year>20\d\d))?", _feast),
    (
            rf"\b(?:in|by|during|before|until|im|bis|vor|ab|en|antes de|para|avant|d'ici|before the end of"
            rf"|until|from|since|spatestens|around|for) {_BARE_MONTH}\b{_YEAR}",
            _in_month,
        ),
    (r"\b(?:next week|nachste woche|nachster woche|kommende woche|kommender woche|la semana que viene"
         r"|la proxima semana|la semaine prochaine)\b", _week),
    (r"\b(?:kw|kalenderwoche|calendar week|week|semana|semaine) (?P<week>\d{1,2})\b", _calendar_week),
)  # fmt: skip


@cache
def _grammar() -> tuple[tuple["re.Pattern[str]", Read], ...]:
    """Return the patterns, made when a text first needs them."""
    return tuple((re.compile(pattern), read) for pattern, read in _PATTERNS)


_HINT: Final = re.compile(
    r"\d|" + "|".join(sorted({w[:3] for w in (*MONTHS, *WEEKDAYS, *TOMORROW, *FEASTS, *FIXED)}))
    + r"|next|nach|prox|proch|week|woch|seman|semai|quart|trim|end|fin|in |dans|dentro|binnen|inner"
)  # fmt: skip


def order_of(texts: Iterator[str]) -> str:
    """Return the order in which numbers name days in some texts, if one of them proves it.

    >>> order_of(iter(["see you 25/3/2026"])), order_of(iter(["3/4"]))
    ('dmy', '')
    """
    seen = set()
    for text in texts:
        for found in re.finditer(r"(?<![\d./])(\d{1,2})/(\d{1,2})(?:/\d{2,4})?\b", text):
            one, two = int(found[1]), int(found[2])
            if one > 12 >= two > 0:
                seen.add("dmy")
            elif two > 12 >= one > 0:
                seen.add("mdy")
    return seen.pop() if len(seen) == 1 else ""
