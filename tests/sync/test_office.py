"""Whatever people do, and wherever the process dies: the laws of syncing, in many small worlds.

`scripts/soak_sync.py` plays as many more as one likes.
"""

import pytest

from effort import some
from sync.driving import actions_of, play, steps_of

WORLDS, PARTS = 960, 40
"""About a hundred thousand steps of the engine; in a usual run an eighth of them."""


@pytest.mark.slow
@pytest.mark.parametrize("part", some(range(PARTS), 8), ids=lambda part: f"worlds-{part}")
def test_every_law_holds_in_every_world(part: int) -> None:
    size = WORLDS // PARTS
    assert steps_of(range(part * size, (part + 1) * size)) > 50 * size


def test_a_world_is_the_same_whenever_it_is_played() -> None:
    one, other = play(actions_of(7)), play(actions_of(7))
    assert one.store.stored.record == other.store.stored.record
    assert one.store.entries == other.store.entries
    assert one.steps == other.steps
