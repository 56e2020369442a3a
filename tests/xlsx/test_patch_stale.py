"""Results of formulas: those that depend on a change are dropped, all others stay."""

import shutil
import subprocess
from collections import OrderedDict

import pytest

from sheetrecord.model.value import UNKNOWN, Formula
from sheetrecord.xlsx import (
    AddSheet,
    AppendRows,
    DeleteRows,
    InsertRows,
    RemoveSheet,
    SetCell,
    SetProperty,
    open_workbook,
    patch,
)
from sheetrecord.xlsx.formula import sorted_formulas as formulas
from sheetrecord.xlsx.formula import stale_results
from xlsx.makebooks import edited, members, rebuilt, simple, values

SHEET = "xl/worksheets/sheet1.xml"
BOOK = {
    "A1": 1,
    "A2": 2,
    "A3": 3,
    "B1": ("=A1*10", 10),
    "B2": ("=A2*10", 20),
    "B3": ("=A3*10", 30),
    "C1": ("=B1", 10),
    "C2": ("=C1+B2", 30),
    "C3": ("=C2+B3", 60),
    "D1": ("=SUM(A1:A2)", 3),
    "D2": ("=SUM(A:A)", 6),
    "D3": ("=LOG10(100)", 2),
    "E1": ('=F1&"A2"', "A2"),
    "E9": ('=INDIRECT("A3")', 3),
    "E3": ("=SUM(Two!A1:A9)", 0),
    "Two!B1": ("=Fees!A2+1", 3),
    "Two!B2": ("=B1*2", 6),
    "Two!B3": ("=SUM(Fees!1:2)", 103),
    "Two!B4": ("=SUM(One:Two!A1)", 0),
}


def unknown(data):
    """Return the formulas without a result, as ``Sheet!Cell`` without the first sheet's name."""
    found = set()
    for sheet, prefix in (("Fees", ""), ("Two", "Two!")):
        for ref, value in values(data, sheet).items():
            if isinstance(value, Formula) and value.cached is UNKNOWN:
                found.add(prefix + ref)
    return found


@pytest.mark.parametrize(
    ("edit", "stale"),
    [
        (SetCell("Fees", "A1", 5), "B1 C1 C2 C3 D1 D2 E9 Two!B3"),
        (SetCell("Fees", "A2", 5), "B2 C2 C3 D1 D2 E9 Two!B1 Two!B2 Two!B3"),
        (SetCell("Fees", "A3", 5), "B3 C3 D2 E9 Two!B3"),
        (SetCell("Fees", "Z9", 5), "E9"),
        (SetCell("Two", "A1", 5), "E3 E9"),
        (AppendRows("Fees", [{"A": 4, "B": 1, "C": 1, "D": 1, "E": 1}]), "D2 E9 Two!B3"),
        (DeleteRows("Fees", 2), "C2 D1 E8 Two!B1 Two!B2 Two!B3"),
        (InsertRows("Fees", 2), "D1 D3 E10 Two!B3"),
    ],
    ids=str,
)
def test_exactly_the_dependants_lose_their_results(edit, stale):
    before = simple(BOOK, ("Fees", "Two"))
    after = patch(before, [edit]).data
    assert unknown(after) == set(stale.split())


def test_a_change_nothing_depends_on_touches_one_part():
    before = simple({k: v for k, v in BOOK.items() if "INDIRECT" not in str(v)}, ("Fees", "Two"))
    assert patch(before, [SetCell("Fees", "F9", 5)]).report.parts == (SHEET,)


def test_names_tables_and_shared_formulas_are_followed():
    book = simple({"A1": 1, "A2": 2, "B1": ("=A1*2", 2), "B2": ("=A2*2", 4), "C1": ("=Rate*2", 2)})
    book = edited(book, SHEET, b"<f>A1*2</f>", b'<f t="shared" ref="B1:B2" si="7">A1*2</f>')
    book = edited(book, SHEET, b"<f>A2*2</f>", b'<f t="shared" si="7"/>')
    names = b'<definedNames><definedName name="Rate">Fees!$A$1</definedName></definedNames><calcPr'
    book = edited(book, "xl/workbook.xml", b"<calcPr", names)
    assert unknown_first(patch(book, [SetCell("Fees", "A2", 9)]).data) == {"B2"}
    assert unknown_first(patch(book, [SetCell("Fees", "A1", 9)]).data) == {"B1", "C1"}


def unknown_first(data):
    return {
        ref
        for ref, value in values(data).items()
        if isinstance(value, Formula) and value.cached is UNKNOWN
    }


def test_an_array_formula_loses_the_results_of_all_its_cells():
    book = simple({"A1": 1, "B1": ("=A1:A2*2", 2), "B2": 4})
    book = edited(book, SHEET, b"<f>A1:A2*2</f>", b'<f t="array" ref="B1:B2">A1:A2*2</f>')
    after = members(patch(book, [SetCell("Fees", "A1", 9)]).data)[SHEET]
    assert b'<c r="B2"></c>' in after


def test_a_dropped_text_result_leaves_no_type_behind():
    book = simple({"A1": "x", "B1": ('=A1&"!"', "x!")})
    after = members(patch(book, [SetCell("Fees", "A1", "y")]).data)[SHEET]
    assert b'<c r="B1"><f>A1&amp;"!"</f></c>' in after


def test_the_calculation_chain_goes_with_a_formula_that_goes():
    book = simple({"A1": ("=1+1", 2)})
    chain = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    rel = (
        b'<Relationship Id="rId99" Target="calcChain.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/calcChain"/></Relationships>'
    )
    kind = b'<Override PartName="/xl/calcChain.xml" ContentType="x/y"/></Types>'
    book = edited(book, "xl/_rels/workbook.xml.rels", b"</Relationships>", rel)
    book = edited(book, "[Content_Types].xml", b"</Types>", kind)
    book = with_part(book, "xl/calcChain.xml", chain)
    after = members(patch(book, [SetCell("Fees", "A1", 2)]).data)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]
    kept = members(patch(book, [SetCell("Fees", "A2", 2)]).data)
    assert kept["xl/calcChain.xml"] == chain


def with_part(data, name, content):
    import io
    import zipfile

    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_right_results_after_a_patch(tmp_path):
    before = simple({k: v for k, v in BOOK.items() if k != "Two!B4"}, ("Fees", "Two"))
    after = patch(before, [SetCell("Fees", "A2", 50), AppendRows("Fees", [{"A": 7}], after_row=3)])
    source = tmp_path / "book.xlsx"
    source.write_bytes(after.data)
    profile = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx"]
    command += ["--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    book = open_workbook(tmp_path / "out" / "book.xlsx")
    fees, two = book.grid("Fees"), book.grid("Two")
    seen = {ref: fees.cell(ref).cached for ref in ("B2", "C3", "D1", "D2", "B4", "C4")}
    assert seen == {"B2": 500, "C3": 540, "D1": 51, "D2": 61, "B4": 70, "C4": 610}
    assert [two.cell(ref).cached for ref in ("B1", "B2")] == [51, 102]


def test_formulas_known_from_an_earlier_patch_are_those_of_the_same_bytes_only(monkeypatch):
    monkeypatch.setattr(formulas, "_known", OrderedDict())
    book = simple(BOOK, ("Fees", "Two"))
    first = patch(book, [SetCell("Two", "A5", 1)]).data
    assert "B1" not in unknown(first)
    other = rebuilt(book, lambda n, b: (n, b.replace(b"A1*10", b"A3*10")))
    assert "B1" in unknown(patch(other, [SetCell("Fees", "A3", 5)]).data)
    again = patch(book, [SetCell("Fees", "A3", 5)]).data
    assert "B1" not in unknown(again)
    monkeypatch.setattr(formulas, "_known", OrderedDict())
    assert patch(book, [SetCell("Fees", "A3", 5)]).data == again


def test_a_formula_written_in_the_same_patch_is_followed(monkeypatch):
    monkeypatch.setattr(formulas, "_known", OrderedDict())
    data = simple({"A1": 1, "C1": ("=B1+1", 1)}, ("Fees", "Two"))
    edits = [SetCell("Fees", "B1", Formula("A1*2", 2)), SetProperty("between", 1)]
    assert unknown(patch(data, [*edits, SetCell("Fees", "A1", 4)]).data) == {"B1", "C1"}


def test_no_more_is_kept_of_formulas_than_is_said(monkeypatch):
    monkeypatch.setattr(formulas, "_known", OrderedDict())
    monkeypatch.setattr(formulas, "MOST_KEPT", 25)
    for turn in range(9):
        cells = {f"B{row}": (f"=A{row}*{turn}", 0) for row in range(1, 11)}
        patch(simple({"A1": 1, **cells}, ("Fees", "Two")), [SetCell("Two", "A1", 5)])
        assert sum(one.cells for one in formulas._known.values()) <= 25


LOOKS = {
    "another column is read": (b"<f>B1*2</f>", set()),
    "its column is read": (b"<f>A1*2</f>", {"D1"}),
    "an attribute goes before": (b'<f ca="1">A1*2</f>', {"D1"}),
    "white space stands in the tag": (b"<f\n>A1*2</f >", {"D1"}),
    "a comment stands before it": (b"<!-- a --><f>A1*2</f>", {"D1"}),
    "it is CDATA": (b"<f><![CDATA[A1*2]]></f>", {"D1"}),
    "it is written with entities": (b"<f>&#65;1*2</f>", {"D1"}),
    "a name with a number is read": (b"<f>Rate2*2</f>", {"D1"}),
    "an array is read": (b'<f t="array" ref="D1">SUM(A1:A9)</f>', {"D1"}),
}


@pytest.mark.parametrize(("formula", "stale"), LOOKS.values(), ids=LOOKS)
def test_a_look_at_the_kinds_of_formulas_misses_none_that_depends(formula, stale):
    book = simple({"A1": 1, "B1": 2, "C3": ("=B3*9", 0), "D1": ("=B9", 0)})
    book = edited(book, SHEET, b"<f>B9</f>", formula)
    names = b'<definedNames><definedName name="Rate2">Fees!$A$1</definedName></definedNames><calcPr'
    book = edited(book, "xl/workbook.xml", b"<calcPr", names)
    assert unknown_first(patch(book, [SetCell("Fees", "A1", 7)]).data) == stale


def test_formulas_are_sorted_only_when_one_may_depend_on_the_change(monkeypatch):
    asked = []
    monkeypatch.setattr(
        stale_results, "sort_out", lambda rows: asked.append(rows) or formulas.sort_out(rows)
    )
    source = simple({"A1": 1, "A2": 2, **{f"B{row}": (f"=A{row}*2", 0) for row in range(1, 40)}})
    patch(source, [SetCell("Fees", "D1", 7)])
    assert not asked
    patch(source, [SetCell("Fees", "A1", 7)])
    assert len(asked) == 1


DEPENDS = {
    "SUMIF adds as much as it tests": ("SUMIF(B1:B9,1,A1)", ""),
    "SUMIF with a smaller area": ("SUMIF(B1:B9,1,A1:A2)", ""),
    "SUMIF of another sheet's cell": ("SUMIF(B1:B9,1,Fees!$A$1)", ""),
    "AVERAGEIF adds as much as it tests": ('AVERAGEIF(B1:B9,">0",A1)', ""),
    "SUMIF of wider areas": ("SUMIF(Y1:Z9,1,XFD1)+SUMIF(B1:C9,1,Z1)*0+A5", ""),
    "SUMIF with a comma in quotes": ('SUMIF(B1:B9,",\'(",A1)', ""),
    "a name that evaluates": ("any", "EVALUATE(Fees!$B$1)"),
    "a name's function": ("any(1)", "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*Fees!$A$5)"),
}
APART = {
    "SUMIF that is even": ("SUMIF(B1:B4,1,A1:A4)", ""),
    "SUMIF that adds less than it is given": ("SUMIF(B1:B9,1,C1)", ""),
    "SUMIF of what it tests": ("SUMIF(B1:B9,1)", ""),
    "a name's function of other cells": ("any(1)", "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*Fees!$B$5)"),
    "a sheet's own name": ("both", "Fees!$A$5"),
}


def with_name(formula, text, more=""):
    book = simple({"A1": 1, "A5": 1, "B1": 1, "B2": 1, "D9": (f"={formula}", 7)}, ("Fees", "Two"))
    for name in ("any", "both") if text else ():
        names = f'<definedNames><definedName name="{name}">{text}</definedName>{more}'
        if name in formula:
            new = (names + "</definedNames><calcPr").encode()
            book = edited(book, "xl/workbook.xml", b"<calcPr", new)
    return book


@pytest.mark.parametrize("name", [*DEPENDS, *APART])
def test_what_a_function_or_a_name_reads_decides_whether_its_result_stays(name):
    formula, text = (DEPENDS | APART)[name]
    own = '<definedName name="both" localSheetId="0">Fees!$B$5</definedName>'
    book = with_name(formula, text, own if formula == "both" else "")
    after = unknown_first(patch(book, [SetCell("Fees", "A5", 9)]).data)
    assert after == ({"D9"} if name in DEPENDS else set())


NAMES = {
    "counts rows": ("ROW()", "ROW()", True),
    "uses one that does": ("COLUMN()+ROW(Fees!$A$1)", "COLUMN()+ROW(Fees!$A$1)", True),
    "the cell above": ("Fees!A1048576", "Fees!A1048576", True),
    "a column of its own row": ("Fees!$A1*2", "Fees!$A1*2", True),
    "down to its own row": ("SUM(Fees!$A$5:$A1)", "SUM(Fees!$A$6:$A1)", True),
    "a fixed cell": ("Fees!$A$5", "Fees!$A$6", False),
    "a whole column": ("SUM(Fees!$A:$A)", "SUM(Fees!$A:$A)", True),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_without_dollars_is_as_far_away_as_it_was(name):
    text, moved, stale = NAMES[name]
    after = patch(with_name("any+1", text), [InsertRows("Fees", 3)]).data
    assert f'name="any">{moved}<'.encode() in members(after)["xl/workbook.xml"]
    assert unknown_first(after) == ({"D10"} if stale else set())


@pytest.mark.parametrize("edit", [AddSheet("New"), AddSheet("New", [[1]]), RemoveSheet("Two")])
def test_what_counts_sheets_is_stale_when_one_comes_or_goes(edit):
    cells = {
        "A1": ("=_xlfn.SHEETS()", 2),
        "A2": ("=A1*2", 4),
        "A3": ("=_xlfn.SHEET()", 1),
        "A6": ("=Sheets()", 2),
    }
    book = simple({**cells, "A4": ("=B1*2", 0), "A5": "SHEETS("}, ("Fees", "Two"))
    assert unknown_first(patch(book, [edit]).data) == {"A1", "A2", "A3", "A6"}
    assert unknown_first(patch(book, [SetCell("Fees", "C1", 1)]).data) == set()


TWINS = {
    "names": ("*", ["ÄX1", "ÄX2"], ["Fees!$A$1", "Fees!$B$1"], ("Fees", "Two")),
    "sheets": ("!A1*", [], [], ("Fees", "Two 1", "Two 2")),
    "sheets with another letter": ("!A1*", [], [], ("Fees", "Zwö 1", "Zwö 2")),
    "sheets that are escaped": ("!A1*", [], [], ("Fees", "R&D's 1", "R&D's 2")),
}


@pytest.mark.parametrize("twin", TWINS)
def test_formulas_that_differ_in_the_number_of_a_name_are_told_apart(twin):
    between, names, texts, sheets = TWINS[twin]
    used = names or ["'" + sheet.replace("'", "''") + "'" for sheet in sheets[1:]]
    cells = {f"C{row}": (f"={name}{between}2", 7) for row, name in enumerate(used, 1)}
    others = {f"{sheet}!A1": 1 for sheet in sheets[1:]} if not names else {}
    book = simple({"A1": 1, "B1": 2, **cells, **others}, sheets)
    listed = "".join(
        f'<definedName name="{name}">{text}</definedName>'
        for name, text in zip(names, texts, strict=True)
    )
    if names:
        new = f"<definedNames>{listed}</definedNames><calcPr".encode()
        book = edited(book, "xl/workbook.xml", b"<calcPr", new)
    for row, place in enumerate(("A1", "B1") if names else ("A1", "A1"), 1):
        sheet = "Fees" if names else sheets[row]
        assert unknown_first(patch(book, [SetCell(sheet, place, 9)]).data) == {f"C{row}"}
