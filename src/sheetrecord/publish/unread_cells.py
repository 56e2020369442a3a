"""Cells that nobody can read, as lines: the first few, and how many more there are."""

from collections.abc import Mapping, Sequence
from typing import Final

from sheetrecord.core.view.unread_cells import UnreadCell

_MOST: Final = 8
"""Cells that are named; `validate` names them all."""


def unread_lines(found: Sequence[UnreadCell], words: Mapping[str, str]) -> list[str]:
    """Return a line for each of the first cells, and one for those beyond."""
    lines = [one.text for one in found[:_MOST]]
    more = len(found) - _MOST
    return [*lines, words["unread_more"].format(n=more)] if more > 0 else lines
