"""The control identities C1 to C6: expected, found and difference. Any difference fails."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import Allocation, AllocationKind, BankLine, FeeLine, Invoice
from sheetrecord.core.reconcile.ledger.invoice_status import (
    InvoiceStanding,
    invoices_of,
    standings,
)
from sheetrecord.model.money import Money

_CONTRACT_TYPES: Final = frozenset(
    ["deposit", "milestone", "progress", "retainer", "fixed_date", "change_order", "discount"]
)


class Control(NamedTuple):
    """One identity for one scope (deal, invoice, account, currency), in minor units."""

    code: str
    scope: str
    expected: int
    found: int
    currency: str
    what: str

    @property
    def difference(self) -> int:
        """Found less expected, in minor units: zero when the identity holds."""
        return self.found - self.expected

    @property
    def off(self) -> Money:
        """The difference as an amount of money."""
        return Money(self.difference, self.currency)

    @property
    def name(self) -> str:
        """The control's name in reports and waivers: ``C1 D-0001``."""
        return f"{self.code} {self.scope}".strip()


class Total(NamedTuple):
    """An invoice's totals in a ledger export, in minor units; None where the export has none."""

    number: str
    total: int
    currency: str
    paid: int | None = None
    open: int | None = None


class Balance(NamedTuple):
    """A statement's printed opening and closing balance, in minor units."""

    account: str
    currency: str
    opening: int
    closing: int
    lines: int
    """Σ of its lines."""
    name: str = ""


def c1_contract(deals: Mapping[str, tuple[int, str]], fees: Sequence[FeeLine]) -> list[Control]:
    """C1: contract net with approved change orders = Σ scheduled net of the contract lines.

    ``deals`` gives (net in minor units, currency) by deal id. Expenses and credits do not count.
    """
    found = dict.fromkeys(deals, 0)
    for line in fees:
        counts = line.fee_type in _CONTRACT_TYPES and line.origin != "reimbursable"
        if line.deal_id in found and counts and not line.void:
            found[line.deal_id] += line.net
    what = "contract and change orders = scheduled fee lines (net)"
    return [
        Control("C1", deal, net, found[deal], currency, what)
        for deal, (net, currency) in sorted(deals.items())
    ]


def c2_ledger_total(fees: Sequence[FeeLine], ledger: Iterable[Total]) -> list[Control]:
    """C2: Σ fee-line gross per invoice = the invoice's total in the ledger's export."""
    ours = invoices_of(fees)
    what = "fee lines = ledger total"
    return [
        Control("C2", t.number, t.total, ours.get(t.number, 0), t.currency, what) for t in ledger
    ]


def c3_statements(balances: Sequence[Balance]) -> list[Control]:
    """C3: opening + Σ lines = closing, and each statement opens where the last one closed."""
    controls = []
    last: dict[tuple[str, str], Balance] = {}
    for b in balances:
        scope = f"{b.account} {b.name}".strip()
        what = "opening balance and lines = closing balance"
        controls.append(Control("C3", scope, b.closing, b.opening + b.lines, b.currency, what))
        before = last.get((b.account, b.currency))
        if before:
            what = "opens where the statement before closed"
            controls.append(Control("C3", scope, before.closing, b.opening, b.currency, what))
        last[b.account, b.currency] = b
    return controls


def c3_proven(
    lines: Iterable[BankLine], periods: Iterable[tuple[Balance, dt.date, dt.date]], month: str
) -> list[Control]:
    """C3 of a month: Σ of lines on each account = Σ in statements that print balances.

    Sums are of absolute amounts, so that errors do not cancel. An account whose files print no
    balances cannot prove that no line is missing.
    """
    covers: dict[tuple[str, str], list[tuple[dt.date, dt.date]]] = {}
    for balance, begins, ends in periods:
        covers.setdefault((balance.account, balance.currency), []).append((begins, ends))
    moved: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        if f"{line.booked:%Y-%m}" == month:
            key = (line.account, line.currency)
            proven = any(begins <= line.booked <= ends for begins, ends in covers.get(key, ()))
            sums = moved.setdefault(key, [0, 0])
            sums[0] += abs(line.amount)
            sums[1] += abs(line.amount) * proven
    what = "what moved is in statements that print balances"
    return [
        Control("C3", account, total, proven, currency, what)
        for (account, currency), (total, proven) in sorted(moved.items())
    ]


def c4_receipts(lines: Sequence[BankLine], allocations: Sequence[Allocation]) -> list[Control]:
    """C4: Σ receipts = Σ allocated + Σ not a fee + Σ unallocated, by currency.

    Each line counts in one of the three; an allocation to a missing line shows as a difference.
    """
    used: dict[str, int] = {}
    for row in allocations:
        if row.bank_id:
            used[row.bank_id] = used.get(row.bank_id, 0) + row.bank_amount
    by_id = {line.bank_id: line for line in lines}
    controls = []
    for currency in sorted({line.currency for line in lines}):
        mine = [line for line in lines if line.currency == currency and line.amount > 0]
        total = sum(line.amount for line in mine)
        left = sum(_left(line, used.get(line.bank_id, 0)) for line in mine)
        allocated = sum(a for key, a in used.items() if _receives(by_id.get(key), currency))
        what = "receipts = allocated + not a fee + unallocated"
        controls.append(Control("C4", currency, total, allocated + left, currency, what))
    return controls


def _left(line: BankLine, used: int) -> int:
    """Return what of a receipt is not a fee, or not allocated yet: never less than nothing."""
    left = line.amount - used
    return left if line.category else max(0, left)


def _receives(line: BankLine | None, currency: str) -> bool:
    """Tell whether a line is a receipt in a currency; one that is not there counts in each."""
    return line is None or (line.amount > 0 and line.currency == currency)


def c5_receivable(
    invoices: Sequence[Invoice],
    allocations: Sequence[Allocation],
    first: dt.date,
    last: dt.date,
    now: Mapping[str, InvoiceStanding] = MappingProxyType({}),
) -> list[Control]:
    """C5: receivable at start + invoiced - settled = receivable at end = Σ ageing + retained.

    The left side is computed from the movements in the period, the right one from each invoice's
    status on the last day, so that the two check each other. ``now`` is that status where it is
    known already: what is due and what is retained together do not depend on the day.
    """
    paid = [a for a in allocations if a.on <= last]
    what = "receivable at the start + invoiced - settled = at the end"
    controls = []
    for currency in sorted({i.currency for i in invoices}):
        mine = [i for i in invoices if i.currency == currency and i.issued <= last]
        by_key = _of(now, currency) or standings(mine, paid, last)
        settled = [
            a for a in paid if a.invoice_no in by_key and a.kind is not AllocationKind.RETENTION
        ]
        opening, moved = _movements(mine, settled, first)
        closing = sum(s.outstanding + s.retained for s in by_key.values())
        controls.append(Control("C5", currency, opening + moved, closing, currency, what))
    return controls


def _of(now: Mapping[str, InvoiceStanding], currency: str) -> dict[str, InvoiceStanding]:
    return {key: standing for key, standing in now.items() if standing.currency == currency}


def _movements(
    invoices: Iterable[Invoice], settled: Sequence[Allocation], first: dt.date
) -> tuple[int, int]:
    """Return what was due before a day, and what invoices less payments added since."""
    live = [i for i in invoices if not i.void]
    opening = sum(i.gross for i in live if i.issued < first)
    opening -= sum(a.amount for a in settled if a.on < first)
    moved = sum(i.gross for i in live if first <= i.issued)
    moved -= sum(a.amount for a in settled if first <= a.on)
    return opening, moved


def c6_ledger_paid(
    invoices: Sequence[Invoice],
    allocations: Sequence[Allocation],
    ledger: Sequence[Total],
    as_of: dt.date,
) -> list[Control]:
    """C6: an invoice's amount due in the ledger = its amount open here, retained included."""
    ours = standings(invoices, allocations, as_of) if ledger else {}
    controls = []
    for total in ledger:
        due = total.open
        if due is None and total.paid is not None:
            due = total.total - total.paid
        mine = ours.get(total.number)
        if due is None or mine is None:
            continue
        found = mine.outstanding + mine.retained
        if mine.gross < 0 and due > 0:
            due = -due  # ledgers print a credit note's remaining credit as a positive amount
        controls.append(
            Control("C6", total.number, due, found, total.currency, "ledger due = ours")
        )
    return controls


def failing(controls: Iterable[Control]) -> list[Control]:
    """Return the identities that do not hold."""
    return [control for control in controls if control.difference]
