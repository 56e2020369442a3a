"""What `capture` says: sources, proposals with their evidence, what was dropped and not read."""

from typing import Literal, TypedDict

from sheetrecord.contract.cells import Value

Kind = Literal[
    "real_deadline",
    "promise",
    "scope_assumed",
    "why_us",
    "alternative",
    "pressure",
    "success_personal",
    "stakeholder_pushback",
    "decision_process",
    "budget",
    "constraint",
    "person_role",
    "money",
]

CapturedMessage = TypedDict(
    "CapturedMessage",
    {"message_id": str, "from": str, "side": str, "sent": str | None},
)
"""One message of a source: by whom, whose side they are on, and when."""


class CaptureSource(TypedDict):
    """A file that was read."""

    source_id: str
    path: str
    sha256: str
    type: str
    messages: list[CapturedMessage]


class QuotePlace(TypedDict):
    """Where a quote stands: characters of the decoded message, or the time in a recording."""

    source_id: str
    message_id: str
    start: int
    end: int
    at: str | None


class NamedValues(TypedDict):
    """What a quote names; ``date_precision`` is day, week, month, quarter, year or ask."""

    date: str | None
    date_text: str | None
    date_precision: str | None
    amount: str | None
    currency: str | None
    person: str | None
    role: str | None


class CaptureProposalJson(TypedDict):
    """One row that is proposed; ``like`` are the ids of the rows that it is like."""

    id: str
    kind: Kind
    other: str | None
    sheet: str
    row: dict[str, Value]
    quote: str
    context: str
    where: QuotePlace
    said_by: str
    side: str
    said_on: str | None
    negated: bool
    values: NamedValues
    confidence: str
    provider: str
    cue: str
    verdict: Literal["new", "known", "adds", "contradicts"]
    like: list[str]
    share_why: str | None


class DroppedJson(TypedDict):
    """A sentence that is not proposed, and why."""

    quote: str
    why: str


class UnreadJson(TypedDict):
    """A file that was not read, and why."""

    path: str
    why: str


class CaptureSummary(TypedDict):
    """How many proposals there are of each verdict."""

    new: int
    known: int
    adds: int
    contradicts: int
    dropped: int


class CaptureAnswer(TypedDict):
    """`capture`."""

    schema: int
    book: str
    deal_id: str
    provider: list[str]
    sources: list[CaptureSource]
    proposals: list[CaptureProposalJson]
    dropped: list[DroppedJson]
    unread: list[UnreadJson]
    summary: CaptureSummary
    decided: int
    waiting: int
    wrong: list[str]
    written: bool
