"""One change of one workbook, killed again and again: it must be done or not done, never half.

What `kill_promote.py` and `kill_migrate.py` share: a child makes the change, the parent kills it at
a step on the disk or at any time. After each kill the workbook must be what it was or what the
change makes of it, byte for byte; a second run must complete it, a third must change nothing, and
nothing of ours may be left beside it.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sheetrecord.files import exclusive, replacing
from sheetrecord.files.disk import this_disk
from sheetrecord.files.disk_hooks import KILLED, watched
from sheetrecord.files.unix import UnixDisk


class Loop:
    """One workbook in a folder, the change, and what was found after each kill.

    ``change`` makes the change as the command does, and tells whether it wrote anything.
    """

    def __init__(self, book: Path, change: Callable[[Path], bool]) -> None:
        self.book, self.change = book, change
        self.before = book.read_bytes()
        self.beside = {path.name for path in book.parent.iterdir()}
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.points: list[str] = []
        self._change_and_note()
        self.after = book.read_bytes()
        self._put_back()
        began = time.perf_counter()
        change(book)
        self.once = time.perf_counter() - began
        if book.read_bytes() != self.after:
            self.failures.append("the change makes something else each time")

    def _put_back(self) -> None:
        """Let all be as it was before the first run."""
        self.book.write_bytes(self.before)
        shutil.rmtree(os.environ["SHEETRECORD_STATE"], ignore_errors=True)

    def _change_and_note(self) -> None:
        """Make the change undisturbed and note every moment of its writes."""

        def note(now: str) -> None:
            count = sum(now == point.split("#")[0] for point in self.points) + 1
            self.points.append(f"{now}#{count}")

        disk = watched(UnixDisk(), note)
        replacing.this_disk = lambda: disk  # type: ignore[assignment,return-value]
        self.change(self.book)
        replacing.this_disk = this_disk

    def kill(self, failpoint: str = "") -> None:
        """Kill one run, at a fail-point or some time after its start, and look."""
        self._put_back()
        child = os.fork()
        if not child:
            this_disk.cache_clear()
            os.environ["SHEETRECORD_FAILPOINT"] = failpoint
            self.change(self.book)
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
        second, third = self.change(self.book), self.change(self.book)
        if self.book.read_bytes() != self.after:
            self.failures.append(f"{what}: a second run did not complete it")
        if second == (found == self.after) or third:
            self.failures.append(f"{what}: what was done was done again")
        litter = {path.name for path in self.book.parent.iterdir()} - self.beside
        if litter:
            self.failures.append(f"{what}: left {sorted(litter)}")

    def run(self, kills: int) -> int:
        """Kill so many runs, at every step on the disk first; print, return the exit code."""
        for point in self.points[:kills]:
            self.kill(point)
        self.counts["of them at a step on the disk"] = self.counts["kills"]
        while self.counts["kills"] < kills:
            self.kill()
        print(*(f"{what}: {count}" for what, count in self.counts.items()), sep="\n")
        print(*self.failures, sep="\n", file=sys.stderr)
        print(f"failures: {len(self.failures)}")
        return 1 if self.failures else 0


def words(about: str, kills: int) -> argparse.ArgumentParser:
    """Return the parser of what all such programs are given."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--kills", type=int, default=kills)
    parser.add_argument("--seed", type=int, default=None)
    return parser
