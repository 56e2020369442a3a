"""Several machines work on one fleet: processes with connections of their own, killed at random."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from fleet import effects
from sheetrecord.app.fleet.plan import FleetPlan
from sheetrecord.app.fleet.queued import enqueue
from sheetrecord.app.fleet.status import FleetStatus, status
from stores.killing import TOP

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL"),
]

WORKBOOKS = 300
MACHINES = 3
TAKEN_UP = 30
"""Seconds within which others take up what a killed machine was at work on."""


class Machines:
    """Processes that work on one fleet until they are stopped."""

    def __init__(self, plan: FleetPlan, log: Path) -> None:
        paths = os.pathsep.join([str(TOP / "src"), str(TOP / "tests")])
        self._environment = {**os.environ, "PYTHONPATH": paths, effects.LOG: str(log)}
        self._plan = plan
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        words = [sys.executable, effects.__file__, self._plan.store, str(self._plan.folder)]
        self.running.append(subprocess.Popen(words, env=self._environment))

    def kill(self, chance: random.Random) -> None:
        victim = self.running.pop(chance.randrange(len(self.running)))
        victim.send_signal(signal.SIGKILL)
        victim.wait()

    def stop(self) -> list[int]:
        for one in self.running:
            one.terminate()
        codes = [one.wait(timeout=60) for one in self.running]
        self.running = []
        return codes


@pytest.fixture
def plan(postgres: str, tmp_path: Path) -> FleetPlan:
    folder = tmp_path / "clients"
    folder.mkdir()
    for number in range(WORKBOOKS):
        (folder / f"{number:03}.xlsx").write_bytes(b"x")
    plan = FleetPlan(folder, "Ana", postgres, name=str(folder))
    enqueue(plan)
    return plan


@pytest.fixture
def machines(plan: FleetPlan, tmp_path: Path) -> Iterator[Machines]:
    some = Machines(plan, tmp_path / "log")
    yield some
    for one in some.running:
        one.kill()
        one.wait()


def sound(plan: FleetPlan) -> FleetStatus:
    """Return how the fleet stands, which adds up at every moment."""
    now = status(plan)
    assert set(now.states) <= {"due", "done"}
    assert sum(now.states.values()) == WORKBOOKS
    assert all(one.silent is None or one.silent < TAKEN_UP for one in now.at_work), now.at_work
    paths = [one.path for one in now.at_work]
    assert len(set(paths)) == len(paths)
    assert now.states.get("due", 0) <= len({*paths, *(one.path for one in now.waiting)})
    return now


def wait_until_done(plan: FleetPlan, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (now := sound(plan)).states != {"done": WORKBOOKS} or now.at_work:
        assert time.monotonic() < until, now
        time.sleep(0.2)


def test_machines_share_the_work_and_do_each_once(
    plan: FleetPlan, machines: Machines, tmp_path: Path
) -> None:
    for _ in range(MACHINES):
        machines.start()
    wait_until_done(plan, 240)
    assert machines.stop() == [0] * MACHINES
    times = Counter((tmp_path / "log").read_text().split())
    assert times == {f"{n:03}.xlsx": 1 for n in range(WORKBOOKS)}


def test_what_killed_machines_were_at_work_on_is_taken_up_by_others(
    plan: FleetPlan, machines: Machines, tmp_path: Path
) -> None:
    chance = random.Random(1)
    for _ in range(MACHINES):
        machines.start()
    kills = 0
    while sound(plan).states.get("done", 0) < WORKBOOKS and kills < 8:
        time.sleep(chance.uniform(0.2, 1.5))
        if sound(plan).at_work:
            machines.kill(chance)
            machines.start()
            kills += 1
    wait_until_done(plan, 240)
    machines.stop()
    times = Counter((tmp_path / "log").read_text().split())
    assert set(times) == {f"{n:03}.xlsx" for n in range(WORKBOOKS)}
    assert sum(times.values()) <= WORKBOOKS + kills
    assert kills


def test_cut_connections_and_what_was_at_work_over_them_are_replaced(
    plan: FleetPlan, machines: Machines, tmp_path: Path
) -> None:
    for _ in range(MACHINES):
        machines.start()
    cuts = 0
    while sound(plan).states.get("done", 0) < WORKBOOKS and cuts < 4:
        time.sleep(1)
        cuts += _cut(plan.store)
    wait_until_done(plan, 240)
    assert machines.stop() == [0] * MACHINES
    assert cuts
    times = Counter((tmp_path / "log").read_text().split())
    assert set(times) == {f"{n:03}.xlsx" for n in range(WORKBOOKS)}


def _cut(address: str) -> bool:
    """Cut every connection of the machines, as a restart of the server does."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND application_name LIKE 'sheetrecord %'"
        ).fetchall()
    return bool(found)
