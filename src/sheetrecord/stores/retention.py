"""What a commit leaves behind: whether the record moved, and which generations' bases may go."""

from collections.abc import Collection
from typing import Final

from sheetrecord.core.sync.store_protocol import CommitChange

KEEP: Final = 200
"""How many of the newest generations that no known copy carries are kept.

A copy that was mailed out and comes back finds its base as long as fewer generations were made
in between; without a base nothing of it is lost, but differences become questions.
"""


def droppable(generations: Collection[int], carried: Collection[int], keep: int) -> list[int]:
    """Return the generations to drop, oldest first.

    Generations that a copy carries are kept, and the newest ``keep`` of the others.

    >>> droppable([1, 2, 3, 4, 5], carried=[1, 5], keep=2)
    [2]
    """
    others = sorted(set(generations) - set(carried))
    return others[: max(0, len(others) - keep)]


def changes_record(change: CommitChange) -> bool:
    """Return True if a commit changes anything that copies have to receive."""
    return bool(change.rows) or change.workbook_config is not None or change.conflicts is not None
