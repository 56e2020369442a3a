"""A worker on a fleet's queue: jobs one after the other, those of dead workers taken up again.

procrastinate's worker tells the server every few seconds that it lives. Whoever is silent for long
has died, or lost its network; what it was at work on is queued again by any other worker.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sheetrecord.stores.columns import read
from sheetrecord.stores.postgres import SCHEMA, who
from sheetrecord.stores.queue.jobs import SCAN, TASK, queue_name

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import procrastinate
    import psycopg

BEAT: Final = 3.0
"""Seconds between two signs of life of a worker."""

SILENT: Final = 15.0
"""Seconds of silence after which a worker counts as dead: four signs of life were missed."""

_RESCUE: Final = 0x53525243
"""The key of the advisory lock that only one worker rescues jobs under."""

_GONE_ASTRAY: Final = 2
"""Looks that must find a job of ours at work without our working on it."""


class Work(NamedTuple):
    """A job that has begun: its number, the workbook, who asked, and what attempt this is."""

    number: int
    path: str
    by: str
    trust: bool
    attempt: int


class TryAgain(Exception):
    """Raised by a handler: the job is to be tried again after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


Handler = Callable[[Work], Awaitable[None]]


class ScanSchedule(NamedTuple):
    """A scan of the folder by one of the workers, whenever a cron expression says."""

    cron: str
    scan: Callable[[], Awaitable[None]]


async def work(
    url: str,
    fleet: str,
    jobs: int,
    handle: Handler,
    *,
    until_empty: bool = False,
    schedule: ScanSchedule | None = None,
) -> None:
    """Work on a fleet's queue until stopped by a signal, or until no job can begin now.

    Raises procrastinate's ConnectorException when the server does not answer.
    """
    mine = _Mine()
    queue = queue_name(fleet)
    app = _app(url, queue, mine.noting(handle), schedule)
    async with app.open_async():
        await _rescue(app, queue, mine)
        rescuing = asyncio.create_task(_rescuing(app, queue, mine))
        try:
            await app.run_worker_async(
                queues=[queue],
                concurrency=jobs,
                wait=not until_empty,
                delete_jobs="always",
                fetch_job_polling_interval=BEAT,
                update_heartbeat_interval=BEAT,
                stalled_worker_timeout=SILENT,
            )
        finally:
            rescuing.cancel()
            with suppress(asyncio.CancelledError):
                await rescuing


class _Mine:
    """The jobs that this process works on, and those that it should and does not."""

    def __init__(self) -> None:
        self.running: set[int] = set()
        self.workers: set[int] = set()
        self._astray: dict[int, int] = {}

    def noting(self, handle: Handler) -> Callable[..., Awaitable[None]]:
        """Return the task that calls a handler and notes what is at work."""

        async def task(context: Any, path: str, by: str, *, trust: bool) -> None:
            job = context.job
            self.running.add(job.id)
            if job.worker_id is not None:
                self.workers.add(job.worker_id)
            try:
                await handle(Work(job.id, read(path), read(by), trust, job.attempts))
            finally:
                self.running.discard(job.id)

        return task

    def astray(self, doing: set[int]) -> set[int]:
        """Return jobs that the server holds for ours while nobody works on them, seen twice.

        A connection that was cut when a job ended leaves one.
        """
        lost = doing - self.running
        self._astray = {number: self._astray.get(number, 0) + 1 for number in lost}
        return {number for number, seen in self._astray.items() if seen > _GONE_ASTRAY}


def _app(
    url: str, queue: str, task: Callable[..., Awaitable[None]], schedule: ScanSchedule | None
) -> "procrastinate.App":
    from procrastinate import App, PsycopgConnector

    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # we tell in our own words
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    connect = {"application_name": who(), "connect_timeout": 10}
    app = App(
        connector=PsycopgConnector(
            conninfo=url, kwargs=connect, configure=_configure, min_size=1, max_size=4, timeout=20
        )
    )
    app.task(name=TASK, queue=queue, pass_context=True, retry=_retrying())(task)
    if schedule is not None:
        scan = schedule.scan

        async def scanned(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
            await scan()

        lock = f"{SCAN} {queue}"
        named = app.task(name=SCAN, queue=queue, queueing_lock=lock, lock=lock)(scanned)
        app.periodic(cron=schedule.cron, periodic_id=queue)(named)
    return app


async def _configure(connection: "psycopg.AsyncConnection[Any]") -> None:
    await connection.set_autocommit(True)
    await connection.execute(f"SET search_path TO {SCHEMA}")


def _retrying() -> Any:
    from procrastinate import BaseRetryStrategy, RetryDecision

    class _Retrying(BaseRetryStrategy):
        def get_retry_decision(self, *, exception: BaseException, job: Any) -> Any:
            if not isinstance(exception, TryAgain):
                return None
            # A job that waits would hold up all others of its lock. The store keeps two runs on one
            # record apart anyway; so what waits gives the record's lock up for one of its own.
            seconds = round(exception.seconds)
            return RetryDecision(retry_in={"seconds": seconds}, lock=job.queueing_lock)

    return _Retrying()


async def _rescuing(app: "procrastinate.App", queue: str, mine: _Mine) -> None:
    """Every few seconds, queue again what dead workers were at work on, and what went astray."""
    from procrastinate.exceptions import ConnectorException

    while True:
        with suppress(ConnectorException):  # the worker itself meets it too, and ends
            await _rescue(app, queue, mine)
        await asyncio.sleep(BEAT)


async def _rescue(app: "procrastinate.App", queue: str, mine: _Mine) -> None:
    manager = app.job_manager
    ours = {
        job.id or 0: job
        for worker in mine.workers
        for job in await manager.list_jobs_async(queue=queue, status="doing", worker_id=worker)
    }
    astray = [ours[number] for number in mine.astray(set(ours))]
    for job in astray:
        await manager.retry_job(job)
    if not list(await manager.get_stalled_jobs(queue=queue, seconds_since_heartbeat=SILENT)):
        return
    async with _alone(app) as allowed:
        if allowed:  # read anew: another worker may have rescued them a moment ago
            for job in await manager.get_stalled_jobs(queue=queue, seconds_since_heartbeat=SILENT):
                await manager.retry_job(job)


@asynccontextmanager
async def _alone(app: "procrastinate.App") -> "AsyncIterator[bool]":
    """Hold the lock under which jobs are rescued, if nobody else does."""
    connector: Any = app.connector
    async with connector.pool.connection() as connection, connection.transaction():
        cursor = await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (_RESCUE,))
        [allowed] = await cursor.fetchone()
        yield bool(allowed)
