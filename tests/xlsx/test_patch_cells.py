"""Writing single cells: what lands in the file, what stays byte for byte, what is refused."""

import datetime as dt
import io
import zipfile

import pytest

from sheetrecord.model.value import UNKNOWN, CellError, Formula
from sheetrecord.xlsx import ClearCell, Refused, SetCell, open_workbook, patch
from xlsx.makebooks import (
    DRESSES,
    edited,
    members,
    rich,
    simple,
    values,
    without_addresses,
)

SHEET = "xl/worksheets/sheet1.xml"
BOOK = {"A1": "Id", "B1": "Amount", "A2": "x", "B2": 10, "D2": 4, "A4": "last"}


@pytest.mark.parametrize(
    ("ref", "value"),
    [
        ("B2", 12.5),
        ("B2", -3),
        ("B2", 0.1 + 0.2),
        ("B2", True),
        ("B2", "plain"),
        ("A2", " kept spaces "),
        ("A2", "'apostrophe"),
        ("A2", "=not a formula"),
        ("A2", "line\nbreak\ttab"),
        ("A2", "<&>\"' é 漢 😀"),
        ("A2", "_x000D_ stays itself"),
        ("A2", "bell\x07 and return\r"),
        ("C2", "between two cells"),
        ("A3", "a new row"),
        ("AB3", 1),
        ("A9", "below all"),
        ("XFD1048576", "the last cell"),
        ("C2", dt.date(2024, 2, 29)),
        ("C2", dt.datetime(2024, 2, 29, 13, 30)),  # noqa: DTZ001 - a cell has no zone
        ("C2", dt.time(13, 30)),
        ("C2", dt.date(1900, 1, 1)),
        ("C2", CellError("#N/A")),
        ("C2", Formula("B2*2", 20)),
        ("C2", Formula('IF(B2<3,"a & b",1)')),
    ],
    ids=repr,
)
def test_a_written_value_is_read_back_and_no_other_cell_changes(ref, value):
    before = simple(BOOK)
    after = patch(before, [SetCell("Fees", ref, value)]).data
    assert values(after) == values(before) | {ref: value}


@pytest.mark.parametrize("dress", DRESSES)
def test_a_cell_is_written_whatever_way_the_parts_are_written(dress):
    before = DRESSES[dress](simple(BOOK))
    edits = [SetCell("Fees", "B2", 99), SetCell("Fees", "C2", "new"), SetCell("Fees", "A3", "row")]
    after = patch(before, edits).data
    assert values(after) == values(before) | {"B2": 99, "C2": "new", "A3": "row"}


def test_a_cell_is_written_where_rows_and_cells_have_no_address():
    before = without_addresses(simple({"A1": "a", "B1": 1, "C1": 2, "A2": "b", "B2": 3}))
    after = patch(before, [SetCell("Fees", "B2", 9), SetCell("Fees", "D1", "new")]).data
    assert values(after) == values(before) | {"B2": 9, "D1": "new"}


def test_every_member_but_the_worksheet_keeps_its_compressed_bytes():
    before = rich()
    result = patch(before, [SetCell("Fees", "A20", "changed")])
    assert set(result.report.parts) <= {SHEET, "xl/workbook.xml", "xl/worksheets/sheet2.xml"}
    old, new = members(before), members(result.data)
    assert list(old) == list(new)
    assert {n for n in old if old[n] != new[n]} <= set(result.report.parts)
    assert _raw(before, "xl/styles.xml") == _raw(result.data, "xl/styles.xml")


def _raw(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(name)
        start = info.header_offset + 30 + len(info.filename)
        return info.date_time, info.CRC, data[start : start + info.compress_size]


def test_only_the_cells_own_bytes_change_in_the_worksheet():
    before = simple(BOOK)
    after = members(patch(before, [SetCell("Fees", "B2", 77)]).data)[SHEET]
    assert after == members(before)[SHEET].replace(b'<c r="B2"><v>10</v>', b'<c r="B2"><v>77</v>')


def test_unknown_attributes_and_extensions_of_a_cell_stay():
    before = edited(
        simple(BOOK),
        SHEET,
        b'<c r="B2"><v>10</v></c>',
        b'<c r="B2" x:k=\'1"2\' xmlns:x="urn:x" cm="1"><v>10</v><extLst><ext/></extLst></c>',
    )
    after = members(patch(before, [SetCell("Fees", "B2", 5)]).data)[SHEET]
    assert b'x:k="1&quot;2" xmlns:x="urn:x"><v>5</v><extLst><ext/></extLst></c>' in after
    assert b"cm=" not in after


def test_spans_and_dimension_grow_with_a_cell_outside_of_them():
    after = members(patch(simple(BOOK), [SetCell("Fees", "F2", 1)]).data)[SHEET]
    assert b'<row r="2" spans="1:6">' in after
    assert b'<dimension ref="A1:F4"/>' in after


def test_a_self_closed_row_and_an_empty_sheet_take_cells():
    before = edited(simple(BOOK), SHEET, b'<row r="4"', b'<row r="3" ht="20" /><row r="4"')
    assert values(patch(before, [SetCell("Fees", "B3", 1)]).data)["B3"] == 1
    empty = simple()
    assert b"<sheetData/>" in members(empty)[SHEET]
    edits = [SetCell("Fees", "B3", 1), SetCell("Fees", "A1", 2)]
    assert values(patch(empty, edits).data) == {"A1": 2, "B3": 1}


def test_a_cleared_cell_keeps_its_style():
    after = patch(rich(), [ClearCell("Fees", "F4")]).data
    assert open_workbook(after).grid("Fees").cell("F4") is None
    assert b'<c r="F4" s="' in members(after)[SHEET]


def test_a_date_takes_the_format_it_is_given_and_the_same_format_is_made_once():
    edits = [
        SetCell("Fees", f"C{row}", dt.date(2024, 1, row), number_format="yyyy-mm-dd")
        for row in (2, 3, 4)
    ]
    once = patch(simple(BOOK), edits)
    again = patch(
        once.data, [SetCell("Fees", "C9", dt.date(2024, 1, 9), number_format="yyyy-mm-dd")]
    )
    assert members(once.data)["xl/styles.xml"] == members(again.data)["xl/styles.xml"]
    assert values(again.data)["C9"] == dt.date(2024, 1, 9)


def test_a_date_counts_from_1904_where_the_workbook_does():
    before = edited(simple(BOOK), "xl/workbook.xml", b"<workbookPr ", b'<workbookPr date1904="1" ')
    after = patch(before, [SetCell("Fees", "C2", dt.date(2024, 2, 29))]).data
    assert values(after)["C2"] == dt.date(2024, 2, 29)
    assert b"<v>43889</v>" in members(after)[SHEET]


def test_a_new_cell_takes_the_style_of_the_cell_named():
    after = patch(rich(), [SetCell("Fees", "F10", 45000, style_from="F4")]).data
    assert values(after)["F10"] == dt.date(2023, 3, 15)


def test_a_number_in_a_cell_that_shows_dates_is_shown_as_a_number():
    dated = patch(simple(BOOK), [SetCell("Fees", "B2", dt.date(2000, 1, 1))]).data
    assert values(patch(dated, [SetCell("Fees", "B2", 10)]).data) == values(simple(BOOK))


def test_the_last_of_two_writes_to_one_cell_wins():
    edits = [SetCell("Fees", "B2", 1), SetCell("Fees", "B2", 2)]
    assert values(patch(simple(BOOK), edits).data)["B2"] == 2


def test_a_table_heading_and_its_column_are_renamed_together():
    before = edited(rich(), SHEET, b"<f>SUM(T[A])</f>", b"<f>1+1</f>")
    after = patch(before, [SetCell("Fees", "C3", "Sum & co")]).data
    assert open_workbook(after).grid("Fees").tables[0].columns[1] == "Sum & co"
    with pytest.raises(Refused, match="used in formulas"):
        patch(rich(), [SetCell("Fees", "C3", "Sum")])


SHARED = {"A1": 1, "A2": 2, "A3": 3, "B1": ("=A1*2", 2), "B2": ("=A2*2", 4), "B3": ("=A3*2", 6)}


def shared_book():
    data = simple(SHARED)
    data = edited(data, SHEET, b"<f>A1*2</f>", b'<f t="shared" ref="B1:B3" si="0">A1*2</f>')
    data = edited(data, SHEET, b"<f>A2*2</f>", b'<f t="shared" si="0"/>')
    return edited(data, SHEET, b"<f>A3*2</f>", b'<f t="shared" si="0"></f>')


def test_a_shared_formula_goes_to_the_next_cell_when_its_first_is_overwritten():
    after = patch(shared_book(), [SetCell("Fees", "B1", "typed")]).data
    assert b'<f t="shared" ref="B2:B3" si="0">A2*2</f>' in members(after)[SHEET]
    assert values(after)["B3"] == Formula("A3*2", 6)


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (SetCell("Fees", "K13", 1), "merged"),
        (SetCell("Fees", "A1", "x" * 32_768), "text-length"),
        (SetCell("Fees", "A1", float("nan")), "number"),
        (SetCell("Fees", "A1", float("inf")), "number"),
        (SetCell("Fees", "A1", dt.date(1899, 12, 30)), "date"),
        (SetCell("Fees", "A1", dt.datetime(2024, 1, 1, tzinfo=dt.UTC)), "time-zone"),
        (SetCell("Fees", "A1", Formula(" ")), "formula"),
        (SetCell("Fees", "A1", CellError("#OOPS")), "error-value"),
        (SetCell("Fees", "A0", 1), "address"),
        (SetCell("Fees", "XFE1", 1), "address"),
        (SetCell("No such", "A1", 1), "no-sheet"),
        (SetCell("Fees", "C3", 5), "table-heading"),
        (SetCell("Fees", "C3", "id"), "table-heading"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_cell_cannot_take_is_refused_with_a_reason(edit, reason):
    out = io.BytesIO()
    with pytest.raises(Refused) as refusal:
        patch(rich(), [SetCell("Fees", "A20", "first"), edit], out)
    assert refusal.value.reason == reason
    assert out.getvalue() == b""


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (b'<f t="array" ref="B1:B3">A1:A3*2</f>', "array"),
        (b'<f t="dataTable" ref="B1:B3" dt2D="0" dtr="0" r1="A1"/>', "data-table"),
    ],
    ids=["array formula", "data table"],
)
def test_a_part_of_something_bigger_is_refused(formula, reason):
    before = edited(simple(SHARED), SHEET, b"<f>A1*2</f>", formula)
    for ref in ("B1", "B3"):
        with pytest.raises(Refused) as refusal:
            patch(before, [SetCell("Fees", ref, 1)])
        assert refusal.value.reason == reason


def test_a_formula_result_unknown_is_written_without_a_value():
    after = patch(simple(BOOK), [SetCell("Fees", "C2", Formula("B2*2"))]).data
    assert values(after)["C2"] == Formula("B2*2", UNKNOWN)
    assert b"fullCalcOnLoad" in members(after)["xl/workbook.xml"]
