"""Freezes a new baseline after the old one or the log was damaged, with a logged reason."""

from sheetrecord.core.handover.baseline import freeze, keep_baseline
from sheetrecord.core.handover.context import HandoverContext, HandoverStep, refused
from sheetrecord.core.handover.hidden_log import LogEvent, log, log_intact, reseal


def plan_refreeze(context: HandoverContext, deal_id: str, by: str, why: str) -> HandoverStep:
    """Return the step that freezes the present rows of a deal as a further baseline.

    Nothing is taken away: a damaged baseline stays where it is, and the log says who froze the
    deal again and why.
    """
    rows = context.rows(deal_id)
    if rows is None:
        message = f'There is no deal "{deal_id}".'
        return refused(deal_id, context.refusal(None, "", message, "Name one of the deals."))
    found = context.standing(deal_id)
    versions = context.baselines.get(deal_id, ())
    if not (found.sold or versions or found.handed_over):
        message = f"{deal_id} was never sold: there is nothing to freeze again."
        do = "Promote it without --refreeze."
        return refused(deal_id, context.refusal(rows.deal, "stage", message, do))
    whole = log_intact(context.book)
    if versions and versions[-1].intact and whole and found.sold:
        return HandoverStep(deal_id, "nothing", notes=("What was frozen is there and unchanged.",))
    number = max((one.version for one in versions), default=0) + 1
    baseline = freeze(context.draft(deal_id).deal(deal_id), number, context.asof)
    event = LogEvent(context.asof, by, deal_id, "refrozen", baseline.digest, why)
    events = [event] if whole else [reseal(context.book, event), event]
    kept = (keep_baseline(context.book, baseline), log(context.book, events))
    note = "What is in the record now is frozen as sold; compare it with the signed contract."
    return HandoverStep(deal_id, "refrozen", (), kept, (), (note,), baseline.digest)
