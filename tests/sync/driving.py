"""Worlds made from a seed, run to the end, and made small when they break a law."""

import random
from collections.abc import Iterator

from sync.acts import ACTS, Action, do, told
from sync.laws import decide_everything, decide_in_a_list, settle
from sync.office import Office

WRONG = (AssertionError, LookupError, TypeError, ValueError, AttributeError)
"""How a fault shows: a law that does not hold, or an engine that stumbles over its own state."""

LENGTH = 36
"""Actions in one world."""


def actions_of(seed: int, acts: int = len(ACTS)) -> list[Action]:
    source = random.Random(seed)
    return [
        (source.randrange(acts), source.randrange(1000), source.randrange(1000))
        for _ in range(LENGTH)
    ]


def play(actions: list[Action], rests: int = 2) -> Office:
    """Let it all happen, with a rest at the end and some in between; the laws hold at each.

    In the end somebody decides whatever stands.
    """
    office = Office()
    office.forward = True
    office.finish()
    part = max(1, -(-len(actions) // rests))
    for start in range(0, max(1, len(actions)), part):
        for action in actions[start : start + part]:
            do(office, action)
        settle(office)
    _decided(office, sum(map(sum, actions)))
    return office


def _decided(office: Office, luck: int) -> None:
    choice = ("ours", "theirs")[luck % 2]
    if office.plain and luck % 4 < 2:  # with a renamed column a list does not show all there is
        decide_in_a_list(office, sorted(office.files)[luck % 3], choice)
    elif office.store.stored.conflicts:
        decide_everything(office, choice)


def breaks(actions: list[Action]) -> BaseException | None:
    try:
        play(actions)
    except WRONG as wrong:
        return wrong
    return None


def shrunk(actions: list[Action]) -> list[Action]:
    """Return fewer actions that break a law as well."""
    size = len(actions) // 2
    while size:
        start = 0
        while start < len(actions):
            fewer = actions[:start] + actions[start + size :]
            if breaks(fewer) is not None:
                actions = fewer
            else:
                start += size
        size //= 2
    return actions


def steps_of(seeds: Iterator[int] | range) -> int:
    """Play the worlds of some seeds; return how many steps their engines took."""
    total = 0
    for seed in seeds:
        actions = actions_of(seed)
        try:
            total += play(actions).steps
        except WRONG as wrong:
            fewer = shrunk(actions)
            final = breaks(fewer) or wrong
            raise AssertionError(f"seed {seed}: {final!r}\n{told(fewer)}") from final
    return total
