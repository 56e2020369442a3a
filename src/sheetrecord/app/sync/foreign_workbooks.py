"""Workbooks without a stamp: copies of this record, or another firm's."""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.store_protocol import Rows
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

STRANGER: Final = "stranger"
"""What `--allow` names when a workbook that shares nothing with the record is to join it."""

_FREE: Final = frozenset({Kind.TEXT, Kind.PROSE, Kind.LINK})
"""Kinds of columns in which people write words of their own."""

_FEWEST: Final = 5
"""Rows with words of their own that a workbook and a record must have before anybody judges."""


class RowOverlap(NamedTuple):
    """How many rows of a copy say something in words, and how many of those the record knows."""

    rows: int
    known: int

    @property
    def alike(self) -> bool:
        """True if at least half of the rows are the record's."""
        return bool(self.rows) and 2 * self.known >= self.rows

    @property
    def strange(self) -> bool:
        """True if few of the rows are the record's, of enough to tell."""
        return self.rows >= _FEWEST and 4 * self.known < self.rows


def shared(side: Side, record: Rows) -> RowOverlap:
    """Count the rows of a copy whose content is in the record, whatever their ids are."""
    rows = known = 0
    for sheet, held in record.items():
        said = {pair for row in held.values() for pair in row.items() if isinstance(pair[1], str)}
        for pairs in _words(side, sheet):
            rows += 1
            known += 2 * sum(pair in said for pair in pairs) >= len(pairs)
    return RowOverlap(rows, known)


def has_words(record: Rows) -> bool:
    """Return True if a record has enough rows to be told from another."""
    return sum(map(len, record.values())) >= _FEWEST


@cache
def _texts(sheet: str) -> tuple[str, ...]:
    columns = SHEETS[sheet].columns
    return tuple(c.key for c in columns if c.kind in _FREE and not c.derived)


def _words(side: Side, sheet: str) -> Iterator[list[tuple[str, str]]]:
    """Yield what each row of a sheet says in free words, by column; rows without any are none."""
    if sheet not in side.layout.sheets:
        return
    for row in side.rows(sheet):
        raw = ((key, side.raw(sheet, row[0], key)) for key in _texts(sheet))
        pairs = [(key, value) for key, value in raw if isinstance(value, str) and value.strip()]
        if pairs:
            yield pairs


def stranger_words(found: RowOverlap, record: str) -> str:
    """Return the message that a copy is held back, and what to do."""
    return (
        f"it carries no stamp, and {found.known} of its {found.rows} rows are in the record "
        f"{record}: it looks like another firm's workbook, so nothing was mixed. To sync it as a "
        "record of its own, name it alone, without the other copies and their settings; if it is "
        f"meant to join them: --allow {STRANGER}"
    )


def joined_words(found: RowOverlap, record: str) -> str:
    """Return the message why a copy without a stamp counts as one of a record."""
    return (
        f"it carries no stamp; {found.known} of its {found.rows} rows are in the record {record}, "
        "so it counts as a copy of it. What differs is listed, nothing is taken for deleted"
    )
