"""A store or a copy that was put back to an earlier state: what differs is asked."""

import copy
from collections.abc import Callable
from typing import Any

from merge.people import START
from merge.world import fee
from sheetrecord.core.sync.effects import Commit, Put
from sheetrecord.core.sync.engine import RunReport
from sync.memory import Memory
from sync.office import ALL, Office, Screen
from sync.shelf import Version
from sync.test_rules import disputed, drop, edit, put, record, shown, sync, synced

ONE, TWO, THREE = fee(1), fee(2), fee(3)


def asked(office: Office) -> set[tuple[str, str]]:
    return {(one.row_id, one.key) for one in office.store.stored.conflicts}


def claims(office: Office, row_id: str, key: str) -> set[Any]:
    """Everything that is wanted at one place."""
    [one] = [c for c in office.store.stored.conflicts if (c.row_id, c.key) == (row_id, key)]
    return {one.record, *(side.value for side in one.sides)}


def at_rest(office: Office) -> bool:
    office.start()
    while office.engine is not None:
        if isinstance(office.asked, Put | Commit):
            return False
        office.answer()
    return True


def restored(office: Office, change: Callable[[], object], *names: str) -> None:
    """Keep a backup of the store and of some copies, let something happen, and put them back."""
    store, files = office.store.copy(), {name: office.files[name] for name in names}
    change()
    office.finish()
    office.store = store
    office.files |= files


def test_a_copy_of_a_lost_time_is_none_of_this_history_s() -> None:
    """Numbers are given out again: the third copy's is one of ours, and of another time."""
    office = synced()
    store = office.store.copy()
    files = {name: office.files[name] for name in ("anna", "ben")}
    edit(office, "anna", put(0, "note", "lost time"))
    office.finish()
    aside = office.files.pop("cleo")
    office.store, office.files = store, dict(files)
    edit(office, "anna", put(0, "note", "typed since"))
    edit(office, "ben", put(1, "description", "two, as agreed"))
    office.finish()
    edit(office, "ben", put(1, "net", 21))
    office.finish()
    office.files["cleo"] = aside
    assert office.store.base(aside.generation) is not None
    report = sync(office)
    assert [one.name for one in report.unknown] == ["cleo"]
    assert claims(office, ONE, "note") == {"typed since", "lost time"}
    assert claims(office, TWO, "description") == {"two, as agreed", "two"}
    assert record(office)[ONE]["note"] == "typed since"
    assert shown(office, "cleo", ONE)["note"] == "lost time"
    assert at_rest(office)


def test_a_row_that_was_deleted_since_does_not_come_back_unsaid() -> None:
    office = synced()
    restored(office, lambda: edit(office, "anna", drop(1)))
    sync(office)
    assert (TWO, "") in asked(office)


def test_a_row_that_was_added_since_is_asked_about_where_it_is_missing() -> None:
    office = synced()
    new = {"deal_id": "D-0001", "description": "new", "net": 70}
    restored(office, lambda: edit(office, "anna", lambda rows: rows["Fees"].append(new)), "ben")
    sync(office)
    assert any(row.get("description") == "new" for row in record(office).values())
    assert len([row_id for row_id, key in asked(office) if not key]) == 1


def test_a_cell_that_was_cleared_since_is_not_filled_again_where_it_is_blank() -> None:
    office = synced()
    restored(office, lambda: edit(office, "anna", lambda rows: rows["Fees"][2].pop("note")))
    sync(office)
    assert claims(office, THREE, "note") == {"as agreed", None}
    assert shown(office, "anna", THREE).get("note") is None
    assert record(office)[THREE]["note"] == "as agreed"
    assert at_rest(office)


def test_a_cleared_cell_stays_clear_where_the_store_is_lost() -> None:
    office = synced()
    edit(office, "anna", lambda rows: rows["Fees"][2].pop("note"))
    office.store = Memory()
    sync(office)
    assert claims(office, THREE, "note") == {None, "as agreed"}
    assert shown(office, "anna", THREE).get("note") is None


def founded_by_anna(change: Callable[[Any], Any]) -> Office:
    """The store is lost, a sync that sees only Ben dies on his stamp; the next begins with Anna."""
    office = synced()
    edit(office, "anna", change)
    office.store = Memory()
    office.away = {"anna", "cleo"}
    stamped_and_died(office)
    office.away.clear()
    sync(office)
    return office


def test_a_row_deleted_before_the_store_was_lost_is_asked_about_in_a_copy_stamped_first() -> None:
    office = founded_by_anna(drop(1))
    assert (TWO, "") in asked(office)
    assert at_rest(office)


def test_a_cell_cleared_before_the_store_was_lost_is_asked_about_in_a_copy_stamped_first() -> None:
    office = founded_by_anna(lambda rows: rows["Fees"][2].pop("note"))
    assert claims(office, THREE, "note") == {None, "as agreed"}
    assert shown(office, "anna", THREE).get("note") is None
    assert at_rest(office)


def test_a_sheet_emptied_before_the_store_was_lost_is_asked_about_in_a_copy_stamped_first() -> None:
    office = synced()
    edit(office, "ben", lambda rows: rows["Fees"].clear())
    office.store = Memory()
    office.away = {"anna", "cleo"}
    stamped_and_died(office)
    office.away.clear()
    sync(office, allow=ALL)
    assert asked(office) >= {(ONE, ""), (TWO, ""), (THREE, "")}


def test_a_copy_emptied_before_the_store_was_lost_is_asked_about_if_stamped_first() -> None:
    office = synced()
    edit(office, "ben", lambda rows: (rows["Fees"].clear(), rows["Deal"].clear()))
    office.store = Memory()
    office.away = {"anna", "cleo"}
    stamped_and_died(office)
    office.away.clear()
    sync(office, allow=ALL)
    assert asked(office) >= {(ONE, ""), ("D-0001", "")}


def test_an_emptied_copy_founds_no_record() -> None:
    office = synced()
    edit(office, "anna", lambda rows: (rows["Fees"].clear(), rows["Deal"].clear()))
    office.store = Memory()
    sync(office, allow=ALL)
    assert asked(office) >= {(ONE, ""), ("D-0001", "")}


def test_a_renamed_column_of_a_copy_stamped_first_is_not_seen_and_no_blank() -> None:
    office = synced()
    screen = Screen("ben", office.files["ben"])
    screen.hidden.add(("Fees", "note"))
    office.save(screen)
    office.store = Memory()
    office.away = {"anna", "cleo"}
    stamped_and_died(office)
    office.away.clear()
    sync(office)
    assert not asked(office)


def test_what_comes_back_into_a_record_of_which_every_row_went_is_asked() -> None:
    office = synced()
    aside, office.store = office.files.pop("cleo"), Memory()
    sync(office)
    for name in office.files:
        edit(office, name, lambda rows: (rows["Fees"].clear(), rows["Deal"].clear()))
    sync(office, allow=ALL)
    assert not any(office.store.stored.record.rows.values())
    office.files["cleo"] = aside
    sync(office)
    assert asked(office) >= {(ONE, ""), ("D-0001", "")}


def test_an_older_copy_of_this_history_finds_its_base_and_nothing_is_asked() -> None:
    office = synced()
    old = office.files["cleo"]
    edit(office, "anna", put(0, "note", "A"))
    office.finish()
    office.files["cleo"] = old
    report = sync(office)
    assert (report.unknown, report.conflicts) == ((), ())
    assert [(one.name, one.moved) for one in report.older] == [("cleo", False)]
    assert shown(office, "cleo", ONE)["note"] == "A"


def moved_and_older(office: Office, *names: str) -> RunReport:
    """Put some copies back elsewhere, after all were saved and synced since; the rest is gone."""
    old = {f"elsewhere/{name}": office.files[name] for name in names}
    edit(office, "anna", put(0, "note", "A"))
    edit(office, "cleo", put(1, "note", "C"))
    office.finish()
    office.files = old
    edit(office, f"elsewhere/{names[0]}", put(2, "note", "typed since"))
    return sync(office)


def test_an_older_copy_in_another_place_is_said_to_be_one() -> None:
    office = synced()
    report = moved_and_older(office, "cleo", "anna")
    assert {(one.name, one.moved) for one in report.older} == {
        ("elsewhere/anna", True),
        ("elsewhere/cleo", True),
    }
    assert (report.unknown, report.conflicts) == ((), ())
    assert [record(office)[id_]["note"] for id_ in (ONE, TWO, THREE)] == ["A", "C", "typed since"]
    assert at_rest(office)


def test_a_copy_of_a_copy_is_no_older_one() -> None:
    office = synced()
    office.files["new"] = office.files["ben"]
    edit(office, "new", put(0, "note", "A"))
    assert sync(office).older == ()


def test_everything_put_back_together_goes_on_as_if_nothing_had_been() -> None:
    office = synced()
    restored(office, lambda: edit(office, "anna", put(0, "note", "A")), *office.files)
    report = sync(office)
    assert (report.unknown, report.conflicts) == ((), ())
    assert "note" not in record(office)[ONE]


def test_a_number_without_a_mark_is_believed_as_long_as_the_file_is_as_it_was_seen() -> None:
    office = synced()
    for name in office.files:
        office.files[name].mark = ""
    office.store.marks = dict.fromkeys(office.store.marks, "")
    edit(office, "anna", put(0, "note", "A"))
    report = sync(office)
    assert [one.name for one in report.unknown] == ["anna"]
    assert asked(office) == {(ONE, "note")}
    edit(office, "anna", put(1, "note", "B"))
    report = sync(office)
    assert report.unknown == ()
    assert record(office)[TWO]["note"] == "B"


def test_two_histories_that_go_on_from_one_state_part() -> None:
    """Two first saves after a backup get one number, and no line of the ledger tells them apart."""
    office = synced()
    store, anna = office.store.copy(), office.files["anna"]
    edit(office, "anna", put(0, "note", "lost"))
    stamped_and_died(office)
    office.files, office.store = {**office.files, "cleo": office.files["anna"]}, store
    office.files["anna"] = anna
    edit(office, "anna", put(0, "note", "since"))
    cleo = office.files.pop("cleo")
    stamped_and_died(office)
    assert office.files["anna"].generation == cleo.generation
    office.finish()
    office.files["cleo"] = cleo
    assert [one.name for one in sync(office).unknown] == ["cleo"]
    assert claims(office, ONE, "note") == {"since", "lost"}


def stamped_and_died(office: Office, copies: int = 1) -> None:
    """Let a sync die as soon as it has stamped so many copies."""
    before = dict(office.files)
    office.start()
    while sum(office.files[name] != before[name] for name in before) < copies:
        office.answer()
    office.die()


def saved_over(change: Callable[[Any], Any]) -> Office:
    """The store loses a time in which Anna worked; a sync dies when two copies are stamped.

    Then two of the copies are saved over by those who had them open before: Ben's alone tells.
    """
    office = synced()
    before = dict(office.files)
    restored(office, lambda: edit(office, "anna", change))
    stamped_and_died(office, 2)
    office.files |= {name: before[name] for name in ("anna", "cleo")}
    sync(office)
    return office


def test_what_only_a_stamped_copy_still_tells_of_a_lost_time_is_asked_about() -> None:
    row = {"deal_id": "D-0001", "description": "new", "net": 70, "note": "as agreed"}
    office = saved_over(lambda rows: rows["Fees"].append(row))
    new = {key: cells for key, cells in record(office).items() if cells["description"] == "new"}
    assert [(cells["net"], cells["note"]) for cells in new.values()] == [(70, "as agreed")]
    assert at_rest(office)


def test_a_cell_that_only_a_stamped_copy_still_tells_of_is_asked_about() -> None:
    office = saved_over(put(0, "note", "lost time"))
    assert "lost time" in claims(office, ONE, "note")
    assert at_rest(office)


def test_a_deletion_that_only_a_stamped_copy_still_tells_of_is_asked_about() -> None:
    office = saved_over(drop(1))
    assert (TWO, "") in asked(office)
    assert at_rest(office)


def test_two_deals_that_got_one_number_in_two_histories_stay_two() -> None:
    office = synced()

    def new(client: str) -> Callable[[Any], Any]:
        row = {"client": client, "stage": "talking" if client == "X" else "won", "value_net": 5}
        return lambda rows: rows["Deal"].append(row)

    store = office.store.copy()
    edit(office, "anna", new("X"))
    office.finish()
    aside = office.files.pop("anna")
    office.store = store
    office.files |= dict.fromkeys(("ben", "cleo"), Version(copy.deepcopy(START)))
    edit(office, "ben", new("Y"))
    office.finish()
    office.files["anna"] = aside
    sync(office)
    clients = sorted(str(row.get("client")) for row in record(office, "Deal").values())
    assert clients == ["Acme", "Birch", "X", "Y"]


def test_a_decision_about_what_was_asked_goes_to_every_copy() -> None:
    office = synced()
    restored(office, lambda: edit(office, "anna", lambda rows: rows["Fees"][2].pop("note")))
    sync(office)
    screen = Screen("anna", office.files["anna"])
    screen.lines = [line._replace(keep="ours") for line in screen.lines]
    office.save(screen)
    sync(office)
    assert not asked(office)
    assert all(shown(office, name, THREE).get("note") is None for name in office.files)


def test_a_dispute_of_a_lost_time_is_not_lost_with_it() -> None:
    office = synced()
    restored(office, lambda: disputed(office))
    sync(office)
    assert claims(office, ONE, "note") == {None, "A", "B"}


def test_a_side_that_only_a_list_of_conflicts_still_tells_of_is_kept() -> None:
    """Two copies and the store go back; the third alone tells what the other two had typed."""
    office = synced()
    restored(office, lambda: disputed(office), "anna", "ben")
    assert {line.key for line in office.files["cleo"].lines} == {"note"}
    sync(office)
    assert claims(office, ONE, "note") == {None, "A", "B"}
    assert at_rest(office)
    screen = Screen("anna", office.files["anna"])
    screen.lines = [
        line._replace(keep="theirs" if line.theirs == "B" else None) for line in screen.lines
    ]
    office.save(screen)
    assert not sync(office).left
    assert record(office)[ONE]["note"] == "B"
    assert not asked(office)


def test_a_client_that_was_renamed_in_the_lost_time_is_asked_about() -> None:
    office = synced()
    restored(office, lambda: edit(office, "anna", put(0, "client", "Acme Ltd", "Deal")))
    report = sync(office)
    assert {told.note for told in report.copies} == {""}
    assert claims(office, "D-0001", "client") == {"Acme", "Acme Ltd"}
    assert at_rest(office)
