"""The Excel pane in Chromium, over a fake Excel that refuses as Excel does, writing included."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from promote.firm import ready, workbook
from web.desk import Desk
from web.page_browser import PageBrowser
from web.pane import DEAL, TODAY, beside

pytestmark = [pytest.mark.chromium, pytest.mark.node, pytest.mark.slow]

_ROW = f"""
(() => {{
  const {{cells}} = fake.sheets.find((one) => one.name === "Deal");
  return Number([...cells].find(([, one]) => one.value === "{DEAL}")[0].split(",")[0]);
}})()
"""
_MARK = "document.querySelector('[data-key=again]').className"


@pytest.fixture(scope="module")
def small() -> bytes:
    """Return the workbook of a firm with one deal, which can be closed."""
    return workbook(ready())


@pytest.fixture(scope="module")
def pane(desk: Desk, small: bytes) -> PageBrowser:
    """Open the pane once: the engine that it starts serves every test."""
    return beside(desk, small)


@pytest.fixture(autouse=True)
def as_it_was(pane: PageBrowser) -> Iterator[None]:
    """Begin every test beside the workbook as it was, nobody typing."""
    pane.ask(
        "globalThis.asItWas ??= structuredClone(fake.sheets);"
        "Object.assign(fake, {sheets: structuredClone(asItWas), editing: false, atSync: null,"
        " writes: 0, failAt: 0, selected: ''}); 0"
    )
    pane.type_into("deal-choice", "")
    yield
    assert pane.ask("globalThis.broken") == []
    assert not [one for one in pane.errors if "exception" in one]


def again(pane: PageBrowser) -> None:
    """Have the workbook read and checked anew, and wait for it."""
    calls = pane.ask("fake.calls")
    pane.click("again")
    pane.until(f"fake.calls > {calls}")
    pane.until(f"{_MARK} === 'quiet' && !document.querySelector('#panel.checking')")


def previewed(pane: PageBrowser) -> None:
    """Show what closing the deal writes."""
    again(pane)
    pane.type_into("deal-choice", DEAL)
    pane.click("tab-handover")
    pane.shown(".preview")
    pane.type_into("by", "Mara")


def formulas(pane: PageBrowser) -> Any:
    """Return what stands in each cell that holds something."""
    told = pane.ask("JSON.stringify(fake.sheets.map((one) => [one.name, [...one.cells]]))")
    return {
        name: {key: one["formula"] for key, one in cells if one["formula"] != ""}
        for name, cells in json.loads(told)
    }


def refused(pane: PageBrowser, words: str) -> None:
    """Confirm, and be told why nothing was written."""
    pane.click("confirm")
    pane.until(
        f"document.querySelector('.handover .refusal')?.innerText.includes({json.dumps(words)})"
    )


def test_the_list_is_that_of_the_file_and_a_click_leads_to_the_cell(
    desk: Desk, pane: PageBrowser, small: bytes, run: Callable[..., Ran], tmp_path: Path
) -> None:
    again(pane)
    (tmp_path / "firm.xlsx").write_bytes(small)
    native = json.loads(run("validate", "firm.xlsx", "--asof", TODAY, "--format", "json").out)
    counts = pane.ask(
        "[...document.querySelectorAll('.filter .count')]"
        ".slice(0, 3).map((one) => Number(one.textContent))"
    )
    assert counts == [native["summary"][name] for name in ("errors", "warnings", "notes")]
    address = pane.ask("document.querySelector('.cell').textContent")
    pane.ask("document.querySelector('.cell').click()")
    pane.until(f"fake.selected.startsWith({json.dumps(address.partition('!')[0])})")
    assert not pane.ask("document.querySelector('[data-key=save]')"), "Excel itself saves"
    desk.look()


def test_a_deal_is_closed_beside_the_open_workbook_and_taken_back(
    desk: Desk, pane: PageBrowser
) -> None:
    previewed(pane)
    before = formulas(pane)
    assert pane.ask("fake.writes") == 0
    desk.look()
    pane.click("confirm")
    pane.shown(".done")
    assert pane.ask(f"fakeCell(fake, 'Deal', 'D' + {_ROW})") == "Won"
    assert formulas(pane) != before
    desk.look()
    pane.click("done-undo")
    pane.shown(".preview")
    assert formulas(pane) == before


def test_the_file_that_excel_gives_has_the_same_list_and_is_closed(
    pane: PageBrowser, small: bytes
) -> None:
    again(pane)
    by_cells = pane.ask("document.querySelector('#panel').innerText")
    pane.ask(f"fake.file = Uint8Array.from({json.dumps([*small])}); 0")
    again(pane)
    assert pane.ask("document.querySelector('#panel').innerText") == by_cells
    assert pane.ask("[fake.open, fake.mostOpen]") == [0, 1]
    pane.ask("fake.file = null; 0")


def test_a_change_only_marks_the_list_as_out_of_date(pane: PageBrowser) -> None:
    again(pane)
    syncs = pane.ask("fake.syncs")
    pane.ask("fake.heard[0]({address: 'A1'}).then(() => 0)")
    pane.until(f"{_MARK} === 'main-button'")
    assert pane.ask("[fake.writes, fake.syncs]") == [0, syncs]


def test_a_read_waits_while_somebody_types(pane: PageBrowser) -> None:
    again(pane)
    pane.ask("fake.editing = true; 0")
    pane.click("again")
    pane.until("fake.waiting.length > 0")
    pane.ask("fake.editing = false; fake.waiting.splice(0).forEach((then) => then()); 0")
    again(pane)


def test_a_write_while_somebody_types_is_refused_and_the_preview_is_made_anew(
    pane: PageBrowser,
) -> None:
    previewed(pane)
    before = formulas(pane)
    pane.ask("fake.editing = true; 0")
    refused(pane, "A cell is being typed in.")
    row = pane.ask(_ROW)
    pane.ask(
        "fake.sheets.find((one) => one.name === 'Deal')"
        f".cells.set('{row},3', {{formula: 'Typed', value: 'Typed'}});"
        "fake.editing = false; fake.waiting.splice(0).forEach((then) => then()); 0"
    )
    pane.shown(".preview")
    assert "Typed" in pane.ask("document.querySelector('.head').innerText")
    assert formulas(pane) != before
    assert pane.ask("fake.writes") == 0


def test_rows_that_moved_since_the_preview_are_told_and_nothing_is_written(
    pane: PageBrowser,
) -> None:
    previewed(pane)
    pane.ask(
        "(() => { const deal = fake.sheets.find((one) => one.name === 'Deal');"
        "deal.cells = new Map([...deal.cells].map(([key, one]) => {"
        "const [row, column] = key.split(',').map(Number);"
        "return [`${row > 1 && one.value === 'D-0001' ? row + 1 : row},${column}`, one]; })); })()"
    )
    refused(pane, "moved rows")
    assert pane.ask("fake.writes") == 0
    assert pane.ask(_MARK) == "main-button", "it asks for a new check"


def test_rows_that_move_at_the_last_moment_stand_as_they_were(pane: PageBrowser) -> None:
    previewed(pane)
    before = formulas(pane)
    pane.ask(
        f"fake.at = {_ROW}; fake.started = fake.syncs; fake.atSync = (number) => {{"
        "if (number !== fake.started + 3) return;"
        "const {cells} = fake.sheets.find((one) => one.name === 'Deal');"
        "cells.set(`${fake.at},1`, {formula: 'D-9999', value: 'D-9999'}); }; 0"
    )
    refused(pane, "moved rows")
    after = formulas(pane)
    after["Deal"][f"{pane.ask('fake.at')},1"] = DEAL
    assert after == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("fake.sheets.find((one) => one.name === 'Project').protected = true", "is protected"),
        ("fake.sheets.find((one) => one.name === 'Project').name = 'Plan'", "moved rows"),
    ],
    ids=["protected", "renamed"],
)
def test_a_sheet_that_is_shut_or_gone_is_told_and_nothing_is_written(
    pane: PageBrowser, change: str, words: str
) -> None:
    previewed(pane)
    pane.ask(f"{change}; 0")
    refused(pane, words)
    assert pane.ask("fake.writes") == 0


def test_a_batch_that_fails_in_the_middle_leaves_every_cell_as_it_was(pane: PageBrowser) -> None:
    previewed(pane)
    before = formulas(pane)
    pane.ask("fake.failAt = 2; 0")
    pane.click("confirm")
    pane.shown(".handover .refusal")
    assert formulas(pane) == before
