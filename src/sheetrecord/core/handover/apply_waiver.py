"""The handover steps that waive a gate item and that end a waiver."""

from sheetrecord.core.check import Selection, check
from sheetrecord.core.handover.context import HandoverContext, HandoverStep, no_deal, refused
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.core.handover.waiver import Waiver, codes_of, end, in_force, waive
from sheetrecord.model.phrase import Phrase
from sheetrecord.rules import load_rules
from sheetrecord.schema.lists import HANDOVER_RANK


def plan_waive(context: HandoverContext, deal_id: str, new: Waiver) -> HandoverStep:
    """Return the step that writes a waiver into its deal's row."""
    rows = context.rows(deal_id)
    if rows is None:
        return refused(deal_id, context.refusal(None, "", no_deal(deal_id), ""))
    deal, rules = rows.deal, load_rules()
    unknown = [code for code in new.codes if code not in rules]
    if unknown:
        message = Phrase("There is no rule {codes}.", codes=", ".join(unknown))
        do = Phrase("Write the code as `sheetrecord validate BOOK` prints it, such as CTX-002.")
        return refused(deal_id, context.refusal(deal, "waived", message, do))
    if new.until < context.asof:
        do = Phrase("Name a day that is still to come.")
        message = Phrase("A waiver until {day} is over already.", day=new.until)
        return refused(deal_id, context.refusal(deal, "waived_until", message, do))
    draft = context.draft(deal_id)
    waive(draft, deal, new, context.asof)
    if not draft.plan:
        return HandoverStep(deal_id, "nothing", notes=(Phrase("It is let pass already."),))
    codes = ", ".join(new.codes)
    event = LogEvent(
        context.asof, new.by, deal_id, "waived", codes, f"until {new.until}: {new.why}"
    )
    notes = tuple(_not_open(context, deal_id, new.codes))
    merged = draft.deal(deal_id).deal.waived_until
    if in_force(deal, context.asof) and merged is not None and merged != new.until:
        notes += (
            Phrase(
                "A deal has one waiver: with the one it has, all of it ends on {day}.", day=merged
            ),
        )
    return HandoverStep(deal_id, "waived", draft.plan, (log(context.book, [event]),), notes=notes)


def _not_open(context: HandoverContext, deal_id: str, codes: tuple[str, ...]) -> list[Phrase]:
    report = check(context.parsed, Selection(deal_id, HANDOVER_RANK))
    found = {problem.code for problem in report.problems if problem.handover}
    return [
        Phrase("{code} is not open on this deal.", code=code) for code in codes if code not in found
    ]


def plan_end(
    context: HandoverContext, deal_id: str, codes: tuple[str, ...], by: str
) -> HandoverStep:
    """Return the step that ends a deal's waivers of some rule codes."""
    rows = context.rows(deal_id)
    if rows is None:
        return refused(deal_id, context.refusal(None, "", no_deal(deal_id), ""))
    gone = [code for code in codes if code in codes_of(rows.deal.waived)]
    if not gone:
        return HandoverStep(deal_id, "nothing", notes=(Phrase("No waiver names it."),))
    draft = context.draft(deal_id)
    end(draft, rows.deal, gone)
    event = LogEvent(context.asof, by, deal_id, "waiver_ended", ", ".join(gone))
    return HandoverStep(deal_id, "waiver_ended", draft.plan, (log(context.book, [event]),))
