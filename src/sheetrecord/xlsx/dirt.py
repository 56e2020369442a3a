"""The cells whose value may have changed, asked by rectangle."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from sheetrecord.xlsx.a1 import Area


class Dirt:
    """Changed cells of all sheets; a sheet is its index in the workbook."""

    def __init__(self) -> None:
        self._columns: dict[tuple[int, int], list[int]] = {}
        self._cells: dict[tuple[int, int], set[int]] = {}
        self._areas: list[tuple[int, Area]] = []
        self.count = 0

    def add(self, sheet: int, row: int, column: int) -> bool:
        """Add a cell; return whether it is new."""
        key = (sheet, column)
        cells = self._cells.setdefault(key, set())
        if row in cells:
            return False
        cells.add(row)
        rows = self._columns.setdefault(key, [])
        if not rows or row > rows[-1]:
            rows.append(row)
        else:
            insort(rows, row)
        self.count += 1
        return True

    def add_all(self, sheet: int, cells: Iterable[tuple[int, int]]) -> None:
        """Add (row, column) cells of one sheet."""
        for row, column in sorted(cells):
            self.add(sheet, row, column)

    def add_area(self, sheet: int, area: Area) -> None:
        """Add a rectangle without formulas of its own that could become dirty."""
        self._areas.append((sheet, area))
        self.count += 1

    def has(self, sheet: int, row: int, column: int) -> bool:
        """Whether the cell has changed."""
        return row in self._cells.get((sheet, column), ())

    def rows(self, sheet: int) -> dict[int, list[int]]:
        """Return the changed rows by column of one sheet."""
        return {column: rows for (owner, column), rows in self._columns.items() if owner == sheet}

    def columns(self) -> set[tuple[int, int]]:
        """Return the (sheet, column) pairs with a changed cell."""
        return set(self._columns).union(
            (sheet, column)
            for sheet, area in self._areas
            for column in range(area.column, area.last_column + 1)
        )

    def touches(self, sheet: int, area: tuple[int, int, int, int]) -> bool:
        """Whether a changed cell lies in the area (row, column, last row, last column)."""
        row, column, last_row, last_column = area
        for owner, other in self._areas:
            if (
                owner == sheet
                and other.row <= last_row
                and row <= other.last_row
                and other.column <= last_column
                and column <= other.last_column
            ):
                return True
        if column == last_column:
            rows = self._columns.get((sheet, column))
            if not rows:
                return False
            if row == last_row:
                return row in self._cells[sheet, column]
            place = bisect_left(rows, row)
            return place < len(rows) and rows[place] <= last_row
        if last_column - column < len(self._columns):
            columns: Iterable[int] = range(column, last_column + 1)
        else:
            columns = [c for s, c in self._columns if s == sheet and column <= c <= last_column]
        return any(self.touches(sheet, (row, c, last_row, c)) for c in columns)
