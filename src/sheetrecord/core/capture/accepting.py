"""What people decided about proposals, as changes of the record and events of its log."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from sheetrecord.core.capture.place import MONEY, placed
from sheetrecord.core.capture.propose import ADDS, CaptureProposal
from sheetrecord.core.handover.context import HandoverContext, HandoverStep
from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.core.handover.hidden_log import LogEvent, log
from sheetrecord.core.handover.identity import row_id
from sheetrecord.model.money import to_minor
from sheetrecord.schema.column import Row
from sheetrecord.schema.record import DealRows
from sheetrecord.schema.sheets import SHEETS

CAPTURED: Final = "captured"
DECLINED: Final = "capture_declined"
_TRIED: Final = 8
"""Decisions about a cue before it can fall silent."""
_POOR: Final = 0.2
"""The share of accepted proposals below which it does."""


class CaptureDecision(NamedTuple):
    """What somebody decided about a proposal: accepted or not, as which kind, with which cells."""

    proposal: CaptureProposal
    accept: bool
    kind: str = ""
    edits: Mapping[str, object] = {}


class CueCount(NamedTuple):
    """How often a cue's proposals were accepted and declined."""

    cue: str
    accepted: int
    declined: int

    @property
    def silent(self) -> bool:
        """Whether people declined it so often that it proposes nothing more."""
        whole = self.accepted + self.declined
        return whole >= _TRIED and self.accepted < _POOR * whole


def declined_before(events: Iterable[LogEvent], deal_id: str) -> set[str]:
    """Return the ids of proposals that somebody declined."""
    return {one.subject for one in events if one.what == DECLINED and one.deal_id == deal_id}


def counts(events: Iterable[LogEvent]) -> list[CueCount]:
    """Return how the cues did in this firm's workbook."""
    told: dict[str, list[int]] = {}
    for event in events:
        if event.what in {CAPTURED, DECLINED}:
            cue = event.note.partition(" ")[0]
            told.setdefault(cue, [0, 0])[event.what == DECLINED] += 1
    return [CueCount(cue, *pair) for cue, pair in sorted(told.items())]


def plan_decisions(
    context: HandoverContext, deal_id: str, by: str, decisions: Sequence[CaptureDecision]
) -> HandoverStep:
    """Return the plan that writes what was accepted and remembers what was declined."""
    draft = context.draft(deal_id)
    events = []
    for one in decisions:
        told = f"{one.proposal.finding.cue} {one.proposal.source}"
        if one.accept:
            written = _write(draft, deal_id, one)
            events.append(LogEvent(context.asof, by, deal_id, CAPTURED, written, told))
        else:
            events.append(LogEvent(context.asof, by, deal_id, DECLINED, one.proposal.id, told))
    if not events:
        return HandoverStep(deal_id, "nothing")
    return HandoverStep(deal_id, "captured", draft.plan, (log(context.book, events),))


def _write(draft: DealDraft, deal_id: str, decision: CaptureDecision) -> str:
    """Put an accepted proposal into the record; return the id of the row that holds it."""
    proposal, kind = decision.proposal, decision.kind or decision.proposal.kind
    made = placed(proposal.finding, kind, proposal.source)
    cells = {**made.cells, **decision.edits}
    why = f"captured: {proposal.source}"
    rows = draft.deal(deal_id)
    if kind == MONEY:
        note = "\n".join(filter(None, (rows.deal.note, str(cells["note"]))))
        draft.put(rows.deal, "note", note, why)
        return deal_id
    if proposal.verdict == ADDS and proposal.like and kind == proposal.kind:
        return _add_source(draft, rows, proposal, why)
    typed = {key: _typed(made.sheet, key, value, draft, rows) for key, value in cells.items()}
    waiting = _waiting(rows, made.sheet, kind, typed)
    if waiting is not None:
        for key, value in typed.items():
            draft.put(waiting, key, value, why)
        return waiting.id
    sheet = SHEETS[made.sheet]
    new = row_id(sheet.prefix, draft.known(made.sheet), deal_id, "capture", proposal.id, kind)
    draft.add(made.sheet, new, {"deal_id": deal_id, **typed}, why)
    return new


def _add_source(draft: DealDraft, rows: DealRows, proposal: CaptureProposal, why: str) -> str:
    """Note one more source beside a row that says the same already."""
    held = next(
        (row for row in (*rows.context, *rows.commitments) if row.id in proposal.like), None
    )
    if held is None:
        return ""
    said = f'"{proposal.finding.quote}" ({proposal.source})'
    if said not in str(held.get("note")):
        draft.put(held, "note", "\n".join(filter(None, (str(held.get("note")), said))), why)
    return held.id


def _waiting(rows: DealRows, sheet: str, kind: str, typed: Mapping[str, object]) -> Row | None:
    """Return the row of a question that waits for its answer; None when none does."""
    if kind == "person_role":
        return None
    if sheet == "Context":
        facts: Sequence[Row] = [r for r in rows.context if r.kind == typed["kind"]]
        keys = ("answer", "person", "date")
    else:
        facts = [r for r in rows.commitments if r.type == typed["type"]]
        keys = ("what", "said_by", "said_on")
    return next((row for row in facts if not any(row.get(key) for key in keys)), None)


def _typed(sheet: str, key: str, value: object, draft: DealDraft, rows: DealRows) -> object:
    """Return a value as the record holds it: money in minor units."""
    column = SHEETS[sheet].by_key[key]
    if column.kind.name != "MONEY" or not isinstance(value, Decimal):
        return value
    currency = rows.deal.currency or draft.settings.currency
    return to_minor(value, currency)[0]
