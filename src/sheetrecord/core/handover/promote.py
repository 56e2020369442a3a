"""Promotes a deal at its close: baseline, project rows and offer to ops, as one plan of edits."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetrecord.core.check import Selection, check
from sheetrecord.core.handover import fees, repromote
from sheetrecord.core.handover.advice import remarks
from sheetrecord.core.handover.baseline import freeze, keep_baseline, same_as_sold
from sheetrecord.core.handover.context import HandoverContext, HandoverStep, no_deal, refused
from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.core.handover.hidden_facts import unseen
from sheetrecord.core.handover.hidden_log import HiddenRows, LogEvent, log
from sheetrecord.core.handover.missing_sheets import sheets_gone
from sheetrecord.core.handover.people import bring_people
from sheetrecord.core.handover.schedule import Schedule
from sheetrecord.core.handover.stage import HandoverStanding
from sheetrecord.core.handover.waiver import UNSIGNED, Waiver, waive
from sheetrecord.core.handover.words import say
from sheetrecord.core.view.audiences import OPS
from sheetrecord.model.phrase import Phrase, Series, Term
from sheetrecord.model.problem import Problem, Where
from sheetrecord.schema.commitments import says_none
from sheetrecord.schema.lists import HANDOVER_RANK
from sheetrecord.schema.record import DealRows

NEEDED = {
    "Deal": ("deal_id", "stage", "handover_state", "handover_on"),
    "Context": ("ctx_id", "deal_id", "kind", "answer", "person", "share"),
    "Commitments": (
        *("com_id", "deal_id", "what", "said_by", "said_on", "disposition", "project_ref"),
        "share",
    ),
    "Project": (
        *("row_id", "deal_id", "phase", "kind", "title", "owner", "status", "status_reason"),
        *("date_planned", "date_baseline", "due_on", "commitment_ref", "ctx_ref", "share"),
    ),
    "Fees": ("fee_id", "deal_id", "origin", "trigger", "net", "planned_on", "ready"),
}
"""The columns without which a promotion would lose something that it must write."""


class PromoteRequest(NamedTuple):
    """What is asked for: which deal, by whom, and how.

    ``fees`` names a fee template; ``refit`` spreads a changed amount over the open lines;
    ``start`` begins the work before the signature, let pass by somebody for a reason; ``update``
    takes over what changed since. ``refusals`` counts the attempts that were refused before;
    ``reach`` are the share levels of rows that ops sees.
    """

    deal_id: str
    by: str
    fees: str = ""
    refit: bool = False
    start: Waiver | None = None
    update: bool = False
    refusals: int = 0
    reach: frozenset[str] = OPS.levels


def plan_promote(context: HandoverContext, ask: PromoteRequest) -> HandoverStep:
    """Return the plan that promotes a deal, or every reason why it is refused."""
    rows = context.rows(ask.deal_id)
    if rows is None:
        return refused(ask.deal_id, context.refusal(None, "", *_unknown(context, ask.deal_id)))
    found = context.standing(ask.deal_id)
    reasons = [
        *_shape(context, ask.deal_id),
        *_stage(context, rows, found, ask),
        *_frozen(context, rows, found),
    ]
    if reasons:
        return refused(ask.deal_id, *reasons)
    if found.handed_over and found.sold:
        return repromote.look_again(context, ask.deal_id, ask.by, update=ask.update)
    if found.handed_over and found.begun and ask.start is not None:
        return HandoverStep(ask.deal_id, "nothing", notes=(Phrase("The work has begun already."),))
    if found.handed_over and found.stage_type == "won" and not found.begun:
        return _adopt(context, rows, ask)
    return _close(context, ask, found)


WAY_BACK = Phrase(
    "Take the workbook from an older copy that has it, or freeze the deal as it is now: "
    '`sheetrecord promote BOOK DEAL --refreeze --why "..."`.'
)


def _frozen(context: HandoverContext, rows: DealRows, found: HandoverStanding) -> Iterator[Problem]:
    """Yield the reason why a sold deal without an intact baseline is refused."""
    versions = context.baselines.get(rows.id, ())
    if found.sold and not (versions and versions[-1].intact):
        message = Phrase(
            "What was frozen of {deal} when it was sold is damaged or gone.", deal=rows.id
        )
        yield context.refusal(rows.deal, "", message, WAY_BACK)


def _unknown(context: HandoverContext, deal_id: str) -> tuple[str, str]:
    known = list(context.parsed.record.by_deal)
    some = ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
    return no_deal(deal_id), Phrase("The deals are: {deals}.", deals=some or Phrase("none"))


def _shape(context: HandoverContext, deal_id: str) -> Iterator[Problem]:
    """Yield what prevents the step: missing or unreadable sheets, missing columns, a deal twice."""
    layout = context.parsed.layout
    yield from sheets_gone(context, deal_id, NEEDED)
    for sheet, keys in NEEDED.items():
        place = layout.sheets.get(sheet)
        lost = [key for key in keys if place is not None and key not in place.columns]
        if place is not None and lost and context.book.live:
            where = layout.where(sheet)
            heads = Series(", ", [Term("usual column", sheet, key) for key in lost])
            message = Phrase(
                "{sheet}: these columns cannot be found: {columns}.",
                sheet=place.title,
                columns=heads,
            )
            do = Phrase(
                "Put them back, or name their headers as before; `sheetrecord validate BOOK` says "
                "where."
            )
            yield context.refusal(None, "", message, do)._replace(where=where, deal_id=deal_id)
    for sheet in context.parsed.unread:
        message = Phrase(
            "The sheet {sheet} cannot be read, so nobody knows what the gate asks for.",
            sheet=Term("sheet", sheet),
        )
        do = Phrase(
            "Bring it back from an older copy; `sheetrecord validate BOOK` says what is lost."
        )
        yield context.refusal(None, "", message, do)._replace(where=Where(sheet), deal_id=deal_id)
    yield from _twice(context, deal_id)


def _twice(context: HandoverContext, deal_id: str) -> Iterator[Problem]:
    """Yield that a deal's id stands on several rows."""
    twice = [deal for deal in context.parsed.record.deals if deal.deal_id == deal_id]
    if len(twice) > 1:
        places = Series(" and ", [deal.row for deal in twice])
        message = Phrase("{deal} stands on rows {rows}.", deal=deal_id, rows=places)
        do = Phrase("Give one of them a number of its own.")
        yield context.refusal(twice[1], "deal_id", message, do)


def _stage(
    context: HandoverContext, rows: DealRows, found: HandoverStanding, ask: PromoteRequest
) -> Iterator[Problem]:
    """Yield why a deal at this stage cannot be closed."""
    deal = rows.deal
    label = context.parsed.record.settings.label("stage", deal.stage)
    if not found.stage_type:
        do = Phrase("Pick the stage from the list.")
        message = Phrase("{deal} has no stage that the list knows.", deal=rows.id)
        yield context.refusal(deal, "stage", message, do)
    elif found.stage_type in {"lost", "hold"}:
        do = Phrase("If the client came back, set the stage to where the sale stands now.")
        if found.sold or found.begun:
            do = Phrase(
                "If it really ended, run `sheetrecord promote BOOK DEAL --reopen`. {else_}",
                else_=do,
            )
        message = Phrase("{deal} is {stage}: there is nothing to close.", deal=rows.id, stage=label)
        yield context.refusal(deal, "stage", message, do)
    elif found.stage_type == "open" and found.sold:
        message = Phrase("{deal} was sold and its stage is now {stage}.", deal=rows.id, stage=label)
        do = Phrase(
            "Set the stage to {won} again, or mark it: `sheetrecord promote BOOK DEAL --reopen`.",
            won=Term("label", "stage", "won"),
        )
        yield context.refusal(deal, "stage", message, do)
    elif ask.start is not None and found.stage_type == "won":
        message = Phrase(
            "{deal} is {stage}: work before the signature is for deals not yet won.",
            deal=rows.id,
            stage=label,
        )
        yield context.refusal(deal, "stage", message, Phrase("Promote it without --at-risk."))


def _adopt(context: HandoverContext, rows: DealRows, ask: PromoteRequest) -> HandoverStep:
    """Freeze a baseline of a deal that was handed over before baselines were kept."""
    draft = context.draft(ask.deal_id)
    baseline = freeze(draft.deal(rows.id), 1, context.asof)
    event = LogEvent(context.asof, ask.by, rows.id, "adopted", baseline.digest)
    kept = (keep_baseline(context.book, baseline), log(context.book, [event]))
    note = Phrase("It was handed over already; what is in the record now is frozen as sold.")
    notes = (note, *unseen(context, draft.deal(rows.id), ask.reach))
    return HandoverStep(rows.id, "adopted", (), kept, (), notes, baseline.digest)


def _close(context: HandoverContext, ask: PromoteRequest, found: HandoverStanding) -> HandoverStep:
    """Return the step that closes a deal, or every open gate item."""
    draft = context.draft(ask.deal_id)
    brought = _prepare(draft, ask, context.asof)
    problems = _gate(context, draft, ask.deal_id)
    shut = [problem for problem in problems if not problem.waived]
    waived = [problem for problem in problems if problem.waived]
    template, why_not = fees.template_for(context, draft.deal(ask.deal_id), ask.fees)
    if shut or why_not:
        return refused(ask.deal_id, *shut, *why_not)
    _win(draft, ask, found)
    fees.plan_fees(context, draft, ask.deal_id, template)
    if ask.start is None:
        _make_ready(draft, ask.deal_id)
    reason = _begun(draft, ask) if ask.start is not None else ""
    if ask.start is None:
        _signed(context, draft, ask.deal_id)
    _schedule(draft, ask.deal_id, reason, waived)
    _offer(draft, ask.deal_id, context.asof)
    rows = draft.deal(ask.deal_id)
    kept, digest = _keep(context, ask, found, rows, (reason, waived))
    notes = (*remarks(context, rows, brought, waived), *unseen(context, rows, ask.reach))
    outcome = "at_risk" if ask.start is not None else "promoted"
    return HandoverStep(ask.deal_id, outcome, draft.plan, kept, (), notes, digest)


def _prepare(draft: DealDraft, ask: PromoteRequest, asof: dt.date) -> list[str]:
    """Fill cells from elsewhere in the record; return the people copied from an earlier deal."""
    brought = bring_people(draft, ask.deal_id)
    rows = draft.deal(ask.deal_id)
    for fact in rows.context:
        if fact.kind == "why_us" and fact.state == "not_asked":
            draft.fill(fact, "answer", rows.deal.won_reason, "from the reason in Deal")
    for said in rows.commitments:
        if said.type and says_none(said.what, draft.settings.tokens):
            draft.fill(said, "said_by", rows.deal.deal_owner, "who sold it says so")
            draft.fill(said, "said_on", asof, "said at the handover")
    if ask.refit:
        fees.refit_fees(draft, ask.deal_id)
    if ask.start is not None:
        deal = draft.deal(ask.deal_id).deal
        codes = dict.fromkeys((*UNSIGNED, *ask.start.codes))
        waive(draft, deal, ask.start._replace(codes=tuple(codes)), asof)
    return brought


def _gate(context: HandoverContext, draft: DealDraft, deal_id: str) -> list[Problem]:
    """Return every item that closing needs and that is missing, waived ones included."""
    parsed = context.parsed._replace(record=draft.whole())
    report = check(parsed, Selection(deal_id, HANDOVER_RANK))
    return [problem for problem in report.problems if problem.handover]


def _win(draft: DealDraft, ask: PromoteRequest, found: HandoverStanding) -> None:
    if ask.start is None and found.stage_type != "won":
        draft.put(draft.deal(ask.deal_id).deal, "stage", "won", "closed by this command")


def _make_ready(draft: DealDraft, deal_id: str) -> None:
    """Tick the lines that are due with the signature."""
    for fee in draft.deal(deal_id).fees:
        due = fee.trigger == "on_signature" and fee.origin == "contract"
        if due and not fee.void and not fee.invoice_no and fee.invoiced_on is None:
            draft.fill(fee, "ready", value=True, why="due on signature")


def _begun(draft: DealDraft, ask: PromoteRequest) -> str:
    """Return why the work begins before the signature, as the summary says it."""
    deal = draft.deal(ask.deal_id).deal
    words = {"who": deal.waived_by, "day": deal.waived_until, "why": deal.waived_why}
    return say(draft.settings.language, "at_risk", **words)


def _signed(context: HandoverContext, draft: DealDraft, deal_id: str) -> None:
    """Take back the risk that an early start wrote into the summaries, where nobody changed it."""
    ours = {e.note for e in context.events if e.deal_id == deal_id and e.what == "at_risk"}
    for row in draft.deal(deal_id).project:
        if row.kind == "summary" and row.status == "at_risk" and row.status_reason in ours:
            draft.put(row, "status", "on_track", "it is signed")
            draft.put(row, "status_reason", "", "it is signed")


def _schedule(draft: DealDraft, deal_id: str, reason: str, waived: Sequence[Problem]) -> None:
    schedule = Schedule(draft, deal_id)
    schedule.summaries(reason)
    schedule.milestones()
    schedule.questions()
    schedule.let_pass(waived)


def _offer(draft: DealDraft, deal_id: str, asof: dt.date) -> None:
    """Offer the deal to ops, unless ops has it already."""
    deal = draft.deal(deal_id).deal
    if deal.handover_state in {"", "not_ready", "ready", "returned"}:
        draft.put(deal, "handover_state", "offered", "offered to ops")
        draft.put(deal, "handover_on", asof, "the clock starts")


def _keep(
    context: HandoverContext,
    ask: PromoteRequest,
    found: HandoverStanding,
    rows: DealRows,
    said: tuple[str, Sequence[Problem]],
) -> tuple[tuple[HiddenRows, ...], str]:
    """Return the baseline and the log's lines, and the digest of what was sold."""
    reason, waived = said
    codes = ", ".join(dict.fromkeys(problem.code for problem in waived))
    note = f"waived: {codes}" if codes else ""
    events = []
    if ask.refusals:
        events.append(LogEvent(context.asof, ask.by, rows.id, "refused", str(ask.refusals)))
    if ask.start is not None:
        events.append(LogEvent(context.asof, ask.by, rows.id, "at_risk", _value(rows), reason))
        return (log(context.book, events),), ""
    versions = context.baselines.get(rows.id, ())
    if found.sold and versions and same_as_sold(versions[-1], rows):
        events.append(LogEvent(context.asof, ask.by, rows.id, "offered", versions[-1].digest, note))
        return (log(context.book, events),), versions[-1].digest
    number = max((one.version for one in versions), default=0) + 1
    baseline = freeze(rows, number, context.asof)
    events.append(LogEvent(context.asof, ask.by, rows.id, "promoted", baseline.digest, note))
    return (keep_baseline(context.book, baseline), log(context.book, events)), baseline.digest


def _value(rows: DealRows) -> str:
    return f"{rows.deal.value_net or 0} {rows.deal.currency}"
