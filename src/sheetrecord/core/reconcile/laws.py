"""The laws every allocation keeps: money is conserved on the bank's side and on the invoice's."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import Allocation, BankLine, Invoice, Kind
from sheetrecord.core.reconcile.index import keys_of
from sheetrecord.model.money import Money

OUTSIDE = frozenset({Kind.OVERPAYMENT_HELD, Kind.RETENTION})
"""Kinds that do not use up an invoice's gross: money held, and money kept until later."""


class Refused(NamedTuple):
    """An allocation that would break a law of the book, and why."""

    bank_id: str
    invoice_no: str
    why: str


def broken(
    group: Sequence[Allocation],
    lines: Mapping[str, BankLine],
    invoices: Mapping[str, Invoice],
    given: Mapping[str, int],
    got: Mapping[str, int],
) -> Refused | None:
    """Return the first law that the rows of one bank line would break, or None."""
    reversal = all(row.reverses for row in group)
    for row in group:
        why = "" if reversal else _row_broken(row, lines, invoices)
        if why:
            return Refused(row.bank_id, row.invoice_no, why)
    line = lines.get(group[0].bank_id)
    total = given.get(group[0].bank_id, 0) + sum(row.bank_amount for row in group)
    if line is not None and not _within(total, line.amount):
        left = Money(line.amount - given.get(line.bank_id, 0), line.currency)
        return Refused(line.bank_id, "", f"the bank line has only {left} left.")
    new = {row.invoice_no: got.get(row.invoice_no, 0) for row in group}
    for row in group:
        if row.kind not in OUTSIDE:
            new[row.invoice_no] += row.amount
    for number, amount in new.items():
        invoice = invoices.get(number)
        if invoice and not reversal and not _within_invoice(amount, got, invoice, number):
            left = Money(invoice.gross - got.get(number, 0), invoice.currency)
            return Refused(group[0].bank_id, number, f"only {left} of {number} is open.")
    return None


def _row_broken(
    row: Allocation, lines: Mapping[str, BankLine], invoices: Mapping[str, Invoice]
) -> str:
    invoice, line = invoices.get(row.invoice_no), lines.get(row.bank_id)
    if row.bank_id and line is None:
        return "the bank line is not there any more."
    if invoice is None:
        return (
            "" if row.kind is Kind.OVERPAYMENT_HELD and not row.invoice_no else "no such invoice."
        )
    if invoice.void:
        return f"{row.invoice_no} is void."
    if line is not None and row.bank_amount and invoice.currency != line.currency:
        if not row.rate or row.rate == "?":
            return f"{invoice.currency} paid in {line.currency} needs an explicit rate."
    elif row.bank_amount and row.bank_amount != row.amount:
        return "amount and bank amount differ in one currency."
    return ""


def _within(total: int, whole: int) -> bool:
    return 0 <= total <= whole if whole >= 0 else whole <= total <= 0


def _within_invoice(total: int, before: Mapping[str, int], invoice: Invoice, number: str) -> bool:
    """Σ allocated stays between zero and the gross, or moves back towards it."""
    if _within(total, invoice.gross):
        return True
    was = before.get(number, 0)
    low, high = sorted((0, invoice.gross))
    return (total > was and total < low) or (total < was and total > high)


def needed(
    allocations: Sequence[Allocation], back: Sequence[Allocation], invoices: Sequence[Invoice]
) -> Allocation | None:
    """Return the row that rests on what is to be taken back: it must be taken back before.

    Such is the return of a payment by the bank: without the payment there is nothing to return.
    """
    by_key = dict(zip(keys_of(invoices), invoices, strict=True))
    gone = {row.reverses for row in (*allocations, *back) if row.reverses}
    for key in {row.invoice_no for row in back} & by_key.keys():
        live = [
            row
            for row in allocations
            if row.invoice_no == key
            and row.kind not in OUTSIDE
            and not row.reverses
            and row.alloc_id not in gone
        ]
        gross = by_key[key].gross
        if not _within(sum(row.amount for row in live), gross):
            against = [row for row in live if (row.amount < 0) != (gross < 0)]
            return (against or live)[-1]
    return None


def violations(
    allocations: Sequence[Allocation], lines: Sequence[BankLine], invoices: Sequence[Invoice]
) -> list[str]:
    """Check the whole book; an empty list is the invariant that every run ends with."""
    by_line = {line.bank_id: line for line in lines}
    by_key = dict(zip(keys_of(invoices), invoices, strict=True))
    given: dict[str, int] = {}
    got: dict[str, int] = {}
    for row in allocations:
        given[row.bank_id] = given.get(row.bank_id, 0) + row.bank_amount
        if row.kind not in OUTSIDE:
            got[row.invoice_no] = got.get(row.invoice_no, 0) + row.amount
    found = [
        f"{key}: {total} allocated of {by_line[key].amount}"
        for key, total in sorted(given.items())
        if key in by_line and not _within(total, by_line[key].amount)
    ]
    found += [
        f"{key}: {total} allocated of {by_key[key].gross}"
        for key, total in sorted(got.items())
        if key in by_key and not _within(total, by_key[key].gross)
    ]
    credit = sum(row.amount for row in allocations if row.kind is Kind.CREDIT)
    return [*found, f"credit rows add up to {credit}, not zero"] if credit else found
