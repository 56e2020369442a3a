"""Marks a sold deal that is open, lost or on hold again as reopened; removes nothing."""

from sheetrecord.core.handover.context import HandoverContext, HandoverStep, no_deal, refused
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.core.handover.identity import row_id
from sheetrecord.core.handover.words import say
from sheetrecord.model.phrase import Phrase


def plan_reopen(context: HandoverContext, deal_id: str, by: str) -> HandoverStep:
    """Return the step that marks a deal as reopened; its project, fees and baseline stay."""
    rows = context.rows(deal_id)
    if rows is None:
        return refused(deal_id, context.refusal(None, "", no_deal(deal_id), ""))
    found = context.standing(deal_id)
    if found.stage_type == "won":
        label = context.parsed.record.settings.label("stage", rows.deal.stage)
        do = Phrase("Set the stage to where the sale stands now, and run this again.")
        message = Phrase("{deal} is still {stage}.", deal=deal_id, stage=label)
        problem = context.refusal(rows.deal, "stage", message, do)
        return refused(deal_id, problem)
    if not (found.sold or found.begun or found.offered):
        return HandoverStep(
            deal_id, "nothing", notes=(Phrase("It was not handed over, so there is no way back."),)
        )
    draft = context.draft(deal_id)
    settings = draft.settings
    times = sum(e.deal_id == deal_id and e.what == "reopened" for e in context.events)
    stage = settings.label("stage", rows.deal.stage)
    parts = (deal_id, "", "update", "reopened", str(times + 1))
    cells = {
        "deal_id": deal_id,
        "kind": "update",
        "title": say(settings.language, "reopened", stage=stage),
        "owner": rows.deal.deal_owner,
        "date_actual": context.asof,
    }
    draft.add("Project", row_id("P", draft.known("Project"), *parts), cells, "reopened")
    if found.state in {"offered", "accepted", "returned", "confirmed"}:
        draft.put(rows.deal, "handover_state", "not_ready", "reopened")
        draft.put(rows.deal, "handover_on", context.asof, "reopened")
    event = LogEvent(context.asof, by, deal_id, "reopened", rows.deal.stage)
    return HandoverStep(deal_id, "reopened", draft.plan, (log(context.book, [event]),))
