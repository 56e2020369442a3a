"""The protocol of page, pane and service: what is asked, refused and answered."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from promote.firm import ready, workbook
from sheetrecord.app.validate import validate
from sheetrecord.cli.render.json import render
from sheetrecord.verbs.dispatch import answer, as_values
from sheetrecord.verbs.reader import NotUnderstood, read_request
from sheetrecord.verbs.shapes import VERBS, CheckArgs, GivenFile, Request

PAGE = Path(__file__).parents[2] / "docs" / "web.md"
TODAY = "2026-06-30"
Ask = Callable[..., Any]


def ask(verb: str, data: bytes | None = None, **words: Any) -> Any:
    body: dict[str, Any] = {"verb": verb, "today": TODAY, "by": "Mara"}
    for key in ("want", "planned", "by", "asof"):
        if key in words:
            body[key] = words.pop(key)
    if data is not None:
        body["book"] = {"name": "firm.xlsx", "data": data}
    return answer({**body, "args": words})


@pytest.fixture(scope="module")
def firm() -> bytes:
    return workbook(ready())


def examples() -> list[Any]:
    blocks = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [json.loads(block) for block in blocks]


def test_the_page_has_an_example_of_every_verb() -> None:
    assert {one["verb"] for one in examples()} == set(VERBS)


@pytest.mark.parametrize("body", examples(), ids=lambda body: body["verb"])
def test_every_example_of_the_page_is_understood(body: Any) -> None:
    assert isinstance(read_request(body), Request)


def test_a_request_is_read_into_the_declared_types() -> None:
    body = {
        "verb": "check", "today": TODAY, "book": {"name": "a.xlsx", "data": "UEs="},
        "args": {"select": ["CTX", "COM"]},
    }  # fmt: skip
    args = CheckArgs(select=("CTX", "COM"))
    book = GivenFile("a.xlsx", b"PK")
    assert read_request(body) == Request("check", args, dt.date(2026, 6, 30), book)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ([], ""),
        ({}, "verb"),
        ({"verb": "chek"}, "verb"),
        ({"verb": ["check"]}, "verb"),
        ({"verb": "check", "args": {}}, "today"),
        ({"verb": "check", "today": TODAY}, "args"),
        ({"verb": "check", "today": "2026-02-30", "args": {}}, "today"),
        ({"verb": "check", "today": "20260630", "args": {}}, "today"),
        ({"verb": "check", "today": TODAY, "args": {"dael": ""}}, "args.dael"),
        ({"verb": "check", "today": TODAY, "args": {}, "more": 1}, "more"),
        ({"verb": "check", "today": TODAY, "args": {"select": "CTX"}}, "args.select"),
        ({"verb": "check", "today": TODAY, "args": {"select": [1]}}, "args.select[0]"),
        ({"verb": "check", "today": TODAY, "args": {}, "want": "all"}, "want"),
        ({"verb": "check", "today": TODAY, "args": {}, "book": {"name": "a"}}, "book.data"),
        ({"verb": "check", "today": TODAY, "args": {}, "book": {"name": "a", "data": "?"}},
         "book.data"),
        ({"verb": "close", "today": TODAY, "args": {"deal": "D-1", "update": 1}}, "args.update"),
        ({"verb": "diff", "today": TODAY, "args": {"version": True}}, "args.version"),
        ({"verb": "diff", "today": TODAY, "args": {"version": 1.0}}, "args.version"),
        ({"verb": "close", "today": TODAY, "args": {"deal": "\ud800"}}, "args.deal"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_request_is_refused_with_the_field(body: Any, where: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_request(body)
    assert refused.value.where == where
    told = answer(body)
    assert told["exit"] == 2
    assert (told["error"]["code"], told["error"]["path"]) == ("WORDS-001", where)


def test_a_check_lists_what_validate_lists(firm: bytes, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("firm.xlsx").write_bytes(firm)
    native = validate("firm.xlsx", today=dt.date(2026, 6, 30))
    assert as_values(ask("check", firm)["check"]) == json.loads(render([native], notes=True))


def test_each_kind_of_problem_says_why_it_matters(firm: bytes) -> None:
    told = ask("check", firm)
    codes = {one["code"] for one in told["check"]["problems"]}
    assert codes
    assert set(told["why"]) == codes
    assert all(told["why"].values())


def test_a_deal_is_closed_accepted_and_clean_then(firm: bytes) -> None:
    deal = ask("check", firm)["standing"][0]
    assert "close" in deal["verbs"]
    plan = ask("close", firm, deal=deal["deal_id"])
    assert plan["plan"]["outcome"] == "promoted"
    assert not plan["plan"]["written"]
    assert "files" not in plan
    made = ask("close", firm, deal=deal["deal_id"], want="files", planned=plan["planned"])
    closed = made["files"][0]["data"]
    [deal] = [one for one in ask("check", closed)["standing"] if one["deal_id"] == deal["deal_id"]]
    assert (deal["state"], deal["verbs"][0]) == ("offered", "accept")
    taken = ask("accept", closed, deal=deal["deal_id"], by="Tom", want="files")
    assert taken["plan"]["outcome"] == "accepted"
    found = ask("check", taken["files"][0]["data"])["check"]["problems"]
    # this firm has not asked what must be done before its deposit is paid
    assert {one["code"] for one in found if one["severity"] == "error"} == {"FEE-024"}


def test_a_plan_that_is_no_longer_what_was_shown_is_not_carried_out(firm: bytes) -> None:
    deal = ask("check", firm)["standing"][0]["deal_id"]
    plan = ask("waive", firm, deal=deal, codes=["CTX-009"], why="Later", until="2026-07-09")
    made = ask(
        "waive", firm, deal=deal, codes=["CTX-009"], why="Never", until="2026-07-09",
        want="files", planned=plan["planned"],
    )  # fmt: skip
    assert (made["exit"], made["error"]["code"]) == (3, "FILE-010")
    assert "files" not in made


def test_edits_say_what_stood_in_each_cell_and_in_the_ids_of_their_rows(firm: bytes) -> None:
    deal = ask("check", firm)["standing"][0]["deal_id"]
    told = ask("close", firm, deal=deal, want="edits")
    puts = [one for one in told["edits"] if one["do"] == "put"]
    assert any(one["was"] is not None for one in puts)
    assert deal in {one["value"] for one in told["expected"]}


@pytest.mark.parametrize("verb", ["close", "accept"])
def test_a_decision_is_somebodys(firm: bytes, verb: str) -> None:
    assert ask(verb, firm, deal="D-0001", by=" ")["error"]["path"] == "by"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused_as_the_command_line_does(data: bytes) -> None:
    told = ask("check", data)
    assert (told["exit"], told["error"]["code"]) == (3, "FILE-001")
    assert "firm.xlsx" in told["error"]["message"]


def test_a_deal_that_is_not_there_is_told_with_those_that_are(firm: bytes) -> None:
    told = ask("brief", firm, deal="D-9999")
    assert told["exit"] == 2
    assert "D-0001" in told["error"]["message"]
