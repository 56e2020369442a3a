"""Each guard against loss has a case that does not hold without it."""

import copy
import datetime as dt
from typing import Any

import pytest

from merge.world import fee
from sheetrecord.core.sync.effects import Commit, Put, ReadCopy, Seen
from sheetrecord.model.value import CellError
from sync.laws import settle
from sync.memory import Memory
from sync.office import Backup, Office, Screen
from sync.shelf import Version
from sync.test_rules import ONE, THREE, TWO, disputed, drop, edit, put, record, shown, sync, synced


def until(office: Office, wanted: type, *, planned: bool = False, times: int = 1) -> Any:
    """Let the engine work until it asks for a step of a kind for the so-many-th time."""
    office.start()
    while office.engine is not None:
        asked = office.asked
        if isinstance(asked, wanted) and (not planned or asked.plan):
            times -= 1
            if not times:
                return asked
        office.answer()
    pytest.fail(f"it never asks for {wanted.__name__}")


def died_after_the_stamp(office: Office) -> None:
    """A sync dies when a copy has its new stamp and the record has nothing of it yet."""
    until(office, Put)
    office.answer()
    office.die()


def types(office: Office, name: str, row: int, value: str, key: str = "note") -> None:
    """Somebody types a text that nobody typed before."""
    office.known.add((key, value))
    screen = Screen(name, office.files[name])
    office.forget(screen, screen.rows["Fees"][row], key)
    screen.rows["Fees"][row][key] = value
    office.save(screen)


def decided(office: Office, name: str, keep: str) -> Screen:
    """Somebody opens a copy and decides everything in its list of conflicts."""
    screen = Screen(name, office.files[name])
    screen.lines = [line._replace(keep=keep) for line in screen.lines]
    return screen


def sides(office: Office) -> list[tuple[str, Any]]:
    return [
        (side.origin, side.value) for one in office.store.stored.conflicts for side in one.sides
    ]


def test_a_copy_that_is_held_back_decides_nothing() -> None:
    office = disputed(synced())
    edit(office, "ben", put(1, "note", "typed"))
    died_after_the_stamp(office)
    screen = decided(office, "ben", "ours")
    screen.rows["Fees"].clear()
    office.save(screen)
    report = sync(office)
    assert any(told.note.startswith("emptied") for told in report.copies)
    assert sides(office) == [("ben", "B")]
    assert record(office)[ONE]["note"] == "A"


def test_a_file_that_was_set_aside_decides_nothing() -> None:
    office = disputed(synced())
    edit(office, "cleo", put(1, "note", "typed"))
    died_after_the_stamp(office)
    screen = decided(office, "cleo", "theirs")
    aside = Version(copy.deepcopy(screen.rows), screen.generation, screen.lines)
    aside.mark = screen.mark
    office.asides["cleo.1"] = aside
    office.away.add("cleo")
    sync(office, asides=("cleo.1",))
    assert sides(office) == [("ben", "B")]
    assert record(office)[ONE]["note"] == "A"
    assert record(office)[TWO]["note"] == "typed"


def test_a_file_that_was_set_aside_is_not_what_its_copy_is_accounted_for() -> None:
    office = synced()
    rows = copy.deepcopy(office.files["anna"].rows)
    rows["Fees"][0]["note"] = "aside"
    aside = Version(rows, office.files["anna"].generation)
    aside.mark = office.files["anna"].mark
    office.asides["anna.1"] = aside
    sync(office, asides=("anna.1",))
    office.finish()
    assert record(office)[ONE]["note"] == "aside"
    assert {shown(office, name, ONE)["note"] for name in office.files} == {"aside"}


def test_a_copy_that_is_named_as_set_aside_too_is_one_copy() -> None:
    office = synced()
    types(office, "ben", 0, "typed")
    report = sync(office, asides=("ben", "ben"))
    assert [told.name for told in report.copies] == ["anna", "ben", "cleo"]
    settle(office)


def test_a_copy_that_cannot_be_written_says_why() -> None:
    office = synced()
    types(office, "anna", 0, "typed")
    while office.engine is None or not isinstance(office.asked, Put):
        office.start() if office.engine is None else office.answer()
    office.open.add(office.asked.seen.name)
    office.finish()
    assert office.store.stored.copies["anna"].note == "it is open"
    office.open.clear()
    settle(office)


def test_who_types_over_a_side_takes_only_their_own_away() -> None:
    office = synced()
    for name, value in (("anna", "A"), ("ben", "B"), ("cleo", "B")):
        edit(office, name, put(0, "note", value))
    office.finish()
    assert sides(office) == [("ben", "B"), ("cleo", "B")]
    edit(office, "ben", put(0, "note", "C"))
    office.finish()
    assert sorted(sides(office)) == [("ben", "C"), ("cleo", "B")]


def test_a_row_emptied_but_for_what_cannot_be_read_stays() -> None:
    office = synced()

    def hollow(rows: Any) -> None:
        row = rows["Fees"][0]
        kept = {"fee_id": row["fee_id"], "deal_id": row["deal_id"], "net": CellError("#REF!")}
        row.clear()
        row.update(kept)

    before = record(office)[ONE]
    edit(office, "anna", hollow)
    report = sync(office)
    assert record(office)[ONE] == before
    assert [(one.row_id, one.key) for one in report.conflicts] == [(ONE, "")]


@pytest.mark.parametrize("also", ["nothing", "a conflict of its own"])
def test_a_copy_that_reads_short_just_after_a_write_deletes_nothing(also: str) -> None:
    office = synced()
    if also != "nothing":
        office.known |= {("note", "A"), ("note", "B")}
        disputed(office)
    types(office, "anna", 1, "typed")
    asked = until(office, Put, planned=True)
    office.half.add(asked.seen.name)
    office.finish()
    office.finish()
    assert set(record(office)) == {ONE, TWO, THREE}
    settle(office)
    assert set(record(office)) == {ONE, TWO, THREE}


@pytest.mark.parametrize("second", range(1, 6))
def test_a_sync_that_carries_on_another_may_die_as_well(second: int) -> None:
    office = synced()
    types(office, "anna", 0, "first")
    died_after_the_stamp(office)
    types(office, "anna", 1, "second")
    until(office, Put | Commit, times=second)
    office.answer()
    office.die()
    office.finish()
    assert (record(office)[ONE]["note"], record(office)[TWO]["note"]) == ("first", "second")
    settle(office)


def test_the_store_knows_a_generation_before_a_file_carries_it() -> None:
    office = synced()
    types(office, "anna", 0, "typed")
    asked = until(office, Put, planned=True)
    office.answer()
    office.die()
    assert office.files[asked.seen.name].generation == asked.generation
    assert office.store.base(asked.generation) is not None
    settle(office)


def test_a_file_that_somebody_has_open_is_not_written() -> None:
    office = synced()
    types(office, "anna", 0, "typed")
    office.open.add("ben")
    report = sync(office)
    assert {told.name: told.note for told in report.copies}["ben"] == "waiting for Ana"
    office.start()
    while office.engine is not None:
        assert not (isinstance(office.asked, Put) and office.asked.seen.name == "ben")
        office.answer()
    office.open.clear()
    settle(office)


def test_a_copy_that_goes_away_while_a_sync_runs_is_left_alone() -> None:
    office = synced()
    types(office, "anna", 0, "typed")
    office.start()
    while office.engine is not None:
        asked = office.asked
        if isinstance(asked, ReadCopy) and asked.name == "ben" and not asked.known:
            office.away.add("ben")
        office.answer()
    assert office.store.stored.copies["ben"].note == "it cannot be reached"
    assert record(office)[ONE]["note"] == "typed"
    office.away.clear()
    settle(office)


def test_what_a_copy_wants_is_known_although_a_sync_died_after_its_stamp() -> None:
    office = synced()
    office.known |= {("note", "A"), ("note", "B")}
    disputed(office)
    types(office, "ben", 1, "typed")
    died_after_the_stamp(office)
    types(office, "ben", 0, "C")
    office.finish()
    assert sides(office) == [("ben", "C")]


def test_a_save_while_a_file_is_written_is_one_more_copy_and_no_loss() -> None:
    office = synced()
    types(office, "anna", 0, "typed")
    asked = until(office, Put, planned=True)
    types(office, asked.seen.name, 1, "meanwhile")
    office.answer(1)
    office.finish()
    assert record(office)[TWO]["note"] == "meanwhile"
    settle(office)


def test_a_save_that_a_write_displaced_is_one_more_copy_and_no_loss() -> None:
    office = synced()
    types(office, "anna", 0, "typed")
    real = office.replace
    displaced: list[str] = []

    def over(asked: Put, luck: int) -> Any:
        name = asked.seen.name
        if name != "ben" or displaced:
            return real(asked, luck)
        before = office.files[name]
        types(office, name, 1, "in the very instant")
        displaced.append("ben.displaced")
        office.asides["ben.displaced"], office.files[name] = office.files[name], before
        seen = real(asked, luck)
        assert isinstance(seen, Seen)
        return seen._replace(kept=("ben.displaced",))

    office.put = over
    office.finish()
    office.put = real
    assert displaced
    assert record(office)[TWO]["note"] == "in the very instant"
    settle(office)


def test_a_copy_that_keeps_changing_is_told_and_goes_on_next_time() -> None:
    office = synced()
    types(office, "anna", 0, "typed")
    real, count = office.replace, iter(range(100))

    def busy(asked: Put, luck: int) -> Any:
        if asked.seen.name == "ben":
            types(office, "ben", 2, f"typed {next(count)}")
        return real(asked, luck)

    office.put = busy
    office.finish(1)
    assert "keeps changing" in office.store.stored.copies["ben"].note
    office.put = real
    settle(office)


def test_a_decision_about_a_row_counts_only_for_what_its_copy_showed_of_it() -> None:
    office = synced()
    edit(office, "anna", drop(0))
    types(office, "ben", 0, "B")
    office.finish()
    screen = decided(office, "anna", "ours")
    types(office, "cleo", 0, "new", "description")
    office.finish()
    office.save(screen)
    office.finish()
    assert ONE in record(office)
    settle(office)


def test_two_who_delete_what_others_dispute_are_both_told() -> None:
    office = disputed(synced())
    for name in ("cleo", "anna"):
        edit(office, name, drop(0))
        office.finish()
    (row,) = [one for one in office.store.stored.conflicts if not one.key]
    assert {side.origin for side in row.sides} >= {"anna", "cleo"}
    assert ONE in record(office)


def test_a_side_is_told_once_however_often_its_copy_is_saved() -> None:
    office = disputed(synced())
    for text in ("one", "two"):
        types(office, "ben", 1, text)
        office.finish()
    told = [
        e for e in office.store.entries if (e.kind, e.origin, e.key) == ("conflict", "ben", "note")
    ]
    assert len(told) == 1


def test_a_conflict_is_settled_when_the_record_comes_to_its_side() -> None:
    office = disputed(synced())
    edit(office, "cleo", put(0, "note", "B"))
    office.finish()
    assert sides(office) == []
    assert {shown(office, name, ONE)["note"] for name in office.files} == {"B"}


def test_a_row_that_cannot_be_read_does_not_undo_its_deletion() -> None:
    office = synced()
    broken = {key: CellError("#REF!") for key in ("description", "net", "currency")}
    edit(office, "ben", lambda rows: rows["Fees"][0].update(broken))
    office.finish()
    edit(office, "anna", drop(0))
    office.finish()
    assert ONE not in record(office)
    assert office.store.stored.conflicts == ()


def test_a_conflict_with_a_file_that_is_gone_is_settled_when_the_record_comes_to_its_side() -> None:
    office = synced()
    rows = copy.deepcopy(office.files["anna"].rows)
    rows["Fees"][0]["note"] = "aside"
    aside = Version(rows, office.files["anna"].generation)
    aside.mark = office.files["anna"].mark
    office.asides["anna.1"] = aside
    edit(office, "anna", put(0, "note", "A"))
    office.finish()
    assert sides(office) == [("anna.1", "aside")]
    office.asides.clear()
    edit(office, "ben", put(0, "note", "aside"))
    office.finish()
    assert sides(office) == []


def test_a_word_that_does_not_fit_decides_nothing() -> None:
    office = synced()
    days = {"anna": dt.date(2027, 1, 4), "ben": dt.date(2027, 1, 5)}
    for name, day in days.items():
        edit(office, name, put(0, "planned_on", day))
    office.finish()
    office.save(decided(office, "ben", "soon"))
    report = sync(office)
    assert sides(office) == [("ben", days["ben"])]
    assert [why for _, _, why in report.left]


def test_two_lines_about_one_cell_that_are_decided_differently_decide_nothing() -> None:
    office = synced()
    for name, value in (("anna", "A"), ("ben", "B"), ("cleo", "C")):
        edit(office, name, put(0, "note", value))
    office.finish()
    screen = decided(office, "ben", "theirs")
    assert len(screen.lines) == 2
    office.save(screen)
    office.finish()
    assert sides(office) == [("ben", "B"), ("cleo", "C")]
    assert record(office)[ONE]["note"] == "A"


def test_a_line_whose_side_was_taken_back_decides_nothing() -> None:
    office = disputed(synced())
    late = decided(office, "anna", "theirs")
    types(office, "ben", 0, "C")
    office.finish()
    office.save(late)
    office.finish()
    assert sides(office) == [("ben", "C")]
    assert record(office)[ONE]["note"] == "A"


def away_from(office: Office, name: str, row: int) -> None:
    """Somebody deletes a row that Ben changed, and has the file open when it is to come back."""
    edit(office, name, drop(row))
    types(office, "ben", row, "B")
    office.start()
    while office.engine is not None:
        asked = office.asked
        if isinstance(asked, Put) and asked.seen.name == name and asked.plan:
            office.open.add(name)
        office.answer()
    assert ONE not in {row.get("fee_id") for row in office.files[name].rows["Fees"]}
    assert [(one.row_id, one.key) for one in office.store.stored.conflicts] == [(ONE, "")]


@pytest.mark.parametrize("who", ["anna", "cleo"])
def test_a_row_whose_deletion_is_disputed_comes_back_in_one_write(who: str) -> None:
    office = synced()
    away_from(office, who, 0)
    office.open.clear()
    office.start()
    puts = 0
    while office.engine is not None:
        puts += isinstance(office.asked, Put) and office.asked.seen.name == who
        office.answer()
    assert puts == 1
    assert ONE in {row.get("fee_id") for row in office.files[who].rows["Fees"]}
    assert [(one.row_id, one.key) for one in office.store.stored.conflicts] == [(ONE, "")]


def test_a_deletion_counts_again_when_what_stood_against_it_is_taken_back() -> None:
    office = synced()
    away_from(office, "cleo", 0)
    edit(office, "ben", lambda rows: rows["Fees"][0].pop("note"))
    office.finish()
    office.open.clear()
    types(office, "cleo", 0, "typed")
    office.finish()
    assert ONE not in record(office)
    assert office.store.stored.conflicts == ()


def test_who_decides_that_a_row_stays_is_not_asked_again_by_a_file_that_waits() -> None:
    office = synced()
    away_from(office, "cleo", 0)
    office.save(decided(office, "anna", "ours"))
    office.finish()
    assert office.store.stored.conflicts == ()
    office.open.clear()
    office.finish()
    assert office.store.stored.conflicts == ()
    assert {shown(office, name, ONE)["note"] for name in office.files} == {"B"}


@pytest.mark.parametrize(("keep", "note"), [("ours", None), ("theirs", "B")])
def test_a_decision_about_a_cell_holds_while_its_row_is_disputed_too(
    keep: str, note: str | None
) -> None:
    """What was decided against the cell leaves the deletion of somebody who saw the rest."""
    office = disputed(synced())
    edit(office, "cleo", drop(0))
    office.finish()
    assert {one.key for one in office.store.stored.conflicts} == {"note", ""}
    screen = Screen("anna", office.files["anna"])
    screen.lines = [one._replace(keep=keep if one.key == "note" else None) for one in screen.lines]
    office.save(screen)
    office.finish()
    assert "note" not in {one.key for one in office.store.stored.conflicts}
    assert record(office).get(ONE, {}).get("note") == note
    before = office.store.commits
    office.finish()
    assert office.store.commits == before


@pytest.mark.parametrize("what", ["a row is gone", "a row is new"])
def test_a_copy_with_other_rows_is_stamped_before_they_count(what: str) -> None:
    office = synced()
    before = office.files["anna"].generation
    new = {"fee_id": fee(9), "deal_id": "D-0001", "description": "new"}
    edit(office, "anna", drop(1) if what == "a row is gone" else lambda r: r["Fees"].append(new))
    office.finish()
    assert office.files["anna"].generation > before
    assert (TWO in record(office)) == (what == "a row is new")


@pytest.mark.parametrize("lost", [False, True], ids=["in step", "the store is lost"])
def test_a_number_that_somebody_typed_is_not_given_out_again_either(lost: bool) -> None:
    office = synced()
    edit(office, "anna", drop(1, "Deal"))
    edit(office, "anna", lambda rows: rows["Fees"].__delitem__(slice(2, None)))
    if lost:
        office.put_back(Backup(Memory(), {}, set(), set(), {}), (), store=True)
    else:
        office.finish()
    edit(office, "anna", lambda rows: rows["Deal"].append({"client": "X", "stage": "talking"}))
    office.finish()
    ids = {row["client"]: row["deal_id"] for row in office.files["anna"].rows["Deal"]}
    assert ids["X"] == "D-0003"


def test_every_copy_remembers_the_number_of_a_deal_should_it_go() -> None:
    office = synced()
    edit(office, "anna", lambda rows: rows["Deal"].append({"client": "X", "stage": "talking"}))
    told = {}
    office.start()
    while office.engine is not None:
        if isinstance(office.asked, Put):
            told[office.asked.seen.name] = office.asked.last_deal
        office.answer()
    assert told == {"anna": 3, "ben": 3, "cleo": 3}
    edit(office, "anna", drop(2, "Deal"))
    office.finish()
    edit(office, "ben", lambda rows: rows["Deal"].append({"client": "Y", "stage": "talking"}))
    office.finish()
    assert record(office, "Deal").keys() == {"D-0001", "D-0002", "D-0004"}


@pytest.mark.parametrize("choice", ["ours", "theirs"])
def test_a_list_decides_about_a_row_that_its_copy_does_not_show(choice: str) -> None:
    """Anna deletes a row that two others dispute: it stays, and she alone does not have it."""
    office = synced()
    edit(office, "ben", put(0, "note", "B"))
    edit(office, "cleo", put(0, "note", "C"))
    office.finish()
    edit(office, "anna", drop(0))
    office.finish()
    assert ONE in record(office)
    screen = Screen("anna", office.files["anna"])
    assert {(line.row_id, line.key) for line in screen.lines} == {(ONE, "note"), (ONE, "")}
    screen.lines = [line._replace(keep=choice) for line in screen.lines]
    wanted = {line.theirs for line in screen.lines if line.key}
    office.save(screen)
    report = office.finish()
    assert not report.left
    assert not report.conflicts
    assert (ONE in record(office)) == (choice == "theirs")
    if choice == "theirs":
        assert record(office)[ONE]["note"] in wanted
        assert all(shown(office, name, ONE)["note"] in wanted for name in office.files)


def test_a_word_about_one_cell_says_nothing_of_another_that_was_decided_for_itself() -> None:
    office = synced()
    for name, tax in (("anna", 6), ("ben", 7), ("cleo", 8)):
        edit(office, name, put(0, "tax", tax))
    edit(office, "cleo", put(0, "invoice_no", "R-1"))
    office.finish()
    screen = Screen("ben", office.files["ben"])
    chosen = {("tax", 6), ("invoice_no", "R-1")}
    screen.lines = [
        line._replace(keep="theirs") if (line.key, line.theirs) in chosen else line
        for line in screen.lines
    ]
    assert {(line.key, line.theirs) for line in screen.lines if line.keep} == chosen
    office.save(screen)
    report = office.finish()
    assert not report.left
    assert not report.conflicts
    assert (record(office)[ONE]["tax"], record(office)[ONE]["invoice_no"]) == (6, "R-1")
