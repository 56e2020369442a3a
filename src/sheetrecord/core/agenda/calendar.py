"""The dates of a record for a calendar: real deadlines, promised days, next steps, reminders.

They depend on the record alone and not on the day on which they are asked for, but for a reminder
that names no day: it is there while it is said.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from sheetrecord.core.reminders import DatedReminder, seen_ahead
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.index_part import part_of
from sheetrecord.core.view.projection import narrow
from sheetrecord.schema.column import Row
from sheetrecord.schema.commitments import SETTLED, Commitments
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.lists import STAGE_TYPE
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import DealRows

LIVE: Final = frozenset(("open", "delivery"))
"""The parts of the index whose deals have dates to come."""

_OFF: Final = frozenset((*SETTLED, "declined", "next_phase"))
_KEPT: Final = frozenset(("delivered", "accepted", "n_a", "missed"))


class CalendarDate(NamedTuple):
    """One day of a deal: what it is, which cell says so, and since when that is known.

    ``kind`` is ``deadline``, ``promise``, ``duty``, ``step``, or the code of the rule that reminds;
    ``on`` is None for what names no day. ``text`` is what the record says, for a reminder the
    message; ``do`` is what the reminder advises. ``known`` is the day written in the row itself.
    """

    on: dt.date | None
    kind: str
    deal: Deal
    row: Row
    key: str
    text: str
    do: str = ""
    known: dt.date | None = None

    @property
    def order(self) -> tuple[dt.date, str, str, int, str]:
        """The order in a calendar, the same for the same record."""
        on = self.on or dt.date.min
        return on, self.deal.deal_id, self.row.id, self.row.row, self.kind


def calendar_dates(
    parsed: Parsed,
    audience: Audience,
    deals: frozenset[str] | None = None,
    silent: Collection[str] = (),
) -> list[CalendarDate]:
    """Return the dates that an audience may know, the earliest first.

    ``silent`` are codes of rules that remind nobody (see `core.reminders.seen`).
    """
    record = narrow(parsed.record, audience, deals)
    found: list[CalendarDate] = []
    for rows in record.by_deal.values():
        if part_of(rows) in LIVE:
            found += [*_deadlines(rows), *_promised(rows), *_step(rows.deal)]
    told = {(one.row.sheet, one.row.row, one.key) for one in found}
    for one in seen_ahead(parsed, audience, deals, silent):
        if (one.row.sheet, one.row.row, one.key) not in told:
            found.append(_reminded(one, record.by_deal[one.item.deal_id].deal))
    return sorted(found, key=lambda one: one.order)


def _deadlines(rows: DealRows) -> Iterator[CalendarDate]:
    for fact in rows.context:
        if fact.kind == "real_deadline" and fact.date is not None and fact.state == "answered":
            text = fact.driver or fact.answer
            yield CalendarDate(
                fact.date, "deadline", rows.deal, fact, "date", text, "", fact.learned_on
            )


def _promised(rows: DealRows) -> Iterator[CalendarDate]:
    """Yield the days by which something is promised or owed, and not yet kept."""
    for row in rows.spoken:
        if row.due_on is not None and not is_settled(row):
            kind = "duty" if row.type == "client_duty" else "promise"
            at = rows.deal, row, "due_on"
            yield CalendarDate(row.due_on, kind, *at, row.what, "", row.said_on)


def is_settled(row: Commitments) -> bool:
    """Tell whether nobody waits for a commitment any more."""
    return row.disposition in _OFF or row.progress in _KEPT


def _step(deal: Deal) -> Iterator[CalendarDate]:
    if STAGE_TYPE.get(deal.stage) == "open" and deal.next_step_on and deal.next_step:
        yield CalendarDate(deal.next_step_on, "step", deal, deal, "next_step_on", deal.next_step)


def _reminded(one: DatedReminder, deal: Deal) -> CalendarDate:
    on = one.first if one.dated else None
    return CalendarDate(on, one.item.code, deal, one.row, one.key, one.item.message, one.item.do)
