"""A folder of workbooks kept in step: those that changed are synced, several at a time.

Where the manifest is a file of this machine, one run at a time works on it, with processes of its
own. Where it is on a server, the work goes through the queue there, and machines share it.
"""

import os
import socket
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing
from typing import Final

from sheetrecord.app.fleet.plan import FleetPlan, Tell, WorkbookResult, open_fleet
from sheetrecord.app.fleet.scan import FolderCounts, scan
from sheetrecord.app.fleet.slots import Answer, Slots, attempt
from sheetrecord.app.fleet.sync_one import Job, sync_one
from sheetrecord.stores.fleet import Attempt, Fleet, SyncedWorkbook

STOPPED: Final = "it was stopped; the next run begins with it again"
ELSEWHERE: Final = "done by another worker meanwhile"


def keep_in_step(
    plan: FleetPlan,
    tell: Tell = lambda _: None,
    effect: Callable[[Job], SyncedWorkbook] = sync_one,
) -> tuple[FolderCounts, dict[str, int]]:
    """Scan the folder and work until nothing is due that nobody else works on.

    One workbook that refuses does not stop the others. Returns what the scan found and how many
    workbooks there are of each state. Raises Locked when another run on a manifest of this machine
    does not end in time, and any other `SheetRecordError` of the store or the folder.
    """
    if plan.shared:
        from sheetrecord.app.fleet.queued import enqueue, work

        look = enqueue(plan)
        work(plan, tell, effect, until_empty=True)
        with closing((fleet := open_fleet(plan)).database):
            return look, fleet.counts()
    fleet = open_fleet(plan)
    with closing(fleet.database), fleet.lock():
        look = scan(fleet, plan.folder)
        if plan.jobs == 1:
            _one_by_one(fleet, plan, tell, effect)
        else:
            _side_by_side(fleet, plan, tell, effect)
        return look, fleet.counts()


def worker_name() -> str:
    """Return what others know this process by: its machine and its number there."""
    return f"{socket.gethostname()}:{os.getpid()}"


def job_of(plan: FleetPlan, begun: Attempt) -> Job:
    """Return what is to be done with a workbook."""
    path = str(plan.folder.resolve() / begun.path)
    return Job(path, plan.by, plan.store, begun.record_id, trust=plan.trust)


def settled(
    fleet: Fleet, begun: Attempt, answer: Answer
) -> tuple[WorkbookResult, list[tuple[str, str]]]:
    """Report to the manifest what came of a workbook.

    Returns that, and (path, record id) of what is due because of it.
    """
    if answer.done is None:
        fleet.fail(begun, answer.why, "stuck" if answer.died else "failed")
        return WorkbookResult(begun.path, well=False, words=answer.why), []
    counted, woken = fleet.finish(begun, answer.done)
    if not counted:
        return WorkbookResult(begun.path, well=True, words=ELSEWHERE), woken
    return WorkbookResult(begun.path, not answer.done.waits, answer.done.result), woken


def _one_by_one(
    fleet: Fleet, plan: FleetPlan, tell: Tell, effect: Callable[[Job], SyncedWorkbook]
) -> None:
    """Work in this process until nothing is due."""
    me = worker_name()
    while due := fleet.due():
        for path, _ in due:
            if begun := fleet.begin(path, me):
                try:
                    answer = attempt(effect, job_of(plan, begun))
                except BaseException:
                    fleet.fail(begun, STOPPED)
                    raise
                tell(settled(fleet, begun, answer)[0])


def _side_by_side(
    fleet: Fleet, plan: FleetPlan, tell: Tell, effect: Callable[[Job], SyncedWorkbook]
) -> None:
    """Work in processes of our own until nothing is due."""
    me = worker_name()
    running: dict[Future[Answer], Attempt] = {}

    def settle() -> None:
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            tell(settled(fleet, running.pop(future), future.result())[0])

    with Slots(effect, plan.jobs) as slots:
        try:
            while due := fleet.due():
                for path, _ in due:
                    if len(running) == plan.jobs:
                        settle()
                    if begun := fleet.begin(path, me):
                        running[slots.start(job_of(plan, begun))] = begun
                while running:
                    settle()
        finally:
            for begun in running.values():
                fleet.fail(begun, STOPPED)
