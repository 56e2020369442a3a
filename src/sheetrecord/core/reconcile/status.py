"""What each invoice's money columns say, derived from the allocations as of a day."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import Allocation, FeeLine, Invoice, Kind
from sheetrecord.core.reconcile.index import keys_of
from sheetrecord.model.money import split

_OTHERWISE: Final = frozenset(
    {Kind.BANK_FEE, Kind.WHT, Kind.DISCOUNT, Kind.WRITE_OFF, Kind.FX_DIFFERENCE}
)
_BUCKETS: Final = ((30, "1-30"), (60, "31-60"), (90, "61-90"))


class Standing(NamedTuple):
    """Where an invoice stands; amounts in minor units of its currency."""

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


def standings(
    invoices: Sequence[Invoice], allocations: Iterable[Allocation], as_of: dt.date
) -> dict[str, Standing]:
    """Return the standing of every invoice by its key, as of a day."""
    rows: dict[str, list[Allocation]] = {}
    for row in allocations:
        rows.setdefault(row.invoice_no, []).append(row)
    return {
        key: _standing(key, invoice, rows.get(key, []), as_of)
        for key, invoice in zip(keys_of(invoices), invoices, strict=True)
    }


def _standing(key: str, invoice: Invoice, rows: list[Allocation], as_of: dt.date) -> Standing:
    sums: dict[Kind, int] = {}
    for row in rows:
        sums[row.kind] = sums.get(row.kind, 0) + row.amount
    credited = sums.get(Kind.CREDIT, 0)
    received = sum(sums.get(k, 0) for k in (Kind.CASH, Kind.REFUND, Kind.OVERPAYMENT_HELD))
    otherwise = sum(sums.get(k, 0) for k in _OTHERWISE)
    gross = 0 if invoice.void else invoice.gross
    rest = gross - credited - received - otherwise
    retained = _retained(invoice, sums.get(Kind.RETENTION, 0), rest, as_of)
    outstanding = rest - retained
    late = max(0, (as_of - _due(invoice, sums, as_of)).days) if outstanding > 0 else 0
    cash = [r for r in rows if r.kind is Kind.CASH and r.bank_id]
    live = _live(cash)
    status = _status(invoice, sums, outstanding, retained, late)
    return Standing(
        key,
        invoice.currency,
        gross,
        credited,
        received,
        otherwise,
        retained,
        outstanding,
        status,
        late,
        bucket(invoice, outstanding, late),
        max((r.on for r in live), default=None),
        live[-1].tier if live else "",
        tuple(dict.fromkeys(r.bank_id for r in live)),
    )


def _live(rows: list[Allocation]) -> list[Allocation]:
    gone = {r.reverses for r in rows if r.reverses}
    return [r for r in rows if not r.reverses and r.alloc_id not in gone]


def _retained(invoice: Invoice, kept: int, rest: int, as_of: dt.date) -> int:
    """Return what is kept and not due yet; from its release date on it is outstanding."""
    due = invoice.retention_release
    if due is not None and due <= as_of:
        return 0
    return max(0, min(kept, rest))


def _due(invoice: Invoice, sums: Mapping[Kind, int], as_of: dt.date) -> dt.date:
    """Return the day the outstanding amount was due: of a released retention, its release."""
    release = invoice.retention_release
    if sums.get(Kind.RETENTION, 0) and release is not None and release <= as_of:
        return release
    return invoice.due


def _status(
    invoice: Invoice, sums: Mapping[Kind, int], outstanding: int, retained: int, late: int
) -> str:
    if invoice.void:
        return "cancelled"
    if outstanding < 0 < invoice.gross:
        return "overpaid"
    if outstanding == 0:
        return _closed_status(invoice, sums, retained)
    if invoice.disputed:
        return "disputed"
    if outstanding == invoice.gross:
        return "overdue" if late else "invoiced"
    return "part_paid_overdue" if late else "part_paid"


def _closed_status(invoice: Invoice, sums: Mapping[Kind, int], retained: int) -> str:
    if retained:
        return "retained"
    if sums.get(Kind.WRITE_OFF, 0):
        return "written_off"
    if sums.get(Kind.CREDIT, 0) == invoice.gross:
        return "credited"
    return "paid"


def bucket(invoice: Invoice, outstanding: int, late: int) -> str:
    """Return the ageing bucket by days past due; disputed and settled stand apart."""
    if not outstanding:
        return ""
    if invoice.disputed:
        return "disputed"
    if late <= 0:
        return "not_due"
    return next((name for days, name in _BUCKETS if late <= days), "90+")


def spread(lines: Sequence[FeeLine], amount: int) -> dict[str, int]:
    """Spread what an invoice got over its fee lines by largest remainder.

    Disputed lines come last, retention releases before them; the rest share by gross. Credits
    inside the invoice (negative lines) are settled first, so the shares add up to ``amount``.
    """
    order = (
        [line for line in lines if line.gross < 0],
        [line for line in lines if line.gross > 0 and not _late_line(line)],
        [line for line in lines if line.gross > 0 and line.fee_type == "retention_release"],
        [line for line in lines if line.gross > 0 and line.disputed],
    )
    shares = {line.fee_id: 0 for line in lines}
    left = amount
    for group in order:
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


def _late_line(line: FeeLine) -> bool:
    return line.disputed or line.fee_type == "retention_release"


def invoices_of(lines: Iterable[FeeLine]) -> dict[str, int]:
    """Return the gross of each invoice over its fee lines; void lines do not count."""
    totals: dict[str, int] = {}
    for line in lines:
        if line.invoice_no and not line.void:
            totals[line.invoice_no] = totals.get(line.invoice_no, 0) + line.gross
    return totals
