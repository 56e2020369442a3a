"""A fleet on a server: queued, worked on and told about by the command."""

import asyncio
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fleet.effects import by_name, done
from messy.firm import workbook
from sheetrecord.app.fleet import queued
from sheetrecord.app.fleet.plan import FleetPlan, WorkbookResult
from sheetrecord.app.fleet.slots import Slots
from sheetrecord.app.fleet.status import status
from sheetrecord.app.fleet.sync_one import Job
from sheetrecord.model.errors import Locked, Unreachable
from sheetrecord.stores.fleet import SyncedWorkbook

Run = Callable[..., Any]

pytestmark = pytest.mark.postgres


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clients").mkdir()
    return tmp_path / "clients"


@pytest.fixture
def plan(folder: Path, postgres: str) -> FleetPlan:
    return FleetPlan(folder, "Ana", postgres)


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(name.encode())


def worked(plan: FleetPlan, effect: Callable[[Job], SyncedWorkbook] = done) -> list[WorkbookResult]:
    told: list[WorkbookResult] = []
    queued.work(plan, told.append, effect, until_empty=True)
    return sorted(told)


def in_use(job: Job) -> SyncedWorkbook:
    raise Locked(job.path, "Ana")


def test_what_was_queued_is_done_and_told_once(plan: FleetPlan, folder: Path) -> None:
    fill(folder, "a.xlsx", "b.xlsx")
    assert queued.enqueue(plan).wanted == 2
    assert queued.enqueue(plan).wanted in {0, 2}  # a fresh time proves nothing
    assert [job.path for job in status(plan).waiting] == ["a.xlsx", "b.xlsx"]
    assert [(one.path, one.well) for one in worked(plan)] == [("a.xlsx", True), ("b.xlsx", True)]
    assert status(plan) == ({"done": 2}, [], [], [])
    assert worked(plan) == []


def test_bugs_and_refusals_stop_no_other_and_one_that_dies_is_stuck(
    plan: FleetPlan, folder: Path
) -> None:
    fill(folder, "a.xlsx", "bug.xlsx", "dies.xlsx", "z.xlsx")
    queued.enqueue(plan)
    told = {one.path: one.words for one in worked(plan, by_name)}
    assert told["bug.xlsx"] == "this is a bug in sheetrecord: RuntimeError: never thought of that"
    assert told["dies.xlsx"] == "the process that worked on it died"
    assert status(plan).states == {"done": 2, "failed": 1, "stuck": 1}


def test_what_is_in_use_is_tried_again_later_and_told_meanwhile(
    plan: FleetPlan, folder: Path
) -> None:
    fill(folder, "a.xlsx")
    queued.enqueue(plan)
    assert worked(plan, in_use) == []
    now = status(plan)
    assert now.states == {"due": 1}
    [waiting], [trouble] = now.waiting, now.troubles
    assert waiting.until is not None
    assert (trouble.failures, "waiting for Ana" in trouble.why) == (1, True)


def test_after_the_last_attempt_it_waits_for_a_scan(
    plan: FleetPlan, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queued, "_FIRST_WAIT", 0.0)
    monkeypatch.setattr(queued, "RETRIES", 2)
    fill(folder, "a.xlsx")
    queued.enqueue(plan)
    [told] = worked(plan, in_use)
    assert not told.well
    [trouble] = status(plan).troubles
    assert (trouble.state, trouble.failures) == ("failed", 3)
    queued.enqueue(plan)
    assert len(worked(plan)) == 1


def test_copies_of_a_record_that_moved_on_are_queued_by_whoever_moved_it(
    plan: FleetPlan, folder: Path
) -> None:
    fill(folder, "a.xlsx", "b.xlsx")
    queued.enqueue(plan)
    worked(plan, _of_one_record)
    fill(folder, "a.xlsx")
    (folder / "a.xlsx").write_bytes(b"changed")
    queued.enqueue(plan)
    told = worked(plan, _of_one_record_moved)
    assert {"a.xlsx", "b.xlsx"} <= {one.path for one in told}


def _of_one_record(job: Job) -> SyncedWorkbook:
    return done(job)._replace(record_id="R-1")


def _of_one_record_moved(job: Job) -> SyncedWorkbook:
    return _of_one_record(job)._replace(moved=job.path.endswith("a.xlsx"))


def test_a_scan_that_refuses_is_told_and_ends_no_worker(plan: FleetPlan) -> None:
    told: list[WorkbookResult] = []
    gone = plan._replace(folder=plan.folder / "gone")
    with Slots(done, 1) as slots:
        asyncio.run(queued._Worker(gone, told.append, slots).scan())
    assert [(one.well, "cannot be listed" in one.words) for one in told] == [(False, True)]


def test_a_server_that_is_not_there_is_said(plan: FleetPlan) -> None:
    nowhere = plan._replace(store=plan.store.replace("/postgres", "/nowhere"))
    with pytest.raises(Unreachable, match="does not exist"):
        worked(nowhere)


def test_the_commands_queue_work_and_tell(run: Run, folder: Path, postgres: str) -> None:
    (folder / "one.xlsx").write_bytes(workbook())
    store = ("--store", postgres)
    ran = run("fleet", "enqueue", folder, "--by", "Ana", *store)
    assert (ran.code, ran.out) == (0, "1 workbooks, 0 unchanged.\n1 due.\n")
    assert "waits    1 more, ready to begin" in run("fleet", "status", folder, *store).out
    ran = run("fleet", "work", folder, "--jobs", 1, "--until-empty", *store)
    assert (ran.code, ran.out[:14]) == (0, "ok  one.xlsx: ")
    asked = json.loads(run("fleet", "status", folder, "--format", "json", *store).out)
    assert asked == {"states": {"done": 1}, "working": [], "waiting": [], "troubles": []}


@pytest.mark.parametrize("word", ["enqueue", "work"])
def test_a_queue_needs_a_server(run: Run, folder: Path, word: str) -> None:
    ran = run("fleet", word, folder)
    assert ran.code == 3
    assert "a queue needs a store on PostgreSQL" in ran.err
    assert f"sheetrecord fleet {folder}" in ran.err


def test_the_manifest_of_one_machine_tells_who_is_at_work(folder: Path) -> None:
    fill(folder, "a.xlsx", "b.xlsx")
    from sheetrecord.app.fleet.plan import open_fleet
    from sheetrecord.app.fleet.scan import scan

    plan = FleetPlan(folder, "Ana")
    with closing((fleet := open_fleet(plan)).database):
        scan(fleet, folder)
        with fleet.lock():
            fleet.begin("a.xlsx", "srv1:7")
            now = status(plan)
            assert [(one.path, one.worker) for one in now.at_work] == [("a.xlsx", "srv1:7")]
            assert [one.path for one in now.waiting] == ["b.xlsx"]
    now = status(plan)  # as after a run that was killed
    assert (now.at_work, [one.path for one in now.waiting]) == ([], ["a.xlsx", "b.xlsx"])


def test_workers_that_die_leave_a_workbook_for_others_many_times(
    plan: FleetPlan, folder: Path
) -> None:
    fill(folder, "a.xlsx")
    queued.enqueue(plan)
    with queued.opened(plan) as (fleet, _):
        for _ in range(queued.DEATHS - 1):
            assert fleet.begin("a.xlsx", "one that is killed", 0, queued.DEATHS)
    assert [one.path for one in worked(plan)] == ["a.xlsx"]
    fill(folder, "b.xlsx")
    queued.enqueue(plan)
    with queued.opened(plan) as (fleet, _):
        for _ in range(queued.DEATHS):
            assert fleet.begin("b.xlsx", "one that is killed", 0, queued.DEATHS)
    worked(plan)
    [trouble] = status(plan).troubles
    assert (trouble.path, trouble.why) == ("b.xlsx", "its worker died 10 times")
