"""Key figures of the handovers of a firm, from its record and log."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Final, NamedTuple

from sheetrecord.core.handover.calendar import working_days
from sheetrecord.core.handover.hidden_log import LogEvent
from sheetrecord.core.handover.response import ANSWERED
from sheetrecord.schema.record import DealRows, Record

CAPTURE_HOURS: Final = 48
AIMS: Final[Mapping[str, float]] = {
    "first_pass_gate": 0.95,
    "first_pass_acceptance": 0.90,
    "won_to_accepted": 1,
    "won_to_kickoff": 10,
    "captured_in_48_hours": 0.70,
    "confirm_rate": 0.90,
}
"""What to aim at: shares, and working days at most. Starting conventions, not laws."""


class Figure(NamedTuple):
    """One figure: a share from 0 to 1 or a median number of days; None when nothing counts.

    ``of`` is how many deals or facts it is taken from.
    """

    name: str
    value: float | None
    of: int
    unit: str

    @property
    def met(self) -> bool | None:
        """True if the value reaches its target; None without a target or value."""
        aim = AIMS.get(self.name)
        if aim is None or self.value is None:
            return None
        return self.value >= aim if self.unit == "share" else self.value <= aim


def figures(
    record: Record, events: Sequence[LogEvent], written: Mapping[str, dt.date]
) -> list[Figure]:
    """Return the figures of a record.

    ``written`` holds, by row id, the first day on which the row was seen filled in.
    """
    by_deal: dict[str, list[LogEvent]] = {}
    for event in events:
        by_deal.setdefault(event.deal_id, []).append(event)
    deals = [(rows, by_deal.get(deal_id, [])) for deal_id, rows in record.by_deal.items()]
    lags = [one.days for one in capture_lags(record, written)]
    early = [lag * 24 <= CAPTURE_HOURS for lag in lags]
    late = [one.at_close for one in capture_lags(record, written) if one.at_close is not None]
    return [
        _share("first_pass_gate", _gate(deals)),
        _share("first_pass_acceptance", _acceptance(deals)),
        _days("won_to_accepted", _until(deals, "accepted")),
        _days("won_to_kickoff", _until(deals, "kickoff")),
        _share("captured_in_48_hours", early),
        Figure("capture_lag", median(lags) if lags else None, len(lags), "days"),
        _share("written_at_close", late),
        _share("confirm_rate", list(_confirmed(deals))),
    ]


Deals = Sequence[tuple[DealRows, Sequence[LogEvent]]]


def _share(name: str, hits: Iterable[bool]) -> Figure:
    found = list(hits)
    return Figure(name, sum(found) / len(found) if found else None, len(found), "share")


def _days(name: str, found: Iterable[int]) -> Figure:
    days = list(found)
    return Figure(name, median(days) if days else None, len(days), "working days")


def _gate(deals: Deals) -> Iterator[bool]:
    """Yield for each closed deal whether its first attempt succeeded without a waiver."""
    for _, events in deals:
        first = next((e for e in events if e.what in {"promoted", "refused", "at_risk"}), None)
        if first is not None:
            yield first.what == "promoted" and not first.note


def _acceptance(deals: Deals) -> Iterator[bool]:
    """Yield for each answered deal whether ops accepted it without returning it first.

    Deals that somebody handed over to themselves are excluded.
    """
    for _, events in deals:
        first = next((e for e in events if e.what in {"accepted", "returned"}), None)
        if first is not None and first.subject != "self":
            yield first.what == "accepted"


def _until(deals: Deals, what: str) -> Iterator[int]:
    """Yield for each deal the working days from its signature to an event."""
    for rows, events in deals:
        won = next((e.when for e in events if e.what in {"promoted", "adopted"}), None)
        start = rows.deal.signed_on or won
        done = next((e.when for e in events if e.what == what), None)
        if start is not None and won is not None and done is not None:
            yield working_days(start, done)


class CaptureLag(NamedTuple):
    """How long one thing that was said took to be written down."""

    deal_id: str
    said_on: dt.date
    days: int
    at_close: bool | None
    """Whether it was first written in the last 48 hours before the deal closed; None while open."""


def capture_lags(record: Record, written: Mapping[str, dt.date]) -> Iterator[CaptureLag]:
    """Yield for each thing said how long it took from then to its first sight in the record."""
    for deal_id, rows in record.by_deal.items():
        said = [(row.ctx_id, row.learned_on) for row in rows.context]
        said += [(row.com_id, row.said_on) for row in rows.commitments]
        for row_id, day in said:
            seen = written.get(row_id)
            if day is not None and seen is not None:
                late = _at_close(seen, rows.deal.signed_on)
                yield CaptureLag(deal_id, day, max(0, (seen - day).days), late)


def _at_close(seen: dt.date, signed: dt.date | None) -> bool | None:
    if signed is None or seen > signed:
        return None
    return (signed - seen).days * 24 <= CAPTURE_HOURS


def lag_groups(
    record: Record, written: Mapping[str, dt.date], by: str
) -> Iterator[tuple[str, list[Figure]]]:
    """Yield the figures of how soon things are written down for each ``deal`` or ``month``."""
    groups: dict[str, list[CaptureLag]] = {}
    for one in capture_lags(record, written):
        name = one.deal_id if by == "deal" else f"{one.said_on:%Y-%m}"
        groups.setdefault(name, []).append(one)
    for name, found in sorted(groups.items()):
        early = [one.days * 24 <= CAPTURE_HOURS for one in found]
        middle = median(one.days for one in found)
        late = [one.at_close for one in found if one.at_close is not None]
        yield (
            name,
            [
                _share("captured_in_48_hours", early),
                Figure("capture_lag", middle, len(found), "days"),
                _share("written_at_close", late),
            ],
        )


def _confirmed(deals: Deals) -> Iterator[bool]:
    """Yield for each fact of a deal whose kickoff was held whether ops confirmed it."""
    for rows, events in deals:
        if rows.deal.handover_state == "confirmed" or any(e.what == "kickoff" for e in events):
            for fact in rows.context:
                if fact.state in ANSWERED:
                    yield fact.confirmed_on is not None
