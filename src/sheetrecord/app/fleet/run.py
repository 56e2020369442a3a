"""A folder of workbooks kept in step: those that changed are synced, several at a time.

Run on one machine or on many with one store: each workbook is worked on by one of them at a time,
and what a machine that died left undone is taken over when its lease ends.
"""

import os
import socket
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.fleet.pool import Answer, Pool
from sheetrecord.app.fleet.sync_one import Job, sync_one
from sheetrecord.files.state_folder import state_folder
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.stores.connect import open_database
from sheetrecord.stores.fleet import LEASE, Claim, ClaimResult, Fleet, SeenWorkbook
from sheetrecord.workbooks.finding import workbooks_below
from sheetrecord.workbooks.kinds import state_of

_FRESH: Final = 2_000_000_000  # nanoseconds: two saves of one moment may carry one time


class FleetPlan(NamedTuple):
    """What to keep in step: a folder, who asks, the store, and what the fleet is called there.

    ``store`` is empty for files in the user's state folder. Machines that reach the folder by
    different paths give the fleet one ``name``. ``jobs`` workbooks are synced at a time here.
    """

    folder: Path
    by: str
    store: str = ""
    name: str = ""
    jobs: int = 1
    lease: int = LEASE
    trust: bool = False
    """Whether settings files below the folder may name stores and copies, once and from now on."""


class FolderCounts(NamedTuple):
    """The result of scanning the folder, by counts."""

    found: int = 0
    unchanged: int = 0
    wanted: int = 0
    gone: int = 0


class WorkbookResult(NamedTuple):
    """The result for one workbook: its path below the folder, and how it went."""

    path: str
    well: bool
    words: str


def open_fleet(plan: FleetPlan) -> Fleet:
    """Open the manifest of a fleet; the caller closes its ``database``."""
    url = plan.store or f"sqlite:{Path(state_folder(), 'fleet.db')}"
    return Fleet(open_database(url), plan.name or str(plan.folder.resolve()))


def keep_in_step(
    plan: FleetPlan,
    tell: Callable[[WorkbookResult], None] = lambda _: None,
    effect: Callable[[Job], ClaimResult] = sync_one,
) -> tuple[FolderCounts, dict[str, int]]:
    """Look at the folder and work until nothing is due that nobody else works on.

    ``tell`` is called for each workbook as it is done; one that refuses does not stop the others.
    Returns what the look found and how many workbooks there are of each state.
    """
    fleet = open_fleet(plan)
    with closing(fleet.database):
        look = look_at(fleet, plan.folder)
        with Pool(effect, plan.jobs) as pool:
            _work(fleet, plan, pool, tell)
        return look, fleet.counts()


def look_at(fleet: Fleet, folder: Path) -> FolderCounts:
    """Compare the folder with the manifest: by size and time, by content where these differ."""
    known = dict(fleet.known())
    wanted: dict[str, SeenWorkbook] = {}
    touched: dict[str, SeenWorkbook] = {}
    found = 0
    for path, size, mtime_ns in workbooks_below(folder):
        found += 1
        kept = known.pop(path, None)
        if kept and kept.state != "gone" and kept[:2] == (size, mtime_ns):
            continue
        now = _now(str(folder / path), size)
        same = kept and kept.state != "gone" and now.digest and kept.digest == now.digest
        (touched if same else wanted)[path] = now
    gone = [path for path, kept in known.items() if kept.state != "gone"]
    fleet.found(wanted, touched, gone)
    return FolderCounts(found, found - len(wanted), len(wanted), len(gone))


def _now(address: str, size: int) -> SeenWorkbook:
    """Return what a workbook holds now; one that cannot be read has no digest and stays due."""
    try:
        seen = state_of(address)
    except SheetRecordError:
        return SeenWorkbook(size, 0, "")
    fresh = time.time_ns() - seen.version < _FRESH
    return SeenWorkbook(seen.size, 0 if fresh else seen.version, seen.digest)


def _work(
    fleet: Fleet, plan: FleetPlan, pool: Pool, tell: Callable[[WorkbookResult], None]
) -> None:
    worker = f"{socket.gethostname()}:{os.getpid()}"
    running: dict[str, Claim] = {}
    try:
        while True:
            for claim in fleet.claim(plan.jobs - len(running), worker, plan.lease):
                running[claim.path] = claim
                path = str(plan.folder.resolve() / claim.path)
                pool.start(
                    claim.path, Job(path, plan.by, plan.store, claim.record_id, trust=plan.trust)
                )
            if not running:
                return
            for answer in pool.answers():
                claim = running.pop(answer.key)
                tell(_settled(fleet, claim, answer))
    finally:
        for claim in running.values():
            fleet.fail(claim, "it was stopped; the next run begins with it again")


def _settled(fleet: Fleet, claim: Claim, answer: Answer) -> WorkbookResult:
    """Report to the manifest what came of a workbook."""
    if answer.done is None:
        fleet.fail(claim, answer.why, stuck=answer.died)
        return WorkbookResult(claim.path, well=False, words=answer.why)
    if not fleet.finish(claim, answer.done):
        return WorkbookResult(claim.path, well=True, words="done by another worker meanwhile")
    return WorkbookResult(claim.path, not answer.done.waits, answer.done.result)
