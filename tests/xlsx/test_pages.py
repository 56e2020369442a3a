"""A large sheet, read and written a page at a time, is patched as one that is held whole."""

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.model.sheet_style import ColumnStyle, SheetStyle
from sheetrecord.model.value import Formula
from sheetrecord.xlsx import (
    AddSheet,
    AppendRows,
    ClearCell,
    DeleteRows,
    Edit,
    InsertRows,
    Refused,
    RemoveSheet,
    SetCell,
    SetName,
    SetNote,
    patch,
)
from sheetrecord.xlsx.addresses import cell_name
from sheetrecord.xlsx.archive import compressed
from sheetrecord.xlsx.archive import members as archive
from sheetrecord.xlsx.archive.members import Container
from sheetrecord.xlsx.write.draft import PackageDraft
from xlsx.makebooks import DRESSES, edited, members, rich, simple, values

SHEET = "xl/worksheets/sheet1.xml"


@contextmanager
def small_pages(size: int = 300) -> Iterator[None]:
    """Let every sheet count as large, and a page hold a row or two."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compressed, "large", 1)
        patched.setattr(compressed, "CHUNK", size)
        patched.setattr(archive, "CHUNK", size)
        yield


def both(book: bytes, edits: list[Edit]) -> tuple[object, object]:
    """Return what becomes of a book held whole and in pages: its parts and report, or why not."""
    with small_pages():
        paged = outcome(book, edits)
    return outcome(book, edits), paged


def outcome(book: bytes, edits: list[Edit]) -> object:
    try:
        done = patch(book, edits)
    except Refused as refused:
        return str(refused), refused.reason
    return members(done.data), done.report


PLANS = {
    "cells there and not": [SetCell("Fees", "C5", 9), SetCell("Fees", "M30", "new")],
    "a row between others": [SetCell("Fees", "B10", "x"), SetCell("Fees", "B9", "y")],
    "another's look": [SetCell("Fees", "C6", 1.5, style_from="F4")],
    "a formula with its result": [SetCell("Fees", "C4", Formula("1+1", 2))],
    "a formula that goes": [ClearCell("Fees", "A21")],
    "a result that goes elsewhere": [SetCell("It's other", "B9", 1), SetCell("Fees", "C20", 1)],
    "a merged cell": [SetCell("Fees", "K13", 1)],
    "a heading": [SetCell("Fees", "C3", "Sum")],
    "rows below a table": [AppendRows("Fees", [{"B": "q", "C": 1}] * 3, table="T")],
    "rows gone": [DeleteRows("Fees", 5, 2)],
    "rows between": [InsertRows("Fees", 5, 2)],
    "a note": [SetNote("Fees", "B8", "look")],
    "a name": [SetName("amounts", "Fees!$C$4"), SetName("more", "Fees!$A$1")],
    "one thing after another": [
        SetCell("Fees", "C5", 9),
        AppendRows("Fees", [{"B": "q", "C": 1}], table="T"),
        SetCell("Fees", "C6", 9),
        DeleteRows("Fees", 4),
        SetCell("It's other", "A1", 3),
    ],
    "a sheet more, and less": [
        AddSheet("New", [[1, 2], [Formula("A1*2"), "x"]]),
        SetCell("New", "A1", 5),
        RemoveSheet("New"),
    ],
}


@cache
def dressed(dress: str) -> bytes:
    return DRESSES[dress](rich())


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("plan", PLANS)
def test_a_sheet_in_pages_becomes_what_the_whole_sheet_becomes(dress, plan):
    whole, paged = both(dressed(dress), PLANS[plan])
    assert paged == whole


CELL = st.one_of(
    st.integers(0, 99),
    st.sampled_from(
        ("a", ("=A1*2", 2), ("=SUM(A$1:A9)", 3), ("=B2&C3", "t"), ("=SUM(B:B)", 1), ("=D1", 0))
    ),
)
GRID = st.dictionaries(st.builds(cell_name, st.integers(1, 30), st.integers(1, 6)), CELL)
VALUE = st.one_of(st.integers(0, 9), st.just("new"), st.just(Formula("A2+1", 4)), st.none())
PLAN = st.dictionaries(
    st.builds(cell_name, st.integers(1, 33), st.integers(1, 7)), VALUE, min_size=1, max_size=9
)


@examples(80)
@given(GRID, PLAN, st.integers(200, 900))
def test_any_cells_of_any_sheet_are_written_alike(grid, plan, size):
    book = simple(grid)
    edits = [SetCell("Fees", ref, value) for ref, value in plan.items()]
    with small_pages(size):
        paged = outcome(book, edits)
    assert paged == outcome(book, edits)


def with_shared(count: int) -> bytes:
    """Return a book whose column B is one shared formula over many pages."""
    grid = {f"A{row}": row for row in range(1, count + 1)}
    grid |= {f"B{row}": (f"=A{row}*2", row * 2) for row in range(1, count + 1)}
    book = simple(grid)
    first = b'<f t="shared" ref="B1:B%d" si="0">A1*2</f>' % count
    book = edited(book, SHEET, b"<f>A1*2</f>", first)
    for row in range(2, count + 1):
        book = edited(book, SHEET, b"<f>A%d*2</f>" % row, b'<f t="shared" si="0"/>')
    return book


@pytest.mark.parametrize("gone", [1, 2, 39], ids=["the next", "two", "all but the last"])
def test_the_text_of_a_shared_formula_goes_to_the_next_cell_in_whatever_page(gone):
    edits = [SetCell("Fees", f"B{row}", 0) for row in range(1, gone + 1)]
    whole, paged = both(with_shared(40), edits)
    assert paged == whole
    assert b">A%d*2</f>" % (gone + 1) in paged[0][SHEET]


def test_a_part_of_an_array_formula_far_below_is_refused():
    grid = {f"A{row}": row for row in range(1, 60)} | {"C50": ("=SUM(A1)", 1)}
    book = edited(simple(grid), SHEET, b"<f>SUM(A1)</f>", b'<f t="array" ref="C50:C52">SUM(A1)</f>')
    whole, paged = both(book, [SetCell("Fees", "C51", 1)])
    assert paged == whole
    assert paged[1] == "array"


def test_rows_out_of_order_are_held_whole():
    grid = {f"A{row}": row for row in range(1, 60)}
    book = edited(simple(grid), SHEET, b'<row r="50"', b'<row r="5"')
    whole, paged = both(book, [SetCell("Fees", "A55", 1), SetCell("Fees", "A70", 1)])
    assert paged == whole


def test_a_formula_without_a_result_leaves_its_sheet_as_it_was():
    book = simple({"A1": 1, "Two!B1": ("=Fees!A1", 1)}, ("Fees", "Two"))
    book = edited(book, "xl/worksheets/sheet2.xml", b"<v>1</v>", b"")
    with small_pages():
        done = patch(book, [SetCell("Fees", "A1", 2)])
    assert "xl/worksheets/sheet2.xml" not in done.report.parts


def test_a_new_large_sheet_is_made_piece_by_piece():
    style = SheetStyle("plain", (ColumnStyle(9),))
    with small_pages():
        new = AddSheet("New", [[row] for row in range(1, 90)], style=style)
        done = patch(simple(), [new, SetCell("New", "A40", "x")]).data
    found = values(done, "New")
    assert (found["A39"], found["A40"], len(found)) == (39, "x", 89)


def test_a_damaged_large_part_is_refused_and_nothing_is_written():
    book = simple({f"A{row}": row for row in range(1, 60)})
    member = Container(book).member(SHEET)
    crc = member.crc.to_bytes(4, "little")
    out = io.BytesIO()
    with small_pages(), pytest.raises(Refused, match="checksum"):
        patch(book.replace(crc, bytes(4)), [SetCell("Fees", "A9", 1)], out)
    assert out.getvalue() == b""


def test_a_large_sheet_is_never_in_memory_whole(monkeypatch):
    rows, text = range(1, 4_001), "x" * 400
    grid: dict[str, object] = {f"A{row}": row for row in rows}
    grid |= {f"B{row}": (f'=LEN($A{row}&"{text}")', 1) for row in rows}
    book = simple(grid)
    size = len(members(book)[SHEET])
    monkeypatch.setattr(compressed, "large", 1 << 18)
    monkeypatch.setattr(compressed, "CHUNK", 1 << 15)
    monkeypatch.setattr(archive, "CHUNK", 1 << 15)
    edits = [SetCell("Fees", "A1", 5), SetCell("Fees", "A4000", 5)]
    patch(book, edits)
    tracemalloc.start()
    new = patch(book, edits).data
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert PackageDraft(Container(new)).pages(SHEET) is not None
    assert peak < size / 2


def test_a_large_part_goes_from_step_to_step_compressed(monkeypatch):
    monkeypatch.setattr(compressed, "large", 1 << 16)
    book = simple({f"A{row}": "the same text" for row in range(1, 4_001)})
    draft = PackageDraft(Container(book))
    draft.put(SHEET, draft.read(SHEET))
    whole = draft.read(SHEET)
    assert len(whole) > 1 << 16
    assert b"".join(map(bytes, draft.chunks(SHEET))) == whole
    assert sum(map(len, compressed.Packed((whole,)).pieces)) < len(whole) / 10
