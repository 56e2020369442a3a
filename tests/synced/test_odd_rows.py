"""Rows that are no plain rows: totals, ids of one's own, rows pasted from another sheet."""

from typing import Any

import pytest

from merge.files import put
from sheetrecord.schema import ids
from synced.office import Change, Office, line


def with_id(row: int, id_: object, **cells: Any) -> Change:
    """Return what types a fee line whose id is somebody's own."""

    def edit(book: Any) -> None:
        book["Fees"].cell(row, 1).value = id_
        put("Fees", row, **cells)(book)

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        with_id(19, "Total", net=123_456),
        put("Fees", 19, description="Total", net=123_456),
        put("Fees", 19, note="Summe:", net="=SUM(F4:F17)"),
    ],
    ids=["in the id column", "in the description", "in the note"],
)
def test_a_total_is_no_row_wherever_it_says_so(office: Office, edit: Change) -> None:
    before = set(office.fees())
    office.change(office.ana, edit)
    report = office.sync()
    assert not report.away
    assert set(office.fees()) == before
    office.settled()


def test_a_total_stays_one_when_rows_come_below_it_and_go_again(office: Office) -> None:
    total = put("Fees", 18, description="Total", net=55)
    office.change(office.ana, total, put("Fees", 19, description="later", net=5))
    office.sync()
    assert "Total" not in {row.description for row in office.fees().values()}
    office.change(office.ana, lambda book: book["Fees"].delete_rows(19))
    report = office.sync()
    assert [entry.kind for entry in report.outcome.entries] == ["remove"]
    office.settled()


@pytest.mark.parametrize("id_", [4711, "4711", "my own"], ids=["number", "digits", "words"])
def test_an_id_of_one_s_own_stays_and_the_copy_does_not_wait(office: Office, id_: object) -> None:
    office.change(office.ana, with_id(22, id_, description="Mine", net=3))
    assert not office.sync().away
    for path in (None, office.office, office.ana):
        assert office.fees(path)[str(id_)].description == "Mine"
    office.settled()


@pytest.mark.parametrize("cut", [True, False], ids=["cut", "copied"])
def test_a_row_pasted_into_another_sheet_gets_an_id_of_that_sheet(
    office: Office, *, cut: bool
) -> None:
    def paste(book: Any) -> None:
        fees, other = book["Fees"], book["Commitments"]
        for number in range(1, 6):
            other.cell(6, number).value = fees.cell(8, number).value
        if cut:
            fees.delete_rows(8)

    office.change(office.ana, paste)
    assert not office.sync().conflicts
    for path in (None, office.office, office.ana):
        [pasted] = [i for i in office.rows("Commitments", path) if i[:2] != "C-"] or [""]
        assert not pasted
        assert len(office.rows("Commitments", path)) == 2
        assert all(map(ids.check, office.rows("Commitments", path)))
        assert (line(4) in office.fees(path)) is not cut
    office.settled()
