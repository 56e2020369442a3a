"""Measure a fleet on PostgreSQL: three workers, so many real workbooks, from the first run on.

    python scripts/bench/bench_fleet.py 1000

Each workbook is one that our template makes, small and filled (about 100 KB). Prints, for the first
run, for one in which nobody changed anything and for one in which one workbook in a hundred was
typed into: CPU seconds of the workers and of the scan (the server's are not in them), and seconds
on the clock with the three side by side.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from merge.files import put, rows_of
from messy.firm import edited, workbook
from sheetrecord.app.fleet.plan import FleetPlan
from sheetrecord.app.fleet.status import status
from stores.cluster import cluster
from stores.killing import TOP

WORKERS: Final = 3
OLD: Final = 1_700_000_000


def main() -> None:
    """Measure a fleet of as many workbooks as the first word says."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name, cluster(durable=True) as url:
        os.environ["SHEETRECORD_STATE"] = str(Path(name) / "state")
        folder = Path(name) / "clients"
        paths = _made(folder, number)
        print(f"{number} workbooks of {paths[0].stat().st_size // 1000} KB, {WORKERS} workers")
        plan = FleetPlan(folder, "Ana", url)
        with _measured("first run"):
            _run(plan)
        for path in paths:  # as after a while: a time of this moment proves nothing
            os.utime(path, (OLD, OLD))
        _run(plan)
        with _measured("none changed"):
            _run(plan)
        for path in paths[::100]:
            _type_into(path)
        with _measured(f"{len(paths[::100])} changed"):
            _run(plan)
        states = status(plan).states
        assert states == {"done": number}, states


def _made(folder: Path, number: int) -> list[Path]:
    data = workbook()
    paths = [folder / f"{n // 100:03}" / f"{n:05}.xlsx" for n in range(number)]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (OLD, OLD))
    return paths


def _run(plan: FleetPlan) -> None:
    """Scan once and let the workers work until nothing is due."""
    _command("enqueue", plan).wait()
    workers = [_command("work", plan, "--jobs", "1", "--until-empty") for _ in range(WORKERS)]
    assert [one.wait() for one in workers] == [0] * WORKERS


def _command(word: str, plan: FleetPlan, *more: str) -> subprocess.Popen[bytes]:
    words = ["fleet", word, str(plan.folder), "--store", plan.store, "--by", plan.by, *more]
    environment = {**os.environ, "PYTHONPATH": str(TOP / "src")}
    command = [sys.executable, "-m", "sheetrecord", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def _type_into(path: Path) -> None:
    def type_net(book: object) -> None:
        put("Fees", next(iter(rows_of(book, "Fees"))), net=4242)(book)

    path.write_bytes(edited(path.read_bytes(), type_net))
    os.utime(path, (OLD + 60, OLD + 60))


@contextmanager
def _measured(what: str) -> Iterator[None]:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    yield
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"  {what}: {cpu:.1f} CPU s, {time.perf_counter() - began:.0f} s on the clock", flush=True
    )


if __name__ == "__main__":
    main()
