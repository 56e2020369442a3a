"""Syncs over real files that die at every step: nothing typed is lost, nothing is left behind."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "kill_sync_files.py"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kill_sync_files", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the loop forks")
def test_a_sync_may_die_at_any_step(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))
    loop = script.Loop(tmp_path, seed=3)
    loop.note_points()
    commits = [point for point in loop.points if point.startswith("commit")]
    steps = [point for point in loop.points if not point.startswith("commit")]
    assert len(commits) >= 6
    assert len(steps) >= 20
    for point in (*commits[:4], *steps[:: len(steps) // 6], "", ""):
        loop.kill(point)
    assert loop.failures == []
