"""Rows that are spoken of together: a deal is told once of each thing, not of each row."""

from collections.abc import Sequence

from sheetrecord.model.phrase import Phrase, Series
from sheetrecord.schema.context import Context
from sheetrecord.schema.record import DealRows

_SHOWN = 4


_SETTLED = frozenset({"for", "neutral"})


def unconfirmed(rows: DealRows) -> dict[tuple[str, int], list[Context]]:
    """Return the answered facts that ops has not confirmed, by the question they answer.

    People who are with us are spoken of together; anybody else is a question of their own.
    """
    found: dict[tuple[str, int], list[Context]] = {}
    for row in rows.context:
        if row.state == "answered" and row.confirmed_on is None:
            apart = row.kind == "stakeholder" and row.stance not in _SETTLED
            found.setdefault((row.kind, row.row if apart else 0), []).append(row)
    return found


def quoted(texts: Sequence[str]) -> Series | Phrase:
    """Return texts for a message that puts the first and the last mark around them.

    >>> quoted(["a"]), quoted(["a", "b"]), quoted(list("abcdef"))
    ('a', 'a", "b', 'a", "b", "c", "d" and 2 more like "a')
    """
    more = len(texts) - _SHOWN
    some = Series('", "', texts[:_SHOWN])
    if more <= 0:
        return some
    return Phrase('{some}" and {more} more like "{first}', some=some, more=more, first=texts[0])
