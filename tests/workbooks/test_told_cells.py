"""A workbook that a program told cell by cell is what it says there; a view is drawn as values."""

import datetime as dt
import io

import openpyxl
import pytest

from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import AddSheet, DropSheet, PutCell
from sheetrecord.model.value import UNKNOWN, Cell, CellError, Formula
from sheetrecord.workbooks.cell_sheets import CellSheets, Told, ToldBook, ToldCell, ToldSheet
from sheetrecord.workbooks.values_only import edits_to_show
from sheetrecord.xlsx import open_workbook

DAY = "yyyy-mm-dd"

TOLD: list[tuple[Told, Told | None, str, Cell]] = [
    ("Acme", None, "", "Acme"),
    ("#N/A", None, "", CellError("#N/A")),
    (True, None, DAY, True),
    (46203, None, "0.00", 46203),
    (2.5, None, "", 2.5),
    (46203, None, DAY, dt.date(2026, 6, 30)),
    ("=A1", None, "", Formula("A1", UNKNOWN)),
    ("=A1", "Acme", "", Formula("A1", "Acme")),
    ("=A1", 46203, DAY, Formula("A1", dt.date(2026, 6, 30))),
    ("=A1", "#REF!", "", Formula("A1", CellError("#REF!"))),
]
"""What a program tells of a cell (value, what it shows, format), and what it is."""


@pytest.mark.parametrize(("value", "shows", "form", "found"), TOLD)
def test_a_cell_is_what_was_told_of_it(
    value: Told, shows: Told | None, form: str, found: Cell
) -> None:
    sheet = ToldSheet("Deal", [ToldCell(2, 3, value, shows, form)])
    book = CellSheets(ToldBook([sheet], {})).read().book
    [cell] = book.sheets["Deal"].column(3).values
    assert (cell, type(cell)) == (found, type(found))


def file(**sheets: str) -> bytes:
    """Return a workbook with one text in a cell of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, text in sheets.items():
        book.create_sheet(title)["B2"] = text
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def book(data: bytes) -> Book:
    return book_of(open_workbook(data), "there")


def test_a_view_adds_the_sheets_that_are_missing_and_changes_only_what_differs() -> None:
    there = book(file(Deal="Acme", Fees="ten", Old="gone"))
    edits = edits_to_show(file(Deal="Acme", Fees="twelve", New="first"), there)
    assert edits.keys() == {"Fees", "New", "Old"}
    assert edits["Fees"] == [PutCell("Fees", 2, 2, "twelve")]
    assert edits["Old"] == [DropSheet("Old")]
    [added] = edits["New"]
    assert isinstance(added, AddSheet)
    assert [list(row) for row in added.rows] == [[None, None], [None, "first"]]
