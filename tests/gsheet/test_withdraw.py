"""Taking a write back: rows that it had added go, unless somebody typed into one since."""

import pytest

from sheetrecord.model.cell_edits import DropRows
from sheetrecord.model.value import Cell, Formula
from sheetrecord.workbooks.google.journal import TabNote
from sheetrecord.workbooks.google.model import Tab
from sheetrecord.workbooks.google.withdraw import _edits

WRITTEN = {-1: {1: "F-1"}, -2: {1: "F-2"}, -3: {1: "F-3"}}
"""Three rows that a write added below two of before."""

TYPED = {
    "nothing": ({}, [(3, 5)]),
    "a note in the middle one": ({(4, 2): "call them"}, [(5, 5), (3, 3)]),
    "a note in the first": ({(3, 2): "call them"}, [(4, 5)]),
    "a number, zero": ({(5, 9): 0}, [(3, 4)]),
    "a formula that was filled down": ({(4, 7): Formula("L4*2")}, [(3, 5)]),
    "another id over the one written": ({(4, 1): "mine"}, [(5, 5), (3, 3)]),
    "in a row of before": ({(2, 2): "call them"}, [(3, 5)]),
    "something in every one": ({(3, 2): "a", (4, 2): "b", (5, 2): "c"}, []),
}
"""What somebody typed meanwhile, and the rows that go, the lowest first."""


@pytest.mark.parametrize(("typed", "gone"), TYPED.values(), ids=list(TYPED))
def test_a_row_in_which_somebody_typed_stays(
    typed: dict[tuple[int, int], Cell], gone: list[tuple[int, int]]
) -> None:
    note = TabNote("Fees", [1, 2, -1, -2, -3], after={row: dict(WRITTEN[row]) for row in WRITTEN})
    cells: dict[tuple[int, int], Cell] = {
        (place, column): value
        for place, row in enumerate(note.order, start=1)
        for column, value in WRITTEN.get(row, {1: "as before"}).items()
    }
    edits = _edits(note, Tab(7, "Fees", (5, 9), cells=cells | typed), None)
    dropped = [one for one in edits if isinstance(one, DropRows)]
    assert [(one.first_row, one.first_row + one.number - 1) for one in dropped] == gone
