"""An engine for xlwings over LibreOffice: the slice that `sheetrecord.workbooks.live` asks for.

It behaves as Excel does: formulas in Excel's words, days as such, an apostrophe before a text is
taken off, a text that looks like a number becomes one.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import xlwings
from com.sun.star.uno import Exception as UnoException
from xlwings import base_classes

from live.office import Office
from sheetrecord.workbooks.live.office.uno_desk import names_of, spreadsheets

ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no zone
EXCEL = 3  # sheet.AddressConvention.XL_OOX
_DATE, _TIME, _LOGICAL = 2, 4, 1024
_FORMULA, _VALUE = "FORMULA", "VALUE"
_ERRORS = {503: "#NUM!", 519: "#VALUE!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}


def activate(office: Office) -> None:
    """Let xlwings speak to LibreOffice."""
    engine = xlwings.Engine(impl=Engine(office))
    xlwings.engines.add(engine)
    engine.activate()


def deactivate() -> None:
    xlwings.engines.active = None
    xlwings.engines.engines.clear()
    xlwings.engines.engines_by_name.clear()


class Failed(str):
    """An error that a cell shows."""

    __slots__ = ()


class Engine:
    name, type = "uno", "desktop"

    def __init__(self, office: Office) -> None:
        self.apps = Apps(self, office)

    @staticmethod
    def prepare_xl_data_element(x: Any, options: Any) -> Any:
        return x

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> Any:
        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, Failed):
                return str(value) if err_to_str else None
            if isinstance(value, float) and number_builder is not None:
                return number_builder(value)
            return value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    def __init__(self, engine: Engine, office: Office) -> None:
        self.all = [App(engine, office)]

    def __iter__(self) -> Iterator["App"]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, index: int) -> "App":
        return self.all[index]

    def keys(self) -> list[int]:
        return [1]


class App(base_classes.App):
    pid = 1

    def __init__(self, engine: Engine, office: Office) -> None:
        self._engine, self.office = engine, office

    @property
    def engine(self) -> Engine:
        return self._engine

    @property
    def books(self) -> "Books":
        return Books(self)

    def activate(self, steal_focus: bool = False) -> None:
        """Come to the front: a window without a screen is there."""


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def _all(self) -> list["Book"]:
        return [Book(self.app, one) for one in spreadsheets(self.app.office.desktop)]

    @property
    def active(self) -> "Book":
        return self._all[0]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator["Book"]:
        return iter(self._all)

    def __call__(self, name_or_index: Any) -> "Book":
        return next(book for book in self._all if name_or_index in {book.name, book.fullname})


class Book(base_classes.Book):
    def __init__(self, app: App, document: Any) -> None:
        self._app, self.document = app, document

    @property
    def app(self) -> App:
        return self._app

    @property
    def fullname(self) -> str:
        return names_of(self.document)[0]

    @property
    def name(self) -> str:
        return self.fullname.rpartition("/")[2]

    @property
    def sheets(self) -> "Sheets":
        return Sheets(self)

    def activate(self) -> None:
        """Come to the front: a window without a screen is there."""

    @property
    def names(self) -> "Names":
        return Names(self)


class Names(base_classes.Names):
    def __init__(self, book: Book) -> None:
        self.book = book
        self.held = book.document.NamedRanges

    def snapshot(self) -> list[tuple[str, "Name"]]:
        return [(name, Name(self, name)) for name in self.held.ElementNames]

    def __len__(self) -> int:
        return len(self.held.ElementNames)

    def __call__(self, name_or_index: Any) -> "Name":
        return Name(self, name_or_index)

    def contains(self, name: str) -> bool:
        return bool(self.held.hasByName(name))

    def add(self, name: str, refers_to: str) -> "Name":
        import uno

        start = uno.createUnoStruct("com.sun.star.table.CellAddress")
        content = refers_to.removeprefix("=")
        if match := re.fullmatch(r"('(?:[^']|'')+'|[^!]+)!(.+)", content):
            content = f"${match[1]}.{match[2]}"
        self.held.addNewByName(name, content, start, 0)
        return Name(self, name)


class Name(base_classes.Name):
    def __init__(self, names: Names, name: str) -> None:
        self.names, self._name = names, name

    @property
    def name(self) -> str:
        return self._name

    @property
    def refers_to(self) -> str:
        held = self.names.held.getByName(self._name)
        cells = held.getReferredCells()
        if cells is None:
            return f"={held.Content}"
        sheet, _, place = cells.AbsoluteName.rpartition(".")
        return f"={sheet.removeprefix('$')}!{place}"

    def delete(self) -> None:
        self.names.held.removeByName(self._name)


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book, self.held = book, book.document.Sheets

    @property
    def active(self) -> "Sheet":
        return Sheet(self.book, self.book.document.CurrentController.ActiveSheet)

    def __call__(self, name_or_index: Any) -> "Sheet":
        if isinstance(name_or_index, int):
            return Sheet(self.book, self.held.getByIndex(name_or_index - 1))
        return Sheet(self.book, self.held.getByName(name_or_index))

    def __len__(self) -> int:
        return int(self.held.Count)

    def __iter__(self) -> Iterator["Sheet"]:
        return (Sheet(self.book, self.held.getByName(name)) for name in self.held.ElementNames)

    def __contains__(self, name: object) -> bool:
        return name in self.held.ElementNames

    def add(self, before: Any, after: Any, name: str) -> "Sheet":
        self.held.insertNewByName(name, self.held.Count)
        return Sheet(self.book, self.held.getByName(name))


class Sheet(base_classes.Sheet):
    def __init__(self, book: Book, held: Any) -> None:
        self._book, self.held = book, held

    api = True

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return str(self.held.Name)

    @property
    def visible(self) -> bool:
        return bool(self.held.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.held.IsVisible = value

    def activate(self) -> None:
        self.book.document.CurrentController.setActiveSheet(self.held)

    def delete(self) -> None:
        self.book.document.Sheets.removeByName(self.name)

    @property
    def used_range(self) -> "Range":
        cursor = self.held.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        area = cursor.RangeAddress
        return Range(
            self, area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1
        )

    def range(self, first: Any, last: Any = None) -> "Range":
        if isinstance(first, str):
            top, _, bottom = first.partition(":")
            return Range(self, int(top), 1, int(bottom), self.used_range.column)
        last = last or first
        return Range(self, *first, *last)


class Range(base_classes.Range):
    api = True

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self._sheet, self.place = sheet, (top, left, bottom, right)
        self.held = sheet.held.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, *self.place)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def row(self) -> int:
        return self.place[0]

    @property
    def column(self) -> int:
        return self.place[1]

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self.place
        return bottom - top + 1, right - left + 1

    @property
    def raw_value(self) -> list[list[Any]]:
        return self._grid(self._value)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        cell = self.held.getCellByPosition(0, 0)
        if isinstance(value, dt.date):
            self._put_day(cell, value)
        elif value is None:
            cell.setFormula("")
        elif isinstance(value, str):
            self.formula = value
        else:
            cell.setFormula(str(value).upper() if isinstance(value, bool) else repr(value))

    @property
    def formula(self) -> Any:
        found = self._grid(self._formula)
        if self.shape == (1, 1):
            return found[0][0]
        return tuple(map(tuple, found))

    @formula.setter
    def formula(self, text: str) -> None:
        cell = self.held.getCellByPosition(0, 0)
        if text.startswith("'"):
            cell.setString(text[1:])
        elif text.startswith("="):
            cell.setTokens(self._parser().parseFormula(text[1:], cell.CellAddress))
        else:
            cell.setFormula(text)

    @property
    def number_format(self) -> str:
        return ""

    @number_format.setter
    def number_format(self, form: str) -> None:
        self._form(self.held, form)

    def insert(self, shift: str, copy_origin: str) -> None:
        self.sheet.held.Rows.insertByIndex(self.place[0] - 1, self.shape[0])

    def delete(self, shift: str | None) -> None:
        self.sheet.held.Rows.removeByIndex(self.place[0] - 1, self.shape[0])

    def _grid(self, of_cell: Any) -> list[list[Any]]:
        formulas, data = self.held.getFormulaArray(), self.held.getDataArray()
        return [
            [
                of_cell(row, column, formula, value) if formula != "" else ""
                for column, (formula, value) in enumerate(zip(*told, strict=True))
            ]
            for row, told in enumerate(zip(formulas, data, strict=True))
        ]

    def _formula(self, row: int, column: int, formula: str, value: Any) -> str:
        cell = self.held.getCellByPosition(column, row)
        if formula.startswith("=") and cell.Type.value == _FORMULA:
            text = self._parser().printFormula(cell.getTokens(), cell.CellAddress)
            return "TRUE" if text == "TRUE()" else "FALSE" if text == "FALSE()" else f"={text}"
        if isinstance(value, str):
            return value
        if self._kind(cell) & _LOGICAL:
            return "TRUE" if value else "FALSE"
        return repr(int(value) if value == int(value) else value)

    def _value(self, row: int, column: int, formula: str, value: Any) -> Any:
        cell = self.held.getCellByPosition(column, row)
        if cell.getError():
            return Failed(_ERRORS.get(cell.getError(), "#VALUE!"))
        if isinstance(value, str):
            return value
        kind = self._kind(cell)
        if kind & _LOGICAL:
            return bool(value)
        if kind & (_DATE | _TIME):
            return ZERO + dt.timedelta(seconds=round(value * 86400))
        return value

    def _kind(self, cell: Any) -> int:
        return int(self._formats().getByKey(cell.NumberFormat).Type)

    def _formats(self) -> Any:
        return self.sheet.book.document.NumberFormats

    def _parser(self) -> Any:
        parser = self.sheet.book.document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish, parser.FormulaConvention = True, EXCEL
        return parser

    def _put_day(self, cell: Any, value: dt.date) -> None:
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        cell.setValue((moment - ZERO) / dt.timedelta(days=1))
        if not self._kind(cell) & _DATE:
            self._form(cell, "yyyy-mm-dd" if moment.time() == dt.time() else "yyyy-mm-dd hh:mm")

    def _form(self, cells: Any, form: str) -> None:
        import uno

        english = uno.createUnoStruct("com.sun.star.lang.Locale")
        english.Language, english.Country = "en", "US"
        try:
            key = self._formats().addNew(form, english)
        except UnoException:
            key = self._formats().queryKey(form, english, False)
        cells.NumberFormat = key
