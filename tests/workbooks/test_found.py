"""A folder of workbooks of every kind: all are found, and what is none is not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from messy import firm
from sheetrecord.schema.packs import pack
from sheetrecord.workbooks.finding import FoundWorkbook, workbooks_below
from sheetrecord.workbooks.kinds import state_of
from sheetrecord.workbooks.neighbours import workbooks_beside
from workbooks import online
from workbooks.kinds import KINDS
from workbooks.placing import placed, record, typed

Run = Callable[..., Ran]
OLD = min((Path(__file__).parents[1] / "old" / "v0").glob("*.xlsx"))
FILED = [kind for kind in KINDS if kind.durable and kind.make is not online.placed]
"""The kinds that stand in a folder; a spreadsheet of Google's does not."""

pytestmark = pytest.mark.usefixtures("strangers")


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    folder = tmp_path / "clients"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return [one.below for one in workbooks_below(folder)]


def test_every_kind_that_can_be_written_is_found_at_its_size_and_time(clients: Path) -> None:
    for kind in FILED:
        placed(kind, clients, kind.name, firm.workbook())
    found = list(workbooks_below(clients))
    assert [one.below for one in found] == ["csv/firm", "json/firm.json", "xlsx/firm.xlsx"]
    for one in found:
        state = state_of(str(clients / one.below))
        assert one == FoundWorkbook(one.below, state.size, state.version)


def test_what_is_no_workbook_is_not_found(clients: Path) -> None:
    (clients / "bank").mkdir()
    for name in (
        *("bank/june.csv", "README.md", "~$firm.xlsx", ".hidden.xlsx", "letter.docx"),
        "sheetrecord-aside-abcdef-12-abcdef-0-0-firm.xlsx",
    ):
        (clients / name).write_text("x")
    (clients / "gone.xlsx").symlink_to("nowhere.xlsx")
    (clients / "round").symlink_to(clients)
    (clients / "firm.xlsx").write_bytes(firm.workbook())
    assert names(clients) == ["firm.xlsx"]


def test_a_folder_is_found_by_a_sheet_of_the_record_in_any_language(clients: Path) -> None:
    for folder, name in (
        ("a", "Deal.csv"),
        ("b", f"{pack('de').sheets['Deal']}.csv"),
        ("c", "Fees.csv"),
    ):
        (clients / folder).mkdir()
        (clients / folder / name).write_text("x")
    assert names(clients) == ["a", "b"]
    assert names(clients / "a") == ["."]
    assert [Path(one).name for one in workbooks_beside(str(clients / "b"))] == ["a", "b"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everybody may read it here")
def test_a_folder_that_cannot_be_listed_is_passed_over(clients: Path) -> None:
    (clients / "closed").mkdir(mode=0)
    (clients / "firm.xlsx").write_bytes(b"x")
    assert names(clients) == ["firm.xlsx"]


def test_a_folder_of_every_kind_is_migrated(run: Run, clients: Path) -> None:
    books = [placed(kind, clients, kind.name, OLD.read_bytes()) for kind in FILED]
    ran = run("migrate", "--all", clients)
    assert ran.code == 0, ran.err
    for book in books:
        assert "kept" in record(book).layout.sheets["Fees"].columns, book.address
    again = run("migrate", "--all", clients)
    assert again.out.count("Nothing to do.") == len(books), again.out


def test_a_fleet_keeps_every_kind_in_step_and_opens_what_changed(run: Run, clients: Path) -> None:
    books = [placed(kind, clients, kind.name, firm.workbook()) for kind in FILED]
    words = ("fleet", clients, "--by", "Ana", "--jobs", "1")
    ran = run(*words)
    assert ran.code == 0, ran.out + ran.err
    assert ran.out.startswith("ok  ")
    assert "3 workbooks, 0 unchanged." in ran.out
    typed(books[1], "Deal", "D-0001", "next_step", "Call them")
    ran = run(*words)
    worked = [line.split(":")[0] for line in ran.out.splitlines() if line.startswith("ok  ")]
    assert worked == ["ok  csv/firm"], ran.out
