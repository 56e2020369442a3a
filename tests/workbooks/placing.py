"""A record in a workbook of any kind: placed under an address, read, and typed into."""

from pathlib import Path
from typing import Any

from conftest import ASOF
from sheetrecord.core.merge.side import Side
from sheetrecord.model.cell_edits import PutCell
from sheetrecord.schema.read.parse import Parsed, parse
from sheetrecord.workbooks.memory import Memory
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.openpyxl_book import OpenpyxlBook
from sheetrecord.workbooks.port import Workbook
from workbooks.held import put
from workbooks.kinds import Kind


def placed(kind: Kind, folder: Path, name: str, data: bytes) -> Workbook:
    """Return a workbook of a kind in a folder of its own."""
    place = folder / name
    place.mkdir()
    made = kind.make(place, data)
    return put(made, place) if isinstance(made, Memory | OpenpyxlBook) else made


def record(workbook: Workbook) -> Parsed:
    """Return what a workbook says, read anew."""
    return parse(open_workbook(workbook.address).read().book, ASOF)


def typed(workbook: Workbook, sheet: str, row_id: str, key: str, value: Any) -> None:
    """Let somebody type into a cell of the record."""
    reading = workbook.read()
    side = Side(reading.book, parse(reading.book, ASOF))
    place = side.place(sheet)
    edit = PutCell(place.title, side.present(sheet)[row_id], place.columns[key], value)
    workbook.write(reading, [edit])
