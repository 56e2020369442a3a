"""A workbook that is open in Excel, over the open-source part of xlwings.

Two bulk calls read a sheet: its formulas and its values. It is written cell by cell; each row is
compared with what was read before a cell of it is written, and read back after. Excel is never
asked to save and never told to stop listening to its user. Excel forgets its own list of what can
be undone when a program writes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sheetrecord.model.errors import CannotRead, MissingExtra
from sheetrecord.workbooks.live.excel_desk import ExcelDesk
from sheetrecord.workbooks.live.program_book import ProgramBook
from sheetrecord.workbooks.port import FORMULAS, WRITE


class ExcelBook(ProgramBook):
    """A workbook that is open in Excel. Its notes and properties are not looked at."""

    abilities = frozenset({WRITE, FORMULAS})


def excel_at(address: str, settings: Mapping[str, object] | None = None) -> ExcelBook:  # noqa: ARG001 - as all adapters
    """Return ``live:``, the workbook in front, or ``live:NAME``. Raises CannotRead."""
    try:
        import xlwings
    except ImportError as error:
        raise MissingExtra("xlwings", "live") from error
    return ExcelBook(ExcelDesk(address, _named(xlwings, address, address.removeprefix("live:"))))


def _named(xlwings: Any, address: str, name: str) -> Any:
    """Return the open workbook of a name; without a name the active one."""
    if not len(xlwings.engines):
        why = "Excel can be reached on Windows and macOS only."
        do = "For the workbook that is open in LibreOffice say live:lo."
        raise CannotRead(address, why, do, "missing")
    if not len(xlwings.apps):
        why = "Excel is not running."
        raise CannotRead(
            address, why, "Open the workbook in Excel, then run this again.", "missing"
        )
    books = [book for app in xlwings.apps for book in app.books]
    if name:
        return _only([book for book in books if name in _names(book)], books, address, name)
    active = xlwings.apps.active.books
    if not len(active):
        why = "no workbook is open in Excel."
        do = "Open it there; one in Protected View counts only after Enable Editing."
        raise CannotRead(address, why, do, "missing")
    return active.active


def _only(found: Sequence[Any], books: Sequence[Any], address: str, name: str) -> Any:
    if len(found) == 1:
        return found[0]
    if found:
        why = f'{len(found)} workbooks called "{name}" are open in Excel.'
        do = "Close all but one: which one is meant cannot be told."
        raise CannotRead(address, why, do, "several")
    why = f'no workbook called "{name}" is open in Excel.'
    names = ", ".join(book.name for book in books)
    do = f"Open are: {names}." if names else "Open it there"
    do += " One in Protected View counts only after Enable Editing."
    raise CannotRead(address, why, do, "missing")


def _names(book: Any) -> tuple[str, str]:
    return book.name, book.fullname
