"""Reader and patcher read one workbook: each hostile file gets one verdict from both.

A part that an operation has no need to open is copied byte for byte, so that what the reader says
of the workbook it says of the result.
"""

import re

import pytest

from sheetrecord.xlsx import (
    AddSheet,
    AppendRows,
    ClearCell,
    DeleteRows,
    InsertRows,
    Limits,
    Refused,
    RemoveNote,
    RemoveSheet,
    SetCell,
    SetChoices,
    SetColumn,
    SetName,
    SetNote,
    SetProperty,
    open_workbook,
    patch,
)
from sheetrecord.xlsx.archive.members import Container
from xlsx.hostile import DTD, FILES, ONE
from xlsx.readbook import MAIN, RELS, STYLES, book, parts, rels, worksheet, zipped

SHEET = "xl/worksheets/sheet1.xml"
ON_SHEET = {
    "a cell that is there": SetCell("Deal", "A1", 2),
    "a new cell": SetCell("Deal", "C9", "new"),
    "a cell emptied": ClearCell("Deal", "A1"),
    "rows appended": AppendRows("Deal", [{"A": 5}]),
    "rows inserted": InsertRows("Deal", 1, 1),
    "rows deleted": DeleteRows("Deal", 1, 1),
    "a note": SetNote("Deal", "A1", "look"),
    "a column": SetColumn("Deal", "B", "A"),
}
BESIDE = {
    "a note taken off": RemoveNote("Deal", "A1"),
    "a sheet added": AddSheet("New", [[1]]),
    "a sheet removed": RemoveSheet("Deal"),
    "a name": SetName("here", "Deal!$A$1"),
    "a property": SetProperty("a", "b"),
    "what drop-downs offer": SetChoices("Deal!$A$1:$A$2", "Deal!$A$1:$A$3"),
}
ROW = '<row r="7"><c r="A7" t="str"><v>{}</v></c></row>'
FORMULA = '<row r="1"><c r="A1"><f>{}</f><v>1</v></c></row>'
TEXT = '<row r="1"><c r="A1" t="str"><v>{}</v></c></row>'


def with_part(name: str, body: str | bytes) -> bytes:
    return zipped(parts(ONE) | {name: body})


def other(name: str, body: str, kind: str) -> bytes:
    """A workbook whose sheet has one more part."""
    extra = {"xl/worksheets/_rels/sheet1.xml.rels": rels(("rId1", kind, f"../{name}"))}
    tail = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>' * (kind == "table")
    return zipped(parts(worksheet(ONE, after=tail)) | extra | {f"xl/{name}": body})


REFUSED = {name: data for name, (data, _) in FILES.items()} | {
    "an entity that is not there": book(TEXT.format("&nbsp;")),
    "an entity that is not there in a formula": book(FORMULA.format("A2&B2")),
    "an entity in an error value": book(
        '<row r="1"><c r="A1" t="e"><v>&REF!</v></c><c r="B1"><v>1</v></c></row>'
    ),
    "a character that is none": book(TEXT.format("&#0;")),
    "a character above all": book(TEXT.format("&#x110000;")),
    "a bare ampersand in an attribute": book(worksheet(ONE, before='<dimension ref="A1&B2"/>')),
    "a control character": book(TEXT.format("a\x01")),
    "a surrogate": book(TEXT.format("&#xD800;")),
    "an entity in the workbook": with_part(
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="&deal;" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
    ),
    "an entity in the list of parts": with_part(
        "xl/_rels/workbook.xml.rels",
        rels(("rId1", "worksheet", "worksheets/sheet1.xml")).replace("sheet1", "&s;"),
    ),
    "a document type in the list of parts": with_part(
        "xl/_rels/workbook.xml.rels", DTD + rels(("rId1", "worksheet", "worksheets/sheet1.xml"))
    ),
    "a document type in the list of types": with_part("[Content_Types].xml", DTD + "<Types/>"),
    "a list of types in an encoding nobody uses": with_part(
        "[Content_Types].xml", '<?xml version="1.0" encoding="UTF-7"?><Types/>'
    ),
    "deep nesting in the list of parts": with_part("[Content_Types].xml", "<a>" * 200),
    "deep nesting in a cell": book(
        f'<row r="1"><c r="A1">{"<x>" * 90}{"</x>" * 90}<v>1</v></c></row>'
    ),
    "a row's tags crossed": book('<row r="1"><c r="A1"><v>1</c></v></row>'),
    "a comment without an end": book(worksheet(ONE + "<!-- ")),
    "an instruction without an end": book(worksheet(ONE + "<?x ")),
    "CDATA without an end": book(TEXT.format("<![CDATA[x")),
    "a part said to be Latin 1 that is UTF-16": book(
        '<?xml version="1.0" encoding="ISO-8859-1"?>'.encode("utf-16") + worksheet(ONE).encode()
    ),
    "the attribute of a tag twice": book('<row r="1" r="1"><c r="A1"><v>1</v></c></row>'),
    "a table with a document type": other("t.xml", DTD + f'<table xmlns="{MAIN}"/>', "table"),
    "a table in a foreign vocabulary": other("t.xml", '<table xmlns="urn:x"/>', "table"),
    "notes with a document type": other("c.xml", DTD + f'<comments xmlns="{MAIN}"/>', "comments"),
    "notes with an entity": other(
        "c.xml",
        f'<comments xmlns="{MAIN}"><commentList><comment ref="A1"><text><t>&x;</t></text>'
        "</comment></commentList></comments>",
        "comments",
    ),
    "a sheet under two names": zipped(
        parts(ONE) | {"xl/worksheets/SHEET1.XML": worksheet(ONE)}
    ),
    "a sheet under a path from the root, twice": zipped(
        parts(ONE) | {"/xl/worksheets/sheet1.xml": worksheet(ONE)}
    ),
}  # fmt: skip

LARGE = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}" t="str"><v>some text here</v></c></row>'
ROWS = "".join(map(LARGE.format, range(1, 16_001)))

READ = {
    "plain": book(ONE),
    "UTF-16": book(worksheet(ONE).encode("utf-16")),
    "UTF-16 with its declaration": book(
        ('<?xml version="1.0" encoding="UTF-16"?>' + worksheet(ONE)).encode("utf-16")
    ),
    "UTF-16 without a mark": book(worksheet(ONE).encode("utf-16-le")),
    "a byte-order mark": book(b"\xef\xbb\xbf" + worksheet(ONE).encode()),
    "a mark before another declaration": book(
        b'\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?>' + worksheet(ONE).encode()
    ),
    "Latin 1": book(
        b'<?xml version="1.0" encoding="ISO-8859-1"?>'
        + worksheet(ONE + ROW.format("\xe4")).encode("latin-1")
    ),
    "instructions": book("<?x y?>" + worksheet(ONE, before="<?z <sheetData> ?>")),
    "CDATA": book(ONE.replace("<v>1</v>", "<v><![CDATA[1]]></v>")),
    "comments inside a cell": book(ONE.replace("<v>", "<!-- <v>9</v> &none; --><v>")),
    "a prefix for every element": book(
        re.sub(r"<(/?)(\w)", r"<\1x:\2", worksheet(ONE)).replace("xmlns=", "xmlns:x=")
    ),
    "a part named from the root": zipped(
        {("/" + name if "sheet1" in name else name): body for name, body in parts(ONE).items()}
    ),
    "a part named with backslashes": zipped(
        {name.replace("/", "\\"): body for name, body in parts(ONE).items()}
    ),
    "a huge attribute": book(worksheet(ONE, before=f'<sheetPr codeName="{"a" * 500_000}"/>')),
    "references to characters": book(ONE + ROW.format("&#65;&#x42;&amp;&lt;")),
    "styles in another dress": zipped(
        parts(ONE) | {"xl/styles.xml": "<!-- & -->" + STYLES.replace('"0"', "'0'")}
    ),
}  # fmt: skip


def read(data: bytes, limits: Limits | None = None):
    with open_workbook(data, limits) as workbook:
        grid = workbook.grid(workbook.sheets[0].name)
        _ = grid.tables, grid.notes
        return grid


def verdict(look, *words) -> tuple[str, str]:
    """Return reason and sentence of a refusal; ("", "") when there is none."""
    try:
        look(*words)
    except Refused as refused:
        return refused.reason, str(refused)
    return "", ""


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_reader_refuses_each_operation_refuses_in_the_same_words(name):
    said = verdict(read, REFUSED[name])
    assert said[0]
    assert {what: verdict(patch, REFUSED[name], [edit]) for what, edit in ON_SHEET.items()} == (
        dict.fromkeys(ON_SHEET, said)
    )


@pytest.mark.parametrize("operation", BESIDE)
@pytest.mark.parametrize("name", REFUSED)
def test_what_an_operation_has_no_need_to_open_is_copied_as_it_is(name, operation):
    data, edit = REFUSED[name], BESIDE[operation]
    said = verdict(read, data)
    mine = verdict(patch, data, [edit])
    if mine[0]:
        assert mine[0] in {said[0], verdict(patch, READ["plain"], [edit])[0]}
    else:
        after = patch(data, [edit]).data
        assert verdict(read, after) == said
        if Container(data).find(SHEET):
            assert Container(after).raw(SHEET).data == Container(data).raw(SHEET).data


@pytest.mark.parametrize("operation", ON_SHEET | BESIDE)
@pytest.mark.parametrize("name", READ)
def test_what_the_reader_reads_each_operation_changes(name, operation):
    edit = (ON_SHEET | BESIDE)[operation]
    assert read(READ[name]).at(1, 1) == 1
    assert verdict(patch, READ[name], [edit]) == verdict(patch, READ["plain"], [edit])
    if not verdict(patch, READ[name], [edit])[0]:
        after, plain = (patch(data, [edit]).data for data in (READ[name], READ["plain"]))
        for column in (1, 2, 3):
            for row in (1, 9):
                assert read(after).at(row, column) == read(plain).at(row, column)


LIMITS = {
    "inflated": (Limits(inflated=300), book(ONE)),
    "ratio": (Limits(ratio=2, floor=10), book(ONE * 3)),
    "depth": (Limits(depth=3), book(ONE + '<row r="2"><x><y/></x></row>')),
    "tags": (Limits(tags=2), book(ONE)),
    "names": (
        Limits(names=1),
        book(
            ONE,
            names='<definedNames><definedName name="a">1</definedName>'
            '<definedName name="b">1</definedName></definedNames>',
        ),
    ),
    "cells": (Limits(cells=1), book(ONE + ROW.format("1"))),
    "strings": (Limits(strings=1), book(ONE, "<si><t>a</t></si><si><t>b</t></si>")),
    "item": (Limits(item=100_000), book(f'<row r="1">{"<c/>" * 40_000}</row>')),
    "formulas": (
        Limits(formulas=-25_000),
        book(
            '<row r="1"><c r="A1"><f t="shared" ref="A1:A9" si="0">B1+B2+B3+B4</f><v>1</v></c>'
            "</row>"
            + "".join(
                f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"/><v>1</v></c></row>'
                for row in range(2, 9)
            )
        ),
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_holds_for_the_reader_and_for_each_operation(limit):
    limits, data = LIMITS[limit]
    said = verdict(read, data, limits)
    assert f'(limit "{limit}")' in said[1]
    for edit in ON_SHEET.values():
        assert verdict(patch, data, [edit], None, limits) == said


@pytest.mark.parametrize("paged", [False, True])
def test_the_limit_of_cells_holds_for_a_sheet_too_large_to_be_read_first(paged, monkeypatch):
    if paged:
        monkeypatch.setattr("sheetrecord.xlsx.archive.compressed.large", 500_000)
    data = book(worksheet(ROWS))
    for cells in (31_999, 32_000):
        limits = Limits(cells=cells)
        said = verdict(read, data, limits)
        assert bool(said[0]) == (cells < 32_000)
        for edit in ON_SHEET.values():
            assert verdict(patch, data, [edit], None, limits) == said


def test_the_limit_of_a_file_holds_for_the_patcher_too(tmp_path):
    path = tmp_path / "film.xlsx"
    with path.open("wb") as file:
        file.write(b"PK")
        file.truncate(8 << 30)  # a hole: it takes no room
    edit = [SetCell("Deal", "A1", 1)]
    assert verdict(patch, path, edit) == verdict(open_workbook, path)
    assert 'limit "file"' in verdict(patch, path, edit)[1]
    for odd in (tmp_path, tmp_path / "none.xlsx"):
        assert verdict(patch, odd, edit) == verdict(open_workbook, odd)
        assert verdict(patch, odd, edit)[0]


TOO_LARGE_TO_READ_WHOLE = {
    "a document type": DTD + worksheet(ROWS),
    "an entity that is not there": worksheet(ROWS.replace("text", "&text;", 1)),
    "a character that is none": worksheet(ROWS.replace("text", "&#1;", 1)),
    "a comment without an end": worksheet(ROWS + "<!-- "),
    "bytes that are no UTF-8": worksheet(ROWS).encode().replace(b"text", b"\xff", 1),
    "an encoding nobody uses": '<?xml version="1.0" encoding="UTF-7"?>' + worksheet(ROWS),
    "half a UTF-16 part": worksheet(ROWS).encode("utf-16")[:-1],
    "deep nesting after the rows": worksheet(ROWS, after="<a>" * 90 + "</a>" * 90),
    "the end missing": worksheet(ROWS)[:-20],
}  # fmt: skip


@pytest.mark.parametrize("paged", [False, True])
@pytest.mark.parametrize("name", TOO_LARGE_TO_READ_WHOLE)
def test_a_sheet_too_large_to_be_read_first_is_refused_for_the_same_reason(
    name, paged, monkeypatch
):
    if paged:
        monkeypatch.setattr("sheetrecord.xlsx.archive.compressed.large", 500_000)
    data = book(TOO_LARGE_TO_READ_WHOLE[name])
    reason = verdict(read, data)[0]
    assert reason
    for edit in ON_SHEET.values():
        assert verdict(patch, data, [edit])[0] == reason
