"""The edits that update finance's sheets and the money columns of Fees."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar, overload

from sheetrecord.formats.finance.locations import Spot, rows
from sheetrecord.formats.finance.styles import style_of
from sheetrecord.formats.finance.tables import HEADER_ROW, KEY_ROW, FinanceTable
from sheetrecord.model.book import Book, Range
from sheetrecord.model.cell_edits import AddSheet, Edit, PutCell, PutName, PutRows, Value
from sheetrecord.model.progress import each
from sheetrecord.model.value import Cell

T = TypeVar("T")
_MANY = 400
"""From so many new rows on, rows are appended as rows, not cell by cell."""

Row = Mapping[str, Cell]


class Each(Sequence[Row]):
    """A sequence of rows that are made on access, to save memory for a large table."""

    def __init__(self, things: Sequence[T], row: Callable[[T], Row]) -> None:
        self._things: Sequence[object] = things
        self._row: Callable[[Any], Row] = row

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> "Each": ...
    def __getitem__(self, at: int | slice) -> "Row | Each":
        if isinstance(at, slice):
            return Each(self._things[at], self._row)
        return self._row(self._things[at])


class _Laid(Sequence[Sequence[Value]]):
    """A new sheet's rows, cell by cell: its heads, then blocks of rows as they are looked at."""

    def __init__(self, table: FinanceTable, blocks: Sequence[Sequence[Row]]) -> None:
        keys = [field.key for field in table.fields]
        headers = [field.header for field in table.fields]
        self._keys, self._blocks, self._title = keys, blocks, table.title
        self._heads: list[Sequence[Value]] = [[table.title], [table.about], keys, headers]

    def __len__(self) -> int:
        return len(self._heads) + sum(map(len, self._blocks))

    @overload
    def __getitem__(self, at: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Value]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Value] | Sequence[Sequence[Value]]:
        return list(self)[at]

    def __iter__(self) -> Iterator[Sequence[Value]]:
        yield from self._heads
        told = each(chain.from_iterable(self._blocks), f"rows of {self._title}", len(self))
        for row in told:
            yield [row.get(key) for key in self._keys]


class FinanceEdits:
    """Collects the edits of one workbook.

    Sheets are created and extended first; all cells come last and together, because a formula
    written with its result keeps it only if nothing it depends on changes afterwards.
    """

    def __init__(
        self, book: Book, found: Mapping[str, Spot], titles: Callable[[], Sequence[str]]
    ) -> None:
        """``titles`` returns those of all sheets; it is asked when one is to be made."""
        self.book, self.spots = book, dict(found)
        self._all_titles = titles
        self.made: dict[str, tuple[FinanceTable, list[Sequence[Row]]]] = {}
        self.grown: list[Edit] = []
        self.cells: list[Edit] = []

    def all(self) -> list[Edit]:
        """Return all edits in order."""
        made: list[Edit] = []
        names: list[Edit] = []
        for table, rows_ in self.made.values():
            title = self.spots[table.key].title
            made.append(AddSheet(title, _Laid(table, rows_), table.hidden, style_of(table)))
            names.append(PutName(table.name, Range(title, KEY_ROW, 1, KEY_ROW, 1)))
        return [*made, *names, *self.grown, *self.cells]

    def spot(self, table: FinanceTable) -> Spot:
        """Return the location of a table; a missing sheet is created under a free title."""
        found = self.spots.get(table.key)
        if found is None:
            title, number = table.title, 2
            while title.lower() in self.titles:
                title, number = f"{table.title} {number}", number + 1
            self.titles.add(title.lower())
            self.made[table.key] = (table, [])
            columns = {field.key: i for i, field in enumerate(table.fields, start=1)}
            found = self.spots[table.key] = Spot(title, HEADER_ROW, columns, HEADER_ROW)
        return found

    @cached_property
    def titles(self) -> set[str]:
        """The titles in use, in lower case."""
        return {title.lower() for title in self._all_titles()}

    def append(self, table: FinanceTable, new: Sequence[Row]) -> None:
        """Add rows below the last row of a table."""
        if not new:
            return
        spot = self.spot(table)
        if table.key in self.made:
            self.made[table.key][1].append(new)
            return
        into = self.grown if len(new) > _MANY else self.cells
        first = 1 if len(new) > _MANY else len(new)
        for number, row in enumerate(new[:first], start=spot.last_row + 1):
            into.extend(_row(spot, number, row))
        if rest := new[first:]:
            below: list[dict[int, Cell]] = [
                {spot.columns[k]: v for k, v in _filled(row).items()} for row in rest
            ]
            self.grown.append(PutRows(spot.title, spot.last_row + 1, below))

    def rewrite(self, table: FinanceTable, wanted: Sequence[Row]) -> None:
        """Make a table hold exactly these rows; only cells that differ are written."""
        if table.key not in self.spots:
            if wanted:
                self.append(table, wanted)
            return
        spot = self.spots[table.key]
        if wanted:
            self.head(table)
        before = dict(rows(self.book, spot))
        for number, row in enumerate(wanted, start=spot.header_row + 1):
            old, clean = before.pop(number, {}), _filled(row)
            changed = {k: v for k, v in clean.items() if old.get(k) != v}
            self.cells.extend(_row(spot, number, changed))
            self.clear(spot, number, old.keys() - clean.keys())
        for number, old in before.items():
            self.clear(spot, number, old.keys())

    def head(self, table: FinanceTable) -> None:
        """Write the keys and headers of columns that a sheet was made without."""
        spot = self.spots[table.key]
        for key, header in spot.lacking.items():
            column = spot.columns[key]
            self.cells.append(PutCell(spot.title, spot.header_row - 1, column, key))
            self.cells.append(PutCell(spot.title, spot.header_row, column, header))

    def clear(self, spot: Spot, number: int, keys: AbstractSet[str]) -> None:
        """Empty some cells of a row."""
        gone = [key for key in spot.columns if key in keys]
        self.cells.extend(PutCell(spot.title, number, spot.columns[key], None) for key in gone)

    def set(self, table: FinanceTable, number: int, key: str, value: Cell) -> None:
        """Set one cell of an existing row."""
        self.cells.extend(_row(self.spots[table.key], number, {key: value}))


def _filled(row: Row) -> dict[str, Cell]:
    return {key: value for key, value in row.items() if value is not None and value != ""}


def _row(spot: Spot, number: int, row: Row) -> Iterator[Edit]:
    for key, value in _filled(row).items():
        yield PutCell(spot.title, number, spot.columns[key], value)
