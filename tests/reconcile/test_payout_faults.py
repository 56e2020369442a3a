"""Faults in payout reports: each is a refusal or a row named, and no payout is used in silence."""

import pytest

from finance.test_payouts import CHARGES, report
from reconcile.test_payout_reports import GOCARDLESS, MOLLIE, SUMUP
from sheetrecord.ledgers.banks.payout_reports import read_payouts
from sheetrecord.ledgers.banks.stripe import read_stripe
from sheetrecord.ledgers.detect import kind_of
from sheetrecord.model.errors import CannotRead

STRIPE = report(*CHARGES)
GC_ID = GOCARDLESS.replace("resources.type", "resources.id,resources.type").replace(
    ",payment,", ",PM-1,payment,"
)
"""With an id for each payment, all the same one here: only a whole row twice is a repeat."""


def lines(text):
    return text.rstrip("\n").split("\n")


def without(text, at):
    rows = lines(text)
    return "\n".join([*rows[:at], *rows[at + 1 :]]) + "\n"


def twice(text, at):
    rows = lines(text)
    return "\n".join([*rows[: at + 1], *rows[at:]]) + "\n"


def cut(text, at, cells):
    """One row breaks off after some cells."""
    rows = lines(text)
    rows[at] = ",".join(rows[at].split(",")[:cells])
    return "\n".join(rows) + "\n"


SPOILT = {
    "gocardless: a net of its own": (GOCARDLESS.replace("996.00", "997.00"), 2),
    "gocardless: a fee of its own": (GOCARDLESS.replace("-2.40", "-2.50"), 3),
    "gocardless: net above gross": (GOCARDLESS.replace("996.00", "1004.00"), 2),
    "gocardless: letters": (GOCARDLESS.replace("1000.00", "1OOO.00"), 2),
    "gocardless: decimal commas": (GOCARDLESS.replace("500.00", '"500,00"'), 3),
    "gocardless: three decimals": (GOCARDLESS.replace("500.00", "500.005"), 3),
    "gocardless: no gross": (GOCARDLESS.replace("500.00,-2.40", ",-2.40"), 3),
    "gocardless: neither amount": (GOCARDLESS.replace("500.00,-2.40,0.00,497.60", ",,,"), 3),
    "gocardless: another currency": (GOCARDLESS.replace("497.60,GBP", "497.60,EUR"), 3),
    "gocardless: no currency in a row": (GOCARDLESS.replace("497.60,GBP", "497.60,"), 3),
    "gocardless: a row twice": (twice(GC_ID, 2), 4),
    "mollie: letters": (MOLLIE.replace("GBP,500.00,0704", "GBP,5OO.00,0704"), 3),
    "mollie: another currency": (MOLLIE.replace("Beta,GBP", "Beta,EUR"), 3),
    "mollie: no amount": (MOLLIE.replace("Beta,GBP,500.00", "Beta,GBP,"), 3),
    "mollie: a row twice": (twice(MOLLIE, 1), 3),
    "sumup: a fee of its own": (SUMUP.replace("4.00,996.00", "5.00,996.00"), 2),
    "sumup: net above gross": (SUMUP.replace("4.00,996.00", "4.00,1004.00"), 2),
    "sumup: a row that is missing": (without(SUMUP, 1), 3),
    "sumup: a row too many": (SUMUP.replace("1493.60", "996.00"), 4),
    "sumup: a sum of letters": (SUMUP.replace("1493.60", "1.493.60"), 4),
    "sumup: a row twice": (twice(SUMUP, 1), 3),
    "sumup: the sum taken off": (SUMUP.replace("2.40,497.60", "-2.40,502.40"), 3),
    "stripe: a net of its own": (STRIPE.replace("970.70", "970.71"), 2),
    "stripe: net above gross": (STRIPE.replace("29.30,970.70", "-29.30,1029.30"), 2),
    "stripe: letters": (STRIPE.replace("300.00", "3OO.00"), 3),
    "stripe: no amount": (STRIPE.replace("300.00,9.00,291.00", ",,"), 3),
    "stripe: another currency": (STRIPE.replace("t2,2026-05-10 10:00:00,eur", "t2,,usd"), 3),
    "stripe: a row twice": (twice(STRIPE, 1), 3),
}
"""A report, and the row that is named; nothing of its payout is used."""


def read(case, text):
    reader = read_stripe if case.startswith("stripe") else read_payouts
    return reader(text.encode(), "p.csv")


@pytest.mark.parametrize("case", SPOILT)
def test_a_fault_is_named_and_its_payout_is_not_used(case):
    text, row = SPOILT[case]
    payouts, problems, counted = read(case, text)
    assert payouts == ()
    assert [p.where.row for p in problems] == [row]
    assert counted.apart + len(counted.left_out) == counted.rows
    assert any(one.doubtful for one in counted.left_out)


REPORTS = {"gocardless": GOCARDLESS, "mollie": MOLLIE, "sumup": SUMUP, "stripe": STRIPE}
CUTS = [(name, at, n) for name, text in REPORTS.items()
        for at, row in enumerate(lines(text)) if at
        for n in range(1, row.count(",") + 1)]  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_a_row_that_breaks_off_is_left_out_or_loses_no_money(name):
    """What is cut off a row is its payout's id, or an amount, or words; money never changes."""
    [whole], _, _ = read(name, REPORTS[name])
    for which, at, cells in CUTS:
        if which != name:
            continue
        payouts, problems, counted = read(name, cut(REPORTS[name], at, cells))
        same = [(p.net, [(x.gross, x.fee) for x in p.parts]) for p in payouts]
        told = bool(problems) or any(out.row == at + 1 for out in counted.left_out)
        assert told or same == [(whole.net, [(x.gross, x.fee) for x in whole.parts])], (at, cells)


REFUSED = {
    "gocardless: no net": GOCARDLESS.replace("net_amount", "nett"),
    "mollie: no reference": MOLLIE.replace("Settlement reference", "Settled"),
    "sumup: no fee": SUMUP.replace(",Fee,", ",Charge,"),
    "stripe: no net": STRIPE.replace(",net,", ",nett,"),
    "stripe: no currency": STRIPE.replace(",currency,", ",money,"),
    "sumup: no currency": SUMUP.replace(",Currency", ",Money"),
    "gocardless: empty": "",
    "stripe: a page": "<!doctype html><html>log in</html>",
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_report_without_a_column_that_counts_is_refused(case):
    with pytest.raises(CannotRead) as refused:
        read(case, REFUSED[case])
    assert refused.value.do


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_whose_key_is_renamed_is_no_payout_report(name):
    keys = ("payouts.id", "Settlement reference", "Payout ID", "automatic_payout_id")
    text = REPORTS[name]
    for key in keys:
        text = text.replace(key, "Zorgl")
    assert kind_of(text.encode(), "p.csv") == "csv"
