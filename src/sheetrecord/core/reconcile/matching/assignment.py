"""Assign receipts to invoices one to one at the least total cost (Hungarian method)."""

from collections.abc import Sequence
from math import inf
from typing import Final

_LEFT_OUT: Final = 1e6
"""The cost of a row without a column: more than any pair may cost."""

_FORBIDDEN: Final = 4 * _LEFT_OUT


def assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return the column of each row at the least total cost; -1 for a row left without one.

    ``inf`` forbids a pair. The Hungarian method (Kuhn 1955, Munkres 1957) by shortest augmenting
    paths with potentials (Jonker and Volgenant 1987). Rows are added in order, so equal costs give
    the same result each run.

    >>> assign([[4.0, 1.0], [2.0, 0.5]]), assign([[1.0], [0.0]])
    ([1, 0], [-1, 0])
    """
    pairing = _Pairing(costs)
    for row in range(1, len(costs) + 1):
        pairing.add(row)
    result = [-1] * len(costs)
    for j in range(1, pairing.columns + 1):
        if pairing.owner[j]:
            result[pairing.owner[j] - 1] = j - 1
    return result


class _Pairing:
    """Rows with their columns at the least cost, as far as rows were added.

    Rows and columns count from 1; 0 is no row, and the column from which a new row sets out.
    Behind the columns stands a spare one for each row, at the cost of being left out.
    """

    def __init__(self, costs: Sequence[Sequence[float]]) -> None:
        rows = len(costs)
        self.columns = max((len(row) for row in costs), default=0)
        self._costs = costs
        self._width = self.columns + rows
        self._row_potential = [0.0] * (rows + 1)
        self._potential = [0.0] * (self._width + 1)
        self.owner = [0] * (self._width + 1)
        self._way = [0] * (self._width + 1)

    def add(self, row: int) -> None:
        """Give the row a column; rows that had one may get another."""
        self.owner[0] = row
        at = self._free_column()
        while at:
            self.owner[at] = self.owner[self._way[at]]
            at = self._way[at]

    def _free_column(self) -> int:
        """Return the column without an owner that the cheapest path leads to."""
        least = [inf] * (self._width + 1)
        seen = [False] * (self._width + 1)
        at = 0
        while True:
            seen[at] = True
            following = self._nearest(at, least, seen)
            self._shift(least[following], least, seen)
            at = following
            if not self.owner[at]:
                return at

    def _nearest(self, at: int, least: list[float], seen: list[bool]) -> int:
        """Reach on from a column; return the nearest of those not seen yet."""
        mine, nearest, following = self.owner[at], inf, 0
        line, columns = self._costs[mine - 1], self.columns
        own, potential, way = self._row_potential[mine], self._potential, self._way
        for j in range(1, self._width + 1):
            if seen[j]:
                continue
            cost = line[j - 1] if j <= columns else _LEFT_OUT
            cost = (cost if cost != inf else _FORBIDDEN) - (own + potential[j])
            if cost < least[j]:
                least[j], way[j] = cost, at
            if least[j] < nearest:
                nearest, following = least[j], j
        return following

    def _shift(self, step: float, least: list[float], seen: list[bool]) -> None:
        """Raise the potentials of what was seen, so that the next step costs nothing."""
        for j in range(self._width + 1):
            if seen[j]:
                self._row_potential[self.owner[j]] += step
                self._potential[j] -= step
            else:
                least[j] -= step
