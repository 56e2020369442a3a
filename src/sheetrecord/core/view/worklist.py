"""The work list: a row for each live deal, with its next step, its real deadline and its money.

A row holds days, never how far off they are, so that it stays the same while days pass; what
depends on the day is told by the functions of `worklist_state`, and by the pages' script, which
follows the same rules.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.absence.states import LIMITS
from sheetrecord.core.view.deal import DealView
from sheetrecord.core.view.index_part import part_by_stage
from sheetrecord.core.view.sanitise import flat
from sheetrecord.schema.commitments import SETTLED, Commitments
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.record import DealRows

LIVE: Final = ("delivery", "open")
"""The parts of the index whose deals are work; the others are finished."""

_LAST: Final = dt.date.max
_KEPT: Final = frozenset(("delivered", "accepted", "n_a"))
_OFF: Final = frozenset((*SETTLED, "declined"))
_OVER: Final = frozenset(("done", "cancelled"))


class NextStep(NamedTuple):
    """What somebody does next, and by when.

    ``what`` says where it stands: ``step`` (the deal's own next step), ``issue``, ``milestone``,
    ``promise``, ``chase`` (``text`` is then the kind of fact to ask for), ``invoice``.
    """

    on: dt.date | None
    what: str
    text: str


class MoneyLine(NamedTuple):
    """Money that is still to come, in minor units of its currency, and the day it is due.

    ``kind`` is ``owed`` (invoiced), ``kept`` (a retention that is not due), ``planned``, or
    ``hanging`` (planned on an acceptance that has no day yet). A credit is negative.
    """

    on: dt.date | None
    amount: int
    kind: str
    currency: str


class WorkRow(NamedTuple):
    """One live deal. ``status`` is that of its project, or ``stage:`` with the stage of its sale.

    ``gap`` is how many days the real deadline lies before the contract's end; ``promise_on`` the
    earliest day of a promise that nobody kept; ``promised`` who promised what is unpriced, in minor
    units that add up to ``unpriced``. What an audience may not see is blank.
    """

    deal_id: str
    name: str
    client: str
    lead: str
    part: str
    status: str
    step: NextStep | None
    deadline: dt.date | None
    why: str
    gap: int | None
    issues: int
    unpriced: int
    currency: str
    lines: tuple[MoneyLine, ...]
    promise_on: dt.date | None
    handover: str
    handover_on: dt.date | None
    conflicts: int = 0
    promised: tuple[tuple[str, int], ...] = ()


def work_rows(
    views: Sequence[DealView], asof: dt.date, conflicts: Sequence[str] = ()
) -> list[WorkRow]:
    """Return the rows of the live deals, by next date; ``conflicts`` names a deal for each.

    ``asof`` is the day by which the record's fees were judged.
    """
    found = [work_row(view, asof) for view in views if view.part in LIVE]
    told = [row._replace(conflicts=conflicts.count(row.deal_id)) for row in found]
    return sorted(told, key=lambda row: (next_day(row), row.deal_id))


def work_row(view: DealView, asof: dt.date) -> WorkRow:
    """Return one deal's row."""
    rows, deal = view.rows, view.rows.deal
    fact = view.deadline
    return WorkRow(
        deal.deal_id,
        flat(deal.deal_name),
        flat(deal.client),
        flat(deal.ops_owner),
        view.part,
        _status(view),
        next_step(view),
        deal.real_deadline,
        (fact.driver or fact.answer) if fact and deal.real_deadline else "",
        None if deal.date_gap_days is None else round(deal.date_gap_days),
        len(view.issues),
        deal.unpriced_exposure or 0,
        rows.currency,
        tuple(_lines(rows, asof)),
        min((row.due_on for row in view.promises if _owed(row) and row.due_on), default=None),
        deal.handover_state,
        deal.handover_on,
        promised=promisers(rows),
    )


def bare_row(deal: Deal) -> WorkRow:
    """Return the row of a deal without a page: only its own cells are known."""
    stage = f"stage:{deal.stage}" if deal.stage else ""
    return WorkRow(
        deal.deal_id,
        flat(deal.deal_name),
        flat(deal.client),
        flat(deal.ops_owner),
        part_by_stage(deal),
        stage,
        step=None,
        deadline=None,
        why="",
        gap=None,
        issues=0,
        unpriced=0,
        currency=deal.currency,
        lines=(),
        promise_on=None,
        handover=deal.handover_state,
        handover_on=None,
    )


def next_day(row: WorkRow) -> dt.date:
    """Return the day of the next step, the last of all days for none."""
    return (row.step and row.step.on) or _LAST


def _status(view: DealView) -> str:
    if view.part == "delivery":
        return view.summary.status if view.summary else ""
    return f"stage:{view.rows.deal.stage}" if view.rows.deal.stage else ""


def next_step(view: DealView) -> NextStep | None:
    """Return the first thing that is to be done: what has a day comes first."""
    return min(_steps(view), key=lambda step: step.on or _LAST, default=None)


def _steps(view: DealView) -> Iterator[NextStep]:
    yield from _own_step(view)
    yield from (NextStep(row.due_on, "issue", row.title) for row in view.issues if row.due_on)
    for row in view.milestones:
        if row.date_planned and not row.date_actual and row.status not in _OVER:
            yield NextStep(row.date_planned, "milestone", row.title)
    owed = (said for said in view.promises if said.due_on and _owed(said))
    yield from (NextStep(said.due_on, "promise", said.what) for said in owed)
    asked = (fact for fact in view.unknown if fact.chase_on and fact.state == "unknown")
    yield from (NextStep(fact.chase_on, "chase", fact.kind) for fact in asked)
    for fee in view.rows.fees:
        if fee.ready and not fee.invoiced_on and not fee.void and fee.planned_on:
            yield NextStep(fee.planned_on, "invoice", fee.description)


def _own_step(view: DealView) -> Iterator[NextStep]:
    """Yield the deal's next step, unless it was one of a sale that is over."""
    deal = view.rows.deal
    on = deal.next_step_on
    sold = view.part == "delivery"
    stale = sold and (on is None or (deal.signed_on is not None and on < deal.signed_on))
    if deal.next_step and not stale:
        yield NextStep(on, "step", deal.next_step)


def _owed(row: Commitments) -> bool:
    """Tell whether somebody counts on a promise that was not kept yet."""
    return (
        row.type not in LIMITS
        and row.progress not in _KEPT
        and row.done_on is None
        and row.disposition not in _OFF
    )


def _lines(rows: DealRows, asof: dt.date) -> Iterator[MoneyLine]:
    """Yield what is still to come, in the order of the fee lines."""
    accepted = {row.row_id: row.accepted_on for row in rows.project if row.kind == "milestone"}
    for fee in rows.fees:
        if fee.void:
            continue
        if fee.invoiced_on is not None:
            yield from _billed(fee, asof)
        elif fee.gross:
            kind = "hanging" if _hangs(fee, accepted) else "planned"
            yield MoneyLine(fee.planned_on, fee.gross, kind, fee.currency)


def _billed(fee: Fees, asof: dt.date) -> Iterator[MoneyLine]:
    if fee.outstanding:
        yield MoneyLine(_late_from(fee, asof), fee.outstanding, "owed", fee.currency)
    if fee.retained:
        yield MoneyLine(fee.retention_release_on, fee.retained, "kept", fee.currency)


def _hangs(fee: Fees, accepted: Mapping[str, dt.date | None]) -> bool:
    """Tell whether a fee waits for an acceptance that has no day."""
    waits = fee.trigger == "on_acceptance" or fee.milestone_ref in accepted
    return waits and accepted.get(fee.milestone_ref) is None


def _late_from(fee: Fees, asof: dt.date) -> dt.date | None:
    """Return the day after which an invoice is late; None where a later, unseen day holds.

    A retention that was released late is due on that day, which not every audience sees.
    """
    if fee.days_overdue:
        return asof - dt.timedelta(days=int(fee.days_overdue))
    if fee.due_on is not None and fee.due_on < asof and (fee.outstanding or 0) > 0:
        return None
    return fee.due_on


def promisers(rows: DealRows) -> tuple[tuple[str, int], ...]:
    """Return who promised what is unpriced: name and minor units, which add up to all of it."""
    whole = rows.deal.unpriced_exposure or 0
    said = [row for row in rows.commitments if row.unpriced_hours or row.unpriced_amount]
    if not whole or not said:
        return ()
    fixed = sum(row.unpriced_amount or 0 for row in said)
    hours = sum(row.unpriced_hours or 0 for row in said)
    rate = (whole - fixed) / hours if hours else 0.0
    found: dict[str, int] = {}
    left = whole
    for number, row in enumerate(said, start=1):
        part = (row.unpriced_amount or 0) + round((row.unpriced_hours or 0) * rate)
        part = left if number == len(said) else part
        left -= part
        who = flat(row.said_by)
        found[who] = found.get(who, 0) + part
    return tuple(sorted(found.items()))
