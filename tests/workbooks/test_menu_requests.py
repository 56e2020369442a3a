"""What is asked for from a menu in a workbook is carried out and answered in its row, once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ASOF, Ran
from promote.firm import ready, workbook
from sheetrecord.app.sync.menu import answer_menus
from sheetrecord.core.menu_requests import HEAD, SHEET, waiting
from sheetrecord.model.cell_edits import AddSheet, PutRows
from sheetrecord.schema.read.parse import parse
from sheetrecord.workbooks.opening import open_workbook
from workbooks.kinds import KINDS, Kind
from workbooks.placing import placed

pytestmark = [
    pytest.mark.usefixtures("strangers"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))


def ask(address: str, *rows: tuple[str, ...]) -> None:
    """Write requests as the menu does: id, when, what, deal, by, state, answer."""
    book = open_workbook(address)
    reading = book.read()
    if SHEET not in reading.book.sheets:
        reading = book.write(reading, [AddSheet(SHEET, [list(HEAD)], hidden=True)]).reading
    below = max(reading.book.sheets[SHEET].column(1).rows)
    new = [dict(enumerate((*row, "waiting"), start=1)) for row in rows]
    book.write(reading, [PutRows(SHEET, below, new)])


def told(address: str) -> list[tuple[object, ...]]:
    sheet = open_workbook(address).read().book.sheets[SHEET]
    found = [sheet.row(number) for number in sheet.column(1).rows if number > 1]
    return [tuple(row.get(column) for column in (1, 6, 7)) for row in found]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_deal_is_closed_and_accepted_by_request(kind: Kind, tmp_path: Path) -> None:
    book = placed(kind, tmp_path, "firm", workbook(ready()))
    ask(
        book.address,
        ("r-1", "2026-06-30T09:00:00Z", "check", "", "mara@firm.example"),
        ("r-2", "2026-06-30T09:00:01Z", "close", "D-0001", "Mara"),
        ("r-3", "2026-06-30T09:00:02Z", "accept", "D-0001", "Jon"),
        ("r-4", "2026-06-30T09:00:03Z", "sync", "", "Mara"),
    )
    answers = answer_menus([book.address], ASOF)
    assert [one.state for one in answers] == ["done"] * 4
    rows = told(book.address)
    assert [row[:2] for row in rows] == [(f"r-{n}", "done") for n in range(1, 5)]
    assert str(rows[1][2]).startswith("Done: ")
    record = parse(open_workbook(book.address).read().book, ASOF).record
    assert record.deals[0].handover_state == "accepted"
    assert answer_menus([book.address], ASOF) == []
    assert told(book.address) == rows


def test_what_cannot_be_done_is_answered_with_why(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(ready()))
    before = parse(open_workbook(str(path)).read().book, ASOF).record
    ask(
        str(path),
        ("r-1", "", "close", "D-0099", "Mara"),
        ("r-2", "", "erase", "D-0001", "Mara"),
        ("r-3", "", "accept", "D-0001", "Jon"),
    )
    answers = {one.request.id: one for one in answer_menus([str(path)], ASOF)}
    assert {one.state for one in answers.values()} == {"refused"}
    assert "D-0099" in answers["r-1"].text
    assert answers["r-2"].text == ('Nobody knows "erase"; known are check, close, accept and sync.')
    assert parse(open_workbook(str(path)).read().book, ASOF).record == before


def test_a_row_that_is_no_request_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(ready()))
    assert list(waiting(open_workbook(str(path)).read().book)) == []
    assert answer_menus([str(path), str(tmp_path / "gone.xlsx")], ASOF) == []
    ask(str(path), ("", "", "close", "D-0001", "Mara"))
    before = path.read_bytes()
    assert answer_menus([str(path)], ASOF) == []
    assert path.read_bytes() == before


def test_the_answer_goes_to_the_row_wherever_it_is_by_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sheetrecord.app.sync import menu

    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(ready()))
    ask(str(path), ("r-1", "", "check", "", "Mara"), ("r-2", "", "check", "", "Mara"))
    carried_out = menu._carried_out

    def moved(*words: object) -> tuple[str, str]:
        book = open_workbook(str(path))
        if len(told(str(path))) == 2:
            book.write(book.read(), [PutRows(SHEET, 1, [{1: "r-0", 3: "check", 6: "done"}])])
        return carried_out(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(menu, "_carried_out", moved)
    answer_menus([str(path)], ASOF)
    assert [row[:2] for row in told(str(path))] == [
        ("r-0", "done"), ("r-1", "done"), ("r-2", "done"),
    ]  # fmt: skip


def test_a_sync_that_watches_answers_first_and_leaves_the_rows_out_of_the_record(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sheetrecord.cli.copies import sync

    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(ready()))
    ask(str(path), ("r-1", "", "close", "D-0001", "Mara"), ("r-2", "", "sync", "", "Mara"))
    monkeypatch.setattr(sync, "changes", lambda _: iter([None]))
    ran = run("sync", "firm.xlsx", "--watch", "--by", "Mara")
    assert ran.err == ""
    assert "close D-0001 (Mara): done." in ran.out
    assert SHEET not in ran.out
    assert [row[1] for row in told(str(path))] == ["done", "done"]
