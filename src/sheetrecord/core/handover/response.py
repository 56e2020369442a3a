"""The receiver's side: accept a handover, return it with a code, confirm it fact by fact."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.handover.context import HandoverContext, HandoverStep, no_deal, refused
from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.core.handover.identity import row_id
from sheetrecord.core.handover.missing_sheets import sheets_gone
from sheetrecord.core.handover.people import fold
from sheetrecord.core.handover.stage import OFFERED
from sheetrecord.core.handover.words import say
from sheetrecord.model.phrase import Phrase, Term
from sheetrecord.model.problem import Problem
from sheetrecord.schema.context import Context
from sheetrecord.schema.record import DealRows
from sheetrecord.schema.share import in_house

ANSWERED: Final = ("answered", "none", "declined", "n_a")
"""States of a fact that ops can confirm; what nobody knows is asked instead."""

TAKEN_OVER: Final = ("Context", "Commitments", "Project")
"""The sheets that ops takes over with a deal; a view without the fees will do."""


class Confirmation(NamedTuple):
    """Which facts ops looked at: ids that are right, ids that are not, or all; and the kickoff."""

    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    everything: bool = False
    kickoff: bool = False
    note: str = ""


def plan_accept(context: HandoverContext, deal_id: str, by: str, note: str = "") -> HandoverStep:
    """Return the plan by which ops takes a deal over."""
    problem = _not_offered(context, deal_id) or next(
        sheets_gone(context, deal_id, TAKEN_OVER), None
    )
    if problem is not None:
        return refused(deal_id, problem)
    draft = context.draft(deal_id)
    deal = draft.deal(deal_id).deal
    if deal.handover_state in {"accepted", "confirmed"}:
        return HandoverStep(deal_id, "nothing", notes=(Phrase("It is accepted already."),))
    if deal.handover_state == "returned":
        do = Phrase(
            "Sales mends it and runs `sheetrecord promote BOOK DEAL` again; then accept it."
        )
        message = Phrase("{deal} was returned and not offered again.", deal=deal_id)
        return refused(deal_id, context.refusal(deal, "handover_state", message, do))
    draft.put(deal, "handover_state", "accepted", "accepted by ops")
    draft.put(deal, "handover_on", context.asof, "accepted by ops")
    subject = "self" if fold(deal.deal_owner) == fold(by) else ""
    event = LogEvent(context.asof, by, deal_id, "accepted", subject, note)
    notes = tuple(_another(draft.deal(deal_id), by))
    return HandoverStep(deal_id, "accepted", draft.plan, (log(context.book, [event]),), notes=notes)


def _another(rows: DealRows, by: str) -> Iterator[str]:
    named = rows.deal.ops_owner
    if named and fold(named) != fold(by):
        yield Phrase("Accepted by {who}; the receiver named is {receiver}.", who=by, receiver=named)


def plan_return(
    context: HandoverContext, deal_id: str, by: str, code: str, note: str
) -> HandoverStep:
    """Return the plan by which ops sends a deal back, with a code and what is missing."""
    problem = _not_offered(context, deal_id)
    if problem is not None:
        return refused(deal_id, problem)
    draft = context.draft(deal_id)
    deal = draft.deal(deal_id).deal
    same = (deal.handover_state, deal.return_code, deal.return_note) == ("returned", code, note)
    if same:
        return HandoverStep(deal_id, "nothing", notes=(Phrase("It is returned already."),))
    draft.put(deal, "handover_state", "returned", "returned by ops")
    draft.put(deal, "handover_on", context.asof, "returned by ops")
    draft.put(deal, "return_code", code, "why it was returned")
    draft.put(deal, "return_note", note, "what is missing")
    event = LogEvent(context.asof, by, deal_id, "returned", code, note)
    return HandoverStep(deal_id, "returned", draft.plan, (log(context.book, [event]),))


def _not_offered(context: HandoverContext, deal_id: str) -> Problem | None:
    """Return why ops cannot answer: the deal was never offered."""
    rows = context.rows(deal_id)
    if rows is None:
        do = Phrase("Look into the sheet {sheet}.", sheet=Term("sheet", "Deal"))
        return context.refusal(None, "", no_deal(deal_id), do)
    if rows.deal.handover_state in OFFERED:
        return None
    do = Phrase("Sales runs `sheetrecord promote BOOK DEAL` first.")
    message = Phrase("{deal} was not offered to ops.", deal=deal_id)
    return context.refusal(rows.deal, "handover_state", message, do)


def plan_confirm(
    context: HandoverContext, deal_id: str, by: str, told: Confirmation
) -> HandoverStep:
    """Return the plan that marks facts as confirmed; those that proved wrong become issues.

    The handover is confirmed with the last fact, or at the kickoff.
    """
    problems = list(_cannot_confirm(context, deal_id, told))
    if problems:
        return refused(deal_id, *problems)
    draft = context.draft(deal_id)
    events = list(_confirm(draft, deal_id, by, told, context))
    deal = draft.deal(deal_id).deal
    left = to_confirm(draft.deal(deal_id), {e.subject for e in (*context.events, *events)})
    if (told.kickoff or not left) and deal.handover_state != "confirmed":
        draft.put(deal, "handover_state", "confirmed", "the kickoff was held")
        draft.put(deal, "handover_on", context.asof, "the kickoff was held")
        events.append(LogEvent(context.asof, by, deal_id, "kickoff", str(len(left)), told.note))
    if not events:
        return HandoverStep(
            deal_id, "nothing", notes=(Phrase("There was nothing left to confirm."),)
        )
    notes = (Phrase("{count} facts are left to confirm.", count=len(left)),) if left else ()
    return HandoverStep(deal_id, "confirmed", draft.plan, (log(context.book, events),), notes=notes)


def to_confirm(rows: DealRows, wrong: set[str]) -> list[Context]:
    """Return the facts ops has not looked at yet; ``wrong`` ids are known not to be right."""
    return [
        row
        for row in rows.context
        if row.state in ANSWERED and row.confirmed_on is None and row.ctx_id not in wrong
    ]


def _cannot_confirm(
    context: HandoverContext, deal_id: str, told: Confirmation
) -> Iterator[Problem]:
    problem = _not_offered(context, deal_id)
    rows = context.rows(deal_id)
    if problem is not None or rows is None:
        yield from () if problem is None else (problem,)
        return
    if rows.deal.handover_state not in {"accepted", "confirmed"}:
        message = Phrase("{deal} is not accepted yet.", deal=deal_id)
        do = Phrase("Run `sheetrecord accept BOOK DEAL` first.")
        yield context.refusal(rows.deal, "handover_state", message, do)
    yield from sheets_gone(context, deal_id, ("Context",))
    known = {row.ctx_id for row in rows.context}
    for fact in (*told.right, *told.wrong):
        if fact not in known:
            do = Phrase("`sheetrecord brief BOOK DEAL` lists the facts with their ids.")
            message = Phrase("{deal} has no fact {fact}.", deal=deal_id, fact=fact)
            yield context.refusal(rows.deal, "", message, do)


def _confirm(
    draft: DealDraft, deal_id: str, by: str, told: Confirmation, context: HandoverContext
) -> Iterator[LogEvent]:
    known_wrong = {e.subject for e in context.events if e.deal_id == deal_id and e.what == "wrong"}
    rows = draft.deal(deal_id)
    for fact in to_confirm(rows, known_wrong):
        if fact.ctx_id in told.wrong:
            continue
        if told.everything or fact.ctx_id in told.right:
            draft.put(fact, "confirmed_on", context.asof, "confirmed by ops")
            draft.put(fact, "confirmed_by", by, "confirmed by ops")
            yield LogEvent(context.asof, by, deal_id, "confirmed", fact.ctx_id)
    wrong = [f for f in rows.context if f.ctx_id in told.wrong and f.ctx_id not in known_wrong]
    yield from _found_wrong(draft, wrong, by, told.note, context)


def _found_wrong(
    draft: DealDraft, facts: Sequence[Context], by: str, note: str, context: HandoverContext
) -> Iterator[LogEvent]:
    """Add an issue for each fact that proved to be otherwise."""
    settings = draft.settings
    for fact in facts:
        prompt = settings.prompt_texts.get(fact.kind, fact.kind)
        parts = (fact.deal_id, "", "issue", "wrong", fact.ctx_id)
        cells = {
            "deal_id": fact.deal_id,
            "kind": "issue",
            "title": say(settings.language, "wrong", what=fact.person or prompt),
            "owner": by,
            "status": "open",
            "severity": "high",
            "raised_by": by,
            "ctx_ref": fact.ctx_id,
            "note": note,
            "share": in_house(fact.share),
        }
        draft.add("Project", row_id("P", draft.known("Project"), *parts), cells, "it is otherwise")
        yield LogEvent(context.asof, by, fact.deal_id, "wrong", fact.ctx_id, note)
