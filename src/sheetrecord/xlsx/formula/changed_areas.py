"""The set of cells whose value may have changed, queried by rectangle."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable

from sheetrecord.xlsx.addresses import Area


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

    def add_rows(self, sheet: int, column: int, rows: Collection[int]) -> None:
        """Add cells of one column."""
        cells = self._cells.setdefault((sheet, column), set())
        new = set(rows) - cells
        cells |= new
        self._columns[sheet, column] = sorted(cells)
        self.count += len(new)

    def add_all(self, sheet: int, cells: Iterable[tuple[int, int]]) -> None:
        """Add (row, column) cells of one sheet."""
        columns: dict[int, list[int]] = {}
        for row, column in cells:
            columns.setdefault(column, []).append(row)
        for column, rows in sorted(columns.items()):
            self.add_rows(sheet, column, rows)

    def add_area(self, sheet: int, area: Area) -> None:
        """Add a rectangle without formulas of its own that could become dirty."""
        self._areas.append((sheet, area))
        self.count += 1

    def rows(self, sheet: int, first: int, last: int) -> list[tuple[int, set[int]]]:
        """Return the columns from first to last with changed cells, and their rows."""
        if last - first < len(self._cells):
            found = ((c, self._cells.get((sheet, c))) for c in range(first, last + 1))
            return [(column, rows) for column, rows in found if rows]
        cells = self._cells.items()
        return [(c, rows) for (owner, c), rows in cells if owner == sheet and first <= c <= last]

    def areas(self, sheet: int, first: int, last: int) -> list[Area]:
        """Return the changed rectangles that reach into the columns from first to last."""
        return [
            area
            for owner, area in self._areas
            if owner == sheet and area.column <= last and first <= area.last_column
        ]

    def columns(self) -> "ChangedColumns":
        """Return the columns with a changed cell."""
        found = ChangedColumns()
        for sheet, column in self._columns:
            found.add(sheet, column, column)
        for sheet, area in self._areas:
            found.add(sheet, area.column, area.last_column)
        return found

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


class ChangedColumns:
    """Columns of all sheets, asked by stretch; a sheet is its index in the workbook."""

    def __init__(self) -> None:
        self._single: dict[int, set[int]] = {}
        self._wide: dict[int, list[tuple[int, int]]] = {}

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._single or self._wide)

    def add(self, sheet: int, first: int, last: int) -> None:
        """Add the columns from first to last."""
        if first == last:
            self._single.setdefault(sheet, set()).add(first)
        else:
            self._wide.setdefault(sheet, []).append((first, last))

    def hit(self, sheet: int, first: int, last: int) -> bool:
        """Whether one of them lies between first and last."""
        if any(a <= last and first <= b for a, b in self._wide.get(sheet, ())):
            return True
        single = self._single.get(sheet)
        if not single:
            return False
        if last - first < len(single):
            return any(column in single for column in range(first, last + 1))
        return any(first <= column <= last for column in single)
