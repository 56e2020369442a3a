"""What `capture` prints: proposals with their evidence, what waits, what was not read; or JSON."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from sheetrecord.app.capture import CaptureResult
from sheetrecord.cli.ansi import bold, coloured, dim
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.captures import (
    CaptureAnswer,
    CapturedMessage,
    CaptureProposalJson,
    CaptureSource,
    NamedValues,
)
from sheetrecord.contract.cells import Value
from sheetrecord.core.capture.accepting import CueCount
from sheetrecord.core.capture.find import Values
from sheetrecord.core.capture.place import confidence
from sheetrecord.core.capture.propose import ADDS, CONTRADICTS, CaptureProposal, summary
from sheetrecord.core.capture.sides import side
from sheetrecord.model.message import Message, SourceFile

SCHEMA = 1
"""Raised when a field of the JSON changes its meaning or goes away."""
_PROVIDER = "rules"


def lines(done: CaptureResult, *, show_dropped: bool, only_plan: bool) -> Iterator[str]:
    """Yield what came of it for people."""
    for one in done.proposals:
        if one.verdict != "known":
            yield f"{bold(one.kind)}{_verdict(one)}"
            yield from evidence(one)
            yield from row_lines(one, {})
            yield ""
    if show_dropped:
        for dropped in done.captured.dropped:
            yield f"{dim(dropped.why)}  {dropped.quote}"
    for unread in done.unread:
        yield coloured(f"{unread.path} was not read: {unread.why}", "yellow")
    for line in done.wrong:
        yield coloured(f"Capture, row {line.row}: {line.wrong}", "yellow")
    if not done.sided:
        yield coloured(
            "Nobody in these messages is known as one of us, so all is taken as the client's: "
            "name our domain or people with --us.",
            "yellow",
        )
    yield from _closing(done, only_plan=only_plan)


def _verdict(one: CaptureProposal) -> str:
    like = f" {', '.join(one.like)}" if one.like else ""
    if one.verdict == CONTRADICTS:
        return coloured(f"  contradicts{like}", "red")
    return f"  adds to{like}" if one.verdict == ADDS else ""


def evidence(one: CaptureProposal) -> Iterator[str]:
    """Yield the quote, who said it when, and where it stands."""
    found = one.finding
    if found.context:
        yield dim(f"  … {found.context[-120:]}")
    yield f'  "{found.quote}"'
    when = found.said_on.isoformat() if found.said_on else ""
    yield dim("  " + ", ".join(filter(None, (found.said_by, when, one.source))))


def row_lines(one: CaptureProposal, edits: Mapping[str, object]) -> Iterator[str]:
    """Yield the cells that would be written, without those that the evidence shows already."""
    shown = {"answer", "what", "source_link", "said_by", "said_on", "learned_on", "confidence"}
    cells = {**one.placed.cells, **edits}
    told = [
        f"{key} {_plain(value)}"
        for key, value in cells.items()
        if value and (key not in shown or key in edits)
    ]
    yield f"  -> {one.placed.sheet}: {', '.join(told)}"
    if one.placed.share_why:
        yield f'     Share internal is suggested: "{one.placed.share_why}" sounds private.'


def _closing(done: CaptureResult, *, only_plan: bool) -> Iterator[str]:
    told = summary(done.proposals, len(done.captured.dropped))
    count = told["new"] + told["adds"] + told["contradicts"]
    decided = _decided(done)
    head = f"{done.deal_id}: {_number(count, 'proposal')}, {told['known']} known already"
    if only_plan:
        yield f"{head}. This is the plan: nothing was written."
        return
    yield f"{head}, {decided} decided."
    if done.waiting:
        yield (
            f"{_number(len(done.waiting), 'proposal')} wait on the sheet Capture of "
            f"{done.address}: choose accept or decline there and run this again."
        )


def _decided(done: CaptureResult) -> int:
    return sum(len(kept.rows) for kept in done.step.kept)


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def cue_lines(told: Sequence[CueCount]) -> Iterator[str]:
    """Yield how often proposals of each cue were accepted."""
    if not told:
        yield "Nothing that was captured has been decided yet."
    for one in told:
        silent = "  silent: people declined it" if one.silent else ""
        yield f"{one.cue}: {one.accepted} accepted, {one.declined} declined{silent}"


def as_document(done: CaptureResult) -> str:
    """Return what came of it as JSON."""
    told = summary(done.proposals, len(done.captured.dropped))
    answer: CaptureAnswer = {
        "schema": SCHEMA,
        "book": done.address,
        "deal_id": done.deal_id,
        "provider": [_PROVIDER],
        "sources": [_source(number, one, done) for number, one in enumerate(done.sources, start=1)],
        "proposals": [_proposal(one) for one in done.proposals],
        "dropped": [{"quote": one.quote, "why": one.why} for one in done.captured.dropped],
        "unread": [{"path": one.path, "why": one.why} for one in done.unread],
        "summary": {
            "new": told["new"],
            "known": told["known"],
            "adds": told["adds"],
            "contradicts": told["contradicts"],
            "dropped": told["dropped"],
        },
        "decided": _decided(done),
        "waiting": len(done.waiting),
        "wrong": [f"Capture, row {line.row}: {line.wrong}" for line in done.wrong],
        "written": done.written,
    }
    return as_json(answer)


def _source(number: int, one: SourceFile, done: CaptureResult) -> CaptureSource:
    return {
        "source_id": f"s{number}",
        "path": one.path,
        "sha256": one.sha256,
        "type": one.type,
        "messages": [_message(m, side(m, done.us)) for m in one.messages],
    }


def _message(message: Message, side: str) -> CapturedMessage:
    return {
        "message_id": message.id,
        "from": message.by,
        "side": side,
        "sent": message.sent.isoformat() if message.sent else None,
    }


def _proposal(one: CaptureProposal) -> CaptureProposalJson:
    found = one.finding
    return {
        "id": one.id,
        "kind": one.kind,  # type: ignore[typeddict-item]  # the cues' kinds are these
        "other": found.other or None,
        "sheet": one.placed.sheet,
        "row": {key: _plain(value) for key, value in one.placed.cells.items()},
        "quote": found.quote,
        "context": found.context,
        "where": {
            "source_id": f"s{found.source + 1}",
            "message_id": found.message.id,
            "start": found.start,
            "end": found.end,
            "at": found.message.at or None,
        },
        "said_by": found.said_by,
        "side": found.side,
        "said_on": found.said_on.isoformat() if found.said_on else None,
        "negated": found.negated,
        "values": _values(found.values),
        "confidence": confidence(found),
        "provider": _PROVIDER,
        "cue": found.cue,
        "verdict": one.verdict,  # type: ignore[typeddict-item]  # one of the four
        "like": list(one.like),
        "share_why": one.placed.share_why or None,
    }


def _values(values: Values) -> NamedValues:
    return {
        "date": values.date.isoformat() if values.date else None,
        "date_text": values.date_text or None,
        "date_precision": values.precision or None,
        "amount": str(values.amount) if values.amount is not None else None,
        "currency": values.currency or None,
        "person": values.person or None,
        "role": values.role or None,
    }


def _plain(value: object) -> Value:
    """Return a cell as JSON has it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
