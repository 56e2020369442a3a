"""The list of gaps as a sheet: made anew at each check, each line with a link to its cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .words import say

SHEET = "sheetrecord"
"""The sheet's title in every language; it is no part of the record."""

_WIDTHS = (22, 24, 38, 110, 110)  # millimetres
_HEAD = 3
_COLOURS = {"error": 0x9C0006, "warning": 0x7F6000}
_BLUE, _DARK, _WHITE = 0x0B5394, 0x1F3A4D, 0xFFFFFF


def write(document: Any, told: dict[str, Any], language: str, now: dt.datetime) -> str:
    """Write the list of a check's problems and return its headline."""
    problems = [one for one in told["problems"] if not one["waived"]]
    summary = told["summary"]
    counts = {"errors": summary["errors"], "warnings": summary["warnings"]}
    headline = say(language, "checked", **counts) if problems else say(language, "clean")
    undo = document.UndoManager
    undo.enterUndoContext(say(language, "list"))
    try:
        sheet = _fresh(document)
        rows = [_row(one, language) for one in problems]
        head = say(language, "columns").split("|")
        about = say(language, "as of", time=now.strftime("%H:%M"))
        table = [[headline, "", "", "", ""], [about, "", "", "", ""], head, *rows]
        cells = sheet.getCellRangeByPosition(0, 0, 4, len(table) - 1)
        cells.setDataArray(tuple(map(tuple, table)))
        _dress(sheet, len(table))
        for number, one in enumerate(problems, start=_HEAD):
            _link(document, sheet.getCellByPosition(2, number), one)
            sheet.getCellByPosition(0, number).CharColor = _COLOURS.get(one["severity"], 0x595959)
    finally:
        undo.leaveUndoContext()
    _show(document, sheet)
    return headline


def _row(one: dict[str, Any], language: str) -> list[str]:
    bad = say(language, one["severity"]) if one["severity"] in _COLOURS else say(language, "note")
    where = "{}!{}".format(one["sheet"], one["cell"]) if one["cell"] else one["sheet"]
    return [bad, one["deal_id"], where, one["message"], one["do"]]


def _fresh(document: Any) -> Any:
    """Return the sheet, empty, behind all others."""
    sheets = document.Sheets
    if sheets.hasByName(SHEET):
        sheets.removeByName(SHEET)
    sheets.insertNewByName(SHEET, sheets.Count)
    return sheets.getByName(SHEET)


def _dress(sheet: Any, rows: int) -> None:
    for number, width in enumerate(_WIDTHS):
        sheet.Columns.getByIndex(number).Width = width * 100
    sheet.getCellByPosition(0, 0).CharWeight = 150.0
    sheet.getCellByPosition(0, 0).CharHeight = 14.0
    sheet.getCellByPosition(0, 1).CharColor = 0x595959
    head = sheet.getCellRangeByPosition(0, _HEAD - 1, 4, _HEAD - 1)
    head.CharWeight, head.CharColor, head.CellBackColor = 150.0, _WHITE, _DARK
    if rows > _HEAD:
        body = sheet.getCellRangeByPosition(0, _HEAD, 4, rows - 1)
        body.IsTextWrapped, body.VertJustify = True, 1
        body.Rows.OptimalHeight = True


def _link(document: Any, cell: Any, one: dict[str, Any]) -> None:
    """Let a cell lead to where the problem is."""
    if not one["cell"] or not document.Sheets.hasByName(one["sheet"]):
        return
    field = document.createInstance("com.sun.star.text.TextField.URL")
    field.URL = "#{}.{}".format(one["sheet"], one["cell"])
    field.Representation = cell.String
    cell.setString("")
    cell.insertTextContent(cell.createTextCursor(), field, False)
    cell.CharColor = _BLUE


def _show(document: Any, sheet: Any) -> None:
    """Turn to the list, its headings in sight."""
    controller = document.CurrentController
    if controller is not None:
        controller.setActiveSheet(sheet)
        controller.freezeAtPosition(0, _HEAD)
