"""More of what people do to a workbook: headers pasted, settings in other words, lists moved."""

import datetime as dt
import re
from typing import Any, Final

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from messy.firm import filled_down
from messy.manglebooks import Change, Mangle, cell, done, put, retitled


def pasted_headers(book: Any) -> None:
    """Paste rows with their header row below the data."""
    sheet = book["Commitments"]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(6, column).value = sheet.cell(3, column).value


def ids_in_small_letters(book: Any) -> None:
    for name in ("Context", "Commitments", "Project", "Fees"):
        number = done.column_of(book, name, "deal_id")
        for row in range(4, book[name].max_row + 1):
            one = book[name].cell(row, number)
            if isinstance(one.value, str):
                one.value = one.value.lower()


def in_capitals(book: Any) -> None:
    one = cell(book, "Deal", "stage", 4)
    one.value = one.value.upper()


def money_with_its_sign(book: Any) -> None:
    for row in (4, 5):
        one = cell(book, "Fees", "net", row)
        one.value = f"\u20ac {one.value:,.2f}"


def setting(name: str, value: Any) -> Change:
    """Return the change that types a value over a setting."""

    def change(book: Any) -> None:
        place = book.defined_names[f"sr_set_{name}"].attr_text
        title, at = re.fullmatch(r"'?(.*?)'?!(.*)", place).groups()
        book[title][at.replace("$", "").partition(":")[0]].value = value

    return change


def lists_pushed_aside(book: Any) -> None:
    book["Lists"].insert_cols(1)


def a_backup_of_a_sheet(book: Any) -> None:
    book.copy_worksheet(book["Fees"]).title = "Fees of May"


def without_drop_downs(book: Any) -> None:
    for sheet in book:
        sheet.data_validations.dataValidation = []


def without_colours(book: Any) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    for sheet in book:
        sheet.conditional_formatting = ConditionalFormattingList()


def every_row_hidden(book: Any) -> None:
    for row in range(4, book["Context"].max_row + 1):
        book["Context"].row_dimensions[row].hidden = True


def as_an_array(book: Any) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    one = cell(book, "Deal", "gate_open", 4)
    one.value = ArrayFormula(one.coordinate, one.value)


def named_by_sheet(book: Any) -> None:
    """Make names of the workbook names of their sheets, as an export may."""
    for name in [one for one in book.defined_names if one.startswith("sr_")]:
        text = book.defined_names[name].attr_text
        title = text.rpartition("!")[0].strip("'")
        if title in book.sheetnames:
            book[title].defined_names[name] = DefinedName(name, attr_text=text)
            del book.defined_names[name]


def named_elsewhere(book: Any) -> None:
    """Let the names of a sheet lead into the workbook from which it was copied."""
    for one in book.defined_names.values():
        if one.attr_text.startswith("Deal!"):
            one.attr_text = f"[1]{one.attr_text}"


def out_of_sight(book: Any) -> None:
    book["Lists"].sheet_state = book["Settings"].sheet_state = "veryHidden"


def half_bold(book: Any) -> None:
    text = CellRichText("Acme ", TextBlock(InlineFont(b=True), "Works"))
    cell(book, "Deal", "client", 4).value = text


def as_a_table(book: Any) -> None:
    sheet = book["Fees"]
    last = sheet.cell(8, sheet.max_column).coordinate
    sheet.auto_filter.ref = None
    sheet.add_table(Table(displayName="Invoices", ref=f"A3:{last}"))


def headers_merged(book: Any) -> None:
    book["Deal"].merge_cells("B3:C3")


def header_of(key: str, value: Any) -> Change:
    def change(book: Any) -> None:
        done.header_cell(book, "Deal", key).value = value

    return change


def all_ids_gone(book: Any) -> None:
    for row in range(4, 22):
        cell(book, "Context", "ctx_id", row).value = None


def deal_pasted_below(book: Any) -> None:
    for one in book["Deal"][4]:
        book["Deal"].cell(5, one.column).value = filled_down(one.value, 4, 5)


def deals_emptied(book: Any) -> None:
    for row in book["Deal"].iter_rows(min_row=4):
        for one in row:
            one.value = None


def rows_folded(book: Any) -> None:
    book["Context"].row_dimensions.group(4, 12, hidden=True)


def calculated_by_hand(book: Any) -> None:
    book.calculation.calcMode = "manual"


def words_for_codes(book: Any) -> None:
    for row in range(6, 12):
        book["Lists"].cell(row, 2).value = book["Lists"].cell(row, 1).value


NOON: Final = dt.datetime.combine(dt.date(2026, 6, 30), dt.time(12, 30))

MORE: Final = (
    Mangle("row", "the headers pasted among the data", pasted_headers, ("ROW-015",)),
    Mangle("row", "every one hidden", every_row_hidden),
    Mangle("value", "ids in small letters", ids_in_small_letters),
    Mangle("value", "a stage in capitals", in_capitals),
    Mangle(
        "value", "amounts with their sign", money_with_its_sign, ("TYPE-001",) * 2 + ("FEE-001",)
    ),
    Mangle("value", "k for thousands", put("Deal", "value_net", "28k"), ("TYPE-001",)),
    Mangle("value", "a quarter for a day", put("Commitments", "due_on", "Q3"), ("TYPE-002",)),
    Mangle("value", "a tick for a stage", put("Deal", "stage", True), ("TYPE-003",)),
    Mangle("value", "the currency's sign", setting("currency", "\u20ac"), ("GUARD-006",)),
    Mangle("value", "a tax rate of 19", setting("tax_rate", 19), ("GUARD-006",)),
    Mangle("value", "the day as text", setting("asof", "30 June"), ("GUARD-006",)),
    Mangle("value", "a rate with its unit", setting("hourly_rate", "120/h"), ("GUARD-006",)),
    Mangle(
        "header",
        "Share is called otherwise",
        put("Context", "share", "Visible to", 3),
        ("HEAD-003",),
    ),
    Mangle("sheet", "a copy under a name of its own", a_backup_of_a_sheet, ("HEAD-009",)),
    Mangle("structure", "Lists is pushed aside", lists_pushed_aside, ("HEAD-017", "ROW-013")),
    Mangle("format", "no drop-downs", without_drop_downs),
    Mangle("format", "no colours", without_colours),
    Mangle("formula", "as an array", as_an_array),
    # and what was tried later, without having been looked for
    Mangle("sheet", "Lists and Settings out of sight", out_of_sight),
    Mangle("sheet", "a blank behind its name", retitled("Context", "Context ")),
    Mangle("header", "names of sheets, not of the workbook", named_by_sheet, ("HEAD-017",)),
    Mangle("header", "names lead to another workbook", named_elsewhere, ("HEAD-017",)),
    Mangle("header", "two are merged", headers_merged, ("ROW-009", "HEAD-008")),
    Mangle("header", "a blank of no width", header_of("client", "Cli\u200bent"), ("HEAD-003",)),
    Mangle("header", "misspelt", header_of("client", "Cleint"), ("HEAD-003",)),
    Mangle("header", "a date", header_of("value_net", dt.date(2026, 3, 4)), ("HEAD-003",)),
    Mangle("header", "a formula", header_of("client", '="Cli"&"ents"'), ("HEAD-003",)),
    Mangle("row", "all ids gone", all_ids_gone, ("ROW-002",)),
    Mangle("row", "a deal pasted below itself", deal_pasted_below, ("ROW-001",)),
    Mangle("row", "all deals emptied", deals_emptied, ("LINK-001",)),
    Mangle("row", "some folded away", rows_folded),
    Mangle("structure", "a table of Excel's", as_a_table),
    Mangle("format", "half a name in bold", half_bold),
    Mangle("program", "calculated by hand only", calculated_by_hand),
    Mangle("value", "the day with its hour", setting("asof", NOON)),
    Mangle("value", "the language in words", setting("language", "German"), ("GUARD-006",)),
    Mangle("value", "a rate below zero", setting("hourly_rate", -5), ("GUARD-006",)),
    Mangle("value", "days with their unit", setting("terms_days", "30 days"), ("GUARD-006",)),
    Mangle("value", "words for codes", words_for_codes, ("HEAD-013",) * 6 + ("HEAD-026",)),
)
