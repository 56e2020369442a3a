"""One sync: copies, store and engine, and its report."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from os import urandom
from typing import NamedTuple

from sheetrecord.app.sync.clock import moment
from sheetrecord.app.sync.driver import SyncDriver, Tell
from sheetrecord.app.sync.foreign_workbooks import STRANGER
from sheetrecord.app.sync.gone_back import times
from sheetrecord.app.sync.migrate_copies import step_together
from sheetrecord.app.sync.open_store import looking, working
from sheetrecord.app.sync.path_spelling import spelled_as
from sheetrecord.app.sync.pending import waiting
from sheetrecord.app.sync.post_checks import Copies, Doubts, doubts, left_alone, problems_of
from sheetrecord.app.sync.read import CopyContent
from sheetrecord.app.sync.sibling_files import Beside
from sheetrecord.app.sync.sibling_saves import Answers, Besides, look_beside
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.core.handover.baseline import BASELINE
from sheetrecord.core.handover.hidden_log import LOG
from sheetrecord.core.merge.conflict_words import titles
from sheetrecord.core.merge.notices import Notice
from sheetrecord.core.sync import engine
from sheetrecord.core.sync.decisions import RecordOrder
from sheetrecord.core.sync.promotion import ClosingTerms
from sheetrecord.core.sync.session import Options
from sheetrecord.core.sync.store_protocol import (
    CommitChange,
    Logged,
    OpenConflict,
    RecordStore,
    Stored,
)
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.workbooks.kinds import is_path, recovered
from sheetrecord.workbooks.moments import one_moment

Ask = Callable[[Stored, Sequence[Logged]], Sequence[RecordOrder]]
"""Says what is to be done to the record itself, given what is known of it and its ledger."""


class SyncRequest(NamedTuple):
    """What is asked of a sync: who runs it, which guards are confirmed, only the plan or all.

    ``orders`` asks for changes of the record itself; ``take`` and ``leave`` are files beside
    copies whose edits count, or do not. ``few``: the folder holds many workbooks, and only those
    are looked at whose names begin with a copy's.
    """

    by: str
    today: dt.date
    allow: frozenset[str] = frozenset()
    only_plan: bool = False
    orders: Ask | None = None
    tell: Tell = lambda _: None
    take: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()
    few: bool = False

    @property
    def answers(self) -> Answers:
        """The answers given about files beside the copies."""
        return Answers(self.today, self.take, self.leave, self.few)


class SyncReport(NamedTuple):
    """What a sync came to. Copies are named by their paths; ``targets.labels`` shortens them.

    ``written`` is what was written into each copy, ``away`` why a copy was left out, ``remarks``
    what is odd about one that was not. ``besides`` are the copies beside the copies. ``alone`` is
    what copies show that is no part of the record, ``doubts`` what is wrong with the record now
    and was not before. ``clock`` is what to know of this computer's clock, empty for nothing.
    """

    targets: SyncTargets
    request: SyncRequest
    before: Stored
    after: Stored
    outcome: engine.RunReport
    written: Mapping[str, Plan]
    remarks: Mapping[str, str]
    besides: Besides
    alone: tuple[tuple[str, Notice], ...] = ()
    doubts: Doubts = Doubts()
    clock: str = ""
    stepped: tuple[str, ...] = ()
    then: "SyncReport | None" = None

    @property
    def asides(self) -> tuple[Beside, ...]:
        """The files beside the copies that were read as further saves."""
        return self.besides.taken

    @property
    def conflicts(self) -> tuple[OpenConflict, ...]:
        """The conflicts that are open afterwards."""
        return self.after.conflicts

    @property
    def notices(self) -> tuple[tuple[str, Notice], ...]:
        """What copies hold that is not synced; the engine's own sheets are, in their way."""
        ours = {LOG, BASELINE, *titles()}
        found = (*self.outcome.notices, *self.alone)
        return tuple((name, one) for name, one in found if one.sheet not in ours)

    @property
    def away(self) -> Mapping[str, str]:
        """Why copies of this sync were left out or wait, by name."""
        names = {copy.address for copy in self.targets.copies}
        names |= {aside.address for aside in self.asides}
        return {n: c.note for n, c in self.after.copies.items() if c.note and n in names}


def run(targets: SyncTargets, request: SyncRequest) -> SyncReport:
    """Sync the copies that targets name. Raises a SheetRecordError when the store refuses.

    Copies that an older version made are brought to the present one when another copy is there,
    and are synced once more then.
    """
    report, taken = _opened(targets, request)
    steps = step_together(
        targets, taken, report.away, today=request.today, only_plan=request.only_plan
    )
    report = report._replace(stepped=steps.lines)
    if not steps.moved:
        return report
    then, _ = _opened(targets, request._replace(orders=None))
    return report._replace(then=then)


def _opened(
    targets: SyncTargets, request: SyncRequest
) -> tuple[SyncReport, Mapping[str, CopyContent]]:
    opened: AbstractContextManager[RecordStore] = (looking if request.only_plan else working)(
        targets.known
    )
    with one_moment(), opened as store:
        return _run(targets, request, store)


def _run(
    targets: SyncTargets, request: SyncRequest, store: RecordStore
) -> tuple[SyncReport, Mapping[str, CopyContent]]:
    names = [copy.address for copy in targets.copies]
    stored = spelled_as(store.load(), names)
    files = [name for name in names if is_path(name)]
    if not request.only_plan:
        for name in files:
            with suppress(SheetRecordError, OSError):
                recovered(name)
    besides = look_beside(targets, store, stored, request.answers)
    stored = _noted(store, stored, besides, request, targets)
    world = SyncDriver(
        store,
        targets.known.record,
        request.today,
        labels=targets.labels,
        only_plan=request.only_plan,
        tell=request.tell,
    )
    left: list[str] = []
    if not request.only_plan:
        for name in set(names).difference(files):
            with suppress(SheetRecordError, OSError):  # the engine says why it cannot be used
                left += world.recovered(name)
    world.allow_stranger = STRANGER in request.allow
    at, clock = moment(dt.datetime.now(dt.UTC), store.last_at())
    options = Options(
        at=at,
        today=request.today,
        actor=request.by,
        allow=request.allow,
        views={copy.address: copy.view for copy in targets.copies},
        asides=[*(aside.address for aside in besides.taken), *left],
        orders=request.orders(stored, list(store.ledger())) if request.orders else (),
        closing=_closing(request.by),
        nonce=urandom(8).hex(),
    )
    outcome = world.drive(engine.run(stored, names, options), stored)
    after = store.load() if world.commits else stored
    if stored.run:  # of a new store, all copies are of another time
        for name, words in times(outcome, store):
            world.remarks[name] = "; ".join(filter(None, (world.remarks.get(name, ""), words)))
    told = world.written, world.remarks, besides
    report = SyncReport(targets, request, stored, after, outcome, *told)
    report = _looked_over(report._replace(clock=clock), world)
    return _still_waiting(report, store, options.at), world.first


def _noted(
    store: RecordStore, stored: Stored, besides: Besides, request: SyncRequest, targets: SyncTargets
) -> Stored:
    """Remember what was found of files beside the copies; a new store has nothing to compare."""
    if not besides.noted or not stored.run:
        return stored
    now = dt.datetime.now(dt.UTC)
    store.commit(stored.run, CommitChange(now, request.by, copies=besides.noted))
    return spelled_as(store.load(), (copy.address for copy in targets.copies))


def _looked_over(report: SyncReport, world: SyncDriver) -> SyncReport:
    """Add what somebody should know of the copies that were saved since the last sync."""
    told = {one.name for one in report.outcome.copies if one.accepted}
    states = report.before.copies
    saved = {
        name: taken
        for name, taken in world.first.items()
        if name not in states or states[name].digest != taken.digest
    }
    alone = [(name, one) for name, taken in saved.items() for one in left_alone(taken)]
    copies = Copies({n: t for n, t in saved.items() if n in told}, report.written)
    before, after = report.before.record, report.after.record
    found = doubts(before, after, report.outcome.entries, copies, world.today)
    return report._replace(alone=tuple(alone), doubts=found)


def _still_waiting(report: SyncReport, store: RecordStore, at: dt.datetime) -> SyncReport:
    """Keep what waits for somebody in the store, so that nobody takes silence for its end."""
    old, after = report.before.problems, report.after
    together, today = report.doubts.together, report.request.today
    found = waiting(old, report.outcome, together, lambda: problems_of(after.record, today))
    if found == old:
        return report
    run_ = store.commit(after.run, CommitChange(at, report.request.by, problems=found))
    return report._replace(after=after._replace(run=run_, problems=found))


def _closing(by: str) -> ClosingTerms:
    from sheetrecord.schema.fee_templates import usual_templates

    return ClosingTerms(by, usual_templates("en"))
