"""More of what people do to a workbook: headers pasted, settings in other words, lists moved."""

import re
from typing import Any, Final

from messy.manglebooks import Change, Mangle, cell, done, put


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
)
