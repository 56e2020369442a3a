"""Several machines work on one fleet: processes with connections of their own, killed at random."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from fleet import effects
from sheetrecord.app.fleet.run import FleetPlan, look_at, open_fleet
from stores.killing import TOP

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL"),
]

WORKBOOKS = 200


def machine(plan: FleetPlan, log: Path, lease: int) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(TOP / "src"), str(TOP / "tests")]),
        effects.LOG: str(log),
    }
    words = [sys.executable, effects.__file__, plan.store, str(plan.folder), str(lease)]
    return subprocess.Popen(words, env=environment)


@pytest.fixture
def plan(postgres: str, tmp_path: Path) -> FleetPlan:
    folder = tmp_path / "clients"
    folder.mkdir()
    for number in range(WORKBOOKS):
        (folder / f"{number:03}.xlsx").write_bytes(b"x")
    return FleetPlan(folder, "Ana", postgres, name=str(folder))


def test_machines_share_the_work_and_do_each_once(plan: FleetPlan, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with closing((fleet := open_fleet(plan)).database):
        look_at(fleet, plan.folder)
        for one in [machine(plan, log, lease=600) for _ in range(3)]:
            assert one.wait(timeout=120) == 0
        assert fleet.counts() == {"done": WORKBOOKS}
    assert Counter(log.read_text().split()) == {f"{n:03}.xlsx": 1 for n in range(WORKBOOKS)}


def test_what_killed_machines_left_is_done_by_others(plan: FleetPlan, tmp_path: Path) -> None:
    log = tmp_path / "log"
    kills = 0
    with closing((fleet := open_fleet(plan)).database):
        look_at(fleet, plan.folder)
        while kills < 8 and fleet.counts().get("done", 0) < WORKBOOKS:
            one = machine(plan, log, lease=1)
            time.sleep(random.uniform(0.3, 0.6))
            one.send_signal(signal.SIGKILL)
            kills += one.wait() == -signal.SIGKILL
        while fleet.counts() != {"done": WORKBOOKS}:
            assert machine(plan, log, lease=1).wait(timeout=120) == 0
            time.sleep(0.2)
    times = Counter(log.read_text().split())
    assert set(times) == {f"{n:03}.xlsx" for n in range(WORKBOOKS)}
    assert kills > 0
