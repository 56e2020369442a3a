"""Rows that one copy deleted: each reason to keep one, in the smallest record that shows it."""

import copy
from typing import Any

from merge.world import EVERYTHING, Rows, content, fee, side_of
from merge.world import applied as stands
from sheetrecord.core.merge.planner import Merged, merge

START: Rows = {
    "Deal": [
        {"deal_id": "D-0001", "client": "Acme", "currency": "EUR"},
        {"deal_id": "D-0002", "client": "Birch", "currency": "EUR"},
    ],
    "Fees": [
        {"fee_id": fee(1), "deal_id": "D-0001", "net": 10, "note": "first"},
        {"fee_id": fee(2), "deal_id": "D-0001", "net": 20, "note": "second"},
    ],
}


def without(row: int, rows: Rows = START, sheet: str = "Fees") -> Rows:
    found = copy.deepcopy(rows)
    del found[sheet][row]
    return found


def with_cell(row: int, rows: Rows = START, **cells: Any) -> Rows:
    found = copy.deepcopy(rows)
    found["Fees"][row].update(cells)
    return found


def asked(found: Merged) -> list[tuple[str, str]]:
    return [(one.at.row_id, one.kind.name) for one in found.conflicts if not one.at.key]


def merged(
    base: Rows, ours: Rows, theirs: Rows, *, ours_hide: str = "", theirs_hide: str = ""
) -> tuple[Merged, Rows]:
    """Merge; a hidden column is one that its copy does not have."""
    away = [{"Fees": [key]} if key else {} for key in (ours_hide, theirs_hide)]
    sides = side_of(base), side_of(ours, away[0]), side_of(theirs, away[1])
    found = merge(*sides, EVERYTHING)
    return found, stands(ours, found.plan)


def test_a_row_that_nobody_else_touched_goes() -> None:
    found, result = merged(START, START, without(0))
    assert not found.conflicts
    assert list(content(result)["Fees"]) == [fee(2)]


def test_a_row_that_we_changed_stays_when_they_delete_it() -> None:
    found, result = merged(START, with_cell(0, note="typed"), without(0))
    assert asked(found) == [(fee(1), "DELETE")]
    assert content(result)["Fees"][fee(1)]["note"] == "typed"


def test_a_row_that_they_changed_comes_back_when_we_delete_it() -> None:
    found, result = merged(START, without(0), with_cell(0, note="typed"))
    assert asked(found) == [(fee(1), "DELETE")]
    assert content(result)["Fees"][fee(1)]["note"] == "typed"


def test_a_row_stays_of_which_they_did_not_see_everything() -> None:
    found, result = merged(START, START, without(0), theirs_hide="note")
    assert asked(found) == [(fee(1), "UNSEEN")]
    assert content(result)["Fees"][fee(1)]["note"] == "first"


def test_a_row_comes_back_of_which_we_did_not_see_everything() -> None:
    found, result = merged(START, without(0), START, ours_hide="note")
    assert asked(found) == [(fee(1), "UNSEEN")]
    assert fee(1) in content(result)["Fees"]


def test_a_row_stays_that_holds_something_in_a_column_of_our_own() -> None:
    ours = with_cell(0, colour="red")
    found, result = merged(START, ours, without(0))
    assert asked(found) == [(fee(1), "UNSEEN")]
    assert content(result)["Fees"][fee(1)]["colour"] == "red"


def test_a_row_goes_whose_cell_in_a_column_of_our_own_they_saw() -> None:
    start = with_cell(0, colour="red")
    found, result = merged(start, start, without(0, start))
    assert not found.conflicts
    assert fee(1) not in content(result)["Fees"]


def test_a_deal_that_they_deleted_stays_with_a_new_row_of_ours() -> None:
    ours = copy.deepcopy(START)
    ours["Fees"].append({"fee_id": fee(3), "deal_id": "D-0002", "note": "typed"})
    found, result = merged(START, ours, without(1, sheet="Deal"))
    assert asked(found) == [("D-0002", "NEEDED")]
    assert content(result)["Deal"]["D-0002"]["client"] == "Birch"


def test_a_deal_that_we_deleted_comes_back_with_a_new_row_of_theirs() -> None:
    theirs = copy.deepcopy(START)
    theirs["Fees"].append({"fee_id": fee(3), "deal_id": "D-0002", "note": "typed"})
    found, result = merged(START, without(1, sheet="Deal"), theirs)
    assert asked(found) == [("D-0002", "NEEDED")]
    assert content(result)["Deal"]["D-0002"]["client"] == "Birch"
    assert content(result)["Fees"][fee(3)]["note"] == "typed"


def test_a_row_that_they_emptied_and_left_keeps_its_place_and_its_id() -> None:
    theirs = copy.deepcopy(START)
    theirs["Fees"][0] = {"fee_id": fee(1)}
    found, result = merged(START, START, theirs)
    assert [row.get("fee_id") for row in result["Fees"]] == [fee(1), fee(2)]
    assert list(content(result)["Fees"]) == [fee(2)]
    assert not found.conflicts
