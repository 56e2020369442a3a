"""Inserted rows look and are checked as those that a person inserts in Excel."""

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from sheetrecord.model.value import Formula
from sheetrecord.xlsx import AppendRows, InsertRows, patch
from xlsx.makebooks import members, values

HEAD, BODY, LAST = "HEAD", "0.00", "0.000"
"""Number formats by which a cell's look is known again."""


def book(*, table: bool = False) -> bytes:
    """A heading in row 2, data in rows 3 to 6 that have rules, the last row taller."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Fees")
        look = {text: made.add_format({"num_format": text}) for text in (BODY, LAST)}
        look[HEAD] = made.add_format({"num_format": '"HEAD"'})
        data = [[n, n * 2] for n in range(3, 7)]
        if table:
            twice = {"header": "Twice", "formula": "=T[[#This Row],[A]]*2", "format": look[BODY]}
            columns = [{"header": "A", "format": look[BODY]}, twice]
            sheet.add_table("B2:C6", {"name": "T", "columns": columns, "data": data})
        for row, format_ in enumerate((HEAD, BODY, BODY, BODY, LAST), 1):
            sheet.write(row, 1, "A" if row == 1 else row, look[format_])
        sheet.set_row(5, 39.75, look[BODY])
        sheet.data_validation("B3:B6", {"validate": "list", "source": ["a", "b"]})
        rule = {"type": "formula", "criteria": "=$B3>$C2", "format": look[BODY]}
        sheet.conditional_format("B3:B6", rule)
    return buffer.getvalue()


def read(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data))["Fees"]


def rules(sheet: Worksheet) -> tuple[str, str, str]:
    """Return the cells that are validated, those formatted by a rule, and the rule."""
    [validation] = sheet.data_validations.dataValidation
    [area] = sheet.conditional_formatting
    return str(validation.sqref), str(area.sqref), area.rules[0].formula[0]


@pytest.mark.parametrize(
    ("before", "look", "height", "ruled", "rule"),
    [
        (1, "General", None, "B5:B8", "$B5>$C4"),
        (3, '"HEAD"', None, "B5:B8", "$B5>$C4"),
        (4, BODY, None, "B3:B8", "$B3>$C2"),
        (6, BODY, None, "B3:B8", "$B3>$C2"),
        (7, LAST, 39.75, "B3:B8", "$B3>$C2"),
        (8, "General", None, "B3:B6", "$B3>$C2"),
    ],
)
def test_a_new_row_looks_like_the_row_above_and_comes_under_its_rules(
    before: int, look: str, height: float | None, ruled: str, rule: str
) -> None:
    sheet = read(patch(book(), [InsertRows("Fees", before, 2)]).data)
    for row in (before, before + 1):
        assert sheet.cell(row, 2).number_format == look
        assert sheet.cell(row, 2).value is None
        assert sheet.row_dimensions[row].height == height
    assert rules(sheet) == (ruled, ruled, rule)


@pytest.mark.parametrize("before", [3, 5, 6])
def test_in_a_table_it_looks_like_the_data_and_calculated_columns_are_filled(before: int) -> None:
    after = patch(book(table=True), [InsertRows("Fees", before, 1)]).data
    sheet = read(after)
    assert [sheet.cell(before, column).number_format for column in (2, 3)] == [BODY, BODY]
    assert values(after)[f"C{before}"] == Formula("T[[#This Row],[A]]*2")
    assert sheet.tables["T"].ref == "B2:C7"
    assert rules(sheet) == ("B3:B7", "B3:B7", "$B3>$C2")


def test_below_a_table_nothing_of_it_is_filled() -> None:
    after = patch(book(table=True), [InsertRows("Fees", 7, 1)]).data
    assert values(after).get("C7") is None
    assert read(after).tables["T"].ref == "B2:C6"


def test_more_formatted_cells_than_a_workbook_can_bear_come_plain_and_that_is_said() -> None:
    wide = io.BytesIO()
    with xlsxwriter.Workbook(wide, {"in_memory": True}) as made:
        look = made.add_format({"bold": True})
        for column in range(30):
            made.worksheets() or made.add_worksheet("Fees")
            made.worksheets()[0].write_blank(0, column, None, look)
    done = patch(wide.getvalue(), [InsertRows("Fees", 2, 100_000)])
    assert "without formats" in " ".join(done.report.notes)
    assert len(members(done.data)["xl/worksheets/sheet1.xml"]) < 4000


def test_a_sparkline_beside_the_last_row_stays_in_its_cell() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Fees")
        for row in range(4):
            sheet.write_row(row, 0, [row, row + 1])
        sheet.add_sparkline("C4", {"range": "Fees!A4:B4"})
    after = patch(buffer.getvalue(), [AppendRows("Fees", [{"A": 9, "B": 9, "D": 9}])]).data
    sheet_xml = members(after)["xl/worksheets/sheet1.xml"].decode()
    assert "<xm:f>Fees!A4:B4</xm:f><xm:sqref>C4</xm:sqref>" in sheet_xml
