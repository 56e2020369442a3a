"""How often Google is asked: at most twice when nothing changed, five times for 1,000 cells."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from merge.people import START
from merge.world import fee
from online.made import Pair
from online.schedule import no_waiting
from sheetrecord.model.cell_edits import PutCell
from sheetrecord.workbooks.google import http
from sheetrecord.workbooks.port import Stamp
from sheets_server import Fault
from workbooks import online
from workbooks.kinds import xlsx
from workbooks.laws import said
from workbooks.test_merged import sheets

Run = Callable[..., Ran]
CELLS = 1_000


class Large(Pair):
    """Two copies of a record with many fee lines, synced by the command line."""

    def __init__(self, folder: Path, lines: int) -> None:
        self.lines = lines
        fees = [
            {"fee_id": fee(n), "deal_id": "D-0001", "description": f"line {n}", "currency": "EUR"}
            for n in range(1, lines + 1)
        ]
        self.data = xlsx(sheets({**START, "Fees": fees}))
        super().__init__(folder)

    def words(self) -> list[str]:
        """Return what is typed to sync the two."""
        return ["sync", *self.names, "--allow", "all-changed", "--allow", "stranger"]

    def asked(self, act: Callable[[], object]) -> list[str]:
        """Return what Google is asked while something is done, without the sign-in."""
        self.google.requests.clear()
        with no_waiting():
            act()
        return [name for name in self.google.names() if name != "token"]

    def changes(self) -> None:
        """Type into two cells of each line of the file."""
        book = self.book()
        sheet = book["Fees"]
        top = next(cell.row for cell in sheet["A"] if cell.value == "Fee ID")
        heads = {cell.value: cell.column for cell in sheet[top]}
        for row in range(top + 1, top + 1 + self.lines):
            for name in ("Description", "Note"):
                sheet.cell(row, heads[name]).value = self.word()
        self.save(book)

    def changes_online(self) -> None:
        """Type into two cells of each line in the browser."""
        tab, heads = self.tab(), self.columns()
        requests = []
        for name in ("Description", "Note"):
            start = {"sheetId": tab.id, "rowIndex": 1, "columnIndex": heads[name]}
            words = [{"userEnteredValue": {"stringValue": self.word()}} for _ in range(self.lines)]
            rows = [{"values": [word]} for word in words]
            update = {"start": start, "rows": rows, "fields": "userEnteredValue"}
            requests.append({"updateCells": update})
        self.google.act(self.key, requests)


def synced(folder: Path, run: Run, lines: int) -> Large:
    """Return two copies that say the same."""
    made = Large(folder, lines)
    with no_waiting():
        assert run(*made.words()).code in (0, 1)
        assert run(*made.words()).code in (0, 1)
    return made


def _online(pair: Pair) -> set[str]:
    rows = pair.tab().rows
    entered = [cell.get("userEnteredValue", {}) for row in rows for cell in row.cells.values()]
    return {str(value) for one in entered for value in one.values()}


def test_nothing_changed_and_google_is_asked_twice_at_most(tmp_path: Path, run: Run) -> None:
    pair = synced(tmp_path, run, 20)
    assert len(pair.asked(lambda: run(*pair.words()))) <= 2
    assert len(pair.asked(lambda: run("validate", pair.names[1]))) <= 2


def test_a_thousand_cells_are_written_in_four_requests(tmp_path: Path) -> None:
    cells = {(1, 1): "Deal ID"} | {(row, 1): f"D-{row:04}" for row in range(2, 502)}
    book = online.placed(tmp_path, xlsx({"Deal": cells}))
    google = online.server().google
    google.requests.clear()
    edits = [PutCell("Deal", row, c, f"w{row}-{c}") for row in range(2, 502) for c in (2, 3)]
    with no_waiting():
        book.write(book.read(), edits, Stamp("r1", 1, "abc"))
    asked = [name for name in google.names() if name != "token"]
    assert len(asked) <= 4, asked
    found = set(said(online.anew(book)).values())
    assert {edit.value for edit in edits} <= found


@pytest.mark.slow
def test_a_thousand_cells_come_over_in_five_requests_either_way(tmp_path: Path, run: Run) -> None:
    pair = synced(tmp_path, run, CELLS // 2)
    pair.changes()
    assert len(pair.expected) == CELLS
    asked = pair.asked(lambda: run(*pair.words()))
    assert len(asked) <= 5, asked
    assert pair.expected <= _online(pair)
    pair.expected.clear()
    pair.changes_online()
    assert len(pair.expected) == CELLS
    asked = pair.asked(lambda: run(*pair.words()))
    assert len(asked) <= 5, asked
    in_file = {text for one in pair.file_lines().values() for text in one.values()}
    assert pair.expected <= in_file
    assert len(pair.asked(lambda: run("validate", pair.names[1]))) <= 2
    assert len(pair.asked(lambda: run(*pair.words()))) <= 2, "and now nothing is new"


STORMS = (
    *((how, ".") for how in ("429", "429 with Retry-After", "403 user rate", "cut")),
    ("429", "batchUpdate"),
    ("503", "batchUpdate"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("how", "name"), STORMS)
def test_a_storm_ends_in_a_clear_sentence_and_can_be_gone_on_from(
    tmp_path: Path, run: Run, how: str, name: str
) -> None:
    pair = synced(tmp_path, run, 20)
    pair.changes()
    fault = {
        "429": Fault("before", 429, name),
        "429 with Retry-After": Fault("before", 429, name, retry_after=25),
        "503": Fault("after", 503, name),
        "403 user rate": Fault("before", 403, name, refusal="user rate"),
        "cut": Fault("cut before", 0, name),
    }[how]
    fault.times = -1
    pair.google.faults.append(fault)
    before = json.dumps(_said(pair))
    with no_waiting() as waits:
        ran = run(*pair.words())
        assert sum(waits) <= http.LONGEST
        assert len(waits) <= http.TRIES * 2
        told = " ".join((ran.out + ran.err).split())
        waits_for_it = "waiting for Google" in told or "Google does not answer" in told
        # a batch whose answer alone was lost stands, and is known to
        assert waits_for_it or (fault.when == "after" and pair.expected <= _online(pair)), told
        if name == ".":
            ran = run("validate", pair.names[1])
            assert ran.code not in (0, 1)
            assert "Google asks to wait" in ran.err or "Google does not answer" in ran.err
    if fault.when == "before":
        assert json.dumps(_said(pair)) == before, "nothing is half done"
    pair.google.faults.clear()
    with no_waiting():
        assert run(*pair.words()).code in (0, 1)
    assert pair.expected <= _online(pair)
    assert len(pair.online_lines()) == 20


def _said(pair: Pair) -> Any:
    return [
        [sheet.title, [[c, cell.get("userEnteredValue")] for c, cell in sorted(row.cells.items())]]
        for sheet in pair.google.book(pair.key).sheets
        for row in sheet.rows
    ]
