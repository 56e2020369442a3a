"""Decisions of a command that could not be carried out, or that a copy has something against."""

from collections.abc import Iterator

from sheetrecord.core.merge.conflict_list import ConflictLine
from sheetrecord.core.merge.conflict_words import said
from sheetrecord.core.sync.conflict_rows import RECORD, lines_of
from sheetrecord.core.sync.going_rows import some
from sheetrecord.core.sync.session import SyncSession


def left_orders(session: SyncSession) -> Iterator[tuple[str, ConflictLine, str]]:
    """Yield (`RECORD`, line, reason) for each decided conflict that stands when the run is over."""
    language = session.ours.side.layout.language
    for place in session.ordered:
        standing = session.disputes.get(place)
        lines = lines_of([standing], RECORD) if standing else []
        if lines:
            users = session.refused.get(place[:2], ()) if not place[2] else ()
            why = said(language, "needed", rows=some(users)) if users else said(language, "again")
            yield RECORD, lines[0], why
