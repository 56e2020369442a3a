"""Invoice status as of a date, derived from the allocations: the money columns of Fees."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.dues import is_released, not_due
from sheetrecord.core.reconcile.facts import (
    CASH_KINDS,
    Allocation,
    AllocationKind,
    FeeLine,
    Invoice,
)
from sheetrecord.core.reconcile.matching.index import keys_of
from sheetrecord.model.money import split

_OTHERWISE: Final = frozenset(
    {
        AllocationKind.BANK_FEE,
        AllocationKind.WHT,
        AllocationKind.DISCOUNT,
        AllocationKind.WRITE_OFF,
        AllocationKind.FX_DIFFERENCE,
    }
)
_BUCKETS: Final = ((30, "1-30"), (60, "31-60"), (90, "61-90"))


class InvoiceStanding(NamedTuple):
    """An invoice's status; amounts in minor units of its currency."""

    number: str
    currency: str
    gross: int
    credited: int
    received: int
    settled_otherwise: int
    retained: int
    outstanding: int
    """gross - credited - received - settled otherwise - retained; signed, never clipped."""
    pay_status: str
    days_overdue: int
    ageing: str
    last_receipt_on: dt.date | None
    match_tier: str
    bank_ids: tuple[str, ...]
    held: int = 0
    """What the client may hold back or kept, due or not."""


def standings(
    invoices: Sequence[Invoice],
    allocations: Iterable[Allocation],
    as_of: dt.date,
    lines: Mapping[str, Sequence[FeeLine]] = {},
) -> dict[str, InvoiceStanding]:
    """Return the status of every invoice by its key, as of a date.

    With its fee ``lines``, what the client may hold back is computed line by line, as the Fees
    sheet does; without them, for the invoice as a whole.
    """
    rows: dict[str, list[Allocation]] = {}
    for row in allocations:
        rows.setdefault(row.invoice_no, []).append(row)
    return {
        key: _standing(key, invoice, (rows.get(key, []), lines.get(key, ())), as_of)
        for key, invoice in zip(keys_of(invoices), invoices, strict=True)
    }


def _standing(
    key: str, invoice: Invoice, of: tuple[list[Allocation], Sequence[FeeLine]], as_of: dt.date
) -> InvoiceStanding:
    rows, lines = of
    got = _got(rows)
    gross = 0 if invoice.void else invoice.gross
    rest = gross - sum(got)
    whole = FeeLine(
        "", key, invoice.gross, invoice.currency, retention=invoice.retention,
        retention_release=invoice.retention_release,
    )  # fmt: skip
    held = [_JudgedLine(line, *_settled(line, rows, whole), as_of) for line in lines or [whole]]
    retained = 0 if invoice.void else sum(h.retained for h in held)
    outstanding = rest - retained
    late = max((h.days(invoice.due) for h in held), default=0) if outstanding > 0 else 0
    live = _live(rows)
    status = _status(invoice, got, outstanding, retained, late)
    return InvoiceStanding(
        key,
        invoice.currency,
        gross,
        got.credited,
        got.received,
        got.otherwise,
        retained,
        outstanding,
        status,
        late,
        bucket(invoice, outstanding, late),
        max((r.on for r in live), default=None),
        live[-1].tier if live else "",
        tuple(dict.fromkeys(r.bank_id for r in live)),
        sum(h.held for h in held),
    )


class _Got(NamedTuple):
    """What settled an invoice: the money columns of Fees."""

    received: int
    credited: int
    otherwise: int


def _got(rows: Iterable[Allocation]) -> _Got:
    """Return what settled an invoice, by the money columns of Fees."""
    received = credited = otherwise = 0
    for row in rows:
        if row.kind in CASH_KINDS:
            received += row.amount
        elif row.kind is AllocationKind.CREDIT:
            credited += row.amount
        elif row.kind in _OTHERWISE:
            otherwise += row.amount
    return _Got(received, credited, otherwise)


def _live(rows: list[Allocation]) -> list[Allocation]:
    """Return the receipts from the bank that were not taken back."""
    cash = [r for r in rows if r.kind is AllocationKind.CASH and r.bank_id]
    gone = {r.reverses for r in cash if r.reverses}
    return [r for r in cash if not r.reverses and r.alloc_id not in gone]


class _JudgedLine(NamedTuple):
    """One fee line with what it got, what was kept of it, and the day it is judged."""

    line: FeeLine
    got: int
    kept: int
    as_of: dt.date

    @property
    def rest(self) -> int:
        """What nobody has settled."""
        return self.line.gross - self.got

    @property
    def held(self) -> int:
        """What may come later, by contract or by what was kept."""
        sign = -1 if self.line.gross < 0 else 1
        return max(self.line.retention, sign * self.kept)

    @property
    def released(self) -> bool:
        """Whether what is held back is due."""
        return is_released(self.line.retention_release, self.as_of)

    @property
    def retained(self) -> int:
        """What is held back and not due yet; from its release on it is outstanding."""
        if self.released or self.line.void:
            return 0
        return not_due(self.rest, self.held, self.line.gross)

    def days(self, due: dt.date) -> int:
        """Return the days past due; what was held back is due on its own day."""
        open_ = self.rest - self.retained
        if open_ <= 0 or self.line.void:
            return 0
        release = self.line.retention_release
        if release is not None and self.released and open_ <= self.held:
            due = max(due, release)
        return max(0, (self.as_of - due).days)


def _settled(line: FeeLine, rows: list[Allocation], whole: FeeLine) -> tuple[int, int]:
    """Return what settled a line, and what was kept of it."""
    if not rows:
        return 0, 0
    mine = rows if line is whole else [r for r in rows if r.fee_id == line.fee_id]
    got = sum(r.amount for r in mine if r.kind is not AllocationKind.RETENTION)
    return got, sum(r.amount for r in mine if r.kind is AllocationKind.RETENTION)


def _status(invoice: Invoice, got: _Got, outstanding: int, retained: int, late: int) -> str:
    """Return the word that the formula of Fees comes to."""
    if invoice.void:
        return "cancelled"
    if outstanding < 0:
        return "invoiced" if invoice.gross < 0 else "overpaid"
    if outstanding == 0:
        return _closed_status(got, retained)
    if invoice.disputed:
        return "disputed"
    if sum(got):
        return "part_paid_overdue" if late else "part_paid"
    return "overdue" if late else "invoiced"


def _closed_status(got: _Got, retained: int) -> str:
    """Return how nothing is left: cash came, else a credit took it, else something else did."""
    if got.received:
        return "retained" if retained else "paid"
    if got.credited:
        return "credited"
    return "written_off" if got.otherwise else "paid"


def bucket(invoice: Invoice, outstanding: int, late: int) -> str:
    """Return the ageing bucket for days past due; "disputed" apart, "" for a settled invoice."""
    if not outstanding or outstanding < 0 < invoice.gross:
        return ""
    if invoice.disputed:
        return "disputed"
    if late <= 0:
        return "not_due"
    return next((name for days, name in _BUCKETS if late <= days), "90+")


def spread(lines: Sequence[FeeLine], amount: int) -> dict[str, int]:
    """Split an invoice's settled amount over its fee lines (minor units, largest remainder).

    Retention releases come after the other lines, disputed lines last; within each group the shares
    follow gross. Negative lines (credits) are settled first, so the shares add up to ``amount``.
    """
    shares = {line.fee_id: 0 for line in lines}
    left = amount
    for group in _in_order(lines):
        whole = sum(line.gross for line in group)
        if not whole:
            continue
        give = whole if whole < 0 else min(left, whole)
        for line, part in zip(group, split(give, [abs(x.gross) for x in group]), strict=True):
            shares[line.fee_id] = part
        left -= give
    if left and lines:
        shares[lines[-1].fee_id] += left
    return shares


def _in_order(lines: Iterable[FeeLine]) -> Iterator[list[FeeLine]]:
    """Yield the lines in the groups that are settled one after the other."""
    owed = [line for line in lines if line.gross > 0]
    yield [line for line in lines if line.gross < 0]
    yield [line for line in owed if not (line.disputed or line.fee_type == "retention_release")]
    yield [line for line in owed if line.fee_type == "retention_release"]
    yield [line for line in owed if line.disputed]


def invoices_of(lines: Iterable[FeeLine]) -> dict[str, int]:
    """Return gross by invoice number in minor units, without void lines."""
    totals: dict[str, int] = {}
    for line in lines:
        if line.invoice_no and not line.void:
            totals[line.invoice_no] = totals.get(line.invoice_no, 0) + line.gross
    return totals
