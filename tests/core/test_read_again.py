"""A sheet that two workbooks share is read once, and as what each of the two says it is."""

import datetime as dt

import pytest

from sheetrecord.app.create import NewWorkbookRequest, create
from sheetrecord.formats.xlsx import read
from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.value import Formula
from sheetrecord.schema.read.parse import parse

DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("firm") / "firm.xlsx"
    create(path, NewWorkbookRequest(sample=True), today=DAY, asof=DAY)
    found = read(path)
    return found.with_sheets(dict(found.sheets))


def fresh(book):
    """Return a workbook that says the same and of which nobody has read anything."""
    sheets = {
        name: Sheet(name, one.columns, one.merged, one.hidden_rows, one.state)
        for name, one in book.sheets.items()
    }
    return book.with_sheets(sheets)


def changed(book, title, old, new):
    """Return a workbook with one sheet of its own, in which cells say something else."""
    one = book.sheets[title]
    columns = {
        number: Cells(cells.rows, [new if value == old else value for value in cells.values])
        for number, cells in one.columns.items()
    }
    assert columns != one.columns
    return book.with_sheets({**book.sheets, title: Sheet(title, columns)})


def less(book, prefix):
    """Return a workbook without the defined names that begin so."""
    return book.named({k: v for k, v in book.names.items() if not k.startswith(prefix)})


def other_formula(book):
    column = next(
        number
        for number, cells in book.sheets["Fees"].columns.items()
        if sum(isinstance(cell, Formula) for cell in cells.values) > 9
    )
    first = next(c for c in book.sheets["Fees"].columns[column].values if isinstance(c, Formula))
    return changed(book, "Fees", first, Formula("1+1", first.cached))


CHANGES = {
    "nothing": lambda book: book,
    "a word of a list": lambda book: changed(book, "Lists", "Pushback", "Who is against it"),
    "the firm's money": lambda book: changed(book, "Settings", "EUR", "JPY"),
    "a deal's money": lambda book: changed(book, "Deal", "EUR", "JPY"),
    "who may see what": lambda book: changed(book, "Lists", "Client", "Everybody"),
    "no names of columns": lambda book: less(book, "sr_col_Fees"),
    "the epoch": lambda book: Book(
        "b", book.sheets, names=book.names, properties=book.properties, live=True, date1904=True
    ),
    "a format without formulas": lambda book: Book("b", book.sheets, names=book.names),
    "another header": lambda book: changed(book, "Fees", "Note", "Remark"),
    "another formula": other_formula,
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_known_of_a_sheet_is_what_reading_it_would_tell(book, name):
    parse(book, DAY)
    other = CHANGES[name](book)
    wanted = parse(fresh(other), DAY)
    assert parse(other, DAY) == wanted
    assert parse(fresh(book), DAY) == parse(book, DAY)
    assert parse(other, DAY) == wanted


def test_rows_that_somebody_changes_are_his_own(book):
    first = parse(book, DAY)
    count = len(first.record.rows("Fees"))
    list_ = first.record.rows("Fees")
    if isinstance(list_, list):
        list_.clear()
    assert len(parse(book, DAY).record.rows("Fees")) == count
