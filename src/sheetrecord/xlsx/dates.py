"""Serial numbers as dates and times, in the 1900 and the 1904 system; which formats show them.

Sources: ECMA-376 part 1, 18.17.4 (serial values), 18.8.30 (number formats and their built-in
ids). The 1900 system counts a 29 February 1900 that never was: serial 60 stays a number.
"""

import datetime as dt
import re
from typing import Final

NUMBER: Final = 0
DATE: Final = 1
TIME: Final = 2
BOTH: Final = 3

_DAY_MS: Final = 86_400_000
_LAST: Final = dt.date(9999, 12, 31).toordinal()
_EPOCH_1900: Final = dt.date(1899, 12, 30).toordinal()
_EPOCH_1904: Final = dt.date(1904, 1, 1).toordinal()
_PHANTOM: Final = 60
_BUILT_IN: Final = (
    dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), DATE)
    | dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 55, 56), TIME)
    | {22: BOTH}
)
# compiled when first used: many a workbook has no format of its own
_LITERAL: Final = r'(?i)"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]|General|AM/PM|A/P'
_ELAPSED: Final = r"(?i)\[(?:h+|m+|s+)\]"
_FRACTION: Final = r"s[.,]0+"


def built_in_kind(number_format_id: int) -> int:
    """Return what a built-in number format shows: `NUMBER`, `DATE`, `TIME` or `BOTH`."""
    return _BUILT_IN.get(number_format_id, NUMBER)


def format_kind(code: str) -> int:
    """Return what a format code shows: `NUMBER`, `DATE`, `TIME` or `BOTH`.

    An elapsed time (``[h]:mm``) is a quantity, so it is a `NUMBER`.

    >>> format_kind("yyyy-mm-dd"), format_kind("h:mm"), format_kind('0.00 "days"')
    (1, 2, 0)
    """
    section = _first_section(code)
    if re.search(_ELAPSED, section):
        return NUMBER
    letters = re.sub(_FRACTION, "s", re.sub(_LITERAL, "", section).lower())
    if any(place in letters for place in "0#?@"):
        return NUMBER
    time = "h" in letters or "s" in letters
    date = "d" in letters or "y" in letters or "mmm" in letters or ("m" in letters and not time)
    return DATE * date + TIME * time


def _first_section(code: str) -> str:
    quoted = False
    for at, char in enumerate(code):
        if char == '"' and code[at - 1 : at] != "\\":
            quoted = not quoted
        elif char == ";" and not quoted and code[at - 1 : at] != "\\":
            return code[:at]
    return code


def from_serial(
    serial: float, kind: int, *, date1904: bool
) -> dt.date | dt.datetime | dt.time | float:
    """Return a serial number as its format shows it, to the millisecond as Excel keeps it.

    What is no date stays the number it was: negative, after 9999, the phantom 29 February 1900,
    and the part of a day in a format that shows days only.
    """
    if not 0 <= serial < 2_958_466:
        return serial
    day = int(serial)
    ms = 0
    if day != serial:
        more, ms = divmod(round(serial % 1 * _DAY_MS), _DAY_MS)
        day += more
    if day == 0 and kind & TIME:
        return _time(ms)
    if date1904:
        ordinal = _EPOCH_1904 + day
    elif day in {0, _PHANTOM}:
        return serial
    else:
        ordinal = _EPOCH_1900 + day + (day < _PHANTOM)
    if ordinal > _LAST:
        return serial
    date = dt.date.fromordinal(ordinal)
    return dt.datetime.combine(date, _time(ms)) if ms else date


def _time(ms: int) -> dt.time:
    seconds, ms = divmod(ms, 1000)
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60, ms * 1000)


def from_iso(text: str) -> dt.date | dt.datetime | dt.time:
    """Return an ISO 8601 date, time or both (``t="d"``, 18.18.11); `ValueError` when it is none.

    Excel keeps no time zone: an offset is dropped. Midnight alone is a date.
    """
    text = text.strip()
    if "T" not in text:
        if ":" in text:
            return dt.time.fromisoformat(text).replace(tzinfo=None)
        return dt.date.fromisoformat(text)
    moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    return moment if moment.time() != dt.time() else moment.date()
