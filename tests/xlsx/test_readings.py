"""A sheet is read again unless all the bytes that decide what it says are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.formats.readings import Readings
from sheetrecord.formats.xlsx import book_of
from sheetrecord.xlsx import ClearCell, SetCell, SetProperty, open_workbook, patch
from xlsx.makebooks import rebuilt, rich, simple

BOOK = simple(
    {"A1": 1, "A2": "word", "B1": ("=A1+1", 2), "Two!A1": "other", "Two!B1": ("=Fees!A1", 1)},
    ("Fees", "Two"),
)


def read(data, readings=None):
    return book_of(open_workbook(data), "book", readings)


def content(book):
    return {
        name: (sheet.name, sheet.columns, sheet.merged, sheet.hidden_rows, sheet.state)
        for name, sheet in book.sheets.items()
    }


def same_objects(one, other):
    return {name for name in one.sheets if one.sheets[name] is other.sheets.get(name)}


def test_the_same_bytes_are_read_once_whatever_file_they_are_in():
    readings = Readings()
    first = read(BOOK, readings)
    assert list(first.sheets.values())
    assert same_objects(first, read(BOOK, readings)) == {"Fees", "Two"}
    other = patch(BOOK, [SetProperty("stamp", "7")]).data
    assert same_objects(first, read(other, readings)) == {"Fees", "Two"}


def test_only_a_sheet_whose_part_changed_is_read_again():
    readings = Readings()
    first = read(BOOK, readings)
    assert list(first.sheets.values())
    again = read(patch(BOOK, [SetCell("Two", "A1", "new")]).data, readings)
    assert same_objects(first, again) == {"Fees"}
    assert again.sheets["Two"].column(1).values[0] == "new"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", b"word", b"ward"),
        ("xl/workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"'),
        ("xl/styles.xml", b'numFmtId="0"', b'numFmtId="14"'),
        ("xl/worksheets/sheet1.xml", b"<v>1</v>", b"<v>3</v>"),
    ],
)
def test_whatever_decides_what_a_cell_says_makes_it_read_again(part, old, new):
    other = rebuilt(BOOK, lambda n, b: (n, b.replace(old, new) if n == part else b))
    readings = Readings()
    first = read(BOOK, readings)
    assert content(first)
    again = read(other, readings)
    assert again.sheets["Fees"] is not first.sheets["Fees"]
    assert content(again) == content(read(other))


def test_a_sheet_that_was_hidden_since_is_known_as_hidden():
    other = rebuilt(
        BOOK,
        lambda n, b: (n, b.replace(b'name="Two"', b'name="Two" state="hidden"')),
    )
    readings = Readings()
    first = read(BOOK, readings)
    assert first.sheets["Two"].state == "visible"
    assert read(other, readings).sheets["Two"].state == "hidden"


def test_formulas_and_results_only_are_two_readings():
    readings = Readings()
    full = read(BOOK, readings)
    assert content(full)
    lean = book_of(open_workbook(BOOK, formulas=False), "book", readings)
    assert lean.sheets["Fees"] is not full.sheets["Fees"]


REFS = st.sampled_from(["A1", "C4", "F4", "A20", "Z9"])
VALUES = st.one_of(st.integers(0, 9), st.text("ab <&", max_size=3), st.booleans())
SETS = st.tuples(st.sampled_from(["Fees", "It's other"]), REFS, VALUES).map(lambda t: SetCell(*t))
EDITS = st.lists(
    SETS | st.sampled_from(["C5", "A21"]).map(lambda r: ClearCell("Fees", r)), max_size=4
)


@examples(40)
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_what_was_read_with_earlier_readings_is_what_is_read_afresh(rounds):
    readings, data, held = Readings(), rich(), []
    for edits in rounds:
        data = patch(data, edits).data
        held.append(read(data, readings))
        assert content(held[-1]) == content(read(data))
