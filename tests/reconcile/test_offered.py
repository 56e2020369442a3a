"""What is offered where nothing is certain, and in which words."""

from reconcile.book import inv, line
from sheetrecord.core.reconcile.matching.explain import came, sentence
from sheetrecord.core.reconcile.matching.matcher import match
from sheetrecord.ledgers.invoices.generic import read_invoices


def test_an_open_invoice_of_the_amount_is_offered_whatever_its_day():
    book = [
        inv("INV-1", "ACME", "1 Mar", "1,428"),
        inv("INV-2", "BETA", "20 May", "1,428"),
        inv("INV-3", "GAMMA", "21 May", "1,428"),
    ]
    found = match(book, [line("27 Apr", "1,428", "UNBEKANNT", "Zahlung")]).proposals[0]
    offered = [s.invoice_no for s in found.shares]
    offered += [share.invoice_no for option in found.options for share in option.shares]
    assert "INV-1" in offered
    assert set(offered) >= {"INV-1", "INV-2", "INV-3"}
    assert "fits no open invoice" not in sentence(line("27 Apr", "1,428", "UNBEKANNT"), found)


def test_nothing_is_said_of_a_payer_who_is_not_named():
    book = [inv("INV-0142", "ACME", "1 Mar", "1,428")]
    (found,) = match(book, [line("27 Apr", "1,428", "", "INV-0142")]).proposals
    assert "''" not in found.evidence
    nobody = line("27 Apr", "7", " ", " ")
    assert " from an unknown payer on 27 Apr" in came(nobody)


def test_what_stripe_has_left_of_an_invoice_is_its_remaining_amount():
    text = (
        "id,Number,Customer,Date (UTC),Total,Amount Due,Amount Paid,Amount Remaining,Currency\n"
        "in_1,INV-1,ACME,2026-05-01,100.00,100.00,40.00,60.00,eur\n"
    )
    (found,) = read_invoices(text.encode(), "stripe.csv").invoices
    assert (found.number, found.total, found.paid, found.open) == ("INV-1", 10000, 4000, 6000)
