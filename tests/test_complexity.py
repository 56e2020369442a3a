"""Functions get no harder to follow: the list of those above the limit only shrinks."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import complexity
from complexity import LIMIT, lowered, wrong

HARD = ("src/a.py", "hard")
NEW = ("src/a.py", "Class.new")
TEXT = "# why\nsrc/a.py hard 20\nsrc/b.py gone 30\n"


def test_the_list_describes_the_code() -> None:
    listed = complexity.read(complexity.LIST.read_text("utf-8"))
    assert [*wrong(listed, complexity.measured()), *complexity.grown(listed)] == []


@pytest.mark.parametrize("now", [LIMIT, 19, 21])
def test_a_figure_that_is_not_the_listed_one_is_told(now: int) -> None:
    (sentence,) = wrong({HARD: 20}, {HARD: now})
    assert "src/a.py: hard" in sentence
    assert ("--lower" in sentence) is (now < 20)


def test_a_function_that_is_not_listed_is_told() -> None:
    (sentence,) = wrong({}, {NEW: LIMIT + 1})
    assert "Class.new has 16, may have 15" in sentence


def test_lowering_takes_out_and_lowers_and_adds_nothing() -> None:
    assert lowered(TEXT, {HARD: 18, NEW: 40}) == "# why\nsrc/a.py hard 18\n"
    assert lowered(TEXT, {HARD: 25, ("src/b.py", "gone"): 30}) == TEXT


def test_a_list_that_became_longer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complexity, "MOST", 1)
    assert list(complexity.grown({HARD: 20})) == []
    assert len(list(complexity.grown({HARD: 20, NEW: 20}))) == 1
