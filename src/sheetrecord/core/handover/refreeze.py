"""Freezes a new baseline after the old one or the log was damaged, with a logged reason."""

from sheetrecord.core.handover.baseline import freeze, keep_baseline
from sheetrecord.core.handover.context import HandoverContext, HandoverStep, no_deal, refused
from sheetrecord.core.handover.hidden_log import LogEvent, log, log_intact, reseal
from sheetrecord.model.phrase import Phrase


def plan_refreeze(context: HandoverContext, deal_id: str, by: str, why: str) -> HandoverStep:
    """Return the step that freezes the present rows of a deal as a further baseline.

    Nothing is taken away: a damaged baseline stays where it is, and the log says who froze the
    deal again and why.
    """
    rows = context.rows(deal_id)
    if rows is None:
        do = Phrase("Name one of the deals.")
        return refused(deal_id, context.refusal(None, "", no_deal(deal_id), do))
    found = context.standing(deal_id)
    versions = context.baselines.get(deal_id, ())
    if not (found.sold or versions or found.handed_over):
        message = Phrase("{deal} was never sold: there is nothing to freeze again.", deal=deal_id)
        do = Phrase("Promote it without --refreeze.")
        return refused(deal_id, context.refusal(rows.deal, "stage", message, do))
    whole = log_intact(context.book)
    if versions and versions[-1].intact and whole and found.sold:
        return HandoverStep(
            deal_id, "nothing", notes=(Phrase("What was frozen is there and unchanged."),)
        )
    number = max((one.version for one in versions), default=0) + 1
    baseline = freeze(context.draft(deal_id).deal(deal_id), number, context.asof)
    event = LogEvent(context.asof, by, deal_id, "refrozen", baseline.digest, why)
    events = [event] if whole else [reseal(context.book, event), event]
    kept = (keep_baseline(context.book, baseline), log(context.book, events))
    note = Phrase(
        "What is in the record now is frozen as sold; compare it with the signed contract."
    )
    return HandoverStep(deal_id, "refrozen", (), kept, (), (note,), baseline.digest)
