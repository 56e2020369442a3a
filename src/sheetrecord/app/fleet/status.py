"""How a fleet stands: who is at work on what since when, what waits, what failed and why."""

import datetime as dt
from contextlib import closing
from typing import NamedTuple

from sheetrecord.app.fleet.plan import FleetPlan, open_fleet
from sheetrecord.model.errors import Locked
from sheetrecord.stores.fleet import Fleet, Holder, Trouble
from sheetrecord.stores.postgres import PostgresDatabase


class AtWork(NamedTuple):
    """A workbook that is being worked on: by which process, and since when (UTC).

    ``silent`` is how many seconds ago that process was last heard of, None where it is certain
    that it lives. ``worker`` is empty for the moment between taking a job and beginning with it.
    """

    path: str
    worker: str
    since: dt.datetime
    silent: float | None


class Waiting(NamedTuple):
    """A workbook that is due; ``until`` the moment (UTC) before which it is not tried again."""

    path: str
    until: dt.datetime | None


class FleetStatus(NamedTuple):
    """How a fleet stands at one moment."""

    states: dict[str, int]
    at_work: list[AtWork]
    waiting: list[Waiting]
    troubles: list[Trouble]


def status(plan: FleetPlan) -> FleetStatus:
    """Return how a fleet stands. Raises a `SheetRecordError` when the store does not answer."""
    fleet = open_fleet(plan)
    with closing(fleet.database), fleet.database.reading():
        if isinstance(fleet.database, PostgresDatabase):
            at_work, waiting = _in_the_queue(fleet, fleet.database)
        else:
            at_work, waiting = _here(fleet, running=_is_running(plan))
        return FleetStatus(fleet.counts(), at_work, waiting, fleet.troubles())


def _in_the_queue(fleet: Fleet, database: PostgresDatabase) -> tuple[list[AtWork], list[Waiting]]:
    from sheetrecord.stores.queue.jobs import JobQueue

    holders = {holder.job: holder for holder in fleet.holders()}
    at_work, waiting = [], []
    for job in JobQueue(database, fleet.name).jobs():
        if job.working and job.since is not None:
            holder = holders.get(job.number)
            at_work.append(AtWork(job.path, holder.worker if holder else "", job.since, job.silent))
        else:
            waiting.append(Waiting(job.path, job.until))
    return at_work, waiting


def _here(fleet: Fleet, *, running: bool) -> tuple[list[AtWork], list[Waiting]]:
    """Return what the one run of this machine works on; nothing when none is at work."""
    begun = {holder.path: holder for holder in fleet.holders()} if running else {}
    waiting = [Waiting(path, None) for path, _ in fleet.due() if path not in begun]
    return [_at_work(holder) for holder in begun.values()], waiting


def _is_running(plan: FleetPlan) -> bool:
    """Return True if a run on this machine holds the fleet."""
    fleet = open_fleet(plan, wait=0)
    with closing(fleet.database):
        try:
            with fleet.lock():
                return False
        except Locked:
            return True


def _at_work(holder: Holder) -> AtWork:
    since = dt.datetime.fromtimestamp(holder.since, dt.UTC)
    return AtWork(holder.path, holder.worker, since, None)
