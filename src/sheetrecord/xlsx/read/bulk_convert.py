"""Many raw cell texts of one type to values at once; the same meaning as `Converter`, faster."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import compress, repeat
from math import inf
from operator import eq
from typing import Any, Final

from sheetrecord.model.value import UNKNOWN, Formula
from sheetrecord.xlsx.read.convert import Bad, Converter, number
from sheetrecord.xlsx.xml.texts import marked, texts, value_texts, xstrings

_BOOLEANS: Final = {b"0": False, b"1": True}
_new: Final[Any] = tuple.__new__


class Bulk:
    """Converts the columns of matches."""

    def __init__(self, convert: Converter) -> None:
        self._convert = convert
        self._patterns: defaultdict[int, ColumnPatterns] = defaultdict(ColumnPatterns)

    def values(self, code: str, raw: Sequence[bytes]) -> list[Any]:
        """Return the values of one type code; `Bad`, `IndexError` when one is wrong."""
        if code == "s":
            return list(map(self._convert.strings.__getitem__, map(int, raw)))
        if code == "n":
            return numbers(raw)
        if code == "str":
            return _once(raw, xstrings)
        if code == "b":
            return [_BOOLEANS[each] for each in raw]
        if code in {"n1", "n2", "n3"}:
            return list(map(self._convert.dates(code).__getitem__, raw))
        return [self._convert.cached(code, each) for each in raw]

    def typed(self, raw: Sequence[bytes]) -> list[Any]:
        """Return texts that stand in cells without a formula."""
        return _once(raw, value_texts)

    def inline(self, raw: Sequence[bytes]) -> list[Any]:
        """Return texts that stand in their cells, as `marked`."""
        return _once(raw, marked)

    def texts(self, raw: Sequence[bytes], numbers: Sequence[bytes], column: int) -> list[str]:
        """Return formulas' texts; their patterns when whole texts were not asked for.

        ``numbers`` are the formulas' rows as the sheet writes them, without leading zeros.
        """
        known = self._patterns[column]
        if self._convert.formula_texts:
            return known.whole_texts(raw, numbers)
        return known.texts(raw, numbers)

    def pattern(self, raw: bytes, number: bytes, column: int) -> tuple[bytes, str]:
        """Return a formula's pattern as it is written, escaped, and as it is told.

        Raises `Unusual` when it cannot be resolved.
        """
        return self._patterns[column].pattern(raw, number)

    def unknown(self, raw: Sequence[bytes], numbers: Sequence[bytes], column: int) -> list[Any]:
        """Return formulas without a calculated result."""
        return self.formulas(self.texts(raw, numbers, column), [UNKNOWN] * len(raw))

    def formulas(self, written: list[str], cached: list[Any]) -> list[Any]:
        """Return formulas from their texts and cached values."""
        # what Formula(text, value) does, without a Python call for each
        return list(map(_new, repeat(Formula), zip(written, cached, strict=True)))


class ColumnPatterns:
    r"""The formulas of one column, as texts with a NUL for their own row: one for all alike.

    A column has one formula, so that this is one text to resolve where there were thousands.

    >>> ColumnPatterns().texts([b"$A4+1", b"$A5+1", b"$A9"], [b"4", b"5", b"6"])
    ['$A\x00+1', '$A\x00+1', '$A9']
    """

    def __init__(self) -> None:
        self._known: dict[bytes, str] = {}

    def typed(self, raw: Sequence[bytes]) -> list[Any]:
        """Return texts that stand in cells without a formula."""
        return _once(raw, value_texts)

    def inline(self, raw: Sequence[bytes]) -> list[Any]:
        """Return texts that stand in their cells, as `marked`."""
        return _once(raw, marked)

    def texts(self, raw: Sequence[bytes], numbers: Sequence[bytes]) -> list[str]:
        """Return the texts of escaped formulas in rows of these numbers.

        Raises `Unusual` when one cannot be resolved.
        """
        alike = self._alike(raw, numbers)
        return list(map(self._one, raw, numbers)) if alike is None else [alike] * len(raw)

    def whole_texts(self, raw: Sequence[bytes], numbers: Sequence[bytes]) -> list[str]:
        r"""Return what `texts` does, with the rows' numbers in place of the NULs.

        >>> ColumnPatterns().whole_texts([b"A4&lt;1", b"A5&lt;1"], [b"4", b"5"])
        ['A4<1', 'A5<1']
        """
        alike = self._alike(raw, numbers)
        if alike is None:
            return texts(list(raw))
        parts = alike.split("\0")
        return list(map(str.join, map(bytes.decode, numbers), repeat(parts)))

    def _alike(self, raw: Sequence[bytes], numbers: Sequence[bytes]) -> str | None:
        """Return the one pattern of all these formulas, None when they have several."""
        first = self._one(raw[0], numbers[0])
        pattern = next((pattern for pattern, text in self._known.items() if text == first), b"")
        parts = pattern.split(b"\0")  # joined by its own row's number it is the row's formula
        same = pattern and all(map(eq, map(bytes.join, numbers, repeat(parts)), raw))
        return first if same else None

    def _one(self, raw: bytes, number: bytes) -> str:
        for pattern, text in self._known.items():
            if raw == pattern.replace(b"\0", number):
                return text
        if len(self._known) >= _MOST:
            return texts([raw])[0]
        return self.pattern(raw, number)[1]

    def pattern(self, raw: bytes, number: bytes) -> tuple[bytes, str]:
        """Return the pattern of an escaped formula, and its text. Raises as `texts`."""
        pattern = pattern_of(raw, number)
        (told,) = texts([pattern.replace(b"\0", _STAND_IN)])
        return pattern, self._known.setdefault(pattern, told.replace(_STAND_IN.decode(), "\0"))


_MOST: Final = 8
"""So many formulas in one column are looked for; after them each stands for itself."""

_CELL: Final = rb"(?<![A-Za-z0-9_.$])(\$?[A-Za-z]{1,3})([0-9]+)(?![0-9A-Za-z_.(!])"
_STAND_IN: Final = "\ue000".encode()
"""A character of private use in place of NUL, which XML does not know."""


def pattern_of(raw: bytes, number: bytes) -> bytes:
    r"""Return an escaped formula with a NUL for the number of its own row.

    >>> pattern_of(b"$A4+A$4+B14", b"4")
    b'$A\x00+A$4+B14'
    """

    def put(match: re.Match[bytes]) -> bytes:
        return match[1] + b"\0" if match[2] == number else match[0]

    return re.sub(_CELL, put, raw)


def _once(raw: Sequence[bytes], read: Callable[[list[bytes]], list[str]]) -> list[str]:
    """Return texts; in a column where the same ones come again, each is held once.

    Where hardly any comes again in a quarter of them, few do in all, and the rest is not sought.
    """
    some = raw[: len(raw) // 4]
    if len(set(some)) * 10 > len(some) * 9:
        return read(list(raw))
    distinct = list(dict.fromkeys(raw))
    if len(distinct) * 2 > len(raw):
        return read(list(raw))
    known = dict(zip(distinct, read(distinct), strict=True))
    return list(map(known.__getitem__, raw))


def numbers(raw: Sequence[bytes]) -> list[Any]:
    """Return numbers: ints where written as integers, else floats."""
    try:
        return list(map(int, raw))
    except ValueError:
        found: list[float] = list(map(float, raw))
    if max(found) == inf or min(found) == -inf:
        raise Bad("a number that is too large")
    # only what has no fraction can have been written as an integer
    for at in compress(range(len(found)), map(float.is_integer, found)):
        own = raw[at]
        found[at] = int(own) if own.isdigit() else number(own)
    return found
