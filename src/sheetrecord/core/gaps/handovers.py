"""The handovers that are counted, and which of them had a gap: before a change, and after it."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.gaps.stopped import Tally
from sheetrecord.core.handover.hidden_log import LogEvent
from sheetrecord.rules.need import over
from sheetrecord.schema.record import DealRows, Record

SETTLED_DAYS: Final = 60
"""Days past its kickoff after which what was missing has come up, if anything was."""


class CountedHandover(NamedTuple):
    """A handover that is old enough to be judged, and the day its deal was closed."""

    deal_id: str
    closed_on: dt.date


def counted(record: Record, events: Sequence[LogEvent]) -> list[CountedHandover]:
    """Return all handovers at least 60 days past their kickoff, or whose project is over."""
    by_deal: dict[str, list[LogEvent]] = {}
    for event in events:
        by_deal.setdefault(event.deal_id, []).append(event)
    asof = record.settings.asof
    found = []
    for rows in record.by_deal.values():
        mine = by_deal.get(rows.id, [])
        closed = _closed(rows, mine)
        begun = _kickoff(rows, mine)
        old = begun is not None and (asof - begun).days >= SETTLED_DAYS
        if rows.stage_type == "won" and closed is not None and (old or over(rows)):
            found.append(CountedHandover(rows.id, closed))
    return found


def _closed(rows: DealRows, events: Sequence[LogEvent]) -> dt.date | None:
    closed = next((e.when for e in events if e.what in {"promoted", "adopted"}), None)
    return closed or rows.deal.signed_on or rows.deal.contract_start


def _kickoff(rows: DealRows, events: Sequence[LogEvent]) -> dt.date | None:
    held = next((e.when for e in events if e.what == "kickoff"), None)
    taken = rows.deal.handover_state in {"accepted", "confirmed"}
    return held or (rows.deal.handover_on if taken else None)


def tally(handovers: Sequence[CountedHandover], with_gap: Collection[str], since: dt.date) -> Tally:
    """Return how many of how many had a gap, closed before a day and from it on."""
    before = [one.deal_id in with_gap for one in handovers if one.closed_on < since]
    after = [one.deal_id in with_gap for one in handovers if one.closed_on >= since]
    return Tally(sum(before), len(before), sum(after), len(after))


class RuleCost(NamedTuple):
    """What a change costs: deals that let it pass, and attempts to close that were refused."""

    waived: int
    refused: int


def cost(events: Sequence[LogEvent], rule: str, since: dt.date) -> RuleCost:
    """Return what has come of a change since a day, as the log tells it."""
    later = [event for event in events if event.when >= since]
    waived = {e.deal_id for e in later if e.what == "waived" and rule in _codes(e.subject)}
    refused = sum(int(e.subject) for e in later if e.what == "refused" and e.subject.isdecimal())
    return RuleCost(len(waived), refused)


def _codes(text: str) -> Iterator[str]:
    return (code.strip() for code in text.split(","))
