"""Positions of chart marks, in per cent of the chart's width; templates draw them.

A chart has no text inside: the labels are text beside it, so that it can be read at any width, by a
screen reader, and on paper.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetrecord.core.view.dates import TimelineEvent
from sheetrecord.core.view.money import Bucket, Purse

_APART: Final = 6.5
"""Per cent of the width that two marks of one lane keep between them, for a phone's sake."""

_EDGE: Final = 3.0


class TimelineMark(NamedTuple):
    """One numbered date on the timeline."""

    number: int
    x: float
    lane: int
    event: TimelineEvent


class Timeline(NamedTuple):
    """Two rows of marks; ``gap`` is the stretch between real deadline and contract end."""

    contract: list[TimelineMark]
    client: list[TimelineMark]
    contract_lanes: int
    client_lanes: int
    gap: tuple[float, float] | None
    first: dt.date
    last: dt.date

    @property
    def marks(self) -> list[TimelineMark]:
        """All marks by date."""
        return sorted((*self.contract, *self.client))


def timeline(events: Sequence[TimelineEvent]) -> Timeline | None:
    """Return the timeline of a deal's events; None with fewer than two dates."""
    days = [event.on for event in events if event.clock != "today"]
    if len(days) < 2:
        return None
    first, last = min(days), max(days)
    scale = _Scale(first, last)
    numbered = list(enumerate((e for e in events if e.clock != "today"), start=1))
    rails = {clock: _rail(numbered, clock, scale) for clock in ("contract", "client")}
    return Timeline(
        rails["contract"],
        rails["client"],
        1 + max((mark.lane for mark in rails["contract"]), default=0),
        1 + max((mark.lane for mark in rails["client"]), default=0),
        _gap(events, scale),
        first,
        last,
    )


class _Scale:
    """From a day to per cent of the width."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.days = first, max(1, (last - first).days)

    def __call__(self, day: dt.date) -> float:
        share = (day - self.first).days / self.days
        return round(_EDGE + share * (100 - 2 * _EDGE), 2)


def _rail(
    numbered: Sequence[tuple[int, TimelineEvent]], clock: str, scale: _Scale
) -> list[TimelineMark]:
    """Place one clock's marks, each in the lowest lane in which it touches no other."""
    ends: list[float] = []
    marks = []
    for number, event in numbered:
        if event.clock != clock:
            continue
        x = scale(event.on)
        free = [lane for lane, end in enumerate(ends) if x - end >= _APART]
        lane = free[0] if free else len(ends)
        if lane == len(ends):
            ends.append(x)
        ends[lane] = x
        marks.append(TimelineMark(number, x, lane, event))
    return marks


def _gap(events: Sequence[TimelineEvent], scale: _Scale) -> tuple[float, float] | None:
    ends = [event.on for event in events if event.what == "end"]
    needed = [event.on for event in events if event.what == "deadline"]
    if not ends or not needed or min(needed) >= max(ends):
        return None
    left, right = scale(min(needed)), scale(max(ends))
    return left, round(right - left, 2)


class Bar(NamedTuple):
    """One bar: start and length in per cent, the amount it stands for, and its colour role."""

    key: str
    x: float
    width: float
    amount: int
    tone: str = ""
    times: int = 0


def waterfall(purse: Purse) -> list[Bar]:
    """Return the bars from all fee lines down to what is outstanding, without empty ones."""
    top = max(purse.total, purse.invoiced, 0)
    low = min(purse.outstanding, purse.total, 0)
    span = top - low
    if not purse.lines or span <= 0:
        return []

    def bar(key: str, start: int, end: int, amount: int, tone: str) -> Bar:
        left, right = min(start, end), max(start, end)
        x, width = 100 * (left - low) / span, 100 * (right - left) / span
        return Bar(key, round(x, 2), round(width, 2), amount, tone)

    bars = [bar("planned_total", 0, purse.total, purse.total, "whole")]
    if purse.to_invoice:
        bars.append(bar("not_invoiced", purse.invoiced, purse.total, -purse.to_invoice, "later"))
        bars.append(bar("invoiced", 0, purse.invoiced, purse.invoiced, "whole"))
    left = purse.invoiced
    for key, amount, tone in (
        ("received", purse.received, "in"),
        ("settled", purse.settled, "later"),
        ("retained", purse.retained, "later"),
    ):
        if amount:
            bars.append(bar(key, left - amount, left, -amount, tone))
            left -= amount
    tone = "late" if purse.overdue else "whole"
    bars.append(bar("outstanding", 0, purse.outstanding, purse.outstanding, tone))
    return bars


def ageing_bars(buckets: Sequence[Bucket]) -> list[Bar]:
    """Return one bar for each ageing bucket; none when nothing is outstanding."""
    most = max((bucket.amount for bucket in buckets), default=0)
    if most <= 0:
        return []
    tones = dict(
        zip([b.code for b in buckets], ("plain", "due", "due", "late", "late"), strict=True)
    )
    return [
        Bar(
            b.code,
            0,
            round(100 * max(b.amount, 0) / most, 2),
            b.amount,
            tones[b.code],
            b.invoices,
        )
        for b in buckets
    ]


def count_bars(counted: Sequence[tuple[str, int]]) -> list[Bar]:
    """Return one bar for each count, scaled to the largest."""
    most = max((times for _, times in counted), default=0)
    return [Bar(key, 0, round(100 * times / most, 2), times, "whole") for key, times in counted]
