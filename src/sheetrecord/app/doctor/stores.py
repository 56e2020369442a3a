"""Check the stores of records, and repair what their ledgers can restore."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from sheetrecord.app.doctor.check import Sign
from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import store_at
from sheetrecord.files.state_folder import state_folder, state_path
from sheetrecord.model.errors import CannotRead, SheetRecordError, Unconfirmed
from sheetrecord.stores.columns import read
from sheetrecord.stores.connect import open_database, open_store, sqlite_path
from sheetrecord.stores.database import Database
from sheetrecord.stores.sqlite import SqliteDatabase, broken_locks
from sheetrecord.stores.sqlite_backup import back_up, backed_up_at, backups, restore
from sheetrecord.stores.statements import RECORDS
from sheetrecord.stores.tables import TableStore
from sheetrecord.stores.transfer import copy_record
from sheetrecord.stores.verify import leads_to, repair, verify, verify_database

_OLD: Final = dt.timedelta(days=31)
_STAMP: Final = "%Y%m%dT%H%M%S"


def store_urls(config: Config) -> list[str]:
    """Return the store that the settings name, and every store in the user's state folder.

    Raises Unconfirmed for a store in settings that nobody has confirmed.
    """
    return [url for url in (store_at(config).url, *_own()) if url]


def _own() -> list[str]:
    try:
        folder = Path(state_path("records"))
    except SheetRecordError:  # `examine` says that there is no such folder
        return []
    return [f"sqlite:{path}" for path in sorted({*folder.glob("*.db"), *_missing(folder)})]


def _missing(folder: Path) -> Iterator[Path]:
    """Yield the stores that are not there and of which there are backups."""
    for kept in (folder / "backups").glob("*.db"):
        path = folder / kept.name
        if not path.exists() and backups(path):
            yield path


def examine_stores(config: Config, *, mend: bool = False, head: str = "") -> Iterator[Sign]:
    """Yield the results for each store. With ``mend``, back up and repair first.

    ``head`` is a ledger hash noted elsewhere (a page, a mail): one record's ledger must contain it.
    """
    met = False
    try:
        urls = store_urls(config)
    except Unconfirmed as error:
        yield Sign(error.message.removesuffix(" Nothing was done."), well=False, do=error.do)
        urls = _own()
    for url in urls:
        if mend:
            yield from _mended(url)
        try:
            _refuse_missing(url)
            with closing(open_database(url, wait=10)) as database:
                met |= bool(head) and any(leads_to(one, head) for one in _records(database))
                yield from _store(database)
        except SheetRecordError as error:
            yield Sign(error.message, well=False, do=error.do)
    if head:
        do = "A ledger was cut or written anew since: go back to a backup made before."
        yield Sign(f"a record leads to the head {head[:12]}", met, do)


def _refuse_missing(url: str) -> None:
    """Raise CannotRead for a store that is not there and has backups: to open it would make one."""
    path = sqlite_path(url) if url.startswith("sqlite:") else None
    if path is not None and not path.exists() and backups(path):
        why = f"the store is not there; {len(backups(path))} backups of it are."
        do = "Run `sheetrecord doctor --repair`: it goes back to the newest good one."
        raise CannotRead(path, why, do, reason="damaged")


def _records(database: Database) -> Iterator[TableStore]:
    for (record,) in database.rows(RECORDS):
        yield TableStore(database, read(record))


def _store(database: Database) -> Iterator[Sign]:
    """Look at one store that could be opened."""
    stores = list(_records(database))
    counted = "1 record" if len(stores) == 1 else f"{len(stores)} records"
    yield Sign(f"store {database.where}: can be reached, {counted}", well=True)
    pages = verify_database(database)
    if not pages.well:
        yield Sign(f"store {database.where}: {pages.what}", well=False, do=pages.do)
    for store in stores:
        verdicts = list(verify(store))
        for verdict in verdicts:
            if not verdict.well:
                yield Sign(f"record {store.record_id}: {verdict.what}", well=False, do=verdict.do)
        if all(verdict.well for verdict in verdicts):
            state = store.state()
            told = f"{state.seq} entries in its ledger, head {state.head[:12] or 'none'}"
            yield Sign(f"record {store.record_id}: whole after run {state.run}, {told}", well=True)
    if isinstance(database, SqliteDatabase):
        yield from _locks(database)
        yield _backups(database)
    else:
        yield _disk(database)


def _locks(database: SqliteDatabase) -> Iterator[Sign]:
    for lock in broken_locks(database.path):
        what = f"lock file {lock}: damaged, so that no sync of its record can begin"
        yield Sign(what, well=False, do="Run `sheetrecord doctor --repair`, or delete that file.")


def _backups(database: SqliteDatabase) -> Sign:
    kept = backups(database.path)
    if not kept:
        return Sign(f"store {database.where}: no backup yet; one is made every day of use", None)
    made = backed_up_at(kept[0])
    age = dt.datetime.now(dt.UTC) - made
    many = f"{len(kept)} backup{'' if len(kept) == 1 else 's'}"
    what = f"store {database.where}: {many}, the newest from {_days(age, made)}"
    return Sign(what, None, "It is old; the next sync makes one." if age > _OLD else "")


def _days(age: dt.timedelta, made: dt.datetime) -> str:
    if age < dt.timedelta():
        return f"{made.date()}, a day to come: a clock was wrong then, or is now"
    return {0: "today", 1: "yesterday"}.get(age.days, f"{age.days} days ago")


def _disk(database: Database) -> Sign:
    """Ask a server whether it waits for its disk; its backups are made with its own tools."""
    waits = database.rows("SHOW fsync") == [("on",)]
    what = "waits" if waits else "does not wait"
    do = "Set fsync = on in postgresql.conf: a power cut can destroy the store."
    return Sign(f"store {database.where}: the server {what} for its disk", waits, do)


def _mended(url: str) -> Iterator[Sign]:
    """Put a store right and say what was done; a file that cannot be read gives way to a backup."""
    try:
        yield from _mend_records(url)
    except CannotRead as error:
        if error.reason != "damaged" or not url.startswith("sqlite:"):
            return  # what is wrong is told by the look that follows
        try:
            used, aside = restore(sqlite_path(url))
        except SheetRecordError:
            return
        kept = f"; it is kept as {aside}" if aside.exists() else ""
        yield Sign(f"{error.message} It was put back from {used}{kept}", None)
    except SheetRecordError:
        return


def _mend_records(url: str) -> Iterator[Sign]:
    _refuse_missing(url)
    with closing(open_database(url, wait=10)) as database:
        for lock in broken_locks(database.path) if isinstance(database, SqliteDatabase) else ():
            lock.unlink(missing_ok=True)
            yield Sign(f"lock file {lock}: it was damaged, nobody held it, and was deleted", None)
        for store in _records(database):
            if not any(verdict.mends and not verdict.well for verdict in verify(store)):
                continue
            kept = _keep(store)
            for done in repair(store):
                yield Sign(f"record {store.record_id}: {done}. As it was: {kept}", None)


def _keep(store: TableStore) -> Path:
    """Keep a record as it is now, before it is mended."""
    if isinstance(store.database, SqliteDatabase):
        return back_up(store.database)
    stamp = dt.datetime.now(dt.UTC).strftime(_STAMP)
    path = Path(state_folder("backups"), f"{store.record_id}-{stamp}.db")
    with closing(open_store(f"sqlite:{path}", store.record_id)) as copy:
        copy_record(store, copy, check=False)
    return path
