"""The steps that the sync engine yields, and the answers that it expects to be sent.

The engine is a generator without input or output. Files, stores and clocks belong to its driver, so
that the same engine runs over real workbooks and over a simulation in which people edit, and the
process dies, between any two steps.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from sheetrecord.core.handover.hidden_log import HiddenRows
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.store_protocol import CommitChange, OpenConflict, Snapshot
from sheetrecord.model.edit import Plan


class ReadCopy(NamedTuple):
    """Read a copy: answered with `Seen`, or with `Away` when it is unreachable or unreadable.

    With ``known``, a digest, a copy that still has it is not parsed: its `Seen` has no ``side``.
    """

    name: str
    known: str = ""


class Seen(NamedTuple):
    """A copy as it was read. ``side`` is None when ``digest`` is the one that was asked about.

    ``generation`` is its stamp, 0 for none, and ``mark`` the ledger mark in it; ``owner`` is who
    has the file open, empty for nobody. The decisions in its list of conflicts are read from
    ``side``. ``version`` is a cheap version of the workbook's state. ``kept``, after a write, names
    saves that the write displaced and that had not been read: each is one more copy to read.
    """

    name: str
    digest: str
    generation: int
    side: Side | None
    owner: str = ""
    size: int = 0
    version: int = 0
    mark: str = ""
    kept: tuple[str, ...] = ()


class Away(NamedTuple):
    """A copy that cannot be used now, with the reason and what to do about it."""

    name: str
    why: str


class Base(NamedTuple):
    """Ask for the baseline of a generation: answered with `Based`, or None for an unknown one."""

    generation: int


class Based(NamedTuple):
    """The baseline of a generation, and its ``mark`` (see `RecordStore.mark`)."""

    snapshot: Snapshot
    mark: str


class Commit(NamedTuple):
    """Commit a change to the store; answered with the new run number."""

    change: CommitChange


class Put(NamedTuple):
    """Write a copy if it is unchanged since ``seen``: edits, stamp, and its list of conflicts.

    Answered with `Seen` (read back after the write, with its side), `SavedMeanwhile` or `Away`.
    ``lines`` are all the conflicts that the copy's list is to show, None to leave it as it is;
    ``kept`` rows to add to its hidden sheets. With none of them only the stamp is written.
    """

    seen: Seen
    plan: Plan
    generation: int
    lines: Sequence[OpenConflict] | None
    last_deal: int = 0
    kept: tuple[HiddenRows, ...] = ()


class SavedMeanwhile(NamedTuple):
    """The copy was saved by somebody else between read and write; nothing was written.

    ``kept`` names files with older saves that were set aside: each is one more copy to read.
    """

    name: str
    kept: tuple[str, ...] = ()


Step: TypeAlias = ReadCopy | Base | Commit | Put
Answer: TypeAlias = Seen | Away | SavedMeanwhile | Based | int | None
"""What a step is answered with: `Seen`, `Away`, `SavedMeanwhile`; `Based` or None; a run number."""
