"""One row that both copies have: what is taken over, what is asked, and what is left alone."""

import copy
from typing import Any

import pytest

from merge.world import EVERYTHING, Rows, fee, side_of
from sheetrecord.core.merge.planner import Merged, merge
from sheetrecord.model.value import Formula

START: Rows = {
    "Deal": [{"deal_id": "D-0001", "client": "Acme", "currency": "EUR"}],
    "Fees": [{"fee_id": fee(1), "deal_id": "D-0001", "description": "first", "net": 10}],
}
NEW = {"fee_id": fee(3), "deal_id": "D-0001", "description": "new"}
NO_NOTE = {"Fees": ["note"]}


def with_row(**cells: Any) -> Rows:
    """The record with a new row under an id that both use."""
    found = copy.deepcopy(START)
    found["Fees"].append({**NEW, **cells})
    return found


def with_cells(**cells: Any) -> Rows:
    found = copy.deepcopy(START)
    found["Fees"][0].update(cells)
    return found


def written(found: Merged) -> list[Any]:
    return [(edit.at.row_id, edit.at.key, edit.value) for edit in found.plan]


def asked(found: Merged) -> list[Any]:
    return [(c.at.row_id, c.at.key, c.kind.name, c.ours, c.theirs) for c in found.conflicts]


@pytest.mark.parametrize(
    ("ours", "theirs", "plan", "conflicts"),
    [
        ({}, {"note": "T"}, [(fee(3), "note", "T")], []),
        ({"note": "O"}, {}, [], []),
        ({"note": "O"}, {"note": "O"}, [], []),
        ({"note": "O"}, {"note": "T"}, [], [(fee(3), "note", "EDIT", "O", "T")]),
    ],
    ids=["theirs alone", "ours alone", "both alike", "both differently"],
)
def test_a_new_row_was_blank_where_the_base_has_no_column_too(
    ours: Any, theirs: Any, plan: list[Any], conflicts: list[Any]
) -> None:
    sides = side_of(START, NO_NOTE), side_of(with_row(**ours)), side_of(with_row(**theirs))
    found = merge(*sides, EVERYTHING)
    assert (written(found), asked(found)) == (plan, conflicts)


def test_a_new_row_of_both_keeps_what_our_copy_has_no_column_for() -> None:
    sides = side_of(START), side_of(with_row(), NO_NOTE), side_of(with_row(note="T"))
    found = merge(*sides, EVERYTHING)
    assert (written(found), asked(found)) == ([], [(fee(3), "note", "NO_COLUMN", None, "T")])


def test_what_the_base_does_not_show_may_have_been_changed_by_either() -> None:
    sides = side_of(START, NO_NOTE), side_of(with_cells(note="O")), side_of(with_cells(note="T"))
    found = merge(*sides, EVERYTHING)
    assert (written(found), asked(found)) == ([], [(fee(1), "note", "EDIT", "O", "T")])


def test_a_cell_for_which_we_have_no_column_is_asked_about() -> None:
    sides = side_of(START), side_of(START, NO_NOTE), side_of(with_cells(note="T"))
    found = merge(*sides, EVERYTHING)
    assert (written(found), asked(found)) == ([], [(fee(1), "note", "NO_COLUMN", None, "T")])


def test_a_row_of_which_each_cleared_what_the_other_left_is_not_emptied() -> None:
    ours, theirs = with_cells(description=None), with_cells(net=None, currency=None)
    found = merge(side_of(START), side_of(ours), side_of(theirs), EVERYTHING)
    assert written(found) == []
    assert asked(found) == [
        (fee(1), "description", "EDIT", None, "first"),
        (fee(1), "net", "EDIT", 10, None),
    ]


def test_a_cell_that_both_changed_stays_as_we_have_it_and_is_asked_about() -> None:
    found = merge(
        side_of(START), side_of(with_cells(note="O")), side_of(with_cells(note="T")), EVERYTHING
    )
    assert (written(found), asked(found)) == ([], [(fee(1), "note", "EDIT", "O", "T")])


def test_a_formula_of_ours_is_not_written_over() -> None:
    ours = with_cells(net=Formula("5+5", 10))
    found = merge(side_of(ours), side_of(ours), side_of(with_cells(net=99)), EVERYTHING)
    assert written(found) == []
    assert [(c.at.key, c.kind.name, c.theirs) for c in found.conflicts] == [("net", "FORMULA", 99)]
