"""What only Google has: doctor's advice, what an import drops, a view in its own spreadsheet."""

from collections.abc import Callable

import pytest

from conftest import ASOF, Ran
from gsheet.conftest import opened
from promote.firm import ready
from promote.firm import workbook as promotable
from sheetrecord.app.create import NewWorkbookRequest, workbook
from sheetrecord.model.value import Formula
from sheets_server import MACHINE, SheetsServer

Run = Callable[..., Ran]
DAY = ("--asof", ASOF.isoformat())


def test_a_link_of_the_browser_is_the_same_workbook(made_up: SheetsServer, run: Run) -> None:
    opened(made_up, promotable(ready()))
    link = "https://docs.google.com/spreadsheets/d/firm/edit?gid=0#gid=0"
    ran = run("validate", link, *DAY)
    assert ran.code in {0, 1}, ran.err
    assert ran.out.replace(link, "gsheet:firm") == run("validate", "gsheet:firm", *DAY).out


def test_doctor_says_which_thing_is_wrong_and_what_to_click(
    made_up: SheetsServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(made_up, promotable(ready()))
    well = run("doctor", "gsheet:firm")
    assert well.code == 0, well.out
    assert f"asks Google as {MACHINE}" in well.out
    made_up.google.share("firm", MACHINE, "reader")
    assert f"make {MACHINE} an Editor" in run("doctor", "gsheet:firm").out
    made_up.google.share("firm", MACHINE, "")
    assert f"click Share, add {MACHINE}" in run("doctor", "gsheet:firm").out
    made_up.google.share("firm", MACHINE)
    made_up.google.disabled.add("sheets")
    assert "enable Google Sheets API" in run("doctor", "gsheet:firm").out
    made_up.google.disabled.clear()
    assert "Google knows no such spreadsheet" in run("doctor", "gsheet:nowhere").out
    monkeypatch.delenv("SHEETRECORD_GOOGLE_CREDENTIALS")
    ran = run("doctor", "gsheet:firm")
    assert (ran.code, "nobody is signed in to Google here" in ran.out) == (1, True)


def test_what_an_import_drops_is_told_and_put_back(made_up: SheetsServer, run: Run) -> None:
    new = NewWorkbookRequest("blank", google=True)
    sheet = opened(made_up, workbook(new, today=ASOF))
    names = sheet.read().held.names  # type: ignore[attr-defined]
    lost = next(one.id for name, one in sorted(names.items()) if name.startswith("sr_"))
    guarded = [
        part["protectedRangeId"]
        for tab in made_up.google.book("firm").sheets
        for part in tab.parts.get("protectedRanges", ())
    ]
    assert guarded, "the template guards its lists"
    unguard = [{"deleteProtectedRange": {"protectedRangeId": one}} for one in guarded]
    made_up.google.act("firm", [{"deleteNamedRange": {"namedRangeId": lost}}, *unguard])
    assert "HYPERLINK" not in str(sheet.read().book.sheets["Check"].row(5))
    told = run("doctor", "gsheet:firm", "--import")
    assert (told.code, "names of columns and lists are gone" in told.out) == (1, True), told.out
    assert "sheets are no longer protected (Lists)" in told.out
    before = sheet.read()
    plan = run("doctor", "gsheet:firm", "--repair", "--plan")
    assert (plan.code, "Would be put back" in plan.out) == (1, True), plan.out
    assert sheet.read().revision.digest == before.revision.digest
    ran = run("doctor", "gsheet:firm", "--repair")
    assert (ran.code, "put back" in ran.out) == (0, True), ran.out + ran.err
    parts = [tab.parts.get("protectedRanges", []) for tab in made_up.google.book("firm").sheets]
    assert [one["warningOnly"] for several in parts for one in several] == [True] * len(guarded)
    after = sheet.read().book
    assert before.book.names.keys() < after.names.keys()
    assert after.origin
    link = after.sheets["Check"].row(5)[3]
    assert isinstance(link, Formula)
    assert 'HYPERLINK("#gid="&CHOOSE(' in link.text
    assert "has all that a new workbook declares" in run("doctor", "gsheet:firm", "--import").out


def test_a_probe_tries_everything_and_leaves_nothing(
    made_up: SheetsServer, run: Run, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(made_up, promotable(ready()))
    person = made_up.person_key(tmp_path / "person.json")  # type: ignore[operator]
    monkeypatch.setenv("SHEETRECORD_GOOGLE_CREDENTIALS", str(person))
    ran = run("doctor", "gsheet:firm", "--probe")
    assert ran.code == 0, ran.out
    assert ran.out.count(": holds") == 12
    assert list(made_up.google.files) == ["firm"]
    made_up.google.rules.fence_ignored = True
    made_up.google.rules.answers_before = True
    try:
        ran = run("doctor", "gsheet:firm", "--probe")
    finally:
        made_up.google.rules.fence_ignored = False
        made_up.google.rules.answers_before = False
    assert ran.code == 1
    assert "a fence that exists is refused: does not hold" in ran.out
    assert "the answer shows what stands afterwards: does not hold" in ran.out


def test_a_view_is_written_into_an_empty_spreadsheet_of_its_own(
    made_up: SheetsServer, run: Run
) -> None:
    opened(made_up, promotable(ready()))
    key = made_up.google.add_empty("view")
    made_up.google.share(key, MACHINE)
    words = ("publish", "gsheet:firm", "--to", f"gsheet:{key}", *DAY)
    refused = run(*words)
    forced = "add --force" in refused.err  # who may open it was not told to the machine
    ran = run(*words, "--force") if forced else refused
    assert (ran.code, ran.err) == (0, ""), ran.out
    book = made_up.google.book(key)
    cells = [cell for sheet in book.sheets for row in sheet.rows for cell in row.cells.values()]
    assert cells
    assert not any("formulaValue" in str(cell) for cell in cells)
    assert [one.title for one in book.sheets if one.title.startswith("sr_before_")] == []
    again = run(*words, *(("--force",) if forced else ()))
    assert "nothing has changed" in again.out
    other = run("publish", "gsheet:firm", "--audience", "finance", "--to", f"gsheet:{key}", *DAY)
    assert (other.code, "the view for somebody else" in other.err) == (3, True), other.out
    itself = run("publish", "gsheet:firm", "--to", "gsheet:firm", *DAY)
    assert (itself.code, "this is the record itself" in itself.err) == (3, True)
