"""Notes in a view about deals whose client is uncertain."""

from collections.abc import Mapping, Sequence
from typing import Final

from sheetrecord.core.view.uncertain_owner import Doubt

_MOST: Final = 8
"""Doubts that are listed; the rest is counted."""


def doubt_lines(found: Sequence[Doubt], words: Mapping[str, str], sheet: str) -> list[str]:
    """Return a sentence for each doubt, and one for those beyond the first few.

    ``sheet`` is what the workbook calls its sheet of deals.
    """
    lines = [_line(one, words, sheet) for one in found[:_MOST]]
    more = len(found) - _MOST
    return [*lines, words["doubt_more"].format(count=more)] if more > 0 else lines


def _line(one: Doubt, words: Mapping[str, str], sheet: str) -> str:
    named = " / ".join((*sorted(one.deals), *one.clients)) or "?"
    ids = ", ".join(sorted(one.deals)) or "?"
    clients = " / ".join(one.clients) or "?"
    rows = ", ".join(map(str, one.rows))
    parts = {"ids": ids, "clients": clients, "rows": rows, "named": named, "sheet": sheet}
    return words[f"doubt_{one.what}"].format(**parts, place=one.place)
