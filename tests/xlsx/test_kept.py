"""Sheets and formulas that an earlier run kept are those that would be read now, type by type."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.files import content_cache
from sheetrecord.formats.kept_sheets import sheet_from, told
from sheetrecord.formats.readings import Readings
from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.book import Cells, Range, Sheet
from sheetrecord.model.value import UNKNOWN, CellError, Formula
from sheetrecord.xlsx import SetCell, open_workbook, patch
from sheetrecord.xlsx.archive.members import Container
from sheetrecord.xlsx.formula import sorted_formulas
from sheetrecord.xlsx.formula.kept_formulas import KeptFormulas
from sheetrecord.xlsx.formula.sorted_formulas import sort_out, sorted_part
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.write.patcher import apply
from xlsx.makebooks import rebuilt, rich, simple

TEXTS = st.text(st.characters(codec=None), max_size=4) | st.sampled_from(["", "4", "é", "\ud800"])
PLAIN = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes().map(lambda value: value.replace(fold=0)),
    st.times().map(lambda value: value.replace(fold=0)),
)
RESULTS = PLAIN | st.sampled_from([None, UNKNOWN, CellError("#REF!")])
FORMULAS = st.builds(
    Formula, st.sampled_from(["A4*2", "A{row}*2", "{row}", "SUM(A:A)&{row}{row}"]), RESULTS
)
CELLS = st.one_of(PLAIN, st.just(CellError("#N/A")), FORMULAS)
COLUMNS = st.dictionaries(st.integers(1, 6), st.dictionaries(st.integers(1, 14), CELLS), max_size=4)


def sheet_of(columns: dict[int, dict[int, object]]) -> Sheet:
    return Sheet(
        "Fees",
        {number: _column(cells) for number, cells in columns.items()},
        [Range("x", 1, 2, 3, 4)],
        [3, 1],
        "hidden",
    )


def _column(cells: dict[int, object]) -> Cells:
    rows = sorted(cells)
    values = [cells[row] for row in rows]
    own = [
        Formula(value.text.replace("{row}", str(row)), value.cached)
        if isinstance(value, Formula)
        else value
        for row, value in zip(rows, values, strict=True)
    ]
    return Cells(rows, own)  # type: ignore[arg-type]


def content(sheet: Sheet) -> object:
    """Return all that a sheet says, with the types of its values: 1, 1.0 and True are equal."""
    columns = {n: (list(c.rows), list(map(repr, c.values))) for n, c in sheet.columns.items()}
    return sheet.name, columns, sheet.merged, sheet.hidden_rows, sheet.state


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path))
    return tmp_path


@examples(80)
@given(COLUMNS)
def test_a_sheet_comes_back_as_it_was(columns: dict[int, dict[int, object]]) -> None:
    sheet = sheet_of(columns)
    name = content_cache.digest("sheet", repr(columns))
    content_cache.keep(name, told(sheet))
    again = sheet_from(content_cache.find(name))
    assert content(again) == content(sheet)


def test_a_formula_with_the_mark_of_a_row_in_it_is_not_kept() -> None:
    with pytest.raises(LookupError):
        told(Sheet("x", {1: Cells([4], [Formula("A\0", 1)])}))


def opened(data: bytes, readings: Readings | None = None) -> dict[str, object]:
    book = book_of(open_workbook(data), "book", readings)
    return {name: content(sheet) for name, sheet in book.sheets.items()}


BOOKS = {"rich": rich(), "simple": simple({"A1": ("=B1+1", 2), "A2": 3.5, "B1": "x"})}


@pytest.mark.parametrize("name", BOOKS)
def test_a_later_run_reads_no_sheet_that_an_earlier_one_kept(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = BOOKS[name]
    first = Readings(lasting=True)
    book = book_of(open_workbook(data), "book", first)
    wanted = {name: content(sheet) for name, sheet in book.sheets.items()}
    first.save()
    monkeypatch.setattr("sheetrecord.xlsx.read.reader.scan", None)
    assert opened(data, Readings(lasting=True)) == wanted


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_whatever_decides_what_a_cell_says_has_a_name_of_its_own(part: str) -> None:
    data = simple({"A1": 40000, "A2": "word"})
    first = Readings(lasting=True)
    book = book_of(open_workbook(data), "book", first)
    assert list(book.sheets.values())
    first.save()
    changes = {
        "xl/styles.xml": (b'numFmtId="0"', b'numFmtId="14"'),
        "xl/sharedStrings.xml": (b"word", b"ward"),
        "xl/workbook.xml": (b"<workbookPr", b'<workbookPr date1904="1"'),
    }
    other = rebuilt(data, lambda n, b: (n, b.replace(*changes[part]) if n == part else b))
    assert other != data
    assert opened(other, Readings(lasting=True)) == opened(other)


def test_a_sheet_that_says_other_than_a_sheet_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = rich()
    for rubbish in ({}, [], "x", 1, ["Fees"], [1, 2, 3, 4, 5, 6], ["a", "b", [], [], [[]], [[1]]]):
        monkeypatch.setattr(content_cache, "find", lambda _, found=rubbish: found)
        assert opened(data, Readings(lasting=True)) == opened(data)


def drafts(data: bytes) -> tuple[PackageDraft, list[str]]:
    draft = PackageDraft(Container.open(data))
    return draft, [sheet.part for sheet in draft.package.sheets if sheet.part]


SHARED = rebuilt(
    simple({"A1": ("=B1*2", 2), "A2": ("=B2*2", 4), "A4": ("=B4*2", 8), "B1": 1}),
    lambda n, b: (
        n,
        b.replace(b"<f>B1*2</f>", b'<f t="shared" ref="A1:A2" si="0">B1*2</f>').replace(
            b"<f>B4*2</f>", b'<f t="array" ref="A4:A6">B4*2</f>'
        ),
    ),
)


@pytest.mark.parametrize("data", [*BOOKS.values(), SHARED])
def test_sorted_formulas_come_back_as_they_were(data: bytes) -> None:
    draft, parts = drafts(data)
    kept = KeptFormulas()
    for part in parts:
        sorted_formulas._known.clear()
        assert sorted_part(draft, part, kept) is not None
    kept.save()
    again = KeptFormulas()
    for part in parts:
        raw = draft.raw(part)
        assert raw is not None
        assert again.find(raw) == sort_out(draft.layout(part))


def test_a_patch_with_kept_formulas_is_the_same_patch(monkeypatch: pytest.MonkeyPatch) -> None:
    data, edits = rich(), [SetCell("Fees", "C5", 7), SetCell("It's other", "A1", 3)]
    wanted = patch(data, edits).data
    kept = KeptFormulas()
    sorted_formulas._known.clear()
    assert apply(data, edits, kept=kept).data == wanted
    kept.save()
    sorted_formulas._known.clear()
    monkeypatch.setattr(sorted_formulas, "sort_out", None)  # all of them are found
    assert apply(data, edits, kept=KeptFormulas()).data == wanted
