"""Cell values as a merge compares them: typed, blank, of the wrong type, or unreadable."""

import re
from typing import Final, NamedTuple
from unicodedata import normalize

from sheetrecord.model.value import Cell, CellError, Formula, Unknown, shown
from sheetrecord.schema.column import Column
from sheetrecord.schema.record import EMPTY


class Odd(NamedTuple):
    """A value of the wrong type for its column, kept and compared exactly as typed."""

    kind: str
    value: object


class Unread(NamedTuple):
    """A cell whose value is an error or was never calculated: no evidence of any change.

    ``why`` is the error's code (``#REF!``), or empty for a formula without a cached result.
    """

    why: str


class Unobserved:
    """The value of a cell whose column or sheet a copy does not have: not the same as blank."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Say the name of the one instance."""
        return "UNOBSERVED"

    def __bool__(self) -> bool:
        """Never count as content."""
        return False


UNOBSERVED: Final = Unobserved()
"""The only `Unobserved`: compare with `is`."""

_OWN_ROW: Final = re.compile(r"(?<![A-Za-z0-9_.])(\$?[A-Z]{1,3})(\d+)(?![\d(A-Za-z_])")


def odd(cell: Cell) -> object:
    """Return the value of a cell that its column's reader rejected, as `Odd` or `Unread`."""
    seen = shown(cell)
    if isinstance(seen, CellError):
        return Unread(seen.code)
    if isinstance(seen, Unknown):
        return Unread("")
    if isinstance(seen, int | float) and not isinstance(seen, bool):
        return Odd("number", seen)
    return Odd(type(seen).__name__, seen.strip() if isinstance(seen, str) else seen)


def is_blank(value: object, column: Column) -> bool:
    """Return True if a value is blank for its column's type; `UNOBSERVED` is not blank."""
    return value is not UNOBSERVED and (value is None or value == EMPTY[column.kind.name])


def same(one: object, other: object) -> bool:
    """Return True if two typed values are equal; texts are compared after Unicode NFC.

    >>> same("Caf\u00e9", "Cafe\u0301"), same(1.0, 1), same("1", 1)
    (True, True, False)
    """
    if one == other:
        return True
    if isinstance(one, str) and isinstance(other, str) and not (one.isascii() and other.isascii()):
        return normalize("NFC", one) == normalize("NFC", other)
    return False


def same_formula(one: Cell, row: int, other: Cell, other_row: int) -> bool:
    """Return True if two cells hold one formula, relative to the row each stands in.

    >>> same_formula(Formula("B3*2"), 3, Formula("B9*2"), 9)
    True
    >>> same_formula(Formula("B3*2"), 3, Formula("B3*2"), 9)
    False
    """
    if not isinstance(one, Formula) or not isinstance(other, Formula):
        return False
    return _placeless(one.text, row) == _placeless(other.text, other_row)


def _placeless(text: str, row: int) -> str:
    """Return a formula's text with its own row's number taken out."""
    return _OWN_ROW.sub(lambda m: f"{m[1]}@" if int(m[2]) == row else m[0], text)
