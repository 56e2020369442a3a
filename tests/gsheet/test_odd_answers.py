"""Answers that are none of Google's, too large, or of a file that is no spreadsheet."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from gsheet.conftest import Hours, opened
from sheetrecord.model.cell_edits import PutCell
from sheetrecord.model.errors import CannotRead, CannotWrite, Unreachable
from sheetrecord.workbooks.google import access, http, kept_probe, service
from sheetrecord.workbooks.google.messages import refusal_of
from sheets_server import SheetsServer
from sheets_server.service import Answer
from workbooks.laws import DATA, said

Run = Callable[..., Ran]

NONE = {
    "nothing": b"",
    "a page of a gateway": b"<html><body>Please sign in to the guest network</body></html>",
    "a list": b"[]",
    "null": b"null",
    "a text": b'"yes"',
    "half of it": b'{"spreadsheetId": "firm", "sheets": [{"prop',
    "no text at all": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("body", NONE.values(), ids=list(NONE))
@pytest.mark.parametrize("at", ["drive", "sheets"])
def test_what_is_no_answer_is_asked_for_again_and_then_told(
    made_up: SheetsServer, monkeypatch: pytest.MonkeyPatch, hours: Hours, body: bytes, at: str
) -> None:
    sheet = opened(made_up, DATA)
    real = made_up.google.answer

    def answer(request: object) -> Answer:
        target = str(request.target)  # type: ignore[attr-defined]
        service = "drive" if "/drive/" in target else "sheets"
        return real(request) if service != at or target == "/token" else Answer(200, body)  # type: ignore[arg-type]

    monkeypatch.setattr(made_up.google, "answer", answer)
    with pytest.raises(Unreachable, match="Google does not answer"):
        sheet.read()
    assert sum(hours.waits) <= http.LONGEST


def test_a_refusal_in_a_list_is_understood() -> None:
    error = {"error": {"code": 403, "message": "no", "status": "PERMISSION_DENIED"}}
    assert refusal_of(403, [error]) == refusal_of(403, error)
    assert refusal_of(403, json.loads("[]")).status == 403


def test_a_large_spreadsheet_is_read_tab_by_tab_and_written_all_the_same(
    made_up: SheetsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = opened(made_up, DATA)
    whole = sheet.read()
    monkeypatch.setattr(http, "LARGEST_ANSWER", whole.held.weight - 1)  # type: ignore[attr-defined]
    again = type(sheet)(sheet.address, {})
    found = again.read()
    assert found.revision.digest == whole.revision.digest
    asked = [one for one in made_up.google.names() if one == "sheets.spreadsheets.get"]
    assert len(asked) == 5, "whole, its shape, and each of its two tabs, after the first reading"
    again.write(found, [PutCell("Deal", 2, 2, "Acme & Sons")])
    assert said(sheet)["Deal", 2, 2] == "Acme & Sons"


def test_a_tab_or_a_spreadsheet_that_is_too_large_is_refused(
    made_up: SheetsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = opened(made_up, DATA)
    weight = data.read().held.weight  # type: ignore[attr-defined]
    monkeypatch.setattr(http, "LARGEST_ANSWER", weight - 1)
    monkeypatch.setattr(service, "MOST", weight // 3)
    with pytest.raises(CannotRead, match="the spreadsheet holds more than"):
        type(data)(data.address, {}).read()
    monkeypatch.setattr(http, "LARGEST_ANSWER", 1500)
    with pytest.raises(CannotRead, match="the tab Deal holds more than"):
        type(data)(data.address, {}).read()


def test_a_large_spreadsheet_of_which_drive_says_nothing_is_refused(
    made_up: SheetsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = opened(made_up, DATA)
    made_up.google.disabled.add("drive")
    monkeypatch.setattr(http, "LARGEST_ANSWER", 3000)
    with pytest.raises(CannotRead, match="Drive does not tell whether anybody changes it"):
        sheet.read()


def test_an_answer_to_a_write_that_is_too_large_is_read_instead(
    made_up: SheetsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = opened(made_up, DATA)
    reading = sheet.read()
    edits = [PutCell(tab, row, 1, "x" * 400) for tab in reading.book.sheets for row in range(5, 25)]
    monkeypatch.setattr(http, "LARGEST_ANSWER", 80_000)
    sheet.write(reading, edits)
    after = made_up.google.names()
    after = after[next(n for n, one in enumerate(after) if "batchUpdate" in one) + 1 :]
    assert after.count("sheets.spreadsheets.get") > 1, "it is read tab by tab"
    assert sum("batchUpdate" in one for one in made_up.google.names()) == 1


def test_an_excel_file_in_drive_is_told_to_be_one(made_up: SheetsServer, run: Run) -> None:
    opened(made_up, DATA)
    made_up.google.files[
        "firm"
    ].mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ran = run("validate", "gsheet:firm")
    assert ran.code not in (0, 1)
    assert "still an Excel workbook" in ran.err
    assert "Save as Google Sheets" in ran.err


def test_a_tab_without_cells_is_no_sheet(made_up: SheetsServer) -> None:
    sheet = opened(made_up, DATA)
    for told in ({"sheetType": "OBJECT"}, {}):
        properties = {"sheetId": 99, "title": "Chart 1", "index": 2, **told}
        dialect = made_up.google.dialect._replace(says=lambda value, p=properties: _with(value, p))
        made_up.google.dialect = dialect
        assert list(sheet.read().book.sheets) == ["Deal", "Own notes"]
    made_up.google.dialect = dialect._replace(says=lambda value: value)


def _with(value: object, properties: dict[str, object]) -> object:
    if isinstance(value, dict) and "sheets" in value:
        return {**value, "sheets": [*value["sheets"], {"properties": properties}]}
    return value


def test_a_person_signs_in_with_a_browser(
    made_up: SheetsServer, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The browser is the only part that is played: it follows where the page would lead."""
    import threading
    import webbrowser

    import requests

    class Browser:
        def open(self, url: str, *_: object, **__: object) -> bool:
            threading.Thread(target=requests.get, args=(url,), kwargs={"timeout": 30}).start()
            return True

    state = tmp_path / "state"
    monkeypatch.setenv("SHEETRECORD_STATE", str(state))
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setattr(webbrowser, "get", lambda *_: Browser())
    opened(made_up, DATA)
    made_up.google.accounts.consenting = "mara@firm.example"
    client = made_up.client_key(tmp_path / "client.json")
    monkeypatch.setenv(access.CREDENTIALS, str(client))
    before = run("validate", "gsheet:firm")
    assert "nobody has signed in with it yet" in before.err
    ran = run("doctor", "gsheet:firm", "--sign-in")
    assert ran.code == 0, ran.out + ran.err
    [token] = state.rglob("token.json")
    assert token.stat().st_mode & 0o777 == 0o600
    kept = json.loads(token.read_text())
    assert kept["type"] == "authorized_user"
    assert kept["refresh_token"] not in ran.out + ran.err
    assert "token" not in kept, "what lasts an hour is not kept"
    assert run("validate", "gsheet:firm").code in (0, 1)
    made_up.google.accounts.expire("mara@firm.example")
    made_up.google.accounts.revoke()
    access._made.cache_clear()
    ended = run("validate", "gsheet:firm")
    assert "Google no longer accepts the sign-in" in ended.err
    assert "--sign-in" in ended.err
    made_up.fresh()


def test_without_a_client_nobody_can_sign_in(
    made_up: SheetsServer, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    monkeypatch.delenv(access.CREDENTIALS)
    ran = run("doctor", "gsheet:firm", "--sign-in")
    assert (ran.code, "there is no OAuth client to sign in with" in ran.out) == (1, True)
    machine = made_up.service_key(tmp_path / "machine.json")
    monkeypatch.setenv(access.CREDENTIALS, str(machine))
    ran = run("doctor", "gsheet:firm", "--sign-in")
    assert (ran.code, "is no credentials file" in ran.out + ran.err) == (1, True), ran.out


def test_what_is_not_shared_to_write_is_told_when_written(made_up: SheetsServer) -> None:
    sheet = opened(made_up, DATA)
    made_up.google.share("firm", "sheetrecord@made-up-firm.iam.gserviceaccount.com", "reader")
    with pytest.raises(CannotWrite, match="only to be looked at"):
        sheet.write(sheet.read(), [PutCell("Deal", 2, 2, "x")])


@pytest.mark.parametrize(
    ("name", "refused"), [(kept_probe.WHOLE, True), (kept_probe.COPIED, True),
                          (kept_probe.FILTERED, False), ("a formula is understood", False)]
)  # fmt: skip
def test_what_the_probe_found_not_to_hold_keeps_writes_from_resting_on_it(
    made_up: SheetsServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    refused: bool,
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    kept_probe.keep({name: False})
    sheet = opened(made_up, DATA)
    made_up.google.requests.clear()
    edit = PutCell("Deal", 2, 2, "Acme & Sons")
    if not refused:
        sheet.write(sheet.read(), [edit])
        area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4}
        made_up.google.act("firm", [{"setBasicFilter": {"filter": {"range": area}}}])
        refused = name == kept_probe.FILTERED
    if refused:
        with pytest.raises(CannotWrite, match=f"does not hold that {name}"):
            sheet.write(sheet.read(), [PutCell("Deal", 2, 2, "Acme")])
        assert said(sheet)["Deal", 2, 2] != "Acme"
