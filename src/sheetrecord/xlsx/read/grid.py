"""One sheet as read: its cells by column, and its metadata."""

from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property

from sheetrecord.model.value import Cell
from sheetrecord.xlsx.addresses import parse_cell
from sheetrecord.xlsx.read.columns import Build, CellColumn
from sheetrecord.xlsx.read.sheet_metadata import Around, ListObject, Validation


class Sources:
    """Where a grid gets what is read only when asked."""

    __slots__ = ("notes", "raw", "tables")

    def __init__(
        self,
        tables: Callable[[list[str]], tuple[ListObject, ...]],
        notes: Callable[[], dict[str, str]],
        raw: Callable[[], dict[str, bytes]],
    ) -> None:
        self.tables = tables
        self.notes = notes
        self.raw = raw


class Grid:
    """The non-blank cells of one sheet; rows and columns count from 1.

    A blank cell, styled or not, is simply absent. Hidden rows and columns are included.
    """

    def __init__(self, name: str, build: Build, around: Around, sources: Sources) -> None:
        self.name = name
        self._cells = build.columns
        self._around = around
        self._sources = sources
        self.columns: tuple[int, ...] = tuple(sorted(build.columns))
        self.max_row: int = max((c.rows[-1] for c in build.columns.values()), default=0)
        self.merged: tuple[str, ...] = tuple(around.merged)
        self.hidden_rows: frozenset[int] = frozenset(build.hidden_rows)
        self.hidden_columns: frozenset[int] = frozenset(around.hidden_columns)
        self.protected: bool = around.protected
        self.data_validations: tuple[Validation, ...] = tuple(around.validations)

    def column(self, number: int) -> CellColumn:
        """Return the rows (ascending) and values of a column's non-blank cells."""
        return self._cells.get(number) or CellColumn([], [])

    def at(self, row: int, column: int) -> Cell:
        """Return one cell; None when it is blank."""
        rows, values = self.column(column)
        place = bisect_left(rows, row)
        return values[place] if place < len(rows) and rows[place] == row else None

    def cell(self, ref: str) -> Cell:
        """Return the cell at an address such as ``C5``; None when it is blank."""
        return self.at(*parse_cell(ref))

    def row(self, number: int) -> dict[int, Cell]:
        """Return the non-blank cells of a row, by column."""
        found = {column: self.at(number, column) for column in self.columns}
        return {column: cell for column, cell in found.items() if cell is not None}

    @cached_property
    def tables(self) -> tuple[ListObject, ...]:
        """The sheet's tables, in file order."""
        return self._sources.tables(self._around.table_ids)

    @cached_property
    def notes(self) -> dict[str, str]:
        """The text of each note (classic comment) by address, ``{"B7": "..."}``."""
        return self._sources.notes()

    @cached_property
    def _raw(self) -> dict[str, bytes]:
        return self._sources.raw()

    def raw(self, ref: str) -> bytes | None:
        """Return a rich text's XML (``<si>`` or ``<is>`` with its runs), None for any other cell.

        The first call reads the sheet once more.
        """
        return self._raw.get(ref.replace("$", "").strip().upper())
