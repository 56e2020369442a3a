"""What annotating needs of the patcher: formats of a new sheet, names, notes by the hundred."""

import io
import re
import sys
import zipfile
from collections.abc import Callable

import pytest

from messy import firm
from sheetrecord.model.sheet_style import ColumnStyle, ConditionalFormat, Look, SheetStyle
from sheetrecord.model.value import Formula
from sheetrecord.xlsx import (
    AddSheet,
    Refused,
    RemoveNote,
    RemoveSheet,
    SetName,
    SetNote,
    open_workbook,
    patch,
)

TALL, LOUD = Look(bold=True, size=14), Look(wrap=True, fill="FFE9E9", colour="B00020")
STYLE = SheetStyle("ours", (ColumnStyle(12, TALL), ColumnStyle(12, LOUD)))
NEW = AddSheet("New", [["Hi", "there"]], style=STYLE)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_a_new_sheet_brings_its_own_looks() -> None:
    from openpyxl import load_workbook

    data = patch(firm.workbook(), [NEW]).data
    sheet = load_workbook(io.BytesIO(data))["New"]
    assert (sheet["A1"].font.b, sheet["A1"].font.sz) == (True, 14)
    assert sheet["B1"].alignment.wrap_text
    assert sheet["B1"].fill.fgColor.rgb == "FFFFE9E9"
    assert sheet["B1"].font.color.rgb == "FFB00020"


RED = Look(bold=True, colour="C00000", rule=True)
COLOURED = NEW._replace(
    style=SheetStyle(
        "red", (ColumnStyle(12, TALL, rules=(ConditionalFormat("notEqual", "0", RED),)),)
    )
)


@pytest.mark.parametrize("kept", ["as it is", "an empty list", "no list"])
def test_a_new_sheet_brings_its_own_conditional_formats(kept: str) -> None:
    from openpyxl import load_workbook

    data = firm.workbook()
    if kept != "as it is":
        empty = b"<dxfs/>" if kept == "an empty list" else b""
        data = rewritten(data, rb"<dxfs\b[^>]*?(?:/>|>.*?</dxfs>)", empty)
        data = rewritten(data, rb"<conditionalFormatting\b.*?</conditionalFormatting>", b"")
    new = patch(data, [COLOURED]).data
    book = load_workbook(io.BytesIO(new))
    ((area, (rule,)),) = book["New"].conditional_formatting._cf_rules.items()
    assert (str(area.sqref), rule.dxf.font.b, rule.dxf.font.color.rgb) == (
        "A1:A20000",
        True,
        "FFC00000",
    )
    again = patch(new, [RemoveSheet("New"), COLOURED])
    assert parts(again.data)["xl/styles.xml"] == parts(new)["xl/styles.xml"]


def rewritten(data: bytes, pattern: bytes, text: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, part in parts(data).items():
            file.writestr(name, re.sub(pattern, text, part, flags=re.DOTALL))
    return out.getvalue()


def test_looks_that_are_there_are_not_added_again() -> None:
    once = patch(firm.workbook(), [NEW]).data
    twice = patch(once, [RemoveSheet("New"), NEW]).data
    assert parts(twice)["xl/styles.xml"] == parts(once)["xl/styles.xml"]


def test_a_colour_that_is_none_is_refused() -> None:
    style = SheetStyle("odd", (ColumnStyle(9, Look(colour="red")),))
    with pytest.raises(Refused, match="'red' is not a colour"):
        patch(firm.workbook(), [AddSheet("New", [["x"]], style=style)])


@pytest.mark.parametrize("already", [True, False], ids=["among others", "the first name"])
def test_a_name_is_set_changed_and_removed_without_a_trace(already: bool) -> None:
    data = firm.workbook()
    if not already:
        data = firm.edited(data, lambda book: [book.defined_names.clear(), *strip(book)])
    set_ = patch(data, [SetName("mark", "Deal!$A$1")]).data
    changed = patch(set_, [SetName("MARK", "Deal!$A$2")]).data
    names = [(n.name, n.text) for n in open_workbook(changed).names if n.name.lower() == "mark"]
    assert names == [("MARK", "Deal!$A$2")]
    assert parts(patch(changed, [SetName("mark", None)]).data) == parts(data)


def strip(book: object) -> list[object]:
    for sheet in book:  # type: ignore[attr-defined]
        sheet.auto_filter.ref = None
        sheet.print_title_rows = None
        sheet.print_area = None
    return []


@pytest.mark.parametrize("name", ["A1", "R1C1", "1x", "two words", ""])
def test_a_name_that_reads_as_a_cell_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="cannot name cells"):
        patch(firm.workbook(), [SetName(name, "Deal!$A$1")])


def calls(act: Callable[[], object]) -> int:
    """Return how many functions of Python a piece of work calls: the same on any machine."""
    counted = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return counted


def test_many_notes_cost_little_more_than_one_and_go_again() -> None:
    data = firm.workbook()
    edits = [SetNote("Deal", f"F{row}", f"note {row}", "me") for row in range(4, 1004)]
    patch(data, edits[:1])  # what is compiled and cached at first is not counted
    few, many = (calls(lambda n=n: patch(data, edits[:n])) for n in (10, 1000))
    assert many < 10 * few  # the parts are read once, however many notes there are
    noted = patch(data, edits).data
    assert len(open_workbook(noted).grid("Deal").notes) == 1000
    gone = patch(noted, [RemoveNote("Deal", f"F{row}") for row in range(4, 1004)]).data
    assert not open_workbook(gone).grid("Deal").notes
    assert b"<v:shape " not in parts(gone)["xl/drawings/vmlDrawing1.vml"]


def test_the_last_edit_of_a_cells_note_counts() -> None:
    edits = [SetNote("Deal", "F4", "one"), RemoveNote("Deal", "F4"), SetNote("Deal", "f4", "two")]
    assert open_workbook(patch(firm.workbook(), edits).data).grid("Deal").notes == {"F4": "two"}


@pytest.mark.parametrize(
    "attributes",
    ["", ' aca="false"', ' ca="1"', ' t="shared" si="0" ref="A1:A2"', ' t="array" ref="A1"'],
    ids=["plain", "as LibreOffice writes", "volatile", "shared", "array"],
)
def test_a_formula_is_a_formula_when_only_results_are_read(attributes: str) -> None:
    cell = f'<c r="A1" t="n"><f{attributes}>1+1</f><v>2</v></c>'.encode()
    data = rewritten(
        patch(firm.workbook(), [AddSheet("New", [["a cell"]])]).data,
        rb'<c r="A1"[^>]*><is><t>a cell</t></is></c>',
        cell,
    )
    read = open_workbook(data, formulas=False).grid("New").at(1, 1)
    assert isinstance(read, Formula)
    assert read.cached == 2
