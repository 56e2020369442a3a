"""Measure stores and fleets: commits, the ledger's check, 10,000 workbooks, a killed lock holder.

    python scripts/bench/bench_store.py [PART...]

Parts: commits, ledger, fleet, lock; all without any. SQLite files lie in a temporary folder, the
PostgreSQL server is one of its own that waits for the disk. Commits and hand-overs are wall time
(they wait for the disk and for another process), everything else is CPU seconds.
"""

import datetime as dt
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from merge.files import put, rows_of
from messy.firm import edited, workbook
from sheetrecord.app.fleet.plan import FleetPlan
from sheetrecord.app.fleet.run import keep_in_step
from sheetrecord.app.fleet.sync_one import Job, sync_one
from sheetrecord.core.sync.store_protocol import CommitChange, CopyState, LedgerEntry, Snapshot
from sheetrecord.files import fingerprint
from sheetrecord.stores import open_store
from sheetrecord.stores.fleet import SyncedWorkbook
from sheetrecord.stores.verify import leads_to, verify
from stores.cluster import cluster, programs
from stores.killing import start

WORKBOOKS, REAL = 10_000, 100


def cpu() -> float:
    """Return the CPU seconds of this process and of those that it has waited for."""
    mine, theirs = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print what something cost."""
    began, used = time.perf_counter(), cpu()
    yield
    print(
        f"  {what:<58} {cpu() - used:8.2f} CPU s {time.perf_counter() - began:8.2f} s", flush=True
    )


def change(run: int, rows: int) -> CommitChange:
    """Return a sync's usual commit: rows, their entries, a generation, a copy."""
    at = dt.datetime(2026, 6, 30, tzinfo=dt.UTC)
    cells = {
        "deal_id": "D-0001",
        "description": "Second instalment",
        "net": 9800,
        "due_on": at.date(),
    }
    new = {("Fees", f"F-{run}-{n}"): cells for n in range(rows)}
    entries = tuple(
        LedgerEntry("add", "firm.xlsx", run, *place, cells=row) for place, row in new.items()
    )
    base = {run: Snapshot({"Fees": {place[1]: row for place, row in new.items()}})}
    copies = (CopyState("firm.xlsx", f"{run:064x}", 400_000, 1, run, run),)
    return CommitChange(at, "Ana", entries, new, bases=base, copies=copies)


def commits(address: str) -> None:
    """Commits of ten rows each, one after the other, each on the disk before the next."""
    with closing(open_store(address, f"C-{random.getrandbits(40):x}")) as store:
        began, count = time.perf_counter(), 300
        for run in range(count):
            store.commit(run, change(run + 1, 10))
        print(f"  commits of 10 rows: {count / (time.perf_counter() - began):.0f} per second")


def ledger(address: str) -> None:
    """A ledger of 100,000 entries: written, checked, and the record loaded."""
    with closing(open_store(address, f"L-{random.getrandbits(40):x}")) as store:
        with measured("100,000 rows and entries in 100 commits"):
            for run in range(100):
                store.commit(run, change(run + 1, 1000))
        with measured("check the chain"):
            assert leads_to(store, store.head())
        with measured("check everything: chain, record against ledger, bases"):
            assert all(verdict.well for verdict in verify(store))
        with measured("load the record of 100,000 rows"):
            assert len(store.load().record.rows["Fees"]) == 100_000


def lock(address: str) -> None:
    """How long after a kill -9 of the holder somebody else has the record."""
    waited = []
    for _ in range(20):
        record = f"K-{random.getrandbits(40):x}"
        holder = start(address, record, hold=True)
        holder.first()
        with closing(open_store(address, record)) as store:
            began = time.perf_counter()
            holder.process.kill()
            with store.lock():
                waited.append(time.perf_counter() - began)
        holder.process.communicate()
    median, worst = statistics.median(waited) * 1000, max(waited) * 1000
    print(f"  record free after kill -9 of its holder: {median:.0f} ms, at most {worst:.0f} ms")


def pretended(job: Job) -> SyncedWorkbook:
    """Read a workbook and do nothing else."""
    seen = fingerprint(job.path)
    return SyncedWorkbook(job.record, seen.digest, seen.size)


def fleet(address: str) -> None:
    """10,000 workbooks, 100 of them real; unchanged, then with the 100 changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SHEETRECORD_STATE"] = str(folder / "state")
        clients = folder / "clients"
        for number in range(WORKBOOKS - REAL):
            path = clients / f"{number // 100:03}" / f"{number:05}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(random.Random(number).randbytes(20_000))
        plan = FleetPlan(clients, "Ana", address, name, jobs=1)
        with measured(f"first run: {WORKBOOKS - REAL} workbooks of 20 KB noted, not synced"):
            keep_in_step(plan, effect=pretended)
        real = _real(clients)
        plan = plan._replace(jobs=2)
        with measured(f"{REAL} new workbooks of {real[0].stat().st_size // 1000} KB synced"):
            keep_in_step(plan, effect=sync_one)
        keep_in_step(plan, effect=sync_one)
        with measured(f"{WORKBOOKS} workbooks, none changed"):
            look, _ = keep_in_step(plan, effect=sync_one)
            assert look.unchanged == WORKBOOKS
        _type_into(real)
        with measured(f"{WORKBOOKS} workbooks, {REAL} changed and synced"):
            look, counts = keep_in_step(plan, effect=sync_one)
            assert (look.wanted, counts) == (REAL, {"done": WORKBOOKS}), (look, counts)


def _real(clients: Path) -> list[Path]:
    data = workbook()
    (clients / "real").mkdir()
    paths = [clients / "real" / f"{number:03}.xlsx" for number in range(REAL)]
    for path in paths:
        path.write_bytes(data)
    return paths


def _type_into(paths: list[Path]) -> None:
    """Save each workbook with another amount, as another program does."""

    def type_net(book: object) -> None:
        put("Fees", next(iter(rows_of(book, "Fees"))), net=4242)(book)

    for path in paths:
        path.write_bytes(edited(path.read_bytes(), type_net))
        os.utime(path, (1_700_000_000, 1_700_000_000))


PARTS: dict[str, Callable[[str], None]] = {
    "commits": commits,
    "ledger": ledger,
    "lock": lock,
    "fleet": fleet,
}


def main() -> None:
    """Measure the parts that were named on both databases."""
    parts = [PARTS[word] for word in sys.argv[1:]] or list(PARTS.values())
    with tempfile.TemporaryDirectory() as folder:
        print("SQLite")
        for part in parts:
            part(f"sqlite:{folder}/record.db")
    if programs() is None:
        print("PostgreSQL's server is not on this machine.")
        return
    with cluster(durable=True) as address:
        print("PostgreSQL")
        for part in parts:
            part(address)


if __name__ == "__main__":
    main()
