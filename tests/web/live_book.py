"""What stands behind a fake Excel: an open document of LibreOffice, in Excel's words."""

import json
from collections.abc import Callable
from threading import Lock
from typing import Any, Final

from live.uno_engine import EXCEL, App, Book, Sheet
from sheetrecord.workbooks.live.office.uno_desk import UnoDesk

_MOVING: Final = 2
"""sheet.AddressConvention.XL_R1C1"""
_CONTENT: Final = 1 | 2 | 4 | 16
"""sheet.CellFlags: values, days, texts and formulas."""
_FORMS: Final = {"GENERAL": "General", "STANDARD": "General"}


class LiveBook:
    """One open document, asked and told by the fake at each `sync`."""

    def __init__(self, office: Any, document: Any) -> None:
        self.document = document
        self.book = Book(App(None, office), document)  # type: ignore[arg-type]
        self.one_at_a_time = Lock()

    def answers(self) -> dict[str, Callable[[bytes], bytes]]:
        """Return what is answered, by its name."""
        return {"pull": self._locked(self.pull), "push": self._locked(self.push), "file": self.file}

    def _locked(self, act: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
        def answered(data: bytes) -> bytes:
            with self.one_at_a_time:
                return json.dumps(act(json.loads(data))).encode()

        return answered

    def file(self, _: bytes) -> bytes:
        """Return the document as a workbook file."""
        with self.one_at_a_time:
            return UnoDesk(self.document).copy()[0]

    def pull(self, wanted: list[dict[str, Any]]) -> dict[str, Any]:
        """Return all sheets with what stands in them; of wanted areas each cell in Excel's words.

        Asking a cell for its formula in Excel's spelling is slow, so the others have it as it is.
        """
        sheets = {one.name: self._sheet(one) for one in self.book.sheets}
        for area in wanted:
            if area["sheet"] in sheets:
                self._refine(sheets[area["sheet"]]["cells"], area)
        return {"sheets": list(sheets.values())}

    def _sheet(self, sheet: Sheet) -> dict[str, Any]:
        used = sheet.used_range
        told = zip(used.held.getFormulaArray(), used.held.getDataArray(), strict=True)
        return {
            "name": sheet.name,
            "visibility": "Visible" if sheet.visible else "Hidden",
            "protected": bool(sheet.held.isProtected()),
            "cells": {
                f"{used.row + r},{used.place[1] + c}": {"formula": text, "value": value}
                for r, row in enumerate(told)
                for c, (text, value) in enumerate(zip(*row, strict=True))
                if text != ""
            },
        }

    def _refine(self, cells: dict[str, Any], area: dict[str, Any]) -> None:
        for row in range(area["top"], area["bottom"] + 1):
            for column in range(area["left"], area["right"] + 1):
                if f"{row},{column}" in cells:
                    held = self.book.sheets(area["sheet"]).range((row, column))
                    cells[f"{row},{column}"] = self._cell(held.held, 0, 0, held.raw_value[0][0])

    def _cell(self, area: Any, row: int, column: int, value: Any) -> dict[str, Any]:
        cell = area.getCellByPosition(column, row)
        form = self.document.NumberFormats.getByKey(cell.NumberFormat).FormatString
        shown = cell.getValue() if hasattr(value, "year") else value
        found = {"value": shown, "formula": shown, "form": _FORMS.get(form.upper(), form.lower())}
        if cell.Type.value == "FORMULA" and cell.getFormula().startswith("="):
            found["formula"] = f"={self._printed(cell, EXCEL)}"
            found["moving"] = f"={self._printed(cell, _MOVING)}"
        return found

    def _parser(self, convention: int) -> Any:
        parser = self.document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish, parser.FormulaConvention = True, convention
        return parser

    def _printed(self, cell: Any, convention: int) -> str:
        return str(self._parser(convention).printFormula(cell.getTokens(), cell.CellAddress))

    def push(self, done: list[dict[str, Any]]) -> None:
        """Do what the fake did."""
        for one in done:
            getattr(self, f"_do_{one['do']}")(one)

    def _do_set(self, one: dict[str, Any]) -> None:
        cell = self._of(one).getCellByPosition(one["column"] - 1, one["row"] - 1)
        value = one["value"]
        if one["name"] == "numberFormat":
            self.book.sheets(one["sheet"]).range((one["row"], one["column"]))._form(cell, value)
        elif isinstance(value, str) and value.startswith("="):
            convention = _MOVING if one["name"] == "formulasR1C1" else EXCEL
            cell.setTokens(self._parser(convention).parseFormula(value[1:], cell.CellAddress))
        elif isinstance(value, str) and value.startswith("'"):
            cell.setString(value[1:])
        elif isinstance(value, str):
            cell.setFormula(value)  # which takes numbers and days for what they look like
        else:
            cell.setValue(float(value))

    def _do_rows(self, one: dict[str, Any]) -> None:
        rows, by = self._of(one).Rows, one["by"]
        act = rows.insertByIndex if by > 0 else rows.removeByIndex
        act(one["top"] - 1, abs(by))

    def _do_formats(self, one: dict[str, Any]) -> None:
        sheet = self._of(one)
        right = self.book.sheets(one["sheet"]).used_range.column + 30
        above = sheet.getCellRangeByPosition(0, one["from"] - 1, right, one["from"] - 1)
        for row in range(one["top"] - 1, one["bottom"]):
            sheet.copyRange(sheet.getCellByPosition(0, row).CellAddress, above.RangeAddress)
            sheet.getCellRangeByPosition(0, row, right, row).clearContents(_CONTENT)

    def _do_add(self, one: dict[str, Any]) -> None:
        self.document.Sheets.insertNewByName(one["sheet"], self.document.Sheets.Count)

    def _do_drop(self, one: dict[str, Any]) -> None:
        self.document.Sheets.removeByName(one["sheet"])

    def _do_sheet(self, one: dict[str, Any]) -> None:
        assert one["name"] == "visibility"
        self._of(one).IsVisible = one["value"] == "Visible"

    def _of(self, one: dict[str, Any]) -> Any:
        return self.document.Sheets.getByName(one["sheet"])
