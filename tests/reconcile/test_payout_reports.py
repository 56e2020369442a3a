"""Payout reports of payment services: gross, fee and net agree, and every row is accounted for."""

import datetime as dt

import pytest

from reconcile.book import inv, line
from sheetrecord.core.reconcile.input.payouts import explode
from sheetrecord.core.reconcile.matching.matcher import match
from sheetrecord.ledgers.banks.payout_reports import read_payouts
from sheetrecord.ledgers.detect import kind_of, read_bank
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import CannotRead

GOCARDLESS = """\
customers.company_name,resources.type,resources.description,resources.reference,gross_amount,\
gocardless_fees,app_fees,net_amount,currency,payouts.id,payouts.arrival_date
Acme Ltd,payment,Retainer May,INV-0101,1000.00,-4.00,0.00,996.00,GBP,PO-1,2026-05-12
Beta Ltd,payment,INV-0102,,500.00,-2.40,0.00,497.60,GBP,PO-1,2026-05-12
Beta Ltd,payment,INV-0103,,10.00,-0.20,0.00,9.80,GBP,,
"""
MOLLIE = """\
Date,Payment method,Currency,Amount,Status,ID,Description,Consumer name,Settlement currency,\
Settlement amount,Settlement reference
2026-05-10,iDEAL,GBP,1000.00,paid,tr_1,INV-0101,Acme,GBP,1000.00,07049691.2605.01
2026-05-11,iDEAL,GBP,500.00,paid,tr_2,INV-0102,Beta,GBP,500.00,07049691.2605.01
2026-05-11,,GBP,-6.40,,fee,Withheld transaction fees,,GBP,-6.40,07049691.2605.01
"""
SUMUP = """\
Date,Transaction ID,Transaction type,Description,Currency,Total,Fee,Payout,Payout ID
2026-05-10,T1,Sale,INV-0101,GBP,1000.00,4.00,996.00,98765
2026-05-11,T2,Sale,INV-0102,GBP,500.00,2.40,497.60,98765
2026-05-12,,Payout,,GBP,,,1493.60,98765
"""
REPORTS = {"gocardless": GOCARDLESS, "mollie": MOLLIE, "sumup": SUMUP}
BOOK = [
    inv("INV-0101", "Acme Ltd", "1 May", "1,000"),
    inv("INV-0102", "Beta Ltd", "2 May", "500"),
]


def told(counted, *payouts):
    """Every row is a part of a payout, left out, or a heading or sum."""
    return counted.apart + len(counted.left_out) + sum(len(p.parts) for p in payouts)


@pytest.mark.parametrize("name", REPORTS)
def test_a_payout_pays_its_invoices_whole_and_its_fees_are_split_off(name):
    data = REPORTS[name].encode()
    assert kind_of(data, f"{name}.csv") == "payouts"
    (payout,), problems, counted = read_payouts(data, f"{name}.csv")
    assert (payout.net, payout.currency, problems) == (149360, "GBP", ())
    assert sum(part.fee for part in payout.parts) == 640
    assert told(counted, payout) == counted.rows
    bank = line("13 May", "1,493.60", f"{name.upper()} PAYMENTS", payout.payout_id)
    (found,) = match(BOOK, explode([bank], [payout])).proposals
    assert (found.rule, found.tier) == ("R10-own-list", "certain")
    paid: dict[tuple[str, str], int] = {}
    for share in found.shares:
        key = (share.invoice_no, share.kind.value)
        paid[key] = paid.get(key, 0) + share.amount
    assert paid["INV-0101", "cash"] + paid["INV-0101", "bank_fee"] == 100000
    assert paid["INV-0102", "cash"] + paid["INV-0102", "bank_fee"] == 50000
    assert sum(amount for (_, kind), amount in paid.items() if kind == "cash") == 149360


def test_the_day_and_what_waits_are_said():
    (payout,), _, counted = read_payouts(GOCARDLESS.encode(), "gc.csv")
    assert payout.on == dt.date(2026, 5, 12)
    assert [(one.row, one.doubtful) for one in counted.left_out] == [(4, False)]
    assert (counted.rows, counted.apart) == (4, 1)


BROKEN = [
    ("a net of its own", GOCARDLESS.replace("996.00", "997.00"), 2),
    ("a fee that is not there", SUMUP.replace("4.00,996.00", "5.00,996.00"), 2),
    ("letters", MOLLIE.replace("GBP,500.00,0704", "GBP,5OO.00,0704"), 3),
]


@pytest.mark.parametrize(("text", "row"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_row_that_does_not_add_up_spoils_its_payout_and_is_said(text, row):
    payouts, problems, counted = read_payouts(text.encode(), "p.csv")
    assert (payouts, [p.where.row for p in problems]) == ((), [row])
    assert sum(one.doubtful for one in counted.left_out) >= 2
    assert told(counted) == counted.rows


def test_a_refund_inside_is_a_part_and_no_fee():
    text = (
        MOLLIE
        + "2026-05-12,iDEAL,GBP,-100.00,refunded,re_1,INV-0101,Acme,GBP,-100.00,07049691.2605.01\n"
    )
    (payout,), _, _ = read_payouts(text.encode(), "m.csv")
    assert [(p.gross, p.fee) for p in payout.parts][-2:] == [(0, 640), (-10000, 0)]


def test_a_report_without_a_currency_is_refused():
    text = SUMUP.replace(",Currency", "").replace(",GBP", "")
    with pytest.raises(CannotRead, match="names no currency"):
        read_payouts(text.encode(), "s.csv")


PAYPAL = b"""\
Date,Name,Status,Currency,Gross,Fee,Net,Transaction ID,Invoice Number,Balance
13/05/2026,Acme Ltd,Completed,GBP,1000.00,-29.30,970.70,T1,INV-0101,970.70
15/05/2026,Beta Ltd,Completed,GBP,500.00,-15.00,485.00,T2,INV-0102,1455.70
16/05/2026,Bank Account,Completed,GBP,-1455.70,0.00,-1455.70,T3,,0.00
"""


def test_a_balance_account_with_gross_fee_and_net_pays_invoices_whole():
    lines = read_bank(PAYPAL, "paypal.csv", Profile(date_order="dmy")).reading.lines
    lines = [x._replace(bank_id=f"L{n}") for n, x in enumerate(lines)]
    found = [p for p in match(BOOK, lines).proposals if p.shares]
    assert [(p.rule, p.tier) for p in found] == [("R18-quoted-charges", "certain")] * 2
    paid = [(s.invoice_no, s.kind.value, s.amount, s.bank_amount) for s in found[0].shares]
    assert paid == [("INV-0101", "cash", 97070, 97070), ("INV-0101", "bank_fee", 2930, 0)]


CHARGED = [
    ("a stranger", line("9 May", "970", "OMNIA", "INV-0101", charges=3000), "R14"),
    ("another client", line("9 May", "970", "BETA LTD", "INV-0101", charges=3000), "R60"),
    ("charges that are not it", line("9 May", "970", "ACME LTD", "INV-0101", charges=2000), "R14"),
    ("digits alone", line("9 May", "970", "", "paid 101 today", charges=3000), "R60"),
]


@pytest.mark.parametrize(("bank", "rule"), [c[1:] for c in CHARGED], ids=[c[0] for c in CHARGED])
def test_stated_charges_are_split_off_only_where_the_quote_would_be_certain(bank, rule):
    (found,) = match(BOOK, [bank]).proposals
    assert found.rule[:3] == rule
