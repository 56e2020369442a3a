"""Jobs of the tests' own, found by name in other processes."""

import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

from sheetrecord.app.fleet.sync_one import Job
from sheetrecord.files import fingerprint
from sheetrecord.model.errors import Locked
from sheetrecord.stores.fleet import ClaimResult

LOG = "SHEETRECORD_TEST_LOG"


def done(job: Job) -> ClaimResult:
    seen = fingerprint(job.path)
    return ClaimResult(job.record, seen.digest, seen.size, "read")


def by_name(job: Job) -> ClaimResult:
    """Do what the workbook's name says."""
    name = Path(job.path).name
    if name.startswith("open"):
        raise Locked(job.path, "Ana")
    if name.startswith("bug"):
        raise RuntimeError("never thought of that")
    if name.startswith("dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    return done(job)


def noted(job: Job) -> ClaimResult:
    """Take a moment, and note it in a file in one step."""
    time.sleep(0.002)
    with Path(os.environ[LOG]).open("a") as log:
        log.write(f"{Path(job.path).name}\n")
    return done(job)


def main() -> None:
    """Work on a fleet as one of several machines: `effects.py ADDRESS FOLDER LEASE`."""
    from sheetrecord.app.fleet.pool import Pool
    from sheetrecord.app.fleet.run import FleetPlan, _work, open_fleet

    address, folder, lease = sys.argv[1:]
    plan = FleetPlan(Path(folder), "Ana", address, name=folder, lease=int(lease))
    fleet = open_fleet(plan)
    with closing(fleet.database), Pool(noted, 1) as pool:
        _work(fleet, plan, pool, lambda _: None)


if __name__ == "__main__":
    main()
