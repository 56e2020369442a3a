"""A run tries as hard as it was asked to, and what it is to run is there."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import effort

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("how", "cases", "found"), [("fast", 2, 12), ("normal", 25, 120), ("long", 100, 2400)]
)
def test_more_is_tried_the_longer_a_run_may_take(
    how: str, cases: int, found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effort, "EFFORT", how)
    assert len(effort.some(range(100), 4 if how != "fast" else 5)) == cases
    assert effort.examples(120).max_examples == found


@pytest.mark.parametrize("how", ["fast", "normal", "long"])
def test_nothing_is_left_out_altogether(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "EFFORT", how)
    assert effort.some(["alone"], 50) == ["alone"]
    assert effort.examples(4).max_examples >= 4


def runner() -> ModuleType:
    """Return `scripts/test.py`, as if it had been started."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        spec = importlib.util.spec_from_file_location("runner", ROOT / "scripts" / "test.py")
        assert spec is not None
        assert spec.loader is not None
        found = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found)
    return found


def test_what_a_short_run_names_is_there() -> None:
    assert [path for path in runner().FAST if not (ROOT / path).exists()] == []


def test_every_campaign_is_there() -> None:
    named = [ROOT / "scripts" / script for script, *_ in runner().CAMPAIGNS]
    assert [path.name for path in named if not path.is_file()] == []
