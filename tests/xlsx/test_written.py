"""The texts of some columns' formulas are those that a whole reading gives."""

import pytest

from sheetrecord.model.value import Formula
from sheetrecord.xlsx.addresses import parse_cell
from sheetrecord.xlsx.read.formula_texts import formula_texts
from xlsx.makebooks import DRESSES, edited, simple, values

SHEET = "xl/worksheets/sheet1.xml"
BOOK = {
    "A1": 1, "B1": ("=A1*2", 2), "B2": ('=A1&" < "', "1 < "), "C1": ("=SUM(A:A)", 1), "C2": "text",
    "D9": ("=B1+C1", 3),
}  # fmt: skip


@pytest.mark.parametrize("dress", DRESSES)
def test_they_are_what_the_reader_sees(dress):
    book = DRESSES[dress](simple(BOOK))
    read = {parse_cell(ref): v.text for ref, v in values(book).items() if isinstance(v, Formula)}
    found = {(row, column): text for row, column, text in formula_texts(book, "Fees", {2, 4})}
    assert found == {place: text for place, text in read.items() if place[1] in {2, 4}}
    assert len(found) == 3


def test_members_of_a_shared_formula_have_the_first_ones_text():
    book = simple({"A1": 1, "B1": ("=A1*2", 2), "B2": ("=A2*2", 4), "C1": ("=B1*2", 2)})
    book = edited(book, SHEET, b"<f>A1*2</f>", b'<f t="shared" ref="B1:C1" si="7">A1*2</f>')
    book = edited(book, SHEET, b"<f>B1*2</f>", b'<f t="shared" si="7"/>')
    assert list(formula_texts(book, "Fees", {2, 3})) == [
        (1, 2, "A1*2"), (1, 3, "A1*2"), (2, 2, "A2*2"),
    ]  # fmt: skip
    assert list(formula_texts(book, "Fees", {3})) == [(1, 3, "A1*2")]
