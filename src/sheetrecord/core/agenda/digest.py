"""What is said in a digest: what needs somebody now, what is near, what is new, where money stands.

What is new is told by comparing two states of the record, both narrowed to who reads it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.absence.states import LIMITS
from sheetrecord.core.agenda.calendar import LIVE, CalendarDate, calendar_dates
from sheetrecord.core.agenda.waiting import WaitingHandover, waiting_handovers
from sheetrecord.core.reminders import DueItem, seen
from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.index_part import part_of
from sheetrecord.core.view.money import sum_up
from sheetrecord.core.view.projection import narrow
from sheetrecord.core.view.uncertain_owner import same_name
from sheetrecord.core.view.unread_cells import UnreadCell, unread_cells
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.record import DealRows, Record

NEAR: Final = 14
"""Days ahead that a digest looks."""

WEEKS: Final = 14
"""Weeks ahead in which it looks for collisions."""

MANY: Final = 3
"""Real deadlines of one lead in one week that are a collision."""

_PASSED: Final = 30
"""Days for which a real deadline that has passed is brought up."""

_WAITING: Final = "DEAL-044"
"""The reminder of a handover that waits, which a digest tells with its age instead."""


class Collision(NamedTuple):
    """Several real deadlines in one week (its Monday) for one lead; ``deals`` by their day."""

    week: dt.date
    lead: str
    deals: tuple[Deal, ...]

    @property
    def key(self) -> str:
        """What tells it from others; a deadline that joins makes it another one."""
        ids = " ".join(sorted(deal.deal_id for deal in self.deals))
        return f"{self.week.isoformat()} {same_name(self.lead)} {ids}"


class Overdue(NamedTuple):
    """What a deal's client owes since its day: minor units, and days of the oldest invoice."""

    deal: Deal
    currency: str
    amount: int
    days: int


class Takings(NamedTuple):
    """Money of one currency in minor units; ``came_in`` is None where there is nothing to compare.

    ``unpriced`` is work that clients count on and nobody pays.
    """

    currency: str
    came_in: int | None
    overdue: int
    unpriced: int


class Marks(NamedTuple):
    """What a state of a record is known by: promises, collisions, received by fee line."""

    on: dt.date
    promises: frozenset[str] = frozenset()
    collisions: frozenset[str] = frozenset()
    received: Mapping[str, int] = {}


class Digest(NamedTuple):
    """Everything in a digest, in its order. ``since`` is None where there is nothing to compare.

    ``passed`` are real deadlines of live deals that are over; ``known`` counts collisions that
    were there before. ``record`` is narrowed to the reader; ``unread`` are cells of it that nobody
    can read, ``conflicts`` a deal's id for each open conflict.
    """

    record: Record
    lead: str
    since: dt.date | None
    needs: list[DueItem]
    passed: list[CalendarDate]
    waiting: list[WaitingHandover]
    near: list[CalendarDate]
    collisions: list[Collision]
    known: int
    promises: list[Commitments]
    money: list[Takings]
    overdue: list[Overdue]
    marks: Marks
    unread: Sequence[UnreadCell] = ()
    conflicts: Sequence[str] = ()

    @property
    def asof(self) -> dt.date:
        """The day as of which it is told."""
        return self.record.settings.asof


def deals_of(record: Record, lead: str) -> frozenset[str]:
    """Return the ids of the deals that a lead delivers."""
    name = same_name(lead)
    return frozenset(
        rows.id for rows in record.by_deal.values() if same_name(rows.deal.ops_owner) == name
    )


def digest_of(
    parsed: Parsed,
    audience: Audience,
    lead: str = "",
    before: Marks | None = None,
    silent: Collection[str] = (),
) -> Digest:
    """Return the digest for an audience, of one lead's deals if one is named.

    ``before`` is an earlier state, narrowed to the same reader.
    """
    chosen = deals_of(narrow(parsed.record, audience), lead) if lead else None
    record = narrow(parsed.record, audience, chosen)
    asof = record.settings.asof
    dates = calendar_dates(parsed, audience, chosen, silent)
    found = collisions(dates, asof)
    marks = marks_of(record, found)
    live = [rows for rows in record.by_deal.values() if part_of(rows) in LIVE]
    new, known = _new(found, before)
    return Digest(
        record,
        lead,
        before.on if before else None,
        [one for one in seen(parsed, audience, chosen, silent) if one.code != _WAITING],
        [one for one in _deadlines(dates) if _days(one, asof) in range(-_PASSED, 0)],
        waiting_handovers(live, asof),
        [one for one in dates if one.kind.islower() and _days(one, asof) in range(NEAR + 1)],
        new,
        known,
        _new_promises(record, before),
        list(_takings(record, live, before)),
        sorted(_overdue(record.by_deal.values()), key=lambda one: (-one.days, one.deal.deal_id)),
        marks,
        unread_cells(parsed, record, audience),
    )


def _new(found: list[Collision], before: Marks | None) -> tuple[list[Collision], int]:
    """Return the collisions to tell of, and how many more were there before."""
    if before is None:
        return found, 0
    new = [one for one in found if one.key not in before.collisions]
    return new, len(found) - len(new)


def _new_promises(record: Record, before: Marks | None) -> list[Commitments]:
    if before is None:
        return []
    return [row for row in _promises(record) if row.com_id not in before.promises]


def marks_of(record: Record, found: Iterable[Collision]) -> Marks:
    """Return what a narrowed record is known by."""
    received = {
        fee.fee_id: fee.received
        for rows in record.by_deal.values()
        for fee in rows.fees
        if fee.received and not fee.void and fee.fee_id
    }
    promises = frozenset(row.com_id for row in _promises(record))
    return Marks(record.settings.asof, promises, frozenset(one.key for one in found), received)


def marks_then(parsed: Parsed, audience: Audience, lead: str = "") -> Marks:
    """Return what an earlier state of the record is known by, for the same reader."""
    chosen = deals_of(narrow(parsed.record, audience), lead) if lead else None
    record = narrow(parsed.record, audience, chosen)
    dates = calendar_dates(parsed, audience, chosen)
    return marks_of(record, collisions(dates, record.settings.asof))


def collisions(dates: Iterable[CalendarDate], asof: dt.date) -> list[Collision]:
    """Return weeks from this one on in which one lead has many real deadlines, the next first."""
    first = _monday(asof)
    last = first + dt.timedelta(weeks=WEEKS)
    weeks: dict[tuple[dt.date, str], list[CalendarDate]] = defaultdict(list)
    for one in _deadlines(dates):
        if one.on is not None and one.deal.ops_owner and first <= one.on < last:
            weeks[_monday(one.on), same_name(one.deal.ops_owner)].append(one)
    found = []
    for (week, _), ones in sorted(weeks.items()):
        deals = {one.deal.deal_id: one.deal for one in ones}
        if len(deals) >= MANY:
            found.append(Collision(week, ones[0].deal.ops_owner, tuple(deals.values())))
    return found


def _deadlines(dates: Iterable[CalendarDate]) -> Iterator[CalendarDate]:
    return (one for one in dates if one.kind == "deadline")


def _days(one: CalendarDate, asof: dt.date) -> int:
    """Return the days from the digest's day to a date; far away for one that names none."""
    return ((one.on or dt.date.max) - asof).days


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(min(day.weekday(), (day - dt.date.min).days))


def _promises(record: Record) -> list[Commitments]:
    """Return what was promised and still stands, by the day it was said."""
    found = [
        row
        for rows in record.by_deal.values()
        for row in rows.spoken
        if row.type not in LIMITS and row.com_id
    ]
    return sorted(found, key=lambda row: (row.said_on or dt.date.max, row.com_id, row.row))


def _takings(record: Record, live: Sequence[DealRows], before: Marks | None) -> Iterator[Takings]:
    """Yield the money by currency, in their order."""
    fees = [fee for rows in record.by_deal.values() for fee in rows.fees if not fee.void]
    unpriced = _unpriced(live)
    for currency in sorted({fee.currency for fee in fees if fee.currency} | {*unpriced}):
        mine = [fee for fee in fees if fee.currency == currency]
        came = None if before is None else _came_in(mine, before.received)
        late = sum_up(mine, currency).overdue
        if came or late or unpriced[currency]:
            yield Takings(currency, came, late, unpriced[currency])


def _unpriced(live: Iterable[DealRows]) -> dict[str, int]:
    """Return, by currency, what clients of deals in delivery count on and nobody pays."""
    found: dict[str, int] = defaultdict(int)
    for rows in live:
        if rows.stage_type == "won" and rows.currency and rows.deal.unpriced_exposure:
            found[rows.currency] += rows.deal.unpriced_exposure
    return found


def _came_in(fees: Iterable[Fees], before: Mapping[str, int]) -> int:
    return sum((fee.received or 0) - before.get(fee.fee_id, 0) for fee in fees)


def _overdue(deals: Iterable[DealRows]) -> Iterator[Overdue]:
    for rows in deals:
        for currency, late in _late(rows).items():
            if (amount := sum_up(late, currency).overdue) > 0:
                yield Overdue(rows.deal, currency, amount, _oldest(late))


def _late(rows: DealRows) -> dict[str, list[Fees]]:
    """Return a deal's overdue lines by currency, in their order."""
    found: dict[str, list[Fees]] = defaultdict(list)
    for fee in rows.fees:
        if fee.days_overdue and fee.currency and not fee.void:
            found[fee.currency].append(fee)
    return dict(sorted(found.items()))


def _oldest(fees: Iterable[Fees]) -> int:
    return max(int(fee.days_overdue or 0) for fee in fees)
