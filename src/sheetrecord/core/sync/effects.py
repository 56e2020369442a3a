"""What the sync engine asks of the world, one step at a time, and what the world answers.

The engine is a generator: it yields a step and is sent the answer. Files, stores and clocks are
somebody else's, so the same engine runs over real workbooks and over a simulated office in which
people act, and the process dies, between any two steps.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from sheetrecord.core.handover.hidden_log import HiddenRows
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.store_protocol import CommitChange, OpenConflict, Snapshot
from sheetrecord.model.edit import Plan


class ReadCopy(NamedTuple):
    """Read a copy: answered with `Seen`, or with `Away` when it cannot be trusted or reached.

    With ``known``, a digest, a copy that still has it is not read: its `Seen` has no ``side``.
    """

    name: str
    known: str = ""


class Seen(NamedTuple):
    """A copy as it was read. ``side`` is None when ``digest`` is the one that was asked about.

    ``generation`` is the stamp it carries, 0 for none, and ``mark`` what that says of the
    ledger; ``owner`` is who has the file open, empty for nobody. The decisions of its list of
    conflicts are read from ``side``. ``version`` is what the workbook says cheaply of its state.
    ``kept``, of a write that stands, names saves that it displaced and that had not been seen:
    each is one more copy to look at.
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
    """A copy that cannot be used now: why, in words, and what to do."""

    name: str
    why: str


class Base(NamedTuple):
    """Ask what a generation is accounted for: answered with `Based`, or None when nobody knows."""

    generation: int


class Based(NamedTuple):
    """What a generation is accounted for, and its ``mark`` (see `Store.mark`)."""

    snapshot: Snapshot
    mark: str


class Commit(NamedTuple):
    """Make a change durable; answered with the new run number."""

    change: CommitChange


class Put(NamedTuple):
    """Write a copy, if it still is what was seen: edits, stamp, and its list of conflicts.

    Answered with `Seen` of what stands there now (read back, with its side), `SavedMeanwhile` or
    `Away`.
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
    """Somebody saved between the look and the write: theirs stands, nothing of ours is there.

    ``kept`` names files with older saves that were set aside: each is one more copy to look at.
    """

    name: str
    kept: tuple[str, ...] = ()


Step: TypeAlias = ReadCopy | Base | Commit | Put
Answer: TypeAlias = Seen | Away | SavedMeanwhile | Based | int | None
"""What a step is answered with: `Seen`, `Away`, `SavedMeanwhile`; `Based` or None; a run number."""
