"""An export as a table of cells with their places, whatever file it came in."""

import re
from typing import Final, NamedTuple

from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.table import DelimitedRow, find_delimiter, read_rows
from sheetrecord.ledgers.workbook_table import is_workbook, sheets_of

_SEPARATOR: Final = re.compile(r"sep=(.)\n", re.IGNORECASE)
"""The line by which Excel is told the delimiter; it is no row."""
_NOTHING: Final = frozenset(
    {"-", "--", "\N{EM DASH}", "\N{EN DASH}", "(no value)", "null", "none", "n/a", "#n/a"}
)
"""What systems write into a cell that holds nothing."""


class CellTable(NamedTuple):
    """The rows of a file, each with the number that a spreadsheet program shows beside it."""

    rows: list[DelimitedRow]
    encoding: str


def tables(data: bytes, name: str) -> list[CellTable]:
    """Return the tables of a file: one of a text, one for each sheet of a workbook.

    Raises CannotRead for what is neither.
    """
    if is_workbook(data):
        return [CellTable(rows, "xlsx") for rows in sheets_of(data, name)]
    check_bytes(data, name, "CRM")
    text, encoding = decode(data, name)
    text = text.removeprefix("\ufeff")
    told = _SEPARATOR.match(text)
    if told:
        text = text[told.end() :]
    delimiter = told[1] if told else find_delimiter(text)
    rows = _numbered(read_rows(text, delimiter, name))
    if not rows:
        raise refuse(name, "the file holds no rows.", "Export it again.", "empty")
    return [CellTable(rows, encoding)]


def _numbered(rows: list[DelimitedRow]) -> list[DelimitedRow]:
    """Return rows numbered as a spreadsheet shows them: a text of several lines is one row."""
    return [row._replace(line=row.ordinal or row.line) for row in rows]


def address(row: int, column: int) -> str:
    """Return the address of a cell; columns count from 0.

    >>> address(3, 5), address(1, 27)
    ('F3', 'AB1')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def cell(row: DelimitedRow, column: int) -> str:
    """Return a cell's text, nothing for one that a system marks as empty."""
    text = row.cells[column].strip() if 0 <= column < len(row.cells) else ""
    return "" if text.casefold() in _NOTHING else text
