"""Writes one data sheet: its sentence, owner bands, headers, rows, formulas, folds and print."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any, Final

from sheetrecord.formats.template import measure
from sheetrecord.formats.template.colours import colour
from sheetrecord.formats.template.dropdowns import guard
from sheetrecord.formats.template.plan import (
    ABOUT_ROW,
    BAND_ROW,
    FIRST_ROW,
    HEADER_ROW,
    SheetPlan,
    TemplatePlan,
    bands,
)
from sheetrecord.formats.template.room import PLAIN_HEIGHT, Room
from sheetrecord.formats.template.rows import Cells
from sheetrecord.formats.template.style import ACCENT, OWNERS, SMALL, TemplateStyles
from sheetrecord.formats.template.values import content, currency_of, stored
from sheetrecord.model.value import Formula
from sheetrecord.schema.column import Column, ColumnOwner
from sheetrecord.schema.formulas.notation import pattern

_PAGE: Final = 1040
"""Pixels across a sheet of A4, lying."""

_SMALLEST: Final = 0.6
"""Print is made no smaller than about this to get all columns on one page."""

_FROZEN: Final = {"Deal": 3, "Context": 3}


class DataSheet:
    """One data sheet being written."""

    def __init__(
        self, plan: TemplatePlan, key: str, worksheet: Any, styles: TemplateStyles
    ) -> None:
        self.plan, self.key, self.worksheet, self.styles = plan, key, worksheet, styles
        self.sheet: SheetPlan = plan.sheets[key]
        self.labels = plan.words.columns[key]
        self.room = Room(self.sheet, plan.words)

    def write(self, rows: Sequence[Cells], deals: dict[str, str]) -> None:
        """Write everything; ``deals`` maps each deal's id to its currency."""
        self._head()
        self._heights(rows)
        for number, column in enumerate(self.sheet.columns):
            self._column(number, column, rows, deals)
            guard(self.worksheet, self.plan, self.sheet, column)
        colour(self.worksheet, self.sheet, self.styles)
        self._view()
        self._print()

    def _head(self) -> None:
        words, styles = self.plan.words.words, self.styles
        about = styles.get(font_size=11, font_color=ACCENT, bold=True, valign="vcenter")
        self.worksheet.set_row(ABOUT_ROW - 1, 26)
        self.worksheet.write_string(ABOUT_ROW - 1, 0, words[f"about_{self.key}"], about)
        self.worksheet.set_row(BAND_ROW - 1, 15)
        for first, last, owner in bands(self.sheet.columns):
            name = self._band_name(first, last, owner)
            for at in range(first, last + 1):
                text = name if at == first else ""
                self.worksheet.write(BAND_ROW - 1, at - 1, text, styles.band(owner))
        self.worksheet.set_row(HEADER_ROW - 1, self.room.header_height)
        for at, column in enumerate(self.sheet.columns):
            header = styles.header(column.owner, column)
            self.worksheet.write_string(HEADER_ROW - 1, at, self.labels[column.key], header)

    def _band_name(self, first: int, last: int, owner: ColumnOwner) -> str:
        """Return who fills some columns, if there is room to say it; the colour tells it too."""
        name = self.plan.words.words[f"band_{owner.value}"]
        wide = sum(self.room.widths[first - 1 : last])
        return name if measure.needed(name, SMALL, bold=True) <= wide else ""

    def _heights(self, rows: Sequence[Cells]) -> None:
        """Make rows as high as their texts; they follow what is typed later, see `package`."""
        for number, row in enumerate(rows, start=FIRST_ROW):
            high = self.room.row_height(row)
            if high > PLAIN_HEIGHT:
                self.worksheet.set_row(number - 1, high)

    def _column(
        self, number: int, column: Column, rows: Sequence[Cells], deals: dict[str, str]
    ) -> None:
        cell = self.styles.body(column)
        formula = f"={pattern(column, self.plan)}" if column.formula else ""
        put = self.worksheet
        for row, cells in enumerate(rows, start=FIRST_ROW):
            currency = currency_of(cells, deals, self.plan.spec.currency)
            value = content(column, cells, self.plan.words, currency)
            if value is None and formula:
                put.write_formula(row - 1, number, formula.replace("\0", str(row)), cell, "")
            elif value is None:
                put.write_blank(row - 1, number, None, cell)
            elif isinstance(value, str):
                put.write_string(row - 1, number, value, cell)
            elif isinstance(value, Formula):
                put.write_formula(row - 1, number, f"={value.text}", cell, stored(value))
            elif isinstance(value, dt.date):
                put.write_datetime(row - 1, number, value, cell)
            elif isinstance(value, bool):
                put.write_boolean(row - 1, number, value, cell)
            else:
                put.write_number(row - 1, number, value, cell)

    def _view(self) -> None:
        """Set widths, folds, frozen panes and the filter."""
        sheet, put = self.sheet, self.worksheet
        for number in range(sheet.last_column):
            options: dict[str, object] = {}
            if number >= sheet.last_column - sheet.hidden:
                options = {"hidden": True}
            elif number >= sheet.front:
                options = {"level": 1, "hidden": True}
            elif number == sheet.front - 1 and sheet.front + sheet.hidden < sheet.last_column:
                options = {"collapsed": True}
            put.set_column(number, number, self.room.widths[number], None, options)
        put.outline_settings(visible=True, symbols_below=True, symbols_right=False)
        put.hide_gridlines(2)
        put.freeze_panes(HEADER_ROW, _FROZEN.get(self.key, 2))
        put.autofilter(HEADER_ROW - 1, 0, sheet.last_row - 1, sheet.last_column - 1)
        put.set_tab_color(OWNERS[_TABS[self.key]][0])
        put.set_zoom(100)

    def _print(self) -> None:
        put = self.worksheet
        put.set_landscape()
        put.set_paper(9)
        shown = sum(self.room.widths[: self.sheet.front])
        pages = math.ceil(shown * measure.DIGIT * _SMALLEST / _PAGE)
        put.fit_to_pages(pages, 0)
        put.repeat_rows(HEADER_ROW - 1)
        if pages > 1:
            put.repeat_columns(0, _FROZEN.get(self.key, 2) - 1)
        put.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        put.set_footer(f"&L&8{self.sheet.title}&R&8&P / &N")


_TABS: Final = {
    "Deal": ColumnOwner.SALES,
    "Context": ColumnOwner.SALES,
    "Commitments": ColumnOwner.SALES,
    "Project": ColumnOwner.OPS,
    "Fees": ColumnOwner.FINANCE,
    "Gaps": ColumnOwner.OPS,
}
