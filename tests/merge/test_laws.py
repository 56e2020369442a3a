"""The laws of merging, on whatever two people may do to three fee lines of two deals."""

from hypothesis import given

from effort import examples
from merge.laws import LAWS, World
from merge.people import worlds


@examples(300)
@given(world=worlds())
def test_every_law_holds_for_whatever_two_people_do(world: World) -> None:
    for law in LAWS:
        law(world)
