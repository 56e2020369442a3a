"""Kill `migrate` at every step on the disk and at random instants, and look at what it left.

    python scripts/kill_migrate.py --kills 60

A child migrates an old workbook; the parent kills it. After each kill the workbook must be what it
was or what a migration makes of it, byte for byte. Then a second run must complete it, a third
must change nothing, and nothing of ours may be left beside it. Prints counts; exits with 1 on any
failure.
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

from sheetrecord.app.migrate import draft, migrate
from sheetrecord.app.rewrite import Asked
from sheetrecord.files import exclusive, replacing
from sheetrecord.files.disk import this_disk
from sheetrecord.files.unix import UnixDisk
from sheetrecord.files.watch import KILLED, watched

OLD = Path(__file__).resolve().parents[1] / "tests" / "old"
DAY = dt.date(2026, 6, 30)


def run(path: Path) -> bool:
    """Migrate a workbook as the command does, and tell whether there was anything to do."""
    drafted = draft(path, Asked(DAY, DAY))
    if drafted.after.changed:
        migrate(drafted)
    return drafted.after.changed


class Loop:
    """One old workbook in a folder of its own, and what was found after each kill."""

    def __init__(self, book: Path) -> None:
        self.book = book
        self.before = book.read_bytes()
        self.beside = {path.name for path in book.parent.iterdir()}
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.points: list[str] = []
        began = time.perf_counter()
        self._run_and_note()
        self.once = time.perf_counter() - began
        self.after = book.read_bytes()

    def _run_and_note(self) -> None:
        """Migrate undisturbed and note every moment of its writes."""

        def note(now: str) -> None:
            count = sum(now == point.split("#")[0] for point in self.points) + 1
            self.points.append(f"{now}#{count}")

        disk = watched(UnixDisk(), note)
        replacing.this_disk = lambda: disk  # type: ignore[assignment,return-value]
        run(self.book)
        replacing.this_disk = this_disk

    def kill(self, failpoint: str = "") -> None:
        """Kill one migration, at a fail-point or some time after its start, and look."""
        self.book.write_bytes(self.before)
        shutil.rmtree(os.environ["SHEETRECORD_STATE"], ignore_errors=True)
        child = os.fork()
        if not child:
            this_disk.cache_clear()
            os.environ["SHEETRECORD_FAILPOINT"] = failpoint
            run(self.book)
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
        second, third = run(self.book), run(self.book)
        if self.book.read_bytes() != self.after:
            self.failures.append(f"{what}: a second run did not complete it")
        if second == (found == self.after) or third:
            self.failures.append(f"{what}: it was done twice")
        litter = {path.name for path in self.book.parent.iterdir()} - self.beside
        if litter:
            self.failures.append(f"{what}: left {sorted(litter)}")


def main() -> int:
    """Parse the words, run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--book", type=Path, default=OLD / "v0" / "lived-in-de.xlsm")
    words = parser.parse_args()
    random.seed(words.seed)
    with tempfile.TemporaryDirectory() as name:
        os.environ["SHEETRECORD_STATE"] = str(Path(name, "state"))
        Path(name, "firm").mkdir()
        loop = Loop(Path(shutil.copy(words.book, Path(name, "firm"))))
        for point in loop.points[: words.kills]:
            loop.kill(point)
        while loop.counts["kills"] < words.kills:
            loop.kill()
    print(*(f"{what}: {count}" for what, count in loop.counts.items()), sep="\n")
    print(*loop.failures, sep="\n", file=sys.stderr)
    print(f"failures: {len(loop.failures)}")
    return 1 if loop.failures else 0


if __name__ == "__main__":
    sys.exit(main())
