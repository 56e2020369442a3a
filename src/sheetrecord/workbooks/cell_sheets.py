"""A workbook that was read cell by cell by another program: it is only read from here.

A program that has a workbook open and cannot give it as a file (Excel in a browser, sometimes)
tells its cells: values, formulas and formats of numbers. Days are told by their format, as in a
file.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.model.book import Book, Cells, Range, Sheet, parse_range
from sheetrecord.model.cell_json import stable
from sheetrecord.model.value import UNKNOWN, Cell, CellError, Formula, Plain
from sheetrecord.schema.names import OWN, PREFIX, TEMPLATE
from sheetrecord.workbooks.port import Revision, WorkbookReading
from sheetrecord.workbooks.read_only import ReadOnly
from sheetrecord.xlsx.dates import NUMBER, format_kind, from_serial

Told: TypeAlias = str | int | float | bool
ERRORS: Final = frozenset(
    (
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"),
        *("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#BUSY!"),
    )
)
"""How programs show the errors of formulas; their file formats mark them otherwise."""


class ToldCell(NamedTuple):
    """A cell: its place from 1, its value or formula (``=...``), what that shows, its format."""

    row: int
    column: int
    value: Told
    shows: Told | None = None
    form: str = ""


class ToldSheet(NamedTuple):
    """A worksheet: its name, its filled cells, whether it is visible, its merged ranges."""

    name: str
    cells: Sequence[ToldCell]
    state: str = "visible"
    merged: Sequence[str] = ()


class ToldBook(NamedTuple):
    """A workbook: its sheets, its defined names as they are written, its custom properties."""

    sheets: Sequence[ToldSheet]
    names: Mapping[str, str]
    properties: Mapping[str, str] = {}
    date1904: bool = False


class CellSheets(ReadOnly):
    """A workbook of which a program told the cells."""

    instead = "Write it in the program that has it open."

    def __init__(self, told: ToldBook, label: str = "workbook") -> None:
        super().__init__(label)
        self._told = told

    def read(self) -> WorkbookReading:
        """Return what was told."""
        told = self._told
        names, origin = _names(told.names)
        book = Book(
            self.address,
            [_sheet(sheet, date1904=told.date1904) for sheet in told.sheets],
            names=names,
            properties=told.properties,
            live=True,
            date1904=told.date1904,
            origin=origin,
        )
        return WorkbookReading(Revision(digest_of_bytes(stable(told).encode())), book)


def _names(told: Mapping[str, str]) -> tuple[dict[str, Range | None], str]:
    """Return the names of the record, and the text of the one that says its template."""
    names: dict[str, Range | None] = {}
    origin = ""
    for name, text in told.items():
        bare = text.removeprefix("=")
        if name == TEMPLATE:
            origin = bare
        elif name.startswith((PREFIX, OWN)):
            names[name] = parse_range(bare)
    return names, origin


def _sheet(told: ToldSheet, *, date1904: bool) -> Sheet:
    columns: dict[int, dict[int, Cell]] = {}
    for cell in told.cells:
        value = _cell(cell, date1904=date1904)
        if value not in {None, ""}:
            columns.setdefault(cell.column, {})[cell.row] = value
    return Sheet(
        told.name,
        {number: _column(cells) for number, cells in sorted(columns.items())},
        list(_merged(told.merged)),
        state=told.state,
    )


def _column(cells: Mapping[int, Cell]) -> Cells:
    rows = sorted(cells)
    return Cells(rows, [cells[row] for row in rows])


def _merged(told: Iterable[str]) -> Iterable[Range]:
    for ref in told:
        area = parse_range(f"x!{ref.rpartition('!')[2]}")
        if area is not None:
            yield area


def _cell(told: ToldCell, *, date1904: bool) -> Cell:
    kind = format_kind(told.form[:1024]) if told.form else NUMBER
    if isinstance(told.value, str) and told.value.startswith("="):
        shows = UNKNOWN if told.shows is None else _shown(told.shows, kind, date1904=date1904)
        return Formula(told.value[1:], shows)
    return _shown(told.value, kind, date1904=date1904)


def _shown(value: Told, kind: int, *, date1904: bool) -> Plain | CellError:
    if isinstance(value, str):
        return CellError(value) if value in ERRORS else value
    if isinstance(value, bool):
        return value
    number = int(value) if value == int(value) else value
    return from_serial(number, kind, date1904=date1904) if kind else number
