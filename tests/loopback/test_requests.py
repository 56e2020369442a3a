"""Each kind of request does what Google's documentation says, below Google's own client."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from loopback.conftest import Firm

ROWS = [["id", "n"], ["a", 3], ["b", 1], ["c", 2]]


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


def box(top: int, bottom: int, left: int, right: int, sheet: int = 0) -> dict[str, int]:
    return {"sheetId": sheet, "startRowIndex": top, "endRowIndex": bottom,
            "startColumnIndex": left, "endColumnIndex": right}  # fmt: skip


def write(row: int, column: int, *values: str) -> dict[str, Any]:
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
    rows = [{"values": [text(one) for one in values]}]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def fence(number: int) -> dict[str, Any]:
    name = f"sr_gen_{number}"
    return {"addNamedRange": {"namedRange": {"namedRangeId": name, "name": name,
                                             "range": box(0, 1, 0, 1)}}}  # fmt: skip


def lines(kind: str, first: int, end: int, **options: Any) -> dict[str, Any]:
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": first, "endIndex": end}
    return {kind: {"range": span, **options}}


def refused(firm: Firm, *several: dict[str, Any]) -> str:
    before = firm.values()
    with pytest.raises(HttpError) as error:
        firm.batch(*several)
    assert error.value.resp.status == 400
    assert firm.values() == before, "a batch that is refused leaves nothing"
    return str(error.value)


def test_a_batch_is_applied_whole_or_not_at_all(firm: Firm) -> None:
    said = refused(firm, write(0, 0, "x"), lines("deleteDimension", 5000, 5001))
    assert "Invalid requests[1].deleteDimension" in said
    firm.batch(write(0, 0, "x"), write(0, 1, "y", "z"))
    assert firm.values() == [["x", "y", "z"]]


def test_an_id_of_a_named_range_is_given_once(firm: Firm) -> None:
    firm.batch(fence(1), write(0, 0, "first"))
    assert "already exists" in refused(firm, fence(1), write(0, 0, "second"))
    firm.batch({"deleteNamedRange": {"namedRangeId": "sr_gen_1"}}, fence(1))
    assert [one["name"] for one in firm.get()["namedRanges"]] == ["sr_gen_1"]


def test_the_answer_shows_what_stands_afterwards_in_the_ranges_asked_for(firm: Firm) -> None:
    answer = firm.batch(
        write(1, 1, "x"),
        includeSpreadsheetInResponse=True,
        responseIncludeGridData=True,
        responseRanges=["Sheet1!B2:C2"],
    )
    (data,) = answer["updatedSpreadsheet"]["sheets"][0]["data"]
    assert (data["startRow"], data["startColumn"]) == (1, 1)
    assert data["rowData"][0]["values"][0]["effectiveValue"] == {"stringValue": "x"}
    assert len(data["rowMetadata"]) == 1


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (lines("insertDimension", 1, 3), "=SUM(B2:B4)+$B$2", "=SUM(B4:B6)+$B$4"),
        (lines("insertDimension", 2, 3), "=SUM(B2:B4)", "=SUM(B2:B5)"),
        (lines("insertDimension", 4, 5), "=SUM(B2:B4)", "=SUM(B2:B4)"),
        (lines("deleteDimension", 1, 2), "=SUM(B2:B4)&B2", "=SUM(B2:B3)&#REF!"),
        (lines("deleteDimension", 2, 3), '=B4&"B4"&LOG10(B4)', '=B3&"B4"&LOG10(B3)'),
        (lines("deleteDimension", 1, 4), "=SUM(B2:B4)", "=SUM(#REF!)"),
    ],
)
def test_formulas_follow_rows(firm: Firm, act: Any, before: str, after: str) -> None:
    firm.put("Sheet1!A1", ROWS)
    firm.put("Sheet1!D9", [[before]])
    firm.batch(act)
    found = [row[3] for row in firm.values(render="FORMULA") if len(row) > 3]
    assert found == [after]


def test_formulas_of_other_sheets_follow_too_and_a_renamed_sheet_is_named_anew(firm: Firm) -> None:
    firm.put("Sheet1!A1", ROWS)
    firm.batch({"addSheet": {"properties": {"sheetId": 7, "title": "Sum"}}})
    firm.put("Sum!A1", [["=SUM(Sheet1!B2:B4)"]])
    assert firm.values("Sum!A1") == [[6]]
    firm.batch(
        lines("insertDimension", 1, 2),
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 0, "title": "Won deals"},
                "fields": "title",
            }
        },
    )
    assert firm.values("Sum!A1", "FORMULA") == [["=SUM('Won deals'!B3:B5)"]]
    firm.batch({"deleteSheet": {"sheetId": 0}})
    assert firm.values("Sum!A1", "FORMULA") == [["=SUM('Won deals'!#REF!)"]]
    assert firm.values("Sum!A1") == [["#REF!"]]


def test_names_merges_protection_and_metadata_follow_rows(firm: Firm) -> None:
    firm.batch(
        fence(1),
        {"addNamedRange": {"namedRange": {"name": "here", "range": box(4, 6, 0, 1)}}},
        {"mergeCells": {"range": box(5, 6, 2, 4), "mergeType": "MERGE_ALL"}},
        {"addProtectedRange": {"protectedRange": {"range": box(5, 7, 0, 1)}}},
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataKey": "row",
                    "visibility": "DOCUMENT",
                    "location": {
                        "dimensionRange": {
                            "sheetId": 0, "dimension": "ROWS", "startIndex": 5, "endIndex": 6,
                        }
                    },
                }
            }
        },
    )  # fmt: skip
    firm.batch(lines("insertDimension", 1, 3))
    found = firm.get(includeGridData=True)
    sheet = found["sheets"][0]
    ranges = {one["name"]: one["range"] for one in found["namedRanges"]}
    assert ranges == {"sr_gen_1": box(0, 1, 0, 1), "here": box(6, 8, 0, 1)}
    assert sheet["merges"] == [box(7, 8, 2, 4)]
    assert sheet["protectedRanges"][0]["range"] == box(7, 9, 0, 1)
    rows = sheet["data"][0]["rowMetadata"]
    assert [n for n, row in enumerate(rows) if "developerMetadata" in row] == [7]
    firm.batch(lines("deleteDimension", 6, 9))
    assert [one["name"] for one in firm.get()["namedRanges"]] == ["sr_gen_1"]
    assert "merges" not in firm.get()["sheets"][0]


def test_a_copied_formula_means_cells_that_lie_as_before(firm: Firm) -> None:
    firm.put("Sheet1!A1", [["=B1+$B$1", 1], [None, 2]])
    firm.batch({"copyPaste": {"source": box(0, 1, 0, 1), "destination": box(1, 2, 0, 1)}})
    assert firm.values("Sheet1!A2", "FORMULA") == [["=B2+$B$1"]]
    assert firm.values("Sheet1!A2") == [[3]]


def test_an_image_of_a_row_at_the_same_place_keeps_its_formulas(firm: Firm) -> None:
    firm.put("Sheet1!A1", [["=B1+1", 1]])
    firm.batch(
        {"addSheet": {"properties": {"sheetId": 9, "title": "sr_before_0", "hidden": True}}},
        {"copyPaste": {"source": box(0, 1, 0, 26), "destination": box(0, 1, 0, 26, sheet=9)}},
    )
    assert firm.values("sr_before_0", "FORMULA") == [["=B1+1", 1]]


def test_rows_are_sorted_with_empty_ones_last(firm: Firm) -> None:
    firm.put("Sheet1!A1", [*ROWS, ["", ""], ["d", 0, "=B6*2"]])
    firm.batch({"sortRange": {"range": box(1, 6, 0, 3), "sortSpecs": [{"dimensionIndex": 1}]}})
    assert firm.values(render="FORMULA") == [
        ["id", "n"], ["d", 0, "=B2*2"], ["b", 1], ["c", 2], ["a", 3],
    ]  # fmt: skip


def test_a_filter_hides_rows_and_leaves_them(firm: Firm) -> None:
    firm.put("Sheet1!A1", ROWS)
    criteria = {"filterCriteria": {"hiddenValues": ["b"]}, "columnIndex": 0}
    firm.batch(
        {"setBasicFilter": {"filter": {"range": box(0, 4, 0, 2), "filterSpecs": [criteria]}}}
    )
    (data,) = firm.get(includeGridData=True)["sheets"][0]["data"]
    assert [n for n, row in enumerate(data["rowMetadata"]) if row.get("hiddenByFilter")] == [2]
    assert len(data["rowData"]) == 4
    firm.batch({"clearBasicFilter": {"sheetId": 0}})
    (data,) = firm.get(includeGridData=True)["sheets"][0]["data"]
    assert not any(row.get("hiddenByFilter") for row in data["rowMetadata"])


def test_what_lies_below_a_merged_cell_is_not_kept(firm: Firm) -> None:
    firm.put("Sheet1!A1", [["a", "b"]])
    firm.batch({"mergeCells": {"range": box(0, 1, 0, 2), "mergeType": "MERGE_ALL"}})
    firm.batch(write(0, 1, "lost"))
    assert firm.values() == [["a"]]
    firm.batch({"unmergeCells": {"range": box(0, 1, 0, 2)}})
    assert firm.values() == [["a"]]


def test_a_protected_cell_is_not_written_by_others(firm: Firm) -> None:
    part = {"range": box(0, 1, 0, 1), "editors": {"users": ["mara@firm.example"]}}
    firm.server.google.act(firm.key, [{"addProtectedRange": {"protectedRange": part}}])
    assert "protected" in refused(firm, write(1, 0, "free"), write(0, 0, "x"))
    firm.server.google.act(firm.key, [write(0, 0, "by the owner")])
    assert firm.values() == [["by the owner"]]


def test_rows_are_moved_and_their_readers_follow(firm: Firm) -> None:
    firm.put("Sheet1!A1", ROWS)
    firm.put("Sheet1!D1", [["=B2"]])
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    firm.batch({"moveDimension": {"source": span, "destinationIndex": 4}})
    assert [row[0] for row in firm.values()] == ["id", "b", "c", "a"]
    assert firm.values("Sheet1!D1", "FORMULA") == [["=B4"]]


def test_texts_are_found_and_replaced(firm: Firm) -> None:
    firm.put("Sheet1!A1", [["Acme", "acme works", "=B1"]])
    answer = firm.batch({"findReplace": {"find": "acme", "replacement": "Zeta", "sheetId": 0}})
    assert answer["replies"][0]["findReplace"]["occurrencesChanged"] == 2
    assert firm.values() == [["Zeta", "Zeta works", "Zeta works"]]


def test_a_copy_of_a_sheet_holds_the_same(firm: Firm) -> None:
    firm.put("Sheet1!A1", [*ROWS, ["=SUM(B2:B4)"]])
    firm.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 5, "newSheetName": "copy"}})
    assert firm.values("copy", "FORMULA") == firm.values("Sheet1", "FORMULA")
    assert firm.values("copy!A5") == [[6]]


def test_tables_do_not_overlap_and_have_names_of_their_own(firm: Firm) -> None:
    table = {"name": "Deals", "range": box(0, 4, 0, 2)}
    answer = firm.batch({"addTable": {"table": table}})
    assert answer["replies"][0]["addTable"]["table"]["tableId"]
    assert "overlap" in refused(firm, {"addTable": {"table": {**table, "name": "Other"}}})


def test_metadata_is_found_by_its_key(firm: Firm) -> None:
    made = {"metadataKey": "sr_stamp", "metadataValue": "1", "visibility": "DOCUMENT",
            "location": {"spreadsheet": True}}  # fmt: skip
    lookup = {"developerMetadataLookup": {"metadataKey": "sr_stamp"}}
    change = {
        "updateDeveloperMetadata": {
            "dataFilters": [lookup],
            "developerMetadata": {"metadataValue": "2"},
            "fields": "metadataValue",
        }
    }
    assert "No developer metadata" in refused(firm, change)
    firm.batch({"createDeveloperMetadata": {"developerMetadata": made}}, change)
    assert [one["metadataValue"] for one in firm.get()["developerMetadata"]] == ["2"]
    firm.batch({"deleteDeveloperMetadata": {"dataFilter": lookup}})
    assert "developerMetadata" not in firm.get()


def test_a_repeated_cell_and_validation_leave_what_no_field_names(firm: Firm) -> None:
    firm.put("Sheet1!A1", [["a"], ["b"]])
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]},
            "strict": True}  # fmt: skip
    firm.batch(
        {"repeatCell": {"range": box(0, 2, 0, 1), "cell": bold, "fields": "userEnteredFormat"}},
        {"setDataValidation": {"range": box(0, 2, 0, 1), "rule": rule}},
    )
    firm.batch(write(1, 0, "outside the list"))
    (data,) = firm.get(includeGridData=True)["sheets"][0]["data"]
    second = data["rowData"][1]["values"][0]
    assert second["userEnteredFormat"] == bold["userEnteredFormat"]
    assert second["dataValidation"] == rule
    assert second["formattedValue"] == "outside the list"


def test_writing_a_value_takes_chips_away(firm: Firm) -> None:
    chip = {"startIndex": 0, "chip": {"personProperties": {"email": "zoe@firm.example"}}}
    cell = {"userEnteredValue": {"stringValue": "@ asks"}, "chipRuns": [chip]}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    firm.batch({"updateCells": {"start": start, "rows": [{"values": [cell]}],
                                "fields": "userEnteredValue,chipRuns"}})  # fmt: skip
    assert firm.values(render="FORMATTED_VALUE") == [["zoe@firm.example asks"]]
    firm.batch(write(0, 0, "@ asks"))
    assert firm.values(render="FORMATTED_VALUE") == [["@ asks"]]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"updateCells": {"rows": [], "fields": ""}}, "At least one field"),
        ({"updateCells": {"start": {"rowIndex": 5000}, "rows": [{"values": [text("x")]}],
                          "fields": "userEnteredValue"}}, "exceeds grid limits"),
        ({"addSheet": {"properties": {"title": "sheet1"}}}, "already exists"),
        ({"addSheet": {"properties": {"sheetId": 0, "title": "x"}}}, "already exists"),
        ({"deleteSheet": {"sheetId": 0}}, "visible sheets"),
        (lines("deleteDimension", 0, 60), "all the rows"),
        ({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 400_000}}, "10000000"),
        ({"addNamedRange": {"namedRange": {"name": "A1", "range": box(0, 1, 0, 1)}}}, "not valid"),
        ({"updateCells": {"start": {}, "rows": [{"values": [{"userEnteredValue": {
            "stringValue": "x" * 50_001}}]}], "fields": "userEnteredValue"}}, "50000"),
        ({"copyPaste": {"source": box(0, 1, 0, 1, sheet=8), "destination": box(0, 1, 0, 1)}},
         "No grid with id: 8"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused(firm: Firm, wrong: dict[str, Any], said: str) -> None:
    assert said in refused(firm, write(0, 0, "x"), wrong)


def test_what_the_description_does_not_know_is_refused(firm: Firm) -> None:
    path = f"/v4/spreadsheets/{firm.key}"
    body = {"requests": [{"updateCells": {"colour": 1}}]}
    answer = firm.plain("POST", f"{path}:batchUpdate", json=body)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert 'Unknown name "colour"' in answer.json()["error"]["message"]
    for query in ("fields=sheets(colour)", "includeGridData=perhaps", "colour=1"):
        assert firm.plain("GET", f"{path}?{query}").status_code == 400, query


def test_a_mask_decides_whether_cells_come_along(firm: Firm) -> None:
    firm.put("Sheet1!A1", [["a"]])
    assert "data" not in firm.get()["sheets"][0]
    assert "data" in firm.get(includeGridData=True)["sheets"][0]
    found = firm.get(fields="sheets(data.rowData.values(effectiveValue),properties/title)")
    assert found == {
        "sheets": [
            {
                "properties": {"title": "Sheet1"},
                "data": [{"rowData": [{"values": [{"effectiveValue": {"stringValue": "a"}}]}]}],
            }
        ]
    }
    assert "data" not in firm.get(includeGridData=True, fields="sheets.properties")["sheets"][0]


def test_a_reader_of_what_is_gone_is_broken(firm: Firm) -> None:
    firm.put("Sheet1!A1", [[1, 2], [3, "=A1+A2"]])
    firm.batch(lines("deleteDimension", 0, 1))
    assert firm.values(render="FORMULA") == [[3, "=#REF!+A1"]]
    assert firm.values() == [[3, "#REF!"]]
