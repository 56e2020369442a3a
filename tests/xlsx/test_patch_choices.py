"""Drop-downs that offer a list follow it, however its range is written, and no others do."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
import xlsxwriter

from sheetrecord.xlsx import SetChoices, patch


def made(list_sheet: str, *sources: str) -> bytes:
    """Return a workbook whose second sheet has a drop-down in a row for each source."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        words = book.add_worksheet(list_sheet)
        for row, word in enumerate("abcd"):
            words.write(row, 0, word)
        sheet = book.add_worksheet("Deal")
        for row, source in enumerate(sources):
            rule = {"validate": "list", "source": source}
            if "+" in source:
                rule = {"validate": "custom", "value": source}
            sheet.data_validation(row, 0, row, 0, rule)
    return out.getvalue()


def cells(data: bytes) -> Iterator[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    yield from (row[0] for row in sheet.iter_rows(values_only=True))


def offered(data: bytes) -> list[str]:
    rules = openpyxl.load_workbook(io.BytesIO(data))["Deal"].data_validations.dataValidation
    return [rule.formula1 for rule in sorted(rules, key=lambda rule: str(rule.sqref))]


@pytest.mark.parametrize(
    ("title", "quoted"), [("Lists", "Lists"), ("Lists", "'Lists'"), ("My & words", "'My & words'")]
)
def test_only_drop_downs_of_the_list_follow_it(title: str, quoted: str) -> None:
    others = (f"={quoted}!$A$1:$A$2", f"={quoted}!$B$1:$B$3", f"=COUNTA({quoted}!$A$1:$A$3)+1=4")
    before = made(title, f"={quoted}!$A$1:$A$3", *others)
    edit = SetChoices("'" + title + "'!$A$1:$A$3", f"{quoted}!$A$1:$A$4")
    after = patch(before, [edit]).data
    assert offered(after) == [f"{quoted}!$A$1:$A$4", *offered(before)[1:]]
    assert list(cells(after)) == list(cells(before)) == list("abcd")
    assert patch(after, [edit]).data == after


def test_a_workbook_without_such_a_drop_down_stays_as_it_is() -> None:
    before = made("Lists", "=Lists!$B$1:$B$3")
    assert patch(before, [SetChoices("Lists!$A$1:$A$3", "Lists!$A$1:$A$4")]).data == before
