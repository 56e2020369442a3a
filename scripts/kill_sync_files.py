"""Kill `sync` over real files at random instants and at every step, and look at what it left.

    python scripts/kill_sync_files.py --kills 500

Two workbooks and a SQLite store. Before each round two people type values that nobody typed
before; a child syncs, and the parent kills it: at a step on the disk, at a commit of the store, or
some time after its start. Then the copies must be readable, a sync that is left alone must bring
every typed value into the record or a conflict, a further one must write no byte, and nothing of
ours may be left beside the workbooks. Prints counts; exits with 1 on any failure.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from sheetrecord.app.sync.driver import SyncDriver
from sheetrecord.app.sync.open_store import looking
from sheetrecord.app.sync.resolutions import Settling
from sheetrecord.app.validate import read_record
from sheetrecord.core.sync.effects import Commit
from sheetrecord.core.sync.ledger import replayed
from sheetrecord.core.sync.store_protocol import Stored
from sheetrecord.files import replacing
from sheetrecord.files.disk import this_disk
from sheetrecord.files.disk_hooks import KILLED, watched
from sheetrecord.files.unix import UnixDisk
from sheetrecord.model.edit import At, SetValue
from sheetrecord.workbooks.transaction import begin, placed
from synced.office import ASOF, FEES, Office, line

KEYS = ("note", "invoice_no", "po_ref", "description")


class Loop:
    """One office, and what was found after each kill."""

    def __init__(self, folder: Path, seed: int | None = None) -> None:
        self.random = random.Random(seed)
        self.office = Office(folder)
        self.office.begin()
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.points: list[str] = []
        self._typed = 0
        self._wanted: set[str] = set()

    def note_points(self) -> None:
        """Sync undisturbed and note every moment at which a child can be killed."""
        self._people()
        began = time.perf_counter()
        seen: Counter[str] = Counter()

        def note(moment: str) -> None:
            seen[moment] += 1
            self.points.append(f"{moment}#{seen[moment]}")

        with Hooked(note):
            self.office.sync()
        self.once = time.perf_counter() - began

    def kill(self, point: str = "") -> None:
        """Let people type, kill one sync, and look."""
        self._people()
        child = os.fork()
        if not child:
            _child(self.office, point)
        if not point:
            time.sleep(self.random.uniform(0, 1.1 * self.once))
            os.kill(child, signal.SIGKILL)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        self.counts["kills"] += 1
        self.counts["of them where the step did not come"] += bool(point) and ended == 0
        if ended not in (0, KILLED, -signal.SIGKILL):
            self.failures.append(f"{point or 'random'}: the child ended with {ended}")
        self._look(point or "random kill")
        if self.counts["kills"] % 25 == 0:
            print(f"{self.counts['kills']} kills, {len(self.failures)} failures", flush=True)

    def _people(self) -> None:
        """Let each of two people type some values into their copy."""
        for path in self.office.paths:
            edits = []
            for _ in range(self.random.randint(1, 3)):
                self._typed += 1
                value = f"typed {self._typed}"
                self._wanted.add(value)
                row_id = line(self.random.randrange(FEES))
                edits.append(SetValue(At("Fees", row_id, self.random.choice(KEYS)), value))
            book, parsed = read_record(str(path), today=ASOF)
            # A value typed over one that the screen shows displaces it: that is the person's will.
            for edit in edits:
                row = next(r for r in parsed.record.rows("Fees") if r.id == edit.at.row_id)
                self._wanted.discard(str(row.get(edit.at.key)))
            last = {edit.at: edit for edit in edits}
            self._wanted -= {e.value for e in edits} - {e.value for e in last.values()}
            begin(str(path)).with_edits(placed(tuple(last.values()), book, parsed.layout)).write()

    def _look(self, what: str) -> None:
        office = self.office
        for path in office.paths:
            if not path.exists():
                self.counts["with the name free until the next run"] += 1
        office.sync()
        with looking(office.known()) as store:
            stored, ledger = store.load(), list(store.ledger())
        held = {
            cell for rows in stored.record.rows.values() for row in rows.values()
            for cell in row.values()
        }  # fmt: skip
        for one in stored.conflicts:
            held.update((one.record, *(side.value for side in one.sides)))
        lost = {value for value in self._wanted if value not in held}
        if lost:
            self.failures.append(f"{what}: lost {sorted(lost)}")
            self._wanted -= lost
        if replayed(one.entry for one in ledger) != stored.record.rows:
            self.failures.append(f"{what}: the ledger tells another record")
        before = office.bytes()
        office.sync()
        if office.bytes() != before:
            self.failures.append(f"{what}: a further sync wrote something")
        litter = set(before) - {str(path) for path in office.paths}
        if litter:
            self.failures.append(f"{what}: left {sorted(litter)}")
        self.counts["conflicts on the way"] += len(stored.conflicts)
        if len(stored.conflicts) >= 6:
            self._decide(stored)

    def _decide(self, stored: Stored) -> None:
        """Settle what is disputed now and then, so that the office does not only quarrel."""
        for one in stored.conflicts:
            kept = {one.record} | {side.value for side in one.sides}
            self._wanted -= {str(value) for value in kept}
        self.office.sync(orders=Settling(str(self.office.ana), "ours", ()))
        rows = self.office.stored().record.rows
        held = {str(c) for held in rows.values() for row in held.values() for c in row.values()}
        self._wanted &= held


class Hooked:
    """Calls a hook around every step on the disk and every commit, while it lasts."""

    def __init__(self, hook: Callable[[str], None]) -> None:
        self._hook = hook
        self._answer = SyncDriver.answer

    def __enter__(self) -> None:
        disk, answer, hook = watched(UnixDisk(), self._hook), self._answer, self._hook

        def watched_answer(world: SyncDriver, step: object) -> object:
            if isinstance(step, Commit):
                hook("commit:before")
            found = answer(world, step)  # type: ignore[arg-type]
            if isinstance(step, Commit):
                hook("commit:after")
            return found

        replacing.this_disk = lambda: disk  # type: ignore[assignment,return-value]
        SyncDriver.answer = watched_answer  # type: ignore[assignment,method-assign]

    def __exit__(self, *_: object) -> None:
        replacing.this_disk = this_disk
        SyncDriver.answer = self._answer  # type: ignore[method-assign]


def _child(office: Office, point: str) -> None:
    """Sync in a process of its own, which ends at a point."""
    seen: Counter[str] = Counter()

    def hook(moment: str) -> None:
        seen[moment] += 1
        if f"{moment}#{seen[moment]}" == point:
            os._exit(KILLED)

    code = 1
    try:
        with Hooked(hook):
            office.sync()
        code = 0
    finally:
        os._exit(code)


def main() -> int:
    """Parse the words, run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=None)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        loop = Loop(Path(name), words.seed)
        loop.note_points()
        for point in loop.points[: words.kills]:
            loop.kill(point)
        loop.counts["of them at a step of the disk or the store"] = loop.counts["kills"]
        while loop.counts["kills"] < words.kills:
            loop.kill()
    for what, count in loop.counts.items():
        print(f"{count:6} {what}")
    print(f"{len(loop.failures):6} failures", *loop.failures[:20], sep="\n       ")
    return 1 if loop.failures else 0


if __name__ == "__main__":
    sys.exit(main())
