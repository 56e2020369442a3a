"""People, faults and deaths between any two requests: nothing typed is lost, no line is twice.

`scripts/campaign_google.py` plays more of them.
"""

from pathlib import Path

import pytest

from effort import some
from online.schedule import Schedule

SEEDS = range(640)
FOUND = (188,)
"""Schedules that broke a law: somebody typed into a row that a write taken back had added."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*some(SEEDS, 20), *FOUND])
def test_whatever_happens_nothing_typed_is_lost(seed: int, tmp_path: Path) -> None:
    schedule = Schedule(tmp_path, seed)
    try:
        schedule.run()
    except AssertionError as wrong:
        raise AssertionError(f"{wrong}\n" + "\n".join(schedule.story)) from wrong
