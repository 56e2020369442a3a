"""Laws of the patcher, on random workbooks and plans."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.xlsx import AppendRows, ClearCell, DeleteRows, InsertRows, SetCell, patch
from sheetrecord.xlsx.addresses import cell_name, parse_cell
from sheetrecord.xlsx.formula.tokens import rewrite, translate
from xlsx.makebooks import simple, values

TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=12
).filter(lambda text: not text.startswith("="))
VALUE = st.one_of(
    TEXT,
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(lambda x: round(x, 6)),
    st.dates(dt.date(1901, 1, 1), dt.date(2200, 1, 1)),
)
REF = st.builds(cell_name, st.integers(1, 8), st.integers(1, 6))
GRID = st.dictionaries(REF, st.one_of(st.integers(0, 99), st.sampled_from("abc")), max_size=12)
PLAN = st.dictionaries(REF, st.one_of(VALUE, st.none()), min_size=1, max_size=8)
FEW = examples(60)


def edits(plan):
    return [
        ClearCell("Fees", ref) if value is None else SetCell("Fees", ref, value)
        for ref, value in plan.items()
    ]


def applied(cells, plan):
    return {ref: value for ref, value in (cells | plan).items() if value is not None}


@FEW
@given(GRID, PLAN)
def test_reading_a_patched_workbook_equals_applying_the_plan_to_what_was_read(grid, plan):
    before = simple(grid)
    assert values(patch(before, edits(plan)).data) == applied(values(before), plan)


@FEW
@given(GRID, PLAN)
def test_the_inverse_plan_restores_every_value(grid, plan):
    before = simple(grid)
    old = values(before)
    inverse = {ref: old.get(ref) for ref in plan}
    assert values(patch(patch(before, edits(plan)).data, edits(inverse)).data) == old


@FEW
@given(GRID, PLAN)
def test_the_same_plan_on_the_same_bytes_gives_the_same_bytes(grid, plan):
    before = simple(grid)
    assert patch(before, edits(plan)).data == patch(before, edits(plan)).data


@FEW
@given(GRID, PLAN, st.integers(1, 9), st.integers(1, 4))
def test_deleting_inserted_rows_restores_every_value(grid, plan, row, number):
    before = patch(simple(grid), edits(plan)).data
    there = patch(before, [InsertRows("Fees", row, number)]).data
    moved = {}
    for ref, value in values(before).items():
        at, column = parse_cell(ref)
        moved[cell_name(at + number if at >= row else at, column)] = value
    assert values(there) == moved
    assert values(patch(there, [DeleteRows("Fees", row, number)]).data) == values(before)


@FEW
@given(
    GRID, st.lists(st.dictionaries(st.integers(1, 5), VALUE, min_size=1), min_size=1, max_size=4)
)
def test_appended_rows_come_right_below_the_last_one(grid, rows):
    before = simple(grid)
    old = values(before)
    last = max((parse_cell(ref)[0] for ref in old), default=0)
    new = {
        cell_name(last + place, column): value
        for place, row in enumerate(rows, 1)
        for column, value in row.items()
    }
    assert values(patch(before, [AppendRows("Fees", rows)]).data) == old | new


PIECES = (
    *("A5", "$B$6", "C$7:D9", "Sheet1!A5", "'My ''s'!B2:C3", "SUM(", ")", "+", '"A5 ""x"" "'),
    *("1.5", "LOG10(", "Name_1", "T[[#This Row],[A5]]", "A:C", "3:4", "#REF!", "[1]Ext!A5", "TRUE"),
)
FORMULA = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


@FEW
@given(FORMULA)
def test_a_formula_nothing_changes_in_comes_back_as_it_was(text):
    assert rewrite(text, lambda _: None) == text
    assert translate(translate(text, 7, 2), -7, -2) == text
