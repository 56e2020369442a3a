"""Files, versions, uploads, and who may do what."""

import io
import json
from typing import Any

import pytest
from google.auth.exceptions import RefreshError
from googleapiclient.errors import HttpError
from gspread.exceptions import APIError, SpreadsheetNotFound
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from loopback.conftest import Firm
from sheets_server.drive import SHEET, XLSX
from sheets_server.tokens import SHEETS


def version(firm: Firm) -> int:
    found = firm.drive().files().get(fileId=firm.key, fields="version,modifiedTime").execute()
    return int(found["version"])


def test_a_version_moves_with_every_change_and_with_nothing_else(firm: Firm) -> None:
    first = version(firm)
    firm.get(includeGridData=True)
    assert version(firm) == first
    firm.put("Sheet1!A1", [["x"]])
    second = version(firm)
    firm.server.google.act(firm.key, [{"clearBasicFilter": {"sheetId": 0}}])
    assert first < second < version(firm)


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Deal"
    sheet.append(["id", "day", "part"])
    sheet.append(["007", "=DATE(2026,3,1)", 0.5])
    sheet["B2"].number_format = "yyyy-mm-dd"
    sheet["C2"].number_format = "0%"
    sheet["A1"].comment = Comment("the number", "")
    sheet.merge_cells("D1:E1")
    rule = DataValidation(type="list", formula1='"won,lost"', showErrorMessage=True)
    rule.add("D2:D9")
    sheet.add_data_validation(rule)
    hidden = book.create_sheet("sr_stamp")
    hidden.sheet_state = "hidden"
    hidden.protection.sheet = True
    book.defined_names["sr_id"] = DefinedName("sr_id", attr_text="Deal!$A$1")
    book.defined_names["half"] = DefinedName("half", attr_text="0.5")
    book.properties.title = "gone"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(firm: Firm) -> str:
    about = json.dumps({"name": "firm", "mimeType": SHEET})
    body = (
        f"--cut\r\nContent-Type: application/json\r\n\r\n{about}\r\n"
        f"--cut\r\nContent-Type: {XLSX}\r\n\r\n"
    ).encode() + workbook() + b"\r\n--cut--"  # fmt: skip
    answer = firm.plain(
        "POST",
        "/upload/drive/v3/files?uploadType=multipart&fields=id,mimeType",
        data=body,
        headers={"Content-Type": "multipart/related; boundary=cut"},
    )
    assert (answer.status_code, answer.json()["mimeType"]) == (200, SHEET)
    return str(answer.json()["id"])


def test_a_workbook_file_becomes_a_sheet_and_a_file_again(firm: Firm) -> None:
    key = upload(firm)
    found = firm.plain("GET", f"/v4/spreadsheets/{key}?includeGridData=true").json()
    deal, stamp = found["sheets"]
    assert [one["name"] for one in found["namedRanges"]] == ["sr_id"]
    assert stamp["properties"]["hidden"]
    assert "protectedRanges" in stamp
    assert len(deal["merges"]) == 1
    first, second = (row["values"] for row in deal["data"][0]["rowData"][:2])
    assert first[0]["note"] == "the number"
    assert second[0]["userEnteredValue"] == {"stringValue": "007"}
    assert second[1]["effectiveValue"] == {"numberValue": 46082}
    assert second[1]["effectiveFormat"]["numberFormat"]["type"] == "DATE"
    assert second[3]["dataValidation"]["strict"]
    data = firm.plain("GET", f"/drive/v3/files/{key}/export?mimeType={XLSX}").content
    again = load_workbook(io.BytesIO(data))
    assert again["Deal"]["A2"].value == "007"
    assert again["Deal"]["B2"].value == "=DATE(2026,3,1)"
    assert again["sr_stamp"].sheet_state == "hidden"
    assert list(again.defined_names) == ["sr_id"]


def test_a_service_account_owns_no_file(firm: Firm) -> None:
    with pytest.raises(APIError, match="storage quota"):
        firm.gspread().create("mine")
    with pytest.raises(HttpError, match="storage quota"):
        firm.drive().files().copy(fileId=firm.key).execute()
    with pytest.raises(HttpError) as error:
        firm.sheets().spreadsheets().create(body={}).execute()
    assert error.value.resp.status == 403


def test_a_person_creates_copies_lists_and_shares(firm: Firm) -> None:
    client = firm.gspread(firm.person())
    made = client.create("mine")
    copied = client.copy(made.id, title="other")
    assert {one["name"] for one in client.list_spreadsheet_files()} == {"firm", "mine", "other"}
    made.share("zoe@firm.example", "user", "reader")
    assert [one["role"] for one in made.list_permissions()] == ["owner", "reader"]
    client.del_spreadsheet(copied.id)
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key(copied.id)


def test_what_is_not_shared_is_not_shown_and_a_reader_does_not_write(firm: Firm) -> None:
    google = firm.server.google
    google.share(firm.key, "sheetrecord@made-up-firm.iam.gserviceaccount.com", "reader")
    with pytest.raises(HttpError) as error:
        firm.put("Sheet1!A1", [["x"]])
    assert error.value.resp.status == 403
    google.share(firm.key, "sheetrecord@made-up-firm.iam.gserviceaccount.com", "")
    with pytest.raises(HttpError) as error:
        firm.get()
    assert (error.value.resp.status, "permission" in str(error.value)) == (403, True)
    with pytest.raises(HttpError) as error:
        version(firm)
    assert error.value.resp.status == 404


def test_a_token_without_the_scope_is_refused(firm: Firm) -> None:
    given = firm.machine((SHEETS,))
    firm.sheets(given).spreadsheets().get(spreadsheetId=firm.key).execute()
    with pytest.raises(HttpError, match="insufficient authentication scopes"):
        firm.drive(given).files().get(fileId=firm.key).execute()


def test_an_old_token_is_refused_and_a_new_one_is_had(firm: Firm) -> None:
    client = firm.sheets()
    call = client.spreadsheets().get(spreadsheetId=firm.key)
    call.execute()
    firm.server.google.requests.clear()
    firm.server.google.accounts.revoke()
    call.execute()
    assert firm.server.google.names().count("token") == 1


def test_a_refresh_token_that_died_says_so(firm: Firm) -> None:
    given = firm.person()
    firm.server.google.accounts.expire("mara@firm.example")
    with pytest.raises(RefreshError, match="expired or revoked"):
        firm.sheets(given).spreadsheets().get(spreadsheetId=firm.key).execute()


def test_a_person_signs_in(firm: Firm) -> None:
    scope = f"scope={SHEETS}&redirect_uri=http://127.0.0.1:9/&state=s&response_type=code"
    answer: Any = firm.plain("GET", f"/o/oauth2/auth?{scope}", allow_redirects=False)
    query = answer.headers["Location"].partition("?")[2]
    code = dict(part.split("=", 1) for part in query.split("&"))["code"]
    form = {"grant_type": "authorization_code", "code": code, "client_id": "c"}
    assert firm.plain("POST", "/token", data=form).json()["refresh_token"]
    assert firm.plain("POST", "/token", data=form).json()["error"] == "invalid_grant"
