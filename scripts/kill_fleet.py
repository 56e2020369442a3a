"""Kill the workers of a fleet at random, and look at what the others make of it.

    python scripts/kill_fleet.py --workbooks 300 --kills 40

Real workbooks, a PostgreSQL server of its own, three `sheetrecord fleet work`. First every workbook
begins a record; then somebody types a value into each of them, and all are queued again. Meanwhile
workers are killed with SIGKILL and replaced. Then every workbook must be done, its record must hold
each typed value, entered once, its ledger must be whole, and a further run must write nothing.
At every look what `fleet status` tells must add up, and nothing that a killed worker was at work on
may be left to it for more than half a minute. Prints counts; exits with 1 on any failure.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from merge.files import put, rows_of
from messy.firm import edited, workbook
from sheetrecord.app.fleet.plan import FleetPlan
from sheetrecord.app.fleet.queued import enqueue
from sheetrecord.app.fleet.scan import FolderCounts
from sheetrecord.app.fleet.status import FleetStatus, status
from sheetrecord.stores import open_store
from sheetrecord.stores.verify import verify
from sheetrecord.workbooks.kinds import records_of
from stores.cluster import cluster
from stores.killing import TOP

WORKERS: Final = 3
TAKEN_UP: Final = 30.0
OLD: Final = 1_700_000_000


class Campaign:
    """One fleet, its workers, and what was found."""

    def __init__(self, plan: FleetPlan, chance: random.Random) -> None:
        self.plan = plan
        self.paths = sorted(plan.folder.iterdir())
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.longest = 0.0
        self._chance = chance
        self._running: list[subprocess.Popen[bytes]] = []
        self._left: dict[tuple[str, str], float] = {}

    def round(self, kills: int) -> None:
        """Queue what is due and work on it, with so many kills."""
        self._enqueued()
        while len(self._running) < WORKERS:
            self._start()
        while self._look().states.get("done", 0) < len(self.paths):
            if kills and self._chance.random() < 1 / 3:
                self._kill()
                kills -= 1
            time.sleep(self._chance.uniform(0.1, 1.0))
        while self._look().at_work:
            time.sleep(0.3)

    def end(self) -> None:
        """Let the workers end as a service manager does."""
        for one in self._running:
            one.send_signal(signal.SIGTERM)
        codes = {one.wait(timeout=60) for one in self._running}
        self._hold(codes == {0}, f"workers that were stopped exited with {codes}")

    def type(self) -> dict[Path, str]:
        """Type a text of its own into each workbook."""
        typed = {path: f"typed into {path.stem}" for path in self.paths}
        for path, text in typed.items():
            change = self._typing(text)
            path.write_bytes(edited(path.read_bytes(), change))
            os.utime(path, (OLD, OLD))
        return typed

    def judge(self, typed: dict[Path, str]) -> None:
        """Hold what is there against what must be."""
        for path, text in typed.items():
            [record] = records_of(str(path))
            with closing(open_store(self.plan.store, record)) as store:
                entered = [one for one in store.ledger() if one.entry.new == text]
                self._hold(len(entered) == 1, f"{path.name}: entered {len(entered)} times")
                wrong = [verdict.what for verdict in verify(store) if not verdict.well]
                self._hold(not wrong, f"{path.name}: {wrong}")
                rows = store.load().record.rows["Fees"].values()
                found = [row for row in rows if row.get("note") == text]
                self._hold(len(found) == 1, f"{path.name}: in {len(found)} rows")
        before = {path: path.read_bytes() for path in self.paths}
        again = self._enqueued()
        self._hold(again.wanted == 0, f"{again.wanted} workbooks due though nobody changed them")
        self._hold(before == {p: p.read_bytes() for p in self.paths}, "a scan wrote")

    def _typing(self, text: str) -> object:
        def change(book: object) -> None:
            put("Fees", next(iter(rows_of(book, "Fees"))), note=text)(book)

        return change

    def _enqueued(self) -> FolderCounts:
        return enqueue(self.plan)

    def _start(self) -> None:
        words = ["fleet", "work", str(self.plan.folder), "--store", self.plan.store]
        command = [sys.executable, "-m", "sheetrecord", *words, "--jobs", "1", "--by", "Ana"]
        environment = {**os.environ, "PYTHONPATH": str(TOP / "src")}
        quiet = subprocess.DEVNULL
        self._running.append(subprocess.Popen(command, env=environment, stdout=quiet))

    def _kill(self) -> None:
        at_work = {one.worker.rpartition(":")[2] for one in self._look().at_work}
        busy = [one for one in self._running if str(one.pid) in at_work]
        victim = self._chance.choice(busy or self._running)
        self._running.remove(victim)
        victim.kill()
        victim.wait()
        self.counts["kills"] += 1
        now, ending = time.monotonic(), f":{victim.pid}"
        for one in self._look().at_work:
            if one.worker.endswith(ending):
                self.counts["kills at work"] += 1
                self._left[one.path, one.worker] = now
        self._start()

    def _look(self) -> FleetStatus:
        """Return how the fleet stands, and hold that against itself."""
        now = status(self.plan)
        self.counts["looks"] += 1
        paths = [one.path for one in now.at_work]
        known = {*paths, *(one.path for one in now.waiting)}
        self._hold(sum(now.states.values()) == len(self.paths), f"states: {now.states}")
        self._hold(len(set(paths)) == len(paths), f"at work twice: {paths}")
        self._hold(now.states.get("due", 0) <= len(known), f"due and not queued: {now}")
        if now.troubles:
            raise SystemExit(f"FAILED: {now.troubles}")
        held = {(one.path, one.worker) for one in now.at_work}
        for key, since in list(self._left.items()):
            waited = time.monotonic() - since
            self.longest = max(self.longest, waited)
            if key not in held:
                del self._left[key]
            elif waited > TAKEN_UP:
                self._hold(ok=False, why=f"{key[0]} was left to a killed worker for {waited:.0f} s")
                del self._left[key]
        return now

    def _hold(self, ok: bool, why: str) -> None:
        if not ok:
            self.failures.append(why)
            print(f"FAILED: {why}")


def main() -> int:
    """Run the campaign and print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbooks", type=int, default=300)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, cluster(durable=True) as url:
        os.environ["SHEETRECORD_STATE"] = str(Path(name) / "state")
        folder = Path(name) / "clients"
        folder.mkdir()
        for number in range(asked.workbooks):
            (folder / f"{number:03}.xlsx").write_bytes(workbook())
        campaign = Campaign(FleetPlan(folder, "Ana", url), random.Random(asked.seed))
        campaign.round(asked.kills // 2)
        typed = campaign.type()
        campaign.round(asked.kills - asked.kills // 2)
        campaign.end()
        campaign.judge(typed)
    counts = ", ".join(f"{number} {what}" for what, number in campaign.counts.items())
    print(f"{asked.workbooks} workbooks, {counts}; longest left to a killed one")
    print(f"{campaign.longest:.0f} s; {len(campaign.failures)} failures")
    return int(bool(campaign.failures))


if __name__ == "__main__":
    sys.exit(main())
