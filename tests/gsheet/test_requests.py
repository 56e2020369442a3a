"""How many requests a piece of work costs, and what comes of answers that refuse or never come."""

import re
import tempfile
from pathlib import Path

import pytest

from gsheet.conftest import Hours, opened
from sheetrecord.model.cell_edits import DropRows, PutCell, PutRows
from sheetrecord.model.errors import (
    CannotRead,
    CannotWrite,
    ChangedElsewhere,
    Locked,
    SheetRecordError,
    Unreachable,
)
from sheetrecord.workbooks.port import Stamp
from sheets_server import Fault, SheetsServer
from workbooks.laws import DATA, said

EDITS = (PutCell("Deal", 2, 2, "Acme & Sons"), PutRows("Deal", 4, [{1: "D-0004", 2: "New"}]))
STAMP = Stamp("r1", 7, "abc")


def names(server: SheetsServer) -> list[str]:
    return [one.split()[0].rpartition(".")[2] for one in server.google.names() if one != "token"]


def test_a_read_and_a_write_are_four_requests(made_up: SheetsServer) -> None:
    sheet = opened(made_up, DATA)
    made_up.google.requests.clear()
    sheet.write(sheet.read(), EDITS, STAMP)
    assert names(made_up) == ["get", "get", "get", "batchUpdate"]


def test_a_thousand_cells_are_one_batch(made_up: SheetsServer) -> None:
    sheet = opened(made_up, DATA)
    reading = sheet.read()
    made_up.google.requests.clear()
    edits = [PutCell("Deal", row, 4, f"value {row}") for row in range(2, 1002)]
    sheet.write(reading, edits, STAMP)
    assert names(made_up) == ["get", "batchUpdate"]
    assert len([one for one in said(sheet) if one[0] == "Deal" and one[2] == 4]) == 1000


def test_what_has_not_changed_for_minutes_is_one_request(made_up: SheetsServer) -> None:
    sheet = opened(made_up, DATA)
    known = sheet.read().revision
    made_up.google.files["firm"].versions[-1] -= 600
    made_up.google.requests.clear()
    assert sheet.unchanged(known) == known
    assert names(made_up) == ["get"]


@pytest.mark.parametrize("when", ["before", "after", "cut before", "cut after"])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_write_whose_answer_is_lost_is_done_once(
    made_up: SheetsServer, when: str, status: int
) -> None:
    sheet = opened(made_up, DATA)
    reading = sheet.read()
    made_up.google.faults.append(Fault(when, status, "batchUpdate", times=2))
    sheet.write(reading, EDITS, STAMP)
    values = list(said(sheet).values())
    assert (values.count("D-0004"), values.count("Acme & Sons")) == (1, 1)


def test_a_storm_ends_within_two_minutes_with_nothing_done(
    made_up: SheetsServer, hours: Hours
) -> None:
    sheet = opened(made_up, DATA)
    before = said(sheet)
    reading = sheet.read()
    made_up.google.faults.append(Fault("before", 429, ".", times=10_000))
    with pytest.raises(Locked, match="Google asks to wait"):
        sheet.write(reading, EDITS, STAMP)
    with pytest.raises(Locked, match="Google asks to wait"):
        opened(made_up, DATA, "another").read()  # the same command goes on to another copy
    assert sum(hours.waits) <= 120
    made_up.google.faults.clear()
    assert said(sheet) == before


def test_as_long_as_google_asks_is_waited(made_up: SheetsServer, hours: Hours) -> None:
    sheet = opened(made_up, DATA)
    made_up.google.faults.append(Fault("before", 429, "drive", times=1, retry_after=17))
    sheet.read()
    assert hours.waits == [17]


REFUSED = {
    "storage": ("storage", "no room in Drive"),
    "scope": ("scope", "does not cover spreadsheets"),
    "policy": ("policy", "domain of the spreadsheet's owner"),
    "sheets off": ("sheets off", "switched off"),
}


@pytest.mark.parametrize(("refusal", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_waiting_does_not_mend_is_told_at_once(
    made_up: SheetsServer, hours: Hours, refusal: str, words: str
) -> None:
    sheet = opened(made_up, DATA)
    reading = sheet.read()
    made_up.google.faults.append(Fault("before", 403, "batchUpdate", refusal=refusal))
    with pytest.raises(CannotWrite, match=re.escape(words)):
        sheet.write(reading, EDITS, STAMP)
    assert hours.waits == []


def test_who_is_not_let_in_is_told_whom_to_share_it_with(made_up: SheetsServer) -> None:
    sheet = opened(made_up, DATA)
    made_up.google.files["firm"].writers.clear()
    with pytest.raises(CannotRead, match=r"click Share, add sheetrecord@made-up"):
        sheet.read()


def test_a_server_that_is_not_there_is_told(
    made_up: SheetsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_GOOGLE_SHEETS_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("SHEETRECORD_GOOGLE_DRIVE_URL", "http://127.0.0.1:9")
    with pytest.raises(Unreachable, match="Google does not answer"):
        opened(made_up, DATA).read()


@pytest.mark.parametrize("url", ["http://sheets.firm.example", "ftp://127.0.0.1", "sheets"])
def test_tokens_are_not_sent_openly(
    made_up: SheetsServer, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("SHEETRECORD_GOOGLE_SHEETS_URL", url)
    with pytest.raises(SheetRecordError, match="no https:// address"):
        opened(made_up, DATA).read()


def act(server: SheetsServer, *requests: dict[str, object]) -> None:
    """Let a person do something just before the next batch, once."""

    def hook(moment: str, name: str) -> None:
        if moment == "before" and "batchUpdate" in name and hook in server.google.hooks:
            server.google.hooks.remove(hook)
            server.google.act("firm", list(requests))

    server.google.hooks.append(hook)


def cell(row: int, column: int, text: str) -> dict[str, object]:
    start = {"sheetId": 0, "rowIndex": row - 1, "columnIndex": column - 1}
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def test_what_is_typed_over_in_that_instant_is_one_more_save(made_up: SheetsServer) -> None:
    sheet = opened(made_up, DATA)
    reading = sheet.read()
    act(made_up, cell(2, 2, "typed in that instant"))
    written = sheet.write(reading, EDITS, STAMP)
    assert said(sheet)["Deal", 2, 2] == "Acme & Sons"
    [save] = written.displaced
    assert save.book.sheets["Deal"].row(2)[2] == "typed in that instant"
    [again] = sheet.recover()  # as after a death: it is still there
    assert again.book.sheets["Deal"].row(2)[2] == "typed in that instant"
    sheet.acknowledge(save)
    assert list(sheet.recover()) == []


MOVES = {
    "a row comes above": {
        "insertDimension": {
            "range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
        }
    },
    "rows are sorted": {
        "sortRange": {
            "range": {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4,
                      "startColumnIndex": 0, "endColumnIndex": 3},
            "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}],
        }
    },
    "a row goes": {
        "deleteDimension": {
            "range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
        }
    },
    "a column comes": {
        "insertDimension": {
            "range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
        }
    },
}  # fmt: skip
LATE = {
    "cells and a row": EDITS,
    "a row goes": (DropRows("Deal", 2), PutCell("Deal", 2, 2, "second")),
}


@pytest.mark.parametrize("edits", LATE.values(), ids=list(LATE))
@pytest.mark.parametrize("move", MOVES.values(), ids=list(MOVES))
def test_a_write_that_hits_other_rows_is_taken_back(
    made_up: SheetsServer, move: dict[str, object], edits: tuple[object, ...]
) -> None:
    sheet = opened(made_up, DATA)
    reading = sheet.read()
    made_up.google.act("firm", [move])
    wanted = said(sheet)
    made_up.google.add_file(DATA, key="firm")
    made_up.google.share("firm", "sheetrecord@made-up-firm.iam.gserviceaccount.com")
    reading = sheet.read()
    act(made_up, move)
    with pytest.raises(ChangedElsewhere):
        sheet.write(reading, edits, STAMP)  # type: ignore[arg-type]
    assert said(sheet) == wanted
    assert list(sheet.recover()) == []


def test_filters_and_hidden_rows_are_as_before(made_up: SheetsServer) -> None:
    sheet = opened(made_up, DATA)
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4,
            "startColumnIndex": 0, "endColumnIndex": 3}  # fmt: skip
    specs = [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["Acme Works"]}}]
    where = {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    hide = {"range": where, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    made_up.google.act(
        "firm",
        [
            {"setBasicFilter": {"filter": {"range": area, "filterSpecs": specs}}},
            {"updateDimensionProperties": hide},
        ],
    )
    made_up.google.rules.pastes_skip_filtered = True
    made_up.google.rules.pastes_skip_hidden = True
    try:
        reading = sheet.read()
        assert reading.book.sheets["Deal"].hidden_rows == {2, 3}
        edits = [PutCell("Deal", 2, 3, 5), PutCell("Deal", 3, 3, 6)]
        written = sheet.write(reading, edits, STAMP)
        assert written.displaced == ()
        after = sheet.read()
        assert after.book.sheets["Deal"].hidden_rows == {2, 3}
        assert [said(sheet)["Deal", row, 3] for row in (2, 3)] == [5, 6]
    finally:
        made_up.google.rules.pastes_skip_filtered = False
        made_up.google.rules.pastes_skip_hidden = False


def test_a_server_that_ignores_the_fence_does_nothing_twice(made_up: SheetsServer) -> None:
    made_up.google.rules.fence_ignored = True
    try:
        sheet, other = opened(made_up, DATA), None
        reading = sheet.read()
        made_up.google.faults.append(Fault("after", 503, "batchUpdate", times=1))
        sheet.write(reading, EDITS, STAMP)
        other = type(sheet)(sheet.address, {})
        with pytest.raises(ChangedElsewhere):
            other.write(reading, EDITS, STAMP)
        assert list(said(sheet).values()).count("D-0004") == 1
    finally:
        made_up.google.rules.fence_ignored = False


@pytest.mark.parametrize("end", ["done", "refused", "dead"])
def test_a_change_in_parts_is_whole_or_taken_back(
    made_up: SheetsServer, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr("sheetrecord.workbooks.google.writing.LARGEST", 6_000)
    sheet = opened(made_up, DATA)
    reading = sheet.read()
    before = said(sheet)
    edits = [*EDITS, *(PutCell("Own notes", row, 1, f"value {row}") for row in range(2, 120))]
    batches = made_up.google.names

    def sent() -> int:
        return sum("batchUpdate" in one for one in batches())

    begun = sent()
    if end != "done":
        fault = Fault("before", 400, "batchUpdate", times=1, skip=2)
        made_up.google.faults.append(fault)
    if end == "dead":
        monkeypatch.setattr(type(sheet._writer), "mended", lambda *_: None)
    if end == "done":
        sheet.write(reading, edits, STAMP)
        assert sent() - begun > 2
        assert said(sheet)["Own notes", 119, 1] == "value 119"
    else:
        with pytest.raises((CannotWrite, ChangedElsewhere)):
            sheet.write(reading, edits, STAMP)
        monkeypatch.undo()
        for name, value in made_up.environment().items():
            monkeypatch.setenv(name, value)
        key = made_up.service_key(Path(tempfile.mkdtemp()) / "key.json")
        monkeypatch.setenv("SHEETRECORD_GOOGLE_CREDENTIALS", str(key))
        assert list(sheet.recover()) == []
        assert said(sheet) == before
    again = sheet.read()
    sheet.write(again, [PutCell("Deal", 2, 3, 1)])
    assert len(sheet.read().held.aside) == 3  # type: ignore[attr-defined]  # of the last write only
