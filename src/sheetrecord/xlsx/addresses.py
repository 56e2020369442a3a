"""Cell addresses in A1 style: columns as letters or numbers, cells and ranges.

Rows and columns count from 1, as in ECMA-376 part 1 section 18.18.62 (ST_Ref).
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from sheetrecord.xlsx.errors import Refused

MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384
_CELL: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Area(NamedTuple):
    """A rectangle of cells, its corners included."""

    row: int
    column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        """Write it as a sheet does: ``A1`` or ``A1:B2``."""
        first = cell_name(self.row, self.column)
        last = cell_name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column

    def single(self) -> bool:
        """Whether it is one cell."""
        return self.row == self.last_row and self.column == self.last_column


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """Return a column's number.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=4096)
def column_letters(number: int) -> str:
    """Return a column's letters.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the address of a cell.

    >>> cell_name(7, 3)
    'C7'
    """
    return f"{column_letters(column)}{row}"


def parse_cell(ref: str) -> tuple[int, int]:
    """Return (row, column); `Refused` (``address``) when it is none of a sheet's cells."""
    match = _CELL.fullmatch(ref.strip())
    if match is not None:
        row, column = int(match[2]), column_number(match[1])
        if 1 <= row <= MAX_ROW and column <= MAX_COLUMN:
            return row, column
    raise Refused("address", f"{ref!r} is not the address of a cell: write it like B7.")


def parse_area(ref: str) -> Area:
    """Return the rectangle of ``A1``, ``A1:B2``, ``A:B`` or ``1:2``, its corners in order."""
    first, _, last = ref.replace("$", "").partition(":")
    last = last or first
    if first.isdecimal() and last.isdecimal():
        rows = sorted((int(first), int(last)))
        return Area(rows[0], 1, rows[1], MAX_COLUMN)
    if first.isalpha() and last.isalpha() and first.isascii() and last.isascii():
        columns = sorted((column_number(first), column_number(last)))
        return Area(1, columns[0], MAX_ROW, columns[1])
    (row1, column1), (row2, column2) = parse_cell(first), parse_cell(last)
    return Area(min(row1, row2), min(column1, column2), max(row1, row2), max(column1, column2))


def parse_areas(refs: str) -> list[Area]:
    """Return the rectangles of a list like ``A1:B2 D4`` (ST_Sqref)."""
    return [parse_area(ref) for ref in refs.split()]
