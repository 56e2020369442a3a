"""A workbook of an older version with few ready-made rows, for tests that migrate many times."""

from functools import cache
from pathlib import Path
from typing import Final

from sheetrecord.model.book import Sheet
from sheetrecord.model.cell_edits import DropRows
from sheetrecord.schema.sheets import SHEETS
from sheetrecord.workbooks.memory import Memory

BLANK: Final = Path(__file__).parent / "v1" / "blank-en.xlsx"
LAST: Final = 8
"""The last row of a sheet that stays."""


@cache
def small() -> bytes:
    """Return the blank workbook of version 1 without most of its ready-made rows."""
    workbook = Memory(BLANK.read_bytes())
    reading = workbook.read()
    gone = [DropRows(title, LAST + 1, _last(reading.book.sheets[title]) - LAST) for title in SHEETS]
    workbook.write(reading, gone)
    return workbook.data


def _last(sheet: Sheet) -> int:
    return max(max(cells.rows) for cells in sheet.columns.values())
