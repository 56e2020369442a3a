"""Data types of reconciliation: invoices, bank lines, allocations, clients.

Amounts are integer minor units of the currency beside them. No logic here.
"""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple


class Tier(StrEnum):
    """The confidence of a proposal, in the three words that finance sees."""

    CERTAIN = "certain"
    LIKELY = "likely"
    CHOOSE = "choose"


class AllocationKind(StrEnum):
    """The kind of an allocation: cash received, or another way an invoice is settled."""

    CASH = "cash"
    CREDIT = "credit"
    BANK_FEE = "bank_fee"
    WHT = "wht"
    DISCOUNT = "discount"
    RETENTION = "retention"
    WRITE_OFF = "write_off"
    FX_DIFFERENCE = "fx_difference"
    REFUND = "refund"
    OVERPAYMENT_HELD = "overpayment_held"


DUPLICATE = "duplicate import"
"""The category of a line that repeats an earlier one; its money counts nowhere."""
REPLACED = "replaced"
"""The category of a line that a corrected statement took back; its money counts nowhere."""
CASH_KINDS = frozenset(
    {AllocationKind.CASH, AllocationKind.REFUND, AllocationKind.OVERPAYMENT_HELD}
)
"""Kinds that use up the money of a bank line; the others settle an invoice without cash."""


class PayingClient(NamedTuple):
    """A client from the Context sheet: names it pays under, bank accounts, order numbers."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """The client's own order numbers, quoted instead of our invoice number."""


class Invoice(NamedTuple):
    """One invoice or credit note (negative ``gross``) as a whole, over all of its fee lines."""

    number: str
    client: str
    issued: dt.date
    due: dt.date
    gross: int
    currency: str
    net: int | None = None
    deal_id: str = ""
    po_ref: str = ""
    wht: int = 0
    """Tax the contract says the client withholds (minor units)."""
    retention: int = 0
    """Amount the contract says the client keeps until ``retention_release``."""
    retention_release: dt.date | None = None
    discount: int = 0
    discount_until: dt.date | None = None
    disputed: bool = False
    void: bool = False


class FeeLine(NamedTuple):
    """One row of the Fees sheet: several may share an invoice number."""

    fee_id: str
    invoice_no: str
    gross: int
    currency: str
    net: int = 0
    tax: int = 0
    deal_id: str = ""
    fee_type: str = ""
    origin: str = "contract"
    disputed: bool = False
    void: bool = False
    retention: int = 0
    """What the contract lets the client hold back of it; never negative."""
    retention_release: dt.date | None = None


class LineSource(NamedTuple):
    """The origin of a line: file name, row (1-based; 0 when the format has none), SHA-256.

    ``proof`` says what showed whether the money came or went; it is reported, not stored.
    """

    file: str = ""
    row: int = 0
    sha: str = ""
    proof: str = ""


class DoubtfulRow(NamedTuple):
    """A row of a file that was not read as a line although it may be a payment."""

    file: str
    row: int
    why: str
    currency: str


class RowsRead(NamedTuple):
    """Counts over the rows of all files: read + left out + headings and totals = rows."""

    rows: int = 0
    read: int = 0
    left_out: int = 0
    apart: int = 0
    doubtful: tuple[DoubtfulRow, ...] = ()

    def text(self) -> str:
        """Return e.g. "12 rows: 9 read, 1 left out, 2 headings or totals."; "" for no file."""
        if not self.rows:
            return ""
        rows = "1 row" if self.rows == 1 else f"{self.rows} rows"
        apart = "heading or total" if self.apart == 1 else "headings or totals"
        return f"{rows}: {self.read} read, {self.left_out} left out, {self.apart} {apart}."


class Original(NamedTuple):
    """The amount before currency conversion by the bank, and the bank's rate if it states one."""

    amount: int
    currency: str
    rate: str = ""


class PaymentPart(NamedTuple):
    """One item of a payment's remittance list, by the payer or a card processor.

    ``gross`` is what the invoice gets and ``fee`` what the processor deducted, in minor units.
    """

    number: str
    gross: int
    fee: int = 0
    text: str = ""


class BankLine(NamedTuple):
    """A booked line of a bank account in minor units, money in positive; texts as in the file."""

    account: str
    booked: dt.date
    amount: int
    currency: str
    payer: str = ""
    text: str = ""
    bank_id: str = ""
    valued: dt.date | None = None
    payer_iban: str = ""
    structured: str = ""
    end_to_end: str = ""
    ref: str = ""
    """The bank's own unique id of the line; empty when it gives none."""
    original: Original | None = None
    charges: int = 0
    parts: tuple[PaymentPart, ...] = ()
    batch: int = 0
    returned: bool = False
    """The bank itself says that this line takes an earlier one back."""
    category: str = ""
    """What a person said it is when it is no fee: transfer, tax, refund, other..."""
    suspect: str = ""
    """Bank id of an earlier line this one may repeat; such a line is never matched silently."""
    balance: int | None = None
    statement: str = ""
    source: LineSource = LineSource()


class Allocation(NamedTuple):
    """One allocation: an amount of a bank line that settles an amount of an invoice. Append-only.

    ``amount`` is in the invoice's currency; ``bank_amount`` in the bank line's (equal unless an
    explicit ``rate`` is recorded), both in minor units. A reversal is a row with negative amounts.
    """

    alloc_id: str
    bank_id: str
    invoice_no: str
    amount: int
    currency: str
    kind: AllocationKind
    on: dt.date
    bank_amount: int = 0
    rate: str = ""
    rule: str = ""
    tier: str = ""
    evidence: str = ""
    fee_id: str = ""
    client: str = ""
    proposed_at: str = ""
    decided_by: str = ""
    decided_at: str = ""
    reason: str = ""
    comment: str = ""
    reverses: str = ""
    month: str = ""
    source_sha: str = ""
