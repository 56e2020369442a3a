"""The calendar feed: what is to come as iCalendar, for each who may see it, the same every day."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Ran
from effort import examples
from publish.firm import HOSTILE, hostile, usual, workbook
from publish.ical_reader import Event, read
from sheetrecord.core.view.sanitise import clean
from sheetrecord.core.view.uncertain_owner import same_name
from sheetrecord.publish.feed.files import FOLDER, lead_files
from sheetrecord.publish.feed.ical import IcalEvent, calendar, folded, known_events

D = dt.date
Run = Callable[..., Ran]
ODD = st.text(st.characters(codec="utf-8"), max_size=200)


def firm(**changes: Any) -> dict[str, list[dict[str, Any]]]:
    rows = usual()
    rows["Deal"][0] |= changes
    return rows


def feed(
    run: Run, folder: Path, rows: dict[str, list[dict[str, Any]]], *words: object, **spec: Any
) -> list[Event]:
    """Publish a firm and return the events of the feed of all dates."""
    path = folder / "firm.xlsx"
    path.write_bytes(workbook(rows, **spec))
    ran = run("publish", path, "--to", folder / "view", *words)
    assert ran.code == 0, ran.err
    return read((folder / "view/calendar/all.ics").read_bytes())


def said(events: list[Event]) -> str:
    return "\n".join(f"{one.on} {one.summary}" for one in events)


@examples(300)
@given(
    words=ODD,
    uid=st.text("abc.-@", min_size=1, max_size=90),
    on=st.dates(max_value=D.max - dt.timedelta(1)),
)
def test_whatever_is_said_comes_back_as_it_was_said(words: str, uid: str, on: dt.date) -> None:
    event = IcalEvent(uid, on, words, words, "x", D(2026, 1, 2), 3)
    data = calendar("All", [event], "1")
    [back] = read(data)
    assert (back.uid, back.on, back.sequence, back.stamp) == (uid, on, 3, "20260102")
    plain = clean(words).replace("\t", " ").replace("\r", "\n")
    assert back.summary == back.description == plain
    known = known_events(data)[uid]
    assert (known.on, known.changed, known.sequence) == (on, D(2026, 1, 2), 3)
    assert known.content == event.content


@examples(300)
@given(ODD.map(lambda text: text.replace("\r", "").replace("\n", "")))
def test_a_line_is_folded_between_characters(line: str) -> None:
    parts = folded(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line


@examples(200)
@given(st.binary(max_size=400))
def test_a_file_that_somebody_broke_says_nothing(data: bytes) -> None:
    assert isinstance(known_events(data), dict)


def test_a_calendar_without_events_is_one_all_the_same() -> None:
    assert read(calendar("None", [], "1")) == []


def test_the_feed_holds_what_is_to_come(run: Run, tmp_path: Path) -> None:
    rows = firm(
        handover_state="accepted",
        handover_on=D(2026, 6, 1),
        return_code="",
        notice_by=D(2026, 12, 1),
    )
    one = {"deal_id": "D-0001", "learned_on": D(2026, 2, 1)}
    rows["Context"].append(
        {**one, "kind": "constraints", "answer": "Two sites", "date": D(2026, 8, 3)}
    )
    rows["Commitments"] += [
        {"deal_id": "D-0001", "type": "promise", "what": "Nights", "due_on": D(2026, 7, 9)},
        {"deal_id": "D-0001", "type": "promise", "what": "Kept", "due_on": D(2026, 7, 9),
         "progress": "delivered"},
        {"deal_id": "D-0001", "type": "client_duty", "what": "Data", "due_on": D(2026, 7, 10)},
        {"deal_id": "D-0001", "type": "assumption", "what": "20 users", "due_on": D(2026, 7, 11)},
    ]  # fmt: skip
    told = said(feed(run, tmp_path, rows))
    for line in (
        "2026-09-10 Real deadline: Board meeting (Nordlicht)",
        "2026-07-09 Promised: Nights (Nordlicht)",
        "2026-07-10 The client owes: Data (Nordlicht)",
        "2026-07-11 Promised: 20 users (Nordlicht)",
        '2026-08-03 Nordlicht: "Two sites" speaks of 2026-08-03.',
        "2026-12-01 Nordlicht: The last day to cancel, renew or replace the paper",
        # fifteen days after it was accepted, which is when it is said elsewhere too
        "2026-06-16 Nordlicht: Deal D-0001 was accepted on 2026-06-01, and nobody has confirmed",
        "2026-06-16 Nordlicht: Nobody has looked at",
    ):
        assert line in told, told
    assert "Kept" not in told


def test_a_day_that_passes_changes_no_byte(run: Run, tmp_path: Path) -> None:
    feed(run, tmp_path, usual(), "--asof", "2026-06-30")
    files = sorted((tmp_path / "view" / FOLDER).iterdir())
    before = [file.read_bytes() for file in files]
    for day in ("2026-07-01", "2026-07-02", "2026-12-24"):
        feed(run, tmp_path, usual(), "--asof", day)
        assert [file.read_bytes() for file in files] == before


def test_what_changes_is_the_same_event_with_a_later_number(run: Run, tmp_path: Path) -> None:
    def deadline(day: dt.date, asof: str) -> Event:
        rows = usual()
        rows["Context"][0] |= {"date": day, "ctx_id": "X-0001"}
        events = feed(run, tmp_path, rows, "--asof", asof)
        [found] = [one for one in events if one.category == "Real deadline"]
        return found

    first = deadline(D(2026, 9, 10), "2026-06-30")
    moved = deadline(D(2026, 9, 17), "2026-07-03")
    later = deadline(D(2026, 9, 17), "2026-07-05")
    again = deadline(D(2026, 9, 10), "2026-07-09")
    assert first.uid.startswith("X-0001.date@")
    assert {first.uid} == {moved.uid, later.uid, again.uid}
    assert [one.sequence for one in (first, moved, later, again)] == [0, 1, 1, 2]
    assert [one.stamp for one in (first, moved, later, again)] == [
        "20260220", "20260703", "20260703", "20260709",
    ]  # fmt: skip


def test_an_internal_row_is_in_no_feed_but_the_owners(run: Run, tmp_path: Path) -> None:
    rows = usual()
    rows["Context"][0]["share"] = "internal"
    assert "Board meeting" not in said(feed(run, tmp_path, rows))
    feed(run, tmp_path, rows, "--audience", "owner", "--to", tmp_path / "owner")
    assert "Board meeting" in said(read((tmp_path / "owner/calendar/all.ics").read_bytes()))


def test_texts_that_mean_harm_are_texts(run: Run, tmp_path: Path) -> None:
    events = feed(run, tmp_path, hostile())
    assert len(events) > len(HOSTILE)
    for file in (tmp_path / "view" / FOLDER).iterdir():
        read(file.read_bytes())


@pytest.mark.parametrize("audience", ["finance", "client"])
def test_other_audiences_have_no_feed(run: Run, tmp_path: Path, audience: str) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(usual()))
    client = ["--client", "Nordlicht"] if audience == "client" else []
    ran = run("publish", path, "--audience", audience, "--to", tmp_path / "view", *client)
    assert ran.code == 0, ran.err
    assert not (tmp_path / "view" / FOLDER).exists()


def test_a_lead_has_the_dates_of_their_deals_alone(run: Run, tmp_path: Path) -> None:
    rows = usual()
    rows["Deal"][1]["ops_owner"] = "Lea Brandt"
    rows["Deal"][2]["ops_owner"] = "../../etc/passwd"
    everything = feed(run, tmp_path, rows)
    files = {file.name: read(file.read_bytes()) for file in (tmp_path / "view" / FOLDER).iterdir()}
    assert {"all.ics", "lead-milan.ics", "lead-lea-brandt.ics"} < set(files)
    assert len(files) == 4
    parts = [event for name, events in files.items() if name != "all.ics" for event in events]
    assert sorted(parts) == sorted(everything)
    assert "Nordlicht" in said(files["lead-milan.ics"])
    assert "Nordlicht" not in said(files["lead-lea-brandt.ics"])


@examples(200)
@given(st.lists(ODD, max_size=6))
def test_leads_have_files_that_are_safe_and_their_own(leads: list[str]) -> None:
    files = lead_files(leads)
    assert len({path.casefold() for path in files.values()}) == len(files)
    assert {same_name(lead) for lead in leads} - {""} == {same_name(lead) for lead in files}
    for path in files.values():
        folder, _, name = path.rpartition("/")
        assert folder == FOLDER
        assert name.isascii()
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
        assert name.startswith("lead-")
        assert name.count(".") == 1
        assert len(name) <= 60
    for lead, path in files.items():
        assert lead_files([lead]) == {lead: path}


LANGUAGES = {
    "en": ("Real deadline: Board meeting (Nordlicht)", "The contract ends on 30 Sep 2026."),
    "de": ("Wirklicher Termin: Board meeting (Nordlicht)", "Der Vertrag endet am 30. Sep. 2026."),
    "es": ("Fecha real: Board meeting (Nordlicht)", "El contrato termina el 30 "),
    "fr": ("Vraie échéance: Board meeting (Nordlicht)", "Le contrat se termine le 30 "),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_workbook(run: Run, tmp_path: Path, language: str) -> None:
    summary, ends = LANGUAGES[language]
    events = feed(run, tmp_path, usual(), language=language)
    [found] = [one for one in events if "Board meeting" in one.summary]
    assert found.summary.replace("\u00a0", " ").replace(" :", ":") == summary
    assert ends in found.description
