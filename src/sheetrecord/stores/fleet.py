"""The manifest of a fleet of workbooks: what each holds, what is due, how its last sync went.

Who may work on a workbook is decided elsewhere: by the lock of the run where the manifest is a
file of one machine, by the queue on the server where several machines share it. An attempt is
numbered, and one that another has followed cannot report any more. What an attempt does may happen
twice, so it must be the same when done twice, as a sync is.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final, Literal, NamedTuple

from sheetrecord.stores import fleet_statements as sql
from sheetrecord.stores.columns import kept, read
from sheetrecord.stores.database import Database

TRIES: Final = 3
"""Attempts that may die without a word before a workbook is left alone until it changes."""


class SeenWorkbook(NamedTuple):
    """A workbook as last read. ``mtime_ns`` is 0 when its modification time cannot be relied on.

    ``state`` is due, done, failed (due at the next look), waits (for somebody: to close it, to
    decide a conflict, to mend what keeps a deal open), stuck or gone. ``record_id`` is the record
    that it belongs to, or the id for a record that it begins.
    """

    size: int
    mtime_ns: int
    digest: str
    state: str = "due"
    record_id: str = ""


class Attempt(NamedTuple):
    """Work on a workbook that has begun, and the record that the workbook was last known by."""

    path: str
    number: int
    wanted: int
    record_id: str


class SyncedWorkbook(NamedTuple):
    """The result of an attempt: the content that is now in the record, and whether that changed."""

    record_id: str
    digest: str
    size: int
    result: str = ""
    waits: bool = False
    moved: bool = False


class Finished(NamedTuple):
    """Whether a report counted, and (path, record id) of what is due because of it."""

    counted: bool
    woken: list[tuple[str, str]]


class Trouble(NamedTuple):
    """A workbook that needs a person, or is tried again. ``at`` is in seconds since 1970."""

    path: str
    state: str
    failures: int
    at: int
    why: str


class Holder(NamedTuple):
    """Who began with a workbook, when (seconds since 1970), and with which job of the queue."""

    path: str
    worker: str
    since: int
    job: int


class Fleet:
    """The workbooks of one folder, in a database. Paths are relative, with ``/``."""

    def __init__(self, database: Database, name: str) -> None:
        self.database = database
        self.name = name
        self._name = kept(name)

    def lock(self) -> AbstractContextManager[None]:
        """Be the one run of this fleet. Raises Locked when another one does not end in time."""
        return self.database.lock(f"fleet {self.name}")

    def known(self) -> Mapping[str, SeenWorkbook]:
        """Return every workbook of the manifest by its path."""
        rows = self.database.rows(sql.KNOWN, self._name)
        return {
            read(path): SeenWorkbook(size, mtime_ns, digest, state, read(record))
            for path, size, mtime_ns, digest, state, record in rows
        }

    def found(
        self,
        wanted: Mapping[str, SeenWorkbook],
        touched: Mapping[str, SeenWorkbook],
        gone: Iterable[str],
    ) -> None:
        """Record the result of scanning the folder: new or changed, same content, no longer there.

        Workbooks that failed or waited before are due once more. A workbook whose record is known
        keeps it: a second attempt after an interrupted first one then means the same record.
        """
        due = [(*seen[:3], kept(seen.record_id), self._name, kept(p)) for p, seen in wanted.items()]
        same = [(k.size, k.mtime_ns, self._name, kept(p), k.digest) for p, k in touched.items()]
        with self.database.writing():
            self.database.rows(sql.AGAIN, self._name)
            self.database.many(sql.ADD, [row[4:] for row in due])
            self.database.many(sql.WANT, due)
            self.database.many(sql.TOUCH, same)
            self.database.many(sql.GONE, [(self._name, kept(path)) for path in gone])

    def due(self) -> list[tuple[str, str]]:
        """Return (path, record id) of each workbook that is due, in the order of the paths."""
        rows = self.database.rows(sql.DUE, self._name)
        return [(read(path), read(record)) for path, record in rows]

    def begin(self, path: str, worker: str, job: int = 0, tries: int = TRIES) -> Attempt | None:
        """Note who begins with a workbook; None when there is nothing to do with it any more.

        One whose workers died without a word ``tries`` times is stuck from now on.
        """
        place = (self._name, kept(path))
        with self.database.writing():
            self._rows(sql.STUCK, f"its worker died {tries} times", *place, tries)
            begun = self._rows(sql.BEGIN, kept(worker), job, *place)
        return next((Attempt(path, n, wanted, read(record)) for n, wanted, record in begun), None)

    def finish(self, attempt: Attempt, done: SyncedWorkbook) -> Finished:
        """Report the result of an attempt, unless another attempt has followed it.

        Other workbooks of a record that changed are due again, whoever reports it; this one is if
        it became due while it was worked on.
        """
        state = "waits" if done.waits else "done"
        seen = (kept(done.record_id), done.digest, done.size)
        key = (self._name, kept(attempt.path), attempt.number)
        with self.database.writing():
            mine = self._rows(sql.FINISH, attempt.wanted, state, kept(done.result), *seen, *key)
            woken = (
                self._rows(sql.WAKE, self._name, kept(done.record_id), kept(attempt.path))
                if done.moved
                else []
            )
        return Finished(bool(mine), sorted((read(path), read(record)) for path, record in woken))

    def fail(
        self, attempt: Attempt, why: str, state: Literal["failed", "stuck", "due"] = "failed"
    ) -> bool:
        """Report that an attempt failed; False when another one has followed it.

        ``failed`` is due again at the next scan of the folder, ``stuck`` is left alone until it
        changes, ``due`` is tried again by the queue.
        """
        key = (self._name, kept(attempt.path), attempt.number)
        with self.database.writing():
            return bool(self._rows(sql.FAIL, state, kept(why), *key))

    def counts(self) -> dict[str, int]:
        """Return the number of workbooks by state."""
        return dict(self.database.rows(sql.COUNTS, self._name))

    def troubles(self) -> list[Trouble]:
        """Return what needs a person or is tried again, by path."""
        rows = self.database.rows(sql.TROUBLES, self._name)
        return [
            Trouble(read(path), state, failures, at, read(why))
            for path, state, failures, at, why in rows
        ]

    def holders(self) -> list[Holder]:
        """Return who began with what and has not reported yet; some of them may have died."""
        rows = self.database.rows(sql.HELD, self._name)
        return [Holder(read(path), read(worker), since, job) for path, worker, since, job in rows]

    def _rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        return self.database.rows(statement.replace("{now}", self.database.now), *parameters)
