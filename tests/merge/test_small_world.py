"""A whole small world: every pair of edits on a sheet of two rows and two columns."""

import copy
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from effort import some
from merge.laws import LAWS, World
from merge.world import Rows, fee

Act = Callable[[list[dict[str, Any]], int], None]

START: Rows = {
    "Deal": [{"deal_id": "D-0001", "client": "Acme", "currency": "EUR"}],
    "Fees": [
        {"fee_id": fee(1), "deal_id": "D-0001", "net": 10, "note": "first"},
        {"fee_id": fee(2), "deal_id": "D-0001", "net": 20, "note": "second"},
    ],
}


def _set(row: int, key: str) -> Act:
    def act(rows: list[dict[str, Any]], who: int) -> None:
        rows[row][key] = 100 * who + row if key == "net" else f"{key} of {who}, {row}"

    return act


def _agree(row: int) -> Act:
    def act(rows: list[dict[str, Any]], who: int) -> None:
        rows[row]["note"] = "both"

    return act


def _clear(row: int, key: str) -> Act:
    return lambda rows, who: rows[row].__delitem__(key)


def _empty(row: int) -> Act:
    return lambda rows, who: [rows[row].pop(key) for key in ("deal_id", "net", "note")] and None


def _add(number: int) -> Act:
    new = {"fee_id": fee(number), "deal_id": "D-0001", "description": "new"}
    return lambda rows, who: rows.append({**new, "note": f"added by {who}"})


ACTS: dict[str, Act] = {
    "nothing": lambda rows, who: None,
    **{f"set {key} {row}": _set(row, key) for row, key in product((0, 1), ("net", "note"))},
    **{f"clear {key} {row}": _clear(row, key) for row, key in product((0, 1), ("net", "note"))},
    **{f"delete {row}": (lambda rows, who, row=row: rows.pop(row) and None) for row in (0, 1)},
    **{f"empty {row}": _empty(row) for row in (0, 1)},
    **{f"agree {row}": _agree(row) for row in (0, 1)},
    "swap rows": lambda rows, who: rows.reverse(),
    "add one": _add(3),
    "add another": _add(4),
    "delete both": lambda rows, who: rows.clear(),
}


PAIRS = some(tuple(product(ACTS.items(), ACTS.items())), 4)
"""Every pair in a long run, in a usual one a quarter: each act with others, on either side."""


def worlds() -> Iterator[tuple[str, World]]:
    for (one, mine), (other, theirs) in PAIRS:
        copies = [copy.deepcopy(START), copy.deepcopy(START)]
        mine(copies[0]["Fees"], 1)
        theirs(copies[1]["Fees"], 2)
        yield f"{one} / {other}", World(START, *copies)


@pytest.fixture(scope="module")
def world() -> list[tuple[str, World]]:
    return list(worlds())


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_law_holds_for_every_pair_of_edits(law: Any, world: list[tuple[str, World]]) -> None:
    for name, one in world:
        try:
            law(one)
        except AssertionError as failed:
            pytest.fail(f"{name}: {failed}")


def test_two_edits_of_different_cells_never_conflict(world: list[tuple[str, World]]) -> None:
    for name, one in world:
        mine, theirs = name.split(" / ")
        if mine.startswith("set") and theirs.startswith("set") and mine != theirs:
            assert not one.merged.conflicts, name
        if mine == theirs and mine.startswith("set"):
            assert len(one.merged.conflicts) == 1, name
