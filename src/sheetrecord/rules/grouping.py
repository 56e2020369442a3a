"""Rows that are spoken of together: a deal is told once of each thing, not of each row."""

from collections.abc import Sequence

from sheetrecord.schema.context import Context
from sheetrecord.schema.record import DealRows

_SHOWN = 4


def unconfirmed(rows: DealRows) -> dict[str, list[Context]]:
    """Return the answered facts that ops has not confirmed, by the question they answer."""
    found: dict[str, list[Context]] = {}
    for row in rows.context:
        if row.state == "answered" and row.confirmed_on is None:
            found.setdefault(row.kind, []).append(row)
    return found


def quoted(texts: Sequence[str]) -> str:
    """Return texts for a message that puts the first and the last mark around them.

    >>> quoted(["a"]), quoted(["a", "b"]), quoted(list("abcdef"))
    ('a', 'a", "b', 'a", "b", "c", "d" and 2 more like "a')
    """
    more = len(texts) - _SHOWN
    tail = f'" and {more} more like "{texts[0]}' if more > 0 else ""
    return '", "'.join(texts[:_SHOWN]) + tail
