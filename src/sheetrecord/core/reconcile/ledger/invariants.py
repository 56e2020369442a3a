"""Invariants of allocations: money is conserved for each bank line and each invoice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import Allocation, AllocationKind, BankLine, Invoice
from sheetrecord.core.reconcile.matching.index import keys_of
from sheetrecord.model.money import Money


class Sums:
    """Sums of allocations in minor units: given by each bank line, and got by each invoice.

    A refund first reduces what is held as an overpayment; only the rest reduces what the invoice
    got.
    """

    __slots__ = ("_firm", "_spare", "given")

    def __init__(self, rows: Iterable[Allocation] = ()) -> None:
        self.given: dict[str, int] = {}
        self._firm: dict[str, int] = {}
        self._spare: dict[str, int] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Allocation) -> None:
        """Add one row to the sums."""
        self.given[row.bank_id] = self.given.get(row.bank_id, 0) + row.bank_amount
        sums = self._sums(row.kind)
        if sums is not None:
            sums[row.invoice_no] = sums.get(row.invoice_no, 0) + row.amount

    def got(self, number: str, more: Iterable[Allocation] = ()) -> int:
        """Return how much of an invoice's gross is used, with ``more`` rows added."""
        firm, spare = self._firm.get(number, 0), self._spare.get(number, 0)
        for row in more:
            if row.invoice_no == number:
                sums = self._sums(row.kind)
                firm += row.amount if sums is self._firm else 0
                spare += row.amount if sums is self._spare else 0
        return firm + min(0, spare)

    def numbers(self) -> list[str]:
        """Return the invoices with any allocation."""
        return sorted({*self._firm, *self._spare})

    def _sums(self, kind: AllocationKind) -> dict[str, int] | None:
        if kind is AllocationKind.RETENTION:
            return None
        return (
            self._spare
            if kind in (AllocationKind.OVERPAYMENT_HELD, AllocationKind.REFUND)
            else self._firm
        )


class BrokenInvariant(NamedTuple):
    """An allocation that would break an invariant, and why."""

    bank_id: str
    invoice_no: str
    why: str


def broken(
    group: Sequence[Allocation],
    lines: Mapping[str, BankLine],
    invoices: Mapping[str, Invoice],
    sums: Sums,
) -> BrokenInvariant | None:
    """Return the first invariant that the rows of one bank line would break, or None."""
    reversal = all(row.reverses for row in group)
    for row in group:
        why = "" if reversal else _row_broken(row, lines, invoices)
        if why:
            return BrokenInvariant(row.bank_id, row.invoice_no, why)
    line = lines.get(group[0].bank_id)
    given = sums.given.get(group[0].bank_id, 0)
    total = given + sum(row.bank_amount for row in group)
    if line is not None and not _within(total, line.amount):
        left = Money(line.amount - given, line.currency)
        return BrokenInvariant(line.bank_id, "", f"the bank line has only {left} left.")
    for number in dict.fromkeys(row.invoice_no for row in group):
        invoice, was = invoices.get(number), sums.got(number)
        if invoice and not reversal and not _moves_well(sums.got(number, group), was, invoice):
            rest = invoice.gross - was
            said = f"only {Money(rest, invoice.currency)}" if rest else "nothing"
            return BrokenInvariant(group[0].bank_id, number, f"{said} of {number} is open.")
    return None


def _row_broken(
    row: Allocation, lines: Mapping[str, BankLine], invoices: Mapping[str, Invoice]
) -> str:
    invoice, line = invoices.get(row.invoice_no), lines.get(row.bank_id)
    if row.bank_id and line is None:
        return "the bank line is not there any more."
    if invoice is None:
        return (
            ""
            if row.kind is AllocationKind.OVERPAYMENT_HELD and not row.invoice_no
            else "no such invoice."
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


def _moves_well(total: int, was: int, invoice: Invoice) -> bool:
    """Σ allocated stays between zero and the gross, or moves back towards it."""
    if _within(total, invoice.gross):
        return True
    low, high = sorted((0, invoice.gross))
    return (total > was and total < low) or (total < was and total > high)


def needed(
    allocations: Sequence[Allocation], back: Sequence[Allocation], invoices: Sequence[Invoice]
) -> Allocation | None:
    """Return the row that depends on rows to be reversed, and must be reversed before them.

    Such is the return of a payment by the bank: without the payment there is nothing to return.
    """
    by_key = dict(zip(keys_of(invoices), invoices, strict=True))
    gone = {row.reverses for row in (*allocations, *back) if row.reverses}
    for key in dict.fromkeys(row.invoice_no for row in back if row.invoice_no in by_key):
        live = [
            row
            for row in allocations
            if row.invoice_no == key
            and row.kind is not AllocationKind.RETENTION
            and not row.reverses
            and row.alloc_id not in gone
        ]
        gross = by_key[key].gross
        if not _within(Sums(live).got(key), gross):
            against = [row for row in live if (row.amount < 0) != (gross < 0)]
            return (against or live)[-1]
    return None


def violations(
    allocations: Sequence[Allocation], lines: Sequence[BankLine], invoices: Sequence[Invoice]
) -> list[str]:
    """Return every broken invariant of all allocations as text; empty when they hold."""
    by_line = {line.bank_id: line for line in lines}
    by_key = dict(zip(keys_of(invoices), invoices, strict=True))
    sums = Sums(allocations)
    found = [
        f"{key}: {total} allocated of {by_line[key].amount}"
        for key, total in sorted(sums.given.items())
        if key in by_line and not _within(total, by_line[key].amount)
    ]
    found += [
        f"{key}: {sums.got(key)} allocated of {by_key[key].gross}"
        for key in sums.numbers()
        if key in by_key and not _within(sums.got(key), by_key[key].gross)
    ]
    credit = sum(row.amount for row in allocations if row.kind is AllocationKind.CREDIT)
    return [*found, f"credit rows add up to {credit}, not zero"] if credit else found
