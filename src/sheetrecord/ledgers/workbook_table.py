"""Read a statement from a workbook: its one sheet with a table, as rows of texts."""

import datetime as dt

from sheetrecord.ledgers.dates import is_date
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.table import DelimitedRow, DelimitedTable, table_of
from sheetrecord.model.value import Cell, CellError, shown
from sheetrecord.xlsx import Refused, WorkbookReader, open_workbook


def is_workbook(data: bytes) -> bool:
    """Return True if bytes are an .xlsx workbook."""
    return data[:4] == b"PK\x03\x04" and b"[Content_Types].xml" in data and b"xl/" in data


def read_workbook_table(data: bytes, name: str, skip: int | None = None) -> DelimitedTable:
    """Return the table of the one sheet with dates. Raises CannotRead for none or several.

    Dates are written as ISO 8601 and amounts with a decimal point, so no digit is lost.
    """
    found = sheets_of(data, name)
    dated = [_trimmed(rows) for rows in found if any(is_date(c) for row in rows for c in row.cells)]
    if len(dated) != 1:
        why = (
            "no sheet of the workbook holds days."
            if not dated
            else (f"{len(dated)} sheets of the workbook hold days; a statement has one.")
        )
        raise refuse(name, why, "Save the statement's sheet as CSV and give that.", "kind")
    return table_of(dated[0], "", skip)


def sheets_of(data: bytes, name: str) -> list[list[DelimitedRow]]:
    """Return the rows of every sheet that holds any, from its first column. Raises CannotRead."""
    try:
        with open_workbook(data) as book:
            return [rows for sheet in book.sheets if (rows := _rows(book, sheet.name))]
    except Refused as refused:
        raise refuse(name, str(refused), "Save it as CSV and give that.", "kind") from refused


def _rows(book: WorkbookReader, sheet: str) -> list[DelimitedRow]:
    grid = book.grid(sheet)
    cells: dict[int, dict[int, str]] = {}
    for column in grid.columns:
        held = grid.column(column)
        for row, value in zip(held.rows, held.values, strict=True):
            if text := _text(value):
                cells.setdefault(row, {})[column] = text
    last = max((column for row in cells.values() for column in row), default=0)
    return [
        DelimitedRow(number, [row.get(column, "") for column in range(1, last + 1)])
        for number, row in sorted(cells.items())
    ]


def _trimmed(rows: list[DelimitedRow]) -> list[DelimitedRow]:
    """Return rows without the blank columns before all of them."""
    first = min(next(i for i, cell in enumerate(row.cells) if cell) for row in rows)
    return [row._replace(cells=row.cells[first:]) for row in rows]


def _text(cell: Cell) -> str:
    """Return a cell as a bank would print it: ISO days, amounts with a point.

    A formula is what it last came to; an error stays one, so that no row with it is a line.
    """
    value = shown(cell)
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    return str(value).strip()
