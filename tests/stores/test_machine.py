"""A store lives through anything in any order and goes on telling what the model tells."""

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from effort import examples
from sheetrecord.core.sync.store_protocol import CommitChange, LedgerEntry
from sheetrecord.model.errors import ChangedElsewhere
from sheetrecord.stores import MemoryStore, TableStore, open_store
from sheetrecord.stores.transfer import copy_record
from sheetrecord.stores.verify import repair, verify
from stores.changes import CHANGE, KEY, ROW, ROW_ID, SHEET
from stores.test_conformance import seen

_numbers = itertools.count()

ENTRIES = st.lists(
    st.tuples(st.sampled_from(["set", "add", "remove"]), SHEET.filter(bool), ROW_ID, KEY, ROW),
    max_size=5,
)


def consistent(
    change: CommitChange, acts: list[tuple[Any, ...]], held: dict[Any, Any]
) -> CommitChange:
    """Return a change whose rows are what its entries tell, as the engine commits them."""
    rows: dict[Any, Any] = {}
    entries = []
    now = dict(held)
    for kind, sheet, row_id, key, cells in acts:
        place = (sheet, row_id)
        row = {k: v for k, v in cells.items() if v is not None}
        if kind == "remove" and place in now:
            entries.append(LedgerEntry("remove", "a.xlsx", 1, *place, cells=now.pop(place)))
            rows[place] = None
        elif kind == "add" and place not in now:
            entries.append(LedgerEntry("add", "a.xlsx", 1, *place, cells=row))
            rows[place] = now[place] = row
        elif kind == "set" and place in now:
            old, new = now[place].get(key), row.get(key)
            entries.append(LedgerEntry("set", "a.xlsx", 1, *place, key, old, new))
            kept = {k: v for k, v in now[place].items() if k != key}
            rows[place] = now[place] = kept if new is None else {**kept, key: new}
    return change._replace(entries=tuple(entries), rows=rows)


class Machine(RuleBasedStateMachine):
    """One record in a database beside the same one in memory."""

    address = ""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.number = f"M-{next(_numbers)}"

    @initialize()
    def begin(self) -> None:
        self.url = self.address or f"sqlite:{self.folder.name}/record.db"
        self.store: TableStore = open_store(self.url, self.number, keep=3)
        self.model = MemoryStore(self.number, keep=3)

    @rule(change=CHANGE, acts=ENTRIES)
    def commit(self, change: CommitChange, acts: list[tuple[Any, ...]]) -> None:
        held = self.model.load()
        now = {(s, i): row for s, rows in held.record.rows.items() for i, row in rows.items()}
        change = consistent(change, acts, now)
        assert self.store.commit(held.run, change) == self.model.commit(held.run, change)

    @rule(change=CHANGE, late=st.sampled_from([-1, 1]))
    def commit_too_late(self, change: CommitChange, late: int) -> None:
        for one in (self.store, self.model):
            with pytest.raises(ChangedElsewhere):
                one.commit(self.model.load().run + late, change)

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = open_store(self.url, self.number, keep=3)

    @rule()
    def hold(self) -> None:
        with self.store.lock():
            assert self.store.load() == self.model.load()

    @rule()
    def repair_what_is_whole(self) -> None:
        assert repair(self.store) == []

    @rule()
    @precondition(lambda self: self.model.load().record.rows)
    def lose_rows_and_repair(self) -> None:
        self.store.database.rows("DELETE FROM record_row WHERE record_id = ?", self.number)
        assert [done.split()[1] for done in repair(self.store)] == ["rows"]
        self.model = _sorted_as(self.model, self.store)

    @rule()
    @precondition(lambda self: self.model.load().run)
    def move(self) -> None:
        url = f"sqlite:{self.folder.name}/{next(_numbers)}.db"
        other = open_store(url, self.number, keep=3)
        copy_record(self.store, other)
        self.store.close()
        self.store, self.url = other, url

    @invariant()
    def tells_the_same(self) -> None:
        assert seen(self.store) == seen(self.model)
        assert [verdict.what for verdict in verify(self.store) if not verdict.well] == []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


def _sorted_as(model: MemoryStore, store: TableStore) -> MemoryStore:
    """Return the model with its rows in the store's order: a repair puts sheets one by one."""
    found = store.load().record.rows
    assert found == model.load().record.rows
    model._rows = {(sheet, i): row for sheet, rows in found.items() for i, row in rows.items()}
    return model


SETTINGS = settings(examples(25), stateful_step_count=12)


def test_sqlite_is_the_model() -> None:
    run_state_machine_as_test(Machine, settings=SETTINGS)


@pytest.mark.postgres
def test_postgres_is_the_model(postgres: str) -> None:
    class OnServer(Machine):
        address = postgres

    run_state_machine_as_test(OnServer, settings=SETTINGS)


def test_the_machine_makes_what_it_should(tmp_path: Path) -> None:
    """The engine's commits: rows are what the entries tell."""
    acts = [("add", "Fees", "F-1", "net", {"net": 1}), ("set", "Fees", "F-1", "net", {})]
    change = consistent(CommitChange(None, ""), acts, {})  # type: ignore[arg-type]
    assert change.rows == {("Fees", "F-1"): {}}
    assert [entry.kind for entry in change.entries] == ["add", "set"]
