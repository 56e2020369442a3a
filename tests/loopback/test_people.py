"""People's scripts work as with Google: gspread unmodified, and what typing turns into."""

import pytest

from loopback.conftest import Firm


def test_gspread_reads_writes_sorts_and_appends(firm: Firm) -> None:
    book = firm.gspread().open_by_key(firm.key)
    sheet = book.sheet1
    sheet.update([["id", "n"], ["D-1", 3], ["D-2", 4], ["=SUM(B2:B3)"]], "A1", raw=False)
    sheet.insert_rows([["D-0", 1]], 2)
    assert sheet.get("A5", value_render_option="FORMULA") == [["=SUM(B3:B4)"]]
    sheet.sort((2, "des"), range="A2:B4")
    sheet.append_row(["D-9", 5])
    assert sheet.get_all_values() == [
        ["id", "n"], ["D-2", "4"], ["D-1", "3"], ["D-0", "1"], ["4", ""], ["D-9", "5"],
    ]  # fmt: skip
    sheet.batch_clear(["A2:B2"])
    sheet.delete_rows(2)
    sheet.update_title("Deals")
    assert [one.title for one in book.worksheets()] == ["Deals"]
    assert book.worksheet("Deals").find("D-9").address == "A5"


@pytest.mark.parametrize(
    ("typed", "value", "kind"),
    [
        ("2,000.50", 2000.5, ""),
        ("2026-03-01", 46082, "DATE"),
        ("3/1/2026", 46082, "DATE"),
        ("2026-03-01 12:00", 46082.5, "DATE_TIME"),
        ("50%", 0.5, "PERCENT"),
        ("$3", 3, "CURRENCY"),
        ("'007", "007", ""),
        ("007", 7, ""),
        ("true", True, ""),
        ("2026-13-01", "2026-13-01", ""),
        ("=1/0", "#DIV/0!", ""),
        ("+1 555", "+1 555", ""),
    ],
)
def test_what_is_typed_becomes_a_value(firm: Firm, typed: str, value: object, kind: str) -> None:
    firm.put("Sheet1!A1", [[typed]])
    assert firm.values() == [[value]]
    (data,) = firm.get(includeGridData=True)["sheets"][0]["data"]
    shown = data["rowData"][0]["values"][0].get("effectiveFormat", {}).get("numberFormat", {})
    assert shown.get("type", "") == kind


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=1+2*3^2", 19),
        ("=-2^2", 4),
        ('="a"&1', "a1"),
        ('=IF(A1>2,1/0,"small")', "small"),
        ("=IFERROR(1/0,7)", 7),
        ("=SUM(A1:B1)/COUNT(A1:B1)", 1.5),
        ("=A1=C1", False),
        ("=ROUND(2.345,2)", 2.35),
        ("=AND(A1=1,NOT(B1=1))", True),
        ("=DATE(2026,3,1)-1", 46081),
        ('=HYPERLINK("#gid=0","there")', "there"),
        ('=A1+"x"', "#VALUE!"),
        ("=VLOOKUP(A1,A1:B1,2)", "Loading..."),
    ],
)  # fmt: skip
def test_simple_formulas_are_calculated_others_are_still_loading(
    firm: Firm, formula: str, result: object
) -> None:
    firm.put("Sheet1!A1", [[1, 2]])
    firm.put("Sheet1!D1", [[formula]])
    assert firm.values("Sheet1!D1") == [[result]]


def test_results_follow_what_they_read(firm: Firm) -> None:
    firm.put("Sheet1!A1", [[1, "=A1*2", "=B1*2"]])
    firm.put("Sheet1!A1", [[5]])
    assert firm.values() == [[5, 10, 20]]
