"""Many raw cell texts of one type to values at once; the same meaning as `Converter`, faster."""

from collections.abc import Sequence
from itertools import compress, repeat
from math import inf
from typing import Any, Final

from sheetrecord.model.value import UNKNOWN, Formula
from sheetrecord.xlsx.convert import Bad, Converter, number
from sheetrecord.xlsx.texts import texts, xstrings

_BOOLEANS: Final = {b"0": False, b"1": True}
_UNWRITTEN: Final = Formula("", UNKNOWN)
_new: Final[Any] = tuple.__new__


class Bulk:
    """Converts the columns of matches."""

    def __init__(self, convert: Converter) -> None:
        self._convert = convert

    def values(self, code: str, raw: Sequence[bytes]) -> list[Any]:
        """Return the values of one type code; `Bad`, `IndexError` when one is wrong."""
        if code == "s":
            return list(map(self._convert.strings.__getitem__, map(int, raw)))
        if code == "n":
            return numbers(raw)
        if code == "str":
            return _once(raw)
        if code == "b":
            return [_BOOLEANS[each] for each in raw]
        if code in {"n1", "n2", "n3"}:
            return list(map(self._convert.dates(code).__getitem__, raw))
        return [self._convert.cached(code, each) for each in raw]

    @property
    def written(self) -> bool:
        """Whether the texts of formulas are wanted."""
        return self._convert.formula_texts

    def texts(self, raw: Sequence[bytes]) -> list[str]:
        """Return formulas' texts, or blanks when nobody asked for them."""
        return texts(list(raw)) if self._convert.formula_texts else [""] * len(raw)

    def unknown(self, raw: Sequence[bytes]) -> list[Any]:
        """Return formulas that nobody has calculated yet."""
        if self._convert.formula_texts:
            return self.formulas(texts(list(raw)), [UNKNOWN] * len(raw))
        return [_UNWRITTEN] * len(raw)

    def formulas(self, written: list[str], cached: list[Any]) -> list[Any]:
        """Return formulas from their texts and cached values."""
        # what Formula(text, value) does, without a Python call for each
        return list(map(_new, repeat(Formula), zip(written, cached, strict=True)))


def _once(raw: Sequence[bytes]) -> list[str]:
    """Return texts; in a column where the same ones come again, each is held once."""
    distinct = list(dict.fromkeys(raw))
    if len(distinct) * 2 > len(raw):
        return xstrings(list(raw))
    known = dict(zip(distinct, xstrings(distinct), strict=True))
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
