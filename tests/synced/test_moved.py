"""A column sorted or shifted without its rows: sync waits, promote refuses, validate tells."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from messy.firm import edited, workbook
from sheetrecord.schema import ids

Run = Callable[..., Any]
DEALS = 12


def firm() -> bytes:
    deals = [
        {"deal_id": f"D-{n:04}", "client": f"Client {n * 5 % 13:02}", "deal_name": "Site",
         "stage": "talking", "value_net": 1000 * n}
        for n in range(1, DEALS + 1)
    ]  # fmt: skip
    fees = [
        {"fee_id": ids.make("F", n), "deal_id": "D-0001", "description": f"Line {n * 3 % 7}",
         "net": 100 * n}
        for n in range(1, 7)
    ]  # fmt: skip
    return workbook({"Deal": deals, "Fees": fees})


def column(book: Any, header: str) -> list[Any]:
    sheet = book["Deal"]
    rows = sheet.iter_rows(min_row=1, max_row=6)
    top, left = next((c.row, c.column) for row in rows for c in row if c.value == header)
    return [sheet.cell(top + n, left) for n in range(1, DEALS + 1)]


def put(book: Any, header: str, change: Callable[[list[Any]], list[Any]]) -> None:
    cells = column(book, header)
    values = change([cell.value for cell in cells])
    for cell, value in zip(cells, values, strict=True):
        cell.value = value


def resort(path: Path, header: str = "Client") -> None:
    path.write_bytes(edited(path.read_bytes(), lambda book: put(book, header, sorted)))


@pytest.fixture
def copies(tmp_path: Path, run: Run) -> tuple[Path, Path]:
    one, other = tmp_path / "firm.xlsx", tmp_path / "ana.xlsx"
    one.write_bytes(firm())
    shutil.copyfile(one, other)
    assert run("sync", one, other).code == 0
    return one, other


def test_a_sync_names_the_column_and_waits(copies: tuple[Path, Path], run: Run) -> None:
    one, other = copies
    resort(one)
    before = one.read_bytes(), other.read_bytes()
    told = run("sync", one, other)
    assert told.code == 1
    assert 'sorted-apart: Deal: 12 of 12 in the column "client" moved against their' in told.out
    assert (one.read_bytes(), other.read_bytes()) == before
    assert run("sync", one, other, "--allow", "sorted-apart", "--allow", "all-changed").code == 0
    assert other.read_bytes() != before[1]


def test_a_promotion_is_refused_until_it_is_confirmed(copies: tuple[Path, Path], run: Run) -> None:
    one, _ = copies
    resort(one)
    before = one.read_bytes()
    told = run("promote", one, "--deal", "D-0003")
    assert told.code == 1
    assert '12 of 12 in the column "client" moved' in told.out
    assert "--allow sorted-apart" in told.out
    assert one.read_bytes() == before
    other = run("promote", one, "--deal", "D-0003", "--allow", "sorted-apart", "--plan")
    assert "moved against" not in other.out


@pytest.mark.parametrize("against", ["store", "backup.xlsx"])
def test_a_check_against_an_earlier_state_tells_it(
    copies: tuple[Path, Path], run: Run, tmp_path: Path, against: str
) -> None:
    one, _ = copies
    shutil.copyfile(one, tmp_path / "backup.xlsx")
    assert "ROW-012" not in run("validate", one, "--against", against).out
    resort(one)
    told = run("validate", one, "--against", against, "--format", "json")
    found = [p for p in json.loads(told.out)["problems"] if p["code"] == "ROW-012"]
    assert told.code == 1
    assert [(p["sheet"], p["column"]) for p in found] == [("Deal", "client")]
    assert found[0]["message"].startswith('12 of 12 in "Client" stand in other rows')


def test_a_workbook_that_no_store_knows_cannot_be_compared_with_it(
    tmp_path: Path, run: Run
) -> None:
    one = tmp_path / "firm.xlsx"
    one.write_bytes(firm())
    told = run("validate", one, "--against", "store")
    assert told.code == 3
    assert "was never synced" in told.err


def test_cells_inserted_in_one_column_are_noticed(copies: tuple[Path, Path], run: Run) -> None:
    one, _ = copies
    change = lambda book: put(book, "Client", lambda v: [v[0], "New", *v[1:-1]])  # noqa: E731
    one.write_bytes(edited(one.read_bytes(), change))
    assert 'in the column "client" moved' in run("sync", *copies).out


def test_rows_that_were_sorted_whole_are_synced(copies: tuple[Path, Path], run: Run) -> None:
    one, other = copies

    def whole(book: Any) -> None:
        cells = column(book, "Client")
        sheet, top = book["Deal"], cells[0].row
        rows = [[c.value for c in row] for row in sheet.iter_rows(top, top + DEALS - 1)]
        at = cells[0].column - 1
        for n, row in enumerate(sorted(rows, key=lambda row: row[at])):
            for i, value in enumerate(row, start=1):
                sheet.cell(top + n, i).value = value

    one.write_bytes(edited(one.read_bytes(), whole))
    assert run("sync", one, other).code == 0
