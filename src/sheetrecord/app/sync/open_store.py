"""Find the record that copies belong to, and open its store for writing or reading."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.settings.places import StoreAt
from sheetrecord.app.sync.foreign_workbooks import shared
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.store_protocol import RecordStore, Rows, Stored
from sheetrecord.files.os_errors import refusal
from sheetrecord.files.state_folder import state_folder, state_path
from sheetrecord.formats.stamp import stamp_of
from sheetrecord.model.address import shown_address
from sheetrecord.model.errors import BadSettings, SheetRecordError
from sheetrecord.schema.read.parse import parse
from sheetrecord.stores.connect import (
    default_store,
    look_into,
    open_database,
    open_store,
    sqlite_path,
)
from sheetrecord.stores.memory import MemoryStore
from sheetrecord.stores.sqlite_backup import backed_up_at, backups, refuse_emptied
from sheetrecord.stores.sqlite_peek import copy_as_it_is
from sheetrecord.stores.statements import RECORDS
from sheetrecord.stores.tables import TableStore
from sheetrecord.workbooks.kinds import book_at, stands

_SQLITE: Final = "sqlite:"


class KnownRecord(NamedTuple):
    """A record: its id, the URL of its store, and whether it is new.

    ``before`` are copies of other records that stood where this new one begins, by path.
    """

    record: str
    url: str
    new: bool
    before: Mapping[str, str] = {}


def find_record(copies: Iterable[str], at: StoreAt) -> KnownRecord:
    """Return the record that copies belong to; the first stamp that one of them carries decides.

    Copies without any stamp are known by their paths, if what they say is the record's too: a
    folder may have been emptied and filled anew. Raises BadSettings when a store holds several
    records and nothing says which.
    """
    paths = list(copies)
    record = at.record or next(filter(None, map(stamped, paths)), "")
    if record:
        return KnownRecord(record, at.url or default_store(record), new=False)
    if at.url:
        return _only_record(at)
    before: dict[str, str] = {}
    for record, url in _default_stores():
        stored = _stored(url, record)
        stood = [path for path in paths if path in stored.copies]
        if any(_says_the_same(path, stored.record.rows) for path in stood):
            return KnownRecord(record, url, new=False)
        before |= {path: record for path in stood if stands(path)}
        if stood and not before:
            return KnownRecord(record, url, new=False)  # nothing is there now: it is asked about
    record = os.urandom(8).hex()
    return KnownRecord(record, default_store(record), new=True, before=before)


def find_stranger(copies: Iterable[str], at: StoreAt) -> KnownRecord:
    """Return the record named by the copies' own stamps, whatever else the store holds."""
    paths = list(copies)
    record = next(filter(None, map(stamped, paths)), "")
    if record:
        return KnownRecord(record, at.url or default_store(record), new=False)
    return find_record(paths, StoreAt())


def stamped(address: str) -> str:
    """Return the record id in a copy's stamp; "" for none or an unreadable copy."""
    try:
        return stamp_of(book_at(address)).record
    except (SheetRecordError, OSError):
        return ""


def _says_the_same(address: str, rows: Rows) -> bool:
    """Tell whether a copy without a stamp says what a record does; so does one nobody can read."""
    try:
        book = book_at(address)
        return shared(Side(book, parse(book, dt.datetime.now().astimezone().date())), rows).alike
    except (SheetRecordError, OSError):
        return stands(address)


def _only_record(at: StoreAt) -> KnownRecord:
    with glanced(at.url) as store:
        found = [row[0] for row in store.database.rows(RECORDS)] if store else []
    if len(found) > 1:
        raise BadSettings(
            f"[store] {shown_address(at.url)}",
            f"it holds {len(found)} records, and none of the copies says which is theirs.",
            f'Write record = "{found[0]}" (or another of them) below [store].',
        )
    if found:
        return KnownRecord(found[0], at.url, new=False)
    return KnownRecord(os.urandom(8).hex(), at.url, new=True)


def _default_stores() -> Iterator[tuple[str, str]]:
    folder = Path(state_path("records"))
    if folder.is_dir():
        for path in sorted(folder.glob("*.db")):
            yield path.stem, f"{_SQLITE}{path}"


def _stored(url: str, record: str) -> Stored:
    with glanced(url, record) as store:
        return store.load() if store else Stored()


def offer(url: str) -> str:
    """Say what can be done instead of beginning anew with a store of which backups are kept."""
    kept = backups(sqlite_path(url)) if url.startswith(_SQLITE) else []
    if not kept:
        return ""
    made = backed_up_at(kept[0]).astimezone().strftime("%Y-%m-%d %H:%M")
    return (
        f"A backup of the lost store from {made} is there: to go on from it instead, delete "
        f"{sqlite_path(url)} and run `sheetrecord doctor --repair`."
    )


@contextmanager
def working(known: KnownRecord) -> Iterator[RecordStore]:
    """Open a record's store and lock it for a run; another run is waited for."""
    if known.url.startswith(_SQLITE):
        _make(sqlite_path(known.url).parent)
    store = open_store(known.url, known.record)
    try:
        with store.lock():
            yield store
    finally:
        store.close()


def _make(folder: Path) -> None:
    if folder == Path(state_path("records")):
        state_folder("records")
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(folder, error) from error


@contextmanager
def looking(known: KnownRecord) -> Iterator[RecordStore]:
    """Open a record's store for reading; nothing done with it is written."""
    with glanced(known.url, known.record) as store:
        yield MemoryStore(known.record, store)


@contextmanager
def glanced(url: str, record: str = "") -> Iterator[TableStore | None]:
    """Yield a store that changes nothing at ``url``; None when there is none.

    Even to open a SQLite file makes files beside it, so a copy of it is opened.
    """
    if not url.startswith(_SQLITE):
        database = look_into(url)
        try:
            yield TableStore(database, record) if database else None
        finally:
            if database:
                database.close()
        return
    path = sqlite_path(url)
    if not path.is_file():
        yield None
        return
    refuse_emptied(path)
    from tempfile import TemporaryDirectory  # for --plan alone

    with TemporaryDirectory(prefix="sheetrecord-") as folder:
        copy = Path(folder, path.name)
        copy_as_it_is(path, copy)
        store = TableStore(open_database(f"{_SQLITE}{copy}"), record)
        try:
            yield store
        finally:
            store.close()
