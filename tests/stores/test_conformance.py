"""Every store does the same: what was committed is there, whole, and nothing else."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.core.sync.store_protocol import (
    CommitChange,
    CopyState,
    LedgerEntry,
    RecordStore,
    Snapshot,
    Stored,
)
from sheetrecord.model.errors import ChangedElsewhere, Locked
from sheetrecord.stores import MemoryStore, TableStore
from sheetrecord.stores.connect import open_database
from stores.changes import CHANGE, NOON, ROWS, SNAPSHOT, told
from stores.conftest import DATABASES, KINDS

every_store = pytest.mark.parametrize("address", KINDS, indirect=True)
every_database = pytest.mark.parametrize("address", DATABASES, indirect=True)


def seen(store: RecordStore) -> dict[str, Any]:
    """Return everything a store tells, rows with their order."""
    found = store.load()
    order = [(sheet, list(rows)) for sheet, rows in found.record.rows.items()]
    bases = {number: store.base(number) for number in range(20)}
    base_order = {
        number: [(sheet, list(rows)) for sheet, rows in base.rows.items()]
        for number, base in bases.items()
        if base
    }
    return {
        "stored": found,
        "order": order,
        "bases": bases,
        "base order": base_order,
        "ledger": list(store.ledger()),
        "head": store.head(),
    }


@every_store
def test_a_new_record_is_empty(store: RecordStore) -> None:
    assert store.load() == Stored()
    assert (store.base(1), list(store.ledger()), store.head()) == (None, [], "")


@pytest.fixture
def pairs(address: str, record_id: str) -> Iterator[Callable[[], tuple[RecordStore, RecordStore]]]:
    """Make a record in the database and the same one in memory, again and again."""
    database = open_database(address)
    numbers = iter(range(1_000_000))

    def make() -> tuple[RecordStore, RecordStore]:
        one = f"{record_id}-{next(numbers)}"
        return TableStore(database, one, keep=3), MemoryStore(one, keep=3)

    yield make
    database.close()


@every_database
@examples(60)
@given(changes=st.lists(CHANGE, min_size=1, max_size=5))
def test_a_database_tells_what_the_model_tells(
    pairs: Callable[[], tuple[RecordStore, RecordStore]], changes: list[CommitChange]
) -> None:
    store, model = pairs()
    for run, change in enumerate(changes):
        assert store.commit(run, change) == model.commit(run, change) == run + 1
        assert seen(store) == seen(model)


EMPTY = {"Fees": {"F-1": {}, "F-2": {"net": None, "note": ""}}, "Deal": {}}


@every_store
def test_empty_sheets_empty_rows_and_blank_cells_come_back_as_they_were(store: RecordStore) -> None:
    """A blank cell that was shown is not one that was not; nor is an empty sheet no sheet."""
    others = {"hidden", "workbook_config", "last_deal", "unknown_past"}
    parts: dict[str, Any] = {name: EMPTY for name in Snapshot._fields if name not in others}
    parts |= {"hidden": {"Fees": ()}, "workbook_config": {"Lists": ((), (None,))}}
    base = Snapshot(**parts, unknown_past=True)
    rows = {("Fees", row_id): row for row_id, row in EMPTY["Fees"].items()}
    store.commit(
        0,
        CommitChange(NOON, "Ana", rows=rows, workbook_config=base.workbook_config, bases={1: base}),
    )
    assert store.base(1) == base
    found = store.load().record
    assert found == Snapshot({"Fees": EMPTY["Fees"]}, workbook_config=base.workbook_config)


@pytest.fixture
def fresh(address: str, record_id: str) -> Iterator[Callable[[], RecordStore]]:
    """Make a new store of the kind, again and again."""
    database = None if address == "memory" else open_database(address)
    numbers = iter(range(1_000_000))

    def make() -> RecordStore:
        one = f"{record_id}-law-{next(numbers)}"
        return TableStore(database, one) if database else MemoryStore(one)

    yield make
    if database:
        database.close()


@every_store
@examples(60)
@given(base=SNAPSHOT, rows=ROWS)
def test_what_goes_in_comes_out(
    fresh: Callable[[], RecordStore], base: Snapshot, rows: dict[str, dict[str, Any]]
) -> None:
    store = fresh()
    places = {(sheet, id_): row for sheet, held in rows.items() for id_, row in held.items()}
    store.commit(0, CommitChange(NOON, "Ana", rows=places, bases={1: base}))
    assert store.base(1) == base
    held = {sheet: held for sheet, held in rows.items() if held}
    assert store.load().record.rows == held


@every_database
def test_what_was_committed_is_there_after_opening_again(
    store: RecordStore, open_: Callable[..., RecordStore]
) -> None:
    store.commit(0, told(1, 10, "x"))
    before = seen(store)
    store.close()
    assert seen(open_()) == before


@every_store
def test_a_run_that_another_one_overtook_commits_nothing(store: RecordStore) -> None:
    store.commit(0, told(1, 10))
    before = seen(store)
    with pytest.raises(ChangedElsewhere):
        store.commit(0, told(2, 11))
    with pytest.raises(ChangedElsewhere):
        store.commit(2, told(2, 11))
    assert seen(store) == before
    assert store.commit(1, told(2, 11)) == 2


@every_store
def test_a_change_that_fails_half_way_leaves_nothing(store: RecordStore) -> None:
    store.commit(0, told(1, 10))
    before = seen(store)
    wrong = told(2, 11)._replace(entries=(*told(2, 11).entries, LedgerEntry("set", new=1j)))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        store.commit(1, wrong)
    assert seen(store) == before


@every_store
def test_rows_keep_their_order_and_new_ones_go_last(store: RecordStore) -> None:
    def change(**rows: dict[str, int] | None) -> CommitChange:
        return CommitChange(NOON, "Ana", rows={("Fees", name): row for name, row in rows.items()})

    store.commit(0, change(b={"net": 1}, a={"net": 2}, c={"net": 3}))
    store.commit(1, change(a={"net": 4}))
    store.commit(2, change(b=None, d={"net": 5}))
    store.commit(3, change(b={"net": 6}))
    assert list(store.load().record.rows["Fees"]) == ["a", "c", "d", "b"]


@every_store
def test_counters_never_go_back(store: RecordStore) -> None:
    store.commit(0, CommitChange(NOON, "Ana", last_deal=7, bases={9: Snapshot()}))
    store.commit(1, CommitChange(NOON, "Ana", last_deal=3, bases={4: Snapshot()}))
    found = store.load()
    assert (found.last_generation, found.record.last_deal) == (9, 7)


@every_store
def test_the_last_run_that_moved_the_record_is_known(store: RecordStore) -> None:
    changes = {
        1: told(1, 10),
        2: CommitChange(NOON, "Ana", (LedgerEntry("run"),), bases={2: Snapshot()}, last_deal=9),
        3: CommitChange(NOON, "Ana", conflicts=()),
        4: CommitChange(NOON, "Ana", copies=(CopyState("a.xlsx"),)),
        5: CommitChange(NOON, "Ana", workbook_config={}),
    }
    moved = [store.load().changed for run in changes if store.commit(run - 1, changes[run])]
    assert moved == [1, 1, 3, 3, 5]


@every_store
@pytest.mark.parametrize(
    "name",
    [
        pytest.param('"', id="quote"),
        pytest.param('"a"', id="quoted"),
        pytest.param("a\0b", id="nul"),
        pytest.param("\udcff", id="surrogate"),
        pytest.param("Ä%s?", id="marks"),
        pytest.param("", id="empty"),
    ],
)
def test_names_come_back_whatever_they_hold(store: RecordStore, name: str) -> None:
    entry = LedgerEntry("set", name, 1, name, name, name, name, name, {name: name}, name)
    rows = {(name, name): {name: name}}
    store.commit(0, CommitChange(NOON, name, (entry,), rows, copies=(CopyState(name, note=name),)))
    found = store.load()
    assert (found.record.rows, found.copies[name].note) == ({name: {name: {name: name}}}, name)
    [logged] = store.ledger()
    assert (logged.actor, logged.entry) == (name, entry)


@every_store
def test_a_generation_is_written_again_when_more_of_it_is_accounted_for(store: RecordStore) -> None:
    more = Snapshot({"Fees": {"F-1": {"net": 1}}}, {"Fees": ("tax",)}, {"Lists": ((1, None),)}, 4)
    store.commit(0, CommitChange(NOON, "Ana", bases={1: Snapshot()}))
    store.commit(1, CommitChange(NOON, "Ana", bases={1: more}))
    assert store.base(1) == more


@every_store
def test_bases_of_known_copies_stay_and_the_newest_others(
    open_: Callable[..., RecordStore],
) -> None:
    store = open_(keep=2)
    carried = (CopyState("old.xlsx", generation=1), CopyState("away.xlsx", generation=3))
    store.commit(0, CommitChange(NOON, "Ana", bases={1: Snapshot()}, copies=carried))
    for run in range(1, 8):
        store.commit(run, CommitChange(NOON, "Ana", bases={run + 1: Snapshot()}))
    assert [n for n in range(10) if store.base(n) is not None] == [1, 3, 7, 8]
    assert store.load().last_generation == 8


@every_store
def test_a_generation_keeps_the_mark_of_the_ledger_as_it_was_when_it_was_made(
    store: RecordStore,
) -> None:
    store.commit(0, told(1, 10))
    first = store.head()
    store.commit(1, told(2, 20)._replace(bases={1: Snapshot(), 2: Snapshot()}))
    assert (store.mark(1), store.mark(2), store.mark(3)) == (first[:16], store.head()[:16], "")
    assert store.knows(first[:16])
    assert not store.knows("")
    assert not store.knows("0" * 16)


@every_store
def test_the_moment_of_the_last_entry_is_told(store: RecordStore) -> None:
    assert store.last_at() is None
    store.commit(0, told(1, 10))
    store.commit(1, told(2, 20)._replace(at=NOON + dt.timedelta(hours=1)))
    assert store.last_at() == NOON + dt.timedelta(hours=1)


@every_store
def test_the_ledger_can_be_read_from_anywhere(store: RecordStore) -> None:
    store.commit(0, told(1, *range(5)))
    store.commit(1, told(2, *range(2300)))
    entries = list(store.ledger())
    assert [logged.seq for logged in entries] == list(range(1, 2306))
    assert [logged.seq for logged in store.ledger(2300)] == list(range(2301, 2306))
    assert list(store.ledger(since=2305)) == []
    assert entries[-1].hash == store.head()


@every_store
def test_times_keep_their_zone(store: RecordStore) -> None:
    at = dt.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    store.commit(0, CommitChange(at, "Ana", (LedgerEntry("run"),)))
    assert next(store.ledger()).at.isoformat() == at.isoformat()


@every_database
def test_records_do_not_see_each_other(address: str, record_id: str) -> None:
    database = open_database(address)
    one, other = TableStore(database, record_id), TableStore(database, f"{record_id}-b")
    one.commit(0, told(1, 10))
    assert other.load() == Stored()
    other.commit(0, told(1, 10))
    assert one.head() != other.head()
    database.close()


@every_store
def test_a_run_that_holds_the_record_may_ask_again(store: RecordStore) -> None:
    with store.lock(), store.lock():
        store.commit(0, told(1, 10))
    with store.lock():
        assert store.load().run == 1


@every_database
def test_a_second_run_waits_and_says_so_when_it_takes_too_long(
    store: RecordStore, open_: Callable[..., RecordStore]
) -> None:
    other = open_(wait=0.05)
    with store.lock(), pytest.raises(Locked, match="waiting for"), other.lock():
        pass
    with other.lock():
        pass


@every_database
def test_a_second_run_begins_when_the_first_is_done(
    store: RecordStore, open_: Callable[..., RecordStore], address: str, record_id: str
) -> None:
    inside, order = threading.Event(), []

    def second() -> None:
        database = open_database(address)
        waiting = TableStore(database, record_id)
        inside.wait()
        with waiting.lock():
            order.append("second")
        waiting.close()

    thread = threading.Thread(target=second)
    thread.start()
    with store.lock():
        inside.set()
        thread.join(0.2)
        order.append("first")
    thread.join(30)
    assert order == ["first", "second"]
