"""Worlds in which the engine once broke a law, as small as they could be made (`found.txt`)."""

from pathlib import Path

import pytest

from sync.acts import ACTS, Action
from sync.driving import play

NUMBERS = {act.__name__[1:]: ACTS.index(act) for act in ACTS}


def _found() -> dict[str, str]:
    """Return the worlds: what went wrong in each, and its actions, a line each."""
    text = Path(__file__).with_name("found.txt").read_text(encoding="utf-8")
    worlds = (block.partition("\n") for block in text.split("# ")[1:])
    return {name: lines for name, _, lines in worlds}


FOUND = _found()


def actions(text: str) -> list[Action]:
    words = (line.split() for line in text.split("\n") if line.strip())
    return [(NUMBERS[name], int(i), int(j)) for name, i, j in words]


@pytest.mark.parametrize("name", FOUND, ids=lambda name: name.replace(" ", "-"))
def test_a_world_that_broke_a_law_does_so_no_more(name: str) -> None:
    play(actions(FOUND[name]))
