"""Each fault put into a control identity changes what a small table of books says."""

from types import ModuleType

import pytest

from mutants import Mutant, mutated, survives
from reconcile.book import STAMP, day, inv, line
from sheetrecord.core.reconcile.controls import identities
from sheetrecord.core.reconcile.controls.identities import Balance, Total
from sheetrecord.core.reconcile.facts import Allocation, AllocationKind, FeeLine
from sheetrecord.core.reconcile.ledger.invoice_status import standings

C = AllocationKind


def fee(fee_id, number, net, **more):
    return FeeLine(fee_id, number, net * 6 // 5, "EUR", net, deal_id="D-1", **more)


def paid(bank_id, number, amount, kind=C.CASH, on="9 Feb", currency="EUR"):
    bank = amount if kind in (C.CASH, C.REFUND, C.OVERPAYMENT_HELD) else 0
    when = day(on)
    return Allocation(
        f"A-{bank_id}-{number}-{kind.value}", bank_id, number, amount, currency, kind, when, bank,
        decided_by=STAMP.by, month=f"{when:%Y-%m}",
    )  # fmt: skip


FEES = [
    fee("F-1", "I-1", 6000, fee_type="deposit"),
    fee("F-2", "I-1", 3000, fee_type="milestone"),
    fee("F-3", "I-2", 500, fee_type="expenses", origin="reimbursable"),
    fee("F-4", "I-2", 700, fee_type="milestone", origin="reimbursable"),
    fee("F-5", "I-3", 1000, fee_type="change_order"),
    fee("F-6", "", 2000, fee_type="milestone", void=True),
    fee("F-7", "I-4", 400, fee_type="license"),
]
BALANCES = [
    Balance("A", "EUR", 0, 10, 10, "1"), Balance("B", "EUR", 7, 9, 2, "1"),
    Balance("A", "USD", 50, 51, 1, "1"), Balance("A", "EUR", 10, 15, 5, "2"),
]  # fmt: skip
INVOICES = [
    inv("I-1", "Acme", "1 Jan", "100", "EUR"),
    inv("I-2", "Acme", "5 Feb", "200", "EUR"),
    inv("I-3", "Beta", "1 Feb", "70", "USD"),
    inv("I-4", "Acme", "9 Feb", "40", "EUR", void=True),
    inv("I-5", "Acme", "1 Mar", "30", "EUR"),
    inv("CN-1", "Acme", "6 Feb", "-25", "EUR"),
]
LINES = [
    line("9 Jan", "60", "ACME", "I-1", "EUR", bank_id="L1"),
    line("9 Feb", "150", "ACME", "I-2", "EUR", bank_id="L2"),
    line("10 Feb", "7", "TAX", "VAT", "EUR", bank_id="L3", category="tax"),
    line("11 Feb", "-20", "SHOP", "", "EUR", bank_id="L4"),
    line("12 Feb", "70", "BETA", "I-3", "USD", bank_id="L5"),
    line("13 Feb", "3", "WHO", "", "EUR", bank_id="L6"),
]
ROWS = [
    paid("L1", "I-1", 6000, on="9 Jan"),
    paid("L2", "I-2", 14000),
    paid("L5", "I-3", 7000, on="12 Feb", currency="USD"),
    paid("L2", "I-2", 500, C.BANK_FEE),
    paid("L2", "I-2", 1000, C.RETENTION),
]
PERIODS = [(BALANCES[0], day("1 Feb"), day("10 Feb"))]
MOVED = [
    line("31 Jan", "5", "X", "", "EUR")._replace(account="A"),
    line("1 Feb", "5", "X", "", "EUR")._replace(account="A"),
    line("10 Feb", "-6", "X", "", "EUR")._replace(account="A"),
    line("11 Feb", "7", "X", "", "EUR")._replace(account="A"),
]  # fmt: skip
LEDGER = [
    Total("I-1", 10000, "EUR", open=4000), Total("I-2", 20000, "EUR", paid=14500),
    Total("CN-1", -2500, "EUR", open=2500), Total("I-3", 7000, "USD"), Total("X", 5, "EUR", open=5),
]  # fmt: skip


def seen(controls):
    return [(c.code, c.scope, c.expected, c.found, c.currency) for c in controls]


def table(m: ModuleType) -> dict[str, tuple[object, object]]:
    """Return what each control says of the small books, beside what it should say."""
    feb, end = day("1 Feb"), day("28 Feb")
    over = [*ROWS, paid("L1", "I-1", 9000, on="10 Jan")]
    gone = [*ROWS, paid("none", "I-1", 11, on="10 Jan")]
    whole = [i for i in INVOICES if i.issued <= end]
    return {
        "C1": (
            seen(m.c1_contract({"D-1": (10000, "EUR"), "D-2": (5, "USD")}, FEES)),
            [("C1", "D-1", 10000, 10000, "EUR"), ("C1", "D-2", 5, 0, "USD")],
        ),
        "C2": (
            seen(m.c2_ledger_total(FEES, [Total("I-1", 10800, "EUR"), Total("I-9", 7, "EUR")])),
            [("C2", "I-1", 10800, 10800, "EUR"), ("C2", "I-9", 7, 0, "EUR")],
        ),
        "C3": (
            seen(m.c3_statements([*BALANCES, BALANCES[3]._replace(opening=14, name="3")])),
            [
                ("C3", "A 1", 10, 10, "EUR"), ("C3", "B 1", 9, 9, "EUR"),
                ("C3", "A 1", 51, 51, "USD"), ("C3", "A 2", 15, 15, "EUR"),
                ("C3", "A 2", 10, 10, "EUR"), ("C3", "A 3", 15, 19, "EUR"),
                ("C3", "A 3", 15, 14, "EUR"),
            ],
        ),
        "C3 of a month": (
            seen(m.c3_proven(MOVED, PERIODS, "2026-02")), [("C3", "A", 1800, 1100, "EUR")],
        ),
        "C4": (
            seen(m.c4_receipts(LINES, ROWS)),
            [("C4", "EUR", 22000, 22000, "EUR"), ("C4", "USD", 7000, 7000, "USD")],
        ),
        "C4, more than came": (
            seen(m.c4_receipts(LINES, over))[0], ("C4", "EUR", 22000, 31000, "EUR"),
        ),
        "C4, of no line": (
            [c.difference for c in m.c4_receipts(LINES, gone)], [11, 11],
        ),
        "C5": (
            seen(m.c5_receivable(INVOICES, ROWS, feb, end)),
            [("C5", "EUR", 7000, 7000, "EUR"), ("C5", "USD", 0, 0, "USD")],
        ),
        "C5, told where each stands": (
            [c.difference for c in m.c5_receivable(
                whole, ROWS, feb, day("2026-12-31"),
                standings([i._replace(gross=i.gross + 100) for i in whole], ROWS, end))],
            [300, 100],
        ),
        "C6": (
            seen(m.c6_ledger_paid(INVOICES, ROWS, LEDGER, end)),
            [("C6", "I-1", 4000, 4000, "EUR"), ("C6", "I-2", 5500, 5500, "EUR"),
             ("C6", "CN-1", -2500, -2500, "EUR")],
        ),
        "failing": (
            [c.scope for c in m.failing([
                m.Control("C1", "more", 1, 2, "EUR", ""), m.Control("C1", "same", 2, 2, "EUR", ""),
                m.Control("C1", "less", 3, 2, "EUR", ""),
            ])],
            ["more", "less"],
        ),
    }  # fmt: skip


def wrong(m: ModuleType) -> list[object]:
    return [name for name, (found, wanted) in table(m).items() if found != wanted]


@pytest.mark.parametrize("name", table(identities))
def test_each_control_says_what_the_small_books_come_to(name):
    found, wanted = table(identities)[name]
    assert found == wanted


MUTANTS: dict[str, Mutant] = {
    "the difference is turned": ("self.found - self.expected", "self.expected - self.found"),
    "C1 counts every type": ("line.fee_type in _CONTRACT_TYPES and ", ""),
    "C1 counts expenses": (' and line.origin != "reimbursable"', ""),
    "C1 counts void lines": ("and counts and not line.void", "and counts"),
    "C1 keeps the last line": ("found[line.deal_id] += line.net", "found[line.deal_id] = line.net"),
    "C1 forgets change orders": ('"change_order", ', ""),
    "C1 takes gross": ("+= line.net", "+= line.gross"),
    "C2 skips what we do not have": ("ours.get(t.number, 0)", "ours.get(t.number, t.total)"),
    "C3 forgets the lines": ("b.opening + b.lines", "b.closing"),
    "C3 takes lines off": ("b.opening + b.lines", "b.opening - b.lines"),
    "C3 never compares with the last": ("        if before:", "        if False:"),
    "C3 mixes currencies": ("last.get((b.account, b.currency))", "last.get((b.account, 'EUR'))"),
    "C3 compares openings": ("before.closing, b.opening", "before.opening, b.opening"),
    "a month takes every line": ('f"{line.booked:%Y-%m}" == month', "True"),
    "the first day is not covered": ("begins <= line.booked <=", "begins < line.booked <="),
    "the last day is not covered": ("<= line.booked <= ends", "<= line.booked < ends"),
    "errors cancel": ("sums[1] += abs(line.amount) * proven", "sums[1] += line.amount * proven"),
    "all is proven": ("abs(line.amount) * proven", "abs(line.amount)"),
    "C4 counts money out": (
        "line.currency == currency and line.amount > 0]", "line.currency == currency]",
    ),
    "C4 mixes currencies": (
        "if line.currency == currency and line.amount > 0", "if line.amount > 0",
    ),
    "C4 keeps the last row": (
        "used[row.bank_id] = used.get(row.bank_id, 0) + row.bank_amount",
        "used[row.bank_id] = row.bank_amount",
    ),
    "C4 counts what is no money of the line": ("+ row.bank_amount", "+ row.amount"),
    "C4 forgives what is more than came": ("max(0, left)", "left"),
    "C4 forgets what is left": ("allocated + left, currency", "allocated, currency"),
    "C4 overlooks a line that is gone": (
        "return line is None or (", "return line is not None and (",
    ),
    "C5 forgets the start": ("opening + moved, closing", "moved, closing"),
    "C5 counts void invoices": ("[i for i in invoices if not i.void]", "list(invoices)"),
    "C5 counts later invoices": ("and i.issued <= last]", "]"),
    "C5 mixes currencies": ("if i.currency == currency and i.issued", "if i.issued"),
    "C5 forgets what is retained": ("s.outstanding + s.retained for s", "s.outstanding for s"),
    "C5 settles what is retained": (" and a.kind is not AllocationKind.RETENTION", ""),
    "C5 adds payments": ("moved -= sum(", "moved += sum("),
    "C5 adds payments before": ("opening -= sum(", "opening += sum("),
    "C5 forgets the first day's invoices": ("if first <= i.issued)", "if first < i.issued)"),
    "C5 counts the first day's twice": ("if i.issued < first)", "if i.issued <= first)"),
    "C5 does not look where each stands": ("_of(now, currency) or standings", "standings"),
    "C5 looks at all currencies": ("if standing.currency == currency}", "}"),
    "C6 forgets what is retained": ("mine.outstanding + mine.retained", "mine.outstanding"),
    "C6 takes paid for due": ("due = total.total - total.paid", "due = total.paid"),
    "C6 takes a note's credit as owed": ("due = -due", "due = due"),
    "C6 turns every amount": ("if mine.gross < 0 and due > 0:", "if due > 0:"),
    "C6 falls over what the ledger has alone": (
        "if due is None or mine is None:", "if due is None:",
    ),
    "only too much fails": ("if control.difference]", "if control.difference > 0]"),
    "only too little fails": ("if control.difference]", "if control.difference < 0]"),
}  # fmt: skip


@pytest.mark.parametrize("fault", MUTANTS)
def test_each_fault_changes_the_table(fault: str) -> None:
    assert not survives(identities.__name__, MUTANTS[fault], wrong)


def test_a_module_made_anew_without_a_fault_passes() -> None:
    assert wrong(mutated(identities, ("class Control(", "class Control("))) == []
