"""The jobs of a fleet's queue: one for a workbook that is due, one at a time for a record."""

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sheetrecord.model.errors import MissingExtra
from sheetrecord.stores.columns import kept, read
from sheetrecord.stores.postgres import PostgresDatabase
from sheetrecord.stores.queue import tables

TASK: Final = "sheetrecord.sync"
SCAN: Final = "sheetrecord.scan"

_PAGE: Final = 500
"""Jobs that are queued with one statement."""

_QUEUED: Final = (
    "SELECT queueing_lock FROM procrastinate_jobs WHERE queue_name = ? AND status = 'todo'"
)
_READY: Final = (
    "SELECT 1 FROM procrastinate_jobs j WHERE queue_name = ? AND status = 'todo'"
    " AND coalesce(scheduled_at <= now(), true) AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs o"
    " WHERE o.lock = j.lock AND (o.status = 'doing' OR (o.status = 'todo' AND o.id < j.id)))"
    " LIMIT 1"
)
"""As procrastinate chooses: what waits for its record, or behind a later attempt, is not ready."""

_SEEN: Final = (
    "SELECT j.id, j.args ->> 'path', j.status = 'doing', j.scheduled_at,"
    " extract(epoch FROM now() - w.last_heartbeat)::float8,"
    " (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id AND e.type = 'started')"
    " FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id"
    " WHERE j.queue_name = ? AND j.task_name = ? AND j.status IN ('todo', 'doing') ORDER BY j.id"
)


class QueuedJob(NamedTuple):
    """A job as it stands: at work since a moment (UTC), or waiting, perhaps until a moment.

    ``silent`` is how many seconds ago its worker was last heard of; None for a worker that is no
    longer known, and for a job that waits.
    """

    number: int
    path: str
    working: bool
    until: dt.datetime | None
    silent: float | None
    since: dt.datetime | None


class JobQueue:
    """The queue of one fleet."""

    def __init__(self, database: PostgresDatabase, fleet: str) -> None:
        """Open the queue on a server. Raises MissingExtra without procrastinate."""
        try:
            import procrastinate  # noqa: F401 - asked for before anything is made
        except ImportError as error:
            raise MissingExtra("procrastinate", "fleet") from error
        self._database = database
        self._fleet = fleet
        self.name = queue_name(fleet)

    def make(self) -> None:
        """Make the tables of the queue where they are missing."""
        tables.make(self._database)

    def put(self, due: Iterable[tuple[str, str]], by: str, *, trust: bool = False) -> int:
        """Queue (path, record id) of workbooks that wait in no job yet; return how many.

        In one transaction with what the caller has begun. What is at work now may be queued once
        more: it became due meanwhile, and waits for its lock.
        """
        from procrastinate import App, SyncPsycopgConnector
        from procrastinate.exceptions import AlreadyEnqueued

        manager = App(connector=SyncPsycopgConnector()).job_manager
        waiting = {lock for (lock,) in self._database.rows(_QUEUED, self.name)}
        jobs = [
            job
            for path, record in due
            if (job := self._job(path, record, by, trust=trust)).queueing_lock not in waiting
        ]
        put = 0
        with self._database.writing():
            for at in range(0, len(jobs), _PAGE):
                page = jobs[at : at + _PAGE]
                try:
                    put += self._defer(manager, page)
                except AlreadyEnqueued:  # somebody queues the same at this moment
                    put += sum(self._defer_one(manager, job) for job in page)
        return put

    def is_ready(self) -> bool:
        """Return True if a job waits that could begin now."""
        return bool(self._database.rows(_READY, self.name))

    def jobs(self) -> list[QueuedJob]:
        """Return the jobs that are at work or wait, in the order they were queued."""
        if not tables.are_made(self._database):
            return []
        rows = self._database.rows(_SEEN, self.name, TASK)
        return [QueuedJob(number, read(path), *rest) for number, path, *rest in rows]

    def _job(self, path: str, record: str, by: str, *, trust: bool) -> Any:
        from procrastinate.jobs import Job

        return Job(
            queue=self.name,
            lock=f"{self.name} {kept(record or path)}",
            queueing_lock=f"{self.name} {kept(path)}",
            task_name=TASK,
            task_kwargs={"path": kept(path), "by": kept(by), "trust": trust},
        )

    def _defer(self, manager: Any, jobs: list[Any]) -> int:
        with self._database.writing():  # a savepoint: one that is queued already spoils no other
            return len(manager.batch_defer_jobs(jobs, connection=self._database.connection))

    def _defer_one(self, manager: Any, job: Any) -> int:
        from procrastinate.exceptions import AlreadyEnqueued

        try:
            return self._defer(manager, [job])
        except AlreadyEnqueued:
            return 0


def queue_name(fleet: str) -> str:
    """Return the name of a fleet's queue: short and of plain letters, whatever the fleet's is."""
    return f"sheetrecord-{sha256(fleet.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
