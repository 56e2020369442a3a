"""Find which open items add up to an amount, within bounds that are told when they are hit.

With twelve open items of one client, a foreign amount hits some combination one time in four, so a
result without other evidence is never more than a proposal.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

MAX_ITEMS: Final = 6
MAX_NODES: Final = 20_000
MAX_SOLUTIONS: Final = 3


class Found(NamedTuple):
    """Solutions as sorted positions; ``searched`` is False when the bound cut the search off."""

    solutions: tuple[tuple[int, ...], ...]
    searched: bool


def combinations(  # noqa: C901 -- the search and its bounds are one thing
    amounts: Sequence[int], target: int, most: int = MAX_ITEMS, least: int = 1
) -> Found:
    """Return up to three sets of positions whose amounts add up to ``target``, fewest items first.

    Amounts may be negative (credit notes). Of equal amounts the first positions are taken, so items
    should come oldest first; a solution that only swaps equal amounts is the same one.

    >>> combinations([700, 300, 250, 50], 1000)
    Found(solutions=((0, 1), (0, 2, 3)), searched=True)
    """
    order = sorted(range(len(amounts)), key=lambda i: (-amounts[i], i))
    values = [amounts[i] for i in order]
    highest = _suffix(values, positive=True)
    lowest = _suffix(values, positive=False)
    found: list[tuple[int, ...]] = []
    nodes = 0

    def search(at: int, left: int, room: int, picked: list[int]) -> bool:
        """Pick exactly ``room`` more items; False when the bound is hit."""
        nonlocal nodes
        nodes += 1
        if nodes > MAX_NODES:
            return False
        if room == 0:
            if left == 0:
                found.append(tuple(sorted(order[i] for i in picked)))
            return True
        for i in range(at, len(values) - room + 1):
            if left > highest[i] or left < lowest[i]:
                break
            if i > at and values[i] == values[i - 1]:
                continue  # equal amounts stand for each other: only the oldest are taken
            picked.append(i)
            whole = search(i + 1, left - values[i], room - 1, picked)
            picked.pop()
            if not whole:
                return False
            if len(found) > MAX_SOLUTIONS:
                return True
        return True

    searched = True
    for size in range(least, min(most, len(values)) + 1):
        if len(found) >= MAX_SOLUTIONS:
            break
        if not search(0, target, size, []):
            searched = False
            break
    found.sort(key=lambda solution: (len(solution), solution))
    return Found(tuple(found[:MAX_SOLUTIONS]), searched)


def _suffix(values: list[int], *, positive: bool) -> list[int]:
    """Return the most (or least) that items from each position on can add up to."""
    sums = [0] * (len(values) + 1)
    for i in range(len(values) - 1, -1, -1):
        value = values[i]
        sums[i] = sums[i + 1] + (value if (value > 0) == positive else 0)
    return sums
