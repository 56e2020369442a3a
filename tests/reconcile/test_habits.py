"""A payer nobody knows is asked about as the client that its amounts were invoiced to."""

from itertools import permutations

import pytest

from reconcile.book import STAMP, clients, inv, line, posted
from sheetrecord.core.reconcile.ledger.allocate import from_proposal
from sheetrecord.core.reconcile.matching.matcher import match

WHO = clients("Lantern Farms Ltd", "Parkhurst Consulting Ltd", "Quill Press Ltd")
BOOK = [
    inv("INV-0001", "Lantern Farms Ltd", "1 Jan", "1,200"),
    inv("INV-0002", "Lantern Farms Ltd", "1 Feb", "1,200"),
    inv("INV-0003", "Lantern Farms Ltd", "1 Mar", "5,760"),
    inv("INV-0004", "Parkhurst Consulting Ltd", "1 Jan", "1,200"),
    inv("INV-0005", "Quill Press Ltd", "1 Jan", "5,760"),
    inv("INV-0006", "Lantern Farms Ltd", "2 Mar", "900"),
]
PAID = [
    line("20 Jan", "1,200", "AURORA PAYMENTS CENTRE", "FEES"),
    line("20 Feb", "1,200", "AURORA PAYMENTS CENTRE", ""),
    line("20 Mar", "5,760", "AURORA PAYMENTS CENTRE", "BACS"),
]


def settled(lines, book=BOOK):
    verdict = match(book, lines, WHO)
    by = {x.bank_id: x for x in lines}
    return {
        f"{by[p.bank_id].booked:%d %b}": (p.tier.value, [s.invoice_no for s in p.shares])
        for p in verdict.proposals
    }


def test_what_most_amounts_of_a_payer_point_to_is_a_question():
    assert settled(PAID) == {
        "20 Jan": ("choose", ["INV-0001"]),
        "20 Feb": ("choose", ["INV-0002"]),
        "20 Mar": ("choose", ["INV-0003"]),
    }
    evidence = match(BOOK, PAID, WHO).proposals[0].evidence
    assert "3 of 3 payments of this payer are amounts of Lantern Farms Ltd" in evidence


@pytest.mark.parametrize(
    ("lines", "book"),
    [
        (PAID[:2], BOOK),
        ([*PAID[:2], line("20 Mar", "999", "AURORA PAYMENTS CENTRE", "")], BOOK),
        (PAID, [
            BOOK[0], inv("INV-0008", "Parkhurst Consulting Ltd", "1 Feb", "1,200"), BOOK[4],
            inv("INV-0009", "Parkhurst Consulting Ltd", "2 Mar", "5,760"),
        ]),
        ([x._replace(payer=f"STRANGER {n}") for n, x in enumerate(PAID, 1)], BOOK),
    ],
    ids=["two payments", "two amounts of three", "a payer for everybody", "three payers"],
)  # fmt: skip
def test_what_points_to_nobody_stays_unmatched(lines, book):
    assert all(not shares for _, shares in settled(lines, book).values())


def test_nothing_of_it_is_posted_and_what_a_person_accepts_is_likely_next_time():
    rows, verdict = posted(BOOK, PAID, WHO)
    assert rows == []
    by = {x.bank_id: x for x in PAID}
    accepted = [r for p in verdict.proposals for r in from_proposal(by[p.bank_id], p, STAMP)]
    later = line("30 Mar", "900", "AURORA PAYMENTS CENTRE", "")
    p = match(BOOK, [*PAID, later], WHO, accepted).proposals[-1]
    assert (p.tier.value, [s.invoice_no for s in p.shares]) == ("likely", ["INV-0006"])


def test_the_order_of_lines_does_not_matter():
    found = [settled(list(lines)) for lines in permutations(PAID)]
    assert all(one == found[0] for one in found)
