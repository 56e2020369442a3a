"""The second eyes see each kind of damage, and find none in what the patcher wrote."""

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from second_check import OPERATIONS, check_one, main
from second_laws import Judge, Unjudged
from sheetrecord.xlsx import Refused, SetCell, patch
from xlsx.makebooks import rich, simple

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def remade(data: bytes, part: str, content: Callable[[bytes], bytes | None]) -> bytes:
    """Return a workbook with one part changed, or left out for None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            held = content(old.read(name)) if name == part else old.read(name)
            if held is not None:
                new.writestr(name, held)
    return out.getvalue()


def swapped(part: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return lambda data: remade(data, part, change)


def without(part: str) -> Callable[[bytes], bytes]:
    return lambda data: remade(data, part, lambda _: None)


def twice(part: str) -> Callable[[bytes], bytes]:
    def damage(data: bytes) -> bytes:
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
            package.writestr(part, "<x/>")
        return out.getvalue()

    return damage


DAMAGES = {
    "a cell is gone": (swapped(SHEET, b'<c r="J12"', b'<c r="K12"'), "gone"),
    "a value is another": (swapped(SHEET, b's="1"><v>3</v>', b's="1"><v>4</v>'), ": 3 4"),
    "a formula is another": (swapped(SHEET, b"SUM(C4:C7)", b"SUM(C4:C8)"), "SUM"),
    "a result is another": (swapped(SHEET, b"<v>16</v>", b"<v>17</v>"), "shows 17"),
    "a look is another": (swapped(SHEET, b'r="C7" s="1"', b'r="C7" s="0"'), "looks"),
    "a look is not there": (swapped(SHEET, b'r="C7" s="1"', b'r="C7" s="99"'), "format that is"),
    "cells out of order": (swapped(SHEET, b'<c r="B4"', b'<c r="E4"'), "out of order"),
    "elements out of order": (swapped(SHEET, b"<sheetData>", b"<drawing/><sheetData>"), "order"),
    "a part is gone": (without("xl/charts/chart1.xml"), "chart1"),
    "a part is touched": (swapped("xl/tables/table1.xml", b'name="T"', b'name="U"'), "touched"),
    "a part is there twice": (twice("xl/styles.xml"), "twice"),
    "a type is gone": (swapped("[Content_Types].xml", b"/xl/styles.xml", b"/xl/x.xml"), "type"),
    "a sheet has another name": (swapped(BOOK, b'name="Fees"', b'name="Dues"'), "another name"),
    "a relationship is gone": (swapped(SHEET, b'<drawing r:id="rId', b'<drawing r:id="x'), "names"),
    "another cell was written": (
        swapped(SHEET, b'<c r="B7"', b'<c r="A7"><v>1</v></c><c r="B7"'),
        "not named",
    ),
}


@pytest.mark.parametrize(("damage", "law"), DAMAGES.values(), ids=DAMAGES)
def test_each_damage_is_seen(damage: Callable[[bytes], bytes], law: str) -> None:
    before = rich()
    patched = patch(before, [OPERATIONS["text"]("Fees")]).data
    Judge(before).check(patched, "text")
    with pytest.raises(AssertionError, match=law):
        Judge(before).check(damage(patched), "text")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_is_seen_in_what_the_patcher_wrote(operation: str) -> None:
    assert check_one(rich(), operation, None) in {"ok", "table", "table-heading"}
    assert check_one(simple({"A1": "x", "B3": 1, "C5": ("=B3+1", 2)}), operation, None) == "ok"


def test_rows_that_moved_to_another_place_are_seen() -> None:
    book = simple({"A1": "x", "B3": 1, "C5": 2})
    moved = patch(book, [OPERATIONS["insert"]("Fees"), SetCell("Fees", "C7", None)]).data
    with pytest.raises(AssertionError, match="R5C3: 2 None"):
        Judge(book).check(moved, "insert")


def test_a_file_that_is_no_workbook_is_not_judged() -> None:
    with pytest.raises(Unjudged):
        Judge(b"nothing")


def test_a_folder_is_checked_as_a_person_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "book.xlsx").write_bytes(simple({"B3": 1}))
    (tmp_path / "none.xlsx").write_bytes(b"")
    monkeypatch.setattr(sys, "argv", ["second_check.py", str(tmp_path)])
    assert main() == 0
    told = capsys.readouterr().out
    assert "2 workbooks: {'ok': 5, 'not judged: BadZipFile': 5}" in told

    def broken(data: bytes, edits: object) -> object:
        raise AssertionError("a cell is gone")

    monkeypatch.setattr("second_check.patch", broken)
    assert main() == 1
    assert "book.xlsx: one: a cell is gone" in capsys.readouterr().out


def test_a_refusal_is_counted_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(data: bytes, edits: object) -> object:
        raise Refused("signed", "Signed: sign it anew.")

    monkeypatch.setattr("second_check.patch", refuses)
    assert check_one(simple({"B3": 1}), "one", None) == "signed"


def test_changed_sheets_are_held_against_a_schema(tmp_path: Path) -> None:
    pytest.importorskip("lxml")
    main_ = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    (tmp_path / "sml.xsd").write_text(
        f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="{main_}">'
        '<xsd:element name="worksheet"><xsd:complexType><xsd:sequence>'
        '<xsd:any maxOccurs="6" processContents="skip"/></xsd:sequence>'
        '<xsd:anyAttribute processContents="skip"/></xsd:complexType></xsd:element></xsd:schema>',
        "utf-8",
    )
    book = simple({"B3": 1})
    judge = Judge(book, tmp_path)
    fine = patch(book, [OPERATIONS["one"]("Fees")]).data
    judge.check(fine, "one")
    more = swapped(SHEET, b"</worksheet>", b"<extLst/><extLst/></worksheet>")
    with pytest.raises(AssertionError, match="sheet1"):
        judge.check(more(fine), "one")
