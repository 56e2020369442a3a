"""Damage is found, whatever it hits; what the ledger can mend is mended."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from effort import EFFORT
from sheetrecord.core.sync.store_protocol import CommitChange, LedgerEntry, Snapshot
from sheetrecord.model.errors import CannotRead, CannotWrite, TooNew
from sheetrecord.stores import TableStore, open_store
from sheetrecord.stores.sqlite import SqliteDatabase
from sheetrecord.stores.transfer import copy_record
from sheetrecord.stores.verify import StoreCheck, repair, verify, verify_database
from stores.changes import NOON, told
from stores.conftest import DATABASES

every_database = pytest.mark.parametrize("address", DATABASES, indirect=True)

LEDGER = ["seq", "run", "at", "actor", "kind", "origin", "generation", "sheet", "row_id"]
LEDGER += ["column_key", "old_cell", "new_cell", "cells", "why", "hash"]


def bad(store: TableStore, anchors: frozenset[str] = frozenset()) -> list[StoreCheck]:
    found = [verify_database(store.database), *verify(store, anchors)]
    return [verdict for verdict in found if not verdict.well]


def tamper(store: TableStore, *statements: tuple[str, object]) -> None:
    """Change the tables behind the store's back, as somebody with the database's password can."""
    if "sqlite" in type(store.database).__name__.lower():
        for (name,) in store.database.rows("SELECT name FROM sqlite_schema WHERE type='trigger'"):
            store.database.rows(f"DROP TRIGGER {name}")
    else:
        store.database.rows("SET session_replication_role = replica")
    for statement, *parameters in statements:
        store.database.rows(statement, *parameters)


@pytest.fixture
def three(store: TableStore) -> TableStore:
    """A record of three runs, the second one with a change of a cell and a row that goes."""
    store.commit(0, told(1, 10, "x"))
    place = ("Fees", "F-1-0")
    entries = (
        LedgerEntry("set", "firm.xlsx", 2, *place, "net", old=10, new=11, why="typed"),
        LedgerEntry("remove", "firm.xlsx", 2, "Fees", "F-1-1", cells={"net": "x"}),
    )
    rows = {place: {"net": 11}, ("Fees", "F-1-1"): None}
    store.commit(1, CommitChange(NOON, "Jon", entries, rows, bases={2: Snapshot()}))
    store.commit(2, told(3, True))
    return store


@every_database
def test_a_store_as_it_was_left_is_well(three: TableStore) -> None:
    assert bad(three) == []
    assert bad(three, frozenset({three.head()})) == []


@every_database
def test_the_ledger_refuses_to_be_changed(three: TableStore) -> None:
    for statement in ("UPDATE ledger SET why = 'x'", "DELETE FROM ledger"):
        with pytest.raises(Exception, match="only added to"):
            three.database.rows(statement)
    assert bad(three) == []


@every_database
@pytest.mark.parametrize("column", LEDGER)
@pytest.mark.parametrize("seq", [1, 3, 5], ids=["first", "middle", "last"])
def test_one_byte_of_the_ledger_is_noticed(three: TableStore, column: str, seq: int) -> None:
    mine = (three.record_id, seq)
    changed = "10 + seq" if column == "seq" else f"{column} + 1"
    if column not in {"seq", "run", "generation"}:
        [(text,)] = three.database.rows(
            f"SELECT {column} FROM ledger WHERE record_id = ? AND seq = ?", *mine
        )
        changed = f"'{text[:-1]}{chr(ord(text[-1:] or 'a') ^ 1)}'"
    tamper(
        three, (f"UPDATE ledger SET {column} = {changed} WHERE record_id = ? AND seq = ?", *mine)
    )
    assert any("ledger" in verdict.what for verdict in bad(three))


@every_database
def test_an_entry_of_another_record_is_noticed(three: TableStore) -> None:
    other = TableStore(three.database, f"{three.record_id}-other")
    other.commit(0, told(1, 10, "x"))
    assert next(iter(other.ledger())).entry == next(three.ledger()).entry
    [(theirs,)] = three.database.rows(
        "SELECT hash FROM ledger WHERE record_id = ? AND seq = 1", other.record_id
    )
    tamper(
        three,
        ("UPDATE ledger SET hash = ? WHERE record_id = ? AND seq = 1", theirs, three.record_id),
    )
    assert [verdict.what for verdict in bad(three)] == [
        "entry 1 of the ledger is not what was written"
    ]


@every_database
def test_a_ledger_that_was_cut_is_noticed(three: TableStore) -> None:
    head = three.head()
    mine = three.record_id
    tamper(three, ("DELETE FROM ledger WHERE record_id = ? AND seq = 5", mine))
    assert bad(three)[0].what == "the ledger should have 5 entries"
    before = list(three.ledger())[-1]
    tamper(three, ("UPDATE record SET seq = 4, head = ? WHERE record_id = ?", before.hash, mine))
    tamper(three, ("DELETE FROM record_row WHERE record_id = ? AND row_id = 'F-3-0'", mine))
    assert bad(three) == []
    assert "does not lead to the head" in bad(three, frozenset({head}))[0].what


@every_database
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE record_row SET cells = '{\"net\":12}' WHERE record_id = ? AND row_id = 'F-1-0'",
        "UPDATE record_row SET cells = 'torn' WHERE record_id = ? AND row_id = 'F-1-0'",
        "DELETE FROM record_row WHERE record_id = ? AND row_id = 'F-3-0'",
        "INSERT INTO record_row VALUES (?, 'Fees', 'F-9', 1, '{}')",
    ],
    ids=["changed", "torn", "lost", "invented"],
)
def test_rows_that_are_not_what_the_ledger_tells_are_written_anew(
    three: TableStore, damage: str
) -> None:
    before = three.load()
    tamper(three, (damage, three.record_id))
    assert [verdict.mends for verdict in bad(three)] == [True]
    assert repair(three) == ["2 rows written as the ledger tells them"]
    assert bad(three) == []
    assert three.load() == before
    assert list(three.load().record.rows["Fees"]) == list(before.record.rows["Fees"])
    assert repair(three) == []


@every_database
def test_a_generation_that_cannot_be_read_is_said_and_dropped(three: TableStore) -> None:
    tamper(
        three,
        ("UPDATE base SET body = ? WHERE record_id = ? AND generation = 2", b"x", three.record_id),
    )
    with pytest.raises(CannotRead, match="what generation 2 held is damaged"):
        three.base(2)
    assert [verdict.what for verdict in bad(three)] == ["every generation can be read: not 2"]
    assert repair(three) == ["generation 2 dropped: it cannot be read"]
    assert (bad(three), three.base(2)) == ([], None)
    assert three.base(1) is not None


@every_database
@pytest.mark.parametrize("column", ["furniture", "conflicts"])
def test_what_no_ledger_tells_is_said_and_not_mended(three: TableStore, column: str) -> None:
    tamper(three, (f"UPDATE record SET {column} = 'torn' WHERE record_id = ?", three.record_id))
    [verdict] = bad(three)
    assert (verdict.mends, "is damaged" in verdict.what) == (False, True)
    assert repair(three) == []


@every_database
def test_a_broken_ledger_is_not_mended(three: TableStore) -> None:
    changed = "UPDATE ledger SET cells = '{\"net\":99}' WHERE record_id = ? AND seq = 5"
    tamper(three, (changed, three.record_id))
    before = three.load()
    assert repair(three) == []
    assert three.load() == before


@every_database
@pytest.mark.parametrize("to", DATABASES)
def test_a_record_arrives_whole_in_another_store(
    three: TableStore, to: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    second = "second_database"
    url = request.getfixturevalue(second) if to == "postgres" else f"sqlite:{tmp_path / 'b.db'}"
    with closing(open_store(url, three.record_id)) as other:
        assert copy_record(three, other) == 5
        assert other.load() == three.load()
        assert list(other.ledger()) == list(three.ledger())
        assert [other.base(n) for n in range(5)] == [three.base(n) for n in range(5)]
        assert bad(other, frozenset({three.head()})) == []
        assert other.commit(3, told(4, 1)) == three.commit(3, told(4, 1))
        assert other.head() == three.head()
        with pytest.raises(CannotWrite, match="already holds the record"):
            copy_record(three, other)


@every_database
def test_a_damaged_record_does_not_arrive(three: TableStore, tmp_path: Path) -> None:
    tamper(three, ("UPDATE ledger SET why = 'x' WHERE record_id = ? AND seq = 2", three.record_id))
    with closing(open_store(f"sqlite:{tmp_path / 'b.db'}", three.record_id)) as other:
        with pytest.raises(CannotRead, match="entry 2 of the ledger"):
            copy_record(three, other)
        assert other.load().run == 0
        assert copy_record(three, other, check=False) == 5


MASKS = (0x11, 0x80, 0xFF, 0x01)
"""What is turned over in a byte: letters become others, ends of texts, or no letters at all."""
STRIDE = 7 if EFFORT == "long" else 61


def test_a_byte_turned_over_changes_no_row_no_base_and_no_entry_unseen(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with closing(open_store(f"sqlite:{path}", "R-1")) as store:
        store.commit(0, told(1, 10, "x", "y" * 9000))
        before = store.load().record.rows, list(store.ledger()), store.base(1)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    good = path.read_bytes()
    found = 0
    for number, at in enumerate([*range(100), *range(100, len(good), STRIDE)]):
        turned = good[at] ^ MASKS[number % len(MASKS)]
        path.write_bytes(good[:at] + bytes([turned]) + good[at + 1 :])
        told_now = looked_at(path)
        assert told_now in (None, before)
        found += told_now is None
    assert found > 50


def looked_at(path: Path) -> object:
    """Return what a store tells, None when it says that it is damaged."""
    try:
        with closing(TableStore(SqliteDatabase(path, wait=0.1), "R-1")) as store:
            told_now = store.load().record.rows, list(store.ledger()), store.base(1)
            return None if bad(store) else told_now
    except (CannotRead, TooNew):
        return None
