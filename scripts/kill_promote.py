"""Kill `promote` at random instants and at every step on the disk, and look at what it left.

    python scripts/kill_promote.py --kills 200

A child promotes a deal of a workbook with a macro, a chart and a column of the user's; the parent
kills it. After each kill the workbook must be what it was or what a promotion makes of it, byte
for byte: done or not done. Then a second run must complete it, a third must change nothing, and
nothing of ours may be left beside it. Prints counts; exits with 1 on any failure.
"""

import argparse
import datetime as dt
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from promote.firm import ASOF, ready, users_workbook
from sheetrecord.app.handover import Done, open_desk, promote_deal
from sheetrecord.core.handover.promote import Ask
from sheetrecord.files import exclusive, replacing
from sheetrecord.files.disk import this_disk
from sheetrecord.files.unix import UnixDisk
from sheetrecord.files.watch import KILLED, watched


def promote(path: Path) -> Done:
    """Promote the one deal of the workbook, as the command does."""
    asof: dt.date = ASOF
    return promote_deal(open_desk(path, today=asof, asof=asof), Ask("D-0001", "Ines"))


class Loop:
    """One folder with a workbook, and what was found after each kill."""

    def __init__(self, folder: Path) -> None:
        self.book = folder / "firm.xlsm"
        self.before = users_workbook(ready())
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.points: list[str] = []
        self.book.write_bytes(self.before)
        began = time.perf_counter()
        self._promote_and_note()
        self.once = time.perf_counter() - began
        self.after = self.book.read_bytes()

    def _promote_and_note(self) -> None:
        """Promote undisturbed and note every moment of its write."""

        def note(now: str) -> None:
            count = sum(now == point.split("#")[0] for point in self.points) + 1
            self.points.append(f"{now}#{count}")

        disk = watched(UnixDisk(), note)
        replacing.this_disk = lambda: disk  # type: ignore[assignment,return-value]
        promote(self.book)
        replacing.this_disk = this_disk

    def kill(self, failpoint: str = "") -> None:
        """Kill one promotion, at a fail-point or some time after its start, and look."""
        self.book.write_bytes(self.before)
        shutil.rmtree(os.environ["SHEETRECORD_STATE"], ignore_errors=True)  # as in the first run
        child = os.fork()
        if not child:
            this_disk.cache_clear()
            os.environ["SHEETRECORD_FAILPOINT"] = failpoint
            promote(self.book)
            os._exit(0)
        if not failpoint:
            time.sleep(random.uniform(0, 1.1 * self.once))
            os.kill(child, signal.SIGKILL)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        what = failpoint or "random kill"
        if ended not in ((KILLED,) if failpoint else (0, -signal.SIGKILL)):
            self.failures.append(f"{what}: the child ended with {ended}")
        self.counts["kills"] += 1
        self._look(what)

    def _look(self, what: str) -> None:
        """Done or not done; then a second run completes it and a third changes nothing."""
        if not self.book.exists():
            self.counts["with the name free until the next run"] += 1
            with exclusive(self.book):
                pass
        found = self.book.read_bytes()
        if found not in (self.before, self.after):
            self.failures.append(f"{what}: neither done nor not done")
        self.counts["done" if found == self.after else "not done"] += 1
        second, third = promote(self.book), promote(self.book)
        if self.book.read_bytes() != self.after:
            self.failures.append(f"{what}: a second run did not complete it")
        if second.written == (found == self.after) or third.written:
            self.failures.append(f"{what}: {second.step.outcome}, then {third.step.outcome}")
        litter = [path.name for path in self.book.parent.iterdir() if path != self.book]
        if litter:
            self.failures.append(f"{what}: left {litter}")


def main() -> int:
    """Parse the words, run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    words = parser.parse_args()
    random.seed(words.seed)
    with tempfile.TemporaryDirectory() as name:
        os.environ["SHEETRECORD_STATE"] = str(Path(name, "state"))
        Path(name, "firm").mkdir()
        loop = Loop(Path(name, "firm"))
        for point in loop.points[: words.kills]:
            loop.kill(point)
        loop.counts["of them at a step on the disk"] = loop.counts["kills"]
        while loop.counts["kills"] < words.kills:
            loop.kill()
    for what, count in loop.counts.items():
        print(f"{count:6} {what}")
    print(f"{len(loop.failures):6} failures", *loop.failures[:20], sep="\n       ")
    return 1 if loop.failures else 0


if __name__ == "__main__":
    sys.exit(main())
