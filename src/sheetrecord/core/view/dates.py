"""The dates of a deal on its two clocks: what the contract says and what the client needs."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sheetrecord.schema.record import DealRows


class TimelineEvent(NamedTuple):
    """A day on a deal's timeline.

    ``clock`` is ``contract`` (what was signed and planned), ``client`` (what really matters to
    them) or ``today``; ``what`` names the kind of day; ``state`` is ``done``, ``late`` or ``due``.
    """

    on: dt.date
    clock: str
    what: str
    text: str = ""
    state: str = "due"


def events(rows: DealRows, asof: dt.date) -> list[TimelineEvent]:
    """Return a deal's days in order; nothing but today when no day is known."""
    today = TimelineEvent(asof, "today", "today")
    return sorted([*_signed(rows, asof), *_planned(rows, asof), *_needed(rows, asof), today])


def _signed(rows: DealRows, asof: dt.date) -> Iterator[TimelineEvent]:
    """Yield the days of the contract."""
    deal = rows.deal
    for what, day in (
        ("signed", deal.signed_on),
        ("start", deal.contract_start),
        ("end", deal.contract_end),
    ):
        if day is not None:
            yield TimelineEvent(day, "contract", what, state="done" if day <= asof else "due")


def _planned(rows: DealRows, asof: dt.date) -> Iterator[TimelineEvent]:
    """Yield the days of milestones."""
    for row in rows.project:
        day = row.date_actual or row.date_planned
        if row.kind == "milestone" and day is not None:
            state = "done" if row.date_actual else "late" if day < asof else "due"
            yield TimelineEvent(day, "contract", "milestone", row.title, state)


def _needed(rows: DealRows, asof: dt.date) -> Iterator[TimelineEvent]:
    """Yield the days that matter to the client: what was asked and answered, what was promised."""
    for fact in rows.context:
        if fact.date is not None and fact.kind != "stakeholder" and fact.state == "answered":
            state = "done" if fact.date < asof else "due"
            what = "deadline" if fact.kind == "real_deadline" else fact.kind
            yield TimelineEvent(fact.date, "client", what, fact.driver, state)
    for promise in rows.commitments:
        if promise.due_on is not None and promise.type in {"date_promise", "promise"}:
            state = _promise_state(promise.progress, promise.due_on, asof)
            yield TimelineEvent(promise.due_on, "client", "promise", promise.what, state)


def _promise_state(progress: str, due: dt.date, asof: dt.date) -> str:
    if progress in {"delivered", "accepted"}:
        return "done"
    return "late" if due < asof else "due"
