"""What stops a merge: copies that look like an accident."""

import copy
from collections.abc import Callable

import pytest

from merge.world import Rows, fee, merged
from sheetrecord.core.merge.guards import NAMES
from sheetrecord.model.value import Formula
from sheetrecord.schema import ids

Change = Callable[[Rows], object]


def firm(lines: int = 20) -> Rows:
    return {
        "Deal": [{"deal_id": "D-0001", "client": "Acme", "currency": "EUR"}],
        "Fees": [
            {
                "fee_id": fee(n),
                "deal_id": "D-0001",
                "description": f"line {n}",
                "net": 10 * n,
                "note": f"note {n}",
                **({"invoice_no": f"R-{n}"} if n < 6 else {}),
            }
            for n in range(lines)
        ],
    }


def rotate(rows: Rows) -> None:
    notes = [row["note"] for row in rows["Fees"][:8]]
    for row, note in zip(rows["Fees"], [*notes[1:], notes[0]], strict=False):
        row["note"] = note


def change_all(rows: Rows) -> None:
    for row in rows["Fees"]:
        row["note"] = row["note"] + " replaced"


def drop(count: int) -> Change:
    return lambda rows: rows["Fees"].__delitem__(slice(count))


def clear_some(rows: Rows) -> None:
    for row in rows["Fees"]:
        row.pop("invoice_no", None)


def swap_ids(rows: Rows) -> None:
    one, other = rows["Fees"][3], rows["Fees"][7]
    one["fee_id"], other["fee_id"] = other["fee_id"], one["fee_id"]


ACCIDENTS: dict[str, Change] = {
    "emptied": lambda rows: rows["Fees"].clear(),
    "mass-delete": drop(6),
    "all-changed": change_all,
    "sorted-apart": rotate,
    "column-cleared": clear_some,
    "ids-swapped": swap_ids,
}


def test_swapped_ids_are_seen_where_another_program_left_formulas_without_results() -> None:
    theirs = firm()
    swap_ids(theirs)
    for number, row in enumerate(theirs["Fees"], start=4):
        row["currency"] = Formula(f"B{number}")
    stopped = merged(firm(), firm(), theirs, allow=frozenset())
    assert [guard.name for guard in stopped.refused] == ["ids-swapped"]


@pytest.mark.parametrize("whose", ["ours", "theirs"])
@pytest.mark.parametrize("name", ACCIDENTS)
def test_an_accident_stops_the_merge_until_it_is_confirmed(name: str, whose: str) -> None:
    changed = firm()
    ACCIDENTS[name](changed)
    copies = (changed, firm()) if whose == "ours" else (firm(), changed)
    stopped = merged(firm(), *copies, allow=frozenset())
    assert [(g.name, g.whose, g.sheet) for g in stopped.refused] == [(name, whose, "Fees")]
    assert not stopped.plan
    assert not stopped.conflicts
    allowed = merged(firm(), *copies, allow=frozenset({name}))
    assert not allowed.refused


@pytest.mark.parametrize("lines", [1, 2])
def test_a_small_sheet_that_was_emptied_stops_it_too(lines: int) -> None:
    empty = firm(lines)
    empty["Fees"].clear()
    assert [g.name for g in merged(firm(lines), firm(lines), empty, frozenset()).refused] == [
        "emptied"
    ]


def test_a_few_cleared_cells_do_not_stop_it() -> None:
    theirs = copy.deepcopy(firm())
    for row in theirs["Fees"][:5]:
        del row["invoice_no"]
    assert not merged(firm(), firm(), theirs, frozenset()).refused


@pytest.mark.parametrize("count", [1, 4])
def test_a_few_deleted_rows_do_not_stop_it(count: int) -> None:
    theirs = copy.deepcopy(firm())
    drop(count)(theirs)
    assert not merged(firm(), firm(), theirs, frozenset()).refused


def test_a_sheet_that_is_not_there_is_asked_about_and_deletes_nothing() -> None:
    theirs = {"Deal": firm()["Deal"]}
    stopped = merged(firm(), firm(), theirs, frozenset())
    assert [(guard.name, guard.sheet) for guard in stopped.refused] == [("sheet-missing", "Fees")]
    assert not stopped.plan
    found = merged(firm(), firm(), theirs, frozenset({"sheet-missing"}))
    assert not found.refused
    assert not found.plan
    assert [(n.kind, n.sheet) for n in found.notices] == [("unobserved", "Fees")]


def test_questions_that_nobody_answered_may_all_go() -> None:
    asked = {
        **firm(),
        "Context": [{"ctx_id": ids.make("X", 1), "deal_id": "D-0001", "kind": "risk"}],
    }
    theirs = {**firm(), "Context": []}
    assert not merged(asked, asked, theirs, frozenset()).refused


@pytest.mark.parametrize("name", ACCIDENTS)
def test_confirming_every_other_accident_does_not_confirm_this_one(name: str) -> None:
    changed = firm()
    ACCIDENTS[name](changed)
    others = frozenset(NAMES) - {name}
    stopped = merged(firm(), firm(), changed, allow=others)
    assert [guard.name for guard in stopped.refused] == [name]
    assert not merged(firm(), firm(), changed, allow=others | {name}).refused


def test_a_deal_of_two_clients_stops_it_though_all_that_a_sheet_can_show_is_confirmed() -> None:
    changed = firm()
    changed["Deal"].append({"deal_id": "D-0001", "client": "Brook", "currency": "EUR"})
    changed["Fees"].append({"fee_id": fee(30), "deal_id": "D-0001", "description": "whose?"})
    stopped = merged(firm(), firm(), changed, allow=frozenset(NAMES) - {"two-clients"})
    assert [guard.name for guard in stopped.refused] == ["two-clients"]
