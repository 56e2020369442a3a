"""Jobs of the tests' own, found by name in other processes."""

import os
import signal
import sys
import time
from pathlib import Path

from sheetrecord.app.fleet.sync_one import Job
from sheetrecord.files import fingerprint
from sheetrecord.model.errors import Locked
from sheetrecord.stores.fleet import SyncedWorkbook

LOG = "SHEETRECORD_TEST_LOG"


def done(job: Job) -> SyncedWorkbook:
    seen = fingerprint(job.path)
    return SyncedWorkbook(job.record, seen.digest, seen.size, "read")


def by_name(job: Job) -> SyncedWorkbook:
    """Do what the workbook's name says."""
    name = Path(job.path).name
    if name.startswith("open"):
        raise Locked(job.path, "Ana")
    if name.startswith("bug"):
        raise RuntimeError("never thought of that")
    if name.startswith("dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    return done(job)


def noted(job: Job) -> SyncedWorkbook:
    """Take a moment, and note it in a file in one step."""
    time.sleep(0.01)
    with Path(os.environ[LOG]).open("a") as log:
        log.write(f"{Path(job.path).name}\n")
    return done(job)


def main() -> None:
    """Work on a fleet as one of several machines: `effects.py ADDRESS FOLDER`."""
    from sheetrecord.app.fleet.plan import FleetPlan
    from sheetrecord.app.fleet.queued import work

    address, folder = sys.argv[1:]
    work(FleetPlan(Path(folder), "Ana", address, name=folder), effect=noted)


if __name__ == "__main__":
    main()
