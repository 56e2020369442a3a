"""A promotion that is killed is done or not done, and a second run completes it."""

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the loop forks")
def test_a_promotion_killed_at_a_step_or_any_time_is_done_or_not_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / "state"))
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from kill_promote import loop as made

    (tmp_path / "firm").mkdir()
    loop = made(tmp_path / "firm")
    swap = next(i for i, point in enumerate(loop.points) if point.startswith("exchange"))
    for point in [*loop.points[swap : swap + 2], loop.points[-1], "", ""]:
        loop.kill(point)
    assert loop.counts["kills"] == 5
    assert loop.failures == []
