"""A value written as a cell: strings inline, dates as serial numbers, text escaped as Excel does.

Strings are written inline (ECMA-376 part 1 section 18.18.11, ``inlineStr``) so that the shared
strings part stays byte for byte as it was; Excel, LibreOffice, openpyxl and calamine read both.
"""

import datetime as dt
import math
import re
import sys
from typing import Final, NamedTuple

from sheetrecord.model.value import CellError, Formula, Plain, Unknown
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.grammar import complaint, stored
from sheetrecord.xlsx.xml.scanner import escape

MAX_TEXT: Final = 32_767
MAX_FORMULA: Final = 8_192
LARGEST: Final = sys.float_info.max
SPECIAL: Final = re.compile(r"""[^\S ]|[&<>_\x00-\x1f\ud800-\udfff\ufffe\uffff]|\A | \Z""")
"""A text without any of these is written as it is, unless it is longer than `SHORT`."""
SHORT: Final = 16_000
_HALF: Final = re.compile("[\ud800-\udfff]")
_WHOLE: Final = 10**300
"""Whole numbers from here on are written with an exponent: no program reads as many digits."""
_UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


_ERRORS: Final = frozenset(
    (
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"),
        *("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!"),
        *("#PYTHON!", "#EXTERNAL!"),
    )
)


class Content(NamedTuple):
    """A cell's type attribute (``b""`` for a number) and its children, without prefix marks."""

    kind: bytes
    children: bytes


def escape_text(text: str) -> bytes:
    """Return a string as a cell stores it: characters XML cannot hold become ``_xHHHH_``.

    Section 22.4.2.4 (ST_Xstring); a literal that looks like such an escape is escaped itself.
    """
    if _UNSAFE.search(text):
        text = _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return escape(text)


def text_length(text: str) -> int:
    """Return the length Excel counts: UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text) if not text.isascii() else len(text)


def serial(value: dt.date | dt.time, *, date1904: bool) -> int | float:
    """Return a date, a time or both as Excel's serial number (section 18.17.4.1).

    The 1900 system counts a 29 February 1900 that never was. Raises `Refused` for a date before
    the system's first day, or with a time zone, which a cell cannot hold.
    """
    if isinstance(value, (dt.datetime, dt.time)) and value.tzinfo is not None:
        raise Refused("time-zone", f"{value} has a time zone, which a cell cannot hold: remove it.")
    if isinstance(value, dt.time):
        return _fraction(value)
    clock = _fraction(value.time()) if isinstance(value, dt.datetime) else 0
    epoch = 695_056 if date1904 else 693_594  # 1904-01-01, 1899-12-30
    days = value.toordinal() - epoch
    if not date1904 and days <= 60:
        days -= 1
    if days < (0 if date1904 else 1):  # day 0 of the other system is read as a number or a time
        raise Refused(
            "date", f"{value} is before the first date a sheet can hold: enter it as text."
        )
    return days + clock if clock else days


def _fraction(value: dt.time) -> float:
    """Return a time as part of a day, to the millisecond before it: no time becomes another day."""
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return (seconds + value.microsecond // 1_000 / 1_000) / 86_400


def number_text(value: float) -> bytes:
    """Return a number as a cell stores it; `Refused` for infinity and NaN."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Refused(
                "number", f"A cell cannot hold {value}: enter a number or leave it empty."
            )
        if value.is_integer() and abs(value) < 1e15:
            return b"%d" % int(value)
    if abs(value) > LARGEST:
        raise Refused("number", "A cell holds numbers up to 1.8E308: enter a smaller one.")
    return repr(value if abs(value) < _WHOLE else float(value)).encode()


def check(value: object) -> None:
    """Raise `Refused` when a cell cannot hold the value."""
    if isinstance(value, str):
        if not value.isascii() and _HALF.search(value):
            raise Refused(
                "text",
                f"The text {value[:60]!r} has half a character: copy it again.",
            )
        if text_length(value) > MAX_TEXT:
            raise Refused(
                "text-length", "A cell holds at most 32,767 characters: shorten the text."
            )
    elif isinstance(value, CellError):
        if value.code not in _ERRORS:
            raise Refused(
                "error-value",
                f"{value.code!r} is none of a sheet's error values: write one as #N/A.",
            )
    elif isinstance(value, Formula) and not isinstance(value.cached, Unknown):
        check(value.cached)
    elif isinstance(value, (int, float)):
        number_text(value)
    elif value is not None and not isinstance(value, (dt.date, dt.time, Formula)):
        raise not_a_value(value)


def not_a_value(value: object) -> Refused:
    """Return the error for a value of a type that no cell has, such as a length of time."""
    return Refused(
        "value",
        f"A cell cannot hold {str(value)[:60]!r} ({type(value).__name__}): give it a text, a "
        "number, a date or a formula.",
    )


def sound_formula(text: str) -> str:
    """Return a formula as a file stores it; `Refused` (``formula``) when it is none."""
    if not text.strip():
        raise Refused("formula", "A formula is empty: give its text without the =.")
    text = stored(text)
    if len(text) > MAX_FORMULA:
        raise Refused("formula", "A formula holds at most 8,192 characters: shorten it.")
    wrong = complaint(text)
    if wrong:
        raise Refused("formula", f"{text[:60]!r} is no formula, {wrong}: correct it.")
    return text


def content(value: Plain | Formula | CellError | None, prefix: bytes, *, date1904: bool) -> Content:
    """Return what a cell of this value holds; errors as `check` and `serial`."""
    check(value)
    if value is None:
        return Content(b"", b"")
    if isinstance(value, Formula):
        return _formula(value, prefix, date1904=date1904)
    if isinstance(value, str):
        text = escape_text(value)
        space = b' xml:space="preserve"' if value != value.strip() or "\n" in value else b""
        return Content(
            b"inlineStr",
            b"<%sis><%st%s>%s</%st></%sis>" % (prefix, prefix, space, text, prefix, prefix),
        )
    kind, body = _scalar(value, date1904=date1904)
    return Content(kind, b"<%sv>%s</%sv>" % (prefix, body, prefix))


def _scalar(value: Plain | CellError, *, date1904: bool) -> tuple[bytes, bytes]:
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, CellError):
        return b"e", value.code.encode()
    if isinstance(value, str):
        return b"str", escape_text(value)
    if isinstance(value, (dt.date, dt.time)):
        return b"", number_text(serial(value, date1904=date1904))
    return b"", number_text(value)


def _formula(value: Formula, prefix: bytes, *, date1904: bool) -> Content:
    body = b"<%sf>%s</%sf>" % (prefix, escape(sound_formula(value.text)), prefix)
    cached = value.cached
    if cached is None or isinstance(cached, Unknown):
        return Content(b"", body)
    kind, text = _scalar(cached, date1904=date1904)
    return Content(kind, body + b"<%sv>%s</%sv>" % (prefix, text, prefix))
