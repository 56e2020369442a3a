"""The digest: what needs somebody, what is near and what is new, the same in every form."""

import datetime as dt
import email
import html
import json
import re
from collections.abc import Callable
from email import policy
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from publish.firm import HOSTILE, hostile, usual, workbook
from publish.taint import fragments, leaked, tainted
from publish.test_leaks import may_see
from sheetrecord.core.agenda.calendar import CalendarDate
from sheetrecord.core.agenda.digest import MANY, collisions
from sheetrecord.publish.digest.files import LARGEST
from sheetrecord.schema.context import Context
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.record import blank

D = dt.date
Run = Callable[..., Ran]
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))


def book(folder: Path, rows: Rows, **spec: Any) -> Path:
    path = folder / "firm.xlsx"
    path.write_bytes(workbook(rows, **spec))
    return path


def told(run: Run, path: Path, *words: object) -> str:
    ran = run("digest", path, *words)
    assert ran.code == 0, ran.err
    return ran.out.replace("\u00a0", " ")


def section(text: str, heading: str) -> str:
    """Return the part of a plain digest below a heading."""
    parts = text.split("\n\n")
    return next((part for part in parts if part.startswith(heading)), "")


def test_it_says_what_needs_somebody_what_is_near_and_where_money_stands(
    run: Run, tmp_path: Path
) -> None:
    rows = usual()
    rows["Deal"][1] |= {"handover_state": "offered", "handover_on": D(2026, 6, 18)}
    rows["Project"][-1]["status"] = "on_track"
    one = {"deal_id": "D-0001", "said_by": "Anna Keller", "said_on": D(2026, 3, 3)}
    rows["Commitments"] += [
        {**one, "type": "promise", "what": "Nights", "due_on": D(2026, 7, 9)},
        {**one, "type": "promise", "what": "Far away", "due_on": D(2026, 9, 9)},
        {**one, "type": "client_duty", "what": "Data", "due_on": D(2026, 7, 14)},
    ]
    text = told(run, book(tmp_path, rows))
    assert text.startswith("The projects, 30 Jun 2026\n")
    needs = section(text, "Needs somebody now")
    assert "20 Jun 2026  Nordlicht, Project 1 (D-0001): Deal D-0001 was returned on" in needs
    assert '1 Jun 2026  Nordlicht, Project 1 (D-0001): "Risk" is to be asked again' in needs
    waits = section(text, "Handovers that wait")
    assert "B, Project 2 (D-0002): Offered on 18 Jun 2026, 12 days ago; waits for Milan." in waits
    assert "D-0002" not in needs
    near = section(text, "Dates of the next 14 days")
    assert "9 Jul 2026  Nordlicht, Project 1 (D-0001): Promised: Nights" in near
    assert "The client owes: Data" in near
    assert "Far away" not in near
    money = section(text, "Money")
    assert "Overdue: " in money
    assert "Counted on by clients, not priced: " in money
    assert text.rstrip().endswith("for ops. Changes belong in the workbook.")


def test_a_first_digest_says_that_there_is_nothing_to_compare_with(
    run: Run, tmp_path: Path
) -> None:
    text = told(run, book(tmp_path, usual()))
    assert "nothing to compare with yet" in text
    assert "Promised since then" not in text
    assert "Came in since then" not in text


def test_the_next_one_tells_what_is_new(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path, usual())
    told(run, path, "--to", tmp_path / "a.md", "--asof", "2026-06-30")
    rows = usual()
    rows["Commitments"].append(
        {"deal_id": "D-0001", "com_id": "C-NEW", "type": "promise", "what": "A second screen",
         "said_by": "Jens", "said_on": D(2026, 7, 2)}
    )  # fmt: skip
    rows["Fees"][0]["received"] = 25_000_00
    path = book(tmp_path, rows)
    first = told(run, path, "--asof", "2026-07-06")
    assert "What is new is told since 30 Jun 2026." in first
    assert "A second screen (Jens, 2 Jul 2026)" in section(first, "Promised since then")
    assert "Training" not in section(first, "Promised since then")
    assert "Came in since then: 5,000 EUR" in section(first, "Money")
    # a second one of the same day says the same; one of the next has nothing new to tell
    told(run, path, "--to", tmp_path / "b.md", "--asof", "2026-07-06")
    assert told(run, path, "--asof", "2026-07-06") == first
    later = told(run, path, "--asof", "2026-07-07")
    assert "since 6 Jul 2026" in later
    assert "Nobody has written down a new promise." in later


def test_a_record_that_is_synced_knows_what_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = book(tmp_path, usual())
    ran = run("sync", path)
    assert ran.code in {0, 1}, ran.err
    today = dt.datetime.now().astimezone().date()  # the ledger is written by the clock
    text = told(run, path, "--asof", str(today + dt.timedelta(7)))
    assert "What is new is told since" in text
    assert "Nobody has written down a new promise." in text


def test_a_plan_is_remembered_by_nobody(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path, usual())
    ran = run("digest", path, "--to", tmp_path / "a.html", "--plan")
    assert "Nothing was written." in ran.out
    assert not (tmp_path / "a.html").exists()
    assert not (tmp_path / ".state" / "digests").exists()


def test_a_lead_is_told_of_their_deals_alone(run: Run, tmp_path: Path) -> None:
    rows = usual()
    rows["Deal"][1]["ops_owner"] = "Lea Brandt"
    path = book(tmp_path, rows)
    text = told(run, path, "--lead", " lea  BRANDT ")
    assert text.startswith("Your projects, 30 Jun 2026: Lea Brandt\n")
    assert "Nordlicht" not in text
    assert "Nordlicht" in told(run, path, "--lead", "Milan")
    ran = run("digest", path, "--lead", "Nobody Here")
    assert ran.code == 3
    assert "no deal names them. The column Ops owner names Lea Brandt; Milan." in ran.err
    assert run("digest", path, "--for", "lead").code == 2
    assert run("digest", path, "--for", "ops", "--lead", "Milan").code == 2


def test_a_mail_is_a_draft_with_both_parts_and_neither_date_nor_id(
    run: Run, tmp_path: Path
) -> None:
    path = book(tmp_path, usual(), language="de")
    to = tmp_path / "d.eml"
    told(run, path, "--to", to)
    data = to.read_bytes()
    mail = email.message_from_bytes(data, policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert {"Date", "Message-ID", "From", "To"}.isdisjoint(mail.keys())
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    parts = [part.get_content() for part in mail.iter_parts()]
    assert all("Angeboten" in part or "Braucht jetzt jemanden" in part for part in parts)
    again = tmp_path / "e.eml"
    told(run, path, "--to", again)
    assert again.read_bytes() == data


FORMS = (".html", ".eml", ".md")


@pytest.mark.parametrize("suffix", FORMS)
def test_a_large_firm_has_a_small_digest(run: Run, tmp_path: Path, suffix: str) -> None:
    rows = usual()
    deal, said = rows["Deal"][0], rows["Commitments"][0]
    rows["Deal"] = [
        {**deal, "deal_id": f"D-{n:04}", "client": "Ä" * 300, "deal_name": "ß" * 300}
        for n in range(1, 121)
    ]
    rows["Commitments"] = [
        {**said, "deal_id": f"D-{n:04}", "what": "Ü" * 3000, "due_on": D(2026, 7, n % 14 + 1)}
        for n in range(1, 121)
    ]
    to = tmp_path / f"d{suffix}"
    told(run, book(tmp_path, rows), "--to", to)
    assert to.stat().st_size <= LARGEST + 100  # the mark of what made it
    assert re.search(r"and \d+ more", to.read_text("utf-8"))


@pytest.mark.parametrize("suffix", FORMS)
def test_texts_that_mean_harm_are_texts(run: Run, tmp_path: Path, suffix: str) -> None:
    to = tmp_path / f"d{suffix}"
    told(run, book(tmp_path, hostile()), "--to", to)
    text = to.read_text("utf-8")
    assert len(HOSTILE) > 10
    if suffix == ".eml":
        mail = email.message_from_bytes(to.read_bytes(), policy=policy.default)
        text = list(mail.iter_parts())[1].get_content()
        assert len(mail.keys()) == 4
    if suffix != ".md":
        assert not re.search(r"<(script|img|svg|style|link|iframe|a)\b", text)
        assert not re.search(r"<[^>]*\son\w+=", text)
        assert "src=" not in re.sub(r">[^<]*<", "><", text)
    assert "\u202e" not in text


def test_the_page_is_tables_with_styles_of_their_own(run: Run, tmp_path: Path) -> None:
    to = tmp_path / "d.html"
    text = told(run, book(tmp_path, usual()))
    told(run, tmp_path / "firm.xlsx", "--to", to)
    page = to.read_text("utf-8")
    assert "<table" in page
    assert not re.search(r"<(style|script|img|link)\b", page)
    assert "http" not in page
    bare = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").split())
    for line in text.split("\n"):
        for piece in re.split(r"  |: ", line.strip().removeprefix("- ")):
            assert " ".join(piece.split()) in bare


HEADINGS = {
    "en": ("Needs somebody now", "Handovers that wait", "Dates of the next 14 days", "Money"),
    "de": ("Braucht jetzt jemanden", "Übergaben, die warten", "Termine der nächsten 14", "Geld"),
    "es": ("Necesita a alguien", "Entregas que esperan", "Fechas de los próximos 14", "Dinero"),
    "fr": ("Demande quelqu'un", "Passations en attente", "Dates des 14 prochains", "Argent"),
}


@pytest.mark.parametrize("language", HEADINGS)
def test_it_speaks_the_language_of_the_workbook(run: Run, tmp_path: Path, language: str) -> None:
    rows = usual()
    rows["Deal"][1] |= {"handover_state": "offered", "handover_on": D(2026, 6, 18)}
    rows["Project"][-1]["status"] = "on_track"
    text = told(run, book(tmp_path, rows, language=language))
    assert all(heading in text for heading in HEADINGS[language])
    assert "{" not in text


def test_programs_get_the_same(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path, usual())
    found = json.loads(told(run, path, "--format", "json", "--to", tmp_path / "d.md"))
    assert (found["audience"], found["asof"], found["since"]) == ("ops", "2026-06-30", None)
    assert found["written"]
    lines = [line["what"] for section in found["sections"] for line in section["lines"]]
    text = told(run, path)
    assert lines
    assert all(line.replace("\u00a0", " ") in text for line in lines)


def dates(lead: str, *days: dt.date) -> list[CalendarDate]:
    return [
        CalendarDate(
            day, "deadline", blank(Deal, deal_id=f"D-{n}", ops_owner=lead),
            blank(Context, ctx_id=f"X-{n}"), "date", "",
        )
        for n, day in enumerate(days)
    ]  # fmt: skip


def test_several_real_deadlines_of_one_lead_in_one_week_collide() -> None:
    monday = D(2026, 7, 6)
    week = [monday + dt.timedelta(n) for n in range(MANY)]
    [found] = collisions(dates("Lea", *week), D(2026, 6, 30))
    assert (found.week, found.lead, len(found.deals)) == (monday, "Lea", MANY)
    two, one = dates("Lea", *week[:2]), dates("Jon", *week[2:])
    assert collisions([*two, *one], D(2026, 6, 30)) == []
    assert collisions(dates("", *week), D(2026, 6, 30)) == []
    assert collisions(dates("Lea", *week), D(2026, 7, 13)) == []
    apart = [monday - dt.timedelta(1), *week[:2]]
    assert collisions(dates("Lea", *apart), D(2026, 6, 30)) == []


@pytest.mark.parametrize(("reader", "audience"), [("ops", "ops"), ("owner", "owner")])
@pytest.mark.parametrize("suffix", FORMS)
def test_no_fragment_of_what_may_not_be_seen_is_in_it(
    run: Run, tmp_path: Path, reader: str, audience: str, suffix: str
) -> None:
    data, planted = tainted()
    path = tmp_path / "firm.xlsx"
    path.write_bytes(data)
    to = tmp_path / f"d{suffix}"
    told(run, path, "--for", reader, "--to", to)
    said = told(run, path, "--for", reader) + told(run, path, "--for", reader, "--format", "json")
    text = to.read_text("utf-8")
    if suffix == ".eml":
        mail = email.message_from_bytes(to.read_bytes(), policy=policy.default)
        text += "".join(part.get_content() for part in mail.iter_parts())
    hidden = [one for one in planted if not may_see(audience, one)]
    forbidden = set().union(*(fragments(one.marker) for one in hidden))
    assert leaked(text + said, forbidden) == set()
    shown = [one for one in planted if may_see(audience, one) and one.marker in said]
    assert len(shown) > 10
