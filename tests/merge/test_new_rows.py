"""A row that one copy added: where it arrives, what of it, and who may see it."""

import copy
from typing import Any

import pytest

from merge.world import EVERYTHING, Rows, fee, side_of
from sheetrecord.core.merge.planner import merge
from sheetrecord.model.edit import AddRow
from sheetrecord.model.value import CellError, Formula
from sheetrecord.schema import ids

START: Rows = {
    "Deal": [{"deal_id": "D-0001", "client": "Acme", "currency": "EUR"}],
    "Context": [{"ctx_id": ids.make("X", 1), "deal_id": "D-0001", "kind": "risk", "answer": "old"}],
    "Fees": [
        {"fee_id": fee(1), "deal_id": "D-0001", "description": "first", "net": 10},
        {"fee_id": fee(2)},
    ],
}


def added(sheet: str, **cells: Any) -> Rows:
    found = copy.deepcopy(START)
    found[sheet].append({"deal_id": "D-0001", **cells})
    return found


def test_a_row_arrives_in_the_blank_one_of_its_id_without_what_we_have_no_column_for() -> None:
    theirs = copy.deepcopy(START)
    theirs["Fees"][1] |= {"deal_id": "D-0001", "description": "second", "note": "typed"}
    found = merge(side_of(START), side_of(START, {"Fees": ["note"]}), side_of(theirs), EVERYTHING)
    assert {(edit.at.row_id, edit.at.key, edit.value) for edit in found.plan} == {
        (fee(2), "deal_id", "D-0001"),
        (fee(2), "description", "second"),
    }
    assert [(one.kind, one.column) for one in found.notices] == [("no-column", "note")]


@pytest.mark.parametrize(
    ("share", "hidden", "arrives"),
    [
        (None, False, None),
        ("client", False, "client"),
        (Formula("B2"), False, "internal"),
        (CellError("#REF!"), False, "internal"),
        (None, True, "internal"),
    ],
    ids=["blank", "a word", "a formula without a result", "an error", "no such column"],
)
def test_who_may_see_a_new_row_is_not_guessed_open(share: Any, hidden: bool, arrives: Any) -> None:
    theirs = added("Context", kind="risk", answer="new", share=share)
    away = {"Context": ["share"]} if hidden else None
    found = merge(side_of(START), side_of(START), side_of(theirs, away), EVERYTHING)
    [row] = [edit for edit in found.plan if isinstance(edit, AddRow)]
    told = row.cells.get("share")
    assert (told and str(told).casefold()) == arrives
