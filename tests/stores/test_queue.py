"""A fleet's queue on a server: queued once, one at a time for a record, dead workers replaced."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from sheetrecord.model.errors import BadSettings
from sheetrecord.stores.postgres import PostgresDatabase
from sheetrecord.stores.queue import tables, worker
from sheetrecord.stores.queue.jobs import JobQueue
from sheetrecord.stores.queue.worker import TryAgain, Work, work

pytestmark = pytest.mark.postgres

_numbers = itertools.count()


@pytest.fixture
def database(postgres: str) -> Iterator[PostgresDatabase]:
    with closing(PostgresDatabase(postgres)) as opened:
        yield opened


@pytest.fixture
def queue(database: PostgresDatabase) -> JobQueue:
    made = JobQueue(database, f"clients {next(_numbers)}")
    made.make()
    return made


@pytest.fixture
def other(postgres: str, queue: JobQueue) -> Iterator[JobQueue]:
    """The same queue as another machine sees it."""
    with closing(PostgresDatabase(postgres)) as opened:
        yield JobQueue(opened, fleet_of(queue))


def fleet_of(queue: JobQueue) -> str:
    return queue._fleet


def waiting(queue: JobQueue) -> list[str]:
    return [job.path for job in queue.jobs() if not job.working]


def run(postgres: str, queue: JobQueue, handle: Callable[[Work], Any], jobs: int = 1) -> None:
    asyncio.run(work(postgres, fleet_of(queue), jobs, handle, until_empty=True))


def test_tables_are_made_once_whoever_comes_first(queue: JobQueue, other: JobQueue) -> None:
    queue.make()
    other.make()
    assert tables.are_made(queue._database)


def test_steps_of_a_newer_package_are_taken_once_in_their_order(
    database: PostgresDatabase, queue: JobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tables._installed()
    newer = {
        "98_b.sql": "INSERT INTO try_step VALUES (2)",
        "97_a.sql": "CREATE TABLE try_step (n int)",
    }
    monkeypatch.setattr(tables, "_installed", lambda: installed | newer)
    for _ in range(2):
        queue.make()
        assert database.rows("SELECT n FROM try_step") == [(2,)]
    monkeypatch.setattr(tables, "_installed", lambda: installed)
    with pytest.raises(BadSettings, match=r"newer version of procrastinate \(98_b.sql\)"):
        queue.make()
    database.rows("DELETE FROM queue_step WHERE name LIKE '9%'")
    database.rows("DROP TABLE try_step")


def test_a_workbook_is_queued_once(queue: JobQueue, other: JobQueue) -> None:
    due = [("a.xlsx", "R-1"), ("b.xlsx", "R-2")]
    assert (queue.put(due, "Ana"), other.put(due, "Jon")) == (2, 0)
    assert waiting(queue) == ["a.xlsx", "b.xlsx"]


def test_many_are_queued_at_once_and_those_that_wait_spoil_no_other(
    queue: JobQueue, other: JobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = [(f"{number:04}.xlsx", f"R-{number}") for number in range(1200)]
    assert queue.put(due[700:701], "Ana") == 1
    monkeypatch.setattr("sheetrecord.stores.queue.jobs._QUEUED", "SELECT ? WHERE false")
    assert other.put(due, "Jon") == 1199  # as if that one was queued by another at this moment
    assert len(waiting(queue)) == 1200


def test_what_is_queued_counts_with_the_transaction_that_it_belongs_to(queue: JobQueue) -> None:
    with suppress(RuntimeError), queue._database.writing():
        queue.put([("a.xlsx", "R-1")], "Ana")
        raise RuntimeError
    assert waiting(queue) == []


def test_fleets_do_not_see_each_other(queue: JobQueue, database: PostgresDatabase) -> None:
    queue.put([("a.xlsx", "R-1")], "Ana")
    stranger = JobQueue(database, "another")
    assert (stranger.jobs(), stranger.is_ready()) == ([], False)


def test_names_may_hold_anything(queue: JobQueue, postgres: str) -> None:
    odd, done = "Ä/\udcff\n'\"?%s\0.xlsx", []

    async def handle(job: Work) -> None:
        done.append((job.path, job.by, job.trust, job.attempt))

    queue.put([(odd, "R-1")], "\udcff", trust=True)
    assert waiting(queue) == [odd]
    run(postgres, queue, handle)
    assert (done, queue.jobs()) == ([(odd, "\udcff", True, 0)], [])


def test_one_at_a_time_for_a_record_and_several_otherwise(queue: JobQueue, postgres: str) -> None:
    at_once: set[str] = set()
    met: set[frozenset[str]] = set()

    async def handle(job: Work) -> None:
        at_once.add(job.path)
        met.add(frozenset(at_once))
        await asyncio.sleep(0.1)
        at_once.remove(job.path)

    queue.put([("a1", "R-a"), ("a2", "R-a"), ("b1", "R-b"), ("a3", "R-a")], "Ana")
    while queue.is_ready():  # one that waited for its record is begun by the next call
        run(postgres, queue, handle, jobs=3)
    assert {path for together in met for path in together} == {"a1", "a2", "a3", "b1"}
    assert all(len(together - {"b1"}) <= 1 for together in met)
    assert any(len(together) == 2 for together in met)


def test_what_is_at_work_may_be_queued_once_more(queue: JobQueue, postgres: str) -> None:
    done = []

    async def handle(job: Work) -> None:
        if not done:
            assert [(one.path, one.working) for one in queue.jobs()] == [("a.xlsx", True)]
            assert queue.put([("a.xlsx", "R-1")], "Ana") == 1
            assert not queue.is_ready()
        done.append(job.path)

    queue.put([("a.xlsx", "R-1")], "Ana")
    while queue.is_ready():
        run(postgres, queue, handle)
    assert (done, queue.jobs()) == (["a.xlsx", "a.xlsx"], [])


def test_a_workbook_that_is_tried_again_later_holds_up_no_other_copy_of_its_record(
    queue: JobQueue, postgres: str
) -> None:
    done = []

    async def handle(job: Work) -> None:
        done.append(job.path)
        if job.path == "a.xlsx":
            raise TryAgain(3600)

    queue.put([("a.xlsx", "R-1"), ("b.xlsx", "R-1")], "Ana")
    while queue.is_ready():
        run(postgres, queue, handle)
    assert (done, waiting(queue)) == (["a.xlsx", "b.xlsx"], ["a.xlsx"])


def test_fleets_that_hold_copies_of_one_record_do_not_wait_for_each_other(
    queue: JobQueue, database: PostgresDatabase, postgres: str
) -> None:
    done = []

    async def handle(job: Work) -> None:
        done.append(job.path)

    idle = JobQueue(database, f"{fleet_of(queue)} idle")
    idle.put([("a.xlsx", "R-1")], "Ana")
    queue.put([("b.xlsx", "R-1")], "Ana")
    run(postgres, queue, handle)
    assert done == ["b.xlsx"]


def test_what_is_to_be_tried_again_waits_and_is_counted(queue: JobQueue, postgres: str) -> None:
    attempts = []

    async def handle(job: Work) -> None:
        attempts.append(job.attempt)
        if job.attempt < 2:
            raise TryAgain(3600 if job.attempt else 0)

    queue.put([("a.xlsx", "R-1")], "Ana")
    while queue.is_ready():
        run(postgres, queue, handle)
    assert attempts == [0, 1]
    [job] = queue.jobs()
    assert job.until is not None
    assert not job.working


def test_a_handler_that_fails_takes_no_other_job_with_it(queue: JobQueue, postgres: str) -> None:
    done = []

    async def handle(job: Work) -> None:
        if job.path == "bug.xlsx":
            raise ZeroDivisionError
        done.append(job.path)

    queue.put([("bug.xlsx", "R-1"), ("z.xlsx", "R-2")], "Ana")
    run(postgres, queue, handle)
    assert (done, queue.jobs()) == (["z.xlsx"], [])


def taken_by_one_that_died(queue: JobQueue, seconds: float | None) -> None:
    """Let a worker take a job and not be heard of for so long; None: nobody knows it any more."""
    rows = queue._database.rows
    [(number,)] = rows("SELECT id FROM procrastinate_register_worker_v1() AS w(id)")
    rows("SELECT procrastinate_fetch_job_v2(ARRAY[?], ?)", queue.name, number)
    if seconds is None:
        rows("SELECT procrastinate_unregister_worker_v1(?)", number)
    else:
        set_ = "UPDATE procrastinate_workers SET last_heartbeat = now() - ? * interval '1 second'"
        rows(f"{set_} WHERE id = ?", seconds, number)


@pytest.mark.parametrize("seconds", [worker.SILENT + 1, None])
def test_what_a_dead_worker_was_at_work_on_is_taken_up(
    queue: JobQueue, postgres: str, seconds: float | None
) -> None:
    done = []

    async def handle(job: Work) -> None:
        done.append((job.path, job.attempt))

    queue.put([("a.xlsx", "R-1")], "Ana")
    taken_by_one_that_died(queue, seconds)
    assert [job.working for job in queue.jobs()] == [True]
    run(postgres, queue, handle)
    assert (done, queue.jobs()) == ([("a.xlsx", 1)], [])


def test_what_a_worker_that_lives_is_at_work_on_is_left_to_it(
    queue: JobQueue, postgres: str
) -> None:
    done = []

    async def handle(job: Work) -> None:
        done.append(job.path)

    queue.put([("a.xlsx", "R-1"), ("b.xlsx", "R-2")], "Ana")
    taken_by_one_that_died(queue, worker.BEAT)
    run(postgres, queue, handle)
    assert done == ["b.xlsx"]
    [left] = queue.jobs()
    assert (left.path, left.working) == ("a.xlsx", True)
    assert worker.BEAT <= (left.silent or 0) < worker.SILENT


def test_a_job_of_ours_that_nobody_works_on_is_noticed_when_it_stays_so() -> None:
    mine = worker._Mine()
    mine.running = {1}
    assert [mine.astray({1, 2}) for _ in range(4)] == [set(), set(), {2}, {2}]
    assert mine.astray({1}) == set()
    assert mine.astray({1, 2}) == set()  # a moment between taking and beginning is none


def test_one_of_the_workers_scans_when_it_is_time(queue: JobQueue, postgres: str) -> None:
    scans = []

    async def handle(job: Work) -> None:
        raise AssertionError(job)

    async def two_workers() -> None:
        scanned = asyncio.Event()

        async def scan() -> None:
            scans.append(1)
            if len(scans) == 2:
                scanned.set()

        every_second = worker.ScanSchedule("* * * * * *", scan)
        both = [
            asyncio.create_task(work(postgres, fleet_of(queue), 1, handle, schedule=every_second))
            for _ in range(2)
        ]
        await asyncio.wait_for(scanned.wait(), timeout=60)
        for one in both:
            one.cancel()
        await asyncio.gather(*both, return_exceptions=True)

    asyncio.run(two_workers())
    assert len(scans) >= 2
    [(seconds,)] = queue._database.rows(
        "SELECT max(defer_timestamp) FROM procrastinate_periodic_defers WHERE periodic_id = ?",
        queue.name,
    )
    assert seconds  # each moment is scanned once, whoever comes first


def test_a_role_without_the_right_to_make_anything_works(queue: JobQueue, postgres: str) -> None:
    rows = queue._database.rows
    rows("CREATE ROLE modest LOGIN")
    for right in (
        "USAGE ON SCHEMA sheetrecord",
        "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sheetrecord",
        "USAGE ON ALL SEQUENCES IN SCHEMA sheetrecord",
    ):
        rows(f"GRANT {right} TO modest")
    done = []

    async def handle(job: Work) -> None:
        done.append(job.path)
        if job.attempt == 0:
            raise TryAgain(0)

    modest = postgres.replace("tests@", "modest@")
    with closing(PostgresDatabase(modest)) as database:
        theirs = JobQueue(database, fleet_of(queue))
        theirs.make()
        theirs.put([("a.xlsx", "R-1")], "Ana")
        taken_by_one_that_died(theirs, worker.SILENT + 1)
        while theirs.is_ready() or not done:
            run(modest, theirs, handle)
        assert theirs.jobs() == []
    rows("DROP OWNED BY modest")
    rows("DROP ROLE modest")
    assert done == ["a.xlsx"]
