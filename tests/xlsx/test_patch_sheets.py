"""New sheets stand last, in the order they were added; their looks and names are the workbook's."""

import re

import pytest

from sheetrecord.xlsx import AddSheet, Look, Refused, RemoveSheet, SetName, open_workbook, patch
from sheetrecord.xlsx.layout import MAIN
from xlsx.makebooks import DRESSES, members, rich, simple, values


def test_a_part_made_at_its_turn_is_given_the_style_numbers_of_its_looks():
    looks = (Look(bold=True), Look(fill="FFEEAA"))
    seen = []

    def make(numbers):
        seen.append(list(numbers))
        cells = b"".join(b'<c r="%c1" s="%d"/>' % (65 + i, n) for i, n in enumerate(numbers))
        yield b'<worksheet xmlns="%s"><sheetData><row r="1">%s' % (MAIN, cells)
        yield b"</row></sheetData></worksheet>"

    book = patch(simple(), [AddSheet("One", make=make, looks=looks)]).data
    again = patch(book, [AddSheet("Two", make=make, looks=looks)]).data
    assert seen[0] == seen[1]
    assert seen[0][0] == 0
    assert len(set(seen[0])) == 3
    assert members(book)["xl/styles.xml"] == members(again)["xl/styles.xml"]
    assert [s.name for s in open_workbook(again).sheets] == ["Fees", "One", "Two"]


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


PART = (
    b'<worksheet xmlns="%s"><cols><col min="1" max="1" style="1"/></cols><sheetData>'
    b'<row r="1" s="2" customFormat="1"><c r="A1" s="2"/><c r="B1" s="1"/><c r="C1"/></row>'
    b"</sheetData></worksheet>" % MAIN
)


@pytest.mark.parametrize("dress", DRESSES)
def test_looks_are_added_once_and_every_style_number_is_theirs(dress):
    looks = (Look(bold=True, size=14), Look(wrap=True, fill="FFE9E9", colour="B00020"))
    book = DRESSES[dress](simple({"A1": 1}))
    once = patch(book, [AddSheet("New", part=PART, looks=looks)]).data
    twice = patch(once, [AddSheet("Newer", part=PART, looks=looks)]).data
    assert members(once)["xl/styles.xml"] == members(twice)["xl/styles.xml"]
    parts = [members(twice)[sheet.part] for sheet in open_workbook(twice).sheets[-2:]]
    assert parts[0] == parts[1]
    first, second = sorted({int(n) for n in re.findall(rb' s(?:tyle)?="([0-9]+)"', parts[0])})
    formats = members(once)["xl/styles.xml"].partition(b"cellXfs")[2].partition(b"cellXfs>")[0]
    assert second < len(re.findall(rb"<(?:\w+:)?xf[\s/>]", formats))
    assert values(once) == {"A1": 1}
    assert b'style="%d"' % first in parts[0]


def test_a_look_beyond_those_given_is_refused():
    with pytest.raises(Refused, match="look 2 of 1"):
        patch(simple(), [AddSheet("New", part=PART, looks=(Look(bold=True),))])
