"""`sheetrecord.xlsx.open`: what openpyxl's users expect of a workbook, and what they fear."""

import datetime as dt
import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetrecord import xlsx
from sheetrecord.model.errors import ChangedElsewhere
from sheetrecord.model.value import UNKNOWN


@pytest.fixture
def fees(tmp_path: Path) -> Path:
    import xlsxwriter

    path = tmp_path / "fees.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Fees")
        sheet.write_row("A1", ["Client", "Net", "Gross"])
        sheet.write_row("A2", ["Acme", 100])
        sheet.write_formula("C2", "=B2*1.2", None, 120)
        sheet.write_row("A3", ["Bolt", 50])
        sheet.write_formula("C3", "=B3*1.2", None, 60)
        book.add_chart({"type": "bar"})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Fees!$B$2:$B$3"})
        sheet.insert_chart("E2", chart)
        book.add_worksheet("Notes").write("A1", "kept")
    return path


def test_cells_are_reached_by_address_and_by_row_and_column(fees: Path) -> None:
    book = xlsx.open(fees)
    assert book.sheetnames == ["Fees", "Notes"]
    assert [sheet.title for sheet in book] == book.sheetnames
    assert "Fees" in book
    sheet = book["Fees"]
    assert sheet["A2"].value == sheet[2, 1].value == sheet.cell(2, 1).value == "Acme"
    assert (sheet["C2"].value, sheet["C2"].result) == ("=B2*1.2", 120)
    assert (sheet.max_row, sheet.max_column) == (3, 3)
    assert [[cell.value for cell in row] for row in sheet["A2:B3"]] == [["Acme", 100], ["Bolt", 50]]
    assert list(sheet.values)[1] == ("Acme", 100, 120)
    assert sheet["Z99"].value is None


def test_what_was_written_is_read_and_results_that_are_wrong_by_now_are_not(fees: Path) -> None:
    book = xlsx.open(fees)
    sheet = book["Fees"]
    cell = sheet["B2"]
    sheet["B2"] = 125
    assert cell.value == 125, "a cell in hand is never older than the last write"
    assert sheet["C2"].result is UNKNOWN
    assert sheet["C3"].result == 60
    sheet["B3"].value = None
    assert sheet["B3"].value is None
    sheet.cell(4, 1, dt.date(2026, 6, 30))
    assert sheet["A4"].value == dt.date(2026, 6, 30)
    sheet[5, 1] = "=SUM(B2:B3)"
    assert sheet["A5"].value == "=SUM(B2:B3)"


def test_append_goes_below_the_last_row_and_takes_its_formulas_along(fees: Path) -> None:
    sheet = xlsx.open(fees)["Fees"]
    sheet.append(["Crane", 40])
    sheet.append(["Dune", 41])
    assert [cell.value for cell in sheet["A4:C5"][0]] == ["Crane", 40, "=B4*1.2"]
    assert (sheet["A5"].value, sheet.max_row) == ("Dune", 5)


def test_save_changes_what_was_written_and_keeps_all_else(fees: Path, tmp_path: Path) -> None:
    before = fees.read_bytes()
    book = xlsx.open(fees)
    book["Fees"]["B2"] = 125
    assert fees.read_bytes() == before, "nothing is written before save"
    book.save(tmp_path / "other.xlsx")
    assert fees.read_bytes() == before
    with ZipFile(io.BytesIO(before)) as old, ZipFile(tmp_path / "other.xlsx") as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["xl/worksheets/sheet1.xml"]


def test_a_save_of_somebody_else_is_never_overwritten(fees: Path) -> None:
    book = xlsx.open(fees)
    book["Fees"]["B2"] = 125
    other = xlsx.open(fees)
    other["Fees"]["B3"] = 7
    other.save()
    theirs = fees.read_bytes()
    with pytest.raises(ChangedElsewhere):
        book.save()
    assert fees.read_bytes() == theirs
    other["Fees"]["B3"] = 8
    other.save()
    assert xlsx.open(fees)["Fees"]["B3"].value == 8


def test_a_sheet_is_added_and_found(fees: Path) -> None:
    book = xlsx.open(fees.read_bytes())
    sheet = book.create_sheet("Sums", [["Client", "Sum"], ["Acme", "=Fees!B2"]])
    assert book.sheetnames[-1] == "Sums"
    assert sheet["B2"].value == "=Fees!B2"
    assert xlsx.open(book.to_bytes())["Sums"]["A2"].value == "Acme"
    with pytest.raises(ValueError, match="where to save"):
        book.save()


def test_what_is_not_there_is_said_with_what_is(fees: Path) -> None:
    book = xlsx.open(fees)
    with pytest.raises(KeyError, match="'Fees', 'Notes'"):
        book["Fee"]
    with pytest.raises(ValueError, match="more than"):
        book["Fees"]["A1:ZZ99999"]


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 12), st.integers(1, 6)),
        st.one_of(
            st.integers(-1000, 1000),
            st.booleans(),
            st.text("abc äß", min_size=1).filter(str.strip),
            st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)),
        ),
        max_size=8,
    )
)
def test_what_is_written_is_what_openpyxl_reads(written: dict[tuple[int, int], object]) -> None:
    import openpyxl

    blank = io.BytesIO()
    openpyxl.Workbook().save(blank)
    book = xlsx.open(blank.getvalue())
    sheet = book["Sheet"]
    for place, value in written.items():
        sheet[place] = value
    read = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["Sheet"]
    for (row, column), value in written.items():
        seen = read.cell(row, column).value
        assert (seen.date() if isinstance(seen, dt.datetime) else seen) == value
        assert sheet[row, column].value == value
