"""Notes, sheets and properties; what is left alone, reported, or refused as a whole."""

import contextlib
import datetime as dt
import io
import random
import re
import zipfile

import pytest

from sheetrecord.xlsx import (
    AddSheet,
    AppendRows,
    DeleteRows,
    InsertRows,
    Refused,
    RemoveNote,
    RemoveSheet,
    SetCell,
    SetNote,
    SetProperty,
    open_workbook,
    patch,
)
from sheetrecord.xlsx.package import rels_name, resolve
from xlsx.makebooks import DRESSES, edited, members, rich, simple, values
from xlsx.readbook import zipped

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("dress", DRESSES)
def test_a_note_is_put_on_a_sheet_without_notes_and_taken_off_again(dress):
    before = DRESSES[dress](simple({"A1": 1}))
    noted = patch(before, [SetNote("Fees", "C5", "Look <here>\n& there", "Ann")]).data
    assert open_workbook(noted).grid("Fees").notes == {"C5": "Look <here>\n& there"}
    assert values(noted) == values(before)
    bare = patch(noted, [RemoveNote("Fees", "C5")]).data
    assert open_workbook(bare).grid("Fees").notes == {}


def test_notes_that_are_there_stay_and_one_is_replaced():
    edits = [SetNote("Fees", "B4", "new", "Bob"), SetNote("Fees", "C20", "changed", "Ann")]
    after = patch(rich(), edits).data
    assert open_workbook(after).grid("Fees").notes == {"B4": "new", "C20": "changed"}
    assert members(after)["xl/drawings/vmlDrawing1.vml"].count(b"<x:Row>") == 2


def test_a_sheet_is_added_with_its_rows_and_removed_again():
    added = patch(rich(), [AddSheet("Neu & alt", [["a", 1], [None, True]])]).data
    assert values(added, "Neu & alt") == {"A1": "a", "B1": 1, "B2": True}
    assert [s.name for s in open_workbook(added).sheets][-1] == "Neu & alt"
    removed = patch(added, [RemoveSheet("Neu & alt")]).data
    assert [s.name for s in open_workbook(removed).sheets] == ["Fees", "It's other"]
    assert set(members(removed)) == set(members(rich()))


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (AddSheet("a/b"), "sheet-name"),
        (AddSheet("x" * 32), "sheet-name"),
        (AddSheet("fees"), "sheet-name"),
        (AddSheet("'x"), "sheet-name"),
        (RemoveSheet("Fees"), "sheet-used"),
        (RemoveSheet("Nope"), "no-sheet"),
        (SetNote("Fees", "A1", ""), "note"),
        (SetProperty("", "x"), "property"),
    ],
    ids=str,
)
def test_what_excel_would_not_take_is_refused(edit, reason):
    with pytest.raises(Refused) as refusal:
        patch(rich(), [edit])
    assert refusal.value.reason == reason


def test_the_last_visible_sheet_cannot_go():
    with pytest.raises(Refused, match="last visible"):
        patch(simple(), [RemoveSheet("Fees")])


def test_properties_are_added_changed_and_removed():
    edits = [SetProperty("Rev", "a & b"), SetProperty("n", 4), SetProperty("f", 1.5)]
    once = patch(simple(), [*edits, SetProperty("ok", value=True)]).data
    assert open_workbook(once).properties == {"Rev": "a & b", "n": 4, "f": 1.5, "ok": True}
    twice = patch(once, [SetProperty("rev", "c"), SetProperty("n", None)]).data
    assert open_workbook(twice).properties == {"rev": "c", "f": 1.5, "ok": True}


def with_parts(data, **parts):
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def test_a_signed_workbook_is_refused_and_signed_macros_are_left_alone():
    signed = with_parts(simple({"A1": 1}), _xmlsignatures__sig1_dot_xml=b"<x/>")
    with pytest.raises(Refused, match="signed"):
        patch(signed, [SetCell("Fees", "A1", 2)])
    parts = {"xl__vbaProject_dot_bin": b"macros", "xl__vbaProjectSignature_dot_bin": b"seal"}
    result = patch(with_parts(simple({"A1": 1}), **parts), [SetCell("Fees", "A1", 2)])
    assert members(result.data)["xl/vbaProject.bin"] == b"macros"
    assert result.report.notes == ("The macros are untouched, and their signature is still valid.",)


def test_a_protected_sheet_is_changed_and_it_is_said():
    protected = edited(
        simple({"A1": 1}), SHEET, b"</sheetData>", b'</sheetData><sheetProtection sheet="1"/>'
    )
    result = patch(protected, [SetCell("Fees", "A1", 2)])
    assert "protected" in result.report.notes[0]
    assert b'<sheetProtection sheet="1"/>' in members(result.data)[SHEET]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<sheetData>", b'<!DOCTYPE x [<!ENTITY a "b">]><sheetData>', "corrupt"),
        (b"</row>", b"", "corrupt"),
        (b"<sheetData>", b"<sheetData><oops/>", "corrupt"),
        (b'<row r="2"', b'<row r="1"', "corrupt"),
        (b'<c r="B1"', b'<c r="A1"', "corrupt"),
        (b'<c r="B1"', b'<c r="B7"', "corrupt"),
        (b"</worksheet>", b"", "corrupt"),
        (b"<sheetData>", b'<sheetData xmlns:y="%s">' % b"http://schemas.openxmlformats.org/"
         b"spreadsheetml/2006/main", "corrupt"),
    ],
    ids=["doctype", "open row", "stranger", "rows", "cells", "address", "cut off", "namespace"],
)  # fmt: skip
def test_a_worksheet_the_patcher_cannot_follow_is_refused(old, new, reason):
    before = edited(simple({"A1": 1, "B1": 2, "A2": 3}), SHEET, old, new)
    with pytest.raises(Refused) as refusal:
        patch(before, [SetCell("Fees", "C1", 5), SetCell("Fees", "C5", 5)])
    assert refusal.value.reason == reason


TOKENS = (b"<", b">", b'"', b"/", b"&", b"<!--", b"]]>", b'r="', b"A1", b"1048577", b"-1", b"\x00")
EDITS = (
    [SetCell("Fees", "B3", 5), SetCell("Fees", "AA9", "x")],
    [AppendRows("Fees", [{"A": 1}])],
    [AppendRows("Fees", [{"B": 1}], table="T")],
    [InsertRows("Fees", 5, 2)],
    [DeleteRows("Fees", 5, 1)],
    [SetNote("Fees", "B3", "note")],
    [AddSheet("New", [[1]])],
    [SetProperty("a", "b")],
)


def mutated(random_, data):
    changed = bytearray(data)
    for _ in range(random_.randint(1, 3)):
        at = random_.randrange(len(changed) + 1)
        if random_.random() < 0.5:
            changed[at:at] = random_.choice(TOKENS)
        else:
            del changed[at : at + random_.randint(1, 25)]
    return bytes(changed)


@pytest.mark.parametrize("seed", range(120))
def test_a_damaged_workbook_is_patched_or_refused_and_nothing_else(seed):
    random_ = random.Random(seed)
    parts = members(rich())
    target = random_.choice([n for n in parts if n.endswith(("xml", "rels", "vml"))])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, mutated(random_, data) if name == target else data)
    data = buffer.getvalue()
    if random_.random() < 0.2:
        data = mutated(random_, data)
    with contextlib.suppress(Refused):
        assert patch(data, random_.choice(EDITS)).data.startswith((b"PK", data[:2]))


DAY = dt.date(2026, 1, 1)
RELATED = {
    "styles": ("xl/workbook.xml", "styles", "styles.xml", SetCell("Fees", "B2", DAY)),
    "properties": ("", "custom-properties", "docProps/custom7.xml", SetProperty("a", "b")),
    "notes": (SHEET, "comments", "../comments7.xml", SetNote("Fees", "A1", "look", "Ann")),
    "drawing": (SHEET, "vmlDrawing", "../drawings/vmlDrawing7.vml", SetNote("Fees", "A1", "look")),
}  # fmt: skip


def dangling(source: str, kind: str, target: str) -> bytes:
    """A workbook that relates to a part that is missing, under its type or not."""
    uri = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind
    one = f'<Relationship Id="rId90" Type="{uri}" Target="{target}"/></Relationships>'
    found = {n: b for n, b in members(simple({"A1": 1})).items() if n != "xl/styles.xml"}
    name = rels_name(source)
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    listed = re.sub(
        rb"<Relationship [^>]*styles[^>]*>", b"", found.get(name, empty + b"</Relationships>")
    )
    found[name] = listed.replace(b"</Relationships>", one.encode())
    if kind == "vmlDrawing":
        found[SHEET] = found[SHEET].replace(
            b"</worksheet>",
            b'<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships" r:id="rId90"/></worksheet>',
        )
    return zipped(found)


@pytest.mark.parametrize("what", RELATED)
def test_a_part_that_is_missing_comes_where_it_was_meant_to_be(what):
    source, kind, target, edit = RELATED[what]
    after = patch(dangling(source, kind, target), [edit]).data
    found = members(after)
    assert found[rels_name(source)].count(kind.encode() + b'"') == 1
    assert resolve(source, target) in found
    names = re.findall(rb'PartName="([^"]*)"', found["[Content_Types].xml"])
    assert len(names) == len(set(names))
    workbook = open_workbook(after)
    assert workbook.grid("Fees").at(1, 1) == 1
    if what == "styles":
        assert workbook.grid("Fees").at(2, 2) == DAY
    elif what == "properties":
        assert workbook.properties == {"a": "b"}
    else:
        assert workbook.grid("Fees").notes == {"A1": "look"}


def test_a_number_needs_no_list_of_formats():
    data = dangling("xl/workbook.xml", "styles", "styles.xml")
    assert patch(data, [SetCell("Fees", "C1", 5)]).report.parts == (SHEET,)


def test_a_new_sheet_does_not_take_the_name_of_one_that_is_missing():
    found = members(simple({"A1": 1}, ("Fees", "Other")))
    del found["xl/worksheets/sheet2.xml"]
    after = open_workbook(patch(zipped(found), [AddSheet("New", [["here"]])]).data)
    assert [sheet.part for sheet in after.sheets] == [
        SHEET, "", "xl/worksheets/sheet3.xml"
    ]  # fmt: skip
