"""What one copy's hidden sheets lack of another's, and how it is told at once that nothing is."""

import datetime as dt

import pytest

from sheetrecord.core.handover.baseline import BASELINE, Baseline, digest_of, keep_baseline
from sheetrecord.core.handover.hidden_log import LOG, LogEvent, log
from sheetrecord.core.sync.hidden_sheets import missing, with_kept, with_rows
from sheetrecord.core.sync.snapshot import book_of, workbook_config_of
from sheetrecord.core.sync.store_protocol import Snapshot
from sheetrecord.model.book import Book, Cells, Sheet

DAY = dt.date(2026, 6, 30)
EVENTS = [
    LogEvent(DAY, "Mara", "D-1", "promoted"),
    LogEvent(DAY, "Jon", "D-1", "accepted", "", "fine"),
]
CONTENT = {("Deal", "D-1"): {"client": "Alder"}, ("Fees", "F-1"): {"amount": 100}}


def with_all(book):
    sold = Baseline("D-1", 1, DAY, CONTENT, digest_of("D-1", 1, DAY, CONTENT))
    book = with_kept(book, (log(book, EVENTS),))
    return with_kept(book, (keep_baseline(book, sold),))


def sheet(*values, rows=None):
    return Sheet("any", {1: Cells(rows or list(range(1, len(values) + 1)), list(values))})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (sheet("a", 1), sheet("a", 1), True),
        (sheet("a", 1), sheet("a", 2), False),
        (sheet("a", 1), sheet("a"), False),
        (sheet("a", 1), sheet("a", True), False),
        (sheet("a", 1), sheet("a", 1.0), False),
        (sheet("a", 1), sheet("a", 1, rows=[1, 3]), False),
        (sheet("a", 1), sheet("a", 1, rows=range(1, 3)), True),
        (sheet("a"), Sheet("any", {2: Cells([1], ["a"])}), False),
        (sheet("a"), Sheet("any", {1: Cells([1], ["a"]), 2: Cells((), ())}), True),
    ],
)
def test_two_sheets_say_the_same_only_in_every_cell_and_type(one, other, same):
    assert one.says_what(other) is same
    assert other.says_what(one) is same


def test_what_a_record_keeps_is_what_the_copy_says_that_it_was_taken_from():
    copy = with_all(Book("copy", []))
    kept = workbook_config_of(copy)
    record = book_of(Snapshot(workbook_config=kept))
    assert missing(record, copy) == missing(copy, record) == ()
    for name in (LOG, BASELINE):
        assert record.sheets[name].says_what(furnished_by_a_file(copy).sheets[name])


def furnished_by_a_file(book):
    """Return a book as a file gives it back: an empty text is no cell there."""
    sheets = [
        Sheet(
            name,
            {
                number: Cells(*zip(*held, strict=True))
                for number, cells in one.columns.items()
                if (held := [p for p in zip(*cells, strict=True) if p[1] != ""])
            },
        )
        for name, one in book.sheets.items()
    ]
    return Book("file", sheets)


def test_what_is_new_is_missing_whatever_else_is_the_same():
    empty, copy = Book("empty", []), with_all(Book("copy", []))
    more = with_kept(copy, (log(copy, [LogEvent(DAY, "Ann", "D-2", "promoted")]),))
    assert {one.sheet for one in missing(copy, empty)} == {LOG, BASELINE}
    (kept,) = missing(more, copy)
    assert (kept.sheet, len(kept.rows), kept.rows[0][1]) == (LOG, 1, "Ann")
    workbook_config = with_rows(workbook_config_of(copy), (kept,))
    assert missing(more, book_of(Snapshot(workbook_config=workbook_config))) == ()


def test_a_spoilt_baseline_is_given_to_nobody():
    copy = with_all(Book("copy", []))
    spoilt = copy.sheets[BASELINE]
    values = [str(v).replace("Alder", "Beech") for v in spoilt.columns[7].values]
    columns = {**spoilt.columns, 7: Cells(spoilt.columns[7].rows, values)}
    other = copy.with_sheets({**copy.sheets, BASELINE: Sheet(BASELINE, columns)})
    assert missing(other, copy) == ()
    assert [one.sheet for one in missing(other, Book("empty", []))] == [LOG]
