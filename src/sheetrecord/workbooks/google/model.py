"""A Google spreadsheet as it was read: its tabs with their cells, names, metadata, our marks.

Rows and columns are counted from 1, as everywhere above the API.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.model.book import Book, Cells, Range, Sheet
from sheetrecord.model.value import UNKNOWN, Cell, Formula
from sheetrecord.schema.names import TEMPLATE
from sheetrecord.workbooks.google.values import Json, said

Spot = tuple[int, int]
"""A row and a column."""

ASIDE: Final = "sr_before"
"""How the titles of hidden tabs begin in which a write keeps what it found."""
FENCE: Final = "sr_gen_"
"""How the names of the ranges begin by which a write is known; a number follows."""
TEXT_NAME: Final = "sr_name:"
"""How the keys of metadata begin that stand for names of texts, which Google has none of."""


class GridArea(NamedTuple):
    """A rectangle of a tab; rows and columns from 1, both ends included."""

    sheet_id: int
    top: int
    left: int
    bottom: int
    right: int


class NamedArea(NamedTuple):
    """A named range: its id, and where it is."""

    id: str
    area: GridArea


class Metadata(NamedTuple):
    """An entry of the spreadsheet's developer metadata: its id and its value."""

    id: int
    value: str


@dataclass
class Tab:
    """One tab. ``kinds`` are the types of number formats that show days and times, by cell.

    ``size`` is the height and width of its grid; ``filter`` its basic filter as the API says it;
    ``widths`` are those of its columns in pixels, as far as they were told.
    """

    sheet_id: int
    title: str
    size: Spot
    cells: dict[Spot, Cell] = field(default_factory=dict)
    kinds: dict[Spot, str] = field(default_factory=dict)
    notes: dict[Spot, str] = field(default_factory=dict)
    merges: tuple[GridArea, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    by_hand: frozenset[int] = frozenset()
    """Those of them that somebody hid, not a filter."""
    filter: Json | None = None
    widths: dict[int, int] = field(default_factory=dict)

    def copy(self) -> "Tab":
        """Return a tab that may be changed without changing this one."""
        return replace(
            self, cells=dict(self.cells), kinds=dict(self.kinds), notes=dict(self.notes),
            widths=dict(self.widths),
        )  # fmt: skip

    def row(self, number: int) -> dict[int, Cell]:
        """Return a row's cells by column."""
        width = self.size[1]
        found = ((c, self.cells.get((number, c))) for c in range(1, width + 1))
        return {column: value for column, value in found if value is not None}


@dataclass
class Spreadsheet:
    """What a spreadsheet says. ``aside`` are the tabs in which writes keep what they found."""

    address: str
    tabs: list[Tab]
    names: dict[str, NamedArea] = field(default_factory=dict)
    idle: dict[str, str] = field(default_factory=dict)
    """Ids of names by name that stand for cells of a tab which is kept aside only."""
    metadata: dict[str, Metadata] = field(default_factory=dict)
    aside: list[Tab] = field(default_factory=list)
    fences: dict[int, str] = field(default_factory=dict)
    """The ids of our fences by their numbers."""
    title: str = ""
    locale: str = ""
    time_zone: str = ""
    weight: int = 0
    """Characters of the answer that it was read from."""
    ours: bool = False
    """Whether it is what a write of ours left: what came since, that did not see."""

    def tab(self, title: str) -> Tab | None:
        """Return the tab of a title."""
        return next((tab for tab in self.tabs if tab.title == title), None)

    def by_id(self, sheet_id: int) -> Tab | None:
        """Return a tab by its id, ours among them."""
        return next((t for t in (*self.tabs, *self.aside) if t.sheet_id == sheet_id), None)

    @property
    def last(self) -> int:
        """The number of the last write of ours that left a mark; 0 for none."""
        return max(self.fences, default=0)


def book_of(sheet: Spreadsheet) -> Book:
    """Return a spreadsheet as the record's readers take it."""
    titles = {tab.sheet_id: tab.title for tab in sheet.tabs}
    names: dict[str, Range | None] = {
        name: Range(titles[one.area.sheet_id], *one.area[1:])
        for name, one in sheet.names.items()
        if one.area.sheet_id in titles
    }
    told = {key: one.value for key, one in sheet.metadata.items()}
    return Book(
        sheet.address,
        [_page(tab, titles) for tab in sheet.tabs],
        names=names,
        properties={key: value for key, value in told.items() if not key.startswith(TEXT_NAME)},
        live=True,
        origin=told.get(TEXT_NAME + TEMPLATE, ""),
    )


def _page(tab: Tab, titles: Mapping[int, str]) -> Sheet:
    columns: dict[int, tuple[list[int], list[Cell]]] = {}
    for row, column in sorted(tab.cells):
        rows, values = columns.setdefault(column, ([], []))
        rows.append(row)
        values.append(tab.cells[row, column])
    merged = [Range(titles.get(area.sheet_id, tab.title), *area[1:]) for area in tab.merges]
    cells = {number: Cells(*columns[number]) for number in sorted(columns)}
    return Sheet(tab.title, cells, merged, tab.hidden_rows, "hidden" if tab.hidden else "visible")


def digest_of(sheet: Spreadsheet) -> str:
    """Return the digest of what a spreadsheet says.

    Cells with the texts of formulas, notes, names and metadata count; results of formulas, formats
    and what our writes keep aside do not.
    """
    told = (
        sorted((tab.title, _lines(tab.cells), sorted(tab.notes.items())) for tab in sheet.tabs),
        sorted((name, _place(one, sheet)) for name, one in sheet.names.items()),
        sorted((key, one.value) for key, one in sheet.metadata.items()),
    )
    return digest_of_bytes(repr(told).encode("utf-8", "surrogatepass"))


def _lines(cells: Mapping[Spot, Cell]) -> Sequence[object]:
    return [(spot, said(cells[spot])) for spot in sorted(cells)]


def _place(one: NamedArea, sheet: Spreadsheet) -> object:
    tab = sheet.by_id(one.area.sheet_id)
    return (tab.title if tab else "", *one.area[1:])


def without_results(tab: Tab) -> Tab:
    """Return a tab whose formulas have no result: what they depend on may be another by now."""
    cells: dict[Spot, Cell] = {
        spot: Formula(value.text, UNKNOWN) if isinstance(value, Formula) else value
        for spot, value in tab.cells.items()
    }
    return replace(tab, cells=cells)
