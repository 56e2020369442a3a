"""Finds the texts of a workbook that a person would not see whole, by the widths of letters."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from sheetrecord.formats.template import measure

BUTTON = 15
"""Points that the button of a filter takes below a header's text."""


class Clipped(NamedTuple):
    """A cell whose text has less room than it needs, and what is short."""

    place: str
    text: str
    short: str


Shown = Mapping[tuple[str, int, int], str]
"""What formulas show, by sheet title, row and column."""


def clipped(path: Path, shown: Shown) -> Iterator[Clipped]:
    """Yield every text in sight of a workbook that is not shown whole."""
    for sheet in openpyxl.load_workbook(path):
        if sheet.sheet_state == "visible":
            yield from _Sheet(sheet, shown).clipped()


def widths(sheet: Any) -> dict[int, float]:
    """Return the widths of a sheet's columns by number, 0 for hidden ones."""
    found = {}
    for name, dimension in sheet.column_dimensions.items():
        first = openpyxl.utils.column_index_from_string(name)
        for number in range(dimension.min or first, (dimension.max or first) + 1):
            # what the file says has the padding of five pixels in it
            found[number] = 0.0 if dimension.hidden else dimension.width - 5 / 7
    return found


class _Sheet:
    def __init__(self, sheet: Any, shown: Shown) -> None:
        self.sheet, self.shown = sheet, shown
        self.header = int(sheet.auto_filter.ref[1]) if sheet.auto_filter.ref else 0
        self.widths = widths(sheet)
        self.cells = {
            (cell.row, cell.column): cell
            for row in sheet.iter_rows()
            for cell in row
            if self._text(cell)
        }

    def _text(self, cell: Any) -> str:
        value = self.shown.get((self.sheet.title, cell.row, cell.column), cell.value)
        if value is None or (cell.data_type == "f" and value == cell.value):
            return ""
        if isinstance(value, dt.datetime):
            return "30 Sep 2026" if "mmm" in cell.number_format else "30.09.2026"
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:,.2f}" if ".00" in cell.number_format else f"{value:g}"
        return str(value)

    def clipped(self) -> Iterator[Clipped]:
        for (row, number), cell in self.cells.items():
            if self.widths.get(number, 8.43) > 0:
                short = self._short(cell, self._text(cell), row, number)
                if short:
                    yield Clipped(f"{self.sheet.title}!{cell.coordinate}", self._text(cell), short)

    def _short(self, cell: Any, text: str, row: int, number: int) -> str:
        size, bold = cell.font.sz, bool(cell.font.b)
        indent = int(cell.alignment.indent or 0)
        pixels = measure.room(self.widths.get(number, 8.43), indent)
        if not cell.alignment.wrap_text:
            whole = measure.length(text, size, bold=bold)
            spills = isinstance(cell.value, str) and cell.alignment.horizontal in {None, "left"}
            return "" if whole <= pixels + (self._beside(row, number) if spills else 0) else "wide"
        if max(measure.length(word, size, bold=bold) for word in text.split()) > pixels:
            return "a word is broken"
        high = self.sheet.row_dimensions[row].height or 15
        high -= BUTTON if row == self.header else 0
        count = measure.lines(text, pixels, size, bold=bold)
        return "" if count * size * 1.275 <= high else f"{count} lines in {high} points"

    def _beside(self, row: int, number: int) -> float:
        """Return the pixels of the empty cells to the right, over which a text may run."""
        free = 0.0
        for beside in range(number + 1, number + 30):
            cell = self.sheet.cell(row, beside)
            if cell.value is not None:
                break
            free += self.widths.get(beside, 8.43) * measure.DIGIT
        return free
