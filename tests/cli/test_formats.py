"""Each format of `validate` says the same problems in its own way."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from messy import firm

Run = Callable[..., Any]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A won deal without a real deadline, with text for its value."""
    from sheetrecord.formats.template.values import RawCell

    deal = {**firm.ROWS["Deal"][0], "value_net": RawCell("28k")}
    context = [row for row in firm.ROWS["Context"] if row["kind"] != "real_deadline"]
    path = tmp_path / "firm <1>.xlsx"
    path.write_bytes(firm.workbook({**firm.ROWS, "Deal": [deal], "Context": context}))
    return path


def test_text_is_one_problem_a_line_then_the_deals_then_a_summary(run: Run, book: Path) -> None:
    ran = run("validate", book)
    lines = ran.out.splitlines()
    assert ran.code == 1
    assert lines[0].startswith("Deal!")
    assert [line.split()[1] for line in lines[:3]] == ["CTX-001", "TYPE-001", "CTX-016"]
    assert any(line.startswith("D-0001 Acme Works Rollout: 2 to mend before") for line in lines)
    assert lines[-1].endswith(f"in 1 deal, as of {firm.ASOF}.")
    assert "\x1b[" not in ran.out


def test_json_is_the_public_interface(run: Run, book: Path) -> None:
    told = json.loads(run("validate", book, "--format", "json").out)
    assert told["schema"] == 1
    assert set(told) == {"schema", "book", "asof", "problems", "deals", "summary"}
    problem = next(p for p in told["problems"] if p["code"] == "TYPE-001")
    assert set(problem) == {
        "code", "name", "severity", "sheet", "cell", "row_id", "deal_id", "column",
        "message", "do", "fix", "gate", "handover", "waived",
    }  # fmt: skip
    assert (problem["sheet"], problem["row_id"], problem["column"]) == (
        "Deal",
        "D-0001",
        "value_net",
    )
    assert problem["gate"] is True
    assert told["deals"][0] == {
        "deal_id": "D-0001",
        "client": "Acme Works",
        "deal_name": "Rollout",
        "stage": "won",
        "gate_open": 2,
        "to_handover": 2,
        "waived": 0,
        "ready": False,
    }
    assert told["summary"]["errors"] == 2


def test_sarif_names_rules_and_cells(run: Run, book: Path) -> None:
    told = json.loads(run("validate", book, "--format", "sarif").out)
    results = told["runs"][0]["results"]
    rules = told["runs"][0]["tool"]["driver"]["rules"]
    assert told["version"] == "2.1.0"
    assert [rules[r["ruleIndex"]]["id"] for r in results] == [r["ruleId"] for r in results]
    places = [r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for r in results]
    assert all(place.startswith("Deal!") for place in places)


def test_junit_fails_the_deal(run: Run, book: Path) -> None:
    suite = ET.fromstring(run("validate", book, "--format", "junit").out).find("testsuite")
    assert suite is not None
    failures = {
        case.get("name"): [f.get("type") for f in case.findall("failure")] for case in suite
    }
    assert failures == {"workbook": [], "D-0001": ["CTX-001", "TYPE-001"]}


def test_github_escapes_what_would_end_a_command(run: Run, book: Path) -> None:
    lines = run("validate", book, "--format", "github").out.splitlines()
    kinds = [line.partition(" file=")[0] for line in lines]
    assert kinds == ["::error", "::warning", "::error"]
    assert all(line.count("::") == 2 for line in lines)


def test_html_is_a_whole_page_with_everything_escaped(run: Run, book: Path) -> None:
    page = run("validate", book, "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert "firm &lt;1&gt;.xlsx" in page
    assert "firm <1>" not in page
    assert "<script" not in page


def test_html_has_each_deal_once_with_its_errors_first(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "firm.xlsx"
    assert run("new", book, "--sample", "--asof", "2026-06-30").code == 0
    page = run("validate", book, "--asof", "2026-06-30", "--format", "html").out
    sections = re.findall(r'<section id="(\w+)".*?</section>', page, re.DOTALL)
    assert len(sections) == len(set(sections)) > 3
    titles = re.findall(r"<h2[^>]*>.*?<span>(D-\d+)</span>", page)
    assert len(titles) == len(set(titles)) == len(sections)
    words = [re.findall(r'<li class="(\w+)"', part) for part in page.split("<section ")[1:]]
    worst = ["error" not in part for part in words]
    assert worst == sorted(worst)
    rank = ["error", "warning", "note", "waived"]
    assert all(part == sorted(part, key=rank.index) for part in words)
    assert re.search(r"<code>Deal![A-Z]+\d+</code>", page)
    assert "fee lines" in page


def test_select_and_ignore_take_families_and_codes(run: Run, book: Path) -> None:
    def codes(*words: str) -> list[str]:
        told = json.loads(run("validate", book, "--format", "json", *words).out)
        return [p["code"] for p in told["problems"]]

    assert codes("--select", "CTX") == ["CTX-001", "CTX-016"]
    assert codes("--select", "type,ctx-001") == ["CTX-001", "TYPE-001"]
    assert codes("--ignore", "CTX") == ["TYPE-001"]


def test_a_clean_firm_exits_with_0(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "clean.xlsx"
    path.write_bytes(firm.workbook())
    ran = run("validate", path)
    assert (ran.code, ran.out) == (0, f"{path}: no problems in 1 deal, as of {firm.ASOF}.\n")


def test_several_books_are_listed_one_after_the_other(run: Run, book: Path, tmp_path: Path) -> None:
    clean = tmp_path / "clean.xlsx"
    clean.write_bytes(firm.workbook())
    told = json.loads(run("validate", clean, book, "--format", "json").out)
    assert [one["summary"]["errors"] for one in told] == [0, 2]
    assert run("validate", clean, book).out.splitlines()[0] == str(clean)
