"""What an open openpyxl workbook knows of results: what was written, until it changes."""

from openpyxl import Workbook as Openpyxl

from sheetrecord.model.cell_edits import AddSheet, PutCell
from sheetrecord.model.value import UNKNOWN, Cell, Formula
from sheetrecord.workbooks.openpyxl_book import OpenpyxlBook

TWICE, TEN = Formula("A1*2", 2), Formula("5+5", 10)


def opened() -> tuple[Openpyxl, OpenpyxlBook]:
    """Return a workbook into which a number and two formulas were written with their results."""
    book = Openpyxl()
    book.active.title = "Sums"
    book.active["A1"] = 1
    workbook = OpenpyxlBook(book)
    edits = [PutCell("Sums", 1, 2, TWICE), PutCell("Sums", 1, 3, TEN)]
    workbook.write(workbook.read(), edits)
    return book, workbook


def held(workbook: OpenpyxlBook) -> dict[int, Cell]:
    return workbook.read().book.sheets["Sums"].row(1)


def test_what_was_written_keeps_its_results() -> None:
    _, workbook = opened()
    assert held(workbook) == {1: 1, 2: TWICE, 3: TEN}
    assert held(workbook) == {1: 1, 2: TWICE, 3: TEN}


def test_a_result_goes_when_what_it_depends_on_is_another() -> None:
    book, workbook = opened()
    book["Sums"]["A1"] = 7
    assert held(workbook) == {1: 7, 2: Formula("A1*2", UNKNOWN), 3: TEN}
    book["Sums"]["A1"] = 1  # nobody calculated in between
    assert held(workbook)[2] == Formula("A1*2", UNKNOWN)


def test_a_formula_that_somebody_typed_has_no_result() -> None:
    book, workbook = opened()
    book["Sums"]["C1"] = "=6+6"
    assert held(workbook) == {1: 1, 2: TWICE, 3: Formula("6+6", UNKNOWN)}


def test_an_edit_by_us_drops_what_it_makes_wrong_and_keeps_the_rest() -> None:
    _, workbook = opened()
    reading = workbook.read()
    edits = [PutCell("Sums", 1, 1, 3)]
    wanted = {1: 3, 2: Formula("A1*2", UNKNOWN), 3: TEN}
    assert workbook.preview(reading, edits).book.sheets["Sums"].row(1) == wanted
    workbook.write(reading, edits)
    assert held(workbook) == wanted


def test_nothing_is_claimed_of_a_workbook_of_another_shape() -> None:
    book, workbook = opened()
    book.create_sheet("More")
    assert held(workbook) == {1: 1, 2: Formula("A1*2", UNKNOWN), 3: Formula("5+5", UNKNOWN)}
    _, other = opened()
    other.write(other.read(), [AddSheet("Page", [["x"]])])
    assert held(other)[1] == 1


def test_a_workbook_that_is_opened_knows_no_results() -> None:
    book = Openpyxl()
    book.active.title = "Sums"
    book.active["A1"] = "=1+1"
    assert held(OpenpyxlBook(book)) == {1: Formula("1+1", UNKNOWN)}
