"""What people type, and what they are told when something is not as they thought."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from messy import firm
from sheetrecord.cli import COMMANDS
from sheetrecord.rules import load_rules

Run = Callable[..., Any]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert f"  sheetrecord {command}" in ran.out


def test_the_front_page_lists_every_command(run: Run) -> None:
    out = run("--help").out
    people = {*COMMANDS} - {"textconv"}  # that one is called by git
    assert all(f"  {command} " in out for command in people)


@pytest.mark.parametrize("code", load_rules())
def test_explain_knows_every_code(run: Run, code: str) -> None:
    ran = run("explain", code.lower())
    assert ran.code == 0
    assert ran.out.startswith(f"{code}  ")
    assert len(ran.out.splitlines()) > 4


def test_explain_lists_all_rules(run: Run) -> None:
    lines = run("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == list(load_rules())
    told = json.loads(run("explain", "--format", "json").out)
    assert [rule["code"] for rule in told] == list(load_rules())


def test_explain_says_which_codes_are_near(run: Run) -> None:
    ran = run("explain", "CTX-999")
    assert ran.code == 2
    assert "CTX-001" in ran.err


REFUSED: dict[str, tuple[str, bytes | None, str]] = {
    "a missing file": ("gone.xlsx", None, "gone.xlsx"),
    "an empty file": ("empty.xlsx", b"", "empty"),
    "a text renamed": ("list.xlsx", b"client,value\nAcme,3\n", "not"),
    "an old Excel file": ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), ".xlsx"),
    "a single CSV": ("deals.csv", b"deal_id,client\n", "folder"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_workbook_gets_one_clear_line(run: Run, case: str, tmp_path: Path) -> None:
    name, data, words = REFUSED[case]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    ran = run("validate", name)
    assert ran.code == 3
    assert ran.err.startswith("sheetrecord: ")
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_workbook_that_is_no_record_is_named_so(run: Run, tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    ran = run("validate", "other.xlsx")
    assert ran.code == 3
    assert "none of the sheets of a record" in ran.err


def test_a_newer_record_is_not_guessed_at(run: Run, tmp_path: Path) -> None:
    def from_the_future(book: Any) -> None:
        area = book.defined_names["sr_set_schema_version"].attr_text
        sheet, _, ref = area.rpartition("!")
        book[sheet.strip("'")][ref.replace("$", "")].value = 99

    (tmp_path / "new.xlsx").write_bytes(firm.edited(firm.workbook(), from_the_future))
    ran = run("validate", "new.xlsx")
    assert ran.code == 3
    assert "version 99" in ran.err


def test_an_unknown_deal_is_answered_with_the_known_ones(run: Run, tmp_path: Path) -> None:
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook())
    ran = run("validate", "firm.xlsx", "--deal", "D-0099")
    assert ran.code == 2
    assert "D-0001" in ran.err


def test_new_makes_a_workbook_that_validates_and_never_overwrites(run: Run) -> None:
    assert run("new", "firm.xlsx", "--template", "agency").code == 0
    ran = run("validate", "firm.xlsx")
    assert ran.code == 0
    assert "in 0 deals" in ran.out
    again = run("new", "firm.xlsx")
    assert again.code == 3
    assert "exists already" in again.err


def test_the_settings_file_names_books_and_may_soften_a_rule(run: Run, tmp_path: Path) -> None:
    context = [row for row in firm.ROWS["Context"] if row["kind"] != "constraints"]
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook({**firm.ROWS, "Context": context}))
    (tmp_path / "sheetrecord.toml").write_text('book = "firm.xlsx"\n[books]\nours = "firm.xlsx"\n')
    assert "1 warning" in run("validate").out
    assert "1 warning" in run("validate", "ours").out
    (tmp_path / "sheetrecord.toml").write_text('book = "firm.xlsx"\n[severity]\nCTX-009 = "note"\n')
    assert "0 warnings" in run("validate").out or "no problems" in run("validate").out


def test_a_broken_settings_file_is_refused_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sheetrecord.toml").write_text("book = \n")
    ran = run("validate")
    assert ran.code == 2
    assert "sheetrecord.toml:1: " in ran.err


def test_gate_won_asks_for_everything_now(run: Run, tmp_path: Path) -> None:
    deal = {**firm.ROWS["Deal"][0], "stage": "talking", "contract_link": "", "handover_state": ""}
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook({**firm.ROWS, "Deal": [deal]}))
    assert run("validate", "firm.xlsx").code == 0
    ran = run("validate", "firm.xlsx", "--gate", "won")
    assert ran.code == 1
    assert "contract" in ran.out


def test_the_day_can_be_chosen(run: Run, tmp_path: Path) -> None:
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook())
    told = json.loads(run("validate", "firm.xlsx", "--asof", "2026-12-24", "--format", "json").out)
    assert told["asof"] == "2026-12-24"
    assert run("validate", "firm.xlsx", "--asof", "24.12.").code == 2


def test_a_folder_of_csv_files_is_a_record(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Deal.csv").write_text(
        "deal_id;Client;Deal;stage;Deal owner\nD-0001;Acme;Rollout;talking;Ana\n", "utf-8"
    )
    (folder / "Context.csv").write_text("ctx_id;deal_id;kind;answer\n", "utf-8")
    told = json.loads(run("validate", folder, "--format", "json", "--select", "DEAL").out)
    assert [deal["client"] for deal in told["deals"]] == ["Acme"]


def test_doctor_looks_at_the_machine_and_the_book(run: Run, tmp_path: Path) -> None:
    (tmp_path / "firm.xlsx").write_bytes(firm.workbook())
    ran = run("doctor", "firm.xlsx")
    assert ran.code == 0
    assert "a record of 1 deals" in ran.out
    assert run("doctor", "gone.xlsx").code == 1


def test_schema_is_valid_json_and_lists_every_column(run: Run) -> None:
    from sheetrecord.schema.sheets import SHEETS

    told = json.loads(run("schema", "--format", "json").out)
    for sheet, declared in SHEETS.items():
        columns = told["properties"][sheet]["items"]["properties"]
        assert list(columns) == [column.key for column in declared.columns]
    assert "client" in run("schema", "Deal").out
    assert run("schema", "Nonsense").code == 2


@pytest.mark.parametrize("option", [[], ["--notes"]], ids=["straight", "parsed"])
def test_an_unforeseen_error_is_called_a_bug(
    run: Run, monkeypatch: pytest.MonkeyPatch, option: list[str]
) -> None:
    from sheetrecord.cli import context

    def broken(*_: object) -> list[context.Given]:
        raise ZeroDivisionError

    monkeypatch.setattr(context.BookFinder, "given", broken)
    ran = run("validate", "firm.xlsx", *option)
    assert ran.code == 70
    assert "this is a bug in sheetrecord" in ran.err
