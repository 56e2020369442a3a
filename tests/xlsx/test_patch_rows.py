"""Rows appended, inserted and deleted: everything that refers to them follows."""

import re

import pytest

from sheetrecord.model.value import UNKNOWN, Formula, shown
from sheetrecord.xlsx import (
    AppendRows,
    DeleteRows,
    InsertRows,
    Refused,
    SetCell,
    open_workbook,
    patch,
)
from xlsx.makebooks import DRESSES, edited, members, rich, simple, values

SHEET = "xl/worksheets/sheet1.xml"
OTHER = "It's other"


def formula(data, ref, sheet="Fees"):
    return open_workbook(data).grid(sheet).cell(ref).text


def parts(data):
    """Return what refers to the table's rows, as text: one line for each kind of thing."""
    found = members(data)
    sheet = found[SHEET].decode()
    table = found["xl/tables/table1.xml"].decode()
    workbook = found["xl/workbook.xml"].decode()
    chart = found["xl/charts/chart1.xml"].decode()
    drawing = found["xl/drawings/drawing1.xml"].decode()
    vml = found["xl/drawings/vmlDrawing1.vml"].decode()

    def all_of(pattern, text):
        return re.findall(pattern, text)

    return {
        "table": all_of(r'<table .*? ref="([^"]*)"', table),
        "filter": all_of(r'<autoFilter ref="([^"]*)"', table),
        "validation": all_of(r'<dataValidation .*?sqref="([^"]*)"', sheet),
        "rule": all_of(r'<conditionalFormatting sqref="([^"]*)"', sheet),
        "rule formula": all_of(r"<formula>([^<]*)</formula>", sheet),
        "names": sorted(all_of(r">'?(Fees'?![^<]*)</definedName>", workbook)),
        "merge": all_of(r'<mergeCell ref="([^"]*)"', sheet),
        "break": all_of(r'<brk id="(\d+)"', sheet),
        "sparkline": all_of(r"<xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)</xm:sqref>", sheet),
        "link": all_of(r'<hyperlink ref="([^"]*)" location="([^"]*)"', sheet),
        "chart": all_of(r"<c:f>([^<]*)</c:f>", chart),
        "anchor": all_of(r"<xdr:row>(\d+)</xdr:row>", drawing)[:1],
        "note": all_of(r'<comment ref="([^"]*)"', found["xl/comments1.xml"].decode()),
        "note box": all_of(r"<x:Row>(\d+)</x:Row>", vml),
        "dimension": all_of(r'<dimension ref="([^"]*)"', sheet),
    }


STAND = {
    "table": ["B3:D7"],
    "filter": ["B3:D7"],
    "validation": ["C4:C7"],
    "rule": ["C4:C7"],
    "rule formula": ["$C4&gt;3"],
    "names": ["Fees!$B$3:$D$7", "Fees!$C$4:$C$7"],
    "merge": ["J12:K13"],
    "break": ["10"],
    "sparkline": [("Fees!C4:C7", "L15")],
    "link": [("A23", "'Fees'!C6")],
    "chart": ["Fees!$C$4:$C$7"],
    "anchor": ["15"],
    "note": ["C20"],
    "note box": ["19"],
    "dimension": ["A3:K23"],
}
INSERTED = {
    "table": ["B3:D9"],
    "filter": ["B3:D9"],
    "validation": ["C4:C9"],
    "rule": ["C4:C9"],
    "names": ["Fees!$B$3:$D$9", "Fees!$C$4:$C$9"],
    "merge": ["J14:K15"],
    "break": ["12"],
    "sparkline": [("Fees!C4:C9", "L17")],
    "link": [("A25", "'Fees'!C8")],
    "chart": ["Fees!$C$4:$C$9"],
    "anchor": ["17"],
    "note": ["C22"],
    "note box": ["21"],
    "dimension": ["A3:K25"],
}
DELETED = {
    "table": ["B3:D5"],
    "filter": ["B3:D5"],
    "validation": ["C4:C5"],
    "rule": ["C4:C5"],
    "names": ["Fees!$B$3:$D$5", "Fees!$C$4:$C$5"],
    "merge": ["J10:K11"],
    "break": ["8"],
    "sparkline": [("Fees!C4:C5", "L13")],
    "link": [("A21", "#REF!")],
    "chart": ["Fees!$C$4:$C$5"],
    "anchor": ["13"],
    "note": ["C18"],
    "note box": ["17"],
    "dimension": ["A3:K21"],
}
GROWN = {
    "table": ["B3:D9"],
    "filter": ["B3:D9"],
    "validation": ["C4:C9"],
    "rule": ["C4:C9"],
    "names": ["Fees!$B$3:$D$9", "Fees!$C$4:$C$9"],
    "sparkline": [("Fees!C4:C9", "L15")],
    "chart": ["Fees!$C$4:$C$9"],
}
NEW = [{"B": "n1", "C": 9, "D": 10}, {2: "n2", 3: 11, 4: 12}]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (InsertRows("Fees", 6, 2), INSERTED),
        (DeleteRows("Fees", 5, 2), DELETED),
        (AppendRows("Fees", NEW, table="T"), GROWN),
        (AppendRows("Fees", NEW, after_row=7), GROWN),
    ],
    ids=["insert", "delete", "append to the table", "append below its last row"],
)
def test_everything_that_refers_to_the_rows_follows(edit, expected):
    before = rich()
    assert parts(before) == STAND
    assert parts(patch(before, [edit]).data) == STAND | expected


def test_formulas_follow_inserted_rows_in_every_sheet():
    after = patch(rich(), [InsertRows("Fees", 6, 2)]).data
    assert formula(after, "A23") == "SUM(C4:C9)"
    assert formula(after, "F9") == "SUM(C$4:C9)"
    assert formula(after, "A1", OTHER) == "SUM(Fees!C4:C9)+Fees!C22"
    assert values(after)["B8"] == "z"


def test_formulas_that_lose_all_their_cells_become_reference_errors():
    book = simple(
        {"A5": 1, "A9": ("=A5+A6", 1), "B9": ("=SUM(A5:A6)", 1), "C9": ("=SUM(A4:A7)", 1)}
    )
    after = patch(book, [DeleteRows("Fees", 5, 2)]).data
    assert [formula(after, ref) for ref in ("A7", "B7", "C7")] == [
        "#REF!+#REF!",
        "SUM(#REF!)",
        "SUM(A4:A5)",
    ]


@pytest.mark.parametrize("dress", DRESSES)
def test_rows_move_whatever_way_the_parts_are_written(dress):
    before = DRESSES[dress](simple({"A1": "a", "A2": 2, "B3": 3, "A5": ("=A2+B3", 5)}))
    moved = patch(before, [InsertRows("Fees", 3, 10)]).data
    assert values(moved) == {"A1": "a", "A2": 2, "B13": 3, "A15": Formula("A2+B13", 5)}
    back = patch(moved, [DeleteRows("Fees", 3, 10)]).data
    assert {ref: shown(v) for ref, v in values(back).items()} == {
        ref: shown(v) for ref, v in values(before).items()
    }


def test_appended_rows_take_styles_and_formulas_of_the_row_above():
    after = patch(rich(), [AppendRows("Fees", NEW, table="T")]).data
    sheet = members(after)[SHEET]
    style = re.search(rb'<c r="C7"( s="\d+")', sheet)[1]
    assert b'<c r="C9"' + style + b"><v>11</v></c>" in sheet
    assert formula(after, "F9") == "SUM(C$4:C9)"
    assert formula(after, "F7") == "SUM(C$4:C7)"
    assert formula(after, "A21") == "SUM(C4:C9)"


def test_what_stands_below_moves_down_when_there_is_no_room():
    rows = [{"B": i} for i in range(8)]
    after = patch(rich(), [AppendRows("Fees", rows, table="T")]).data
    assert parts(after)["merge"] == ["J20:K21"]
    assert parts(after)["table"] == ["B3:D15"]
    assert values(after)["A28"] == "after"
    assert formula(after, "A1", OTHER) == "SUM(Fees!C4:C15)+Fees!C28"


def test_rows_go_below_the_last_row_when_no_place_is_named():
    book = simple(
        {"A1": "Head", "B1": "Sum", "A2": 1, "B2": ("=A2*2", 2), "A3": 5, "B3": ("=A3*2", 10)}
    )
    after = patch(book, [AppendRows("Fees", [{"A": 7}, {"A": 8, "B": "typed"}])]).data
    assert values(after)["A4"] == 7
    assert formula(after, "B4") == "A4*2"
    assert values(after)["B5"] == "typed"


def test_the_blank_last_rows_of_a_table_are_filled_first():
    before = edited(rich(), "xl/tables/table1.xml", b'ref="B3:D7" totals', b'ref="B3:D9" totals')
    after = patch(before, [AppendRows("Fees", NEW[:1], table="T")]).data
    assert values(after)["B8"] == "n1"
    assert parts(after)["table"] == ["B3:D9"]


def test_a_shared_formula_is_written_out_when_rows_move_through_it():
    book = simple({f"B{row}": (f"=A{row}*2", 0) for row in (1, 2, 3)})
    book = edited(book, SHEET, b"<f>A1*2</f>", b'<f t="shared" ref="B1:B3" si="0">A1*2</f>')
    book = edited(book, SHEET, b"<f>A2*2</f>", b'<f t="shared" si="0"/>')
    book = edited(book, SHEET, b"<f>A3*2</f>", b'<f t="shared" si="0"/>')
    after = patch(book, [InsertRows("Fees", 3, 1)]).data
    assert [formula(after, ref) for ref in ("B1", "B2", "B4")] == ["A1*2", "A2*2", "A4*2"]


def test_edits_apply_in_order_each_to_what_the_last_one_left():
    edits = [InsertRows("Fees", 1, 1), SetCell("Fees", "A1", "top"), DeleteRows("Fees", 3, 1)]
    after = patch(simple({"A1": 1, "A2": 2, "A3": 3}), edits).data
    assert values(after) == {"A1": "top", "A2": 1, "A3": 3}


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (DeleteRows("Fees", 3, 1), "table"),
        (DeleteRows("Fees", 4, 4), "table"),
        (InsertRows("Fees", 0, 1), "rows"),
        (InsertRows("Fees", 1_048_570, 100), "rows"),
        (InsertRows("Fees", 2, 1_048_560), "rows"),
        (AppendRows("Fees", [{"A": 1}], table="Nope"), "no-table"),
        (AppendRows("Fees", [{"A": 1}], after_row=5), "table"),
        (AppendRows("Fees", [{"1A": 1}]), "address"),
        (AppendRows("Fees", [{0: 1}]), "address"),
    ],
    ids=str,
)
def test_rows_that_cannot_move_safely_are_refused(edit, reason):
    with pytest.raises(Refused) as refusal:
        patch(rich(), [edit])
    assert refusal.value.reason == reason


def test_a_reference_over_several_sheets_is_refused_only_when_it_would_have_to_move():
    book = simple({"One!A5": 1, "Three!A1": ("=SUM(One:Two!A5)", 1)}, ("One", "Two", "Three"))
    with pytest.raises(Refused, match="several sheets"):
        patch(book, [InsertRows("One", 2, 1)])
    after = patch(book, [InsertRows("One", 6, 1)]).data
    assert formula(after, "A1", "Three") == "SUM(One:Two!A5)"


def test_an_array_formula_that_is_cut_through_is_refused():
    book = edited(
        simple({"B2": ("=A2*2", 2)}), SHEET, b"<f>A2*2</f>", b'<f t="array" ref="B2:B4">A2:A4*2</f>'
    )
    with pytest.raises(Refused, match="array formula"):
        patch(book, [InsertRows("Fees", 3, 1)])
    moved = members(patch(book, [InsertRows("Fees", 1, 1)]).data)[SHEET]
    assert b'<f t="array" ref="B3:B5">A3:A5*2</f>' in moved


def spilling(*, cm: str = ' cm="1"') -> bytes:
    """A formula in B2 that fills B2:B5 of itself, and what reads the last of its cells."""
    book = simple({"A2": 1, "A3": 2, "A4": 3, "A5": 4, "B9": ("=B5+1", 9), "B2": ("=A2*2", 2)})
    formula_ = b"<f>A2*2</f>"
    book = edited(book, SHEET, formula_, b'<f t="array" ref="B2:B5">_xlfn.SORT(A2:A5)</f>')
    head = re.search(rb'<c r="B2"', members(book)[SHEET])[0]
    book = edited(book, SHEET, head, b'<c r="B2"%s' % cm.encode())
    for row, value in ((3, 2), (4, 3), (5, 4)):
        old = re.search(rb'(<c r="A%d"[^/]*<v>%d</v></c>)' % (row, value), members(book)[SHEET])[1]
        book = edited(book, SHEET, old, old + b'<c r="B%d"><v>%d</v></c>' % (row, value))
    return book


@pytest.mark.parametrize(
    ("edit", "array", "sources", "reader"),
    [
        (InsertRows("Fees", 4, 2), "B2:B2", "A2:A7", ("B11", "B7+1")),
        (DeleteRows("Fees", 4, 1), "B2:B2", "A2:A4", ("B8", "B4+1")),
        (InsertRows("Fees", 6, 1), "B2:B5", "A2:A5", ("B10", "B5+1")),
        (InsertRows("Fees", 1, 1), "B3:B6", "A3:A6", ("B10", "B6+1")),
    ],
    ids=["inserted in it", "deleted in it", "inserted below", "inserted above"],
)
def test_a_formula_that_fills_what_is_free_fills_it_anew(edit, array, sources, reader):
    after = patch(spilling(), [edit]).data
    cut = array == "B2:B2"
    found = re.search(rb'<f t="array" ref="([^"]*)">([^<]*)</f>(<v>)?', members(after)[SHEET])
    assert found[1].decode() in {array, array.partition(":")[0]}
    assert found[2].decode() == f"_xlfn.SORT({sources})"
    assert formula(after, reader[0]) == reader[1]
    spilled = re.findall(rb'<c r="B[0-9]+"[^>]*><v>([0-9])</v>', members(after)[SHEET])
    assert spilled == ([] if cut else [b"2", b"3", b"4"])
    assert (found[3] is None) == cut


def test_when_its_own_cell_goes_what_it_filled_goes_too():
    after = patch(spilling(), [DeleteRows("Fees", 2, 1)]).data
    assert b"SORT" not in members(after)[SHEET]
    assert {ref: v for ref, v in values(after).items() if ref[0] == "B"} == {
        "B8": Formula("B4+1", UNKNOWN)
    }
    with pytest.raises(Refused, match="array formula"):
        patch(spilling(cm=""), [DeleteRows("Fees", 2, 1)])
