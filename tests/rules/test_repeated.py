"""What one cause repeats is one problem, in any column and whatever the cause."""

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

import pytest

from effort import some
from sheetrecord.app.create import NewWorkbookRequest, create
from sheetrecord.app.validate import as_told
from sheetrecord.core.check import Report, check
from sheetrecord.core.repeated import REPEATABLE, said_once
from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.problem import Problem, Severity, Where
from sheetrecord.model.suggest import completed
from sheetrecord.model.value import UNKNOWN, Cell, CellError, Formula
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import SHEETS
from sheetrecord.workbooks.kinds import book_at

ASOF = dt.date(2026, 6, 30)

Cause = Callable[[], Callable[[Cell], Cell]]


def each(make: Callable[[int], Cell]) -> Cause:
    """Return a cause that makes another cell of each."""

    def begin() -> Callable[[Cell], Cell]:
        numbers = count(1)
        return lambda _: make(next(numbers))

    return begin


CAUSES: dict[str, Cause] = {
    "saved by a program that does not calculate": each(lambda _: Formula("A1", UNKNOWN)),
    "points at what was deleted": each(lambda _: CellError("#REF!")),
    "the result points at what was deleted": each(lambda _: Formula("A1", CellError("#REF!"))),
    "the same word in every cell": each(lambda _: "as before"),
    "another word in every cell": each(lambda number: f"word {number}"),
    "pasted from beside": each(lambda number: f"D-9{number:03}"),
    "no more there": each(lambda _: None),
    "numbers": each(lambda number: 900_000_000_000_000_000 + number * 4096),
    "fractions": each(lambda number: number + 0.00123),
    "negative": each(lambda number: -number),
    "days": each(lambda _: dt.date(2026, 2, 3)),
}


class Case(NamedTuple):
    """A cause that hits a whole column."""

    sheet: str
    key: str
    cause: str


ALL = [
    Case(name, column.key, cause)
    for name, declared in SHEETS.items()
    for column in declared.columns
    for cause in CAUSES
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    path = tmp_path_factory.mktemp("firm") / "firm.xlsx"
    create(path, NewWorkbookRequest(sample=True), today=ASOF, asof=ASOF)
    return book_at(str(path))


def hit(book: Book, case: Case) -> Book:
    """Return a workbook in which a cause has hit every filled cell of a column."""
    place = parse(book, ASOF).layout.sheets[case.sheet]
    sheet, number = book.sheets[place.title], place.columns[case.key]
    change = CAUSES[case.cause]()
    rows: list[int] = []
    values: list[Cell] = []
    for row, old in zip(*sheet.column(number), strict=True):
        new = change(old) if row > place.header_row else old
        if new is not None:
            rows.append(row)
            values.append(new)
    columns = {**sheet.columns, number: Cells(rows, values)}
    other = Sheet(sheet.name, columns, sheet.merged, sheet.hidden_rows, sheet.state)
    return book.with_sheets({**book.sheets, place.title: other})


def about_cells(report: Report) -> list[Problem]:
    """Return what is said of single cells, not of what each deal lacks."""
    return [p for p in report.problems if p.code.startswith(REPEATABLE)]


@pytest.mark.parametrize("case", some(ALL, 30), ids=str)
def test_what_hits_a_whole_column_is_said_in_a_few_lines(book: Book, case: Case) -> None:
    report = check(parse(hit(book, case), ASOF))
    told = as_told("firm.xlsx", report)
    assert len(about_cells(told)) <= 14
    before, after = about_cells(report), about_cells(told)
    assert {p.code for p in before} == {p.code for p in after}
    assert sum(len(p.fix) for p in before) == sum(len(p.fix) for p in after)
    assert [p for p in told.problems if p not in after] == [
        p._replace(do=completed(p.do, "firm.xlsx", p.deal_id))
        for p in report.problems
        if p not in before
    ]
    assert told.deals == report.deals


def test_a_copy_saved_without_results_is_one_problem_a_sheet(book: Book) -> None:
    for key in ("said_on", "due_on", "effort_hours"):
        book = hit(book, Case("Commitments", key, "saved by a program that does not calculate"))
    book = hit(book, Case("Fees", "net", "saved by a program that does not calculate"))
    told = as_told("firm.xlsx", check(parse(book, ASOF)))
    one, other = (p for p in told.problems if p.code == "TYPE-005")
    assert (one.where.sheet, other.where.sheet) == ("Commitments", "Fees")
    assert "more cells in 3 columns: rows " in one.message
    assert "Open the workbook in" in one.do


def test_few_are_told_one_by_one_and_other_words_are_others() -> None:
    def said(row: int, message: str, column: int = 4) -> Problem:
        where = Where("Fees", row, column)
        return Problem("TYPE-003", "unknown-label", Severity.ERROR, where, message)

    three = [said(row, "odd") for row in (4, 6, 9)]
    assert said_once(three) == tuple(three)
    [one, kept] = said_once([*three, said(12, "odd"), said(12, "odd", column=5)])
    assert one.message == "odd The same goes for 3 more cells: rows 6, 9, 12."
    assert kept.where.column == 5


def test_one_that_stands_for_several_keeps_their_gates_shut_and_their_fixes() -> None:
    where = Where("Deal", 4, 4)
    plain = Problem("TYPE-003", "unknown-label", Severity.ERROR, where, "odd", deal_id="D-0001")
    edit = SetValue(At("Deal", "D-0002", "stage", 5), "won", "a word")
    rest = [plain._replace(where=where._replace(row=row)) for row in (5, 6)]
    last = plain._replace(
        where=where._replace(row=7), deal_id="D-0002", handover=True, gate=True, fix=(edit,)
    )
    [one] = said_once([plain, *rest, last])
    assert (one.gate, one.handover, one.deal_id, one.fix) == (True, True, "", (edit,))
