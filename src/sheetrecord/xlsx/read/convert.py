"""Raw cell text to values: numbers, dates, shared strings, booleans, errors, `_xHHHH_` escapes.

The one place that decides what a cell's text means (ECMA-376 part 1, 18.3.1.4 and 18.18.11).
The bulk paths and the exact path all end here, so that they cannot disagree.
"""

import re
from collections.abc import Sequence
from math import inf
from typing import Final

from sheetrecord.model.value import UNKNOWN, CellError, Plain, Result
from sheetrecord.xlsx.dates import NUMBER, from_iso, from_serial

_NUMBER: Final = rb"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_ESCAPE: Final = (
    r"((?:_x[dD][89abAB][0-9A-Fa-f]{2}__x[dD][c-fC-F][0-9A-Fa-f]{2}_)|_x[0-9A-Fa-f]{4}_)"
)
_SPACE: Final = b" \t\r\n"
_BOOLEANS: Final = {b"0": False, b"1": True, b"false": False, b"true": True}
TYPES: Final = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})
TEXTS: Final = frozenset({"str", "inlineStr"})
DIGITS: Final = 300


class Bad(ValueError):
    """A cell's text that is invalid for its declared type."""


def number(raw: bytes) -> int | float:
    """Return a number: int when written as an integer, else float; `Bad` when it is neither."""
    if raw.isdigit() and len(raw) <= DIGITS:
        return int(raw)
    if not re.fullmatch(_NUMBER, raw) or len(raw) > DIGITS:
        raise Bad("not a number that a workbook can hold")
    if raw.lstrip(b"+-").isdigit():
        return int(raw)
    value = float(raw)
    if value in {inf, -inf}:
        raise Bad("a number that is too large")
    return value


def xstring(text: str) -> str:
    r"""Return a text with its ``_xHHHH_`` escapes decoded (ST_Xstring, part 1, 22.9.2.19).

    >>> xstring("a_x000A_b"), xstring("_x005F_x000D_")
    ('a\nb', '_x000D_')
    """
    return re.sub(_ESCAPE, _unescape, text) if "_x" in text else text


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 7:  # a surrogate pair is one character
        return chr(0x10000 + ((int(code[2:6], 16) & 0x3FF) << 10) + (int(code[9:13], 16) & 0x3FF))
    value = int(code[2:6], 16)
    return code if 0xD800 <= value < 0xE000 else chr(value)


class Dates(dict[bytes, Plain]):
    """Serial numbers already seen in one kind of format, so that each is computed once."""

    def __init__(self, kind: int, *, date1904: bool) -> None:
        super().__init__()
        self._kind = kind
        self._date1904 = date1904

    def __missing__(self, raw: bytes) -> Plain:
        value = from_serial(number(raw), self._kind, date1904=self._date1904)
        if len(self) < 200_000:
            self[raw] = value
        return value


class Converter:
    """What raw cell text means in one workbook: its strings, its date formats, its epoch.

    ``formula_texts`` tells whether each formula's whole text is wanted, or only its pattern.
    """

    def __init__(
        self,
        strings: Sequence[str],
        kinds: Sequence[int],
        *,
        date1904: bool,
        formula_texts: bool = True,
    ) -> None:
        self.formula_texts = formula_texts
        self.strings = strings
        self._kinds = kinds
        self._dates = {kind: Dates(kind, date1904=date1904) for kind in (1, 2, 3)}

    def code(self, kind: str, style: int) -> str:
        """Return the cell's type with number formats told apart: ``n``, ``n1``, ``n2``, ``n3``."""
        if kind != "n":
            return kind
        shows = self._kinds[style] if style < len(self._kinds) else NUMBER
        return f"n{shows}" if shows else "n"

    def dates(self, code: str) -> Dates:
        """Return the memo of one date code (``n1``...)."""
        return self._dates[int(code[1])]

    def plain(self, code: str, raw: bytes) -> Plain | CellError | None:
        """Return a value that is not text; None when there is nothing; `Bad` when it is wrong."""
        raw = raw.strip(_SPACE)
        if not raw:
            return None
        if code == "n":
            return number(raw)
        if code == "s":
            if not raw.isdigit() or len(raw) > 9 or int(raw) >= len(self.strings):
                raise Bad(f"a shared string that does not exist (the file has {len(self.strings)})")
            return self.strings[int(raw)]
        if code == "b":
            if raw not in _BOOLEANS:
                raise Bad("neither true nor false")
            return _BOOLEANS[raw]
        if code == "e":
            if b"&" in raw:  # not resolved on the fast path, and no error has one
                raise Bad("no error value")
            return CellError(raw.decode())
        return self._dated(code, raw)

    def _dated(self, code: str, raw: bytes) -> Plain:
        if code != "d":
            return self.dates(code)[raw]
        try:
            return from_iso(raw.decode())
        except ValueError:
            raise Bad("not an ISO 8601 date") from None

    def cached(self, code: str, raw: bytes) -> Result:
        """Return a formula's cached value that is not text: `UNKNOWN` when there is none."""
        value = self.plain(code, raw)
        return UNKNOWN if value is None else value
