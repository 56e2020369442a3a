"""Markdown tables as a workbook: for examples, tests, and records kept beside their text.

Each table is a sheet; the first cell of its header names it, the other headers name its
columns::

    | Deal | deal_id | client | value_net | signed_on  |
    |------|---------|--------|-----------|------------|
    |      | D-0001  | Acme   | 12000     | 2026-02-20 |

Everything outside the tables is prose and is left alone. A second table of a sheet adds rows.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.value import Plain

_RULE: Final = re.compile(r"^\|(\s*:?-+:?\s*\|)+$")
_BAR: Final = re.compile(r"(?<!\\)\|")
_NUMBER: Final = re.compile(r"^-?(0|[1-9]\d{0,14})(\.\d+)?$")
_DATE: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def read(place: str | Path) -> Book:
    """Read a file's tables. Raises CannotRead when it is not text or holds no table."""
    path = Path(place)
    try:
        book = parse_tables(path.read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError as err:
        raise CannotRead(path, "this is not UTF-8 text.", "Save it as UTF-8.", "corrupt") from err
    if not book.sheets:
        raise CannotRead(
            path,
            "the file holds no table.",
            "Write each sheet as a table whose first header is the sheet's name.",
            "empty",
        )
    return book


def parse_tables(text: str, source: str = "markdown") -> Book:
    """Return the tables of a text as a `Book`; the header of each sheet is its row 1."""
    sheets: dict[str, _Filling] = {}
    for table in _tables(text.splitlines()):
        header, *rows = table
        sheet = sheets.setdefault(header[0], _Filling())
        columns = [sheet.column(name) for name in header[1:]]
        for row in rows:
            sheet.add(zip(columns, row[1:], strict=False))
    return Book(source, [sheet.done(name) for name, sheet in sheets.items()], live=False)


def _tables(lines: Iterable[str]) -> Iterator[list[list[str]]]:
    """Yield each run of table lines as rows of texts, without the line of dashes."""
    table: list[list[str]] = []
    for line in (*lines, ""):
        text = line.strip()
        if not (text.startswith("|") and text.endswith("|") and len(text) > 1):
            if table:
                yield table
            table = []
        elif not _RULE.match(text):
            table.append([cell.replace("\\|", "|").strip() for cell in _BAR.split(text)[1:-1]])


class _Filling:
    """A sheet while its tables are read."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.cells: dict[int, tuple[list[int], list[Plain]]] = {}
        self.last = 1

    def column(self, name: str) -> int:
        """Return the number of a named column; 0 for one without a name."""
        if not name:
            return 0
        number = self.numbers.setdefault(name, len(self.numbers) + 1)
        self.cells.setdefault(number, ([1], [name]))
        return number

    def add(self, cells: Iterable[tuple[int, str]]) -> None:
        """Add one row; a blank cell is absent."""
        self.last += 1
        for number, text in cells:
            if number and text:
                rows, values = self.cells[number]
                rows.append(self.last)
                values.append(_value(text))

    def done(self, name: str) -> Sheet:
        """Return the finished sheet."""
        return Sheet(name, {n: Cells(rows, values) for n, (rows, values) in self.cells.items()})


def _value(text: str) -> Plain:
    """Read a plain number or an ISO date as such; everything else is text.

    >>> _value("12000"), _value("0.5"), _value("007"), _value("2026-02-31")
    (12000, 0.5, '007', '2026-02-31')
    """
    if _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    if _DATE.match(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text
