"""PostgreSQL as a store's database: one server for several machines."""

import getpass
import os
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sheetrecord.files.locking import OTHER_RUN
from sheetrecord.model.address import shown_address, well_formed
from sheetrecord.model.errors import BadSettings, Locked, MissingExtra, TooNew
from sheetrecord.stores import migrate
from sheetrecord.stores.postgres_refusal import refusing

if TYPE_CHECKING:
    import psycopg

SCHEMA: Final = "sheetrecord"
"""The schema that holds our tables, so that they may share a database with others."""

_MIGRATING: Final = "the tables"

_SETTINGS: Final = {
    "search_path": SCHEMA,
    "tcp_keepalives_idle": "15",  # a machine that lost its power frees its locks within 30 s
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "TimeZone": "UTC",
}

_UNREADABLE: Final = "it cannot be read as an address."
_ENCODE: Final = (
    "Write it as postgresql://USER:PASSWORD@HOST/DATABASE, and @ : / ? # % or a space in a name or"
    " the password as %40 %3A %2F %3F %23 %25 %20."
)

_OWNER: Final = (
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint = ?"
    " AND l.objid::bigint = ? AND l.objsubid = 1 LIMIT 1"
)


class PostgresDatabase:
    """One connection to one server. See `sheetrecord.stores.database.Database`."""

    for_update = " FOR UPDATE"
    now = "CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)"

    def __init__(self, url: str, wait: float = 60.0, *, only_look: bool = False) -> None:
        """Connect, and make the tables that are missing. Waits ``wait`` seconds for a lock.

        ``only_look``: nothing is made or changed; `made` tells whether there is anything.
        """
        try:
            import psycopg
        except ImportError as error:
            raise MissingExtra("psycopg", "postgres") from error
        self.where = shown_address(url)
        if not well_formed(url):  # the server's library would repeat parts of the password
            raise BadSettings(self.where, _UNREADABLE, _ENCODE)
        self._wait, self._only_look = wait, only_look
        self.made = True
        self._held: set[str] = set()
        self._idle = psycopg.pq.TransactionStatus.IDLE
        with refusing(self.where):
            self._db: psycopg.Connection[Any] = _connected(url, self.where)
            try:
                self._set_up()
            except BaseException:
                self._db.close()
                raise

    @property
    def connection(self) -> "psycopg.Connection[Any]":
        """The connection itself, for a library that takes part in our transactions."""
        return self._db

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with refusing(self.where):
            cursor = self._db.execute(_spelled(sql), parameters or None)
            return cursor.fetchall() if cursor.description else []

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once for each of the rows, without waiting for each answer."""
        lines = list(rows)
        if lines:
            with refusing(self.where), self._db.cursor() as cursor:
                cursor.executemany(_spelled(sql), lines)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Run the block in one transaction: committed durably, or rolled back on any error."""
        with refusing(self.where), self._db.transaction():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Run the block's queries on one snapshot; inside a transaction, on that transaction's."""
        if self._db.info.transaction_status != self._idle:
            yield
            return
        with refusing(self.where), self._db.transaction():
            self._db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        """Hold a named lock on the server; it ends with the connection.

        A session-level advisory lock (PostgreSQL 15, 13.3.5): commits go over the same connection,
        so a run that lost the lock with its connection cannot commit either. Raises `Locked` when
        another run does not release it in time.
        """
        if key in self._held:
            yield
            return
        number = lock_number(key)
        self._acquire(number)
        self._held.add(key)
        try:
            yield
        finally:
            self._held.discard(key)
            if not self._db.closed and not self._db.broken:
                self.rows("SELECT pg_advisory_unlock(?)", number)

    def integrity(self) -> list[str]:
        """Return nothing: the server checks its own pages (see ``pg_amcheck``)."""
        return []

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _acquire(self, number: int) -> None:
        from psycopg import errors

        try:
            self._db.execute("SELECT pg_advisory_lock(%s)", (number,))
        except errors.LockNotAvailable as error:
            raise Locked(self.where, self._owner(number)) from error
        except errors.OperationalError:
            with refusing(self.where):
                raise

    def _owner(self, number: int) -> str:
        """Return who holds a lock: the program, user and machine that it said it is."""
        unsigned = number % (1 << 64)
        found = self.rows(_OWNER, unsigned >> 32, unsigned & 0xFFFFFFFF)
        return str(found[0][0]) if found else OTHER_RUN

    def _set_up(self) -> None:
        [(encoding,)] = self.rows("SHOW server_encoding")
        if encoding != "UTF8":
            why = f"the database's encoding is {encoding}."
            raise BadSettings(self.where, why, "Use a database whose encoding is UTF8.")
        for name, value in _SETTINGS.items():
            self._set(name, value)
        self._set("lock_timeout", f"{max(1, int(self._wait * 1000))}ms")
        if self.rows("SHOW synchronous_commit") == [("off",)]:
            self._set("synchronous_commit", "on")  # a commit that was reported survives a crash
        version = self._version()
        if self._only_look:
            self._set("default_transaction_read_only", "on")
            self.made = version == migrate.newest()
            if version and not self.made:
                why = "its tables are those of an older version of this program."
                raise BadSettings(self.where, why, "Run `sheetrecord sync` once: it renews them.")
        elif version < migrate.newest():
            # The lock comes before the transaction: one that waited inside it could still be told
            # from a cache that the tables of whoever was first are not there.
            with self.lock(_MIGRATING), self._db.transaction():
                self._migrate()

    def _set(self, name: str, value: str) -> None:
        self._db.execute("SELECT set_config(%s, %s, false)", (name, value))

    def _version(self) -> int:
        """Return the version of the tables, 0 for none."""
        if self.rows("SELECT to_regclass(?)", f"{SCHEMA}.schema_version") == [(None,)]:
            return 0
        [(version,)] = self.rows("SELECT version FROM schema_version")
        if version > migrate.newest():
            raise TooNew(self.where, version, migrate.newest())
        return int(version)

    def _migrate(self) -> None:
        version = self._version()
        if not version:
            self.rows(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            self.rows("CREATE TABLE schema_version (version BIGINT NOT NULL)")
            self.rows("INSERT INTO schema_version VALUES (0)")
        for number, script in migrate.steps("postgres", version):
            self._db.execute(script.encode())
            self.rows("UPDATE schema_version SET version = ?", number)


def lock_number(key: str) -> int:
    """Return the key of an advisory lock: signed 64 bits, the same on every machine."""
    mark = sha256(b"sheetrecord " + key.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(mark[:8], "big", signed=True)


def _connected(url: str, where: str) -> Any:
    import psycopg

    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10, application_name=who())
    except psycopg.ProgrammingError:  # its words repeat the address
        raise BadSettings(where, _UNREADABLE, _ENCODE) from None


def who() -> str:
    """Return the name under which others see this connection: user and machine."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # no name for this user number
        user = str(os.getpid())
    return f"sheetrecord {user}@{socket.gethostname()}"[:63]


@cache
def _spelled(sql: str) -> bytes:
    """Return a statement with psycopg's mark for parameters."""
    return sql.replace("?", "%s").encode()
