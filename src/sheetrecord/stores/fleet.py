"""The manifest of a fleet of workbooks: what is due, and leases on it for many workers.

A workbook is claimed for some time; an attempt that outlived its lease cannot report any more,
because another one with a higher number has taken over. What an attempt does may happen twice, so
it must be the same when done twice, as a sync is.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.stores import fleet_statements as sql
from sheetrecord.stores.columns import kept, read
from sheetrecord.stores.database import Database

TRIES: Final = 3
"""Attempts that may die without a word before a workbook is left alone until it changes."""

LEASE: Final = 900
"""Seconds that a worker has for one workbook."""

_DIED: Final = f"its worker died {TRIES} times"


class SeenWorkbook(NamedTuple):
    """A workbook as last read. ``mtime_ns`` is 0 when its modification time cannot be relied on.

    ``state`` is due, done, failed (due at the next look), waits (for somebody to close it), stuck
    or gone.
    """

    size: int
    mtime_ns: int
    digest: str
    state: str = "due"


class Claim(NamedTuple):
    """A workbook leased to this worker, and the record it was last known to belong to."""

    path: str
    attempt: int
    wanted: int
    record_id: str


class ClaimResult(NamedTuple):
    """The result of a claim: the content that is now in the record, and whether that changed."""

    record_id: str
    digest: str
    size: int
    result: str = ""
    waits: bool = False
    moved: bool = False


class Fleet:
    """The workbooks of one folder, in a database. Paths are relative, with ``/``."""

    def __init__(self, database: Database, name: str) -> None:
        self.database = database
        self.name = name
        self._name = kept(name)

    def known(self) -> Mapping[str, SeenWorkbook]:
        """Return every workbook of the manifest by its path."""
        rows = self.database.rows(sql.KNOWN, self._name)
        return {read(path): SeenWorkbook(*rest) for path, *rest in rows}

    def found(
        self,
        wanted: Mapping[str, SeenWorkbook],
        touched: Mapping[str, SeenWorkbook],
        gone: Iterable[str],
    ) -> None:
        """Record the result of scanning the folder: new or changed, same content, no longer there.

        Workbooks that failed or waited before are due once more.
        """
        due = [(*seen[:3], self._name, kept(path)) for path, seen in wanted.items()]
        same = [(k.size, k.mtime_ns, self._name, kept(p), k.digest) for p, k in touched.items()]
        with self.database.writing():
            self.database.rows(sql.AGAIN, self._name)
            self.database.many(sql.ADD, [row[3:] for row in due])
            self.database.many(sql.WANT, due)
            self.database.many(sql.TOUCH, same)
            self.database.many(sql.GONE, [(self._name, kept(path)) for path in gone])

    def claim(self, most: int, worker: str, lease: int = LEASE) -> list[Claim]:
        """Lease up to ``most`` due workbooks for ``lease`` seconds; other workers skip them.

        A workbook without a known record is given the id of a new one, to be used if it carries
        none: a second attempt after an interrupted one then means the same record.
        """
        with self.database.writing():
            self._rows(sql.STUCK, _DIED, self._name, TRIES)
            mine = (self._name, most, kept(worker), lease, self._name)
            claims = [
                Claim(read(path), attempt, wanted, record or secrets.token_hex(8))
                for path, attempt, wanted, record in self._rows(sql.CLAIM, *mine)
            ]
            begun = [(kept(claim.record_id), self._name, kept(claim.path)) for claim in claims]
            self.database.many(sql.BEGIN_RECORD, begun)
        return sorted(claims)

    def finish(self, claim: Claim, done: ClaimResult) -> bool:
        """Report the result of a claim; False when another attempt has taken over.

        Other workbooks of a record that changed are due again; so is this one if the record changed
        while it was worked on.
        """
        state = "waits" if done.waits else "done"
        seen = (kept(done.record_id), done.digest, done.size)
        key = (self._name, kept(claim.path), claim.attempt)
        with self.database.writing():
            mine = self._rows(sql.FINISH, claim.wanted, state, kept(done.result), *seen, *key)
            if done.moved:
                self._rows(sql.WAKE, self._name, kept(done.record_id), kept(claim.path))
        return bool(mine)

    def fail(self, claim: Claim, why: str, *, stuck: bool = False) -> bool:
        """Report that a claim failed; it is due again at the next scan of the folder.

        With ``stuck`` it is left alone until it changes.
        """
        state = "stuck" if stuck else "failed"
        key = (self._name, kept(claim.path), claim.attempt)
        with self.database.writing():
            return bool(self._rows(sql.FAIL, state, kept(why), *key))

    def counts(self) -> dict[str, int]:
        """Return the number of workbooks by state."""
        return dict(self.database.rows(sql.COUNTS, self._name))

    def troubles(self) -> list[tuple[str, str, str]]:
        """Return (path, state, reason) of each workbook that needs a person."""
        rows = self.database.rows(sql.TROUBLES, self._name)
        return [(read(path), state, read(why)) for path, state, why in rows]

    def _rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        spelled = statement.replace("{now}", self.database.now)
        return self.database.rows(spelled.replace("{skip_locked}", self.database.skip), *parameters)
