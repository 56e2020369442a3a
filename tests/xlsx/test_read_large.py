"""Sheets large enough to be read by the shape of their rows, compared with openpyxl."""

import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter

from sheetrecord.model.value import UNKNOWN, CellError, Formula
from sheetrecord.xlsx import open_workbook
from sheetrecord.xlsx.archive import members
from xlsx.makebooks import edited, simple

ROWS = 1500
SHEET = "xl/worksheets/sheet1.xml"


def made(*, constant_memory: bool, rows: int = ROWS) -> bytes:
    """A sheet with blanks, changing types, banded styles, a total row and hidden rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": constant_memory})
    sheet = book.add_worksheet("Fees")
    days = [book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "d mmm yyyy")]
    money = book.add_format({"num_format": "#,##0.00"})
    sheet.write_row(0, 0, ["Id", "Day", "Amount", "Twice", "Mixed", "Paid", "Note", "Text"])
    for row in range(1, rows):
        if row % 100 == 50:
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.write_string(row, 0, f"FEE-{row}")
        sheet.write_datetime(
            row, 1, dt.datetime.fromisoformat("2024-01-01") + dt.timedelta(row), days[row % 2]
        )
        sheet.write_number(row, 2, row / 4, money)
        sheet.write_formula(row, 3, f"=C{row + 1}*2", money, row / 2)
        if row % 3:
            sheet.write(row, 4, row if row % 2 else f"<text & {row}>")
        sheet.write_boolean(row, 5, row % 2 == 0)
        if row % 7 == 0:
            sheet.write_string(row, 6, f"line one\nline two {row}")
        sheet.write_formula(row, 7, f'="a"&A{row + 1}', None, f"aFEE-{row}")
        if row % 211 == 0:
            sheet.write_blank(row, 6, None, money)
    sheet.write_formula(rows, 2, f"=SUM(C2:C{rows})", money, 7)
    book.close()
    return out.getvalue()


def as_openpyxl(value):
    value = value.cached if isinstance(value, Formula) else value
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return None if value is UNKNOWN else value


@pytest.mark.parametrize("constant_memory", [False, True], ids=["shared strings", "inline"])
def test_a_large_sheet_reads_as_openpyxl_reads_it(constant_memory):
    data = made(constant_memory=constant_memory)
    grid = open_workbook(data).grid("Fees")
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Fees"]
    formulas = openpyxl.load_workbook(io.BytesIO(data))["Fees"]
    assert grid.max_row == values.max_row
    for row in values.iter_rows():
        found = grid.row(row[0].row)
        assert {n: as_openpyxl(v) for n, v in found.items()} == {
            cell.column: cell.value for cell in row if cell.value is not None
        }
        for number, value in found.items():
            written = formulas.cell(row[0].row, number).value
            if isinstance(value, Formula):
                assert f"={value.text}" == written
            else:
                assert not str(written).startswith("=")
    assert grid.hidden_rows == {row + 1 for row in range(50, ROWS, 100)}


def test_excels_shared_formulas_down_a_long_column_are_spelled_out():
    from xlsx.readbook import book

    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B5000" si="3">A1*$A$1'
    rows += "</f><v>1</v></c></row>" + "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c>'
        f'<c r="B{row}"><f t="shared" si="3"/><v>{row}</v></c></row>'
        for row in range(2, 5001)
    )
    column = open_workbook(book(rows)).grid("Deal").column(2)
    assert column.rows == list(range(1, 5001))
    assert column.values == [Formula(f"A{row}*$A$1", row) for row in range(1, 5001)]


def test_a_pause_of_the_collector_ends_with_the_read():
    import gc

    open_workbook(made(constant_memory=False, rows=10)).grid("Fees")
    assert gc.isenabled()


@pytest.mark.parametrize("size", range(150, 460, 30))
def test_a_choice_of_rows_may_begin_in_one_piece_and_end_in_another(monkeypatch, size):
    monkeypatch.setattr(members, "CHUNK", size)
    choice = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        b'2006"><mc:Choice xmlns:z="urn:z" Requires="z"><row r="1"><c r="A1"><v>8</v></c></row>'
        b'</mc:Choice><mc:Fallback><row r="1"><c r="A1"><v>7</v></c></row></mc:Fallback>'
        b"</mc:AlternateContent>"
    )
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(2, 90))
    book = edited(
        simple(), SHEET, b"<sheetData/>", b"<sheetData>" + choice + rows + b"</sheetData>"
    )
    cells = open_workbook(book).grid("Fees").column(1)
    assert cells.rows == list(range(1, 90))
    assert cells.values[:2] == [7, 1]


def test_full_columns_share_their_rows_and_texts_that_come_again():
    grid = {f"{c}{row}": f"the same {c}" for c in "ABC" for row in range(1, 2_001)}
    del grid["C2000"]
    one, two, three = (open_workbook(simple_inline(grid)).grid("Fees").column(n) for n in (1, 2, 3))
    assert one.rows == list(range(1, 2_001))
    assert three.rows == one.rows[:-1]
    assert (set(one.values), set(two.values)) == ({"the same A"}, {"the same B"})


def simple_inline(grid: dict[str, str]) -> bytes:
    """Return a book with these texts inline."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Fees")
        for row in range(2_000):
            for column, letter in enumerate("ABC"):
                sheet.write(row, column, grid.get(f"{letter}{row + 1}"))
    return out.getvalue()
