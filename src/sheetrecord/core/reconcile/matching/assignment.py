"""Assign receipts to invoices one to one at the least total cost (Hungarian method)."""

from collections.abc import Sequence
from math import inf


def assign(  # noqa: C901, PLR0912 -- one algorithm, known by this shape
    costs: Sequence[Sequence[float]],
) -> list[int]:
    """Return the column of each row at the least total cost; -1 for a row left without one.

    ``inf`` forbids a pair. Shortest augmenting paths with potentials (Kuhn, Munkres; the form of
    Jonker and Volgenant). Rows are added in order, so equal costs give the same result each run.

    >>> assign([[4.0, 1.0], [2.0, 0.5]]), assign([[1.0], [0.0]])
    ([1, 0], [-1, 0])
    """
    rows, columns = len(costs), max((len(row) for row in costs), default=0)
    big = 1e6
    width = columns + rows  # a spare column for each row: being left out costs `big`
    u, v = [0.0] * (rows + 1), [0.0] * (width + 1)
    owner, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        at = 0
        least, seen = [inf] * (width + 1), [False] * (width + 1)
        while True:
            seen[at] = True
            mine, step, following = owner[at], inf, 0
            line = costs[mine - 1]
            for j in range(1, width + 1):
                if seen[j]:
                    continue
                cost = (line[j - 1] if line[j - 1] != inf else 4 * big) if j <= columns else big
                cost -= u[mine] + v[j]
                if cost < least[j]:
                    least[j], way[j] = cost, at
                if least[j] < step:
                    step, following = least[j], j
            for j in range(width + 1):
                if seen[j]:
                    u[owner[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            at = following
            if not owner[at]:
                break
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    result = [-1] * rows
    for j in range(1, columns + 1):
        if owner[j]:
            result[owner[j] - 1] = j - 1
    return result
