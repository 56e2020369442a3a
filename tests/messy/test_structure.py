"""What happens when people rearrange the workbook: one case a line, each from a clean firm."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from messy import firm
from sheetrecord.formats import xlsx
from sheetrecord.model.book import Book, Sheet
from sheetrecord.schema.names import column_name
from sheetrecord.schema.read.layout import locate
from sheetrecord.schema.sheets import SHEETS

Change = Callable[[Any], None]


def header_cell(book: Any, sheet: str, key: str) -> Any:
    """Return the header of a column, found as the engine finds it."""
    _, letters, row = book.defined_names[f"sr_{sheet}_{key}"].attr_text.split("$")
    return book[sheet][f"{letters}{row}"]


def column_of(book: Any, sheet: str, key: str) -> int:
    return int(header_cell(book, sheet, key).column)


def rename_header(book: Any) -> None:
    header_cell(book, "Context", "driver").value = "What happens then (really!)"


def translate_header(book: Any) -> None:
    header_cell(book, "Deal", "client").value = "Kunde"


def blank_header(book: Any) -> None:
    header_cell(book, "Deal", "client").value = None


def spaced_header(book: Any) -> None:
    header_cell(book, "Deal", "client").value = " Client\u00a0 "


def double_header(book: Any) -> None:
    sheet = book["Deal"]
    last = sheet.max_column + 1
    sheet.cell(3, last, "Client")
    sheet.cell(4, last, "Other Ltd")


def foreign_header(book: Any) -> None:
    """The header of one column is typed over with the header of another, which is gone."""
    header_cell(book, "Deal", "deal_owner").value = "x"
    header_cell(book, "Deal", "client").value = "Deal owner"


def delete_column(book: Any) -> None:
    """Delete the header and the name of a column, as deleting the column in Excel does."""
    sheet = book["Deal"]
    cell = header_cell(book, "Deal", "lost_to")
    for row in range(3, 70):
        sheet.cell(row, cell.column).value = None
    book.defined_names["sr_Deal_lost_to"].attr_text = "Deal!#REF!"


def lose_name(book: Any) -> None:
    del book.defined_names["sr_Deal_client"]


def insert_column_left(book: Any) -> None:
    sheet = book["Commitments"]
    width = sheet.max_column
    sheet.insert_cols(1)
    firm.shift_names(book, "Commitments", {n: n + 1 for n in range(1, width + 1)})


def swap_columns(book: Any) -> None:
    sheet = book["Deal"]
    one, two = column_of(book, "Deal", "client"), column_of(book, "Deal", "deal_owner")
    for row in range(3, 70):
        a, b = sheet.cell(row, one), sheet.cell(row, two)
        a.value, b.value = b.value, a.value
    firm.shift_names(book, "Deal", {one: two, two: one})


def own_column(book: Any) -> None:
    sheet = book["Deal"]
    last = sheet.max_column + 1
    sheet.cell(3, last, "Mood")
    sheet.cell(4, last, "sunny")


def pasted_beside(book: Any) -> None:
    sheet = book["Fees"]
    last = sheet.max_column + 3
    sheet.cell(8, last, "Rate")
    sheet.cell(9, last, 120)


def rename_sheet(book: Any) -> None:
    book["Context"].title = "What we know"
    for name, defined in book.defined_names.items():
        if name.startswith("sr_Context_"):
            defined.attr_text = defined.attr_text.replace("Context!", "'What we know'!")
    for sheet in book:
        for cell in firm.formulas(sheet):
            cell.value = cell.value.replace("Context!", "'What we know'!")


def copy_sheet(book: Any) -> None:
    book.copy_worksheet(book["Fees"]).title = "Copy of Fees"


def delete_sheet(book: Any) -> None:
    del book["Project"]
    for name, defined in book.defined_names.items():
        if name.startswith("sr_Project_"):
            defined.attr_text = "#REF!"


def merge(book: Any) -> None:
    book["Commitments"].merge_cells("E4:F4")


def filter_left_on(book: Any) -> None:
    book["Context"].row_dimensions[6].hidden = True


def hide_columns(book: Any) -> None:
    for letter in "ABCDEF":
        book["Deal"].column_dimensions[letter].hidden = True


def blank_row_between(book: Any) -> None:
    sheet = book["Fees"]
    for cell in sheet[5]:
        moved = firm.filled_down(cell.value, 5, 9)
        sheet.cell(9, cell.column).value = None if cell.column == 1 else moved
        if cell.column > 1 and not str(cell.value).startswith("="):
            cell.value = None
    sheet.cell(9, 1).value = "F-2222Z"


def totals_row(book: Any) -> None:
    sheet = book["Fees"]
    row = 60
    sheet.cell(row, column_of(book, "Fees", "description"), "Total")


def copy_row(book: Any) -> None:
    sheet = book["Commitments"]
    for cell in sheet[4]:
        sheet.cell(5, cell.column).value = firm.filled_down(cell.value, 4, 5)


def cut_to_other_sheet(book: Any) -> None:
    row = [cell.value for cell in book["Commitments"][4]]
    for column, value in enumerate(row[:2], 1):
        book["Gaps"].cell(4, column).value = value
    book["Gaps"].cell(4, 3).value = row[2]
    for cell in book["Commitments"][4]:
        if not str(cell.value).startswith("="):
            cell.value = None


def sort_one_column(book: Any) -> None:
    """Sort the answers of two rows without their rows: no single copy can show that."""
    sheet = book["Context"]
    answer = column_of(book, "Context", "answer")
    a, b = sheet.cell(4, answer), sheet.cell(5, answer)
    a.value, b.value = b.value, a.value


def overwrite_formula(book: Any) -> None:
    sheet = book["Deal"]
    sheet.cell(4, column_of(book, "Deal", "gate_open")).value = 0


def remove_formula(book: Any) -> None:
    sheet = book["Deal"]
    sheet.cell(4, column_of(book, "Deal", "gate_open")).value = None


def override_state(book: Any) -> None:
    sheet = book["Context"]
    sheet.cell(4, column_of(book, "Context", "state")).value = "Answered"


def orphan(book: Any) -> None:
    book["Commitments"].cell(4, 2).value = "D-0404"


def no_deal(book: Any) -> None:
    book["Project"].cell(4, 2).value = None


def ref_error(book: Any) -> None:
    sheet = book["Deal"]
    sheet.cell(4, column_of(book, "Deal", "value_net")).value = "#REF!"


def protect(book: Any) -> None:
    book["Deal"].protection.enable()


def lists_code_gone(book: Any) -> None:
    for row in book["Lists"].iter_rows():
        for cell in row:
            if cell.value == "economic_buyer":
                cell.value = None


CASES: dict[str, tuple[Change, list[str]]] = {
    "a header is renamed: still read, said": (rename_header, ["HEAD-003"]),
    "a header is translated: still read, said": (translate_header, ["HEAD-005"]),
    "a header is blank: still read, said": (blank_header, ["HEAD-008"]),
    "a header has blanks around it: nothing": (spaced_header, []),
    "a header stands twice: the named one is read": (double_header, ["HEAD-004"]),
    "a column is deleted: never in silence": (delete_column, ["HEAD-002"]),
    "a column's name is lost: found by header": (lose_name, ["HEAD-006"]),
    "a column is inserted left of the ids: nothing": (insert_column_left, []),
    "two columns change places: nothing": (swap_columns, []),
    "people add a column of their own: nothing": (own_column, []),
    "a table is pasted beside: it is another table": (pasted_beside, ["HEAD-024"]),
    "a sheet is renamed: still read": (rename_sheet, ["HEAD-010"]),
    "a sheet is copied: the copy is not read": (copy_sheet, ["HEAD-009"]),
    "a sheet is deleted: said": (delete_sheet, ["HEAD-001"]),
    "cells are merged: said": (merge, ["ROW-009"]),
    "a filter hides rows: they are read": (filter_left_on, []),
    "columns are hidden: they are read": (hide_columns, []),
    "a blank row between: rows below are read": (blank_row_between, ["ROW-005"]),
    "a totals row under the data: said": (totals_row, ["ROW-004"]),
    "a row is copied with its id: said": (copy_row, ["ROW-001", "COM-016"]),
    "a row is cut to another sheet: said": (cut_to_other_sheet, ["ROW-010", "COM-010"]),
    "one column is sorted alone: no single copy shows it": (sort_one_column, []),
    "a formula is overwritten: said": (overwrite_formula, ["ROW-006"]),
    "a formula is removed: said": (remove_formula, ["ROW-007"]),
    "a state is picked by hand: allowed": (override_state, []),
    "a row names a deal that is not there": (orphan, ["LINK-001", "COM-010"]),
    "a row names no deal": (no_deal, ["LINK-002", "PRJ-001"]),
    "a cell shows #REF!": (ref_error, ["TYPE-004"]),
    "a sheet is protected: it is read": (protect, []),
    "a code is removed from Lists": (lists_code_gone, ["HEAD-013"]),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_read_or_said(case: str, tmp_path: Path) -> None:
    change, expected = CASES[case]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.edited(firm.workbook(), change))
    found = firm.found(firm.check(path))
    assert sorted(code for _, code in found) == sorted(expected), found


def test_a_foreign_header_is_said_and_the_value_stays(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.edited(firm.workbook(), foreign_header))
    checked = firm.check(path)
    assert checked.report.record.deals[0].client == firm.CLIENT
    assert "HEAD-011" in {p.code for p in checked.report.problems}


@pytest.mark.parametrize("change", [rename_header, translate_header, insert_column_left])
def test_no_value_is_lost_by_rearranging(change: Change, tmp_path: Path) -> None:
    clean, path = tmp_path / "clean.xlsx", tmp_path / "firm.xlsx"
    clean.write_bytes(firm.workbook())
    path.write_bytes(firm.edited(firm.workbook(), change))
    assert firm.check(path).report.record == firm.check(clean).report.record


def test_every_deleted_column_is_missed(tmp_path: Path) -> None:
    """No column of any sheet can go without a word, whatever it held."""
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook())
    book = xlsx.read(path)
    for sheet, declared in SHEETS.items():
        for column in declared.columns:
            found = locate(_without(book, sheet, column.key), "en").findings
            missed = [(f.code, f.where.key) for f in found]
            assert missed == [("HEAD-002", column.key)], f"{sheet}.{column.key}"


def _without(book: Book, sheet: str, key: str) -> Book:
    """Return the workbook as it is after a column was deleted: no cells, no name."""
    name = column_name(sheet, key)
    area = book.names[name]
    assert area is not None
    columns = {n: cells for n, cells in book.sheets[sheet].columns.items() if n != area.left}
    sheets = {**{title: book.sheets[title] for title in book.sheets}, sheet: Sheet(sheet, columns)}
    names = {other: found for other, found in book.names.items() if other != name}
    return Book(book.source, sheets, names=names, live=True)
