"""What people do to a workbook: read right as before, or named, never silent.

The table is in `manglecells` and `manglebooks`; each line is tried as openpyxl saves it and as
LibreOffice does after it (in a usual run a fifth of the workbooks).
"""

import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from effort import some
from messy import firm, manglebooks
from messy.manglebooks import Mangle
from messy.manglecells import CELLS, Cell
from messy.manglemore import MORE
from sheetrecord.app.validate import Checked
from sheetrecord.model.problem import Severity

office = pytest.mark.libreoffice

BOOKS = (*manglebooks.BOOKS, *MORE)

SAVED_AGAIN = [one for one in BOOKS if one.office is not None or one in some(BOOKS, 5)]
"""The workbooks that LibreOffice saves, too; the first, which nobody changed, is among them."""


def test_the_table_is_as_long_as_it_says() -> None:
    assert len(CELLS) + len(BOOKS) >= 200
    assert len({one.what for one in BOOKS}) == len(BOOKS)
    assert {one.kind for one in BOOKS} >= {"sheet", "header", "row", "structure", "formula"}


def rows_of(sheet: str) -> list[Cell]:
    """Return which line of the table goes into which row: each column counts for itself."""
    return [one for one in CELLS if one.sheet == sheet]


@cache
def places() -> dict[Cell, int]:
    """Return the row of each line, counted from 0 below the header."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for one in CELLS:
        found[one] = seen[one.sheet, one.key]
        seen[one.sheet, one.key] += 1
    return found


@cache
def with_cells() -> bytes:
    """Return one workbook with every line about a cell in a row of its own."""
    most = max(places().values()) + 1
    rows: dict[str, list[dict[str, Any]]] = {"Context": firm.ROWS["Context"]}
    for sheet, (first, *_) in firm.ROWS.items():
        if sheet != "Context":
            rows[sheet] = [dict(first) for _ in range(most)]
    for number, deal in enumerate(rows["Deal"], start=1):
        deal["deal_id"] = f"D-{number:04}"
    return firm.edited(firm.workbook(rows), _typed)


def _typed(book: Any) -> None:
    from messy.manglebooks import cell

    for one, row in places().items():
        here = cell(book, one.sheet, one.key, 4 + row)
        here.value = one.value
        if one.format:
            here.number_format = one.format


def said(checked: Checked, one: Cell) -> list[str]:
    row = 4 + places()[one]
    return [
        p.code
        for p in checked.report.problems
        if (p.where.sheet, p.where.row, p.where.key) == (one.sheet, row, one.key)
        and p.code.startswith(("TYPE-", "LINK-"))
    ]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the workbook of every line, as openpyxl saves it."""
    folder = tmp_path_factory.mktemp("openpyxl")
    (folder / "cells.xlsx").write_bytes(with_cells())
    for number, one in enumerate(BOOKS):
        (folder / f"{number}.xlsx").write_bytes(firm.edited(firm.workbook(), one.change))
    return folder


@pytest.fixture(scope="module")
def resaved(books: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the same workbooks as LibreOffice opens and saves them, all at once."""
    folder = tmp_path_factory.mktemp("libreoffice")
    program = shutil.which("soffice")
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = (program, profile, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir")
    files = [books / f"{name}.xlsx" for name in ("cells", *map(BOOKS.index, SAVED_AGAIN))]
    subprocess.run([*words, folder, *files], check=True, capture_output=True, timeout=500)
    return folder


@pytest.mark.parametrize("one", CELLS, ids=lambda one: f"{one.key}: {one.what}")
def test_a_cell_is_read_or_named(one: Cell, books: Path) -> None:
    check_cell(one, books, one.code)


@office
@pytest.mark.parametrize("one", CELLS, ids=lambda one: f"{one.key}: {one.what}")
def test_a_cell_is_read_or_named_after_libreoffice(one: Cell, resaved: Path) -> None:
    check_cell(one, resaved, one.code if one.recalculated is None else one.recalculated)


def check_cell(one: Cell, folder: Path, code: str) -> None:
    checked = cells_in(folder)
    assert said(checked, one) == ([code] if code else [])
    row = 4 + places()[one]
    (read,) = [r for r in checked.parsed.record.rows(one.sheet) if r.row == row]
    if one.code == code:
        assert read.get(one.key) == one.read


@cache
def cells_in(folder: Path) -> Checked:
    return firm.check(folder / "cells.xlsx")


@cache
def clean(folder: Path) -> Checked:
    return firm.check(folder / "0.xlsx")


@pytest.mark.parametrize("one", BOOKS, ids=lambda one: f"{one.kind}: {one.what}")
def test_a_workbook_is_read_or_named(one: Mangle, books: Path) -> None:
    check_book(one, books, one.said)


@office
@pytest.mark.parametrize("one", SAVED_AGAIN, ids=lambda one: f"{one.kind}: {one.what}")
def test_a_workbook_is_read_or_named_after_libreoffice(one: Mangle, resaved: Path) -> None:
    check_book(one, resaved, one.said if one.office is None else one.office)


def check_book(one: Mangle, folder: Path, codes: tuple[str, ...]) -> None:
    checked = firm.check(folder / f"{BOOKS.index(one)}.xlsx")
    found = [
        p.code
        for p in checked.report.problems
        if p.severity > Severity.NOTE or p.code.startswith(("HEAD-", "ROW-"))
    ]
    assert sorted(found) == sorted(codes), [p.message for p in checked.report.problems]
    if not codes and one.same:
        assert told(checked) == told(clean(folder))


def told(checked: Checked) -> list[list[Any]]:
    """Return what people typed, whatever row it stands in."""
    record = checked.parsed.record
    sheets = (record.deals, record.context, record.commitments, record.project, record.fees)
    return [sorted(re.sub(r"^\(\d+, ", "(", repr(row)) for row in rows) for rows in sheets]
