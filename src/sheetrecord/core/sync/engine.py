"""The sync engine: a generator that yields one step at a time and is sent its answer.

    steps = run(store.load(), names, options)
    answer = None
    while True:
        try:
            step = steps.send(answer)
        except StopIteration as done:
            report = done.value
            break
        answer = carry_out(step)

`ReadCopy` is answered with `Seen` or `Away`, `Base` with ``store.base(generation)`` and its mark,
`Commit` with what ``store.commit(expecting, change)`` returns, `Put` with `Seen`, `SavedMeanwhile`
or `Away`. The driver holds ``store.lock()`` throughout and passes the run number of the last commit
(of ``load`` at first) as ``expecting``. It may stop, or die, between any two steps: the next run
continues.

For every copy that has changed, first the file is stamped with a new generation,
and only when that write was verified are its edits accepted into the record; then deals that are
due are closed, and all this is committed; then every copy gets what the record has and it lacks.
Before a file is written, the baseline of its new generation is committed to the store.
"""

from collections.abc import Generator, Iterable
from typing import Final, NamedTuple

from sheetrecord.core.handover.context import HandoverStep as Closed
from sheetrecord.core.merge.conflict_list import ConflictLine
from sheetrecord.core.merge.notices import Notice
from sheetrecord.core.sync.distribute import Bringing
from sheetrecord.core.sync.effects import Answer, Step
from sheetrecord.core.sync.ingest import Taking, UnknownCopy
from sheetrecord.core.sync.left_orders import left_orders
from sheetrecord.core.sync.requests import Asking, Steps
from sheetrecord.core.sync.session import Options, SyncSession
from sheetrecord.core.sync.snapshot import SnapshotSides
from sheetrecord.core.sync.store_protocol import LedgerEntry, OpenConflict, Stored

ROUNDS: Final = 4
"""Most passes of one run over the copies, when people save while it works."""


class CopyResult(NamedTuple):
    """The result for one copy: edits accepted from it, edits written to it, and why it waits."""

    name: str
    generation: int
    accepted: int
    written: int
    note: str


class RunReport(NamedTuple):
    """The result of a run; ``run`` is the number of its last commit.

    ``entries`` are the new ledger entries; ``conflicts`` all open conflicts; ``closed`` the results
    for deals that were due; ``left`` decisions in a copy's list of conflicts, or of a command (the
    record's), that cannot be carried out, with the reason. ``unknown`` are copies with a stamp that
    this store did not write: every difference in them became a conflict. ``older`` are copies
    restored to an earlier state of this history. ``judged``: due deals were looked for; a run with
    nothing to do skips that.
    """

    copies: tuple[CopyResult, ...]
    entries: tuple[LedgerEntry, ...]
    conflicts: tuple[OpenConflict, ...]
    closed: tuple[Closed, ...]
    notices: tuple[tuple[str, Notice], ...]
    left: tuple[tuple[str, ConflictLine, str], ...]
    run: int
    unknown: tuple[UnknownCopy, ...] = ()
    older: tuple[UnknownCopy, ...] = ()
    judged: bool = False


def run(
    stored: Stored, names: Iterable[str], options: Options, sides: SnapshotSides | None = None
) -> Generator[Step, Answer, RunReport]:
    """Sync a record with its copies, as a generator of steps; the module tells how to drive it.

    The order of ``names`` does not matter. ``sides`` caches parsed snapshots between runs.
    """
    session = SyncSession(stored, options, sides)
    asking = Asking(session, names)
    taking, bringing = Taking(asking), Bringing(asking)
    yield from _go(asking, taking, bringing)
    return RunReport(
        tuple(CopyResult(c.name, c.generation, c.taken, c.brought, c.note) for c in asking.copies),
        tuple(asking.entries),
        session.disputes.standing(),
        tuple(session.closed),
        tuple(taking.notices),
        (*((name, line, why) for (name, line), why in taking.left.items()), *left_orders(session)),
        session.run,
        tuple(taking.unknown),
        tuple(taking.older),
        session.judged,
    )


def _go(asking: Asking, taking: Taking, bringing: Bringing) -> Steps:
    session = asking.session
    for copy in asking.copies:
        yield from asking.look(copy, copy.state.digest)
    session.saw(copy.generation for copy in asking.copies)
    session.obey(session.options.orders)
    for _ in range(ROUNDS):
        if not asking.wanting() and not session.unsaved():
            break
        for copy in taking.in_order(asking.wanting()):
            yield from taking.take(copy)
        session.close_deals()
        yield from asking.commit()
        yield from bringing.bring(asking.wanting())
        for copy in asking.copies:
            if copy.moved:
                yield from asking.look(copy)
    yield from asking.finish()
