"""Locate finance's sheets in a workbook and read their rows."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from sheetrecord.formats.finance.tables import KEY_ROW, TABLES, FinanceTable
from sheetrecord.model.book import Book, Sheet
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.problem import column_letters
from sheetrecord.model.value import CellError, Unknown, shown
from sheetrecord.schema.plaintext import number


class Spot(NamedTuple):
    """The location of a sheet: its title, the row of its headers, the column of each key."""

    title: str
    header_row: int
    columns: Mapping[str, int]
    last_row: int
    """The last row that holds anything in one of our columns; the headers' when none does."""
    kinds: Mapping[str, str] = {}
    """What the columns hold that are not of texts."""
    lacking: Mapping[str, str] = {}
    """Headers of columns that the sheet was made without, by key: they are yet to be written."""

    def ref(self, key: str, row: int) -> str:
        """Return the address of a cell."""
        return f"{column_letters(self.columns[key])}{row}"


def spots(book: Book) -> dict[str, Spot]:
    """Return the location of each existing finance sheet by key.

    Raises CannotRead when a sheet lacks one of its columns.
    """
    found = {}
    for table in TABLES:
        area = book.names.get(table.name)
        if area is not None and area.sheet in book.sheets:
            found[table.key] = _spot(book, table, area.sheet, area.top)
        elif not book.live and _keyed(book.sheets.get(table.title), table):
            found[table.key] = _spot(book, table, table.title, KEY_ROW)
    return found


def _keyed(sheet: Sheet | None, table: FinanceTable) -> bool:
    """Tell whether a sheet of a format without names has a table's row of keys."""
    return sheet is not None and sheet.row(KEY_ROW).get(1) == table.fields[0].key


def _spot(book: Book, table: FinanceTable, title: str, key_row: int) -> Spot:
    sheet = book.sheets[title]
    wanted = {field.key for field in table.fields}
    columns = {
        str(value): number
        for number, value in sorted(sheet.row(key_row).items(), reverse=True)
        if value in wanted
    }
    headers = {shown(v): n for n, v in sheet.row(key_row + 1).items()}
    for field in table.fields:
        if field.key not in columns and field.header in headers:
            columns[field.key] = headers[field.header]
    lacking = _columns_to_come(table, columns)
    free = max(sheet.row(key_row), default=0) + 1
    columns |= {key: at for at, key in enumerate(lacking, start=free)}
    _refuse_lost(book, table, title, columns)
    used = [sheet.column(n).rows for n in columns.values()]
    last = max((rows[-1] for rows in used if rows), default=key_row + 1)
    kinds = {field.key: field.kind for field in table.fields if field.kind != "text"}
    return Spot(title, key_row + 1, columns, max(last, key_row + 1), kinds, lacking)


def _columns_to_come(table: FinanceTable, columns: Mapping[str, int]) -> dict[str, str]:
    """Return the headers, by key, of columns that a sheet made before them will have."""
    lacking = (field for field in table.fields if field.added and field.key not in columns)
    return {field.key: field.header for field in lacking}


def _refuse_lost(book: Book, table: FinanceTable, title: str, columns: Mapping[str, int]) -> None:
    """Raise CannotRead when a sheet has lost one of its columns."""
    for field in table.fields:
        if field.key not in columns:
            why = f"the sheet {title} has lost the column {field.header}."
            raise CannotRead(book.source, why, "Restore it from a backup.", "column-gone")


def _meant(value: object, kind: str) -> object:
    """Return a text of a format that holds only texts as its column means it."""
    if not isinstance(value, str):
        return value
    if kind == "date":
        with suppress(ValueError):
            return dt.date.fromisoformat(value.strip())
        return value
    found = number(value)
    return value if found is None else found


def rows(
    book: Book, spot: Spot, keys: Collection[str] = ()
) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield each row with its number: values by key, blanks left out; only these ``keys`` if any.

    Raises CannotRead for an error value.
    """
    sheet: Sheet = book.sheets[spot.title]
    found: dict[int, dict[str, object]] = {}
    kinds = {} if book.live else spot.kinds
    for key in keys or spot.columns:
        kind = kinds.get(key, "")
        cells = sheet.column(spot.columns[key])
        for row, cell in zip(cells.rows, cells.values, strict=False):
            value = shown(cell)
            if row > spot.header_row and not isinstance(value, Unknown) and value not in (None, ""):
                if isinstance(value, CellError):
                    where = f"{spot.title}!{spot.ref(key, row)}"
                    why = f"{where} shows {value.code}."
                    raise CannotRead(book.source, why, "Restore the row from a backup.", "error")
                found.setdefault(row, {})[key] = _meant(value, kind) if kind else value
    yield from sorted(found.items())
