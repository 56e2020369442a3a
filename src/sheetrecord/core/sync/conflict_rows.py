"""Open conflicts as the lines that one copy's list of conflicts shows."""

from collections.abc import Callable, Iterable, Iterator

from sheetrecord.core.merge.conflict_list import ConflictLine, told
from sheetrecord.core.sync.store_protocol import OpenConflict, SideSeen
from sheetrecord.model.conflict import ConflictKind, Wanted
from sheetrecord.model.value import Cell

RECORD = "the record"
"""What a side of a conflict is called that every other copy shows."""


def lines_of(
    standing: Iterable[OpenConflict], copy: str, label: Callable[[str], str] = str
) -> list[ConflictLine]:
    """Return the lines that a copy lists for conflicts; ``label`` shortens the names of copies.

    ``ours`` is what this copy wants, or the record's value when it is no party. Every other side
    has a line of its own.
    """
    return [line for one in standing for line in _lines(one, copy, label)]


def _lines(one: OpenConflict, copy: str, label: Callable[[str], str]) -> Iterator[ConflictLine]:
    mine = next((side for side in one.sides if side.origin == copy), None)
    ours = mine.value if mine else one.record
    others: list[tuple[Wanted, str, Cell]] = []
    if mine is not None and one.record != ours:
        others.append((one.record, RECORD, None))
    for side in one.sides:
        if side is not mine and side.value not in (ours, *(value for value, _, _ in others)):
            others.append((side.value, label(side.origin), _minute(side)))
    why = one.kind.value
    if one.group and one.kind is ConflictKind.EDIT:
        why = "both changed what belongs together"
    for value, whose, seen in others:
        base, our, their = told(one.base), told(ours), told(value)
        yield ConflictLine(
            0, one.sheet, one.row_id, one.key, base, our, their, None, why, whose, seen
        )


def _minute(side: SideSeen) -> Cell:
    """Return when a side was seen (UTC), as a cell can hold it."""
    return side.at.replace(second=0, microsecond=0, tzinfo=None)
