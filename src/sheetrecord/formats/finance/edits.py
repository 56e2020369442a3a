"""The edits that bring finance's sheets and the money columns of Fees up to date, and no others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from typing import Any, TypeVar, overload

from sheetrecord.formats.finance.part import LOOKS, part
from sheetrecord.formats.finance.places import Spot, rows
from sheetrecord.formats.finance.tables import HEADER_ROW, KEY_ROW, Table
from sheetrecord.model.book import Book
from sheetrecord.model.value import Cell
from sheetrecord.schema.places import quoted
from sheetrecord.xlsx import AddSheet, AppendRows, ClearCell, Edit, SetCell, SetName

T = TypeVar("T")
_MANY = 400
"""From so many new rows on, rows are appended as rows, not cell by cell."""

Row = Mapping[str, Cell]


class Each(Sequence[Row]):
    """Rows that are made when they are looked at: of a large table they would be many at once."""

    def __init__(self, things: Sequence[T], row: Callable[[T], Row]) -> None:
        self._things: Sequence[Any] = things
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


class Writer:
    """Collects the edits for one workbook.

    Sheets are made and grown first; the cells come last and in one go, because a formula written
    together with its result keeps it only when nothing that it depends on changes afterwards.
    """

    def __init__(
        self, book: Book, found: Mapping[str, Spot], titles: Callable[[], Sequence[str]]
    ) -> None:
        """``titles`` returns those of all sheets; it is asked when one is to be made."""
        self.book, self.spots = book, dict(found)
        self._all_titles = titles
        self.made: dict[str, tuple[Table, list[Sequence[Row]]]] = {}
        self.grown: list[Edit] = []
        self.cells: list[Edit] = []

    def all(self) -> list[Edit]:
        """Return everything in order."""
        made: list[Edit] = []
        names: list[Edit] = []
        for table, rows_ in self.made.values():
            title = self.spots[table.key].title
            xml = partial(part, table, rows_, date1904=self.book.date1904)
            made.append(AddSheet(title, make=xml, hidden=table.hidden, looks=LOOKS))
            names.append(SetName(table.name, f"{quoted(title)}!$A${KEY_ROW}"))
        return [*made, *names, *self.grown, *self.cells]

    def spot(self, table: Table) -> Spot:
        """Return a table's place; a sheet that is missing is made, under a free title."""
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
        """The titles that are taken, in lower case."""
        return {title.lower() for title in self._all_titles()}

    def append(self, table: Table, new: Sequence[Row]) -> None:
        """Add rows below a table's last one."""
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
            below: list[dict[str | int, Cell]] = [
                {spot.columns[k]: v for k, v in _filled(row).items()} for row in rest
            ]
            self.grown.append(AppendRows(spot.title, below, after_row=spot.last_row + 1))

    def rewrite(self, table: Table, wanted: Sequence[Row]) -> None:
        """Make a table hold exactly these rows; only cells that differ are touched."""
        if table.key not in self.spots:
            if wanted:
                self.append(table, wanted)
            return
        spot = self.spots[table.key]
        before = dict(rows(self.book, spot))
        for number, row in enumerate(wanted, start=spot.header_row + 1):
            old, clean = before.pop(number, {}), _filled(row)
            changed = {k: v for k, v in clean.items() if old.get(k) != v}
            self.cells.extend(_row(spot, number, changed))
            self.clear(spot, number, old.keys() - clean.keys())
        for number, old in before.items():
            self.clear(spot, number, old.keys())

    def clear(self, spot: Spot, number: int, keys: AbstractSet[str]) -> None:
        """Empty some cells of a row."""
        gone = [key for key in spot.columns if key in keys]
        self.cells.extend(ClearCell(spot.title, spot.ref(key, number)) for key in gone)

    def set(self, table: Table, number: int, key: str, value: Cell) -> None:
        """Set one cell of a row that is there."""
        self.cells.extend(_row(self.spots[table.key], number, {key: value}))


def _filled(row: Row) -> dict[str, Cell]:
    return {key: value for key, value in row.items() if value is not None and value != ""}


def _row(spot: Spot, number: int, row: Row) -> Iterator[Edit]:
    for key, value in _filled(row).items():
        yield SetCell(spot.title, spot.ref(key, number), value)
