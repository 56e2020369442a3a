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
    assert "Nothing on this page has changed since it was sold" in text(run, firm)
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


def withheld(book, how: str) -> None:
    """Mark a frozen row Internal, and change how it could be known again."""
    sheet = book["Context"]
    row = cell(book, "Context", "share", "OPENTHEN HIDDENLATER")
    row.value = "Internal"
    row = row.row
    answer = cell(book, "Context", "answer", "OPENTHEN HIDDENLATER")
    identity = cell(book, "Context", "ctx_id", "OPENTHEN HIDDENLATER")
    taken = identity.value
    if "another id" in how:
        identity.value = "X-NEWID"
    if "reused" in how:
        cell(book, "Context", "ctx_id", "STRUCKOUT").value = taken
    if "no id" in how:
        identity.value = None
    if "deal" in how:
        cell(book, "Context", "deal_id", "OPENTHEN HIDDENLATER").value = "D-0002"
    if "moved" in how:
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row + 40, column).value = sheet.cell(row, column).value
            sheet.cell(row, column).value = None
    if "words" in how:
        answer.value = "OPENTHEN HIDDENLATER really"


@pytest.mark.parametrize(
    "how",
    ["as it is", "another id", "another id, reused", "no id", "another deal", "other words",
     "another id and other words", "another deal and another id", "no id and moved",
     "another deal, no id and moved"],
)  # fmt: skip
def test_a_row_withheld_since_is_not_told_under_any_id_or_deal(run, firm, how):
    changed(firm, lambda book: withheld(book, how))
    page = text(run, firm)
    assert "OPENTHEN" not in page
    assert "HIDDENLATER" not in page


def test_why_says_of_which_frozen_rows_nothing_is_told(run, firm):
    def edit(book):
        withheld(book, "another id and other words")
        cell(book, "Context", "share", "SECRETINTERNAL").value = "Ops"
        cell(book, "Context", "answer", "SECRETINTERNAL").value = "Told by now"

    changed(firm, edit)
    told = run("publish", firm, "--why", "D-0001", "--asof", "2026-05-04").out
    assert "since it was sold: as sold it may be a row that is kept back now" in told
    assert "since it was sold: its Share did not reach them when it was sold" in told
    assert "Told by now" in text(run, firm)
    assert "SECRETINTERNAL" not in text(run, firm)


def test_a_row_frozen_as_unreadable_or_internal_is_not_told_when_it_is_gone(run, firm):
    def edit(book):
        sheet = book["Context"]
        gone = cell(book, "Context", "answer", "SECRETINTERNAL").row
        for column in range(1, sheet.max_column + 1):
            sheet.cell(gone, column).value = None

    changed(firm, edit)
    assert "SECRETINTERNAL" not in text(run, firm)


def test_a_row_that_is_gone_is_told_beside_another_that_is_internal(run, firm):
    def edit(book):
        sheet = book["Context"]
        row = cell(book, "Context", "answer", "STRUCKOUT").row
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row, column).value = None
        area = {
            key: range_boundaries(
                book.defined_names[column_name("Context", key)]
                .attr_text.rpartition("!")[2]
                .replace("$", "")
            )[0]
            for key in ("answer", "share", "deal_id")
        }
        sheet.cell(row + 3, area["deal_id"]).value = "D-0001"
        sheet.cell(row + 3, area["answer"]).value = "Something else entirely"
        sheet.cell(row + 3, area["share"]).value = "Internal"

    changed(firm, edit)
    page = text(run, firm)
    assert "STRUCKOUT" in page
    assert "Something else" not in page


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
