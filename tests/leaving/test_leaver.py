"""What only one person knows or owes is asked before they leave, the dearest deal first."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from promote.firm import Rows, ready, together, workbook

Run = Callable[..., Ran]
ASOF = ("--asof", "2026-03-04")
SAID = {"said_by": "Ines", "said_to": "Ute", "said_on": dt.date(2026, 2, 20), "type": "promise"}


def fact(kind: str, **cells: Any) -> dict[str, Any]:
    return {"deal_id": "D-0001", "kind": kind, **cells}


def deal(number: int = 1, **cells: Any) -> Rows:
    told = {
        "deal_id": f"D-{number:04d}",
        "client": f"Client {number}",
        "deal_name": "Shop",
        "stage": "verbal",
        "deal_owner": "Ines",
        "currency": "EUR",
        **cells,
    }
    return {"Deal": [told], "Context": [], "Commitments": [], "Project": [], "Fees": []}


def asked(run: Run, folder: Path, rows: Rows, who: str = "Ines") -> dict[str, Any]:
    (folder / "firm.xlsx").write_bytes(workbook(rows))
    ran = run("leaver", "firm.xlsx", who, "--format", "json", *ASOF)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


CASES: dict[str, tuple[str, dict[str, Any], str, bool]] = {
    "nobody knew": (
        "Context",
        fact("pressure", answer="?", chase_by="Ines", chase_on=dt.date(2026, 3, 9)),
        "unknown",
        True,
    ),
    "a guess": (
        "Context",
        fact("pressure", answer="The board", learned_by="Ines", confidence="guess"),
        "guess",
        True,
    ),
    "a conclusion": (
        "Context",
        fact("pressure", answer="The board", learned_by="ines", confidence="inferred"),
        "guess",
        True,
    ),
    "only they heard it": (
        "Context",
        fact("pressure", answer="The board", learned_by="Ines"),
        "unconfirmed",
        True,
    ),
    "ops confirmed it": (
        "Context",
        fact(
            "pressure",
            answer="The board",
            learned_by="Ines",
            confirmed_on=dt.date(2026, 3, 1),
            confirmed_by="Tom",
        ),
        "unconfirmed",
        False,
    ),
    "somebody else heard it": (
        "Context",
        fact("pressure", answer="The board", learned_by="Tom"),
        "unconfirmed",
        False,
    ),
    "only they met her": (
        "Context",
        fact("stakeholder", person="Ute Brandt", role="sponsor", learned_by="Ines"),
        "person",
        True,
    ),
    "said aloud": (
        "Commitments",
        {"deal_id": "D-0001", "what": "Free training", "form": "verbal", **SAID},
        "promise",
        True,
    ),
    "said, and written down": (
        "Commitments",
        {"deal_id": "D-0001", "what": "Free training", "source_link": "mail of 20 Feb", **SAID},
        "promise",
        False,
    ),
    "said, and in the contract": (
        "Commitments",
        {"deal_id": "D-0001", "what": "Free training", "in_contract": "yes", **SAID},
        "promise",
        False,
    ),
    "said, and taken back": (
        "Commitments",
        {"deal_id": "D-0001", "what": "Free training", "disposition": "withdrawn", **SAID},
        "promise",
        False,
    ),
    "theirs to do": (
        "Commitments",
        {"deal_id": "D-0001", "what": "Free training", "type": "promise", "owner": "Ines"},
        "owed",
        True,
    ),
    "done": (
        "Commitments",
        {
            "deal_id": "D-0001",
            "what": "Free training",
            "type": "promise",
            "owner": "Ines",
            "progress": "accepted",
        },
        "owed",
        False,
    ),
    "their issue": (
        "Project",
        {
            "deal_id": "D-0001",
            "kind": "issue",
            "title": "No access",
            "owner": "Ines",
            "status": "open",
        },
        "work",
        True,
    ),
    "their issue, settled": (
        "Project",
        {
            "deal_id": "D-0001",
            "kind": "issue",
            "title": "No access",
            "owner": "Ines",
            "status": "resolved",
        },
        "work",
        False,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_only_they_know_or_owe_is_asked(name: str, run: Run, tmp_path: Path) -> None:
    sheet, row, kind, wanted = CASES[name]
    rows = together(deal(deal_owner="Sam"), {sheet: [row]}, {"Deal": []})
    rows["Deal"][0]["ops_owner"] = "Ines"
    found = asked(run, tmp_path, rows)
    kinds = [item["kind"] for one in found["deals"] for item in one["items"]]
    assert kinds == ([kind] if wanted else [])


def test_whoever_sells_a_deal_is_asked_what_nobody_asked(run: Run, tmp_path: Path) -> None:
    found = asked(run, tmp_path, deal(next_step="Send the plan", next_step_on=dt.date(2026, 3, 9)))
    [one] = found["deals"]
    assert one["items"][0]["kind"] == "step"
    assert one["items"][0]["due"] == "2026-03-09"
    assert {item["kind"] for item in one["items"][1:]} == {"unasked"}
    assert "Which date really matters" in one["items"][1]["question"]
    assert not asked(run, tmp_path, deal(deal_owner="Sam", ops_owner="Ines"))["deals"]


def test_the_dearest_deal_comes_first_and_what_is_over_is_left_out(
    run: Run, tmp_path: Path
) -> None:
    rows = together(
        deal(1, value_net=100_000),
        deal(2, value_net=900_000),
        deal(3, value_net=500_000, stage="lost"),
        deal(4, value_net=800_000, stage="won"),
        {"Project": [{"deal_id": "D-0004", "kind": "summary", "title": "Shop", "status": "done"}]},
    )
    found = asked(run, tmp_path, rows)
    assert [one["deal_id"] for one in found["deals"]] == ["D-0002", "D-0001"]
    assert found["deals"][0]["at_stake"] == "9000.00"


def test_each_question_names_the_cell_for_its_answer(run: Run, tmp_path: Path) -> None:
    rows = together(ready())
    found = asked(run, tmp_path, rows)
    items = {item["kind"]: item for one in found["deals"] for item in one["items"]}
    ids = {row["ctx_id"] for row in rows["Context"]} | {
        row["com_id"] for row in rows["Commitments"]
    }
    assert items["unconfirmed"]["row_id"] in ids
    assert items["unconfirmed"]["cell"].startswith("E")
    ran = run("leaver", "firm.xlsx", "ines", *ASOF)
    assert "Ines: " in ran.out
    assert f"{items['unconfirmed']['sheet']}!{items['unconfirmed']['cell']}" in ran.out


def test_a_long_talk_says_where_half_an_hour_ends(run: Run, tmp_path: Path) -> None:
    rows = together(*(deal(number) for number in (1, 2, 3)))
    (tmp_path / "firm.xlsx").write_bytes(workbook(rows))
    lines = run("leaver", "firm.xlsx", "Ines", *ASOF).out.splitlines()
    ends = next(i for i, line in enumerate(lines) if "about 30 minutes" in line)
    assert lines[ends - 1].lstrip().startswith("30  ")


@pytest.mark.parametrize("words", [("Nobody",), ("",), ("e",), ("Ines", "Tom")])
def test_a_person_must_be_one(words: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    rows = together(deal(1), deal(2, deal_owner="Helen"), deal(3, deal_owner="Ed"))
    (tmp_path / "firm.xlsx").write_bytes(workbook(rows))
    assert run("leaver", "firm.xlsx", *words, *ASOF).code == 2


def test_who_knows_nothing_alone_is_told_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "firm.xlsx").write_bytes(workbook(deal(ops_owner="Tom")))
    ran = run("leaver", "firm.xlsx", "Tom", *ASOF)
    assert (ran.code, ran.out) == (
        0,
        "Tom: nothing in the live deals that only they know or owe.\n",
    )


MAIL = """\
From: Rita Ode <rita@{domain}>
To: Ines <ines@firm.example>
Subject: Plan
Date: Mon, 16 Feb 2026 09:00:00 +0100
Message-ID: <{number}@{domain}>

Hello Ines,

our board meets on 16 June 2026 and we need the draft by then.
"""


def test_a_mailbox_is_read_by_the_people_and_domains_of_the_deals(run: Run, tmp_path: Path) -> None:
    rows = together(deal(1, client="Oak Ltd"), deal(2, client="Elm Works"))
    (tmp_path / "firm.xlsx").write_bytes(workbook(rows))
    box = tmp_path / "box"
    box.mkdir()
    for number, domain in enumerate(("oak.example", "stranger.example", "soak.example")):
        (box / f"{number}.eml").write_text(MAIL.format(domain=domain, number=number))
    (box / "bad.docx").write_bytes(b"PK\x03\x04")
    before = (tmp_path / "firm.xlsx").read_bytes()
    ran = run("leaver", "firm.xlsx", "Ines", "--mail", "box", "--format", "json", *ASOF)
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    [one] = found["mail"]
    assert (one["deal_id"], [says["said_by"] for says in one["says"]]) == ("D-0001", ["Rita Ode"])
    assert "board meets on 16 June" in one["says"][0]["quote"]
    assert [Path(missed["path"]).name for missed in found["unread"]] == ["bad.docx"]
    told = run("leaver", "firm.xlsx", "Ines", "--mail", "box", *ASOF).out
    assert "sheetrecord capture firm.xlsx D-0001 box" in told
    assert (tmp_path / "firm.xlsx").read_bytes() == before
