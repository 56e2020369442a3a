"""SQLite as a store's database: one file on a disk of this machine."""

import glob
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sheetrecord.files.locking import OTHER_RUN
from sheetrecord.model.errors import (
    BadSettings,
    CannotRead,
    CannotWrite,
    Locked,
    SheetRecordError,
    TooNew,
)
from sheetrecord.stores import migrate
from sheetrecord.stores.network_share import network_share
from sheetrecord.stores.sqlite_refusal import refusing

APPLICATION: Final = 0x53525243
"""``PRAGMA application_id`` of our files: "SRRC"."""

LOCK: Final = ".lock"

_OLDEST: Final = (3, 37)

_SETTINGS: Final = (
    "PRAGMA synchronous = FULL",  # a commit that was reported survives a power cut
    "PRAGMA fullfsync = ON",  # macOS: past the drive's own cache
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",  # a crafted file runs nothing
)


class SqliteDatabase:
    """One connection to one file. See `sheetrecord.stores.database.Database`."""

    for_update = ""
    now = "CAST(strftime('%s', 'now') AS INTEGER)"

    def __init__(self, path: Path, wait: float = 60.0) -> None:
        """Open the file, or make it. Waits at most ``wait`` seconds for other programs."""
        self.where = str(path)
        self.path = path
        self._wait = wait
        self._held: set[str] = set()
        _refuse_old()
        _refuse_share(path)
        _make(path)
        with refusing(self.where):
            self._db = sqlite3.connect(path, timeout=wait, isolation_level=None)
            try:
                self._set_up()
            except BaseException:
                self._db.close()
                raise

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with refusing(self.where):
            return self._db.execute(sql, parameters).fetchall()

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each of the rows."""
        with refusing(self.where):
            self._db.executemany(sql, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Run the block in one durable transaction; a second writer waits for the first."""
        yield from self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Run the block's queries on one snapshot; inside a transaction, on that transaction's."""
        if self._db.in_transaction:
            yield
            return
        yield from self._transaction("BEGIN")

    def _transaction(self, begin: str) -> Iterator[None]:
        self.rows(begin)
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self.rows("ROLLBACK")
            raise

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        """Hold a named lock between processes; the operating system frees it when its holder exits.

        The lock is SQLite's own on an empty database file beside the store, so it works alike on
        every system and for every user who may write the store. It is reentrant for the thread that
        holds it. Raises `Locked` when another run does not release it in time.
        """
        if key in self._held:
            yield
            return
        name = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        path = self.path.with_name(f"{self.path.name}-{name}{LOCK}")
        with refusing(str(path)):
            holder = sqlite3.connect(path, timeout=self._wait, isolation_level=None)
        with closing(holder):
            _hold(holder, path, self.where)
            self._held.add(key)
            try:
                yield
            finally:
                self._held.discard(key)

    def integrity(self) -> list[str]:
        """Return the problems SQLite finds in the file: damaged pages, violated foreign keys."""
        found = [row[0] for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        lost = [f"a row of {row[0]} has no record" for row in self.rows("PRAGMA foreign_key_check")]
        return found + lost

    def copy_to(self, path: Path) -> None:
        """Write one consistent snapshot of the database into a new file."""
        with refusing(str(path)), closing(sqlite3.connect(path)) as copy:
            self._db.backup(copy)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _set_up(self) -> None:
        """Set the connection up, look whose file it is, and make the tables that it lacks."""
        for setting in _SETTINGS:
            self._db.execute(setting)
        version = self._version()
        if version < migrate.newest():
            self._write_ahead()
            with self.writing():
                self._migrate(self._version())

    def _version(self) -> int:
        """Return the version of the tables, 0 for none. Raises for a file that is not ours."""
        [(application,)] = self.rows("PRAGMA application_id")
        [(version,)] = self.rows("PRAGMA user_version")
        if application != APPLICATION and self.rows("SELECT 1 FROM sqlite_schema LIMIT 1"):
            why = "it is the database of another program."
            raise CannotRead(self.where, why, "Name another file as the store.", reason="foreign")
        if version > migrate.newest():
            raise TooNew(self.where, version, migrate.newest())
        return int(version) if application == APPLICATION else 0

    def _write_ahead(self) -> None:
        """Turn the write-ahead log on; two that do so at once are told "busy" without waiting."""
        until = time.monotonic() + self._wait
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                if time.monotonic() > until:
                    raise Locked(self.where, OTHER_RUN) from error
                time.sleep(0.01)
            else:
                return

    def _migrate(self, version: int) -> None:
        for number, script in migrate.steps("sqlite", version):
            for statement in _statements(script):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {number}")
        self._db.execute(f"PRAGMA application_id = {APPLICATION}")


def _hold(holder: sqlite3.Connection, path: Path, where: str) -> None:
    """Take a lock. Raises Locked for one that is held, CannotRead for a file that is none."""
    try:
        with refusing(where):
            holder.execute("BEGIN EXCLUSIVE")
    except CannotRead as error:
        why = "the lock file is damaged, so that no sync can begin; none is running."
        do = "Run `sheetrecord doctor --repair`, or delete that file."
        raise CannotRead(path, why, do, reason="lock") from error


def broken_locks(path: Path) -> list[Path]:
    """Return a store's lock files that nobody can lock: something else was written into them."""
    found = []
    for lock in sorted(path.parent.glob(f"{glob.escape(path.name)}-*{LOCK}")):
        try:
            with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as holder:
                _hold(holder, lock, str(lock))
        except CannotRead:
            found.append(lock)
        except SheetRecordError:
            pass  # somebody holds it, or may alone do so
    return found


def _statements(script: str) -> Iterator[str]:
    """Yield a script's statements; the inside of a trigger is not cut."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _refuse_old() -> None:
    if sqlite3.sqlite_version_info < _OLDEST:
        found, wanted = sqlite3.sqlite_version, ".".join(map(str, _OLDEST))
        why = f"this Python comes with SQLite {found}; a store needs {wanted} (strict tables)."
        raise BadSettings("SQLite", why, "Install a newer Python, or use PostgreSQL.")


def _refuse_share(path: Path) -> None:
    kind = network_share(path)
    if kind:
        why = f"it is on a network share ({kind}), where a SQLite store would be damaged."
        do = "Put the store on a disk of this machine, or use PostgreSQL: see docs/scale.md."
        raise BadSettings(path, why, do)


def _make(path: Path) -> None:
    """Make the file, readable by its user alone; what is there stays."""
    try:
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        why = f"the store cannot be made ({error.strerror})."
        raise CannotWrite(
            path, why, "Check that its folder is there and may be written."
        ) from error
