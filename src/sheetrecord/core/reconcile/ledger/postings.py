"""Bookings that a bookkeeping system is told of: from allocations, and from invoices as issued.

Each has a debit and a credit side in words (a `BookAccount`); which account of which program that
is, settings say. What is not booked is returned with its reason, never dropped.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import Allocation, AllocationKind, BankLine, Invoice
from sheetrecord.model.money import Money

ROLES: Final = (
    "bank", "receivable", "revenue", "tax", "bank_fee", "wht", "discount", "write_off",
    "fx_difference",
)  # fmt: skip
"""What an account of the books is for; settings name one for each that is needed."""
_SETTLED_BY: Final = {
    AllocationKind.CASH: "bank",
    AllocationKind.REFUND: "bank",
    AllocationKind.OVERPAYMENT_HELD: "bank",
    AllocationKind.BANK_FEE: "bank_fee",
    AllocationKind.WHT: "wht",
    AllocationKind.DISCOUNT: "discount",
    AllocationKind.WRITE_OFF: "write_off",
    AllocationKind.FX_DIFFERENCE: "fx_difference",
}
"""The account that is debited when an invoice is settled so; the others move nothing."""


class BookAccount(NamedTuple):
    """One side of a booking: what the account is for, and of which bank account or client."""

    role: str
    of: str = ""


class Posting(NamedTuple):
    """One booking; ``amount`` is positive, in minor units of ``currency``."""

    posting_id: str
    on: dt.date
    debit: BookAccount
    credit: BookAccount
    amount: int
    currency: str
    reference: str
    client: str
    kind: str


class Unbooked(NamedTuple):
    """What is not booked, and why; ``needs`` a person unless nothing is to be booked."""

    what: str
    why: str
    needs: bool


class Bookings(NamedTuple):
    """The bookings of a period, by day, and what is left to somebody."""

    postings: tuple[Posting, ...]
    unbooked: tuple[Unbooked, ...]


def bookings(
    rows: Iterable[Allocation],
    lines: Mapping[str, BankLine],
    invoices: Mapping[str, Invoice],
    currency: str,
) -> Bookings:
    """Return what allocations book; ``currency`` is the firm's, the only one that is booked.

    A row taken back books the opposite of what it booked. Credit notes inside a payment move
    nothing: both of its rows stand on the receivables.
    """
    rows = list(rows)
    alone = _credits_alone(rows)
    found: list[Posting] = []
    left: list[Unbooked] = []
    for row in rows:
        why = _unbooked(row, lines.get(row.bank_id), currency, alone)
        if why is not None:
            left.append(why)
        elif row.amount:
            found.append(_booked(row, lines.get(row.bank_id), invoices.get(row.invoice_no)))
    return Bookings(tuple(sorted(found, key=_order)), tuple(left))


def issued(invoices: Mapping[str, Invoice], currency: str, *, whole: bool) -> Bookings:
    """Return what invoices book on the day they are issued: revenue, and the tax on it.

    With ``whole`` the gross goes to the revenue account, which takes the tax out of it itself.
    """
    found: list[Posting] = []
    left: list[Unbooked] = []
    for key, invoice in invoices.items():
        why = _not_issued(key, invoice, currency)
        if why is not None:
            left.append(why)
            continue
        net = invoice.gross if whole or invoice.net is None else invoice.net
        for role, amount in (("revenue", net), ("tax", invoice.gross - net)):
            if amount:
                found.append(_issued(key, invoice, role, amount))
    return Bookings(tuple(sorted(found, key=_order)), tuple(left))


def _order(one: Posting) -> tuple[dt.date, str]:
    return one.on, one.posting_id


def _booked(row: Allocation, line: BankLine | None, invoice: Invoice | None) -> Posting:
    role = _SETTLED_BY[row.kind]
    account = line.account if line and role == "bank" else ""
    sides = BookAccount(role, account), BookAccount("receivable", row.client)
    debit, credit = sides if row.amount > 0 else sides[::-1]
    number = invoice.number if invoice else row.invoice_no
    return Posting(
        row.alloc_id, row.on, debit, credit, abs(row.amount), row.currency, number, row.client,
        row.kind.value,
    )  # fmt: skip


def _issued(key: str, invoice: Invoice, role: str, amount: int) -> Posting:
    sides = BookAccount("receivable", invoice.client), BookAccount(role)
    debit, credit = sides if amount > 0 else sides[::-1]
    return Posting(
        f"{key}-{role}", invoice.issued, debit, credit, abs(amount), invoice.currency,
        invoice.number, invoice.client, "invoice" if invoice.gross > 0 else "credit note",
    )  # fmt: skip


def _not_issued(key: str, invoice: Invoice, currency: str) -> Unbooked | None:
    if invoice.void:
        return Unbooked(key, "it is void.", needs=False)
    if invoice.currency != currency:
        return Unbooked(key, _foreign(invoice.currency, currency), needs=True)
    if invoice.net is None or abs(invoice.net) > abs(invoice.gross):
        net = "nothing" if invoice.net is None else Money(invoice.net, currency)
        why = f"its net is {net}, its gross {Money(invoice.gross, currency)}: its tax is not known."
        return Unbooked(key, why, needs=True)
    return None


def _unbooked(
    row: Allocation, line: BankLine | None, currency: str, alone: Collection[str]
) -> Unbooked | None:
    """Return why a row is not booked, None for one that is."""
    if not row.bank_id and row.rule.startswith("opening"):
        why = "it was typed before the bank's first line: your books have it already."
        return Unbooked(row.alloc_id, why, needs=False)
    if row.kind is AllocationKind.RETENTION:
        return Unbooked(row.alloc_id, "what is retained is still owed.", needs=False)
    if row.kind is AllocationKind.CREDIT:
        return _credit(row, alone)
    for other in (row.currency, line.currency if line else currency):
        if other != currency:
            return Unbooked(row.alloc_id, _foreign(other, currency), needs=True)
    return _without_bank(row, line) if _SETTLED_BY[row.kind] == "bank" else None


def _credit(row: Allocation, alone: Collection[str]) -> Unbooked:
    if row.alloc_id not in alone:
        why = "a credit note was set off: both stand on the receivables."
        return Unbooked(row.alloc_id, why, needs=False)
    why = f"a credit on {row.invoice_no} without a credit note beside it: book it by hand."
    return Unbooked(row.alloc_id, why, needs=True)


def _without_bank(row: Allocation, line: BankLine | None) -> Unbooked | None:
    if line is None:
        return Unbooked(row.alloc_id, "no bank line of the book is behind it.", needs=True)
    if row.bank_amount != row.amount:
        bank, own = Money(row.bank_amount, line.currency), Money(row.amount, row.currency)
        why = f"{bank} of the bank settle {own}: the difference has no account."
        return Unbooked(row.alloc_id, why, needs=True)
    return None


def _foreign(other: str, currency: str) -> str:
    return f"it is in {other}, the books are in {currency}: book it by hand, at your rate."


def _credits_alone(rows: Iterable[Allocation]) -> frozenset[str]:
    """Return the credit rows that no opposite row of the same bank line evens out."""
    sums: dict[tuple[str, str], int] = {}
    credits_ = [row for row in rows if row.kind is AllocationKind.CREDIT]
    for row in credits_:
        key = row.bank_id, row.currency
        sums[key] = sums.get(key, 0) + row.amount
    return frozenset(row.alloc_id for row in credits_ if sums[row.bank_id, row.currency])
