"""What happens when somebody lets `sheetrecord validate` write: --fix, --annotate, --clean."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mend import drafts, laden
from messy import firm
from sheetrecord.files import versions

Run = Callable[..., Any]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    rows = drafts.rows_with("Deal", value_net="28.000,00", currency="eur", stage="purple")
    return drafts.on_disk(tmp_path, firm.workbook(rows))


def test_the_plan_shows_each_cell_and_writes_nothing(run: Run, book: Path) -> None:
    before = book.read_bytes()
    ran = run("validate", book, "--fix", "--plan")
    assert ran.code == 1
    assert f"{book}: 2 changes to write." in ran.out
    assert 'Deal!H4  "28.000,00" -> 28000  TYPE-001: text that is a number' in ran.out
    assert 'Deal!I4  "eur" -> "EUR"  TYPE-009: the currency\'s code' in ran.out
    assert book.read_bytes() == before
    assert not versions(book)


def test_fix_mends_keeps_the_old_version_and_shows_what_is_left(run: Run, book: Path) -> None:
    before = book.read_bytes()
    ran = run("validate", book, "--fix")
    assert ran.code == 1
    assert "TYPE-003 error" in ran.out
    assert "TYPE-001 error" not in ran.out
    assert [Path(version.path).read_bytes() for version in versions(book)] == [before]


def test_fix_again_leaves_every_byte_as_it_is(run: Run, book: Path) -> None:
    run("validate", book, "--fix")
    once, stamp = book.read_bytes(), book.stat().st_mtime_ns
    ran = run("validate", book, "--fix")
    assert "nothing to mend that has one meaning only" in ran.out
    assert (book.read_bytes(), book.stat().st_mtime_ns) == (once, stamp)


def test_a_workbook_that_is_all_right_after_the_fix_exits_with_0(run: Run, tmp_path: Path) -> None:
    rows = drafts.rows_with("Deal", value_net="28.000,00")
    book = drafts.on_disk(tmp_path, firm.workbook(rows))
    assert run("validate", book, "--fix").code == 0


@pytest.mark.parametrize("option", ["--fix", "--annotate"])
def test_a_workbook_open_elsewhere_is_not_written(option: str, run: Run, book: Path) -> None:
    before = book.read_bytes()
    book.with_name("~$firm.xlsx").write_bytes(bytes([8]) + b"Ana Ruiz".ljust(164, b"\0"))
    ran = run("validate", book, option)
    assert ran.code == 3
    assert "open by Ana Ruiz" in ran.err
    assert book.read_bytes() == before


def test_only_problems_of_the_named_deal_are_mended(run: Run, book: Path) -> None:
    ran = run("validate", book, "--fix", "--plan", "--select", "TYPE-009")
    assert "1 change to write" in ran.out


def test_annotate_leaves_notes_and_a_sheet_and_clean_takes_them_away(run: Run, book: Path) -> None:
    before = book.read_bytes()
    ran = run("validate", book, "--annotate")
    assert f'{book}: 3 notes to put, the sheet "Problems" to add.' in ran.out
    assert drafts.notes(book.read_bytes()).keys() == {"Deal!D4", "Deal!H4", "Deal!I4"}
    once = book.read_bytes()
    ran = run("validate", book, "--annotate")
    assert "notes and sheet are as they should be" in ran.out
    assert book.read_bytes() == once
    ran = run("validate", book, "--clean")
    assert '3 old notes to take away, the sheet "Problems" to remove.' in ran.out
    assert drafts.cells(book.read_bytes()) == drafts.cells(before)
    assert not drafts.notes(book.read_bytes())


def test_fix_and_annotate_together_mark_only_what_is_left(run: Run, book: Path) -> None:
    run("validate", book, "--fix", "--annotate")
    assert drafts.notes(book.read_bytes()).keys() == {"Deal!D4"}
    assert len(versions(book)) == 1


def test_annotate_with_plan_writes_nothing(run: Run, book: Path) -> None:
    before = book.read_bytes()
    assert "3 notes to put" in run("validate", book, "--annotate", "--plan").out
    assert book.read_bytes() == before


def test_a_laden_workbook_is_mended_and_says_what_a_person_should_know(
    run: Run, tmp_path: Path
) -> None:
    book = drafts.on_disk(tmp_path, laden.workbook(), "firm.xlsm")
    assert 'the sheet "Problems (2)" to add' in run("validate", book, "--annotate").out
    ran = run("validate", book, "--fix", "--annotate")
    assert "The sheet 'Fees' is protected; it was changed and stays protected." in ran.err
    assert "The macros are untouched." in ran.err
    assert 'the sheet "Problems (2)" to remove' in ran.out
    assert drafts.notes(book.read_bytes()) == drafts.notes(laden.workbook())


def test_a_program_that_reads_the_result_gets_the_result_alone(run: Run, book: Path) -> None:
    ran = run("validate", book, "--fix", "--format", "json")
    assert {p["code"] for p in json.loads(ran.out)["problems"]} & {"TYPE-001", "TYPE-009"} == set()
    assert "2 changes to write" in ran.err


@pytest.mark.parametrize(
    ("answer", "written"), [(True, True), (False, False)], ids=["agreed", "declined"]
)
def test_on_a_terminal_it_asks_before_it_writes(
    answer: bool, written: bool, run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sheetrecord.cli.book.validate_outputs._on_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", lambda text, **_: asked.append(text) or answer)
    before = book.read_bytes()
    run("validate", book, "--fix")
    assert asked == [f"Write this into {book}?"]
    assert (book.read_bytes() != before) is written


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--plan",), "--plan shows what --fix, --annotate or --clean would write"),
        (("--annotate", "--clean"), "choose one"),
    ],
    ids=["a plan of nothing", "put and take away"],
)
def test_options_that_contradict_are_refused(
    words: tuple[str, ...], told: str, run: Run, book: Path
) -> None:
    ran = run("validate", book, *words)
    assert ran.code == 2
    assert told in ran.err


def test_a_text_of_tables_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "firm.md").write_text("| Deal | deal_id |\n|---|---|\n| | D-0001 |\n")
    ran = run("validate", tmp_path / "firm.md", "--fix")
    assert ran.code == 3
    assert "it is only read, never written to" in ran.err
