"""Each guard against loss has a case that does not hold without it."""

import copy
from typing import Any

import pytest

from sheetrecord.core.sync.steps import Commit, Put
from sheetrecord.model.value import CellError
from sync.laws import settle
from sync.office import Office, Screen
from sync.shelf import Version
from sync.test_rules import ONE, THREE, TWO, disputed, edit, put, record, sync, synced


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


def types(office: Office, name: str, row: int, value: str) -> None:
    """Somebody types a note that nobody typed before."""
    office.known.add(("note", value))
    edit(office, name, put(row, "note", value))


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
    edit(office, "ben", put(1, "note", "typed"))
    died_after_the_stamp(office)
    screen = decided(office, "ben", "ours")
    aside = Version(copy.deepcopy(screen.rows), screen.generation, screen.lines)
    aside.mark = screen.mark
    office.asides["ben.1"] = aside
    sync(office, asides=("ben.1",))
    assert ("ben", "B") in sides(office)
    assert record(office)[ONE]["note"] == "A"
    assert record(office)[TWO]["note"] == "typed"


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
