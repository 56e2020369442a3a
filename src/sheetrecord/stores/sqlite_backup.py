"""Backups of a SQLite store: verified, rotated, and restored when the store is damaged."""

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sheetrecord.files.leftovers import serial
from sheetrecord.files.os_errors import refusal as file_refusal
from sheetrecord.model.errors import CannotRead, CannotWrite, SheetRecordError
from sheetrecord.stores import statements as sql
from sheetrecord.stores.columns import read
from sheetrecord.stores.sqlite import SqliteDatabase
from sheetrecord.stores.sqlite_refusal import refusing
from sheetrecord.stores.tables import TableStore

KEEP: Final = 10
"""How many backups of a store are kept."""

EVERY: Final = 86_400
"""Seconds after which a store that changed is backed up by itself."""

_GAP: Final = 1_000_000
_RUNS: Final = "SELECT record_id, run FROM record ORDER BY record_id"
_STAMP: Final = "%Y%m%dT%H%M%S.%fZ"


def backups(path: Path) -> list[Path]:
    """Return the backups of a store, the newest first."""
    return sorted(_folder(path).glob("*.db"), reverse=True)


def backed_up_at(backup: Path) -> datetime:
    """Return the time of a backup (UTC), from its name."""
    return datetime.strptime(backup.stem, _STAMP).replace(tzinfo=UTC)


def back_up(database: SqliteDatabase, keep: int = KEEP) -> Path:
    """Copy one snapshot of the store, verify the copy, and delete the oldest backups.

    Other readers and writers continue meanwhile. Raises CannotRead when the copy fails
    verification, that is, when the store itself is damaged; no older backup is deleted then.
    """
    folder = _folder(database.path)
    draft = folder / f"{serial()}.tmp"
    try:
        folder.mkdir(mode=0o700, exist_ok=True, parents=True)
        draft.touch(mode=0o600)
        database.copy_to(draft)
        _check(draft)
        final = folder / f"{_next(database.path).strftime(_STAMP)}.db"
        draft.replace(final)
    except OSError as error:
        raise file_refusal(folder, error) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    for old in backups(database.path)[keep:]:
        with suppress(OSError):
            old.unlink()
    return final


def _fresh(backup: Path) -> bool:
    """Tell whether a backup is not a day old; one of a time to come was made by a wrong clock."""
    now = time.time()
    written = now - backup.stat().st_mtime
    return now - backed_up_at(backup).timestamp() < EVERY and 0 <= written < EVERY


def _next(path: Path) -> datetime:
    """Return the moment that names the next backup: after all others, whatever the clock says."""
    now = datetime.now(UTC)
    newest = next(iter(backups(path)), None)
    return max(now, backed_up_at(newest) + timedelta(seconds=1)) if newest else now


def back_up_when_due(database: SqliteDatabase) -> None:
    """Back the store up if it changed since the last backup and that is a day old.

    A folder that cannot be written does not stop the run: `doctor` reports the age of backups.
    """
    newest = next(iter(backups(database.path)), None)
    if newest and _fresh(newest):
        return
    runs = database.rows(_RUNS)
    if runs and runs != _runs_of(newest):
        with suppress(CannotWrite):
            back_up(database)


def restore(path: Path) -> tuple[Path, Path]:
    """Replace a damaged store by its newest backup; the damaged file is set aside.

    Returns the paths of the backup and of the damaged store. Generations given out after the backup
    are unknown from then on, and their numbers are not given again, so that no copy is compared
    with a baseline of another. Raises CannotRead when there is no backup.
    """
    for backup in backups(path):
        with suppress(SheetRecordError):
            _check(backup)
            return backup, _put_back(backup, path)
    why = "the store is damaged and no good backup of it is there."
    do = "Move it away and sync again: nothing is deleted, differences become questions."
    raise CannotRead(path, why, do, reason="damaged")


def refuse_emptied(path: Path) -> None:
    """Raise CannotRead for a store of zero bytes that has backups: it was emptied."""
    newest = next(iter(backups(path)), None)
    if newest is not None and path.is_file() and not path.stat().st_size:
        made = backed_up_at(newest).astimezone().strftime("%Y-%m-%d %H:%M")
        why = f"the store is empty (0 bytes), and a backup of it from {made} is there."
        do = "Run `sheetrecord doctor --repair`: it goes back to the newest good backup."
        raise CannotRead(path, why, do, reason="damaged")


def _put_back(backup: Path, path: Path) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC).strftime(_STAMP)}")
    draft = path.with_name(f"{path.name}.{serial()}.tmp")
    with refusing(str(draft)), closing(sqlite3.connect(backup)) as good:
        draft.touch(mode=0o600)
        with closing(sqlite3.connect(draft)) as copy:
            good.backup(copy)
            copy.execute("UPDATE record SET last_generation = last_generation + ?", (_GAP,))
            copy.commit()
    try:
        _keep_aside(path, aside)
        draft.replace(path)
    except OSError as error:
        raise file_refusal(path, error) from error
    return aside


def _keep_aside(path: Path, aside: Path) -> None:
    """Keep the damaged file under another name too; its log goes, or it would be applied.

    The store's own name never is without a file: an empty store would begin anew.
    """
    if not path.exists():
        return
    try:
        os.link(path, aside)
    except OSError:  # a disk without second names
        shutil.copyfile(path, aside)
    for end in ("-wal", "-shm"):
        log = Path(f"{path}{end}")
        if log.exists():
            log.replace(f"{aside}{end}")


def _check(path: Path) -> None:
    """Raise CannotRead unless a copy is whole, down to each ledger's chain.

    The copy becomes one file without a write-ahead log beside it.
    """
    from sheetrecord.stores.verify import verify_chain, verify_database  # once a day

    database = SqliteDatabase(path)
    try:
        database.rows("PRAGMA journal_mode = DELETE")
        found = [verify_database(database)]
        for (record,) in database.rows(sql.RECORDS):
            found += verify_chain(TableStore(database, read(record)))
        for verdict in found:
            if not verdict.well:
                raise CannotRead(path, f"{verdict.what}.", verdict.do, reason="damaged")
    finally:
        database.close()


def _folder(path: Path) -> Path:
    return path.parent / "backups" / path.name


def _runs_of(backup: Path | None) -> list[tuple[Any, ...]]:
    """Return the last run of each record in a backup; none when it cannot be read."""
    if backup is None:
        return []
    try:
        with closing(sqlite3.connect(f"{backup.as_uri()}?mode=ro", uri=True)) as copy:
            return copy.execute(_RUNS).fetchall()
    except sqlite3.Error:
        return []
