"""Formulas of one shape move at once: the same as each one's tokens read, on any formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetrecord.xlsx.addresses import MAX_ROW
from sheetrecord.xlsx.formula.row_moves import Delete, Insert
from sheetrecord.xlsx.formula.shift import Follower
from sheetrecord.xlsx.formula.shift_patterns import COUNTS_ROWS, Shapes

ROWS = st.one_of(st.integers(0, 30), st.sampled_from((MAX_ROW, MAX_ROW + 1, 12345678)))
COLUMNS = st.sampled_from(("A", "$B", "XFD", "XFE", "AAAA", "lowER", "c"))
CELLS = st.builds(lambda c, d, r: f"{c}{d}{r}", COLUMNS, st.sampled_from(("", "$")), ROWS)
RANGES = st.builds(lambda a, b: f"{a}:{b}", CELLS, CELLS)
PIECES = st.one_of(
    CELLS,
    RANGES,
    st.builds(lambda a, b: f"{a}:{b}", ROWS, ROWS),
    st.sampled_from(
        ("+", "*", ",", "(", ")", " ", "SUM(", "LOG10(", "ROW(", "ROWS(", "_xlfn.A1(", "1.5E3", "%")
    ),
    st.sampled_from(
        ('"A5"', "Other!A5", "Fees!A5", "'Fees 2'!A5", "'Fees'!A$9:B12", "Fees:Other!A1",
         "[1]Fees!A5", "'My 5'!B7", "Table1[[#This Row],[a 1]]", "#REF!", "{1,2}", "FY26",
         "Rate2026", "tax_1", "A1.b", "B:C", "A1:INDEX(B1,2)", "A007", "é5")
    ),
)  # fmt: skip
MOVES = st.one_of(
    st.builds(Insert, st.integers(1, 30), st.integers(1, 5)),
    st.builds(Delete, st.integers(1, 30), st.integers(1, 5)),
)


def shapes_of(move, own=0):
    follower = Follower(move, 0, ["Fees", "Other", "Fees 2"])
    return Shapes(move, lambda prefix: follower.moves(prefix, own)), follower


@given(MOVES, st.integers(0, 1), st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=6))
def test_a_formula_moves_by_its_shape_as_by_its_tokens(move, own, formulas):
    shapes, follower = shapes_of(move, own)
    for text in [*formulas, *formulas]:
        moved = shapes.moved(text)
        if moved is not None:
            assert moved.text == follower.text(text, own)
            counts = COUNTS_ROWS.search(text) is not None
            assert moved.stale == (counts or (moved.text != text and follower.resized))


@pytest.mark.parametrize(
    ("first", "then", "moved"),
    [
        ("A0+1", "A5+1", "A8+1"),
        ("A12345678", "A5", "A8"),
        ("SUM(B9:B3)", "SUM(B3:B9)", "SUM(B3:B12)"),
        ("LOG10(A5)", "LOG10(A9)", "LOG10(A12)"),
    ],
    ids=["row nought", "too many digits", "backwards", "a digit in a name"],
)
def test_an_odd_formula_teaches_nothing_wrong(first, then, moved):
    shapes, _ = shapes_of(Insert(5, 3))
    shapes.moved(first)
    assert shapes.moved(then).text == moved


@pytest.mark.parametrize(
    "text", ["'Fees 2'!A9", "Fees:Other!A9", '"A9"&A9', "T1[[#This Row],[a]]", "5:9", "{1;2}+A9"]
)
def test_what_digits_alone_do_not_tell_is_read_each_time(text):
    shapes, _ = shapes_of(Insert(5, 3))
    assert shapes.moved(text) is None
