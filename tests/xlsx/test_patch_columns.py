"""A column takes the look of another; every other column keeps its own."""

import io
import re

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sheetrecord.xlsx import Refused, SetCell, SetColumn, patch
from sheetrecord.xlsx.addresses import column_letters
from xlsx.makebooks import DRESSES, members, rich, simple, values

Looks = dict[int, tuple[str, ...]]


def looks(data: bytes) -> Looks:
    """Return what each column's ``col`` says, but for its place."""
    found: Looks = {}
    part = next(p for p in members(data).values() if b"sheetData" in p).decode("utf-8", "replace")
    for rest in re.findall(r"<(?:\w+:)?col\s([^>]*?)/?>", part):
        told = dict(re.findall(r'([\w:]+)="([^"]*)"', rest))
        first, last = int(told.pop("min")), int(told.pop("max"))
        look = tuple(f"{key}={value}" for key, value in sorted(told.items()))
        found |= dict.fromkeys(range(first, last + 1), look)
    return found


def made(runs: list[tuple[int, int, int, bool]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Fees")
        sheet.write("A1", 1)
        for first, count, width, hidden in runs:
            sheet.set_column(first, first + count, width, None, {"hidden": hidden})
    return out.getvalue()


RUNS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 4), st.integers(1, 60), st.booleans()), max_size=4
)


@given(RUNS, st.integers(1, 18), st.integers(0, 18), st.sampled_from([None, True, False]))
def test_only_the_named_column_changes(runs, column, like, hidden):
    before = made(runs)
    edit = SetColumn("Fees", column_letters(column), column_letters(like) if like else "", hidden)
    after = patch(before, [edit]).data
    old, new = looks(before), looks(after)
    wanted = {part for part in old.get(like or column, ()) if not part.startswith("hidden")}
    assert wanted <= set(new.pop(column, ()))
    shown = {part for part in looks(after).get(column, ()) if part.startswith("hidden")}
    if hidden is not None:
        assert shown == ({"hidden=1"} if hidden else set())
    old.pop(column, None)
    assert new == old
    assert patch(after, [edit]).data == after
    assert values(after) == values(before)


@pytest.mark.parametrize("dress", DRESSES)
def test_in_every_dress_a_workbook_may_wear(dress):
    before = DRESSES[dress](rich())
    after = patch(before, [SetColumn("Fees", "H", hidden=True)]).data
    assert "hidden=1" in looks(after)[8]
    assert values(after) == values(before)


def test_with_cells_in_one_patch():
    edits = [SetCell("Fees", "H1", "new"), SetColumn("Fees", "H", "B", hidden=True)]
    after = patch(simple({"A1": 1}), edits).data
    assert values(after) == {"A1": 1, "H1": "new"}
    assert "hidden=1" in looks(after)[8]


def test_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(Refused):
        patch(simple(), [SetColumn("Nowhere", "A", hidden=True)])
