"""Detect a column that was sorted or shifted without its rows, from its values by row id alone.

An edit brings values that the column did not hold before, or the same few codes again. Sorting or
shifting a column alone brings back old values, each in another row. Rows that move together with
their ids change nothing here. The thresholds below are heuristics.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Final

Column = Mapping[str, Hashable]
"""One column's values by row id, in row order; None for a blank cell."""

FEWEST: Final = 4
"""Moved rows, and distinct values among them, below which nothing is reported: three amounts that
change places may be meant."""

FEWEST_MIXED: Final = 6
"""Moved rows that are needed when the column was edited as well; fewer may be chance."""

SHARE: Final = 0.7
"""Share of the changed cells that must hold a value that another changed cell held before."""

SHIFTED: Final = 0.9
"""Share of a stretch of rows that must hold the value from a fixed number of rows above or
below."""

FARTHEST: Final = 5
"""Greatest number of rows by which a shift up or down (inserted or deleted cells) is looked for."""

_DAYS: Final = 3
"""Days by which two steps of one month may differ."""

_NUMBERED: Final = re.compile(r"(.*?)(\d+)\s*\Z", re.DOTALL)


def moved(before: Column, now: Column, *, chosen: bool = False) -> int:
    """Return how many values of a column moved to other rows; 0 when edits explain the difference.

    Only rows that both have are compared. ``chosen``: the values are codes of a list, which edits
    repeat, so that a move also needs a sorted or shifted order as evidence.

    >>> clients = {"D-1": "Acme", "D-2": "Birch", "D-3": "Cedar", "D-4": "Elm", "D-5": "Fir"}
    >>> moved(clients, dict(zip(clients, reversed(clients.values()), strict=True)))
    4
    >>> moved(clients, {**clients, "D-1": "Alder", "D-2": "Beech", "D-3": "Fir", "D-5": "Oak"})
    0
    """
    pairs = [(before[id_], now[id_]) for id_ in now if id_ in before and now[id_] != before[id_]]
    if len(pairs) < FEWEST:
        return 0
    old, new = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    blanks = new.pop(None, 0) == old.pop(None, 0)
    came = old & new
    count = came.total()
    if count < FEWEST or len(came) < FEWEST:
        return 0
    if blanks and old == new:
        return count
    if count < FEWEST_MIXED or count < SHARE * new.total() or _in_step(pairs):
        return 0
    if not chosen and _telling(before):
        return count
    return count if _sorted_or_shifted(before, now) else 0


def _telling(column: Column) -> bool:
    """Tell whether few of the values stand in several rows, so that each tells its row."""
    filled = [value for value in column.values() if value is not None]
    return 2 * len(set(filled)) >= len(filled)


def _in_step(pairs: Sequence[tuple[object, object]]) -> bool:
    """Tell whether every value took the same step: all a month later, all numbers one higher.

    Where cells were shifted, the one at the end takes another step, or is blank.
    """
    steps = [_step(old, new) for old, new in pairs]
    known = [step for step in steps if step is not None]
    if len(known) < len(steps):
        return False
    slack = _DAYS if isinstance(pairs[0][0], dt.date) else 0
    return max(known) - min(known) <= slack


def _step(old: object, new: object) -> float | None:
    if isinstance(old, dt.date) and isinstance(new, dt.date):
        return new.toordinal() - old.toordinal()
    if isinstance(old, int | float) and isinstance(new, int | float):
        return new - old
    if isinstance(old, str) and isinstance(new, str):
        was, now = _NUMBERED.match(old), _NUMBERED.match(new)
        if was and now and was[1] == now[1]:
            return int(now[2]) - int(was[2])
    return None


def _sorted_or_shifted(before: Column, now: Column) -> bool:
    """Tell whether a column stands in order that did not, or a stretch of it some rows away.

    A column that stood in order all along says nothing: its next word follows below.
    """
    both = [id_ for id_ in now if id_ in before]
    was, is_ = [before[id_] for id_ in both], [now[id_] for id_ in both]
    return not _in_order(was) and (_in_order(is_) or _shifted(was, is_))


def _in_order(values: list[Hashable]) -> bool:
    """Tell whether values stand in order, up or down; blank ones stand anywhere."""
    texts = [_key(value) for value in values if value is not None]
    up = all(one <= other for one, other in pairwise(texts))
    return up or all(one >= other for one, other in pairwise(texts))


def _key(value: Hashable) -> tuple[str, float, str]:
    """Return what a sort goes by: numbers and days by size, texts without case."""
    if isinstance(value, int | float):
        return "", float(value), ""
    if isinstance(value, dt.date):
        return "", float(value.toordinal()), ""
    return "text", 0.0, str(value).casefold()


def _shifted(was: Sequence[Hashable], is_: Sequence[Hashable]) -> bool:
    """Tell whether a stretch of a column stands some rows further up or down."""
    changed = [i for i in range(len(was)) if was[i] != is_[i]]
    stretch = range(changed[0], changed[-1] + 1)
    for far in (k for n in range(1, FARTHEST + 1) for k in (n, -n)):
        inside = [i for i in stretch if i - far in stretch]
        same = sum(is_[i] == was[i - far] for i in inside)
        if len(inside) >= FEWEST_MIXED and same >= SHIFTED * len(inside):
            return True
    return False


def tells(column: Column) -> bool:
    """Return True if a column has at least `FEWEST` distinct values, enough to tell rows apart."""
    return len({*column.values()} - {None}) >= FEWEST
