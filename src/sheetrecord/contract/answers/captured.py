"""What capture found in files, and what was decided, as JSON."""

import datetime as dt
from decimal import Decimal
from typing import Final

from sheetrecord.app.capture import CaptureResult
from sheetrecord.contract.captures import (
    CaptureAnswer,
    CapturedMessage,
    CaptureProposalJson,
    CaptureSource,
    NamedValues,
)
from sheetrecord.contract.cells import Value
from sheetrecord.core.capture.find import Values
from sheetrecord.core.capture.place import RULES, confidence
from sheetrecord.core.capture.propose import CaptureProposal, summary
from sheetrecord.core.capture.sides import side
from sheetrecord.model.message import Message, SourceFile

SCHEMA: Final = 1
"""Raised when a field of the JSON changes its meaning or goes away."""


def capture_answer(done: CaptureResult) -> CaptureAnswer:
    """Return what came of a capture."""
    told = summary(done.proposals, len(done.captured.dropped))
    return {
        "schema": SCHEMA,
        "book": done.address,
        "deal_id": done.deal_id,
        "provider": _providers(done),
        "sources": [_source(number, one, done) for number, one in enumerate(done.sources, start=1)],
        "proposals": [proposal_json(one) for one in done.proposals],
        "dropped": [{"quote": one.quote, "why": one.why} for one in done.captured.dropped],
        "unread": [{"path": one.path, "why": one.why} for one in done.unread],
        "summary": {
            "new": told["new"],
            "known": told["known"],
            "adds": told["adds"],
            "contradicts": told["contradicts"],
            "dropped": told["dropped"],
        },
        "decided": decided(done),
        "waiting": len(done.waiting),
        "wrong": [f"Capture, row {line.row}: {line.wrong}" for line in done.wrong],
        "written": done.written,
    }


def decided(done: CaptureResult) -> int:
    """Return how many proposals were decided."""
    return sum(len(kept.rows) for kept in done.step.kept)


def _providers(done: CaptureResult) -> list[str]:
    """Return who found anything; the rules always read."""
    found = {one.finding.provider for one in done.proposals}
    return [RULES, *sorted(found - {RULES})]


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


def proposal_json(one: CaptureProposal) -> CaptureProposalJson:
    """Return one proposal with its evidence."""
    found = one.finding
    return {
        "id": one.id,
        "kind": one.kind,  # type: ignore[typeddict-item]  # the cues' kinds are these
        "other": found.other or None,
        "sheet": one.placed.sheet,
        "row": {key: plain_value(value) for key, value in one.placed.cells.items()},
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
        "provider": found.provider,
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


def plain_value(value: object) -> Value:
    """Return a proposed cell as JSON has it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
