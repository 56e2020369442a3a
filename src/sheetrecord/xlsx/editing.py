"""A workbook for scripts, with the habits of openpyxl's users; what no cell names stays as it is.

Reads see what was written. Nothing is changed on the disk before `EditableBook.save`, which changes
the cells that were written and what must follow from them, and copies every other byte.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias, overload

from sheetrecord.model.value import Cell as Held
from sheetrecord.model.value import CellError, Formula, Plain, Result
from sheetrecord.xlsx.addresses import cell_name, parse_area, parse_cell
from sheetrecord.xlsx.edits import AddSheet, AppendRows, Edit, SetCell
from sheetrecord.xlsx.read.grid import Grid
from sheetrecord.xlsx.read.reader import WorkbookReader, open_workbook
from sheetrecord.xlsx.write.patcher import apply

Value: TypeAlias = Plain | CellError | None
"""What a cell is given: a text that begins with ``=`` is a formula; None empties the cell."""

_MOST = 100_000
"""Cells of a range that are handed out at once; a larger one is a typing error."""


class Cell:
    """One cell of a sheet, looked at each time it is asked: never older than the last write."""

    __slots__ = ("column", "row", "sheet")

    def __init__(self, sheet: "EditableSheet", row: int, column: int) -> None:
        self.sheet, self.row, self.column = sheet, row, column

    @property
    def coordinate(self) -> str:
        """The address, such as ``C5``."""
        return cell_name(self.row, self.column)

    @property
    def value(self) -> Value:
        """The cell's value: None when it is blank, a formula as text with its ``=``."""
        held = self.sheet.held(self.row, self.column)
        return f"={held.text}" if isinstance(held, Formula) else held

    @value.setter
    def value(self, value: Value) -> None:
        self.sheet.write(self.row, self.column, value)

    @property
    def result(self) -> Result:
        """What the cell shows; `UNKNOWN` for a formula that no program has calculated since."""
        held = self.sheet.held(self.row, self.column)
        return held.cached if isinstance(held, Formula) else held

    def __repr__(self) -> str:
        """Say where it is."""
        return f"<Cell {self.sheet.title!r}.{self.coordinate}>"


class EditableSheet:
    """One sheet: cells by address (``sheet["C5"]``) or by row and column (``sheet[5, 3]``)."""

    def __init__(self, book: "EditableBook", title: str) -> None:
        self.book, self.title = book, title

    @overload
    def __getitem__(self, place: tuple[int, int]) -> Cell: ...
    @overload
    def __getitem__(self, place: str) -> "Cell | tuple[tuple[Cell, ...], ...]": ...

    def __getitem__(self, place: str | tuple[int, int]) -> "Cell | tuple[tuple[Cell, ...], ...]":
        """Return a cell, or for ``A1:C3`` the rows of a range. Raises ValueError and KeyError."""
        if isinstance(place, tuple):
            return self.cell(*place)
        if ":" not in place:
            return self.cell(*parse_cell(place))
        top, left, bottom, right = parse_area(place)
        if (bottom - top + 1) * (right - left + 1) > _MOST:
            raise ValueError(f"{place} has more than {_MOST:,} cells: go through `rows` instead.")
        return tuple(
            tuple(self.cell(row, column) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )

    def __setitem__(self, place: str | tuple[int, int], value: Value) -> None:
        """Write one cell."""
        row, column = place if isinstance(place, tuple) else parse_cell(place)
        self.write(row, column, value)

    def cell(self, row: int, column: int, value: Value = None) -> Cell:
        """Return a cell by row and column, counted from 1; a ``value`` other than None is written.

        Raises ValueError for a place that no sheet has.
        """
        parse_cell(cell_name(row, column))
        if value is not None:
            self.write(row, column, value)
        return Cell(self, row, column)

    def write(self, row: int, column: int, value: Value) -> None:
        """Write one cell; its format stays."""
        self.book.put(SetCell(self.title, (row, column), _held(value)))

    def append(self, values: Iterable[Value]) -> None:
        """Add a row below the last used one, with its formats and formulas."""
        cells = {n: _held(value) for n, value in enumerate(values, 1) if value is not None}
        self.book.put(AppendRows(self.title, [cells]))

    def held(self, row: int, column: int) -> Held:
        """Return what a cell holds, a formula with its last result."""
        return self.book.grid(self.title).at(row, column)

    @property
    def max_row(self) -> int:
        """The number of the last used row; 0 for an empty sheet."""
        return self.book.grid(self.title).max_row

    @property
    def max_column(self) -> int:
        """The number of the last used column; 0 for an empty sheet."""
        return max(self.book.grid(self.title).columns, default=0)

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows from the first to the last used one."""
        last, width = self.max_row, self.max_column
        for row in range(1, last + 1):
            yield tuple(Cell(self, row, column) for column in range(1, width + 1))

    @property
    def values(self) -> Iterator[tuple[Result, ...]]:
        """What the rows show, as `rows` goes through them."""
        for row in self.rows:
            yield tuple(cell.result for cell in row)

    def __repr__(self) -> str:
        """Say its title."""
        return f"<Sheet {self.title!r}>"


class EditableBook:
    """A workbook in memory: the bytes that were opened, and the edits since."""

    def __init__(self, data: bytes, path: Path | None = None) -> None:
        self._data, self._path = data, path
        self._opened = data
        self._waiting: list[Edit] = []
        self._grids: dict[str, Grid] = {}
        self._titles = tuple(info.name for info in self._read().sheets)

    @property
    def sheetnames(self) -> list[str]:
        """The titles of the sheets, in their order."""
        return list(self._titles)

    def __getitem__(self, title: str) -> EditableSheet:
        """Return a sheet. Raises KeyError with the titles that there are."""
        if title not in self._titles:
            raise KeyError(f"There is no sheet {title!r}. The sheets are: {self.sheetnames}")
        return EditableSheet(self, title)

    def __contains__(self, title: object) -> bool:
        """Tell whether there is a sheet of this title."""
        return title in self._titles

    def __iter__(self) -> Iterator[EditableSheet]:
        """Go through the sheets in their order."""
        return (EditableSheet(self, title) for title in self._titles)

    def create_sheet(self, title: str, rows: Sequence[Sequence[Value]] = ()) -> EditableSheet:
        """Add a sheet behind the last one, with these rows from its first cell on."""
        self.put(AddSheet(title, [[_held(value) for value in row] for row in rows]))
        self._titles = (*self._titles, title)
        return self[title]

    def put(self, edit: Edit) -> None:
        """Have an edit of `sheetrecord.xlsx` carried out with the next read or save.

        One that is refused then is dropped, with all that were put since the last read.
        """
        self._waiting.append(edit)

    def grid(self, title: str) -> Grid:
        """Return the cells of a sheet as they are after all edits so far. Raises `Refused`."""
        self._carry_out()
        if title not in self._grids:
            self._grids[title] = self._read().grid(title)
        return self._grids[title]

    def to_bytes(self) -> bytes:
        """Return the workbook with all edits. Raises `Refused` for what cannot be done safely."""
        self._carry_out()
        return self._data

    def save(self, path: str | Path | None = None) -> None:
        """Write the workbook, in one replacement; without ``path`` where it was opened.

        What stood there is kept among the backups (docs/files.md). Raises ChangedElsewhere when
        somebody saved the opened file meanwhile, Locked, CannotWrite, and `Refused`.
        """
        from sheetrecord.files import fingerprint, replace  # reading needs none of it

        to = Path(path) if path is not None else self._path
        if to is None:
            raise ValueError("Say where to save a workbook that was opened from bytes.")
        data = self.to_bytes()
        expected = fingerprint(to) if to.exists() else None
        ours = self._path is not None and to.resolve() == self._path.resolve()
        if ours and (expected is None or to.read_bytes() != self._opened):
            from sheetrecord.model.errors import ChangedElsewhere

            raise ChangedElsewhere(to)
        replace(to, data, expected)
        self._path, self._opened = to, data

    def _carry_out(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._data = apply(self._data, waiting).data
            self._grids = {}

    def _read(self) -> WorkbookReader:
        return open_workbook(self._data)


def open_book(source: str | Path | bytes) -> EditableBook:
    """Open a workbook by path or from its bytes. Raises `Refused` and OSError."""
    if isinstance(source, bytes):
        return EditableBook(source)
    path = Path(source)
    return EditableBook(path.read_bytes(), path)


def _held(value: Value) -> Plain | Formula | CellError | None:
    """Return a value as it is written: a text that begins with ``=`` is a formula."""
    if isinstance(value, str) and value.startswith("=") and len(value) > 1:
        return Formula(value[1:])
    return value
