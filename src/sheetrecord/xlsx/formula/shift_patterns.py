"""Formulas that differ only in their digits move alike: which digits are rows is learnt once.

A column of 100,000 formulas filled down has one shape. Splitting a text at its digits and moving
some of them takes a tenth of the time that reading its tokens takes.
"""

import re
from collections.abc import Callable, Collection
from typing import Final, NamedTuple, TypeAlias

from sheetrecord.xlsx.addresses import MAX_ROW
from sheetrecord.xlsx.formula.row_moves import Delete, Insert
from sheetrecord.xlsx.formula.tokens import parse

_DIGITS: Final = re.compile(r"([0-9]+)")
_APART: Final = re.compile(r"""["\[\]#{}]""")
"""What makes the meaning of a digit depend on more than its place: texts, tables, errors."""

_COUNTS: Final = r"\b(?:ROWS?|CELL)\("
_ROW_DIGITS: Final = 7


def counting_rows(names: Collection[str] = ()) -> re.Pattern[str]:
    """Return what finds in a formula that its value depends on where it or a cell stands.

    ``names`` are defined names of which that is true.

    >>> bool(counting_rows(["Above2"]).search("above2*2")), counting_rows().search("above2*2")
    (True, None)
    """
    told = {*names, *(_DIGITS.sub("1", name) for name in names)}  # a shape has 1 for every number
    own = "|".join(map(re.escape, sorted(told, key=len, reverse=True)))
    pattern = rf"{_COUNTS}|(?<![\w.\\?])(?:{own})(?![\w.\\?])" if own else _COUNTS
    return re.compile(pattern, re.IGNORECASE)


COUNTS_ROWS: Final = counting_rows()


class _Shape(NamedTuple):
    """Which runs of digits of a formula's shape are row numbers of its references.

    Each is the place of the first and the last row, the same one for a single cell.
    """

    rows: tuple[tuple[int, int], ...]
    counts_rows: bool


class ShiftedFormula(NamedTuple):
    """A formula after a move; ``stale`` when its result may no longer be what it was."""

    text: str
    stale: bool


Moves: TypeAlias = Callable[[str], bool | None]
"""Says whether references with a prefix follow; None when that is not for the prefix to say."""


class Shapes:
    """Moves the formulas of one sheet for one move of rows, there or on another sheet."""

    def __init__(
        self, move: Insert | Delete, moves: Moves, counts_rows: re.Pattern[str] = COUNTS_ROWS
    ) -> None:
        """Take the move, which prefixes follow, and what finds that a value depends on rows."""
        self._move, self._moves, self._counts_rows = move, moves, counts_rows
        self._known: dict[str, _Shape | None] = {}

    def moved(self, text: str) -> ShiftedFormula | None:
        """Return a formula as it must read now; None when its tokens have to be read."""
        parts = _DIGITS.split(text)
        if len(text) > _ROW_DIGITS and max(map(len, parts[1::2]), default=0) > _ROW_DIGITS:
            return None  # too long for a row: the tokens beside it may be others
        key = "0".join(parts[::2])
        if key in self._known:
            shape = self._known[key]
        else:
            shape = self._known[key] = _learnt(parts, self._moves, self._counts_rows)
        if shape is None:
            return None
        stale = shape.counts_rows
        for first, last in shape.rows:
            resized = self._follow(parts, first, last)
            if resized is None:
                return None
            stale |= resized
        return ShiftedFormula("".join(parts), stale)

    def _follow(self, parts: list[str], first: int, last: int) -> bool | None:
        """Move one reference in place; return whether it was resized, None when it is unusual."""
        top = int(parts[first])
        bottom = top if first == last else int(parts[last])
        if not 1 <= top <= bottom <= MAX_ROW:
            return None
        rows = self._move.interval(top, bottom)
        if rows is None or rows == (top, bottom):
            return None if rows is None else False
        parts[first], parts[last] = str(rows[0]), str(rows[1])
        return first != last and self._move.cuts(top, bottom)


def _learnt(parts: list[str], moves: Moves, counts_rows: re.Pattern[str]) -> _Shape | None:
    """Return the shape of a formula, None for one that has to be read each time.

    Every number is read as 1, so that the shape does not depend on the formula it was learnt from.
    """
    plain = [("1" if place % 2 else part) for place, part in enumerate(parts)]
    text = "".join(plain)
    if _APART.search(text):
        return None
    starts: dict[int, int] = {}
    at = 0
    for place, part in enumerate(plain):
        if place % 2:
            starts[at] = place
        at += len(part)
    rows = []
    for reference in parse(text).references:
        follows = moves(reference.prefix)
        if follows is None or any(digit in reference.prefix for digit in "0123456789"):
            return None
        if reference.kind == "columns" or not follows:
            continue
        if reference.kind == "rows":
            return None
        runs = [starts[at] for at in range(reference.start, reference.end) if at in starts]
        rows.append((runs[0], runs[-1]))
    return _Shape(tuple(rows), counts_rows.search(text) is not None)
