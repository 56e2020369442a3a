"""A card processor's payouts through the command line: what is inside them is read, not guessed."""

import pytest

from finance.books import Shown, answer, bank_csv, digest, firm

HEAD = (
    "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,"
    "automatic_payout_id,automatic_payout_effective_at_utc,invoice_number,description"
)
AT = "2026-05-10 10:00:00,eur"
IN_PAYOUT = "po_1,2026-05-12 00:00:00"
CHARGES = (
    f"t1,{AT},1000.00,29.30,970.70,charge,{IN_PAYOUT},INV-0101,",
    f"t2,{AT},300.00,9.00,291.00,charge,{IN_PAYOUT},,Northwind for INV-0103",
    f"t3,{AT},-2.00,0.00,-2.00,fee,{IN_PAYOUT},,Radar",
)
LINE = ("2026-05-13", "STRIPE PAYMENTS", "STRIPE", "1259.70")


def report(*rows):
    return "\n".join([HEAD, *rows]) + "\n"


@pytest.fixture
def book(tmp_path):
    (tmp_path / "firm.xlsx").write_bytes(firm())
    (tmp_path / "may.csv").write_bytes(bank_csv(LINE))
    (tmp_path / "stripe.csv").write_text(report(*CHARGES))
    return tmp_path / "firm.xlsx"


def settled(path):
    return {
        number: (lines[0]["Received"], lines[0]["Settled otherwise"], lines[0]["Outstanding"])
        for number, lines in Shown(path).fees().items()
        if number in ("INV-0101", "INV-0103")
    }


WAYS = [
    ("both files at once", [("may.csv", "stripe.csv")]),
    ("the other way round", [("stripe.csv", "may.csv")]),
    ("the payouts a day later", [("may.csv",), ("stripe.csv",)]),
]


@pytest.mark.parametrize("runs", [w[1] for w in WAYS], ids=[w[0] for w in WAYS])
def test_a_payout_pays_its_invoices_whole_and_its_fees_are_bank_fees(book, run, runs):
    for files in runs:
        banks = [word for name in files for word in ("--bank", name)]
        assert run("reconcile", "firm.xlsx", *banks, "--apply").code in (0, 1)
    if len(runs) == 2:  # asked before the payouts were known: then it takes a person's word
        assert Shown(book).rows("Allocations") == []
        answer(book, {"STRIPE": {"decision": "A"}})
        run("reconcile", "firm.xlsx", "--apply")
    rows = Shown(book).rows("Allocations")
    paid = [(r["invoice_no"], r["kind"], r["amount"]) for r in rows]
    assert sum(amount for _, kind, amount in paid if kind == "cash") == pytest.approx(1259.70)
    assert sum(amount for _, kind, amount in paid if kind == "bank_fee") == pytest.approx(40.30)
    assert {n: sum(a for x, _, a in paid if x == n) for n, _, _ in paid} == {
        "INV-0101": pytest.approx(1000),
        "INV-0103": pytest.approx(300),
    }
    before = digest(book)
    run("reconcile", "firm.xlsx", "--bank", "stripe.csv", "--bank", "may.csv", "--apply")
    assert digest(book) == before


def test_a_refund_inside_of_an_unknown_payment_asks_and_can_be_answered(book, run, tmp_path):
    odd = f"t4,{AT},-50.00,0.00,-50.00,refund,{IN_PAYOUT},,a webshop"
    (tmp_path / "stripe.csv").write_text(report(*CHARGES, odd))
    (tmp_path / "may.csv").write_bytes(bank_csv((*LINE[:3], "1209.70")))
    words = ("--bank", "stripe.csv", "--bank", "may.csv", "--apply")
    assert run("reconcile", "firm.xlsx", *words).code == 1
    (question,) = Shown(book).rows("Review")
    assert question["ask"] == "choose"
    typed = "INV-0101 970.70; INV-0101 29.30 bank_fee; INV-0103 239.00"
    answer(book, {"STRIPE": {"other_invoices": typed}})
    ran = run("reconcile", "firm.xlsx", "--apply")
    assert "1 answer taken" in ran.out, ran.out
    assert Shown(book).rows("Review") == []


def test_a_payout_without_its_bank_line_is_said_and_not_kept(book, run):
    before = digest(book)
    ran = run("reconcile", "firm.xlsx", "--bank", "stripe.csv", "--apply")
    assert "Payout po_1 of 1,259.70 EUR is in no bank line yet" in ran.out
    assert digest(book) == before


def test_a_payout_that_took_money_back_opens_its_invoice_again(book, run, tmp_path):
    run("reconcile", "firm.xlsx", "--bank", "stripe.csv", "--bank", "may.csv", "--apply")
    back = "po_2,2026-05-20 00:00:00"
    (tmp_path / "june.csv").write_text(
        report(f"t9,{AT},-1000.00,0.00,-1000.00,refund,{back},INV-0101,")
    )
    (tmp_path / "out.csv").write_bytes(
        bank_csv(("2026-05-21", "STRIPE PAYMENTS", "STRIPE", "-1000.00"))
    )
    run("reconcile", "firm.xlsx", "--bank", "june.csv", "--bank", "out.csv", "--apply")
    assert settled(book)["INV-0101"][0] == pytest.approx(-30.83, abs=0.02)
