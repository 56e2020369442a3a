"""New sheets stand last, in the order they were added; their looks and names are the workbook's."""

import re

import pytest

from sheetrecord.model.sheet_style import ColumnStyle, Head, Look, SheetStyle
from sheetrecord.model.value import Formula
from sheetrecord.xlsx import (
    AddSheet,
    InsertRows,
    RemoveSheet,
    SetCell,
    SetName,
    open_workbook,
    patch,
)
from sheetrecord.xlsx.xml.sheet_layout import MAIN, STRICT
from xlsx.makebooks import DRESSES, members, rich, simple, values


def test_names_set_together_are_as_those_set_one_by_one():
    names = [SetName("alpha", "Fees!$A$1"), SetName("beta", "Fees!$B$1"), SetName("Alpha", None),
             SetName("gamma", "Fees!$C$1"), SetName("beta", "Fees!$B$2")]  # fmt: skip
    for book in (simple(), rich()):
        singly = book
        for edit in names:
            singly = patch(singly, [edit]).data
        together = patch(book, names).data
        assert members(together) == members(singly)
        texts = {n.name: n.text for n in open_workbook(together).names if n.name in "beta gamma"}
        assert texts == {"beta": "Fees!$B$2", "gamma": "Fees!$C$1"}


def test_new_sheets_come_last_in_the_order_of_the_edits():
    book = simple({"A1": 1}, ("Fees", "Two"))
    edits = [AddSheet("Zeta", [["z"]]), AddSheet("Alpha", [["a"]], hidden=True), AddSheet("Mid")]
    after = patch(book, edits).data
    found = [(sheet.name, sheet.state) for sheet in open_workbook(after).sheets]
    assert found == [
        ("Fees", "visible"), ("Two", "visible"), ("Zeta", "visible"), ("Alpha", "hidden"),
        ("Mid", "visible"),
    ]  # fmt: skip
    assert values(after, "Zeta") == {"A1": "z"}
    assert values(after, "Alpha") == {"A1": "a"}
    for part, data in members(book).items():
        if "worksheets" in part:
            assert members(after)[part] == data


def test_a_sheet_removed_and_added_anew_goes_to_the_end():
    book = simple({"A1": 1}, ("One", "Two", "Three"))
    after = patch(book, [RemoveSheet("One"), AddSheet("One", [[5]])]).data
    assert [s.name for s in open_workbook(after).sheets] == ["Two", "Three", "One"]
    assert values(after, "One") == {"A1": 5}


BOLD, RED = Look(bold=True, size=14), Look(wrap=True, fill="FFE9E9", colour="B00020")
STYLE = SheetStyle("s", (ColumnStyle(9, RED, whole=True), ColumnStyle(9)), (Head(BOLD, 20),))


@pytest.mark.parametrize("dress", DRESSES)
def test_looks_are_added_once_and_every_style_number_is_theirs(dress):
    new = AddSheet("New", [["head", "H"], ["red", 5]], style=STYLE)
    book = DRESSES[dress](simple({"A1": 1}))
    once = patch(book, [new]).data
    twice = patch(once, [new._replace(name="Newer")]).data
    assert members(once)["xl/styles.xml"] == members(twice)["xl/styles.xml"]
    parts = [members(twice)[sheet.part] for sheet in open_workbook(twice).sheets[-2:]]
    assert parts[0] == parts[1]
    first, second = sorted({int(n) for n in re.findall(rb' s(?:tyle)?="([0-9]+)"', parts[0])})
    formats = members(once)["xl/styles.xml"].partition(b"cellXfs")[2].partition(b"cellXfs>")[0]
    assert second < len(re.findall(rb"<(?:\w+:)?xf[\s/>]", formats))
    assert values(once) == {"A1": 1}
    assert values(once, "New") == {"A1": "head", "B1": "H", "A2": "red", "B2": 5}
    assert b'style="%d"' % second in parts[0]
    assert b'<c r="B2">' in parts[0]
    assert first


def test_a_sheet_with_a_style_is_of_the_workbooks_own_kind():
    style = SheetStyle("guarded", guarded=True)
    for strict, space in ((False, MAIN), (True, STRICT)):
        book = DRESSES["strict"](simple()) if strict else simple()
        done = patch(book, [AddSheet("New", [["x"]], hidden=True, style=style)]).data
        sheet = open_workbook(done).sheets[-1]
        assert b'xmlns="%s"' % space in members(done)[sheet.part]
        assert b"<sheetProtection" in members(done)[sheet.part]
        assert values(done, "New") == {"A1": "x"}


def test_an_address_links_to_a_sheet_that_is_there():
    style = SheetStyle("links", (ColumnStyle(9, links=True),), (Head(),))
    rows = [["Cell"], ["Fees!B2"], ["Gone!A1"], ["'It''s'!C:C"], ["Fees"]]
    book = simple({"A1": 1}, ("Fees", "It's"))
    done = patch(book, [AddSheet("New", rows, style=style)]).data
    text = members(done)[open_workbook(done).sheets[-1].part]
    assert re.findall(rb'<hyperlink ref="(\w+)" location="([^"]*)"', text) == [
        (b"A2", b"Fees!B2"), (b"A4", b"'It''s'!C1"), (b"A5", b"Fees!A1"),
    ]  # fmt: skip


def test_a_formula_in_a_sheet_with_a_style_is_calculated_when_opened():
    style = SheetStyle("plain", (ColumnStyle(9),))
    done = patch(simple(), [AddSheet("New", [[Formula("1+1")]], style=style)]).data
    assert b"fullCalcOnLoad" in members(done)["xl/workbook.xml"]
    assert values(done, "New")["A1"].text == "1+1"


SEVERAL = {
    "cells of it after": (SetCell("New", "A1", "over"), SetCell("New", "C1", 3)),
    "another sheet goes": (RemoveSheet("Two"), SetCell("New", "A2", 7)),
    "rows come into it": (InsertRows("New", 1, 1), SetCell("Fees", "A1", 9)),
    "names and another": (SetName("alpha", "New!$A$1"), AddSheet("Newer", [[6]])),
    "cells elsewhere": (SetCell("Fees", "B1", 4), AddSheet("Newer", [["x"]])),
}


@pytest.mark.parametrize("what", SEVERAL)
def test_a_new_sheet_with_other_edits_is_as_made_one_by_one(what):
    book = simple({"A1": 1, "B2": Formula("A1+1", 2), "B3": Formula("B1", 0)}, ("Fees", "Two"))
    edits = [AddSheet("New", [["head", 5], [Formula("B1*2", 10)]]), *SEVERAL[what]]
    singly = book
    for edit in edits:
        singly = patch(singly, [edit]).data
    together = patch(book, edits)
    names = [sheet.name for sheet in open_workbook(singly).sheets]
    assert [sheet.name for sheet in open_workbook(together.data).sheets] == names
    assert {n: values(together.data, n) for n in names} == {n: values(singly, n) for n in names}
