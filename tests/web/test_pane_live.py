"""The Excel pane in Chromium, over the fake with a live LibreOffice document behind it.

What is written is calculated by a program; rows really move, a sheet is really protected, and the
file that the pane reads is the one that the program would save.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from live.office import Office, need_bridge, running
from promote.firm import ready, workbook
from sheetrecord.verbs.dispatch import answer
from web.desk import Desk
from web.page_browser import PageBrowser
from web.pane import DEAL, TODAY, over

pytestmark = [pytest.mark.chromium, pytest.mark.node, pytest.mark.uno, pytest.mark.slow]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    need_bridge()
    with running(tmp_path_factory.mktemp("office")) as office:
        yield office


def ask(verb: str, data: bytes, **more: Any) -> Any:
    """Return what the installed engine answers."""
    body = {"verb": verb, "today": TODAY, "by": "Mara", "args": {}, **more}
    return answer({**body, "book": {"name": "firm.xlsx", "data": data}})


class Beside:
    """The pane and the document that stands behind it."""

    def __init__(self, desk: Desk, office: Office, path: Path) -> None:
        from web.live_book import LiveBook

        path.write_bytes(workbook(ready()))
        self.document = office.open(path)
        self.live = LiveBook(office, self.document)
        self.page: PageBrowser = over(desk, self.live.answers())

    def cells(self) -> dict[str, Any]:
        """Return what stands in each cell, formulas as such."""
        sheets = self.document.Sheets
        return {
            name: sheets.getByName(name).createCursor() and self._of(name)
            for name in sheets.ElementNames
        }

    def _of(self, name: str) -> Any:
        cursor = self.document.Sheets.getByName(name).createCursor()
        cursor.gotoEndOfUsedArea(True)
        rows = [list(row) for row in cursor.getFormulaArray()]
        for row in rows:
            while row and row[-1] == "":
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def check(self, data: bytes = b"") -> Any:
        """Return what the installed engine says of the file that the program would save."""
        return ask("check", data or self.live.file(b""))["check"]

    def counts(self) -> list[int]:
        self.again()  # whatever was looked at before
        self.page.click("tab-missing")
        self.page.shown(".filter")
        return self.page.ask(
            "[...document.querySelectorAll('.filter .count')]"
            ".slice(0, 3).map((one) => Number(one.textContent))"
        )

    def again(self) -> None:
        calls = self.page.ask("fake.calls")
        self.page.click("again")
        self.page.until(f"fake.calls > {calls}")
        self.page.until("!document.querySelector('#panel.checking')")

    def previewed(self) -> None:
        self.page.type_into("deal-choice", "")
        self.page.type_into("deal-choice", DEAL)
        self.page.click("tab-handover")
        self.page.shown(".preview")
        self.page.type_into("by", "Mara")

    def refused(self, words: str) -> None:
        self.page.click("confirm")
        told = "document.querySelector('.handover .refusal')?.innerText"
        self.page.until(f"{told}?.includes({json.dumps(words)})")


@pytest.fixture(scope="module")
def pane(desk: Desk, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beside]:
    """Open the pane once; every test leaves the document as it found it."""
    found = Beside(desk, office, tmp_path_factory.mktemp("live") / "firm.xlsx")
    yield found
    desk.browser.ask("globalThis.fake = null; 0")
    office.close_all()


def test_a_deal_is_closed_in_the_program_and_taken_back(pane: Beside) -> None:
    assert pane.counts() == [
        pane.check()["summary"][one] for one in ("errors", "warnings", "notes")
    ]
    before, plain = pane.cells(), pane.live.file(b"")
    pane.previewed()
    pane.page.click("confirm")
    pane.page.shown(".done")
    closed = ask("close", plain, args={"deal": DEAL}, want="files")["files"][0]["data"]
    found = pane.check()
    assert found["problems"] == pane.check(closed)["problems"]
    assert [one["stage"] for one in found["deals"]] == ["won"]
    assert pane.cells() != before
    pane.page.click("done-undo")
    pane.page.shown(".preview")
    assert pane.cells() == before
    assert pane.page.ask("[fake.open, fake.mostOpen]") == [0, 1]


def test_what_is_in_the_way_in_the_program_is_told_and_nothing_is_written(pane: Beside) -> None:
    sheets = pane.document.Sheets
    pane.previewed()
    sheets.getByName("Project").protect("")
    before = pane.cells()
    pane.refused("is protected")
    assert pane.cells() == before
    sheets.getByName("Project").unprotect("")
    sheets.getByName("Deal").Rows.insertByIndex(3, 1)
    before = pane.cells()
    pane.page.click("try-again")
    pane.page.shown(".preview")
    pane.refused("moved rows")
    assert pane.cells() == before
    pane.again()
    pane.previewed()
    pane.page.click("confirm")
    pane.page.shown(".done")
    assert [one["stage"] for one in pane.check()["deals"]] == ["won"]
    pane.page.click("done-undo")
    pane.page.shown(".preview")
    sheets.getByName("Deal").Rows.removeByIndex(3, 1)
