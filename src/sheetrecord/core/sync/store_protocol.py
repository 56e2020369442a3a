"""What a store keeps of a record, and what one run changes in it: plain data and one protocol.

Observations are kept, work is derived: the record, what every stamped generation of a file is
accounted for, open conflicts and the ledger. There is no queue of writes; a run that died is
healed by the next one.
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
    """What the record or a copy held at one moment, in the record's own words.

    ``hidden`` are the columns a copy did not show, by sheet: not seen is not blank. A sheet that
    is no key of ``rows`` was not seen at all. ``workbook_config`` are the sheets of settings and
    lists that say how words are read, and of the handover's log, as rows of cells by title; under
    the empty title stand the defined names, each as (name, sheet, top, left, bottom, right).

    Of a file's generation, ``rows`` is what it is accounted for: it showed that, and the record
    has absorbed it. ``shown`` are the cells that it showed otherwise, sides of conflicts that
    nobody had decided (a blank one is None, a row that it did not show is empty). ``given`` are
    rows that got their ids after this generation was saved without them: who saves it once more
    gets the same ids back. ``pending`` are the cells that the stamp found otherwise than the
    account says, as in ``shown``: the record has them once the same run has accepted them, and
    until then they wait here, for that run may die.
    """

    rows: Rows = _NONE
    hidden: Mapping[str, tuple[str, ...]] = _NONE
    workbook_config: Mapping[str, tuple[tuple[Cell, ...], ...]] = _NONE
    last_deal: int = 0
    shown: Rows = _NONE
    given: Rows = _NONE
    pending: Rows = _NONE


class LedgerEntry(NamedTuple):
    """One line of the ledger: what happened to one cell (or one row, ``key`` empty).

    ``kind`` is ``set``, ``add``, ``remove``, ``conflict``, ``settled`` or ``run``; ``origin`` the
    copy it came from; ``generation`` the file generation that showed it. A ``run`` says, in
    ``why``, what no other run says: it parts histories that go on from one state. ``old``
    and ``new`` are cells; of a row that came or went, ``cells`` is the whole of it, so that it can
    come back.
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
    """An entry as the ledger has it: numbered from 1, with its run, time, actor and hash.

    ``hash`` covers the entry, everything before it by the previous hash, and nothing else.
    """

    seq: int
    run: int
    at: dt.datetime
    actor: str
    entry: LedgerEntry
    hash: str


class SideSeen(NamedTuple):
    """What one copy wants of a disputed cell, and when that was seen (UTC)."""

    origin: str
    value: Wanted
    generation: int
    at: dt.datetime


class OpenConflict(NamedTuple):
    """A conflict that waits for a decision. Sides only ever join until somebody decides.

    ``decided`` are the columns of its ``group`` about which somebody has decided by themselves: a
    value typed for one cell leaves the others open, and is not asked about again with them.
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
    """A copy as last seen: ``name`` is its path or address, ``digest`` of its bytes (hex).

    ``generation`` is the stamp it carried; ``run`` the last run whose record it holds in full,
    0 for none: with the same digest and nothing new in the record there is nothing to do.
    ``note`` says why a copy waits (``waiting for Ana``), empty when all is well.
    """

    name: str
    digest: str = ""
    size: int = 0
    mtime_ns: int = 0
    generation: int = 0
    run: int = 0
    note: str = ""


class Stored(NamedTuple):
    """A record as the store has it now. ``run`` is the number of the last run, 0 for none.

    ``changed`` is the last run whose change had rows, configuration or conflicts (other than None):
    a copy whose own ``run`` is not before it has nothing to get. ``last_generation`` is the
    highest generation that a commit wrote a base for. ``problems`` are what waits for somebody
    besides the conflicts, in words, until it is gone.
    """

    run: int = 0
    record: Snapshot = Snapshot()
    copies: Mapping[str, CopyState] = _NONE
    conflicts: tuple[OpenConflict, ...] = ()
    last_generation: int = 0
    changed: int = 0
    problems: tuple[str, ...] = ()


class CommitChange(NamedTuple):
    """What one commit changes; all of it becomes durable, or none.

    ``rows`` are whole new rows by (sheet, id), None for a row that goes. ``workbook_config`` is the
    whole of it, None for no change; ``last_deal`` 0 for no change. ``bases`` are what new or
    further accounted generations hold; a generation is written again when more of it is accounted
    for. ``conflicts`` and ``problems`` are the whole lists that stand afterwards, None for no
    change.
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
    """Keeps one record. Every method raises a `SheetRecordError` when the world refuses."""

    def lock(self) -> AbstractContextManager[None]:
        """Hold the record for one run; waits for another run, and is free once its holder died."""
        ...

    def load(self) -> Stored:
        """Return what is known of the record; an empty `Stored` for a new one."""
        ...

    def base(self, generation: int) -> Snapshot | None:
        """Return what a generation is accounted for; None for one this store never stamped."""
        ...

    def check_rows(self) -> None:
        """Raise CannotRead when the record's rows are not what the ledger tells."""
        ...

    def mark(self, generation: int) -> str:
        """Return the chain's first 16 hex digits as of the commit that first kept a generation.

        Empty for one that is not kept, or that an older version of this program kept.
        """
        ...

    def knows(self, mark: str) -> bool:
        """Tell whether the ledger leads through a mark: whether it is of this history."""
        ...

    def last_at(self) -> dt.datetime | None:
        """Return the moment of the ledger's last entry, None for none."""
        ...

    def commit(self, expecting: int, change: CommitChange) -> int:
        """Make a change durable and return its run number.

        Raises ChangedElsewhere when ``expecting`` is not the last run: another one came between.
        """
        ...

    def ledger(self, since: int = 0) -> Iterator[Logged]:
        """Yield the ledger in order, from the entry after ``since``."""
        ...

    def head(self) -> str:
        """Return the hash of the last ledger entry, empty for none."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...
