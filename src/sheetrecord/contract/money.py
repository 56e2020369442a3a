"""What `reconcile` says; amounts are decimal texts in major units."""

from typing import TypedDict


class ControlJson(TypedDict):
    """A control total: what it should be, and what is there."""

    code: str
    scope: str
    what: str
    expected: str
    found: str
    difference: str
    currency: str


class ExceptionJson(TypedDict):
    """Something that needs somebody."""

    kind: str
    item: str
    amount: str
    currency: str
    days: int | None
    what: str


class PostedJson(TypedDict):
    """An allocation: how much of which receipt pays which invoice, by which rule."""

    id: str
    bank_id: str
    invoice: str
    fee_id: str
    amount: str
    currency: str
    kind: str
    on: str
    rule: str
    tier: str
    evidence: str


class CollectionJson(TypedDict):
    """Days sales outstanding of one currency."""

    currency: str
    receivable: str
    over_90_days: str | None
    counted_back: str | int | float | None


class MonthJson(TypedDict):
    """A month, open or closed, and why."""

    month: str
    state: str
    reason: str


class ReconcileAnswer(TypedDict):
    """`reconcile run` and `apply`; rows of ``ageing`` and ``cash_to_come`` have one amount each."""

    schema: int
    book: str
    asof: str
    verdict: str
    counts: dict[str, int]
    controls: list[ControlJson]
    exceptions: list[ExceptionJson]
    posted: list[PostedJson]
    ageing: list[dict[str, str]]
    cash_to_come: list[dict[str, str]]
    days_sales_outstanding: list[CollectionJson]
    months: list[MonthJson]
    written: bool


class ReadFileJson(TypedDict):
    """A file that was read, and how many rows it has."""

    file: str
    rows: int


class ReadLineJson(TypedDict):
    """A line as it was understood; money in is positive."""

    file: str
    row: int
    date: str
    amount: str
    currency: str
    payer: str
    text: str
    ref: str
    sign_proof: str


class LeftOutJson(TypedDict):
    """A row that became no line, and why."""

    file: str
    row: int
    why: str


class RefusedJson(TypedDict):
    """A file that was not read, why, and what to do."""

    file: str
    why: str


class ReadAnswer(TypedDict):
    """`reconcile read`: rows = lines' rows + left out + headings and totals, for each file."""

    schema: int
    files: list[ReadFileJson]
    lines: list[ReadLineJson]
    left_out: list[LeftOutJson]
    refused: list[RefusedJson]


class QuestionJson(TypedDict):
    """A row of Review."""

    bank_id: str
    booked: str
    payer: str
    reference: str
    amount: str
    a: str
    b: str
    c: str
    difference: str
    tier: str
    ask: str
    token: str
    decision: str
    reason: str
    other_invoices: str
    decided_by: str
    comment: str
    kind: str
    offered: str


class ReviewAnswer(TypedDict):
    """`reconcile review`."""

    schema: int
    questions: list[QuestionJson]


class AccountRuleJson(TypedDict):
    """What lines of one payer are, because somebody said so of one of them."""

    rule_id: str
    account: str
    payer: str
    words: str
    category: str
    since: str
    by: str
    bank_id: str


class AccountRulesAnswer(TypedDict):
    """`reconcile rules`."""

    schema: int
    rules: list[AccountRuleJson]


class LateInvoiceJson(TypedDict):
    """An invoice that is late."""

    number: str
    issued: str
    due: str
    days: int
    open: str


class ReminderJson(TypedDict):
    """What one client is late with, and a letter about it that nobody sends."""

    client: str
    currency: str
    total: str
    days: int
    step: int
    invoices: list[LateInvoiceJson]
    language: str
    letter: str


class DunningAnswer(TypedDict):
    """`reconcile dunning`."""

    schema: int
    reminders: list[ReminderJson]


class BookingJson(TypedDict):
    """A booking: the accounts of its two sides, and what it is of."""

    id: str
    date: str
    debit: str
    credit: str
    amount: str
    currency: str
    reference: str
    client: str
    kind: str


class NotBookedJson(TypedDict):
    """What is not booked, why, and whether somebody must."""

    what: str
    why: str
    needs_you: bool


class ExportAnswer(TypedDict):
    """`reconcile export`."""

    schema: int
    system: str
    written: str
    postings: list[BookingJson]
    not_booked: list[NotBookedJson]
    open_months: list[str]


class ProfileJson(TypedDict):
    """A bank account as `sheetrecord.toml` would have it."""

    name: str
    where: str
    profile: dict[str, str | int | bool | dict[str, list[str]]]


class ProfilesAnswer(TypedDict):
    """`reconcile profiles`."""

    schema: int
    profiles: list[ProfileJson]
