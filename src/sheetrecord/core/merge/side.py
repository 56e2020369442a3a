"""One copy of the record as a merge reads it: rows by id, missing columns, raw cells."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from sheetrecord.core.derive import derive
from sheetrecord.core.merge.cells import Unread, odd
from sheetrecord.model.book import NO_CELLS, Book, Cells
from sheetrecord.model.value import Cell, Formula
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.read.parse import Parsed, shows_nothing
from sheetrecord.schema.record import Record
from sheetrecord.schema.share import KEY, UNREAD
from sheetrecord.schema.sheets import SHEETS

KEPT_VALUE: Final = frozenset({"TYPE-010", "TYPE-011", "TYPE-017", "TYPE-018"})
"""Codes of findings about values that were read nevertheless: invisible characters, a very long
text, a text that a program turned into a number or a date."""


class SideRow(NamedTuple):
    """One row of a copy: its id in the merge, its row number (1-based), and its typed cells.

    ``cells`` is the whole typed row: item 0 is its row number, item 1 the id it shows.
    """

    id: str
    row: int
    cells: tuple[Any, ...]


class Compared(NamedTuple):
    """Two typed rows of two copies, and the positions of the cells in which they differ."""

    before: tuple[Any, ...]
    after: tuple[Any, ...]
    changed: frozenset[int]


def hold(id_: str, cells: tuple[Any, ...]) -> SideRow:
    """Return a typed row with its id in the merge."""
    return SideRow(id_, cells[0], cells)


class Side:
    """One parsed copy. ``live``: its format holds formulas (a CSV folder's does not).

    ``blanks`` are ids, by sheet, of rows that exist although all their cells are blank.
    ``certain``: every row has its id already, so that none is recognised by content.
    """

    def __init__(self, book: Book, parsed: Parsed) -> None:
        self.book, self.parsed = book, parsed
        self._blanks: Mapping[str, Collection[str]] = {}
        self.certain = False
        self.layout, self.lexicon = parsed.layout, parsed.lexicon
        self.live = book.live
        self._titles = {place.title: key for key, place in self.layout.sheets.items()}
        self._present: dict[str, Mapping[str, int]] = {}
        self._cells: dict[tuple[str, str], Cells] = {}
        self.compared: WeakKeyDictionary[Side, dict[str, dict[tuple[int, int], Compared]]] = (
            WeakKeyDictionary()
        )
        """What comparing its rows with another copy's came to, by sheet and rows."""
        self.alone: Identified | None = None
        """Its rows by identity, as far as they tell it by themselves."""
        self.against: WeakKeyDictionary[Side, tuple[Identified, Identified]] = WeakKeyDictionary()
        """Those of another copy, and its own rows by identity given those."""

    @property
    def blanks(self) -> Mapping[str, Collection[str]]:
        """The ids, by sheet, of rows that exist although all their cells are blank."""
        return self._blanks

    @blanks.setter
    def blanks(self, blanks: Mapping[str, Collection[str]]) -> None:
        self._blanks, self.alone = blanks, None
        self.against.clear()

    def shows(self, sheet: str) -> bool:
        """Return True if a copy has a sheet and its id column, so that rows can be told apart."""
        place = self.layout.sheets.get(sheet)
        return place is not None and SHEETS[sheet].columns[0].key in place.columns

    def place(self, sheet: str) -> SheetPlace:
        """Return where a sheet and its columns stand. Raises KeyError for a missing sheet."""
        return self.layout.sheets[sheet]

    @cached_property
    def missing(self) -> Mapping[str, frozenset[int]]:
        """The columns that a copy does not show, by sheet, as positions in a row."""
        return {
            key: frozenset(
                column.position
                for column in SHEETS[key].columns
                if key not in self.layout.sheets
                or column.key not in self.layout.sheets[key].columns
            )
            for key in SHEETS
        }

    def rows(self, sheet: str) -> list[tuple[Any, ...]]:
        """Return the typed rows of a sheet; a cell of the wrong type is `Odd` or `Unread`."""
        rows: list[tuple[Any, ...]] = self.parsed.record.rows(sheet)
        if shares := self.parsed.shares.get(sheet):
            at = SHEETS[sheet].by_key[KEY].position
            rows = [_patched(row, {at: shares[row[0]]}) for row in rows]
        if sheet == "Deal":
            rows = list(self._as_typed(rows))
        strange = self._strange.get(sheet)
        if not strange:
            return rows
        return [_patched(row, strange[row[0]]) if row[0] in strange else row for row in rows]

    def _as_typed(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Yield the deals without a currency that nobody typed: the firm's is in no cell."""
        column = SHEETS["Deal"].by_key["currency"]
        for row in rows:
            assumed = row[column.position] and shows_nothing(self.raw("Deal", row[0], column.key))
            yield _patched(row, {column.position: ""}) if assumed else row

    @cached_property
    def _strange(self) -> Mapping[str, Mapping[int, Mapping[int, Any]]]:
        """What stands in cells that do not fit: by sheet, row number and position."""
        found: dict[str, dict[int, dict[int, Any]]] = {}
        for finding in self.parsed.findings:
            where = finding.where
            sheet = self._titles.get(where.sheet, "")
            if not sheet or not finding.code.startswith("TYPE-") or finding.code in KEPT_VALUE:
                continue
            column = SHEETS[sheet].by_key.get(where.key)
            if column is None or not where.row:
                continue
            raw = self.raw(sheet, where.row, where.key)
            if raw is None:
                continue  # a cell under a merged one
            value = odd(raw)
            if finding.code == UNREAD and (isinstance(raw, Formula) or not str(raw).strip()):
                value = Unread("")  # in another copy its result alone could be read
            if not self.live and finding.code == "TYPE-002":
                value = _day(raw) or value
            found.setdefault(sheet, {}).setdefault(where.row, {})[column.position] = value
        return found

    def raw(self, sheet: str, row: int, key: str) -> Cell:
        """Return the cell as stored; None for a blank cell, a missing column or row 0."""
        if not row:
            return None
        cells = self._cells.get((sheet, key))
        if cells is None:
            cells = self._cells[sheet, key] = self._column(sheet, key)
        return cell_at(cells, row)

    def _column(self, sheet: str, key: str) -> Cells:
        place = self.layout.sheets.get(sheet)
        number = place.columns.get(key, 0) if place else 0
        return self.book.sheets[place.title].column(number) if place and number else NO_CELLS

    def present(self, sheet: str) -> Mapping[str, int]:
        """Return row number by id for every id in a sheet, blank rows included.

        An id that stands on several rows has row 0.
        """
        if sheet not in self._present:
            found = self._written_ids(sheet)
            for cells in self.parsed.record.rows(sheet):
                found.setdefault(cells[1], cells[0])  # a number that somebody typed for an id
            found.pop("", None)
            self._present[sheet] = found
        return self._present[sheet]

    def _written_ids(self, sheet: str) -> dict[str, int]:
        """Return the rows of the texts in the id column; 0 for a text on several rows."""
        found: dict[str, int] = {}
        place = self.layout.sheets.get(sheet)
        if place is None:
            return found
        cells = self._column(sheet, SHEETS[sheet].columns[0].key)
        for row, value in zip(cells.rows, cells.values, strict=False):
            if isinstance(value, str) and row > place.header_row:
                found[value.strip()] = 0 if value.strip() in found else row
        return found

    @cached_property
    def derived(self) -> Record:
        """The record with derived columns recomputed, for formats that hold no formulas."""
        return derive(self.parsed.record)

    @cached_property
    def _derived_rows(self) -> Mapping[str, Mapping[int, Any]]:
        return {key: {row[0]: row for row in self.derived.rows(key)} for key in SHEETS}

    def derived_value(self, sheet: str, row: int, position: int) -> Any:
        """Return the value that a cell's formula should show; None for a row that is not there."""
        found = self._derived_rows[sheet].get(row)
        return found[position] if found is not None else None

    def own(self, sheet: str) -> Iterator[tuple[str, int]]:
        """Yield (header, column number) of each column that users added to a sheet."""
        place = self.layout.sheets.get(sheet)
        if place:
            for number, header in sorted(place.own.items()):
                yield header, number


class Identified(NamedTuple):
    """One copy's rows by identity, sheet by sheet (see `merge.identity`)."""

    side: Side
    rows: Mapping[str, dict[str, tuple[Any, ...]]]


def cell_at(cells: Any, row: int) -> Cell:
    """Return a column's cell in a row, by binary search; None for a blank one."""
    rows: Sequence[int] = cells.rows
    i = bisect_left(rows, row)
    if i < len(rows) and rows[i] == row:
        found: Cell = cells.values[i]
        return found
    return None


def _patched(row: tuple[object, ...], strange: Mapping[int, object]) -> tuple[Any, ...]:
    cells = list(row)
    for position, value in strange.items():
        cells[position] = value
    return tuple(cells)


def _day(cell: Cell) -> dt.date | None:
    """Read an ISO day, as formats without dates write it."""
    try:
        return dt.date.fromisoformat(cell.strip()) if isinstance(cell, str) else None
    except ValueError:
        return None
