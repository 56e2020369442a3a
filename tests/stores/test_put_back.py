"""A database, copies, or all of them put back from a backup: nothing is lost, and each is said.

Every combination of what is put back, after one sync and after several, with a database of each
kind and the backup that belongs to it; the copies are those of the simulated office.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sheetrecord.core.sync.engine import RunReport
from sheetrecord.core.sync.store_protocol import CommitChange, LedgerEntry, Snapshot, Stored
from sheetrecord.stores import open_store
from stores.backups import Kind, postgres, sqlite
from sync.laws import settle
from sync.memory import Memory
from sync.office import NAMES, Office
from sync.shelf import Token, Version
from sync.test_guards import types
from sync.test_rules import ONE, THREE, drop, edit, shown

STORE = "store"
COMBINATIONS = [
    frozenset(some)
    for count in range(len(NAMES) + 2)
    for some in combinations((STORE, *NAMES), count)
]
"""What is put back: nothing, the store, copies, both; all four are a machine."""

GENERATIONS = {"after the first sync": 0, "after some more": 3}
KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


class Database:
    """What the office asks of a store, answered by a real one."""

    def __init__(self, url: str) -> None:
        self.store: Any = open_store(url, "R-1")
        self._stored: Stored | None = None

    @property
    def stored(self) -> Stored:
        if self._stored is None:
            self._stored = self.store.load()
        return self._stored

    @property
    def entries(self) -> list[LedgerEntry]:
        return [one.entry for one in self.store.ledger()]

    def load(self) -> Stored:
        return self.stored

    def base(self, generation: int) -> Snapshot | None:
        found: Snapshot | None = self.store.base(generation)
        return found

    def mark(self, generation: int) -> str:
        return str(self.store.mark(generation))

    def commit(self, expecting: int, change: CommitChange) -> int:
        self._stored = None
        return int(self.store.commit(expecting, change))

    def tokens(self) -> Iterator[Token]:
        memory = Memory()
        memory.stored = self.stored
        return memory.tokens()

    def close(self) -> None:
        self.store.close()


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Kind:
    if request.param == "sqlite":
        return sqlite(tmp_path)
    return postgres(request.getfixturevalue("postgres"))


class Moment(NamedTuple):
    """What was kept at one moment: a backup of the store, and the files."""

    store: Path
    files: Mapping[str, Version]


class World:
    """An office whose store is a real database, and moments to which it can be put back."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self.moments: list[Moment] = []
        self.office = Office()
        self._open()

    def _open(self) -> None:
        self.office.store = self.database = Database(self.kind.url)  # type: ignore[assignment]

    def keep(self) -> Moment:
        """Keep a backup of everything; the database is closed as every sync leaves it."""
        self.database.close()
        backup = self.folder / f"backup-{len(self.moments)}"
        self.kind.back_up(backup)
        self._open()
        self.moments.append(Moment(backup, dict(self.office.files)))
        return self.moments[-1]

    def at(self, store: Moment, files: Mapping[str, Version]) -> Office:
        """Return an office of a store of one moment and of files of any."""
        self.database.close()
        self.kind.put_back(store.store)
        known = self.office.known
        self.office = Office()
        self.office.known |= known
        self.office.files = dict(files)
        self._open()
        return self.office


def synced(office: Office) -> RunReport:
    """Let a sync come to its end."""
    office.start()
    report = None
    while report is None:
        report = office.answer()
    return report


def standing(office: Office) -> set[Token]:
    """Every value that stands in a copy, in the record or in a conflict."""
    copies = {token for version in office.files.values() for token in version.tokens()}
    return copies | set(office.store.tokens())


@pytest.mark.parametrize("syncs", GENERATIONS.values(), ids=GENERATIONS)
def test_whatever_is_put_back_nothing_is_lost_and_each_is_said(
    kind: Kind, syncs: int, tmp_path: Path
) -> None:
    world = World(kind, tmp_path)
    synced(world.office)
    for number in range(syncs):
        types(world.office, NAMES[number % 3], 1, f"before {number}", "description")
        synced(world.office)
    then = world.keep()
    types(world.office, "anna", 0, "lost time, anna")
    types(world.office, "ben", 1, "lost time, ben")
    edit(world.office, "cleo", drop(2))
    synced(world.office)
    now = world.keep()
    for some in COMBINATIONS:
        files = {name: (then if name in some else now).files[name] for name in NAMES}
        office = world.at(then if STORE in some else now, files)
        try:
            _holds(office, some)
        except AssertionError as wrong:
            raise AssertionError(f"put back: {', '.join(sorted(some)) or 'nothing'}") from wrong
    world.database.close()


def _holds(office: Office, some: frozenset[str]) -> None:
    seen = shown(office, "anna", ONE).get("note")
    if STORE not in some:  # it knows that this row was deleted, by somebody who saw it
        office.displaced |= {("description", "three"), ("note", "as agreed")}
    wanted = standing(office) - office.displaced - {("note", seen)}  # seen by who types over it
    types(office, "anna", 0, "typed since, anna")
    types(office, "cleo", 1, "typed since, cleo", "invoice_no")
    wanted |= {("note", "typed since, anna"), ("invoice_no", "typed since, cleo")}
    report = synced(office)
    back, here = set(NAMES) & some, set(NAMES) - some
    assert {one.name for one in report.unknown} == (here if STORE in some else set())
    assert {one.name for one in report.older} == (set() if STORE in some else back)
    settle(office)
    kept = set(office.store.tokens())
    assert wanted <= kept, f"lost: {sorted(map(str, wanted - kept))}"
    gone = [one for one in office.store.stored.conflicts if (one.row_id, one.key) == (THREE, "")]
    rows = office.store.stored.record.rows["Fees"]
    assert (THREE in rows) == (STORE in some)
    assert bool(gone) == (STORE in some and bool(here))
