"""What is printed of a sheet: down to the last row that somebody filled, as far as there are any.

The areas grow with what is typed, so that no row is missing on paper. Excel follows them;
LibreOffice knows fixed areas only and prints the rows that are ready as well.

openpyxl, and pandas with it, takes each word in an area for a cell, and warns of those that are
none. So an area is all rows that may be filled, met (a blank) by a name of the sheet's own without
the letters of addresses: to them it is those rows.
"""

from collections.abc import Iterator
from typing import Any, Final

from sheetrecord.formats.template.check import FIRST_LINE, LAST_SHOWN, LINES
from sheetrecord.formats.template.dropdowns import BEYOND
from sheetrecord.formats.template.plan import FIRST_ROW, SheetPlan, TemplatePlan
from sheetrecord.model.problem import column_letters
from sheetrecord.schema.column import Kind

FILLED: Final = "εκτύπωση"
"""The name for what is filled: Greek for printing, without a letter from A to Z."""

_WAITING: Final = {"Context": {"kind"}}
"""Columns that are filled before anybody has typed."""

_TELLING: Final = 2
"""So many columns of what people type tell which row is the last one."""


def define_print_areas(workbook: object, plan: TemplatePlan) -> None:
    """Define the print areas of the data sheets and Check."""
    for key, sheet in plan.sheets.items():
        title = plan.title(key)
        last = ",".join([str(FIRST_ROW), *_last_rows(title, sheet)])
        shown = column_letters(sheet.last_column - sheet.hidden)
        _define(workbook, title, shown, sheet.last_row + BEYOND, f"MAX({last})")
    title = plan.title("Check")
    lines = f"{FIRST_LINE - 1}+MAX(1,MIN({LINES},N({title}!$G$2)))"
    _define(workbook, title, LAST_SHOWN, FIRST_LINE + LINES - 1, lines)


def _define(workbook: Any, title: str, letters: str, bottom: int, last: str) -> None:
    filled = f"{title}!$A$1:INDEX({title}!${letters}:${letters},{last})"
    workbook.define_name(f"{title}!{FILLED}", f"={filled}")
    area = f"{title}!$A$1:${letters}${bottom} {title}!{FILLED}"
    workbook.define_name(f"{title}!_xlnm.Print_Area", f"={area}")


def _last_rows(title: str, sheet: SheetPlan) -> Iterator[str]:
    """Yield formulas for the last row that is filled in some columns in sight."""
    typed = [
        column
        for column in sheet.columns[: sheet.front]
        if not column.formula
        and column.kind not in {Kind.ID, Kind.REF}
        and column.key not in _WAITING.get(sheet.key, ())
    ]
    for column in typed[:_TELLING]:
        letters = sheet.letters(column.key)
        cells = f"{title}!${letters}${FIRST_ROW}:${letters}${sheet.last_row + BEYOND}"
        yield f'SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))'
