"""Take over from a contract which clause holds what was said: only what somebody accepted."""

from collections.abc import Collection

from sheetrecord.core.handover.context import HandoverContext, HandoverStep, refused
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.core.sow.compare import SowReport

ALL = "all"


def plan_accept(
    context: HandoverContext, deal_id: str, report: SowReport, ids: Collection[str], by: str
) -> HandoverStep:
    """Return the step that writes the clause of each accepted commitment that is included."""
    held = {row.row_id: row for row in report.rows if row.sheet == "Commitments"}
    unknown = [one for one in ids if one != ALL and one not in held]
    if unknown:
        rows = context.rows(deal_id)
        do = "`sheetrecord check-sow BOOK DEAL FILE` lists the ids."
        message = f"{deal_id} has no commitment {unknown[0]} that was compared."
        return refused(deal_id, context.refusal(rows.deal if rows else None, "", message, do))
    draft = context.draft(deal_id)
    taken = []
    for said in draft.deal(deal_id).commitments:
        found = held.get(said.com_id)
        wanted = ALL in ids or said.com_id in ids
        if wanted and found and found.clause and found.verdict == "included":
            draft.put(said, "in_contract", "yes", "it stands in the contract")
            draft.put(said, "clause", found.clause.ref, "where it stands")
            taken.append(said.com_id)
    if not draft.plan:
        return HandoverStep(deal_id, "nothing", notes=("Nothing accepted is included anew.",))
    event = LogEvent(context.asof, by, deal_id, "contract_checked", ", ".join(taken))
    return HandoverStep(deal_id, "taken over", draft.plan, (log(context.book, [event]),))
