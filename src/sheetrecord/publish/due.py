"""What is due, for the first page: one list ordered by day, the latest of it in sight."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reminders import DueItem
from sheetrecord.schema.record import Record

_IN_SIGHT = 15
_FOLDED = 15
"""Reminders of earlier days that the page holds folded away; more are only counted."""


class DueLine(NamedTuple):
    """A reminder and the deal that it is about."""

    what: DueItem
    name: str
    client: str
    href: str


class DueLines(NamedTuple):
    """The lines in sight, those of earlier days, and how many more there are."""

    latest: Sequence[DueLine]
    earlier: Sequence[DueLine]
    left: int

    @property
    def total(self) -> int:
        """How many reminders there are."""
        return len(self.latest) + len(self.earlier) + self.left


NOTHING_DUE: Final = DueLines((), (), 0)


def due_lines(due: Sequence[DueItem], record: Record, hrefs: Mapping[str, str]) -> DueLines:
    """Return what the page shows of reminders that are ordered by day."""
    kept = due[-(_IN_SIGHT + _FOLDED) :]
    lines = [_line(one, record, hrefs) for one in kept]
    return DueLines(lines[-_IN_SIGHT:], lines[:-_IN_SIGHT], len(due) - len(kept))


def _line(one: DueItem, record: Record, hrefs: Mapping[str, str]) -> DueLine:
    deal = record.by_deal[one.deal_id].deal
    return DueLine(one, deal.deal_name, deal.client, hrefs.get(one.deal_id, ""))
