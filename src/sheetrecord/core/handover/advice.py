"""Remarks about a deal for both sides of its handover, as sentences."""

from collections.abc import Iterator, Sequence

from sheetrecord.core.handover.context import HandoverContext
from sheetrecord.core.handover.people import fold
from sheetrecord.core.handover.schedule import deadline_of, late_milestones
from sheetrecord.model.money import Money
from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Problem
from sheetrecord.schema.record import DealRows

STALE_DAYS = 90
"""Days after which a fact should be asked again when a lost deal comes back."""


def remarks(
    context: HandoverContext, rows: DealRows, brought: Sequence[str], waived: Sequence[Problem]
) -> tuple[str, ...]:
    """Return the remarks about a deal as it will be after the handover."""
    return tuple(_remarks(context, rows, brought, waived))


def _remarks(
    context: HandoverContext, rows: DealRows, brought: Sequence[str], waived: Sequence[Problem]
) -> Iterator[str]:
    deal, last = rows.deal, deadline_of(rows)
    for title, day, days in late_milestones(rows):
        yield Phrase(
            '"{title}" is planned for {day}, {days} days after the hard deadline on {deadline}.',
            title=title,
            day=day,
            days=days,
            deadline=last.day if last is not None else "",
        )
    if waived:
        codes = ", ".join(dict.fromkeys(problem.code for problem in waived))
        yield Phrase(
            "Let pass until {day} by {who}: {codes}.",
            day=deal.waived_until,
            who=deal.waived_by,
            codes=codes,
        )
    if brought:
        yield Phrase(
            "From {deal}, to re-confirm: {people}.",
            deal=deal.prior_deal_id,
            people=", ".join(brought),
        )
    if deal.deal_owner and fold(deal.deal_owner) == fold(deal.ops_owner):
        yield Phrase(
            "{who} hands over to {who}: read the brief as the receiver.", who=deal.ops_owner
        )
    yield from _value_changed(context, rows)
    yield from _came_back(context, rows)


def _value_changed(context: HandoverContext, rows: DealRows) -> Iterator[str]:
    """Yield a remark if the agreed amount has changed since work began before the signature."""
    now = rows.deal.value_net or 0
    for event in context.events:
        if event.deal_id == rows.id and event.what == "at_risk":
            amount, _, currency = event.subject.partition(" ")
            if amount.lstrip("-").isdigit() and int(amount) != now:
                before = Money(int(amount), currency)
                after = Money(now, rows.deal.currency)
                yield Phrase(
                    "The work began at {before}; it was signed at {after}.",
                    before=before,
                    after=after,
                )


def _came_back(context: HandoverContext, rows: DealRows) -> Iterator[str]:
    """Yield a remark on how many facts are old if the deal was lost before."""
    if not rows.deal.lost_reason:
        return
    old = [
        row.ctx_id
        for row in rows.context
        if row.learned_on is not None and (context.asof - row.learned_on).days > STALE_DAYS
    ]
    if old:
        yield Phrase(
            "It was lost before: {count} facts are older than {days} days; ask again.",
            count=len(old),
            days=STALE_DAYS,
        )
