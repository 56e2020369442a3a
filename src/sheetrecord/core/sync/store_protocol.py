"""The store of a record: the data it keeps, what one commit changes, and the protocol it offers.

Only observations are stored: the record, the baseline of every stamped generation of a file, open
conflicts and the ledger. Pending work is derived from them, so that after an interrupted run the
next one continues.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from sheetrecord.model.conflict import ConflictKind, Wanted
from sheetrecord.model.value import Cell

Row: TypeAlias = Mapping[str, Cell]
"""One row's cells by column key, without its id; a blank cell is absent."""

Rows: TypeAlias = Mapping[str, Mapping[str, Row]]
"""Cells by sheet key, row id and column key, in the order of the copy."""


_NONE: Final[Mapping[Any, Any]] = MappingProxyType({})


class Snapshot(NamedTuple):
    """The content of the record or of a copy at one moment, as record values.

    ``hidden`` are the columns a copy did not show, by sheet: not seen is not blank. A sheet that is
    no key of ``rows`` was not seen at all. ``workbook_config`` are the sheets of settings and
    lists, and of the handover's log, as rows of cells by title; under the empty title stand the
    defined names, each as (name, sheet, top, left, bottom, right).

    For a generation of a file, ``rows`` is its baseline: what it showed and the record has
    absorbed. ``shown`` are the cells that it showed otherwise, sides of conflicts that nobody had
    decided (a blank one is None, a row that it did not show is empty). ``given`` are rows that got
    their ids after this generation was saved without them: saving it again gives the same ids.
    ``pending`` are the cells, in the form of ``shown``, that differed from the baseline when the
    file was stamped: the same run accepts them, and they are kept here in case it is interrupted.
    ``unknown_past``: its stamp before was none of this store's, whose record was empty, and another
    copy may found the record before the run goes on: then ``rows`` is no baseline.
    """

    rows: Rows = _NONE
    hidden: Mapping[str, tuple[str, ...]] = _NONE
    workbook_config: Mapping[str, tuple[tuple[Cell, ...], ...]] = _NONE
    last_deal: int = 0
    shown: Rows = _NONE
    given: Rows = _NONE
    pending: Rows = _NONE
    unknown_past: bool = False

    @property
    def unfinished(self) -> bool:
        """Whether the run that stamped a copy had yet to accept what it found there."""
        return bool(self.pending) or self.unknown_past


class LedgerEntry(NamedTuple):
    """One ledger entry: what happened to one cell (or one row, ``key`` empty).

    ``kind`` is ``set``, ``add``, ``remove``, ``conflict``, ``settled`` or ``run``; ``origin`` the
    copy it came from; ``generation`` the file generation that showed it. A ``run`` entry holds a
    nonce in ``why`` that makes histories differ which continue from one state. ``old`` and ``new``
    are cells; for a row that was added or removed, ``cells`` is the whole row, so that it can be
    restored.
    """

    kind: str
    origin: str = ""
    generation: int = 0
    sheet: str = ""
    row_id: str = ""
    key: str = ""
    old: Cell = None
    new: Cell = None
    cells: Row = _NONE
    why: str = ""


class Logged(NamedTuple):
    """A ledger entry as stored: numbered from 1, with its run, time (UTC), actor and hash.

    ``hash`` covers the entry and, through the previous entry's hash, everything before it.
    """

    seq: int
    run: int
    at: dt.datetime
    actor: str
    entry: LedgerEntry
    hash: str


class SideSeen(NamedTuple):
    """The value that one copy wants in a cell in conflict, and when it was read (UTC)."""

    origin: str
    value: Wanted
    generation: int
    at: dt.datetime


class OpenConflict(NamedTuple):
    """A conflict that waits for a decision. Sides are only added until somebody decides.

    ``decided`` are columns of its ``group`` that were decided one by one: a value typed for one
    cell leaves the others open, and is not asked about again with them.
    """

    sheet: str
    row_id: str
    key: str
    group: str
    kind: ConflictKind
    base: Wanted
    record: Wanted
    sides: tuple[SideSeen, ...]
    opened_run: int
    decided: tuple[str, ...] = ()


class CopyState(NamedTuple):
    """A copy as last read: ``name`` is its path or address, ``digest`` of its bytes (hex).

    ``generation`` is the stamp it carried; ``run`` the last run whose record it holds in full, 0
    for none: with the same digest and nothing new in the record there is nothing to do. ``note``
    says why a copy waits (``waiting for Ana``), empty when it does not.
    """

    name: str
    digest: str = ""
    size: int = 0
    mtime_ns: int = 0
    generation: int = 0
    run: int = 0
    note: str = ""


class Stored(NamedTuple):
    """The record as stored. ``run`` is the number of the last run, 0 for none.

    ``changed`` is the last run that changed rows, configuration or conflicts: a copy whose own
    ``run`` is not before it is up to date. ``last_generation`` is the highest generation with a
    stored baseline. ``problems`` are open problems besides the conflicts, as messages.
    """

    run: int = 0
    record: Snapshot = Snapshot()
    copies: Mapping[str, CopyState] = _NONE
    conflicts: tuple[OpenConflict, ...] = ()
    last_generation: int = 0
    changed: int = 0
    problems: tuple[str, ...] = ()


class CommitChange(NamedTuple):
    """What one commit changes, all or nothing.

    ``rows`` are whole new rows by (sheet, id), None for a row to remove. ``workbook_config``
    replaces the whole configuration, None for no change; ``last_deal`` 0 for no change. ``bases``
    are baselines by generation, new ones and those that have grown. ``conflicts`` and ``problems``
    replace the whole lists, None for no change.
    """

    at: dt.datetime
    actor: str
    entries: tuple[LedgerEntry, ...] = ()
    rows: Mapping[tuple[str, str], Row | None] = _NONE
    workbook_config: Mapping[str, tuple[tuple[Cell, ...], ...]] | None = None
    last_deal: int = 0
    bases: Mapping[int, Snapshot] = _NONE
    copies: tuple[CopyState, ...] = ()
    conflicts: tuple[OpenConflict, ...] | None = None
    problems: tuple[str, ...] | None = None


class RecordStore(Protocol):
    """Stores one record. Every method raises a `SheetRecordError` when the storage fails."""

    def lock(self) -> AbstractContextManager[None]:
        """Lock the record for one run; waits for another run, and ends when its holder exits."""
        ...

    def load(self) -> Stored:
        """Return the stored record; an empty `Stored` for a new one."""
        ...

    def base(self, generation: int) -> Snapshot | None:
        """Return the baseline of a generation; None for one this store never stamped."""
        ...

    def check_rows(self) -> None:
        """Raise CannotRead when the record's rows are not those that the ledger replays to."""
        ...

    def mark(self, generation: int) -> str:
        """Return the first 16 hex digits of the ledger's hash as of a generation's first commit.

        Empty for a generation that is not kept, or that an older version of this program kept.
        """
        ...

    def knows(self, mark: str) -> bool:
        """Return True if the ledger contains a mark, that is, if the stamp is of this history."""
        ...

    def last_at(self) -> dt.datetime | None:
        """Return the time (UTC) of the last ledger entry, None for none."""
        ...

    def commit(self, expecting: int, change: CommitChange) -> int:
        """Commit a change, all or nothing, and return its run number.

        Raises ChangedElsewhere when ``expecting`` is not the last run: another run came between.
        """
        ...

    def ledger(self, since: int = 0) -> Iterator[Logged]:
        """Yield the ledger in order, from the entry after ``since``."""
        ...

    def head(self) -> str:
        """Return the hash of the last ledger entry, empty for none."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
