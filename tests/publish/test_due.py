"""What is due stands on the first page of the view and in `status`, under one heading, by day."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from publish.firm import usual, workbook
from sheetrecord.publish.due import due_lines

Run = Callable[..., Ran]


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(usual()))
    return path


def in_german(tmp_path: Path) -> Path:
    path = tmp_path / "firma.xlsx"
    path.write_bytes(workbook(usual(), language="de"))
    return path


def due(page: str) -> str:
    """Return the section of what is due, without tags; empty where there is none."""
    found = re.search(r'aria-labelledby="due">(.*?)</section>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])) if found else ""


def page(run: Run, book: Path, audience: str, to: Path) -> str:
    ran = run("publish", book, "--audience", audience, "--to", to)
    assert ran.code == 0, ran.err
    return due((to / "index.html").read_text("utf-8"))


def test_ops_sees_by_day_what_is_due_and_finance_does_not(
    run: Run, firm: Path, tmp_path: Path
) -> None:
    told = page(run, firm, "ops", tmp_path / "ops")
    order = ["is to be asked again on 2026-06-01", "was returned on 2026-06-20", "Beta is planned"]
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    assert "Project 1" in told
    assert page(run, firm, "finance", tmp_path / "finance") == ""


def test_it_is_said_in_the_language_of_the_workbook(run: Run, tmp_path: Path) -> None:
    told = page(run, in_german(tmp_path), "ops", tmp_path / "ops")
    assert told.startswith(" Fällig, nach Tagen")
    assert "Bei „Risiko“ ist am 01.06.2026 nachzufragen." in told


def test_status_tells_it_below_the_copies(run: Run, firm: Path) -> None:
    lines = run("status", firm).out.splitlines()
    below = lines[lines.index("Due, by day:") + 1 :]
    days = [line.split()[0] for line in below]
    assert days == sorted(days)
    assert any("was returned on 2026-06-20" in line for line in below)


def test_status_speaks_the_language_of_a_workbook_that_was_never_synced(
    run: Run, firm: Path, tmp_path: Path
) -> None:
    told = run("status", in_german(tmp_path)).out
    assert "Fällig, nach Tagen:" in told
    assert re.search(r"20\.06\.2026 +Auftrag D-0001 wurde am 20\.06\.2026 zurückgegeben", told)


def test_programs_get_all_of_it_with_codes(run: Run, firm: Path) -> None:
    told = json.loads(run("status", firm, "--format", "json").out)
    assert {"CTX-024", "DEAL-051", "PRJ-005"} <= {one["code"] for one in told["due"]}
    assert all(dt.date.fromisoformat(one["day"]) and one["deal_id"] for one in told["due"])


def test_a_day_asked_for_is_the_day_judged(run: Run, firm: Path) -> None:
    told = json.loads(run("status", firm, "--format", "json", "--asof", "2026-06-21").out)
    assert "DEAL-051" not in {one["code"] for one in told["due"]}


def test_of_many_the_latest_stand_in_sight(firm: Path) -> None:
    from sheetrecord.app.validate import read_record
    from sheetrecord.core.reminders import DueItem

    record = read_record(str(firm), today=dt.date(2026, 6, 30))[1].record
    first = dt.date(2026, 1, 1)
    many = [DueItem(first + dt.timedelta(n), "D-0001", "COM-020", f"{n}", "") for n in range(150)]
    lines = due_lines(many, record, {})
    assert lines.total == 150
    assert [one.what.message for one in lines.latest] == [str(n) for n in range(135, 150)]
    assert lines.earlier[-1].what.message == "134"
    assert lines.left == 120


def test_status_tells_which_handovers_wait_and_for_how_long(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))
    rows = usual()
    rows["Deal"][0] |= {"handover_state": "offered", "handover_on": dt.date(2026, 6, 28)}
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(rows))
    lines = run("status", path).out.splitlines()
    at = lines.index("Handovers that wait:")
    assert lines[at + 1] == "  2 d  D-0001 Nordlicht Project 1 for Milan, offered on 2026-06-28"
    told = json.loads(run("status", path, "--format", "json", "--asof", "2026-07-08").out)
    assert [(one["deal_id"], one["days"]) for one in told["waiting"]] == [("D-0001", 10)]
