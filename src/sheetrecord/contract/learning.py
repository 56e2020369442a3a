"""What `import` says of a sales system's exports, beside the record."""

from typing import NotRequired, TypedDict

from sheetrecord.contract.cells import Value


class ImportChangeJson(TypedDict):
    """A column of a deal that an import changes, or would; ``why`` where it does not."""

    column: str
    was: str
    becomes: str
    why: NotRequired[str]


class ImportDealJson(TypedDict):
    """A deal as the export tells it, and what becomes of it; null where it says nothing."""

    crm_ref: str
    deal_id: str
    deal_name: str
    client: str | None
    stage_type: str | None
    stage: str | None
    stage_label: str | None
    value_net: str | None
    currency: str | None
    expected_close: str | None
    owner: str | None
    contacts: list[str]
    verdict: str
    changes: list[ImportChangeJson]
    conflicts: list[ImportChangeJson]


class RefusedCellJson(TypedDict):
    """A cell of the file that is not taken over."""

    cell: str
    why: str


class ImportFileJson(TypedDict):
    """One export: what was understood of it."""

    file: str
    system: str
    language: str
    encoding: str
    mapping: dict[str, str]
    deals: list[ImportDealJson]
    refused: list[RefusedCellJson]
    ask: list[str]
    notes: list[str]


class ImportAnswer(ImportFileJson):
    """`import` of one file."""

    schema: int
    book: str
    missing: list[str]
    written: bool


class ImportsAnswer(TypedDict):
    """`import` of several files in one write."""

    schema: int
    book: str
    files: list[ImportFileJson]
    missing: list[str]
    written: bool


class GapHintJson(TypedDict):
    """A sign in the record that something was missing, and where it would have stood."""

    text: str
    field: str
    why: str


class HurtDealJson(TypedDict):
    """A won deal whose handover may have hurt; ``mapped``: its rows in Gaps."""

    deal_id: str
    client: str
    deal_name: str
    hints: list[GapHintJson]
    mapped: int


class GapsOffered(TypedDict):
    """`gaps map` without an answer: the deals to look at, the plainest first."""

    schema: int
    book: str
    asof: str
    deals: list[HurtDealJson]


class GapWritten(TypedDict):
    """`gaps map` with an answer: the row that was written."""

    schema: int
    book: str
    deal_id: str
    outcome: str
    gap_id: str
    written: bool
    planned_only: bool


class SettingChangeJson(TypedDict):
    """What would ask for a gap: a change of the settings, empty where nothing can be tightened."""

    act: str
    key: str
    stage: str
    label: str
    question: str
    rule: str
    why: str


class EffectJson(TypedDict):
    """Whether it stopped since a change: always counts, and a word."""

    since: str
    by: str
    answers: list[str]
    before: int
    of_before: int
    after: int
    of_after: int
    verdict: str
    without_it_needed: int
    waived: int
    refused: int


class GapGroupJson(TypedDict):
    """One kind of gap."""

    number: int
    kind: str
    key: str
    label: str
    gaps: list[str]
    deals: list[str]
    hours: float
    money: dict[str, str]
    where: dict[str, int]
    why: dict[str, int]
    change: SettingChangeJson
    effect: EffectJson | None


class GapsReported(TypedDict):
    """`gaps`: every kind of gap, the dearest first; ``alike`` may be one."""

    schema: int
    book: str
    asof: str
    handovers: int
    groups: list[GapGroupJson]
    alike: list[list[int]]


class SettingCellJson(TypedDict):
    """A cell of the settings that is, or would be, written."""

    sheet: str
    row: int
    column: int
    was: str | float | None
    now: str | float | None


class GapApplied(TypedDict):
    """`gaps apply`: the change of the settings."""

    schema: int
    book: str
    number: int
    label: str
    change: SettingChangeJson
    cells: list[SettingCellJson]
    written: bool


GapsAnswer = GapsReported | GapsOffered | GapWritten | GapApplied


class LeaverItemJson(TypedDict):
    """One question, why it is asked, and the cell for its answer."""

    kind: str
    question: str
    why: str
    sheet: str
    cell: str
    row_id: str
    column: str
    due: str | None


class LeaverDealJson(TypedDict):
    """A live deal in which somebody knows or owes something."""

    deal_id: str
    client: str
    deal_name: str
    stage: str
    owner: bool
    at_stake: str
    currency: str
    real_deadline: str | None
    items: list[LeaverItemJson]


class MailedJson(TypedDict):
    """A sentence of a mailbox that the record does not hold."""

    kind: str
    quote: str
    said_by: str
    side: str
    said_on: str | None
    verdict: str


class MailedDealJson(TypedDict):
    """What a mailbox says of a deal."""

    deal_id: str
    says: list[MailedJson]


class UnreadMailJson(TypedDict):
    """A file that could not be read."""

    path: str
    why: str


class LeaverAnswer(TypedDict):
    """`leaver`: everything that only one person knows or owes, the dearest deal first."""

    schema: int
    book: str
    asof: str
    person: str
    questions: int
    deals: list[LeaverDealJson]
    mail: list[MailedDealJson]
    unread: list[UnreadMailJson]


class ClauseJson(TypedDict):
    """A clause of a contract; ``page`` where the file knows it."""

    ref: str
    heading: str
    text: str
    page: int | None


class ComparedJson(TypedDict):
    """A row of the record beside the contract."""

    sheet: str
    cell: str
    row_id: str
    column: str
    what: str
    verdict: str
    why: str
    clause: ClauseJson | None
    quote: str
    near: list[ClauseJson]


class UnmatchedJson(TypedDict):
    """A day, an amount or a deliverable of the contract that no row holds."""

    kind: str
    text: str
    clause: ClauseJson


class TakenCellJson(TypedDict):
    """A cell that is, or would be, written because somebody accepted it."""

    cell: str
    row_id: str
    column: str
    old: Value
    new: Value


class SowAnswer(TypedDict):
    """`check-sow`: a deal beside its contract, what does not agree first."""

    schema: int
    book: str
    deal_id: str
    file: str
    clauses: int
    agree: bool
    rows: list[ComparedJson]
    others: list[UnmatchedJson]
    changes: list[TakenCellJson]
    refusals: list[str]
    written: bool


class DigestLineJson(TypedDict):
    """A line of a digest: when and about which deal in words, and what is said."""

    when: str
    deal: str
    what: str


class DigestSectionJson(TypedDict):
    """A section of a digest: its lines, and the sentences below them."""

    heading: str
    lines: list[DigestLineJson]
    sentences: list[str]


class DigestAnswer(TypedDict):
    """`digest`: what is said to whom; ``since`` is null where there is nothing to compare with."""

    schema: int
    book: str
    asof: str
    audience: str
    lead: str
    since: str | None
    subject: str
    sections: list[DigestSectionJson]
    path: str | None
    written: bool
