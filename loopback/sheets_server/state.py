"""What a spreadsheet holds: sheets, rows, cells, names, metadata; a change is made to a copy."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sheets_server.areas import Area
from sheets_server.errors import ApiError

Cell = dict[str, Any]
"""A CellData, never changed in place; ``result`` is what its formula comes to, if known."""

MOST_CELLS: Final = 10_000_000
ROW_PIXELS: Final = 21
COLUMN_PIXELS: Final = 100


@dataclass(slots=True)
class Row:
    """A row or, without cells, a column: how it is shown, and what stands in it."""

    cells: dict[int, Cell] = field(default_factory=dict)
    hidden: bool = False
    filtered: bool = False
    pixels: int = ROW_PIXELS

    def copy(self) -> "Row":
        """Return a row with the same cells."""
        return Row(dict(self.cells), self.hidden, self.filtered, self.pixels)


@dataclass(slots=True)
class Sheet:
    """One sheet of a spreadsheet.

    ``shown`` is its SheetProperties without what the grid says itself; ``parts`` are the lists of
    objects on it: ``protectedRanges``, ``tables``, ``conditionalFormats``, ``bandedRanges``.
    """

    shown: dict[str, Any]
    rows: list[Row]
    columns: list[Row]
    merges: list[Area] = field(default_factory=list)
    filter: dict[str, Any] | None = None
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Its id, which never changes."""
        found: int = self.shown["sheetId"]
        return found

    @property
    def title(self) -> str:
        """What its tab says."""
        found: str = self.shown["title"]
        return found

    @property
    def whole(self) -> Area:
        """All of its grid."""
        return Area(self.id, 0, len(self.rows), 0, len(self.columns))

    def copy(self) -> "Sheet":
        """Return a sheet of the same content that may be changed."""
        return Sheet(
            copy.deepcopy(self.shown),
            [row.copy() for row in self.rows],
            [replace(column) for column in self.columns],
            list(self.merges),
            copy.deepcopy(self.filter),
            copy.deepcopy(self.parts),
        )

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; an empty one for none."""
        return self.rows[row].cells.get(column, {}) if row < len(self.rows) else {}

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Let a cell be this one."""
        if cell:
            self.rows[row].cells[column] = cell
        else:
            self.rows[row].cells.pop(column, None)

    def areas(self, area: Area) -> Iterator[tuple[int, int, Cell]]:
        """Yield the cells of an area that hold something, row by row."""
        area = area.within(len(self.rows), len(self.columns))
        for number in range(area.top, area.bottom):
            for column, cell in sorted(self.rows[number].cells.items()):
                if area.left <= column < area.right:
                    yield number, column, cell


@dataclass(slots=True)
class Spreadsheet:
    """A spreadsheet; ``names`` and ``metadata`` by their ids."""

    id: str
    properties: dict[str, Any]
    sheets: list[Sheet]
    names: dict[str, dict[str, Any]] = field(default_factory=dict)
    metadata: dict[int, dict[str, Any]] = field(default_factory=dict)
    email: str = ""
    owned: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)

    def draft(self, email: str = "") -> "Spreadsheet":
        """Return a copy to which a batch of this account is applied; sheets are copied late."""
        return Spreadsheet(
            self.id,
            copy.deepcopy(self.properties),
            list(self.sheets),
            copy.deepcopy(self.names),
            copy.deepcopy(self.metadata),
            email,
        )

    def find(self, sheet: int) -> Sheet:
        """Return a sheet to look at; raises `ApiError` when there is none of this id."""
        for one in self.sheets:
            if one.id == sheet:
                return one
        raise ApiError(400, f"No grid with id: {sheet}")

    def edit(self, sheet: int) -> Sheet:
        """Return a sheet that may be changed."""
        found = self.find(sheet)
        self.touched.add(sheet)
        if sheet not in self.owned:
            position = self.sheets.index(found)
            found = self.sheets[position] = found.copy()
            self.owned.add(sheet)
        return found

    def titled(self, title: str) -> Sheet | None:
        """Return the sheet of a title; sheets are told apart without regard to case."""
        return next((one for one in self.sheets if one.title.lower() == title.lower()), None)

    def add(self, sheet: Sheet, index: int | None = None) -> None:
        """Put a new sheet among the others; raises `ApiError` for what is taken or too much."""
        if any(one.id == sheet.id for one in self.sheets):
            raise ApiError(400, f"A sheet with the ID {sheet.id} already exists.")
        if self.titled(sheet.title):
            raise ApiError(
                400,
                f'A sheet with the name "{sheet.title}" already exists. Please enter another name.',
            )
        self.sheets.insert(len(self.sheets) if index is None else index, sheet)
        self.owned.add(sheet.id)
        self.touched.add(sheet.id)
        self.room()

    def room(self, more: int = 0) -> None:
        """Refuse more cells than a spreadsheet may have."""
        used = sum(len(one.rows) * len(one.columns) for one in self.sheets)
        if used + more > MOST_CELLS:
            raise ApiError(
                400,
                "This action would increase the number of cells in the workbook above the limit "
                f"of {MOST_CELLS} cells.",
            )

    def free_id(self) -> int:
        """Return an id that no sheet has."""
        taken = {one.id for one in self.sheets}
        return next(n for n in range(100_001, 1 << 30) if n not in taken)


def new_sheet(properties: Mapping[str, Any], fallback: int, title: str) -> Sheet:
    """Return an empty sheet of these SheetProperties."""
    shown = copy.deepcopy({k: v for k, v in properties.items() if v is not None and k != "index"})
    grid = shown.pop("gridProperties", {})
    rows, columns = grid.pop("rowCount", 1000), grid.pop("columnCount", 26)
    if rows < 1 or columns < 1:
        raise ApiError(400, "A sheet has one row and one column at least.")
    if rows * columns > MOST_CELLS:
        raise ApiError(400, f"The grid is above the limit of {MOST_CELLS} cells.")
    shown.setdefault("sheetId", fallback)
    shown.setdefault("title", title)
    shown.setdefault("sheetType", "GRID")
    shown["gridProperties"] = grid
    if shown["sheetId"] < 0:
        raise ApiError(400, "The sheetId must not be negative.")
    return Sheet(
        shown,
        [Row() for _ in range(rows)],
        [Row(pixels=COLUMN_PIXELS) for _ in range(columns)],
    )


def new_spreadsheet(key: str, properties: Mapping[str, Any]) -> Spreadsheet:
    """Return a spreadsheet without sheets."""
    shown = {
        "title": "Untitled spreadsheet",
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        **{name: value for name, value in properties.items() if value is not None},
    }
    return Spreadsheet(key, shown, [])
