"""`sheetrecord capture`: proposals, decisions on the sheet and on the terminal, nothing twice."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from built import build
from capture.mails import mail, pdf
from sheetrecord.app.handover import open_handover
from sheetrecord.cli.deal import capture_questions
from sheetrecord.formats.template import Spec

Run = Callable[..., Any]
TEXT = "Hi Tom,\n\nOur shareholders meet on 22 June and want to see it. I assume training is included?\n"
TEXT += "\nBetween us: my bonus hangs on this.\n"
SMALL = {"Deal": 4, "Context": 40, "Commitments": 12, "Project": 4, "Fees": 4, "Gaps": 4}
WORDS = ("capture", "firm.xlsx", "D-0001")


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook with one deal, made once."""
    path = tmp_path_factory.mktemp("firm") / "firm.xlsx"
    rows = {"Deal": [{"deal_id": "D-0001", "client": "Ode", "stage": "talking"}]}
    path.write_bytes(build(Spec(seeded_deals=1, rows=SMALL), rows))
    return path


@pytest.fixture
def office(run: Run, firm: Path, tmp_path: Path) -> Path:
    """Return the folder in which `run` works, with a firm and a mail."""
    shutil.copy(firm, "firm.xlsx")
    Path("mail.eml").write_bytes(mail(TEXT, id_="<1@x>"))
    return tmp_path


def rows() -> Any:
    import datetime as dt

    opened = open_handover("firm.xlsx", today=dt.date(2026, 6, 1))
    return opened.context.parsed.record.by_deal["D-0001"]


def typed(**cells: str) -> None:
    """Type into the sheet Capture as somebody does."""
    book = openpyxl.load_workbook("firm.xlsx")
    for place, value in cells.items():
        book["Capture"][place] = value
    book.save("firm.xlsx")


def listed() -> list[tuple[Any, ...]]:
    """Return the lines of the sheet Capture that hold something."""
    book = openpyxl.load_workbook("firm.xlsx")
    if "Capture" not in book:
        return []
    return [row for row in book["Capture"].iter_rows(min_row=4, values_only=True) if any(row)]


def test_a_plan_says_all_and_writes_nothing(run: Run, office: Path) -> None:
    before = Path("firm.xlsx").read_bytes()
    ran = run(*WORDS, "mail.eml", "--plan", "--format", "json", "--us", "ours.example")
    told = json.loads(ran.out)
    assert ran.code == 0
    assert [(one["kind"], one["verdict"]) for one in told["proposals"]] == [
        ("real_deadline", "new"),
        ("scope_assumed", "new"),
        ("success_personal", "new"),
    ]
    first = told["proposals"][0]
    assert first["row"]["date"] == first["values"]["date"] == "2026-06-22"
    assert first["row"]["driver"] == "Our shareholders meet"
    assert first["quote"] == TEXT[first["where"]["start"] : first["where"]["end"]]
    assert told["sources"][0]["messages"][0]["side"] == "client"
    assert Path("firm.xlsx").read_bytes() == before


def test_share_stays_blank_unless_a_quote_sounds_private(run: Run, office: Path) -> None:
    ran = run(*WORDS, "mail.eml", "--plan", "--format", "json")
    shares = {
        p["kind"]: (p["row"].get("share"), p["share_why"]) for p in json.loads(ran.out)["proposals"]
    }
    assert shares["real_deadline"] == (None, None)
    assert shares["success_personal"] == ("internal", "Between us")


def test_what_is_accepted_on_the_sheet_is_written_and_the_sheet_goes(
    run: Run, office: Path
) -> None:
    assert run(*WORDS, "mail.eml").code == 0
    assert [line[:2] for line in listed()] == [
        (None, "real deadline"),
        (None, "taken as included"),
        (None, "personal success"),
    ]
    typed(A4="accept", D4="2026-06-23", A5="accept", C5="Training for all", A6="decline")
    assert run(*WORDS).code == 0
    record = rows()
    [deadline] = [row for row in record.context if row.kind == "real_deadline" and row.date]
    assert (str(deadline.date), deadline.answer) == (
        "2026-06-23",
        "Our shareholders meet on 22 June and want to see it.",
    )
    assert "mail.eml <1@x>" in deadline.source_link
    [said] = [row for row in record.commitments if row.what]
    assert (said.type, said.what, said.client_believes) == ("discussed", "Training for all", "yes")
    assert listed() == []
    assert not any(row.answer for row in record.context if row.kind == "success_personal")


def test_capturing_twice_gives_nothing_new_and_what_was_declined_stays_away(
    run: Run, office: Path
) -> None:
    run(*WORDS, "mail.eml")
    run(*WORDS, "mail.eml")
    assert len(listed()) == 3
    typed(A4="accept", A5="accept", A6="decline")
    run(*WORDS)
    before = Path("firm.xlsx").read_bytes()
    told = json.loads(run(*WORDS, "mail.eml", "--format", "json").out)
    assert told["summary"]["new"] == 0
    assert {one["verdict"] for one in told["proposals"]} == {"known"}
    assert (told["written"], Path("firm.xlsx").read_bytes()) == (False, before)


def test_another_kind_may_be_chosen_and_words_that_are_none_are_told(
    run: Run, office: Path
) -> None:
    run(*WORDS, "mail.eml")
    typed(A4="accept", B4="constraint", A5="perhaps", A6="accept", D6="soon")
    ran = run(*WORDS)
    assert ran.code == 1
    assert '"perhaps" is no decision' in ran.out
    assert '"soon" is no day' in ran.out
    assert [row.answer for row in rows().context if row.kind == "constraints" and row.answer]
    assert len(listed()) == 2


def test_the_order_of_the_columns_may_be_changed(run: Run, office: Path) -> None:
    run(*WORDS, "mail.eml")
    book = openpyxl.load_workbook("firm.xlsx")
    sheet = book["Capture"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    for number, row in enumerate(cells, start=3):
        for column, value in enumerate(reversed(row), start=1):
            sheet.cell(number, column).value = value
    sheet.cell(4, len(cells[0])).value = "accept"
    book.save("firm.xlsx")
    run(*WORDS)
    assert [str(r.date) for r in rows().context if r.kind == "real_deadline" and r.date] == [
        "2026-06-22"
    ]


def test_another_day_than_the_record_has_contradicts(run: Run, office: Path) -> None:
    run(*WORDS, "mail.eml")
    typed(A4="accept", A5="decline", A6="decline")
    run(*WORDS)
    Path("later.eml").write_bytes(mail("The board meeting is on 29 June now.\n", day="2026-06-01"))
    [one] = json.loads(run(*WORDS, "later.eml", "--plan", "--format", "json").out)["proposals"]
    held = next(row.ctx_id for row in rows().context if row.kind == "real_deadline" and row.date)
    assert (one["verdict"], one["like"]) == ("contradicts", [held])


def test_on_a_terminal_each_is_asked(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["k", "constraint", "a", "e", "All training", "-", "a", "d"])
    monkeypatch.setattr("sheetrecord.cli.deal.capture._watched", lambda: True)
    monkeypatch.setattr(capture_questions.click, "prompt", lambda *_, **__: next(answers))
    ran = run(*WORDS, "mail.eml")
    assert ran.code == 0
    assert "22 June" in ran.err
    record = rows()
    assert [row.kind for row in record.context if row.answer] == ["constraints"]
    assert [row.what for row in record.commitments if row.what] == ["All training"]
    assert listed() == []


def test_evidence_is_found_again(run: Run, office: Path) -> None:
    run(*WORDS, "mail.eml")
    typed(A4="accept")
    run(*WORDS)
    ran = run("find", "firm.xlsx", "shareholders")
    assert "mail.eml <1@x> 2026-05-11" in ran.out


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(run: Run, office: Path) -> None:
    Path("a.pdf").write_bytes(b"%PDF-1.7")
    ran = run(*WORDS, "a.pdf", "gone.eml", "mail.eml", "--plan")
    assert ran.code == 1
    assert "a.pdf was not read" in ran.out
    assert "gone.eml" in ran.out
    assert "22 June" in ran.out


def test_nobody_of_ours_is_told(run: Run, office: Path) -> None:
    Path("other.eml").write_bytes(mail(TEXT).replace(b"ours.example", b"them.example"))
    assert "--us" in run(*WORDS, "other.eml", "--plan").out


def test_the_answer_to_the_letter_confirms_or_corrects_its_rows(run: Run, office: Path) -> None:
    run(*WORDS, "mail.eml")
    typed(A4="accept", A5="accept", A6="decline")
    run(*WORDS)
    reply = (
        "Dear Tom,\n\nsee below.\n\nOn Mon, 1 Jun 2026 at 09:00, Tom <tom@ours.example> wrote:\n"
    )
    reply += (
        "> - Our shareholders meet on 22 June and want to see it.\n\nNo, it is 29 June now.\n\n"
    )
    reply += "> - I assume training is included?\n\nYes, that is right.\n"
    Path("reply.eml").write_bytes(mail(reply, day="2026-06-02", id_="<r@x>"))
    told = json.loads(
        run(*WORDS, "reply.eml", "--plan", "--format", "json", "--us", "ours.example").out
    )
    replies = [one for one in told["proposals"] if one["verdict"] != "known"]
    assert [one["cue"] for one in replies] == ["reply.no", "reply.yes"]
    record = rows()
    day = next(row.ctx_id for row in record.context if row.kind == "real_deadline" and row.date)
    said = next(row.com_id for row in record.commitments if row.what)
    assert [(one["kind"], one["verdict"], one["like"]) for one in replies] == [
        ("real_deadline", "contradicts", [day]),
        ("scope_assumed", "adds", [said]),
    ]
    assert replies[0]["values"]["date"] == "2026-06-29"
    run(*WORDS, "reply.eml", "--us", "ours.example")
    place = next(i for i, line in enumerate(listed()) if line[5] == "Yes, that is right.")
    typed(**{f"A{place + 4}": "accept"})
    run(*WORDS)
    note = next(row.note for row in rows().commitments if row.com_id == said)
    assert '"Yes, that is right." (reply.eml <r@x>' in note
    told = json.loads(
        run(*WORDS, "reply.eml", "--plan", "--format", "json", "--us", "ours.example").out
    )
    again = [one["verdict"] for one in told["proposals"] if one["quote"] == "Yes, that is right."]
    assert again == ["known"]


def test_the_settings_say_who_we_are(run: Run, office: Path) -> None:
    Path("other.eml").write_bytes(mail(TEXT).replace(b"ours.example", b"them.example"))
    Path("sheetrecord.toml").write_text('[capture]\nus = ["them.example"]\n')
    assert "--us" not in run(*WORDS, "other.eml", "--plan").out


def test_a_model_that_the_settings_name_is_asked_once_somebody_vouched(
    run: Run, office: Path
) -> None:
    Path("sheetrecord.toml").write_text('[capture]\nmodel = "http://127.0.0.1:9/v1"\n')
    asked = run(*WORDS, "mail.eml", "--plan")
    assert asked.code == 3
    assert "a model that reads what is captured" in asked.err
    done = run(*WORDS, "mail.eml", "--plan", "--trust")
    assert "22 June" in done.out


@pytest.mark.parametrize("address", ["https://127.0.0.1/v1", "127.0.0.1:8080", "file:///x"])
def test_a_model_elsewhere_is_wrong_in_the_settings(run: Run, office: Path, address: str) -> None:
    Path("sheetrecord.toml").write_text(f'[capture]\nmodel = "{address}"\n')
    assert run(*WORDS, "mail.eml", "--plan").code == 2


def test_the_pages_of_a_pdf_are_captured(run: Run, office: Path) -> None:
    Path("terms.pdf").write_bytes(pdf("Our shareholders meet on 22 June 2026 and want it ready."))
    told = json.loads(run(*WORDS, "terms.pdf", "--plan", "--format", "json").out)
    one = told["proposals"][0]
    assert (told["sources"][0]["type"], one["kind"]) == ("pdf", "real_deadline")
    assert one["values"]["date"] == "2026-06-22"
