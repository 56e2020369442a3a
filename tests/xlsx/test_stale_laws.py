"""No formula keeps a stored result that a change made wrong, and no other one loses it.

What must be stale is worked out here by a naive walk: every formula is made together with the
cells that it reads, and whatever reads a stale cell is stale.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.model.value import UNKNOWN, Formula
from sheetrecord.xlsx import AppendRows, ClearCell, SetCell, open_workbook, patch
from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, cell_name, parse_cell
from xlsx.makebooks import edited, rebuilt, simple, values

Read = tuple[str, int, int, int, int]
"""Sheet, first row, first column, last row, last column of what a formula reads."""
ROWS = 32  # more than a digit: a row's number is then also part of other numbers
SHEETS = {"Fees": "xl/worksheets/sheet1.xml", "Two": "xl/worksheets/sheet2.xml"}


class Kind(NamedTuple):
    """How the formulas of a column are written; ``shared`` when they can be one shared formula."""

    text: Callable[[str, int], str]
    reads: Callable[[int, int], list[Read]]
    shared: bool = True


def cell(row: int, column: int, sheet: str = "Fees") -> list[Read]:
    return [(sheet, row, column, row, column)]


KINDS = {
    "own row": Kind(lambda c, r: f"{c}{r}*10", cell),
    "own row, with $": Kind(lambda c, r: f"${c}{r}+1", cell),
    "row above": Kind(lambda c, r: f"{c}{r - 1}+1", lambda r, c: cell(r - 1, c)),
    "row below": Kind(lambda c, r: f"{c}{r + 1}+1", lambda r, c: cell(r + 1, c)),
    "one cell for all": Kind(lambda c, _: f"{c}$12+1", lambda _, c: cell(12, c)),
    "one cell and a number": Kind(lambda c, r: f"{c}$2+{r}", lambda _, c: cell(2, c), shared=False),
    "one area and own row": Kind(
        lambda c, r: f"SUM({c}$2:{c}$9)*A{r}",
        lambda r, c: [("Fees", 2, c, 9, c), *cell(r, 1)],
    ),
    "from one cell to own row": Kind(
        lambda c, r: f"SUM({c}$1:{c}{r})", lambda r, c: [("Fees", 1, c, r, c)]
    ),
    "whole column and own row": Kind(
        lambda c, r: f"COUNTIF({c}:{c},$B{r})",
        lambda r, c: [("Fees", 1, c, MAX_ROW, c), *cell(r, 2)],
    ),
    "own row of another sheet": Kind(
        lambda c, r: f"Two!{c}{r}+1", lambda r, c: cell(r, c, "Two")
    ),
    "one cell of another sheet": Kind(
        lambda c, _: f"Two!${c}$3+1", lambda _, c: cell(3, c, "Two")
    ),
    "some cells of own row": Kind(
        lambda _, r: f"SUM($A{r}:$B{r})", lambda r, _: [("Fees", r, 1, r, 2)]
    ),
    "whole own row of another sheet": Kind(
        lambda _, r: f"SUM(Two!{r}:{r})",
        lambda r, _: [("Two", r, 1, r, MAX_COLUMN)],
    ),
    "a name with a number": Kind(
        lambda _, r: f"Rate{r}*2", lambda r, _: cell(5, 1) if r % 2 else [], shared=False
    ),
    "a name with many digits": Kind(
        lambda _, r: f"RATE{10**7 + r}*2", lambda _, __: cell(6, 1), shared=False
    ),
    "a cell's name with many digits": Kind(
        lambda _, r: f"Z{10**7 + r if r % 2 else r}*2",
        lambda r, _: cell(6, 1) if r % 2 else cell(r, 26),
        shared=False,
    ),
    "a large number": Kind(lambda c, r: f"{c}{r}*1000000+0.0000001", cell),
    "a large number for each row": Kind(
        lambda c, r: f"{c}$4*{10**6 + r}", lambda _, c: cell(4, c), shared=False
    ),
    "a function with a number": Kind(lambda c, r: f"LOG10({c}{r})", cell),
    "what looks like a cell in a text": Kind(lambda c, r: f'"A{r}"&{c}1', lambda _, c: cell(1, c),
                                             shared=False),
}  # fmt: skip


class Column(NamedTuple):
    kind: str
    source: int
    """The column that its formulas read."""
    first: int
    last: int
    shared: bool


class Made(NamedTuple):
    data: bytes
    reads: dict[tuple[str, int, int], list[Read]]


COLUMN = st.builds(
    Column,
    st.sampled_from(sorted(KINDS)),
    st.integers(1, 8),
    st.integers(2, 8),
    st.integers(2, ROWS),
    st.booleans(),
)
PLACE = st.tuples(st.sampled_from(sorted(SHEETS)), st.integers(1, ROWS), st.integers(1, 8))


def made(columns: list[Column], spelling: bytes = b"<f>") -> Made:
    """Return a workbook whose column C and those after it are formulas; A and B are numbers."""
    cells: dict[str, object] = {f"{c}{r}": r for c in "AB" for r in range(1, ROWS + 1)}
    cells |= {f"Two!{ref}": 1 for ref in list(cells)}
    reads: dict[tuple[str, int, int], list[Read]] = {}
    for place, column in enumerate(columns, start=3):
        kind, source = KINDS[column.kind], cell_name(1, column.source)[:-1]
        for row in range(column.first, column.last + 1):
            cells[cell_name(row, place)] = ("=" + kind.text(source, row), 7)
            reads["Fees", row, place] = kind.reads(row, column.source)
    data = simple(cells, tuple(SHEETS))
    names = b"".join(
        b'<definedName name="Rate%d">%s</definedName>' % (n, b"Fees!$A$5" if n % 2 else b"3")
        for n in range(1, ROWS + 1)
    )
    names += b"".join(
        b'<definedName name="%s%d">Fees!$A$6</definedName>' % (word, 10**7 + n)
        for n in range(1, ROWS + 1)
        for word in (b"RATE", b"Z")
    )
    around = b"<definedNames>%s</definedNames><calcPr" % names
    data = edited(data, "xl/workbook.xml", b"<calcPr", around)
    for place, column in enumerate(columns, start=3):
        if column.shared and KINDS[column.kind].shared:
            data = with_shared(data, place, column)
    part = SHEETS["Fees"]
    return Made(
        rebuilt(data, lambda n, b: (n, b.replace(b"<f>", spelling) if n == part else b)), reads
    )


def with_shared(data: bytes, place: int, column: Column) -> bytes:
    """Return the workbook with one column's formulas written as one shared formula."""
    letters = cell_name(1, place)[:-1]
    area = f"{letters}{column.first}:{letters}{column.last}"

    def put(match: re.Match[bytes]) -> bytes:
        if int(match[2]) != column.first:
            return match[1] + b'<f t="shared" si="%d"/>' % place
        return match[1] + b'<f t="shared" ref="%s" si="%d">' % (area.encode(), place) + match[3]

    cells = re.compile(rb'(<c r="%s([0-9]+)"[^>]*>)<f>([^<]*</f>)' % letters.encode())
    return rebuilt(data, lambda n, b: (n, cells.sub(put, b) if n == SHEETS["Fees"] else b))


def walked(book: Made, changed: set[tuple[str, int, int]]) -> set[tuple[str, int, int]]:
    """Return what depends on changed cells, formula by formula until nothing is added."""
    dirty, size = set(changed), 0
    while len(dirty) != size:
        size = len(dirty)
        dirty |= {
            place
            for place, reads in book.reads.items()
            if any(
                sheet == s and top <= row <= bottom and left <= column <= right
                for s, top, left, bottom, right in reads
                for sheet, row, column in dirty
            )
        }
    return {place for place in book.reads if place in dirty} - changed


def without_result(data: bytes) -> set[tuple[str, int, int]]:
    return {
        (sheet, *parse_cell(ref))
        for sheet in SHEETS
        for ref, value in values(data, sheet).items()
        if isinstance(value, Formula) and value.cached is UNKNOWN
    }


@examples(100)
@given(
    st.lists(COLUMN, min_size=1, max_size=6),
    st.sets(PLACE, min_size=1, max_size=5),
    st.sampled_from([b"<f>", b'<f aca="false">']),
)
@example([Column("a name with a number", 1, 2, 32, False)], {("Fees", 5, 1)}, b"<f>")
@example([Column("row above", 3, 2, 32, True)], {("Fees", 2, 3)}, b"<f>")
@example([Column("one cell for all", 1, 2, 32, False)], {("Fees", 12, 1)}, b"<f>")
def test_exactly_what_depends_on_changed_cells_loses_its_result(columns, places, spelling):
    book = made(columns, spelling)
    edits = [SetCell(sheet, cell_name(row, column), 99) for sheet, row, column in sorted(places)]
    after = patch(book.data, edits).data
    assert without_result(after) == walked(book, places)


@examples(50)
@given(st.lists(COLUMN, min_size=1, max_size=6), st.integers(1, 8))
def test_rows_added_below_make_stale_what_reaches_down_to_them(columns, width):
    book = made(columns)
    row = {cell_name(1, column)[:-1]: 5 for column in range(1, width + 1)}
    after = patch(book.data, [AppendRows("Two", [row], after_row=ROWS)]).data
    new = {("Two", ROWS + 1, column) for column in range(1, width + 1)}
    assert without_result(after) == walked(book, new)


def test_a_formula_written_with_its_result_keeps_it_and_passes_the_change_on():
    book = simple({"A1": 1, "B1": ("=A1*2", 2), "C1": ("=B1+1", 3), "D1": ("=A1", 1)})
    edits = [SetCell("Fees", "A1", 4), SetCell("Fees", "B1", Formula("A1*3", 12))]
    found = values(patch(book, edits).data)
    assert found["B1"] == Formula("A1*3", 12)
    assert {ref for ref, v in found.items() if getattr(v, "cached", 0) is UNKNOWN} == {"C1", "D1"}


def test_a_cleared_cell_makes_stale_what_it_fed():
    book = simple({"A1": 1, "B1": ("=A1*2", 2), "C1": ("=B1+1", 3)})
    found = values(patch(book, [ClearCell("Fees", "B1")]).data)
    assert found == {"A1": 1, "C1": Formula("B1+1", UNKNOWN)}


def test_a_long_chain_is_followed_to_its_end():
    chain = {"A1": 1} | {f"A{r}": (f"=A{r - 1}+1", r) for r in range(2, 400)}
    upward = {f"B{r}": (f"=B{r + 1}+1", r) for r in range(1, 399)} | {"B399": 1}
    book = simple(chain | upward)
    for change, column in (("A1", "A"), ("B399", "B")):
        found = values(patch(book, [SetCell("Fees", change, 5)]).data)
        stale = {ref for ref, v in found.items() if getattr(v, "cached", 0) is UNKNOWN}
        assert stale == {f"{column}{r}" for r in range(1, 400)} - {change}


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_after_a_patch_what_it_shows_after_calculating_everything(tmp_path):
    kinds = sorted(set(KINDS) - {"row below"})
    alone = kinds.index("a function with a number")
    columns = [Column(kind, 2, 2, ROWS, (n - alone) % 2 == 1) for n, kind in enumerate(kinds)]
    edits = [SetCell("Fees", "A5", 50), SetCell("Two", "B7", 60), SetCell("Fees", "B12", 70)]
    trusted = f"Fees!{cell_name(2, 3 + alone)}"
    book = rebuilt(
        without_results(made(columns).data), lambda n, b: (n, b.replace(b"LOG10(B2)", b"1000+1"))
    )
    after = patch(calculated(tmp_path, "before", book), edits).data
    # One result that nothing made stale is wrong: it shows that what is stored is trusted.
    wrong = rebuilt(after, lambda n, b: (n, b.replace(b"<v>1001</v>", b"<v>777</v>")))
    kept = shown(calculated(tmp_path, "kept", wrong))
    every = shown(calculated(tmp_path, "every", without_results(after)))
    assert [ref for ref in every if kept[ref] != every[ref]] == [trusted]


def without_results(data: bytes) -> bytes:
    return rebuilt(data, lambda n, b: (n, re.sub(rb"(</f>|<f [^>]*/>)<v>[^<]*</v>", rb"\1", b)))


def calculated(folder, name: str, data: bytes) -> bytes:
    """Return a workbook as LibreOffice opens and saves it."""
    source = folder / f"{name}.xlsx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'lo').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx"]
    command += ["--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "out" / f"{name}.xlsx").read_bytes()


def shown(data: bytes) -> dict[str, object]:
    return {
        f"{sheet.name}!{ref}": value.cached if isinstance(value, Formula) else value
        for sheet in open_workbook(data).sheets
        for ref, value in values(data, sheet.name).items()
    }
