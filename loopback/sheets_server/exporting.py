"""A spreadsheet as an .xlsx file: values, formulas, formats of numbers, names, merges, notes."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from sheets_server import areas
from sheets_server.display import effective, number_format
from sheets_server.state import Cell, Sheet, Spreadsheet

PATTERNS = {"DATE": "yyyy-mm-dd", "DATE_TIME": "yyyy-mm-dd hh:mm:ss", "TIME": "hh:mm:ss"}


def exported(book: Spreadsheet) -> bytes:
    """Return the file's bytes."""
    made = Workbook()
    made.remove(made.active)
    for sheet in book.sheets:
        _sheet(made.create_sheet(sheet.title), sheet)
    for held in book.names.values():
        if held.get("range"):
            area = areas.of(held["range"])
            sheet = book.find(area.sheet)
            text = _absolute(sheet.title, area.within(len(sheet.rows), len(sheet.columns)))
            made.defined_names[held["name"]] = DefinedName(held["name"], attr_text=text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _absolute(title: str, area: areas.Area) -> str:
    first = f"${areas.letters(area.left)}${area.top + 1}"
    last = f"${areas.letters(area.right - 1)}${area.bottom}"
    return f"{areas.quoted(title)}!{first}" + ("" if first == last else f":{last}")


def _sheet(made: Any, sheet: Sheet) -> None:
    if sheet.shown.get("hidden"):
        made.sheet_state = "hidden"
    for row, column, cell in sheet.areas(sheet.whole):
        one = made.cell(row + 1, column + 1)
        one.value = _value(cell)
        shown = number_format(cell)
        if shown:
            one.number_format = shown.get("pattern") or PATTERNS.get(
                shown.get("type", ""), "General"
            )
        if isinstance(one.value, str) and "formulaValue" not in cell.get("userEnteredValue", {}):
            one.data_type = "s"
        if "note" in cell:
            one.comment = Comment(cell["note"], "")
    for area in sheet.merges:
        made.merge_cells(None, area.top + 1, area.left + 1, area.bottom, area.right)


def _value(cell: Cell) -> Any:
    entered = cell.get("userEnteredValue", {})
    if "formulaValue" in entered:
        return entered["formulaValue"]
    return next(iter(effective(cell).values()), None)
