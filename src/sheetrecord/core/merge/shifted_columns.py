"""A column that was sorted or shifted against its rows: its values stand in other rows than before.

Judged from values by row id alone. Somebody who edits types values that the column did not hold
before, or the same few words again; whoever sorts or shifts a column without its rows brings back
values that were there, each in another row. Rows that move with their ids change nothing here.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

Column = Mapping[str, Hashable]
"""One column's values by row id, in the order of the rows; None for a blank cell."""

FEWEST: Final = 4
"""So many rows, and so many different values among them, before anything is called moved: three
amounts that change places may be meant."""

FEWEST_MIXED: Final = 6
"""Rows that must have moved when the column was edited besides: fewer may be chance."""

SHARE: Final = 0.7
"""Of the changed cells, how many must hold what another of them held: real edits besides a sort
leave most of it, while edits alone repeat some words but seldom so many different values."""

SHIFTED: Final = 0.9
"""Of a stretch of rows, how many must hold what stood so many rows above or below."""

FARTHEST: Final = 5
"""Rows by which a column is looked for further up and down: inserted or deleted cells."""

_DAYS: Final = 3
"""By how many days a step of one month differs from another."""

_NUMBERED: Final = re.compile(r"(.*?)(\d+)\s*\Z", re.DOTALL)


def moved(before: Column, now: Column, *, chosen: bool = False) -> int:
    """Return how many values of a column stand in other rows than before; 0 when edits explain it.

    Rows that only one of the two has say nothing. ``chosen``: the values are words of a list, so
    that edits bring the same ones again and again.

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


def _in_step(pairs: Sequence[tuple[Any, Any]]) -> bool:
    """Tell whether every value took the same step: all a month later, all numbers one higher.

    Where cells were shifted, the one at the end takes another step, or is blank.
    """
    steps = [_step(old, new) for old, new in pairs]
    known = [step for step in steps if step is not None]
    if len(known) < len(steps):
        return False
    slack = _DAYS if isinstance(pairs[0][0], dt.date) else 0
    return max(known) - min(known) <= slack


def _step(old: Any, new: Any) -> float | None:
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
    """Tell whether a column holds enough different values to tell rows apart."""
    return len({*column.values()} - {None}) >= FEWEST
