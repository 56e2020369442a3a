"""What nobody can read is named wherever it is missing: no line and no sum lacks it in silence."""

import email
import json
from collections.abc import Callable
from email import policy
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Ran
from publish.firm import usual, workbook
from sheetrecord.schema.packs import LANGUAGES, pack

Run = Callable[..., Ran]
SECRET = "ZQXJKVWB"


def cell_of(book: Any, language: str, sheet: str, key: str, nth: int) -> Any:
    """Return the cell of a column in the nth row of a sheet's data."""
    words = pack(language)
    title, head = words.sheets[sheet], words.columns[sheet][key]
    found = [c for row in book[title].iter_rows(max_row=6) for c in row if c.value == head]
    return book[title].cell(found[0].row + nth, found[0].column)


def book(folder: Path, cells: dict[tuple[str, str, int], object], language: str = "en") -> Path:
    """Write a firm with some cells typed over; return where it is."""
    path = folder / "firm.xlsx"
    path.write_bytes(workbook(usual(), language=language))
    opened = openpyxl.load_workbook(path)
    for (sheet, key, nth), value in cells.items():
        cell_of(opened, language, sheet, key, nth).value = value
    opened.save(path)
    return path


AMOUNT = {("Fees", "net", 2): f"about 60k {SECRET}"}
DAY = {("Context", "date", 1): f"before Easter {SECRET}"}


def pages(run: Run, path: Path, *words: object) -> tuple[dict[str, str], Ran]:
    site = path.parent / "view"
    ran = run("publish", path, "--to", site, *words)
    assert ran.code == 0, ran.err
    files = (p for p in site.rglob("*") if p.suffix in {".html", ".ics"})
    return {p.relative_to(site).as_posix(): p.read_text("utf-8") for p in files}, ran


def test_an_amount_that_is_text_is_named_wherever_it_is_not_counted(
    run: Run, tmp_path: Path
) -> None:
    path = book(tmp_path, AMOUNT)
    found, ran = pages(run, path, "--audience", "owner")
    for name in ("index.html", "money.html", "owner.html", "deals/D-0001.html"):
        assert "Fees!F5 · Net · D-0001" in found[name], name
    assert "Fees!F5" not in found["deals/D-0002.html"]
    assert "because nobody can read 1 cell: Fees!F5 · Net · D-0001." in ran.out
    told = run("digest", path, "--for", "owner").out
    assert "Not counted: nobody can read these cells\n" in told
    assert "Nordlicht, Project 1 (D-0001): Fees!F5 · Net" in told
    assert SECRET not in told + "".join(found.values())


def test_a_day_that_is_text_is_named_in_the_calendar_and_the_feed(run: Run, tmp_path: Path) -> None:
    found, _ = pages(run, book(tmp_path, DAY))
    for name in ("index.html", "calendar.html", "deals/D-0001.html", "calendar/all.ics"):
        text = found[name].replace("\n ", "").replace("\r", "")
        assert "Context!H4 · Date · D-0001" in text, name
    assert "Context!H4" in found["calendar/lead-milan.ics"].replace("\r\n ", "")
    assert SECRET not in "".join(found.values())


def test_nothing_is_said_where_everything_was_read(run: Run, tmp_path: Path) -> None:
    found, ran = pages(run, book(tmp_path, {}))
    assert "nobody can read" not in "".join(found.values()).casefold() + ran.out
    assert "Not counted" not in run("digest", tmp_path / "firm.xlsx").out


def test_no_absence_is_claimed_of_what_was_not_read(run: Run, tmp_path: Path) -> None:
    rows: dict[tuple[str, str, int], object] = {("Fees", "net", 1): "x", ("Fees", "net", 2): "y"}
    rows |= {("Commitments", "effort_hours", 1): "two days or so"}
    told = run("digest", book(tmp_path, rows)).out
    assert "Nothing that could be read." in told
    assert "Nothing came in" not in told
    assert "names none" not in told


def test_the_cells_of_a_row_that_is_withheld_are_not_named(run: Run, tmp_path: Path) -> None:
    cells = {**DAY, ("Context", "share", 1): "Internal"}
    path = book(tmp_path, cells)
    found, ran = pages(run, path)
    assert "Context!H4" not in "".join(found.values()) + ran.out
    assert "Context!H4" not in run("digest", path).out
    assert "Context!H4" in run("digest", path, "--for", "owner").out


def test_a_client_is_told_of_no_cell_and_the_publisher_is(run: Run, tmp_path: Path) -> None:
    cells = {("Fees", "received", 1): "all of it"}
    words = ["--audience", "client", "--client", "Nordlicht"]
    found, ran = pages(run, book(tmp_path, cells), *words)
    assert "Fees!" not in "".join(found.values())
    assert "Fees!" in ran.out


def test_the_workbook_says_it_beside_where_it_was_made_from(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path, AMOUNT)
    assert run("publish", path, "--to", tmp_path / "seen.xlsx").code == 0
    about = openpyxl.load_workbook(tmp_path / "seen.xlsx").worksheets[-1]
    assert "Fees!F5 · Net · D-0001" in [row[1].value for row in about.iter_rows()]


def test_many_are_counted_beyond_the_first_few(run: Run, tmp_path: Path) -> None:
    cells = {("Deal", "value_net", nth): "much" for nth in range(1, 7)}
    cells |= {("Deal", "contract_end", nth): "soon" for nth in range(1, 7)}
    found, ran = pages(run, book(tmp_path, cells))
    assert "4 more: `sheetrecord validate` names them all." in found["index.html"]
    told = json.loads(run("publish", tmp_path / "firm.xlsx", "--to", "v", "--format", "json").out)
    assert len(told["unread_cells"]) == 12
    assert "12 cells" in ran.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_the_language_of_the_workbook(
    run: Run, tmp_path: Path, language: str
) -> None:
    path = book(tmp_path, AMOUNT, language)
    words = pack(language)
    named = f"{words.sheets['Fees']}!F5 · {words.columns['Fees']['net']}"
    ran = run("digest", path, "--to", tmp_path / "d.eml")
    mail = email.message_from_bytes((tmp_path / "d.eml").read_bytes(), policy=policy.default)
    assert named.replace("'", "") in mail.get_body().get_content().replace("&#x27;", "")
    assert "Not counted, because nobody can read it: 1 cell." in ran.out
