"""A workbook as read: every sheet's cells by address, with nothing interpreted yet."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from sheetrecord.model.value import Cell


class Cells(NamedTuple):
    """The non-blank cells of one column, top to bottom."""

    rows: Sequence[int]
    values: Sequence[Cell]

    def between(self, top: int, bottom: int) -> "Cells":
        """Return the cells of the rows from ``top`` to ``bottom``, both included.

        >>> Cells([3, 5, 9], ["a", "b", "c"]).between(4, 9)
        Cells(rows=[5, 9], values=['b', 'c'])
        """
        start, stop = bisect_left(self.rows, top), bisect_right(self.rows, bottom)
        return Cells(self.rows[start:stop], self.values[start:stop])


NO_CELLS = Cells((), ())


class Range(NamedTuple):
    """A rectangle of cells on one sheet; rows and columns are 1-based and inclusive."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class Sheet:
    """One sheet: its cells by column, and what a reader must know about its shape."""

    __slots__ = ("__weakref__", "columns", "hidden_rows", "merged", "name", "state")

    def __init__(
        self,
        name: str,
        columns: Mapping[int, Cells],
        merged: Sequence[Range] = (),
        hidden_rows: Iterable[int] = (),
        state: str = "visible",
    ) -> None:
        self.name = name
        self.columns = columns
        self.merged = tuple(merged)
        self.hidden_rows = frozenset(hidden_rows)
        self.state = state

    def says_what(self, other: "Sheet") -> bool:
        """Return whether both sheets have equal cells, types included."""
        if self is other:
            return True
        mine, theirs = ({n: c for n, c in s.columns.items() if c.rows} for s in (self, other))
        return mine.keys() == theirs.keys() and all(
            _same_cells(cells, theirs[number]) for number, cells in mine.items()
        )

    def column(self, number: int) -> Cells:
        """Return a column's non-blank cells."""
        return self.columns.get(number, NO_CELLS)

    def top(self, rows: int) -> list[dict[int, Cell]]:
        """Return the first rows, each as `row` does, with one pass over the columns."""
        found: list[dict[int, Cell]] = [{} for _ in range(rows)]
        for column, cells in self.columns.items():
            for row, value in zip(*cells.between(1, rows), strict=True):
                found[row - 1][column] = value
        return found

    def row(self, number: int) -> dict[int, Cell]:
        """Return one row's non-blank cells by column; meant for headers near the top."""
        found = {}
        for column, cells in self.columns.items():
            for value in cells.between(number, number).values:
                found[column] = value
        return found


def _same_cells(one: Cells, other: Cells) -> bool:
    return (
        len(one.rows) == len(other.rows)
        and list(one.rows) == list(other.rows)
        and list(one.values) == list(other.values)
        and list(map(type, one.values)) == list(map(type, other.values))
    )


class Book:
    """A workbook: its sheets in order and its workbook-wide defined names.

    ``live`` tells whether the format holds formulas (xlsx does, CSV and Markdown do not);
    ``source`` is what messages call it; ``date1904``: days count from 1904, not from 1900;
    ``origin`` is the text of the name that says which template it was made from, if it has one;
    ``titles`` are those of all sheets, where some have no cells to read.
    """

    __slots__ = ("_titles", "date1904", "live", "names", "origin", "properties", "sheets", "source")

    def __init__(  # noqa: PLR0913 - what there is to know of a workbook
        self,
        source: str,
        sheets: Mapping[str, Sheet] | Iterable[Sheet],
        *,
        names: Mapping[str, Range | None] | None = None,
        properties: Mapping[str, str] | None = None,
        live: bool = False,
        date1904: bool = False,
        origin: str = "",
        titles: Sequence[str] = (),
    ) -> None:
        self._titles = titles
        self.date1904 = date1904
        self.origin = origin
        self.source = source
        self.sheets: Mapping[str, Sheet] = (
            sheets if isinstance(sheets, Mapping) else {sheet.name: sheet for sheet in sheets}
        )
        self.names = names or {}
        self.properties = properties or {}
        self.live = live

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles that are taken: also of sheets without cells, such as charts.

        Where a sheet is no more than its cells, one without any leaves its title free.
        """
        if self.live or self._titles:
            return (*self._titles, *(name for name in self.sheets if name not in self._titles))
        return tuple(name for name, sheet in self.sheets.items() if sheet.columns)

    def with_sheets(self, sheets: Mapping[str, Sheet]) -> "Book":
        """Return the same workbook with other sheets."""
        return Book(
            self.source,
            sheets,
            names=self.names,
            properties=self.properties,
            live=self.live,
            date1904=self.date1904,
            origin=self.origin,
            titles=self._titles,
        )

    def named(self, names: Mapping[str, Range | None]) -> "Book":
        """Return the same workbook with other defined names."""
        return Book(
            self.source,
            self.sheets,
            names=names,
            properties=self.properties,
            live=self.live,
            date1904=self.date1904,
            origin=self.origin,
            titles=self._titles,
        )

    def cells(self, area: Range) -> dict[tuple[int, int], Cell]:
        """Return the non-blank cells of a range by (row, column)."""
        sheet = self.sheets.get(area.sheet)
        found: dict[tuple[int, int], Cell] = {}
        if sheet is None:
            return found
        for column, cells in sheet.columns.items():
            if area.left <= column <= area.right:
                rows, values = cells.between(area.top, area.bottom)
                found.update(zip(zip(rows, repeat(column)), values, strict=True))
        return found


def parse_range(text: str) -> Range | None:
    """Read a defined name's text such as ``'My sheet'!$A$3:$B$9``.

    Returns None for anything that is not one plain range, such as ``Deal!#REF!``.

    >>> parse_range("'It''s'!$B$3")
    Range(sheet="It's", top=3, left=2, bottom=3, right=2)
    >>> parse_range("Deal!#REF!") is None
    True
    """
    sheet, mark, area = text.rpartition("!")
    if not mark or not sheet:
        return None
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    corners = [_corner(part) for part in area.replace("$", "").split(":")]
    first, last = corners[0], corners[-1]
    if first is None or last is None or len(corners) > 2:
        return None
    return Range(sheet, first[0], first[1], last[0], last[1])


def quoted(title: str) -> str:
    """Return a sheet name as a formula needs it.

    >>> quoted("Deal"), quoted("It's 2026"), quoted("Q1")
    ('Deal', "'It''s 2026'", "'Q1'")
    """
    if title.isidentifier() and title.isascii() and not any(c.isdigit() for c in title):
        return title
    return "'" + title.replace("'", "''") + "'"


def _corner(text: str) -> tuple[int, int] | None:
    """Read ``B3`` as (row, column)."""
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not digits or not 1 <= len(letters) <= 3 or not (letters.isascii() and letters.isalpha()):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column
