"""What people and programs do to a whole workbook: one line each, and what is said of it.

The changes are made with openpyxl, which leaves names and formulas where they are; where every
spreadsheet program lets them follow, so does the change.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from messy import firm
from messy import test_structure as done

Change = Callable[[Any], None]
READ: tuple[str, ...] = ()
"""Nothing is said, and the record is what it was."""


class Mangle(NamedTuple):
    """One change: its kind, what it is, how it is done, the codes that are said afterwards.

    ``office``: the codes after LibreOffice opened and saved it, where they differ.
    """

    kind: str
    what: str
    change: Change
    said: tuple[str, ...] = READ
    office: tuple[str, ...] | None = None
    same: bool = True
    """Whether the record is what it was when nothing is said."""


def cell(book: Any, sheet: str, key: str, row: int) -> Any:
    return book[sheet].cell(row, done.column_of(book, sheet, key))


def put(sheet: str, key: str, value: Any, *rows: int) -> Change:
    """Return the change that types a value over a column's cells."""

    def change(book: Any) -> None:
        for row in rows or (4,):
            cell(book, sheet, key, row).value = value

    return change


def spelled(edit: Callable[[str], str], sheet: str = "Deal", key: str = "gate_open") -> Change:
    """Return the change that writes a column's formulas another way."""

    def change(book: Any) -> None:
        for row in range(4, 7):
            one = cell(book, sheet, key, row)
            one.value = "=" + edit(one.value[1:])

    return change


def by_rows(text: str) -> str:
    return text.replace("$B:$B", "$B$1:$B$1048576")


def retitled(old: str, new: str) -> Change:
    def change(book: Any) -> None:
        book[old].title = new
        quoted = f"'{new}'!"
        for defined in book.defined_names.values():
            defined.attr_text = defined.attr_text.replace(f"{old}!", quoted)
        for sheet in book:
            for one in firm.formulas(sheet):
                one.value = one.value.replace(f"{old}!", quoted)

    return change


def without_sheet(title: str) -> Change:
    def change(book: Any) -> None:
        del book[title]
        for defined in book.defined_names.values():
            if defined.attr_text.startswith(f"{title}!"):
                defined.attr_text = "#REF!"

    return change


def without_names(*begin: str) -> Change:
    def change(book: Any) -> None:
        for name in [n for n in book.defined_names if n.startswith(begin or "sr_")]:
            del book.defined_names[name]

    return change


def each_header(sheet: str, edit: Callable[[Any], Any]) -> Change:
    def change(book: Any) -> None:
        for one in book[sheet][3]:
            if one.value is not None:
                one.value = edit(one.value)

    return change


def french(book: Any, form: str) -> None:
    """Translate a header, its accents as characters of their own or not."""
    header = done.header_cell(book, "Deal", "contract_end")
    header.value = unicodedata.normalize(form, "Fin du contrat")  # no accent
    header = done.header_cell(book, "Context", "answer")
    header.value = unicodedata.normalize(form, "R\xe9ponse")


def header_row_deleted(book: Any) -> None:
    """Delete the row of headers as a program does: rows and formulas move up, names are lost."""
    sheet = book["Commitments"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4)]
    for at, row in enumerate(rows, start=3):
        for number, value in enumerate(row, start=1):
            sheet.cell(at, number).value = firm.filled_down(value, at + 1, at)
    for name, defined in book.defined_names.items():
        if name.startswith("sr_Commitments_"):
            defined.attr_text = "Commitments!#REF!"


def header_row_deleted_names_stay(book: Any) -> None:
    texts = {n: d.attr_text for n, d in book.defined_names.items()}
    header_row_deleted(book)
    for name, text in texts.items():
        book.defined_names[name].attr_text = text


def rows_sorted(book: Any) -> None:
    """Sort the rows of Context the other way round, whole, as a program does."""
    sheet = book["Context"]
    rows = [[c.value for c in sheet[row]] for row in range(4, 20)]
    for at, (row, number) in enumerate(zip(reversed(rows), range(19, 3, -1), strict=True), start=4):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = firm.filled_down(value, number, at)


def column_inserted_names_stay(book: Any) -> None:
    book["Context"].insert_cols(3)
    book["Context"].cell(3, 3).value = "My own thoughts"


def table_beside_with_our_headers(book: Any) -> None:
    sheet = book["Fees"]
    last = sheet.max_column + 2
    for row in range(3, 30):
        sheet.cell(row, last).value = "Net" if row == 3 else row
        sheet.cell(row, last + 1).value = "Client" if row == 3 else f"Client {row}"


def deal_deleted(book: Any) -> None:
    for one in book["Deal"][4]:
        if not str(one.value).startswith("="):
            one.value = None


def two_without_ids(book: Any) -> None:
    typed = {"Client": "Bolt", "Deal": "Audit", "Stage": "Talking", "Deal owner": "Ana Ruiz"}
    headers = {cell.value: cell.column for cell in book["Deal"][3]}
    for row in (5, 6):
        for header, text in typed.items():
            book["Deal"].cell(row, headers[header]).value = text
        book["Deal"].cell(row, 1).value = None


def below_an_empty_row(book: Any) -> None:
    """Type a new deal into a row below the next ready one, with the ready one's id."""
    typed = {"Client": "Bolt", "Deal": "Audit", "Stage": "Talking", "Deal owner": "Ana Ruiz"}
    headers = {cell.value: cell.column for cell in book["Deal"][3]}
    for header, text in typed.items():
        book["Deal"].cell(6, headers[header]).value = text
    book["Deal"].cell(6, 1).value = book["Deal"].cell(5, 1).value


def settings_row_deleted(book: Any) -> None:
    book["Settings"].delete_rows(5)
    book.defined_names["sr_set_asof"].attr_text = "#REF!"


def words_sorted(book: Any) -> None:
    """Sort the words of the stages without their codes."""
    sheet = book["Lists"]
    words = sorted(sheet.cell(row, 1).value for row in range(6, 12))
    for row, word in enumerate(words, start=6):
        sheet.cell(row, 1).value = word


def list_cell(row: int, column: int, value: Any) -> Change:
    def change(book: Any) -> None:
        book["Lists"].cell(row, column).value = value

    return change


def values_pasted(book: Any) -> None:
    for row in range(4, 20):
        cell(book, "Context", "missing", row).value = 0


def formulas_shifted(book: Any) -> None:
    """Let all formulas of a sheet compute from the row below, as after a bad insertion."""
    for row in range(4, 20):
        for one in book["Context"][row]:
            one.value = firm.filled_down(one.value, row, row + 1)


def styled(book: Any) -> None:
    for row in book["Deal"].iter_rows(min_row=3, max_row=8):
        for one in row:
            one.font, one.fill = (
                Font(bold=True, strike=True),
                PatternFill("solid", fgColor="FFFF00"),
            )


def coloured_text(book: Any) -> None:
    cell(book, "Deal", "client", 4).comment = Comment("Ask Ben", "Ana")


def named_by_user(book: Any) -> None:
    book.defined_names["my_area"] = DefinedName("my_area", attr_text="Deal!$B$4:$B$9")


def attribute(sheet: str, path: str, value: Any) -> Change:
    def change(book: Any) -> None:
        found = book[sheet]
        *way, last = path.split(".")
        for step in way:
            found = getattr(found, step)
        setattr(found, last, value)

    return change


def hidden_columns(book: Any) -> None:
    for number in range(1, 8):
        book["Deal"].column_dimensions[get_column_letter(number)].hidden = True


def switched_to_1904(book: Any) -> None:
    """Switch the date system and keep the days that people see, as copying the sheets does."""
    book.epoch = CALENDAR_MAC_1904


def dates_as_text(book: Any) -> None:
    for row in range(4, 20):
        one = cell(book, "Context", "learned_on", row)
        if isinstance(one.value, dt.date):
            one.value = f"{one.value:%d.%m.%Y}"


BOOKS = (
    # sheets
    Mangle("sheet", "nothing but saved", lambda _: None),
    Mangle("sheet", "Settings is deleted", without_sheet("Settings"), ("HEAD-016",)),
    Mangle("sheet", "Lists is deleted", without_sheet("Lists"), ("HEAD-016",)),
    Mangle("sheet", "Project is deleted", without_sheet("Project"), ("HEAD-001",)),
    Mangle("sheet", "Context is deleted", without_sheet("Context"), ("HEAD-001",)),
    Mangle("sheet", "Gaps is deleted", without_sheet("Gaps")),
    Mangle("sheet", "Start is deleted", without_sheet("Start")),
    Mangle("sheet", "Check is deleted", without_sheet("Check")),
    Mangle("sheet", "Settings is renamed", retitled("Settings", "Our firm")),
    Mangle("sheet", "Lists is renamed", retitled("Lists", "Words")),
    Mangle("sheet", "Context is renamed", retitled("Context", "What we know"), ("HEAD-010",)),
    Mangle("sheet", "Fees is translated", retitled("Fees", "Honorare")),
    Mangle("sheet", "a sheet is copied", done.copy_sheet, ("HEAD-009",)),
    Mangle("sheet", "a sheet of one's own", lambda book: book.create_sheet("Ideas", 0)),
    Mangle("sheet", "sheets change places", lambda book: book.move_sheet("Fees", -4)),
    Mangle("sheet", "a sheet is hidden", attribute("Project", "sheet_state", "hidden")),
    Mangle("sheet", "a sheet is protected", done.protect),
    # names and headers
    Mangle("header", "all names are lost", without_names(), ("HEAD-017",)),
    Mangle("header", "names of Settings are lost", without_names("sr_set_"), ("HEAD-017",)),
    Mangle("header", "names of Lists are lost", without_names("sr_list_"), ("HEAD-017",)),
    Mangle("header", "one name is lost", done.lose_name, ("HEAD-006",)),
    Mangle("header", "a name of one's own", named_by_user),
    Mangle("header", "renamed", done.rename_header, ("HEAD-003",)),
    Mangle("header", "translated", lambda b: french(b, "NFC"), ("HEAD-005",) * 2),
    Mangle("header", "translated on macOS", lambda b: french(b, "NFD"), ("HEAD-005",) * 2),
    Mangle("header", "in capitals", each_header("Deal", lambda text: str(text).upper())),
    Mangle("header", "with a star", each_header("Fees", lambda text: f" {text} * ")),
    Mangle("header", "with line breaks", each_header("Fees", lambda t: str(t).replace(" ", "\n"))),
    Mangle("header", "one is blank", done.blank_header, ("HEAD-008",)),
    Mangle(
        "header", "all are blank", each_header("Context", lambda _: None), ("HEAD-020", "HEAD-021")
    ),
    Mangle("header", "twice", done.double_header, ("HEAD-004",)),
    Mangle("header", "the row is deleted", header_row_deleted, ("HEAD-019",)),
    Mangle(
        "header", "the row is deleted, names stay", header_row_deleted_names_stay, ("HEAD-025",)
    ),
    # rows
    Mangle("row", "a blank one between", done.blank_row_between, ("ROW-005",)),
    Mangle("row", "a total below", done.totals_row, ("ROW-004",)),
    Mangle("row", "copied", done.copy_row, ("ROW-001", "COM-016")),
    Mangle("row", "moved to another sheet", done.cut_to_other_sheet, ("ROW-010", "COM-010")),
    Mangle("row", "without an id", put("Fees", "fee_id", None), ("ROW-002",)),
    Mangle("row", "a deal without its id", put("Deal", "deal_id", None), ("ROW-002",)),
    Mangle("row", "two new deals without ids", two_without_ids, ("ROW-002",) * 2),
    Mangle("row", "the id of an empty row above", below_an_empty_row, ("ROW-014", "ROW-005")),
    Mangle("row", "a deal is deleted", deal_deleted, ("LINK-001",)),
    Mangle("row", "of no deal", done.no_deal, ("LINK-002", "PRJ-001")),
    Mangle("row", "hidden by a filter", done.filter_left_on),
    Mangle("row", "sorted whole", rows_sorted),
    # columns and structure
    Mangle("structure", "a column is inserted", done.insert_column_left),
    Mangle(
        "structure",
        "a column is inserted, names and formulas stay",
        column_inserted_names_stay,
        ("HEAD-015", "ROW-013"),
    ),
    Mangle("structure", "two columns change places", done.swap_columns),
    Mangle("structure", "a column is deleted", done.delete_column, ("HEAD-002",)),
    Mangle("structure", "a column of one's own", done.own_column),
    Mangle("structure", "columns are hidden", hidden_columns),
    Mangle("structure", "a table beside", done.pasted_beside, ("HEAD-024",)),
    Mangle("structure", "a table with our headers", table_beside_with_our_headers, ("HEAD-024",)),
    Mangle("structure", "cells are merged", done.merge, ("ROW-009",)),
    Mangle("structure", "panes move", attribute("Deal", "freeze_panes", "B2")),
    # formats
    Mangle("format", "bold, struck through, yellow", styled),
    Mangle("format", "a note on a cell", coloured_text),
    Mangle("format", "a wide zoom", attribute("Fees", "sheet_view.zoomScale", 250)),
    Mangle("format", "dates as text", dates_as_text, ("TYPE-002",)),
    # formulas
    Mangle("formula", "the gate is replaced", put("Deal", "gate_open", "=0"), ("ROW-011",)),
    Mangle("formula", "a value over it", done.overwrite_formula, ("ROW-006",)),
    Mangle("formula", "it is gone", done.remove_formula, ("ROW-007",)),
    Mangle("formula", "values pasted", values_pasted, ("ROW-006",)),
    Mangle("formula", "all shifted by a row", formulas_shifted, ("ROW-013",)),
    Mangle("formula", "with blanks", spelled(lambda text: text.replace(",", " , "))),
    Mangle("formula", "in small letters", spelled(str.lower)),
    Mangle("formula", "without dollars", spelled(lambda text: text.replace("$A", "A"))),
    Mangle("formula", "marked as new", spelled(lambda t: t.replace("IFERROR(", "_xlfn.IFERROR("))),
    Mangle("formula", "whole columns by rows", spelled(by_rows)),
    Mangle("formula", "a state picked by hand", done.override_state, same=False),
    # lists and settings
    Mangle("value", "a code is removed", done.lists_code_gone, ("HEAD-013",)),
    Mangle("value", "two words alike", list_cell(7, 1, "Talking"), ("HEAD-014", "HEAD-013")),
    Mangle("value", "a word of one's own", list_cell(6, 1, "First talk")),
    Mangle("value", "words sorted without codes", words_sorted, ("HEAD-026",)),
    Mangle("value", "a rank typed over", list_cell(9, 4, 0), ("HEAD-027",)),
    Mangle("value", "a question's rank typed over", list_cell(27, 5, 0), ("HEAD-027",)),
    Mangle(
        "value",
        "the day's row is deleted",
        settings_row_deleted,
        ("HEAD-017", "HEAD-018", "ROW-013"),
    ),
    Mangle("program", "the date system is switched", switched_to_1904, ("HEAD-023",)),
)
