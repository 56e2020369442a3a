"""What is booked of each kind of allocation and invoice, and what is left to somebody, and why."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from reconcile.book import day, inv, line
from sheetrecord.core.reconcile.facts import Allocation, AllocationKind
from sheetrecord.core.reconcile.ledger.postings import BookAccount, bookings, issued

K = AllocationKind
INVOICES = {
    "INV-1": inv("INV-1", "Acme", "1 Mar", "100"),
    "CN-1": inv("CN-1", "Acme", "1 Mar", "-20"),
}
LINES = {
    "B-1": line("9 Mar", "100", "ACME", bank_id="B-1"),
    "B-2": line("9 Mar", "100", "ACME", "", "USD", bank_id="B-2"),
}
BANK, OWED = BookAccount("bank", "MAIN"), BookAccount("receivable", "Acme")


def row(kind, amount, bank_id="B-1", **more):
    bank = amount if kind in (K.CASH, K.REFUND, K.OVERPAYMENT_HELD) else 0
    base = Allocation(
        "A-1", bank_id, "INV-1", amount, "GBP", kind, day("9 Mar"), bank, client="Acme",
        month="2026-03",
    )  # fmt: skip
    return base._replace(**more)


BOOKED = {
    "cash": (row(K.CASH, 700), BANK, OWED),
    "cash taken back": (row(K.CASH, -700, reverses="A-0"), OWED, BANK),
    "refund": (row(K.REFUND, -700), OWED, BANK),
    "held": (row(K.OVERPAYMENT_HELD, 700), BANK, OWED),
    "a bank's fee": (row(K.BANK_FEE, 700), BookAccount("bank_fee"), OWED),
    "tax withheld": (row(K.WHT, 700), BookAccount("wht"), OWED),
    "discount": (row(K.DISCOUNT, 700), BookAccount("discount"), OWED),
    "written off": (row(K.WRITE_OFF, 700), BookAccount("write_off"), OWED),
    "written off without a bank": (row(K.WRITE_OFF, 700, ""), BookAccount("write_off"), OWED),
    "written off taken back": (row(K.WRITE_OFF, -700), OWED, BookAccount("write_off")),
    "exchange": (row(K.FX_DIFFERENCE, 700), BookAccount("fx_difference"), OWED),
}  # fmt: skip


@pytest.mark.parametrize("case", BOOKED)
def test_each_kind_is_booked_on_its_accounts(case):
    one, debit, credit = BOOKED[case]
    found = bookings([one], LINES, INVOICES, "GBP")
    assert not found.unbooked
    [posting] = found.postings
    assert (posting.debit, posting.credit, posting.amount) == (debit, credit, 700)
    assert (posting.reference, posting.client, posting.on) == ("INV-1", "Acme", day("9 Mar"))


LEFT = {
    "retained": (row(K.RETENTION, 700), "still owed", False),
    "typed before the bank": (row(K.CASH, 700, "", rule="opening"), "have it already", False),
    "typed, no day": (row(K.CASH, 700, "", rule="opening-undated"), "have it already", False),
    "a credit alone": (row(K.CREDIT, 700), "without a credit note", True),
    "cash of nowhere": (row(K.CASH, 700, "B-9"), "no bank line", True),
    "cash without a line": (row(K.CASH, 700, ""), "no bank line", True),
    "another currency": (row(K.CASH, 700, currency="EUR"), "in EUR, the books are in GBP", True),
    "a fee in another": (row(K.BANK_FEE, 700, currency="EUR"), "in EUR", True),
    "an account in another": (row(K.CASH, 700, "B-2"), "in USD, the books are in GBP", True),
    "the bank's amount differs": (row(K.CASH, 700, bank_amount=650), "6.50 GBP of the bank", True),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_booked_says_why_and_whether_somebody_must(case):
    one, why, needs = LEFT[case]
    found = bookings([one], LINES, INVOICES, "GBP")
    assert not found.postings
    [left] = found.unbooked
    assert why in left.why
    assert (left.what, left.needs) == ("A-1", needs)


def test_a_credit_note_set_off_moves_nothing():
    pair = [
        row(K.CREDIT, 2000),
        row(K.CREDIT, -2000, alloc_id="A-2", invoice_no="CN-1"),
        row(K.CREDIT, 500, "B-7", alloc_id="A-3"),
    ]
    found = bookings(pair, LINES, INVOICES, "GBP")
    assert [(one.what, one.needs) for one in found.unbooked] == [
        ("A-1", False), ("A-2", False), ("A-3", True),
    ]  # fmt: skip


SOLD = {
    "sold": (inv("INV-1", "Acme", "1 Mar", "120", net=10000), [("revenue", 10000), ("tax", 2000)]),
    "without tax": (inv("INV-1", "Acme", "1 Mar", "100", net=10000), [("revenue", 10000)]),
}


@pytest.mark.parametrize("case", SOLD)
def test_an_invoice_is_booked_net_and_tax(case):
    invoice, wanted = SOLD[case]
    found = issued({"INV-1": invoice}, "GBP", whole=False)
    assert [(p.credit.role, p.amount) for p in found.postings] == wanted
    assert {p.debit for p in found.postings} == {OWED}
    [whole] = issued({"INV-1": invoice}, "GBP", whole=True).postings
    assert (whole.credit.role, whole.amount) == ("revenue", invoice.gross)


def test_a_credit_note_is_booked_the_other_way_round():
    note = inv("CN-1", "Acme", "1 Mar", "-24", net=-2000)
    found = issued({"CN-1": note}, "GBP", whole=False).postings
    assert [(p.debit.role, p.credit, p.amount) for p in found] == [
        ("revenue", OWED, 2000), ("tax", OWED, 400),
    ]  # fmt: skip


NOT_SOLD = {
    "void": (inv("INV-1", "Acme", "1 Mar", "100", net=10000, void=True), "void", False),
    "no net": (inv("INV-1", "Acme", "1 Mar", "100"), "its net is nothing", True),
    "more net than gross": (inv("INV-1", "Acme", "1 Mar", "100", net=12000), "not known", True),
    "another currency": (inv("INV-1", "Acme", "1 Mar", "9", "EUR", net=900), "in EUR", True),
}


@pytest.mark.parametrize("case", NOT_SOLD)
def test_an_invoice_that_is_not_booked_says_why(case):
    invoice, why, needs = NOT_SOLD[case]
    found = issued({"INV-1": invoice}, "GBP", whole=False)
    assert not found.postings
    assert (why in found.unbooked[0].why, found.unbooked[0].needs) == (True, needs)


KINDS = st.sampled_from(list(K))
ROWS = st.lists(
    st.builds(
        row,
        KINDS,
        st.integers(-9999, 9999),
        st.sampled_from(["B-1", "B-2", "B-9", ""]),
        currency=st.sampled_from(["GBP", "EUR"]),
    ),
    max_size=9,
)


@examples(200)
@given(ROWS)
def test_every_row_is_booked_once_or_named_and_the_receivables_add_up(rows):
    rows = [one._replace(alloc_id=f"A-{n}") for n, one in enumerate(rows)]
    found = bookings(rows, LINES, INVOICES, "GBP")
    booked = [one.posting_id for one in found.postings]
    named = [one.what for one in found.unbooked]
    silent = [one.alloc_id for one in rows if not one.amount]
    assert sorted({*booked, *named, *silent}) == sorted(one.alloc_id for one in rows)
    assert len(booked) == len(set(booked))
    assert not set(booked) & set(named)
    credited = sum(p.amount if p.credit == OWED else -p.amount for p in found.postings)
    assert credited == sum(one.amount for one in rows if one.alloc_id in booked)
    banked = [p for p in found.postings if BANK in (p.debit, p.credit)]
    got = sum(p.amount if p.debit == BANK else -p.amount for p in banked)
    assert got == sum(one.bank_amount for one in rows if one.alloc_id in booked)
    assert all(a.on <= b.on for a, b in pairwise(found.postings))
