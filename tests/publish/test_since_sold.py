"""What a deal's page says of how it differs from what was sold, and what it keeps to itself."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from conftest import Ran
from promote.firm import ready, workbook
from sheetrecord.schema.names import column_name

SOLD = {
    "what": "Free training for five users",
    "type": "promise",
    "said_by": "Ines",
    "said_on": None,
    "client_believes": "yes",
    "in_contract": "yes",
    "disposition": "included",
}


@pytest.fixture
def firm(tmp_path: Path, run: Callable[..., Ran]) -> Path:
    """A firm whose one deal was promoted, with three rows whose share levels differ."""
    rows = ready()
    rows["Context"] += [
        {"deal_id": "D-0001", "kind": "landmine", "answer": "SECRETINTERNAL", "share": "internal"},
        {"deal_id": "D-0001", "kind": "politics", "answer": "OPENTHEN HIDDENLATER"},
        {"deal_id": "D-0001", "kind": "politics", "answer": "STRUCKOUT"},
    ]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(rows))
    done = run("promote", path, "--deal", "D-0001", "--by", "Ines", "--asof", "2026-03-04")
    assert done.code == 0, done.out + done.err
    return path


def cell(book: openpyxl.Workbook, sheet: str, key: str, content: str):
    """Return the cell of a column in the row that holds this text."""
    area = book.defined_names[column_name(sheet, key)].attr_text
    column = range_boundaries(area.rpartition("!")[2].replace("$", ""))[0]
    row = next(r for r in book[sheet].iter_rows(min_row=4) for c in r if c.value == content)
    return book[sheet].cell(row[0].row, column)


def changed(path: Path, edit: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def text(run: Callable[..., Ran], path: Path, audience: str = "ops") -> str:
    done = run("publish", path, "--audience", audience, "--to", audience, "--asof", "2026-05-04")
    assert done.code == 0, done.err
    page = (path.parent / audience / "deals" / "D-0001.html").read_text("utf-8")
    return re.sub(r"<[^>]+>|\s+", " ", page).replace("\xa0", " ")


def lower_value(book: openpyxl.Workbook) -> None:
    cell(book, "Deal", "value_net", "Acme").value = 39000


def test_a_value_that_is_no_longer_as_sold_is_told_with_both(run, firm):
    assert "Nothing has changed since it was sold" in text(run, firm)
    changed(firm, lower_value)
    assert ": 42,000 EUR as sold, 39,000 EUR now" in text(run, firm)


def test_a_row_that_was_taken_out_is_told_and_one_that_was_withheld_is_not(run, firm):
    def edit(book):
        sheet = book["Context"]
        cell(book, "Context", "share", "OPENTHEN HIDDENLATER").value = "Internal"
        row = cell(book, "Context", "answer", "STRUCKOUT").row
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row, column).value = None
        gone = cell(book, "Context", "answer", "SECRETINTERNAL").row
        for column in range(1, sheet.max_column + 1):
            sheet.cell(gone, column).value = None

    changed(firm, edit)
    page = text(run, firm)
    assert "STRUCKOUT" in page
    assert "SECRETINTERNAL" not in page
    assert "HIDDENLATER" not in page
    assert "SECRETINTERNAL" in text(run, firm, "owner")


def test_finance_is_told_of_money_and_not_of_facts(run, firm):
    def edit(book):
        cell(book, "Context", "answer", "STRUCKOUT").value = "REWRITTEN"
        lower_value(book)

    changed(firm, edit)
    page = text(run, firm, "finance")
    assert "42,000 EUR as sold" in page
    assert "STRUCKOUT" not in page
    assert "REWRITTEN" not in page


def test_a_baseline_that_was_altered_proves_nothing_and_says_so(run, firm):
    def edit(book):
        hidden = book["sr_baseline"]
        row = next(r for r in hidden.iter_rows() if "Acme" in str(r[6].value))
        row[6].value = row[6].value.replace("Acme", "Emca")

    changed(firm, edit)
    page = text(run, firm)
    assert "has been altered in the workbook" in page
    assert "Emca" not in page
