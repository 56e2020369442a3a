"""The verb capture: what mails, chats and notes say, as proposals; and what was decided of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from sheetrecord.app.capture import CaptureRequest, plan_capture
from sheetrecord.contract.answers.captured import capture_answer, proposal_json
from sheetrecord.contract.answers.step import changes_json
from sheetrecord.contract.verbs import VerbAnswer
from sheetrecord.core.capture.accepting import CaptureDecision
from sheetrecord.core.capture.cues import KINDS
from sheetrecord.core.capture.place import placed
from sheetrecord.core.capture.propose import CaptureProposal
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS
from sheetrecord.verbs.changing import carried
from sheetrecord.verbs.opening import one_deal, open_step
from sheetrecord.verbs.reader import NotUnderstood
from sheetrecord.verbs.shapes import CaptureArgs, DecidedProposal, Request

SCHEMA: Final = 1
"""Raised when a field of an answer changes its meaning or goes away."""


def capture(request: Request, args: CaptureArgs) -> VerbAnswer:
    """Return what files propose for a deal, and what comes of the decisions about it.

    A file that cannot be read is told in the answer. Raises NotUnderstood for a decision about
    something that nobody proposes.
    """
    if args.decisions and not request.by.strip():
        raise NotUnderstood("by", "say whose decision it is.")
    opened = open_step(request)
    deal_id = one_deal(args.deal, opened.context.parsed.record)
    ask = CaptureRequest(
        (),
        args.us,
        args.since,
        args.language,
        by=request.by,
        given=tuple((one.name, one.data) for one in args.files),
        again=True,
        list_rest=args.list_rest,
    )
    done = plan_capture(
        opened, deal_id, ask, lambda proposals: _decisions(args.decisions, proposals)
    )
    told = capture_answer(done)
    answer: VerbAnswer = {"schema": SCHEMA, "verb": "capture", "plan": told}
    answer["changes"] = changes_json(done.changes)
    answer["listed"] = [proposal_json(one) for one in done.listed]
    layout = opened.context.parsed.layout
    answer["language"] = layout.language
    answer = carried(request, answer, opened.transaction, done.edits, layout)
    told["written"] = bool(answer.get("files"))
    return answer


def _decisions(
    decided: Sequence[DecidedProposal], proposals: Sequence[CaptureProposal]
) -> list[CaptureDecision]:
    """Return the decisions about the proposals at hand. Raises NotUnderstood for any other."""
    known = {one.id: one for one in proposals}
    found = []
    for number, one in enumerate(decided):
        where = f"args.decisions[{number}]"
        if one.id not in known:
            raise NotUnderstood(f"{where}.id", "nothing that is open has this id.")
        if one.kind and one.kind not in KINDS:
            raise NotUnderstood(f"{where}.kind", f"it must be one of {', '.join(KINDS)}.")
        proposal = known.pop(one.id)
        edits = _edits(one, proposal, where)
        found.append(CaptureDecision(proposal, one.accept, one.kind or proposal.kind, edits))
    return found


def _edits(one: DecidedProposal, proposal: CaptureProposal, where: str) -> Mapping[str, object]:
    """Return the cells that somebody changed, as the record holds them."""
    sheet = placed(proposal.finding, one.kind or proposal.kind, proposal.source).sheet
    columns = SHEETS[sheet].by_key
    found: dict[str, object] = {}
    for key, value in one.edits.items():
        here = f"{where}.edits.{key}"
        if key not in columns or columns[key].formula:
            raise NotUnderstood(here, f"the sheet {sheet} has no such column to fill in.")
        found[key] = _typed(value, columns[key].kind, here)
    return found


def _typed(value: str | None, kind: Kind, where: str) -> object:
    if value is None or kind is not Kind.DATE:
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise NotUnderstood(where, "it must be a day such as 2026-03-31.") from None
