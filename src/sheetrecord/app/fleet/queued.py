"""A fleet whose work goes through a queue on a server: queued, worked on, told about."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final, NamedTuple

from sheetrecord.app.fleet.plan import FleetPlan, Tell, WorkbookResult
from sheetrecord.app.fleet.run import STOPPED, job_of, settled, worker_name
from sheetrecord.app.fleet.scan import FolderCounts, scan
from sheetrecord.app.fleet.slots import Answer, Slots
from sheetrecord.app.fleet.sync_one import Job, sync_one
from sheetrecord.model.errors import SheetRecordError, Unreachable
from sheetrecord.stores.fleet import Attempt, Fleet, SyncedWorkbook
from sheetrecord.stores.postgres import PostgresDatabase
from sheetrecord.stores.queue.jobs import JobQueue
from sheetrecord.stores.queue.worker import ScanSchedule, TryAgain, Work
from sheetrecord.stores.queue.worker import work as work_on_queue

RETRIES: Final = 6
"""Attempts after a passing trouble, such as a workbook in use, until it waits for a scan."""

DEATHS: Final = 10
"""Workers that may die over a workbook before it is left alone.

A workbook is synced in a process of its own, whose death is told at once and counts against it. A
worker that dies itself was killed, or its machine was: that says little about what it worked on.
"""

_FIRST_WAIT: Final = 5.0
"""Seconds before the second attempt; each further one waits twice as long."""

_LONGEST_WAIT: Final = 60.0
"""Seconds at most between two attempts to reach a server that does not answer."""


class Queued(NamedTuple):
    """A fleet on a server: its manifest and its queue, over one connection."""

    fleet: Fleet
    queue: JobQueue


@contextmanager
def opened(plan: FleetPlan) -> Iterator[Queued]:
    """Open a fleet on a server. Raises Unreachable, and MissingExtra without procrastinate."""
    with closing(PostgresDatabase(plan.store)) as database:
        queue = JobQueue(database, plan.called)
        queue.make()
        yield Queued(Fleet(database, plan.called), queue)


def enqueue(plan: FleetPlan) -> FolderCounts:
    """Scan the folder and queue every workbook that is due and waits in no job yet."""
    with opened(plan) as (fleet, queue):
        found = scan(fleet, plan.folder)
        queue.put(fleet.due(), plan.by, trust=plan.trust)
        return found


def work(
    plan: FleetPlan,
    tell: Tell = lambda _: None,
    effect: Callable[[Job], SyncedWorkbook] = sync_one,
    *,
    until_empty: bool = False,
    cron: str = "",
) -> None:
    """Work on the queue until stopped, or until no job can begin now.

    With ``cron`` one of the workers scans the folder whenever that says. A server that does not
    answer is waited for, but not with ``until_empty``: then Unreachable is raised.
    """
    with Slots(effect, plan.jobs) as slots:
        worker = _Worker(plan, tell, slots)
        schedule = ScanSchedule(cron, worker.scan) if cron else None
        wait = 1.0
        while True:
            began = time.monotonic()
            try:
                asyncio.run(_once(plan, worker, schedule, until_empty=until_empty))
            except Unreachable:
                if until_empty:
                    raise
                held = time.monotonic() - began > _LONGEST_WAIT
                wait = 1.0 if held else min(wait * 2, _LONGEST_WAIT)
                time.sleep(wait)
                continue
            finally:
                worker.close()
            if not until_empty or not _ready(plan):
                return


async def _once(
    plan: FleetPlan, worker: "_Worker", schedule: ScanSchedule | None, *, until_empty: bool
) -> None:
    with opened(plan) as (fleet, _):  # says at once, and in our words, why it does not answer
        where = fleet.database.where
    import psycopg
    from procrastinate.exceptions import ConnectorException

    try:
        await work_on_queue(
            plan.store,
            plan.called,
            plan.jobs,
            worker.handle,
            until_empty=until_empty,
            schedule=schedule,
        )
    except (ConnectorException, psycopg.Error) as error:
        raise Unreachable(where, "the connection to the queue was lost.") from error


def _ready(plan: FleetPlan) -> bool:
    with opened(plan) as (_, queue):
        return queue.is_ready()


class _Worker:
    """What is done with a job: the workbook is synced in a slot, and the manifest told."""

    def __init__(self, plan: FleetPlan, tell: Tell, slots: Slots) -> None:
        self._plan = plan
        self._tell = tell
        self._slots = slots
        self._name = worker_name()
        self._database: PostgresDatabase | None = None

    async def handle(self, job: Work) -> None:
        """Do a job. Raises TryAgain where another attempt may go better."""
        try:
            with self._manifest() as (fleet, _):
                begun = fleet.begin(job.path, self._name, job.number, DEATHS)
        except Unreachable as error:
            raise TryAgain(_FIRST_WAIT) from error
        if begun is None:
            return
        asked = self._plan._replace(by=job.by, trust=job.trust)
        answer = await self._answer(begun, job_of(asked, begun))
        try:
            self._settle(asked, job, begun, answer)
        except Unreachable as error:
            raise TryAgain(_FIRST_WAIT) from error

    async def scan(self) -> None:
        """Scan the folder and queue what is due."""
        try:
            await asyncio.to_thread(enqueue, self._plan)
        except SheetRecordError as error:
            self._tell(WorkbookResult(str(self._plan.folder), well=False, words=str(error)))

    def close(self) -> None:
        """Close the connection to the manifest; the next use opens another."""
        if self._database is not None:
            self._database.close()
            self._database = None

    async def _answer(self, begun: Attempt, job: Job) -> Answer:
        try:
            return await asyncio.wrap_future(self._slots.start(job))
        except asyncio.CancelledError:
            with self._manifest() as (fleet, _):
                fleet.fail(begun, STOPPED)
            raise

    def _settle(self, asked: FleetPlan, job: Work, begun: Attempt, answer: Answer) -> None:
        if answer.passing and job.attempt < RETRIES:
            with self._manifest() as (fleet, _):
                fleet.fail(begun, answer.why, "due")
            raise TryAgain(_FIRST_WAIT * 2**job.attempt)
        with self._manifest() as (fleet, queue):
            result, woken = settled(fleet, begun, answer)
            if woken:
                queue.put(woken, asked.by, trust=asked.trust)
        self._tell(result)

    @contextmanager
    def _manifest(self) -> Iterator[Queued]:
        """Use the manifest over one connection; one that was lost is replaced with the next use."""
        if self._database is None:
            self._database = PostgresDatabase(self._plan.store)
        try:
            called = self._plan.called
            yield Queued(Fleet(self._database, called), JobQueue(self._database, called))
        except Unreachable:
            self.close()
            raise
