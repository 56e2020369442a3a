"""Which row is which: ids that were copied, lost, typed over, or used by two people."""

import copy
from typing import Any

from merge.world import Rows, applied, content, fee, merged, side_of
from sheetrecord.core.merge.planner import Merged, merge
from sheetrecord.core.merge.similarity import alike
from sheetrecord.model.edit import AddRow
from sheetrecord.model.value import CellError
from sheetrecord.schema import ids

LINE = {"deal_id": "D-0001", "description": "Deposit", "net": 8400, "note": "as agreed"}


def start(*more: dict[str, Any]) -> Rows:
    return {
        "Deal": [{"deal_id": "D-0001", "client": "Acme", "currency": "EUR", "stage": "won"}],
        "Fees": [
            {"fee_id": fee(1), **LINE},
            {"fee_id": fee(2), **LINE, "description": "Second half", "net": 9000},
            *more,
        ],
    }


def both(base: Rows, ours: Rows, theirs: Rows) -> tuple[Merged, list[dict[str, Any]]]:
    """Merge, hold the result to a second merge, and return its fee lines."""
    found = merged(base, ours, theirs)
    result = applied(ours, found.plan)
    again = merged(base, result, theirs)
    assert again.plan == ()
    return found, result["Fees"]


def changed(rows: Rows, index: int, **cells: Any) -> Rows:
    found = copy.deepcopy(rows)
    found["Fees"][index].update(cells)
    return found


def test_a_copied_row_becomes_a_row_of_its_own() -> None:
    theirs = start({"fee_id": fee(1), **LINE, "note": "copied and changed"})
    _, fees = both(start(), start(), theirs)
    notes = [(row["fee_id"], row["note"]) for row in fees if row["description"] == "Deposit"]
    assert (fee(1), "as agreed") in notes
    assert [note for _, note in notes] == ["as agreed", "copied and changed"]
    assert ids.check(notes[1][0])
    assert notes[1][0] != fee(1)


def test_our_copied_row_is_given_an_id_and_the_original_keeps_its_own() -> None:
    ours = start({"fee_id": fee(1), **LINE, "note": "copied and changed"})
    _, fees = both(start(), ours, start())
    assert fees[0]["fee_id"] == fee(1)
    assert fees[2]["fee_id"] != fee(1)
    assert ids.check(fees[2]["fee_id"])


def test_the_copy_above_the_original_does_not_take_its_id() -> None:
    theirs = start()
    theirs["Fees"].insert(0, {"fee_id": fee(1), **LINE, "net": 1, "description": "else"})
    _, fees = both(start(), start(), theirs)
    assert fees[0] == {"fee_id": fee(1), **LINE}
    assert fees[2]["net"] == 1


def test_a_row_whose_id_was_cleared_is_known_by_what_it_says() -> None:
    theirs = changed(start(), 0, note="changed as well")
    del theirs["Fees"][0]["fee_id"]
    found, fees = both(start(), start(), theirs)
    assert len(fees) == 2
    assert fees[0] == {"fee_id": fee(1), **LINE, "note": "changed as well"}
    assert not found.conflicts


def test_an_id_that_was_typed_over_comes_back() -> None:
    ours = changed(start(), 1, fee_id="F-9999")
    _, fees = both(start(), ours, changed(start(), 1, net=9100))
    assert fees[1]["fee_id"] == fee(2)
    assert fees[1]["net"] == 9100


def test_a_mistyped_id_is_no_new_row_and_no_deletion() -> None:
    wrong = fee(2)[:-1] + ("A" if fee(2)[-1] != "A" else "B")
    found, fees = both(start(), start(), changed(start(), 1, fee_id=wrong, net=9100))
    assert [row["fee_id"] for row in fees] == [fee(1), fee(2)]
    assert fees[1]["net"] == 9100
    assert not found.conflicts


def test_ids_that_changed_places_are_put_right_by_what_the_rows_say() -> None:
    theirs = start()
    for row, number in zip(theirs["Fees"], (11, 12), strict=True):
        row["fee_id"] = fee(number)
    found, fees = both(start(), start(), theirs)
    assert found.plan == ()
    assert len(fees) == 2


def test_a_row_deleted_and_typed_again_is_no_change() -> None:
    theirs = start()
    theirs["Fees"].append({**theirs["Fees"].pop(0), "fee_id": fee(7)})
    found, fees = both(start(), start(), theirs)
    assert found.plan == ()
    assert len(fees) == 2


def test_two_people_who_used_the_same_ready_row_get_two_rows() -> None:
    mine = {"fee_id": fee(3), "deal_id": "D-0001", "description": "Travel", "net": 300}
    theirs = {"fee_id": fee(3), "deal_id": "D-0001", "description": "Licence", "net": 5}
    found, fees = both(start(), start(mine), start(theirs))
    assert [row["description"] for row in fees[2:]] == ["Travel", "Licence"]
    assert fees[2]["fee_id"] == fee(3)
    assert ids.check(fees[3]["fee_id"])
    assert [notice.kind for notice in found.notices] == ["new-id"]


def test_what_refers_to_a_row_that_got_another_id_follows_it() -> None:
    mine, theirs = start(), start()
    mine["Deal"].append({"deal_id": "D-0002", "client": "Birch", "stage": "talking"})
    theirs["Deal"].append({"deal_id": "D-0002", "client": "Cedar", "stage": "proposal"})
    mine["Fees"].append({"fee_id": fee(3), "deal_id": "D-0002", "description": "for Birch"})
    theirs["Fees"].append({"fee_id": fee(4), "deal_id": "D-0002", "description": "for Cedar"})
    found = merged(start(), mine, theirs)
    result = content(applied(mine, found.plan))
    assert result["Deal"]["D-0002"]["client"] == "Birch"
    assert result["Deal"]["D-0003"]["client"] == "Cedar"
    assert result["Fees"][fee(3)]["deal_id"] == "D-0002"
    assert result["Fees"][fee(4)]["deal_id"] == "D-0003"
    assert found.last_deal == 3
    assert merged(start(), applied(mine, found.plan), theirs).plan == ()


def test_the_same_row_typed_by_both_without_an_id_is_one_row() -> None:
    new = {"deal_id": "D-0001", "description": "Travel", "net": 300}
    _, fees = both(start(), start(new), start(new))
    assert len(fees) == 3
    assert ids.check(fees[2]["fee_id"])


def test_a_new_row_without_an_id_arrives_once_however_often_it_is_merged() -> None:
    new = {"deal_id": "D-0001", "description": "Travel", "net": 300}
    _, fees = both(start(), start(), start(new))
    assert len(fees) == 3


def test_sorting_is_no_change_and_our_order_stays() -> None:
    theirs = start()
    theirs["Fees"].reverse()
    found, fees = both(start(), start(), theirs)
    assert found.plan == ()
    assert [row["fee_id"] for row in fees] == [fee(1), fee(2)]


def test_a_deal_deleted_there_stays_while_a_new_row_of_ours_belongs_to_it() -> None:
    base = start()
    base["Deal"].append({"deal_id": "D-0002", "client": "Birch", "stage": "talking"})
    ours = copy.deepcopy(base)
    ours["Fees"].append({"fee_id": fee(3), "deal_id": "D-0002", "description": "for Birch"})
    found = merged(base, ours, start())
    assert found.plan == ()
    assert [(c.at.row_id, c.kind.name) for c in found.conflicts] == [("D-0002", "NEEDED")]


def test_a_deal_deleted_by_us_comes_back_with_a_new_row_of_theirs() -> None:
    base = start()
    base["Deal"].append({"deal_id": "D-0002", "client": "Birch", "stage": "talking"})
    theirs = copy.deepcopy(base)
    theirs["Fees"].append({"fee_id": fee(3), "deal_id": "D-0002", "description": "for Birch"})
    found = merged(base, start(), theirs)
    result = content(applied(start(), found.plan))
    assert result["Deal"]["D-0002"]["client"] == "Birch"
    assert [(c.at.row_id, c.kind.name) for c in found.conflicts] == [("D-0002", "NEEDED")]


def test_a_row_whose_deal_cannot_be_read_comes_back_all_the_same() -> None:
    theirs = changed(start(), 0, deal_id=CellError("#REF!"), note="changed")
    ours = start()
    del ours["Fees"][0]
    found, fees = both(start(), ours, theirs)
    assert [c.kind.name for c in found.conflicts] == ["DELETE"]
    assert fees[-1]["note"] == "changed"


def test_a_row_that_is_remembered_with_nothing_in_it_is_one_row_all_the_same() -> None:
    third = {"fee_id": fee(3), "deal_id": "D-0001", "note": "ours"}
    base, ours = side_of(start()), side_of(start(third))
    theirs = side_of(start({**third, "note": "theirs"}))
    assert [edit.sheet for edit in merge(base, ours, theirs).plan] == ["Fees"]  # two rows
    base.blanks = {"Fees": [fee(3)]}
    found = merge(base, ours, theirs)
    assert found.plan == ()
    assert [(one.at.row_id, one.ours, one.theirs) for one in found.conflicts] == [
        (fee(3), "ours", "theirs")
    ]


def test_new_deals_get_their_numbers_in_the_order_of_their_rows() -> None:
    theirs = start()
    new = [{"client": f"Client {letter}", "currency": "EUR"} for letter in "QWERTY"]
    theirs["Deal"] += new
    found = merged(start(), start(), theirs)
    rows = {edit.row_id: edit.cells["client"] for edit in found.plan if isinstance(edit, AddRow)}
    assert [rows[key] for key in sorted(rows)] == [row["client"] for row in new]


def test_two_new_rows_under_one_id_are_two_rows() -> None:
    new = {"fee_id": fee(9), "deal_id": "D-0001", "description": "Travel", "net": 100}
    theirs = start(new, {**new, "description": "Hotel", "net": 200})
    _, fees = both(start(), start(), theirs)
    assert {row.get("description") for row in fees} >= {"Travel", "Hotel"}
    assert len({row["fee_id"] for row in fees}) == 4


def test_a_new_row_with_an_id_of_its_own_is_not_the_deleted_one_that_it_resembles() -> None:
    theirs = start()
    theirs["Fees"][0] = {"fee_id": fee(9), **LINE, "note": "another one"}
    found, fees = both(start(), start(), theirs)
    assert [row["fee_id"] for row in fees] == [fee(2), fee(9)]
    assert not found.conflicts


def test_rows_of_two_deals_are_not_alike_whatever_they_say() -> None:
    rows = start({"fee_id": fee(3), **LINE, "deal_id": "D-0002"})
    first, _, other = side_of(rows).rows("Fees")
    assert alike("Fees", first, first) == 1.0
    assert alike("Fees", first, other) == 0.0


def test_a_row_that_we_rewrote_is_one_row_when_its_id_was_cleared_in_theirs() -> None:
    ours = changed(start(), 0, description="Kickoff", net=77, note="rewritten")
    theirs = changed(start(), 0, po_ref="2026-7")
    del theirs["Fees"][0]["fee_id"]
    found, fees = both(start(), ours, theirs)
    assert [row["fee_id"] for row in fees] == [fee(1), fee(2)]
    assert (fees[0]["description"], fees[0]["po_ref"]) == ("Kickoff", "2026-7")
    assert not found.conflicts
