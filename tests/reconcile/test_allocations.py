"""Allocations conserve money on both sides, are never deleted, and can be taken back."""

import pytest

from reconcile.book import STAMP, day, inv, line, posted
from sheetrecord.core.reconcile.facts import CASH_KINDS, AllocationKind, FeeLine
from sheetrecord.core.reconcile.ledger.allocate import (
    Attribution,
    from_shares,
    in_force,
    net_credits,
    post,
    undo,
)
from sheetrecord.core.reconcile.ledger.invariants import needed, violations
from sheetrecord.core.reconcile.ledger.invoice_status import spread, standings
from sheetrecord.core.reconcile.matching.matcher import match
from sheetrecord.core.reconcile.matching.proposal import Share

BOOK = [
    inv("INV-0001", "Acme Ltd", "1 Jan", "1,000"),
    inv("INV-0002", "Acme Ltd", "1 Jan", "500"),
    inv("CN-0001", "Acme Ltd", "2 Jan", "-100"),
    inv("INV-0003", "Acme Ltd", "1 Jan", "50", void=True),
]
BANK = line("9 Jan", "1,400", "ACME LTD", "INV-0001 INV-0002 CN-0001")


def try_post(*shares, existing=(), bank=BANK, rate=""):
    given = [Share(n, a, k, a) for n, a, k in shares]
    return post(existing, from_shares(bank, given, STAMP, rate=rate), {bank.bank_id: bank}, BOOK)


REFUSED = [
    (
        "more than the line has",
        [("INV-0001", 100000, AllocationKind.CASH), ("INV-0002", 50000, AllocationKind.CASH)],
        "only 1,400.00 GBP left",
    ),
    (
        "more than is open",
        [("INV-0002", 50001, AllocationKind.CASH)],
        "only 500.00 GBP of INV-0002",
    ),
    ("an invoice that is not there", [("INV-9999", 100, AllocationKind.CASH)], "no such invoice"),
    ("a void invoice", [("INV-0003", 5000, AllocationKind.CASH)], "void"),
    (
        "a fee beyond what is open",
        [("INV-0002", 50000, AllocationKind.CASH), ("INV-0002", 1, AllocationKind.BANK_FEE)],
        "of INV-0002 is open",
    ),
]


@pytest.mark.parametrize(("shares", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_an_allocation_that_breaks_a_law_is_refused_with_its_group(shares, why):
    added, refused = try_post(*shares)
    assert added == []
    assert why in refused[0].why


def test_the_same_rows_twice_are_refused_the_second_time():
    first, _ = try_post(("INV-0001", 100000, AllocationKind.CASH))
    again, refused = try_post(("INV-0001", 100000, AllocationKind.CASH), existing=first)
    assert (again, len(refused)) == ([], 1)


def test_a_refusal_names_what_has_the_money_so_that_it_can_be_taken_back():
    first, _ = try_post(("INV-0001", 100000, AllocationKind.CASH))
    other = line("20 Jan", "1,000", "ACME LTD", "FEES")
    rows = from_shares(other, [Share("INV-0001", 100000, AllocationKind.CASH, 100000)], STAMP)
    _, refused = post(first, rows, {x.bank_id: x for x in (BANK, other)}, BOOK)
    assert f"{first[0].alloc_id} of 2026-01-09 has it (person)" in refused[0].why


def test_a_credit_note_inside_a_payment_becomes_credit_rows_that_add_up_to_zero():
    rows, _ = posted(BOOK, [BANK])
    kinds = {(r.invoice_no, r.kind.value): r.amount for r in rows}
    assert kinds == {
        ("INV-0001", "cash"): 90000,
        ("INV-0002", "cash"): 50000,
        ("INV-0001", "credit"): 10000,
        ("CN-0001", "credit"): -10000,
    }
    assert sum(r.bank_amount for r in rows) == BANK.amount
    assert not violations(rows, [BANK], BOOK)
    now = standings(BOOK, rows, day("1 Feb"))
    assert {k: (s.credited, s.outstanding) for k, s in now.items()} == {
        "INV-0001": (10000, 0),
        "INV-0002": (0, 0),
        "CN-0001": (-10000, 0),
        "INV-0003": (0, 0),
    }
    assert net_credits((Share("CN-0001", -10000),)) == (Share("CN-0001", -10000),)


def test_money_back_goes_out_of_what_is_held_first_and_frees_nothing_of_the_invoice():
    paid, _ = try_post(
        ("INV-0002", 50000, AllocationKind.CASH),
        ("INV-0002", 90000, AllocationKind.OVERPAYMENT_HELD),
    )
    back = line("20 Jan", "-900", "ACME LTD", "REFUND")
    by = {x.bank_id: x for x in (BANK, back)}

    def refund(amount):
        shares = [Share("INV-0002", -amount, AllocationKind.REFUND, -amount)]
        return post(paid, from_shares(back, shares, STAMP), by, BOOK)

    more, refused = refund(90000)
    assert refused == []
    again = line("21 Jan", "400", "ACME LTD", "INV-0002")
    cash = from_shares(again, [Share("INV-0002", 40000, AllocationKind.CASH, 40000)], STAMP)
    _, refused = post([*paid, *more], cash, by | {again.bank_id: again}, BOOK)
    assert "nothing of INV-0002 is open" in refused[0].why
    assert standings(BOOK, [*paid, *more], day("1 Feb"))["INV-0002"].pay_status == "paid"


def test_undo_takes_back_all_rows_of_a_posting_and_deletes_none():
    rows, _ = posted(BOOK, [BANK])
    back = undo(rows, rows[0].alloc_id, Attribution("ben", "2026-06-02T09:00:00"), "wrong")
    everything = [*rows, *back]
    assert len(back) == len(rows)
    assert in_force(everything) == []
    assert standings(BOOK, everything, day("1 Feb")) == standings(BOOK, [], day("1 Feb"))
    with pytest.raises(ValueError, match="already"):
        undo(everything, rows[0].alloc_id, STAMP, "again")
    with pytest.raises(KeyError):
        undo(everything, "A-nothing", STAMP, "")
    again = match(BOOK, [BANK], (), everything).proposals[0]
    assert again == match(BOOK, [BANK]).proposals[0]
    reposted, refused = post(everything, rows, {BANK.bank_id: BANK}, BOOK)
    assert (refused, len({r.alloc_id for r in [*everything, *reposted]})) == ([], 12)


def test_of_several_rows_that_rest_on_what_is_taken_back_the_first_invoice_is_named():
    book = [inv(f"INV-{n}", "Acme Ltd", "1 Jan", "100") for n in range(9)]
    bank = [line("9 Jan", "900", "ACME LTD"), line("12 Jan", "-900", "ACME LTD", "RETURNED")]
    rows = []
    for each, amount in zip(bank, (10000, -10000), strict=True):
        shares = [Share(i.number, amount, AllocationKind.CASH, amount) for i in reversed(book)]
        taken, _ = post(rows, from_shares(each, shares, STAMP), {x.bank_id: x for x in bank}, book)
        rows += taken
    back = undo(rows, rows[0].alloc_id, Attribution("ana", "2026-06-02"), "slip")
    assert needed(rows, back, book) == rows[9]
    assert rows[9].invoice_no == "INV-8"


def test_what_is_posted_is_not_proposed_again():
    rows, _ = posted(BOOK, [BANK])
    assert match(BOOK, [BANK], (), rows).proposals == ()


STATUS = [
    ("nothing paid, not due", [], "20 Jan", "invoiced", 100000, "not_due"),
    ("nothing paid, late", [], "1 Mar", "overdue", 100000, "1-30"),
    ("part paid", [("cash", 40000)], "20 Jan", "part_paid", 60000, "not_due"),
    ("part paid, very late", [("cash", 40000)], "30 Jun", "part_paid_overdue", 60000, "90+"),
    ("paid", [("cash", 100000)], "30 Jun", "paid", 0, ""),
    ("paid less a fee", [("cash", 98500), ("bank_fee", 1500)], "30 Jun", "paid", 0, ""),
    ("withheld", [("cash", 90000), ("wht", 10000)], "30 Jun", "paid", 0, ""),
    ("written off in part", [("cash", 90000), ("write_off", 10000)], "30 Jun", "paid", 0, ""),
    ("written off", [("write_off", 100000)], "30 Jun", "written_off", 0, ""),
    ("kept back", [("cash", 95000), ("retention", 5000)], "30 Jun", "retained", 0, ""),
    (
        "overpaid",
        [("cash", 100000), ("overpayment_held", 500)],
        "30 Jun",
        "overpaid",
        -500,
        "",
    ),
    ("credited", [("credit", 100000)], "30 Jun", "credited", 0, ""),
]


@pytest.mark.parametrize(
    ("moves", "on", "status", "open_", "ageing"),
    [s[1:] for s in STATUS],
    ids=[s[0] for s in STATUS],
)
def test_status_outstanding_and_ageing_are_derived(moves, on, status, open_, ageing):
    bank = line("9 Jan", "2,000", "ACME LTD")
    shares = [Share("INV-0001", amount, AllocationKind(kind), amount) for kind, amount in moves]
    rows = from_shares(bank, shares, STAMP)
    s = standings(BOOK[:1], rows, day(on))["INV-0001"]
    assert (s.pay_status, s.outstanding, s.ageing) == (status, open_, ageing)


def test_an_amount_is_spread_over_fee_lines_to_the_last_cent():
    lines = [
        FeeLine("F1", "I", 3333, "GBP"),
        FeeLine("F2", "I", 3333, "GBP"),
        FeeLine("F3", "I", 3334, "GBP"),
        FeeLine("F4", "I", 1000, "GBP", fee_type="retention_release"),
        FeeLine("F5", "I", 500, "GBP", disputed=True),
    ]
    assert sum(spread(lines, 5000).values()) == 5000
    assert spread(lines, 10500)["F5"] == 0
    assert spread(lines, 11000) == {"F1": 3333, "F2": 3333, "F3": 3334, "F4": 1000, "F5": 0}
    assert spread([*lines[:3], FeeLine("F6", "I", -500, "GBP")], 9500)["F6"] == -500


@pytest.mark.parametrize("kind", [k for k in AllocationKind if k not in CASH_KINDS])
def test_what_is_no_cash_uses_none_of_the_banks_money(kind):
    bank = line("9 Jan", "1,000", "ACME LTD", "INV-0001")
    shares = [
        Share("INV-0001", 99000, AllocationKind.CASH, 99000),
        Share("INV-0001", 1000, kind, 1000),
    ]
    rows = from_shares(bank, shares, STAMP)
    assert [(row.kind, row.amount, row.bank_amount) for row in rows] == [
        (AllocationKind.CASH, 99000, 99000),
        (kind, 1000, 0),
    ]
