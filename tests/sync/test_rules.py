"""What the engine does in cases that a person can name, one by one."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from merge.people import START
from merge.world import Rows, fee
from sheetrecord.core.sync import engine, snapshot
from sheetrecord.core.sync.decisions import RecordOrder, keep
from sheetrecord.core.sync.effects import Commit, Put
from sheetrecord.core.sync.engine import RunReport
from sheetrecord.core.sync.ledger import replayed, undone
from sheetrecord.core.sync.session import Options
from sheetrecord.core.sync.view import View, view_of
from sheetrecord.model.conflict import GONE
from sheetrecord.model.edit import SetValue
from sheetrecord.model.value import Formula
from sync.memory import Memory
from sync.office import AT, Office, Screen
from sync.shelf import TODAY, Version

KEYS_OF_FEES = ["fee_id", "net", "note"]
ONE, TWO, THREE = fee(1), fee(2), fee(3)


def synced() -> Office:
    office = Office()
    office.finish()
    return office


def edit(office: Office, name: str, change: Callable[[Rows], Any]) -> None:
    """Somebody opens a copy, changes something and saves."""
    screen = Screen(name, office.files[name])
    change(screen.rows)
    office.save(screen)


def put(row: int, key: str, value: Any, sheet: str = "Fees") -> Callable[[Rows], Any]:
    return lambda rows: rows[sheet][row].__setitem__(key, value)


def drop(row: int, sheet: str = "Fees") -> Callable[[Rows], Any]:
    return lambda rows: rows[sheet].pop(row)


def sync(office: Office, **options: Any) -> RunReport:
    """Run the engine to its end with other options than the office's."""
    stored = office.store.load()
    office.run = stored.run
    found = Options(AT, TODAY, "sync", **options)
    office.engine = engine.run(stored, tuple(office.files), found)
    report = office.resume(None)
    while report is None:
        report = office.answer()
    return report


def record(office: Office, sheet: str = "Fees") -> Any:
    return office.store.stored.record.rows[sheet]


def shown(office: Office, name: str, row_id: str) -> dict[str, Any]:
    return next(r for r in office.files[name].rows["Fees"] if r.get("fee_id") == row_id)


def disputed(office: Office) -> Office:
    """Anna and Ben have changed one cell differently; a sync has seen both."""
    edit(office, "anna", put(0, "note", "A"))
    edit(office, "ben", put(0, "note", "B"))
    office.finish()
    return office


def test_what_both_typed_alike_is_no_conflict() -> None:
    office = synced()
    for name in ("anna", "ben"):
        edit(office, name, put(0, "note", "the same"))
    assert sync(office).conflicts == ()
    assert record(office)[ONE]["note"] == "the same"


def test_a_save_without_a_change_is_not_written_back() -> None:
    office = synced()
    edit(office, "anna", lambda _: None)
    puts = office.puts
    sync(office)
    assert office.puts == puts


def test_a_conflict_keeps_what_each_copy_shows_until_somebody_decides() -> None:
    office = disputed(synced())
    assert shown(office, "anna", ONE)["note"] == "A"
    assert shown(office, "ben", ONE)["note"] == "B"
    assert shown(office, "cleo", ONE)["note"] == "A"
    (one,) = office.store.stored.conflicts
    assert (one.record, [side.value for side in one.sides]) == ("A", ["B"])


@pytest.mark.parametrize(
    ("who", "keep", "value"),
    [
        ("anna", "ours", "A"),
        ("anna", "theirs", "B"),
        ("ben", "ours", "B"),
        ("ben", "theirs", "A"),
        ("cleo", "theirs", "B"),
        ("cleo", "both of them", "both of them"),
    ],
    ids=lambda value: str(value).replace(" ", "-"),
)
def test_a_decision_in_any_copy_goes_to_all(who: str, keep: str, value: str) -> None:
    office = disputed(synced())
    screen = Screen(who, office.files[who])
    screen.lines = [line._replace(keep=keep) for line in screen.lines]
    office.save(screen)
    assert sync(office).conflicts == ()
    for name in office.files:
        assert shown(office, name, ONE)["note"] == value
        assert office.files[name].lines == ()


def test_a_conflict_is_settled_when_its_side_comes_round() -> None:
    office = disputed(synced())
    edit(office, "ben", put(0, "note", "A"))
    assert sync(office).conflicts == ()


def test_a_stale_save_does_not_take_a_side_away() -> None:
    office = synced()
    old = Screen("ben", office.files["ben"])
    disputed(office)
    office.save(old)
    report = sync(office)
    assert [side.value for side in report.conflicts[0].sides] == ["B"]


def test_a_decision_leaves_open_what_joined_after_its_list_was_read() -> None:
    office = synced()
    late = Screen("cleo", office.files["cleo"])
    disputed(office)
    screen = Screen("ben", office.files["ben"])
    late.rows["Fees"][0]["note"] = "C"
    office.save(late)
    office.finish()
    assert [side.value for side in office.store.stored.conflicts[0].sides] == ["B", "C"]
    screen.lines = [line._replace(keep="ours") for line in screen.lines]
    office.save(screen)
    (one,) = sync(office).conflicts
    assert (one.record, [side.value for side in one.sides]) == ("B", ["C"])


def test_a_row_of_which_a_set_aside_file_disputes_a_cell_is_not_deleted() -> None:
    office = synced()
    rows = copy.deepcopy(START)
    rows["Fees"][0]["note"] = "aside"
    office.asides["anna.1"] = Version(rows, office.files["anna"].generation)
    office.asides["anna.1"].mark = office.files["anna"].mark
    edit(office, "anna", put(0, "note", "A"))
    office.finish()
    assert len(office.store.stored.conflicts) == 1
    edit(office, "ben", drop(0))
    sync(office, asides=tuple(office.asides))
    assert ONE in record(office)
    assert {one.key for one in office.store.stored.conflicts} == {"note", ""}


def test_a_command_settles_a_conflict_with_a_value() -> None:
    office = disputed(synced())
    (one,) = office.store.stored.conflicts
    assert sync(office, orders=[keep(one, "C", "resolve")]).conflicts == ()
    assert {shown(office, name, ONE)["note"] for name in office.files} == {"C"}


def test_a_command_settles_a_deletion() -> None:
    office = synced()
    edit(office, "anna", drop(0))
    edit(office, "ben", put(0, "note", "B"))
    sync(office)
    (one,) = office.store.stored.conflicts
    assert not one.key
    assert sync(office, orders=[keep(one, GONE, "resolve")]).conflicts == ()
    assert ONE not in record(office)


def decided_at_once(office: Office) -> Office:
    """A row that Ben deleted and Anna changed, one of whose cells two dispute: all decided."""
    edit(office, "cleo", drop(0))
    edit(office, "ben", put(0, "description", "B"))
    office.finish()
    return office


@pytest.mark.parametrize("turn", [1, -1])
def test_a_row_and_its_cells_are_decided_in_whatever_order(turn: int) -> None:
    office = decided_at_once(disputed(synced()))
    found = office.store.stored.conflicts[::turn]
    assert {one.key for one in found} >= {"", "note"}
    orders = [keep(one, GONE if not one.key else "B", "resolve") for one in found]
    report = sync(office, orders=orders)
    assert (report.conflicts, report.left) == ((), ())
    assert ONE not in record(office)
    assert not any(isinstance(step, Put | Commit) for step in _asked(office))


def test_whoever_decides_that_a_row_goes_decides_about_its_cells() -> None:
    office = decided_at_once(disputed(synced()))
    (row,) = [one for one in office.store.stored.conflicts if not one.key]
    assert sync(office, orders=[keep(row, GONE, "resolve")]).conflicts == ()
    assert ONE not in record(office)


def test_a_row_that_others_refer_to_does_not_go_and_says_why() -> None:
    office = synced()
    edit(office, "ben", drop(1, "Deal"))
    office.finish()
    (one,) = office.store.stored.conflicts
    report = sync(office, orders=[keep(one, GONE, "resolve")])
    assert report.conflicts == (one,)
    assert "D-0002" in record(office, "Deal")
    assert not any(entry.kind in {"remove", "add"} for entry in report.entries)
    [(_, line, why)] = report.left
    assert line.row_id == "D-0002"
    assert THREE in why


def test_a_row_goes_with_those_that_refer_to_it() -> None:
    office = synced()
    edit(office, "ben", drop(1, "Deal"))
    edit(office, "ben", drop(2))
    edit(office, "anna", put(2, "note", "A"))
    office.finish()
    found = office.store.stored.conflicts
    assert {one.row_id for one in found} == {"D-0002", THREE}
    report = sync(office, orders=[keep(one, GONE, "resolve") for one in found])
    assert (report.conflicts, report.left) == ((), ())
    assert "D-0002" not in record(office, "Deal")


def test_a_row_that_goes_in_a_list_takes_the_cells_along_that_the_list_shows() -> None:
    office = decided_at_once(disputed(synced()))
    screen = Screen("ben", office.files["ben"])
    screen.lines = [line._replace(keep="" if line.key else "theirs") for line in screen.lines]
    assert {line.key for line in screen.lines} >= {"", "note"}
    office.save(screen)
    assert sync(office).conflicts == ()
    assert ONE not in record(office)


def test_a_run_is_taken_back_and_what_moved_on_since_is_left() -> None:
    office = synced()
    edit(office, "anna", put(0, "note", "A"))
    edit(office, "ben", drop(1))
    before = len(office.store.entries)
    office.finish()
    did = office.store.entries[before:]
    edit(office, "cleo", put(0, "note", "later"))
    office.finish()
    found = undone(office.store.stored.record.rows, did)
    assert [entry.key for entry in found.left] == ["note"]
    sync(office, orders=[RecordOrder("undo", found.plan, why="undo of run 7")])
    assert record(office)[ONE]["note"] == "later"
    for name in office.files:
        assert shown(office, name, TWO)["description"] == "two"
    assert replayed(office.store.entries) == office.store.stored.record.rows


def test_the_ledger_tells_the_record_at_every_moment() -> None:
    office = synced()
    states = [(len(office.store.entries), office.store.stored.record.rows)]
    for number, (name, change) in enumerate(
        [("anna", put(0, "note", "A")), ("ben", drop(2)), ("cleo", put(0, "net", 77))]
    ):
        edit(office, name, change)
        office.finish(number)
        states.append((len(office.store.entries), office.store.stored.record.rows))
    for length, rows in states:
        assert replayed(office.store.entries[:length]) == rows


def test_a_lost_store_deletes_nothing_and_differences_become_conflicts() -> None:
    office = synced()
    edit(office, "anna", drop(2))
    edit(office, "ben", put(0, "note", "B"))
    edit(office, "cleo", put(0, "note", "C"))
    office.store = Memory()
    report = sync(office)
    assert set(record(office)) == {ONE, TWO, THREE}
    asked = {(one.row_id, one.key) for one in report.conflicts}
    assert asked == {(THREE, ""), (ONE, "note")}  # nobody can tell who has seen what
    assert min(version.generation for version in office.files.values()) > 1_000_000
    assert not any(isinstance(step, Put | Commit) for step in _asked(office))


def _asked(office: Office) -> list[Any]:
    office.start()
    found = []
    while office.engine is not None:
        found.append(office.asked)
        office.answer()
    return found


def test_a_view_holds_its_deals_only_and_what_it_lacks_is_not_deleted() -> None:
    office = synced()
    only = {"deal_id": "D-0002", "client": "Birch", "stage": "won", "currency": "USD"}
    office.files["birch"] = Version({"Deal": [{**only, "value_net": 70}], "Fees": []})
    views = {"birch": view_of(deals=["D-0002"])}
    sync(office, views=views)
    assert [row["fee_id"] for row in office.files["birch"].rows["Fees"]] == [THREE]
    edit(office, "birch", put(0, "note", "seen"))
    sync(office, views=views)
    assert set(record(office)) == {ONE, TWO, THREE}
    assert shown(office, "anna", THREE)["note"] == "seen"


def test_a_view_does_without_columns() -> None:
    office = synced()
    views = {"anna": View(hide=frozenset({"Fees.net", "Fees.tax", "Fees.currency"}))}
    edit(office, "ben", put(0, "net", 99))
    sync(office, views=views)
    assert shown(office, "anna", ONE)["net"] == 10
    assert record(office)[ONE]["net"] == 99
    edit(office, "anna", put(0, "note", "A"))
    sync(office, views=views)
    assert record(office)[ONE] == {**record(office)[ONE], "net": 99, "note": "A"}


def test_a_formula_is_not_written_over_and_its_conflict_is_told() -> None:
    office = synced()
    edit(office, "anna", put(0, "net", Formula("5+5", 10)))
    sync(office)
    edit(office, "ben", put(0, "net", 99))
    report = sync(office)
    assert shown(office, "anna", ONE)["net"] == Formula("5+5", 10)
    assert [(one.key, one.kind.name, one.record) for one in report.conflicts] == [
        ("net", "FORMULA", 99)
    ]
    assert not any(isinstance(step, Put | Commit) for step in _asked(office))
    edit(office, "anna", put(0, "net", 99))
    assert sync(office).conflicts == ()


def test_a_guard_stops_one_copy_and_the_others_go_on() -> None:
    office = synced()
    edit(office, "anna", lambda rows: rows["Fees"].clear())
    edit(office, "ben", put(0, "note", "B"))
    report = sync(office)
    notes = {told.name: told.note for told in report.copies}
    assert notes["anna"].startswith("emptied: Fees")
    assert (notes["ben"], notes["cleo"]) == ("", "")
    assert shown(office, "cleo", ONE)["note"] == "B"
    sync(office, allow=frozenset({"emptied"}))
    assert set(record(office)) == {ONE}  # edit beats delete: Ben changed it meanwhile


def test_a_copy_that_is_open_waits_and_nothing_of_it_is_accepted() -> None:
    office = synced()
    edit(office, "anna", put(0, "note", "A"))
    office.open.add("anna")
    report = sync(office)
    assert {told.note for told in report.copies} == {"", "waiting for Ana"}
    assert "note" not in record(office)[ONE]
    office.open.clear()
    sync(office)
    assert shown(office, "ben", ONE)["note"] == "A"


def test_the_order_in_which_copies_are_named_does_not_matter() -> None:
    found = []
    for turn in (1, -1):
        office = synced()
        edit(office, "anna", put(0, "note", "A"))
        edit(office, "ben", put(0, "note", "B"))
        edit(office, "cleo", drop(1))
        office.files = dict(list(office.files.items())[::turn])
        report = sync(office)
        found.append((office.store.stored.record.rows, report.conflicts, office.store.entries))
    assert found[0] == found[1]


def test_amounts_that_two_people_changed_stay_apart() -> None:
    office = synced()
    edit(office, "anna", put(0, "net", 11))
    edit(office, "ben", put(0, "currency", "CHF"))
    report = sync(office)
    assert {one.key for one in report.conflicts} == {"net", "currency"}
    assert (record(office)[ONE]["net"], record(office)[ONE]["currency"]) == (11, "EUR")


def test_an_unchanged_copy_is_looked_at_and_no_more() -> None:
    office = synced()
    assert [type(step).__name__ for step in _asked(office)] == ["ReadCopy"] * 3


def test_a_plan_of_the_engine_names_rows_by_id() -> None:
    office = synced()
    edit(office, "anna", put(0, "note", "A"))
    office.start()
    plans = []
    while office.engine is not None:
        if isinstance(office.asked, Put):
            plans += [one for one in office.asked.plan if isinstance(one, SetValue)]
        office.answer()
    assert {one.at[:3] for one in plans} == {("Fees", ONE, "note")}


def test_rows_that_are_equal_and_not_the_same_are_two_sheets() -> None:
    made = snapshot._Known()
    rows = {ONE: {"net": 10, "note": "A"}, TWO: {"net": 20}}
    first = made.rows("Fees", KEYS_OF_FEES, rows)
    again = {id_: dict(reversed(row.items())) for id_, row in rows.items()}
    assert made.rows("Fees", KEYS_OF_FEES, again) is first
    for other in (
        {**rows, ONE: {"net": 10.0, "note": "A"}},
        {**rows, ONE: {"net": True, "note": "A"}},
        {**rows, ONE: {"net": 10}},
        dict(reversed(rows.items())),
        {**rows, THREE: {}},
    ):
        found = made.rows("Fees", KEYS_OF_FEES, other)
        assert found is not first
        assert found.says_what(snapshot._sheet("Fees", KEYS_OF_FEES, other))
