"""One document that is open in LibreOffice: looked at, copied and written, over UNO.

The same file runs inside LibreOffice (the extension carries it) and outside; it needs the
standard library and ``uno`` alone, and is written for the oldest Python that LibreOffice brings
(3.8). What is written arrives as plain dictionaries (`sheetrecord.workbooks.live.wire`).

Whoever calls `write` does so on LibreOffice's main thread (`MainThread`), where no key is heard
and no other program is answered: what is compared is what is written over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import uno

TITLE = "sheetrecord"
"""What a write is called in the list of what can be undone."""

LISTS = "Sheet Record: "
"""How the title of a list of gaps begins there."""

FILTER = "Calc MS Excel 2007 XML"
_VALUES = 1 | 2 | 4 | 8 | 16
"""All that a cell holds: numbers, days, texts, notes and formulas (sheet.CellFlags)."""
_DATE, _TIME, _LOGICAL = 2, 4, 1024
"""Kinds of number formats (util.NumberFormat)."""
_REMOVABLE = 128
_LIST, _WARN = 6, 1
"""A list of choices that warns (sheet.ValidationType, sheet.ValidationAlertStyle)."""


class NotWritten(Exception):
    """The document cannot be written so: a code and, for a person, what it is about."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code, about)
        self.code, self.about = code, about


def spreadsheets(desktop: Any) -> Iterator[Any]:
    """Yield the spreadsheets that are open."""
    found = desktop.Components.createEnumeration()
    while found.hasMoreElements():
        one = found.nextElement()
        if hasattr(one, "supportsService") and one.supportsService(
            "com.sun.star.sheet.SpreadsheetDocument"
        ):
            yield one


def names_of(document: Any) -> tuple[str, ...]:
    """Return by what a document may be called: its address, its path, its name, its title."""
    address = str(document.URL)
    path = uno.fileUrlToSystemPath(address) if address.startswith("file:") else ""
    return tuple(filter(None, (path or address, address, Path(path).name, document.Title)))


def answer(desk: UnoDesk, asked: dict[str, Any], folder: str) -> dict[str, Any]:
    """Answer what a program asks that reaches the document through a folder.

    A copy is put into the folder; the answer names the file.
    """
    try:
        return _answers()[asked["verb"]](desk, asked, folder)
    except NotWritten as error:
        return {"refused": error.code, "about": error.about}
    except Exception as error:  # noqa: BLE001 - whatever UNO throws, whoever asked hears of it
        return {"refused": "refused", "about": str(error).split("\n", 1)[0]}


def _answers() -> dict[str, Callable[[UnoDesk, dict[str, Any], str], dict[str, Any]]]:
    return {
        "names": lambda desk, _, __: {
            "name": names_of(desk.document)[0],
            "label": str(desk.document.Title),
        },
        "state": lambda desk, _, __: {"state": desk.state()},
        "take back": lambda desk, asked, _: {"done": desk.take_back(asked["known"])},
        "recover": lambda desk, _, __: {"done": desk.recover()},
        "copy": lambda desk, _, folder: _put_copy(desk.copy(folder), folder),
        "write": lambda desk, asked, folder: _put_copy(
            desk.written(asked["known"], asked["edits"], folder), folder
        ),
    }


def _put_copy(copied: tuple[bytes, str], folder: str) -> dict[str, Any]:
    data, state = copied
    handle, path = tempfile.mkstemp(".xlsx", "copy-", folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return {"file": Path(path).name, "state": state}


def _nothing(_: str) -> None:
    """Do nothing at a moment of a write."""


class UnoDesk:
    """One open spreadsheet."""

    pause: Callable[[str], None] = staticmethod(_nothing)
    """Called at each step of a write; tests let the program die there."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def state(self) -> str:
        """Return a digest of all that can be typed: cells, notes, sheets, names, properties."""
        said = hashlib.sha256()
        for name in self.document.Sheets.ElementNames:
            sheet = self.document.Sheets.getByName(name)
            notes = [(str(_place(one.Position)), one.String) for one in _each(sheet.Annotations)]
            told = (name, bool(sheet.IsVisible), _used(sheet).getFormulaArray(), sorted(notes))
            said.update(repr(told).encode("utf-8", "surrogatepass"))
        told_names = sorted(self.document.NamedRanges.ElementNames)  # what they mean is slow to ask
        told_properties = sorted((one.Name, str(one.Value)) for one in self._properties())
        said.update(repr((told_names, told_properties)).encode("utf-8", "surrogatepass"))
        return said.hexdigest()

    def copy(self, folder: str = "") -> tuple[bytes, str]:
        """Return the document as a workbook file, unsaved edits included, and its state.

        Nothing of the user's is saved: it is a copy. Raises NotWritten when LibreOffice cannot.
        """
        place = tempfile.mkdtemp(prefix="sheetrecord-", dir=folder or None)
        try:
            path = Path(place, "copy.xlsx")
            self.document.storeToURL(
                uno.systemPathToFileUrl(str(path)), (_property("FilterName", FILTER),)
            )
            return path.read_bytes(), self.state()
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def write(self, known: str, edits: list[dict[str, Any]], title: str = TITLE) -> None:
        """Carry out edits if the document is in a known state, as one step that Ctrl-Z takes back.

        Raises NotWritten; nothing of ours stands then.
        """
        if self.state() != known:
            raise NotWritten("changed")
        undo = self.document.UndoManager
        before = {one.Name: one.Value for one in self._properties()}
        undo.enterUndoContext(title)
        inside = True
        try:
            self.document.lockControllers()
            try:
                for edit in edits:
                    self.pause(edit["do"])
                    if edit["do"] != "properties":
                        self._carry_out(edit)
            finally:
                self.document.unlockControllers()
            self.pause("written")
            undo.leaveUndoContext()
            inside = False
            self.pause("left")
            for edit in edits:
                if edit["do"] == "properties":
                    self._put_properties(edit["values"])
                    self.pause("stamped")
        except BaseException as error:
            self.pause("taken back")
            if inside:
                undo.leaveUndoContext()
            self._take_back(title)
            self._put_back(before)
            if isinstance(error, NotWritten) or not isinstance(error, Exception):
                raise
            raise NotWritten("refused", str(error).split("\n", 1)[0]) from error

    def written(
        self, known: str, edits: list[dict[str, Any]], folder: str = ""
    ) -> tuple[bytes, str]:
        """Write as `write` does and return a copy of what stands then, and its state."""
        before = {one.Name: one.Value for one in self._properties()}
        self.write(known, edits)
        try:
            return self.copy(folder)
        except BaseException:
            self._take_back(TITLE)
            self._put_back(before)
            raise

    def recover(self, title: str = TITLE) -> bool:
        """Take back what a program wrote that died meanwhile; tell whether there was anything."""
        try:
            self.document.UndoManager.leaveUndoContext()
        except Exception:  # noqa: BLE001 - whatever UNO throws, no step of anybody is half done
            return False
        self._take_back(title)
        return True

    def take_back(self, known: str, title: str = TITLE) -> bool:
        """Take back the last write if nothing came after it; tell whether that was done."""
        if self.state() != known:
            return False
        return self._take_back(title)

    def undo(self, title: str = TITLE, lists: str = LISTS) -> str:
        """Take back the last write: "done", "none" for none, "later" when something came after.

        A list of gaps that was made since goes too: it is about what was there then.
        """
        manager = self.document.UndoManager
        titles = list(manager.getAllUndoActionTitles())
        above = 0
        while above < len(titles) and titles[above].startswith(lists):
            above += 1
        if not any(one.startswith(title) for one in titles):
            return "none"
        if not titles[above].startswith(title):
            return "later"
        for _ in range(above + 1):
            manager.undo()
        return "done"

    def _take_back(self, title: str) -> bool:
        undo = self.document.UndoManager
        if not undo.isUndoPossible() or not undo.getCurrentUndoActionTitle().startswith(title):
            return False
        undo.undo()
        return True

    def _carry_out(self, edit: dict[str, Any]) -> None:
        getattr(self, "_do_" + edit["do"])(edit)

    def _do_cell(self, edit: dict[str, Any]) -> None:
        sheet = self._sheet(edit["sheet"])
        cell = sheet.getCellByPosition(edit["column"] - 1, edit["row"] - 1)
        if edit.get("like"):
            row, column = edit["like"]
            with _open(sheet):
                like = sheet.getCellByPosition(column - 1, row - 1).RangeAddress
                sheet.copyRange(cell.CellAddress, like)
                cell.clearContents(_VALUES)
        self._put(cell, edit["value"], edit.get("form") or "")

    def _do_rows(self, edit: dict[str, Any]) -> None:
        sheet, after, number = self._sheet(edit["sheet"]), edit["after"], edit["number"]
        with _open(sheet):
            sheet.Rows.insertByIndex(after, number)
            right = _used(sheet).RangeAddress.EndColumn
            above = sheet.getCellRangeByPosition(0, after - 1, right, after - 1).RangeAddress
            for row in range(after, after + number):
                sheet.copyRange(sheet.getCellByPosition(0, row).CellAddress, above)
            new = sheet.getCellRangeByPosition(0, after, right, after + number - 1)
            new.clearContents(_VALUES)
            new.Rows.IsVisible = True
        for row, column, value in edit["cells"]:
            self._put(sheet.getCellByPosition(column - 1, row - 1), value, "")

    def _do_drop_rows(self, edit: dict[str, Any]) -> None:
        sheet = self._sheet(edit["sheet"])
        with _open(sheet):
            sheet.Rows.removeByIndex(edit["first"] - 1, edit["number"])

    def _do_add_sheet(self, edit: dict[str, Any]) -> None:
        sheets = self.document.Sheets
        if sheets.hasByName(edit["name"]):
            raise NotWritten("sheet exists", edit["name"])
        sheets.insertNewByName(edit["name"], sheets.Count)
        sheet = sheets.getByName(edit["name"])
        for number, row in enumerate(edit["rows"]):
            for column, value in enumerate(row):
                if value is not None:
                    self._put(sheet.getCellByPosition(column, number), value, "")
        self._dress(sheet, edit.get("style") or {}, len(edit["rows"]))
        if edit["hidden"]:
            sheet.IsVisible = False

    def _do_drop_sheet(self, edit: dict[str, Any]) -> None:
        self._sheet(edit["name"])
        self.document.Sheets.removeByName(edit["name"])

    def _do_note(self, edit: dict[str, Any]) -> None:
        sheet = self._sheet(edit["sheet"])
        where = (edit["row"], edit["column"])
        with _open(sheet):
            for number, one in enumerate(_each(sheet.Annotations)):
                if _place(one.Position) == where:
                    sheet.Annotations.removeByIndex(number)
                    break
            if edit["text"]:
                cell = sheet.getCellByPosition(edit["column"] - 1, edit["row"] - 1)
                sheet.Annotations.insertNew(cell.CellAddress, edit["text"])

    def _do_column(self, edit: dict[str, Any]) -> None:
        columns = self._sheet(edit["sheet"]).Columns
        column, like = columns.getByIndex(edit["column"] - 1), columns.getByIndex(edit["like"] - 1)
        column.Width, column.NumberFormat = like.Width, like.NumberFormat
        if edit["hidden"] is not None:
            column.IsVisible = not edit["hidden"]

    def _do_name(self, edit: dict[str, Any]) -> None:
        names = self.document.NamedRanges
        if names.hasByName(edit["name"]):
            names.removeByName(edit["name"])
        if edit["target"] is None:
            return
        if isinstance(edit["target"], str):
            content = '"' + edit["target"].replace('"', '""') + '"'
        else:
            title, top, left, bottom, right = edit["target"]
            sheet = self._sheet(title)
            area = sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)
            content = area.AbsoluteName
        start = uno.createUnoStruct("com.sun.star.table.CellAddress")
        names.addNewByName(edit["name"], content, start, 0)

    def _put(self, cell: Any, value: Any, form: str) -> None:
        """Put a value into a cell; it keeps its format unless it has none for a day."""
        if value is None:
            cell.setFormula("")
        elif isinstance(value, bool):
            cell.setValue(int(value))
            self._format(cell, _LOGICAL, "")
        elif isinstance(value, (int, float)):
            cell.setValue(value)
            if form:
                cell.NumberFormat = self._number_format(form)
        elif isinstance(value, str):
            cell.setString(value)
        elif "formula" in value:
            self._put_formula(cell, value["formula"])
        else:
            self._put_day(cell, value, form)

    def _put_formula(self, cell: Any, text: str) -> None:
        parser = self.document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish = True
        parser.FormulaConvention = 3  # sheet.AddressConvention.XL_OOX: as in a workbook file
        cell.setTokens(parser.parseFormula(text, cell.CellAddress))

    def _put_day(self, cell: Any, value: dict[str, str], form: str) -> None:
        zero = self.document.NullDate
        start = dt.datetime(zero.Year, zero.Month, zero.Day)  # noqa: DTZ001 - cells have no zone
        if "day" in value:
            moment, usual, kind = dt.datetime.fromisoformat(value["day"]), "yyyy-mm-dd", _DATE
            if moment.time() != dt.time():
                usual = "yyyy-mm-dd hh:mm"
        else:
            time = dt.time.fromisoformat(value["time"])
            moment, usual, kind = dt.datetime.combine(start, time), "hh:mm:ss", _TIME
        cell.setValue((moment - start) / dt.timedelta(days=1))
        self._format(cell, kind, form or usual)

    def _format(self, cell: Any, kind: int, form: str) -> None:
        """Give a cell a number format unless it has one of this kind."""
        formats = self.document.NumberFormats
        if formats.getByKey(cell.NumberFormat).Type & kind:
            return
        if form:
            cell.NumberFormat = self._number_format(form)
        else:
            cell.NumberFormat = formats.getStandardFormat(kind, _locale("en", "US"))

    def _number_format(self, form: str) -> int:
        formats, english = self.document.NumberFormats, _locale("en", "US")
        found = formats.queryKey(form, english, False)
        return int(found if found >= 0 else formats.addNew(form, english))

    def _dress(self, sheet: Any, style: dict[str, Any], rows: int) -> None:
        """Let a new sheet look as its style says, as far as a person would miss it."""
        heads = style.get("heads", [])
        for number, column in enumerate(style.get("columns", [])):
            whole = sheet.Columns.getByIndex(number)
            whole.Width = int(column["width"] * 200 + 100)  # a digit is about 2 mm wide
            cells = sheet.getCellRangeByPosition(
                number, len(heads), number, max(rows, len(heads) + 1) - 1
            )
            _look(cells, column.get("look") or {})
            for row in range(len(heads), rows):
                if column["links"]:
                    self._link(sheet.getCellByPosition(number, row))
            if column["choices"] and rows > len(heads):
                _choices(cells, column["choices"])
        last = max(len(style.get("columns", [])), 1) - 1
        for row, head in enumerate(heads):
            _look(sheet.getCellRangeByPosition(0, row, last, row), head)
            if head.get("hidden"):
                sheet.Rows.getByIndex(row).IsVisible = False
        if style.get("tab"):
            sheet.TabColor = int(style["tab"], 16)
        if style.get("guarded"):
            sheet.protect("")

    def _link(self, cell: Any) -> None:
        """Let a cell that holds an address lead there."""
        text = cell.String
        sheet, _, place = text.rpartition("!")
        if not sheet:
            return
        field = self.document.createInstance("com.sun.star.text.TextField.URL")
        field.URL = "#" + sheet.strip("'").replace("''", "'") + "." + place
        field.Representation = text
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    def _properties(self) -> tuple[Any, ...]:
        return tuple(self.document.DocumentProperties.UserDefinedProperties.getPropertyValues())

    def _put_properties(self, values: dict[str, Any]) -> None:
        """Set properties of the document, all in one call; None removes one."""
        held = self.document.DocumentProperties.UserDefinedProperties
        known = {one.Name: one.Value for one in self._properties()}
        for name, value in values.items():
            if value is None and name in known:
                held.removeProperty(name)
            elif value is not None and name not in known:
                uno.invoke(held, "addProperty", (name, _REMOVABLE, _typed(value, None)))
        now = {one.Name: _typed(one.Value, one.Value) for one in self._properties()}
        for name, value in values.items():
            if value is not None:
                now[name] = _typed(value, now.get(name))
        held.setPropertyValues(tuple(_property(name, value) for name, value in now.items()))

    def _put_back(self, before: dict[str, Any]) -> None:
        """Let the properties be what they were."""
        now = {one.Name: one.Value for one in self._properties()}
        if now != before:
            self._put_properties({**dict.fromkeys(now), **before})

    def _sheet(self, name: str) -> Any:
        if not self.document.Sheets.hasByName(name):
            raise NotWritten("no sheet", name)
        return self.document.Sheets.getByName(name)


class _open:  # noqa: N801 - used as a word
    """Lets a protected sheet be written to within it; one with a password refuses."""

    def __init__(self, sheet: Any) -> None:
        self._sheet, self._shut = sheet, bool(sheet.isProtected())

    def __enter__(self) -> None:
        if self._shut:
            try:
                self._sheet.unprotect("")
            except Exception as error:  # UNO's own exception: it has a password
                raise NotWritten("password", self._sheet.Name) from error

    def __exit__(self, *_: object) -> None:
        if self._shut:
            self._sheet.protect("")


def _used(sheet: Any) -> Any:
    """Return a sheet's cells from the first to the last that is used."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)


def _each(indexed: Any) -> Iterator[Any]:
    return (indexed.getByIndex(number) for number in range(indexed.Count))


def _place(address: Any) -> tuple[int, int]:
    return address.Row + 1, address.Column + 1


def _property(name: str, value: Any) -> Any:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def _typed(value: Any, known: Any) -> Any:
    """Return a property's value in the type that it has already; a new whole number is one.

    Of itself the bridge takes the smallest type, which LibreOffice does not.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    return float(value) if isinstance(known, float) else uno.Any("long", value)


def _locale(language: str, country: str) -> Any:
    made = uno.createUnoStruct("com.sun.star.lang.Locale")
    made.Language, made.Country = language, country
    return made


def _look(cells: Any, look: dict[str, Any]) -> None:
    if look.get("bold"):
        cells.CharWeight = 150.0
    if look.get("underline"):
        cells.CharUnderline = 1
    if look.get("size"):
        cells.CharHeight = float(look["size"])
    if look.get("colour"):
        cells.CharColor = int(look["colour"], 16)
    if look.get("fill"):
        cells.CellBackColor = int(look["fill"], 16)
    if look.get("wrap"):
        cells.IsTextWrapped = True
        cells.VertJustify = 1  # at the top


def _choices(cells: Any, words: list[str]) -> None:
    told = cells.Validation
    told.Type = uno.Enum("com.sun.star.sheet.ValidationType", "LIST")
    told.setFormula1(";".join('"' + word.replace('"', '""') + '"' for word in words))
    told.ShowErrorMessage = False
    cells.Validation = told
