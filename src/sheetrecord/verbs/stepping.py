"""The verbs of the handover: close, accept, return, waive, confirm."""

from collections.abc import Callable
from typing import Final

from sheetrecord.app.handover import HandoverResult, Opened, take_step
from sheetrecord.contract.answers.step import step_answer
from sheetrecord.contract.verbs import VerbAnswer
from sheetrecord.core.handover.apply_waiver import plan_end, plan_waive
from sheetrecord.core.handover.context import HandoverContext, HandoverStep
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.core.handover.response import (
    Confirmation,
    plan_accept,
    plan_confirm,
    plan_return,
)
from sheetrecord.core.handover.waiver import Waiver
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.rules.rule import RULES
from sheetrecord.schema.lists import ENUMS
from sheetrecord.verbs.changing import carried
from sheetrecord.verbs.opening import one_deal, open_step
from sheetrecord.verbs.reader import NotUnderstood
from sheetrecord.verbs.shapes import (
    AcceptArgs,
    CloseArgs,
    ConfirmArgs,
    Request,
    ReturnArgs,
    WaiveArgs,
)
from sheetrecord.workbooks.transaction import placed

SCHEMA: Final = 1
"""Raised when a field of an answer changes its meaning or goes away."""

Step = Callable[[HandoverContext, str], HandoverStep]
"""Plans one step for a deal."""


def close(request: Request, args: CloseArgs) -> VerbAnswer:
    """Close a deal, or say what is missing."""
    start = _start(request.by, args)

    def plan(context: HandoverContext, deal_id: str) -> HandoverStep:
        if start is not None and start.until < context.asof:
            raise NotUnderstood("args.at_risk_until", "this day is over already.")
        ask = PromoteRequest(
            deal_id, request.by, args.fees, refit=args.refit, start=start, update=args.update
        )
        return plan_promote(context, ask)

    return _stepped(request, args.deal, plan)


def _start(by: str, args: CloseArgs) -> Waiver | None:
    why, until = args.at_risk_why.strip(), args.at_risk_until
    if not why and until is None:
        return None
    if not why:
        raise NotUnderstood("args.at_risk_why", "say why the work begins before the signature.")
    if until is None:
        raise NotUnderstood("args.at_risk_until", "say by when it must be signed.")
    return Waiver((), by, why, until)


def accept(request: Request, args: AcceptArgs) -> VerbAnswer:
    """Take a deal over."""
    return _stepped(
        request, args.deal, lambda context, deal: plan_accept(context, deal, request.by, args.note)
    )


def send_back(request: Request, args: ReturnArgs) -> VerbAnswer:
    """Send a deal back to sales."""
    if args.code not in ENUMS["return_code"]:
        codes = ", ".join(ENUMS["return_code"])
        raise NotUnderstood("args.code", f"it must be one of {codes}.")
    if not args.note.strip():
        raise NotUnderstood("args.note", "say in words what is missing.")
    return _stepped(
        request,
        args.deal,
        lambda context, deal: plan_return(context, deal, request.by, args.code, args.note.strip()),
    )


def waive(request: Request, args: WaiveArgs) -> VerbAnswer:
    """Let items of the gate pass, or end that."""
    codes = tuple(code.upper() for code in args.codes)
    if not codes:
        raise NotUnderstood("args.codes", "name at least one code.")
    if args.end:
        return _stepped(
            request, args.deal, lambda context, deal: plan_end(context, deal, codes, request.by)
        )
    new = _waiver(request, args, codes)
    return _stepped(request, args.deal, lambda context, deal: plan_waive(context, deal, new))


def _waiver(request: Request, args: WaiveArgs, codes: tuple[str, ...]) -> Waiver:
    unknown = [code for code in codes if code not in RULES]
    if unknown:
        raise NotUnderstood("args.codes", f'no rule is called "{unknown[0]}".')
    if not args.why.strip():
        raise NotUnderstood("args.why", "say why it may pass.")
    if args.until is None:
        raise NotUnderstood("args.until", "say until when it may pass.")
    return Waiver(codes, request.by, args.why.strip(), args.until)


def confirm(request: Request, args: ConfirmArgs) -> VerbAnswer:
    """Confirm facts one by one, or all, or that the kickoff was held."""
    if not (args.facts or args.wrong or args.everything or args.kickoff):
        raise NotUnderstood("args.facts", "name facts, or say everything or kickoff.")
    told = Confirmation(args.facts, args.wrong, args.everything, args.kickoff, args.note)
    return _stepped(
        request, args.deal, lambda context, deal: plan_confirm(context, deal, request.by, told)
    )


def _stepped(request: Request, deal: str, plan: Step) -> VerbAnswer:
    if not request.by.strip():
        raise NotUnderstood("by", "say whose decision it is.")
    opened = open_step(request)
    deal_id = one_deal(deal, opened.context.parsed.record)
    done = take_step(opened, lambda context: plan(context, deal_id), only_plan=True)
    return _answered(request, opened, done)


def _answered(request: Request, opened: Opened, done: HandoverResult) -> VerbAnswer:
    told = step_answer(done, only_plan=request.want == "plan")
    answer: VerbAnswer = {"schema": SCHEMA, "verb": request.verb, "plan": told}
    answer["language"] = opened.context.parsed.layout.language
    book, layout = opened.context.book, opened.context.parsed.layout
    kept = hidden_edits(done.step.kept)
    edits = placed(done.step.plan, book, layout, kept) if done.step.writes else []
    answer = carried(request, answer, opened.transaction, edits, layout)
    told["written"] = bool(answer.get("files"))
    return answer
