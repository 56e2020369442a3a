"""When a sync has nothing to do, that is told early; and never when it had anything to say."""

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from conftest import confirmed
from sheetrecord.app.settings.places import DeclaredCopy, StoreAt
from sheetrecord.app.sync.named_copies import NamedCopies
from sheetrecord.app.sync.open_store import working
from sheetrecord.app.sync.up_to_date import nothing_to_do
from sheetrecord.cli import fast_sync
from sheetrecord.core.sync.store_protocol import CommitChange, LedgerEntry
from sheetrecord.model.errors import SheetRecordError
from synced.office import Office, firm

NOW = dt.datetime.now(dt.UTC)


def at_rest(office: Office) -> bool:
    targets = office.targets()
    return nothing_to_do(
        NamedCopies(targets.copies, targets.declared), StoreAt(record=office.record)
    )


def committed(office: Office, change: CommitChange) -> None:
    with working(office.known()) as store:
        store.commit(store.load().run, change)


def executed(office: Office, statement: str) -> None:
    with closing(sqlite3.connect(store_of(office))) as store:
        store.execute(statement)
        store.commit()


def store_of(office: Office) -> Path:
    return next(office.state.rglob(f"{office.record}.db"))


def both_typed(office: Office) -> None:
    office.type(office.office, 4, note="one")
    office.type(office.ana, 4, note="other")
    office.sync()


def one_synced(office: Office) -> None:
    office.type(office.office, 4, note="one")
    office.sync(office.office)


def saved_again(office: Office) -> None:
    os.utime(office.ana, (1, 1))


def waits(office: Office) -> None:
    state = office.stored().copies[str(office.ana)]
    committed(office, CommitChange(NOW, "", copies=(state._replace(note="waiting for Ana"),)))


STATES: dict[str, Callable[[Office], object]] = {
    "somebody typed": lambda office: office.type(office.ana, 4, note="typed"),
    "another program saved the same bytes": saved_again,
    "a conflict stands": both_typed,
    "a problem stands": lambda office: committed(office, CommitChange(NOW, "", problems=("A: b",))),
    "a copy waits": waits,
    "a copy lacks what another brought": one_synced,
    "a copy is away": lambda office: office.ana.unlink(),
    "a copy is empty": lambda office: office.ana.write_bytes(b""),
    "a copy is beside another": lambda office: shutil.copyfile(
        office.ana, office.folder / "ana (1).xlsx"
    ),
    "the store is gone": lambda office: shutil.rmtree(office.state),
    "the store is damaged": lambda office: store_of(office).write_bytes(b"no database" * 99),
    "a row was changed in the database": lambda office: executed(
        office, "UPDATE record_row SET cells = '{}' WHERE sheet = 'Fees'"
    ),
    "settings cannot be read": lambda office: executed(office, "UPDATE record SET furniture = '['"),
    "the clock went back": lambda office: committed(
        office,
        CommitChange(NOW + dt.timedelta(days=9), "", entries=(LedgerEntry("run", why="later"),)),
    ),
    "a copy is new": lambda office: office.paths.append(
        Path(shutil.copyfile(office.ana, office.folder / "ben.xlsx"))
    ),
}


def test_after_a_sync_there_is_nothing_to_do_and_nothing_is_written(office: Office) -> None:
    at_rest(office)  # a backup is made once a day
    before = {path: path.read_bytes() for path in office.folder.rglob("*") if path.is_file()}
    assert at_rest(office)
    after = {path: path.read_bytes() for path in office.folder.rglob("*") if path.is_file()}
    assert after == before
    office.sync()  # whoever plays says the same: see `conftest`


@pytest.mark.parametrize("state", STATES)
def test_whatever_else_is_so_a_sync_has_to_tell(office: Office, state: str) -> None:
    assert at_rest(office)
    STATES[state](office)
    with suppress(SheetRecordError):  # the sync says it
        assert not at_rest(office)


def test_a_look_makes_no_store(office: Office) -> None:
    shutil.rmtree(office.state)
    assert not at_rest(office)
    assert not office.state.exists()


def test_without_copies_nobody_knows(office: Office) -> None:
    assert not nothing_to_do(NamedCopies((), ()), StoreAt(record=office.known().record))


def test_a_copy_that_is_not_declared_is_no_copy_of_the_declared_record(office: Office) -> None:
    copies = office.targets().copies
    declared = (DeclaredCopy("ben", str(office.folder / "ben.xlsx")),)
    assert not nothing_to_do(NamedCopies(copies, declared), StoreAt(record=office.record))


def test_what_is_typed_and_what_is_said(
    tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_sync, "run", still_run)
    for name in ("a", "b"):
        (tmp_path / f"{name}.xlsx").write_bytes(firm())
    assert fast_sync.answer(["a.xlsx", "b.xlsx"]) is None
    run("sync", "a.xlsx", "b.xlsx")
    told = fast_sync.answer(["a.xlsx", "b.xlsx"])
    assert told == "2 copies, nothing new. Nothing to do."
    quick, whole = (run("sync", *more, "a.xlsx", "b.xlsx") for more in ((), ("--by", "Mara")))
    assert (quick.code, quick.out, quick.err) == (0, f"{told}\n", "")
    assert (whole.code, whole.out, whole.err) == (0, f"{told}\n", "")
    one = run("sync", "a.xlsx")
    assert (one.code, one.out) == (0, "1 copy, nothing new. Nothing to do.\n")
    settings = tmp_path / "sheetrecord.toml"
    settings.write_text('[copies.a]\npath = "a.xlsx"\n[copies.b]\npath = "b.xlsx"\n', "utf-8")
    assert fast_sync.answer([]) is None  # nobody has vouched for these settings
    confirmed(settings)
    assert fast_sync.answer([]) == told
    assert run("sync").out == quick.out


still_run = fast_sync.run
