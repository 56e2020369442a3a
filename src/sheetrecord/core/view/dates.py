"""The dates of a deal on its two clocks: what the contract says and what the client needs."""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.schema.commitments import SETTLED
from sheetrecord.schema.record import DealRows

_SAID: Final = {
    **dict.fromkeys(("promise", "date_promise", "discussed", "commercial_concession"), "promise"),
    "client_duty": "duty",
    "assumption": "check",
    "supplier_term": "check",
}
"""What the day of a commitment is, by its type."""

_OFF: Final = frozenset((*SETTLED, "declined"))


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
    contract = [*_signed(rows, asof), *_planned(rows, asof), *_earned(rows, asof)]
    return sorted([*contract, *_needed(rows, asof), today])


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
    if deal.notice_by is not None:
        state = "late" if deal.notice_by < asof else "due"
        yield TimelineEvent(deal.notice_by, "contract", "notice", state=state)


def _planned(rows: DealRows, asof: dt.date) -> Iterator[TimelineEvent]:
    """Yield the days of milestones."""
    for row in rows.project:
        day = row.date_actual or row.date_planned
        if row.kind == "milestone" and day is not None:
            state = "done" if row.date_actual else "late" if day < asof else "due"
            yield TimelineEvent(day, "contract", "milestone", row.title, state)


def _earned(rows: DealRows, asof: dt.date) -> Iterator[TimelineEvent]:
    """Yield the days on which a success is to be counted and invoiced."""
    for row in rows.fees:
        if row.fee_type == "success" and row.planned_on is not None and not row.void:
            billed = row.invoiced_on is not None
            state = "done" if billed else "late" if row.planned_on < asof else "due"
            yield TimelineEvent(row.planned_on, "contract", "success", row.description, state)


def _needed(rows: DealRows, asof: dt.date) -> Iterator[TimelineEvent]:
    """Yield the days that matter to the client: what was answered, promised, owed, counted on."""
    for fact in rows.context:
        if fact.date is None:
            continue
        state = "done" if fact.date < asof else "due"
        if fact.kind == "stakeholder" and fact.person:
            yield TimelineEvent(fact.date, "client", "person", fact.person, state)
        elif fact.kind != "stakeholder" and fact.state == "answered":
            what = "deadline" if fact.kind == "real_deadline" else fact.kind
            yield TimelineEvent(fact.date, "client", what, fact.driver, state)
    yield from _said(rows, asof)


def _said(rows: DealRows, asof: dt.date) -> Iterator[TimelineEvent]:
    """Yield the days of what was said, unless nobody counts on it any more."""
    for row in rows.spoken:
        what = _SAID.get(row.type, "")
        if row.due_on is not None and what and row.disposition not in _OFF:
            state = _promise_state(row.progress, row.due_on, asof)
            yield TimelineEvent(row.due_on, "client", what, row.what, state)


def _promise_state(progress: str, due: dt.date, asof: dt.date) -> str:
    if progress in {"delivered", "accepted"}:
        return "done"
    return "late" if due < asof else "due"
