"""Find which open items add up to an amount, within bounds that are told when they are hit.

With twelve open items of one client, a foreign amount hits some combination one time in four, so a
result without other evidence is never more than a proposal.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

MAX_ITEMS: Final = 6
MAX_NODES: Final = 20_000
MAX_SOLUTIONS: Final = 3


class Solutions(NamedTuple):
    """Solutions as sorted positions; ``searched`` is False when the search was cut off."""

    solutions: tuple[tuple[int, ...], ...]
    searched: bool


def combinations(
    amounts: Sequence[int], target: int, most: int = MAX_ITEMS, least: int = 1
) -> Solutions:
    """Return up to three sets of positions whose amounts add up to ``target``, fewest items first.

    Amounts may be negative (credit notes). Of equal amounts the first positions are taken, so items
    should come oldest first; a solution that only swaps equal amounts is the same one.

    >>> combinations([700, 300, 250, 50], 1000)
    Solutions(solutions=((0, 1), (0, 2, 3)), searched=True)
    """
    search = _Search(amounts)
    searched = True
    for size in range(least, min(most, len(amounts)) + 1):
        if len(search.found) >= MAX_SOLUTIONS:
            break
        if not search.pick(0, target, size):
            searched = False
            break
    search.found.sort(key=lambda solution: (len(solution), solution))
    return Solutions(tuple(search.found[:MAX_SOLUTIONS]), searched)


class _Search:
    """The search, largest amounts first, and what bounds it."""

    def __init__(self, amounts: Sequence[int]) -> None:
        self._order = sorted(range(len(amounts)), key=lambda i: (-amounts[i], i))
        self._values = [amounts[i] for i in self._order]
        self._highest = _suffix(self._values, positive=True)
        self._lowest = _suffix(self._values, positive=False)
        self._picked: list[int] = []
        self._nodes = 0
        self.found: list[tuple[int, ...]] = []

    def pick(self, at: int, left: int, room: int) -> bool:
        """Pick exactly ``room`` more items; False when the bound is hit."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            return False
        if room == 0:
            if left == 0:
                self.found.append(tuple(sorted(self._order[i] for i in self._picked)))
            return True
        values, highest, lowest = self._values, self._highest, self._lowest
        for i in range(at, len(values) - room + 1):
            if left > highest[i] or left < lowest[i]:
                break
            if i > at and values[i] == values[i - 1]:
                continue  # equal amounts stand for each other: only the oldest are taken
            self._picked.append(i)
            whole = self.pick(i + 1, left - values[i], room - 1)
            self._picked.pop()
            if not whole:
                return False
            if len(self.found) > MAX_SOLUTIONS:
                return True
        return True


def _suffix(values: list[int], *, positive: bool) -> list[int]:
    """Return the most (or least) that items from each position on can add up to."""
    sums = [0] * (len(values) + 1)
    for i in range(len(values) - 1, -1, -1):
        value = values[i]
        sums[i] = sums[i + 1] + (value if (value > 0) == positive else 0)
    return sums
