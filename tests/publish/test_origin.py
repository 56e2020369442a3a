"""Why a line is believed: who said it, when, where it stands, who confirmed it, what changed."""

import datetime as dt
import html
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from conftest import Ran
from publish.firm import usual, workbook
from sheetrecord.schema.packs import LANGUAGES

Run = Callable[..., Ran]
WHY = re.compile(r'<details class="why">.*?</details>', re.DOTALL)


def origins(run: Run, folder: Path, *words: object, **spec: str) -> list[str]:
    """Return what a deal's page says of where its lines come from."""
    rows = usual()
    rows["Context"][1] |= {"confirmed_by": "Milan", "confirmed_on": dt.date(2026, 5, 2)}
    path = folder / "firm.xlsx"
    path.write_bytes(workbook(rows, **spec))
    ran = run("publish", path, "--to", folder / "view", *words)
    assert ran.code == 0, ran.err
    page = (folder / "view/deals/D-0001.html").read_text("utf-8")
    found = (re.sub(r"<[^>]+>", "\n", one) for one in WHY.findall(page))
    return [html.unescape(one).replace("\u00a0", " ") for one in found]


def test_every_line_says_why_it_is_believed(run: Run, tmp_path: Path) -> None:
    found = origins(run, tmp_path)
    [why_us] = [one for one in found if "Petra Vogt, on 20 Feb 2026" in one]
    assert "Said by Petra Vogt, on 20 Feb 2026, written down by Anna Keller" in why_us
    assert "Source: Call" in why_us
    assert "Confirmed by Milan, on 2 May 2026" in why_us
    [promise] = [one for one in found if "to Petra Vogt" in one]
    assert "Said by Anna Keller to Petra Vogt, on 3 Mar 2026" in promise
    assert "Source: Spoken, call 3 March" in promise
    assert any("Not confirmed yet" in one for one in found)
    assert any("Nobody wrote who said it" in one for one in found)


def test_the_cell_that_it_names_is_the_one_that_says_so(run: Run, tmp_path: Path) -> None:
    found = origins(run, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "firm.xlsx")
    cells = []
    for one in found:
        [(sheet, cell)] = re.findall(r"In the workbook:\s+'?(.+?)'?!([A-Z]+[0-9]+)", one)
        cells.append(str(book[sheet][cell].value))
    assert {"The prototype", "Training for five users", "The regulator"} <= set(cells)


@pytest.mark.parametrize("audience", ["finance", "client"])
def test_who_is_not_of_ops_is_told_of_no_cell(run: Run, tmp_path: Path, audience: str) -> None:
    words = ["--client", "Nordlicht"] if audience == "client" else []
    assert origins(run, tmp_path, "--audience", audience, *words) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_workbook(run: Run, tmp_path: Path, language: str) -> None:
    found = origins(run, tmp_path, language=language)
    said = {"en": "Said by", "de": "Gesagt von", "es": "Petra Vogt", "fr": "Dit par"}[language]
    assert any(said in one for one in found)
    assert not any("{" in one for one in found)


def told_by(run: Run, folder: Path, name: str, *words: object) -> str:
    """Return the brief of the first deal, as a page or as Markdown."""
    rows = usual()
    rows["Context"][1] |= {
        "confirmed_by": "Milan",
        "confirmed_on": dt.date(2026, 5, 2),
        "source_link": 'thread.eml 2026-02-20 09:14 "Kick-off"',
        "note": 'Heard twice\n"We chose the prototype" (call.vtt 00:12:31)',
    }
    (folder / "firm.xlsx").write_bytes(workbook(rows))
    ran = run("brief", folder / "firm.xlsx", "D-0001", "--to", folder / name, *words)
    assert ran.code == 0, ran.err
    return html.unescape((folder / name).read_text("utf-8")).replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["brief.html", "brief.md"])
def test_each_line_of_a_brief_says_why_it_is_believed(run: Run, tmp_path: Path, name: str) -> None:
    text = told_by(run, tmp_path, name)
    assert "Said by Petra Vogt, on 20 Feb 2026, written down by Anna Keller" in text
    assert "Said by Anna Keller to Petra Vogt, on 3 Mar 2026" in text
    book = openpyxl.load_workbook(tmp_path / "firm.xlsx")
    cells = re.findall(r"In the workbook: '?(\w+?)'?!([A-Z]+[0-9]+)", text)
    said = {str(book[sheet][cell].value) for sheet, cell in cells}
    assert {"The prototype", "Training for five users", "No old documents", "Hosting"} <= said
    if name.endswith("html"):
        kept = re.findall(r'aria-label="Why this is believed: ([^"]+)"', text)
        assert len(kept) == len(set(kept)) == len(WHY.findall(text)) > 5


@pytest.mark.parametrize("name", ["brief.html", "brief.md"])
def test_what_was_captured_names_quote_message_and_time(
    run: Run, tmp_path: Path, name: str
) -> None:
    text = told_by(run, tmp_path, name)
    assert 'Source: Call, thread.eml 2026-02-20 09:14 "Kick-off"' in text
    assert "Said again: “We chose the prototype”, call.vtt 00:12:31" in text


def test_a_page_and_a_note_name_the_quote_too(run: Run, tmp_path: Path) -> None:
    told_by(run, tmp_path, "brief.md")
    assert run("publish", tmp_path / "firm.xlsx", "--to", tmp_path / "view").code == 0
    page = (tmp_path / "view/deals/D-0001.html").read_text("utf-8")
    assert "Said again: “We chose the prototype”, call.vtt 00:12:31" in page
    ran = run("note", tmp_path / "firm.xlsx", "D-0001")
    assert "Said again: “We chose the prototype”, call.vtt 00:12:31" in ran.out, ran.err


def test_why_takes_no_room_on_a_printed_brief(run: Run, tmp_path: Path) -> None:
    text = told_by(run, tmp_path, "brief.html")
    assert '<body class="roomy">' in text
    assert "@media print { .why { display: none } }" in text


def test_what_was_confirmed_is_ticked_in_every_form(run: Run, tmp_path: Path) -> None:
    text = told_by(run, tmp_path, "brief.md")
    assert "- [x] **Why us**: The prototype" in text
    assert text.count("- [x]") == 1
    assert told_by(run, tmp_path, "brief.html").count('<i class="box done"') == 1
