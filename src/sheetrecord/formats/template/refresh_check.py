"""The sheet Check and the hidden one behind it, for a workbook as it stands by now.

The code that writes a new workbook's sheets is run against the places where people have moved
things since, and what it writes is noted down instead.
"""

from collections.abc import Mapping
from typing import Any, Final

from sheetrecord.formats.template.check import write_check
from sheetrecord.formats.template.check_rows import TITLE
from sheetrecord.formats.template.plan import SheetPlan, TemplatePlan, is_hidden
from sheetrecord.formats.template.spec import Spec
from sheetrecord.formats.template.style import TemplateStyles
from sheetrecord.model.book import Book
from sheetrecord.model.value import Formula, Plain
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.places import BookPlaces
from sheetrecord.schema.sheets import SHEETS

Noted = dict[tuple[int, int], Plain | Formula]
"""Cells by row and column, from 1."""

LAST_COLUMN: Final = 11
"""The last column of Check that is ours: K, where a line's hidden cells end."""


def check_cells(book: Book, layout: RecordLayout) -> Mapping[str, Noted]:
    """Return what Check and its hidden sheet hold in this version, by sheet title.

    Nothing when the workbook has lost one of the two. Raises KeyError when it lacks a column,
    list or setting that their formulas need.
    """
    check = check_title(book)
    if not check or TITLE not in book.sheets:
        return {}
    plan = _BookPlan(book, layout, check)
    notes = _Notes(plan)
    write_check(notes, notes.sheet(check), plan, TemplateStyles(notes, layout.language, "EUR"))
    return notes.found


def check_title(book: Book) -> str:
    """Return the title of the sheet Check in any language; "" when there is none."""
    known = {pack(language).sheets["Check"] for language in LANGUAGES}
    return next((title for title in book.sheets if title in known), "")


class _BookPlan(TemplatePlan):
    """A plan of where everything stands, read from a workbook that exists."""

    def __init__(self, book: Book, layout: RecordLayout, check: str) -> None:
        self._places = BookPlaces(book, layout)
        self.spec = Spec(language=layout.language)
        self.words = pack(layout.language)
        ours = {key: place.title for key, place in layout.sheets.items()}
        self.titles = {**self.words.sheets, **ours, "Check": check}
        self.sheets = {key: _sheet(book, key, place) for key, place in layout.sheets.items()}

    def cell(self, sheet: str, key: str) -> str:
        """Return the column letters of a column of the record."""
        return self._places.cell(sheet, key)

    def title(self, sheet: str) -> str:
        """Return a sheet's name, quoted for a formula when it needs to be."""
        return self._places.title(sheet)

    def label(self, enum: str, code: str) -> str:
        """Return the address of a code's label."""
        return self._places.label(enum, code)

    def list(self, enum: str, part: str) -> str:
        """Return the range of a column of a list."""
        return self._places.list(enum, part)

    def setting(self, name: str) -> str:
        """Return the address of a setting."""
        return self._places.setting(name)


def _sheet(book: Book, key: str, place: SheetPlace) -> SheetPlan:
    """Return a sheet's plan: its columns as a template orders them, and the last ready row."""
    present = (one for one in SHEETS[key].columns if one.key in place.columns)
    columns = tuple(sorted(present, key=lambda one: (is_hidden(one), not one.front)))
    ids = book.sheets[place.title].column(place.columns.get(SHEETS[key].columns[0].key, 0)).rows
    return SheetPlan(key, place.title, columns, 0, 0, ids[-1] if ids else place.header_row)


class _Notes:
    """Stands for a workbook that is written, and notes the cells of its sheets."""

    def __init__(self, plan: TemplatePlan) -> None:
        self.plan = plan
        self.found: dict[str, Noted] = {}

    def sheet(self, title: str) -> "_CellRecorder":
        return _CellRecorder(self.found.setdefault(title, {}))

    def add_worksheet(self, title: str, *_: object) -> "_CellRecorder":
        return self.sheet(title)

    def add_format(self, *_: object) -> object:
        return self

    def __getattr__(self, name: str) -> Any:
        return _nothing


class _CellRecorder:
    """Notes what is written into a worksheet's cells; how they look is passed over."""

    def __init__(self, cells: Noted) -> None:
        self._cells = cells

    def write_formula(self, row: int, column: int, formula: str, *_: object) -> None:
        self._cells[row + 1, column + 1] = Formula(formula.removeprefix("="))

    def write_string(self, row: int, column: int, text: str, *_: object) -> None:
        self._cells[row + 1, column + 1] = text

    def write_number(self, row: int, column: int, value: float, *_: object) -> None:
        self._cells[row + 1, column + 1] = value

    def write_url(self, *_: object) -> None:
        """Pass over a cell's own link: an older workbook has none, and lines lead there too."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("write"):
            raise AttributeError(name)  # a cell that nobody would note
        return _nothing


def _nothing(*_: object, **__: object) -> None:
    """Do nothing: it is about looks."""
