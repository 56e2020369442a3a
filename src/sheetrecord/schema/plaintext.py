"""Typed values of cells in a text-only format, by the type of their column; nothing is guessed.

``4.10`` is a number in a column of amounts, and in a column of texts (an invoice's number, a
postal code, a version) it is what somebody typed, to the last zero.
"""

import datetime as dt
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Final

from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Kind
from sheetrecord.schema.read.column_binding import SheetPlace
from sheetrecord.schema.read.layout import locate
from sheetrecord.schema.settings import language_of
from sheetrecord.schema.sheets import SHEETS

NUMERIC: Final = frozenset({Kind.MONEY, Kind.NUMBER, Kind.PERCENT, Kind.DATE})
"""Kinds of columns in which a number may stand; a day may come as a day's number."""

Read = Callable[[str], Cell]


def number(text: str) -> int | float | None:
    """Return a plain number written with a decimal point, None for everything else.

    A code is none: it begins with a zero, or has more digits than a number can keep.

    >>> number("12"), number("-0.50"), number("007"), number("1e5"), number("1,5")
    (12, -0.5, None, None, None)
    """
    body = text.strip()
    digits = body.removeprefix("-")
    if not digits.isascii() or not digits.replace(".", "", 1).isdigit():
        return None
    if (len(digits) > 1 and digits[0] == "0" and digits[1] != ".") or len(digits) > _DIGITS:
        return None
    return float(body) if "." in body else int(body)


_DIGITS: Final = 15
"""Digits of a number that a spreadsheet program keeps exactly."""


def meant(kind: Kind, cell: Cell) -> Cell:
    """Return a text as a cell of a column of this kind.

    >>> meant(Kind.TEXT, "4.10"), meant(Kind.MONEY, "4.10"), meant(Kind.DATE, "2026-06-30")
    ('4.10', 4.1, datetime.date(2026, 6, 30))
    """
    if not isinstance(cell, str) or kind not in NUMERIC:
        return cell
    if kind is Kind.DATE:
        with suppress(ValueError):
            return dt.date.fromisoformat(cell.strip())
    found = number(cell)
    return cell if found is None else found


def typed(book: Book, text: Read, any_: Read, as_it_is: Collection[str] = ()) -> Book:
    """Return a workbook of texts with its cells read by what their columns hold.

    ``text`` reads a cell of a column of texts, ``any_`` one that may be a number: of a column of
    numbers, of a column or sheet of the firm's own, of settings and lists. The sheets
    ``as_it_is`` hold texts only.
    """
    layout = locate(book, language_of(book))
    places = {place.title: (key, place) for key, place in layout.sheets.items()}
    sheets = {}
    for title, sheet in book.sheets.items():
        key, place = places.get(title, ("", None))
        texts = _texts(key, place) if place else frozenset()
        columns = {
            i: Cells(
                cells.rows,
                _read(cells, text if title in as_it_is or i in texts else any_),
            )
            for i, cells in sheet.columns.items()
        }
        sheets[title] = Sheet(title, columns)
    return book.with_sheets(sheets)


def _texts(key: str, place: SheetPlace) -> frozenset[int]:
    """Return the numbers of the columns that hold no numbers."""
    columns = SHEETS[key].by_key
    return frozenset(i for one, i in place.columns.items() if columns[one].kind not in NUMERIC)


def _read(cells: Cells, read: Read) -> list[Cell]:
    return [read(value) if isinstance(value, str) else value for value in cells.values]
