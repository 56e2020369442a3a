"""Edge cases 1 to 18: who pays what, in which combination."""

import datetime as dt

import pytest

from reconcile.book import clients, day, inv, line, minor, one, run
from sheetrecord.core.reconcile.facts import PayingClient, PaymentPart
from sheetrecord.core.reconcile.input.line_ids import identify, merge
from sheetrecord.core.reconcile.input.payouts import Payout, explode
from sheetrecord.core.reconcile.matching.matcher import match

RETAINER = [
    inv("INV-0101", "Acme Ltd", "1 Jan", "1,200"),
    inv("INV-0102", "Acme Ltd", "1 Feb", "1,200"),
    inv("INV-0103", "Acme Ltd", "1 Mar", "1,200"),
]


def test_01_a_retainer_without_reference_is_paid_oldest_first_and_called_interchangeable():
    lines = [
        line("3 Mar", "1,200", "ACME LTD", "FEES"),
        line("5 Apr", "1,200", "ACME LTD", "THANKS"),
    ]
    assert run(RETAINER, lines) == {
        "FEES": ("R23", "likely", {"INV-0101": 1200}),
        "THANKS": ("R23", "likely", {"INV-0102": 1200}),
    }
    assert one(RETAINER, lines[0]).interchangeable


def test_02_two_clients_with_one_amount_on_one_day_each_get_their_own():
    book = [inv("INV-1", "Acme Ltd", "1 Jan", "500"), inv("INV-2", "Zephyr Foods", "1 Jan", "500")]
    lines = [line("9 Jan", "500", "ZEPHYR FOODS", "a"), line("9 Jan", "500", "ACME LIMITED", "b")]
    assert run(book, lines) == {
        "a": ("R22", "likely", {"INV-2": 500}),
        "b": ("R22", "likely", {"INV-1": 500}),
    }


def test_03_an_invoice_paid_twice_is_held_not_put_on_next_months_retainer():
    lines = [
        line("3 Feb", "1,200", "ACME LTD", "INV-0101"),
        line("17 Feb", "1,200", "ACME LTD", "inv 101"),
    ]
    found = run(RETAINER, lines)
    assert found["INV-0101"] == ("R11", "certain", {"INV-0101": 1200})
    assert found["inv 101"] == ("R40", "choose", {})
    p = match(RETAINER, lines).of(lines[1].bank_id)
    assert p.ask == "duplicate-payment"
    assert [s.kind.value for s in p.options[0].shares] == ["overpayment_held"]


def test_04_a_second_equal_payment_is_the_next_retainer_when_that_one_is_open():
    lines = [
        line("3 Feb", "1,200", "ACME LTD", "INV-0101"),
        line("3 Mar", "1,200", "ACME LTD", "FEES"),
    ]
    assert run(RETAINER, lines)["FEES"] == ("R23", "likely", {"INV-0102": 1200})
    assert run(RETAINER[:1], lines)["FEES"] == ("R41", "choose", {})


def test_05_two_equal_rows_of_a_day_are_two_payments_unless_they_carry_one_id():
    row = line("3 Feb", "1,200", "ACME LTD", "FEES", bank_id="x")._replace(bank_id="")
    assert len({x.bank_id for x in identify([row, row])}) == 2
    assert len(identify([row._replace(ref="T1"), row._replace(ref="T1")])) == 1
    assert len(identify([row._replace(balance=500), row._replace(balance=500)])) == 1
    assert len(identify([row._replace(balance=500), row._replace(balance=900)])) == 2


def raw(*args, **more):
    return line(*args, **more)._replace(bank_id="")


def test_06_overlapping_files_add_nothing_twice_and_a_changed_text_is_a_question():
    a, b, c = (
        raw("1 Feb", "10", "A", "x"),
        raw("2 Feb", "20", "B", "y"),
        raw("3 Feb", "30", "C", "z"),
    )
    first = merge((), [a, b])
    again = merge(first.lines, [b, c])
    assert (again.known, len(again.added), len(again.lines)) == (1, 1, 3)
    reprinted = merge(first.lines, [a, b._replace(text="y REF 77")])
    assert [s.text for s in reprinted.suspects] == ["y REF 77"]
    book = [inv("INV-1", "B", "1 Jan", "20")]
    assert one(book, reprinted.suspects[0]).ask == "duplicate-import"
    other = merge(first.lines, [a, b, raw("2 Feb", "20", "NEW PAYER", "else")])
    assert not other.suspects


def test_06_the_same_payment_in_a_format_that_has_bank_ids_is_a_question():
    plain = [line("4 May", "100", "ACME LTD", "INV-0001"), line("4 May", "100", "BOLT", "X")]
    told = [x._replace(bank_id="", ref=f"R{n}") for n, x in enumerate(plain)]
    stored = merge([], [x._replace(bank_id="") for x in plain]).lines
    again = merge(stored, told)
    assert [bool(x.suspect) for x in again.added] == [True, True]
    assert merge(again.lines, told).added == ()
    other = [x._replace(payer="SOMEBODY", text="ELSE ENTIRELY", ref="R9") for x in told[:1]]
    assert [x.suspect for x in merge(stored, other).added] == [""]


def test_07_a_pending_line_booked_later_with_another_text_is_one_payment():
    from sheetrecord.ledgers.banks.bank_csv import read_bank_csv
    from sheetrecord.ledgers.profile import Profile

    head = b"Date,Description,Amount,Status\n"
    first = read_bank_csv(head + b"30/01/2026,ACME,10.00,Pending\n", "a", Profile(currency="GBP"))
    later = read_bank_csv(
        head + b"31/01/2026,ACME LTD,10.50,Completed\n", "b", Profile(currency="GBP")
    )
    stored = merge((), first.reading.lines).lines
    assert [x.amount for x in merge(stored, later.reading.lines).lines] == [1050]


PROJECT = [
    inv("INV-0101", "Acme Ltd", "1 Jan", "700"),
    inv("INV-0102", "Acme Ltd", "2 Jan", "300"),
    inv("INV-0103", "Acme Ltd", "3 Jan", "450"),
    inv("INV-0104", "Acme Ltd", "4 Jan", "1,110"),
]


def test_08_one_payment_for_several_invoices_that_quotes_the_first_only():
    p = one(PROJECT, line("9 Feb", "1,450", "ACME LTD", "INV-0101"))
    assert (p.rule[:3], p.tier, p.invoices) == (
        "R13",
        "certain",
        {"INV-0101", "INV-0102", "INV-0103"},
    )


LISTS = [
    ("INV 101-104", "2,560", "101 102 103 104"),
    ("101/102 & 104", "2,110", "101 102 104"),
    ("INV101,102", "1,000", "101 102"),
    ("INV-01\n01", "700", "101"),
    ("INV-0101/02", "1,000", "101 102"),
]


@pytest.mark.parametrize(("text", "amount", "numbers"), LISTS, ids=[x[0] for x in LISTS])
def test_09_ranges_lists_and_wrapped_numbers(text, amount, numbers):
    p = one(PROJECT, line("9 Feb", amount, "ACME LTD", text))
    assert (p.tier, p.invoices) == ("certain", {f"INV-0{n}" for n in numbers.split()})


def test_10_a_combined_payment_less_a_credit_note():
    book = [*PROJECT, inv("CN-0001", "Acme Ltd", "5 Jan", "-100")]
    quoted = one(book, line("9 Feb", "900", "ACME LTD", "INV-0101 INV-0102 CN-0001"))
    assert (quoted.tier, sum(s.amount for s in quoted.shares)) == ("certain", minor("900"))
    silent = one(book, line("9 Feb", "900", "ACME LTD", "INV-0101 INV-0102"))
    assert (silent.rule[:3], silent.tier, "CN-0001" in silent.invoices) == ("R13", "likely", True)


def test_11_a_combined_payment_with_one_invoice_paid_in_part():
    p = one(PROJECT, line("9 Feb", "850", "ACME LTD", "INV-0101 INV-0102"))
    assert (p.tier, p.ask) == ("choose", "short-reason-needed")
    assert {s.invoice_no: s.amount for s in p.shares} == {"INV-0101": 70000, "INV-0102": 15000}


def test_12_a_payment_across_two_deals_but_never_across_two_currencies():
    book = [
        inv("INV-1", "Acme Ltd", "1 Jan", "100", deal_id="D-1"),
        inv("INV-2", "Acme Ltd", "1 Jan", "200", deal_id="D-2"),
        inv("INV-3", "Acme Ltd", "1 Jan", "300", "EUR"),
    ]
    assert one(book, line("9 Jan", "300", "ACME LTD", "")).invoices == {"INV-1", "INV-2"}
    assert one(book, line("9 Jan", "600", "ACME LTD", "INV-1 INV-2 INV-3")).tier != "certain"


def test_13_a_parent_pays_for_subsidiaries_and_a_service_for_everyone():
    book = [
        inv("INV-0101", "Acme Ltd", "1 Jan", "700"),
        inv("INV-0102", "Zephyr Foods", "1 Jan", "900"),
    ]
    for_both = line("9 Jan", "1,600", "OMNIA GROUP", "INV-0101 INV-0102")
    by_parent = one(book, for_both)
    assert (by_parent.rule[:3], by_parent.tier) == ("R12", "choose")
    both = [
        PayingClient(name, name, aliases=("Omnia Group",)) for name in ("Acme Ltd", "Zephyr Foods")
    ]
    known = one(book, for_both, both)
    assert (known.rule[:3], known.tier) == ("R11", "certain")
    who = [both[0], *clients("Zephyr Foods")]
    assert one(book, line("9 Jan", "700", "OMNIA GROUP", "FEES"), who).invoices == {"INV-0101"}
    service = one(book, line("9 Jan", "700", "TIPALTI", "FEES"))
    assert (service.rule[:3], service.tier) == ("R36", "choose")


@pytest.mark.parametrize(
    ("client", "payer"),
    [
        ("Jan Łukasz Żółć", "JAN LUKASZ ZOLC"),
        ("Ærø Straßenbau", "AERO STRASSENBAU"),
        ("Газпром", "GAZPROM"),
        ("Maria Papadopoulou", "Μαρία Παπαδοπούλου"),
    ],
)
def test_14_persons_and_names_in_other_scripts(client, payer):
    assert one([inv("INV-1", client, "1 Jan", "77")], line("9 Jan", "77", payer)).invoices == {
        "INV-1"
    }


def test_15_two_clients_that_differ_only_by_legal_suffix():
    book = [inv("INV-1", "Acme Ltd", "1 Jan", "500"), inv("INV-2", "Acme GmbH", "1 Jan", "500")]
    assert one(book, line("9 Jan", "500", "ACME GMBH")).invoices == {"INV-2"}
    unsure = one(book, line("9 Jan", "500", "ACME"))
    assert (unsure.tier, len(unsure.options)) == ("choose", 1)


def test_16_a_client_renamed_mid_year_keeps_its_matches_by_number():
    text = line("9 Jan", "500", "OLD NAME LTD", "INV-0001")
    before = one([inv("INV-0001", "Old Name Ltd", "1 Jan", "500")], text)
    after = one([inv("INV-0001", "Brand New GmbH", "1 Jan", "500")], text)
    assert before.invoices == after.invoices
    assert (before.tier, after.tier) == ("certain", "choose")


def test_16_two_clients_merged_mid_year_are_found_by_number_and_by_the_old_name():
    book = [
        inv("INV-0001", "Merged Holding", "1 Jan", "500"),
        inv("INV-0002", "Merged Holding", "1 Jan", "800"),
    ]
    who = [
        PayingClient("Merged Holding", "Merged Holding", aliases=("Old North Ltd", "Old South BV"))
    ]
    lines = [
        line("9 Jan", "500", "OLD NORTH LTD", "INV-0001"),
        line("9 Jan", "800", "OLD SOUTH", "thanks"),
    ]
    assert run(book, lines, who) == {
        "INV-0001": ("R11", "certain", {"INV-0001": 500}),
        "thanks": ("R22", "likely", {"INV-0002": 800}),
    }


FEES = [
    ("SHA", "1,200", "1,185", True),
    ("both ends", "1,200", "1,170.50", True),
    ("a small invoice", "40", "35.50", True),
    ("more than a fee", "1,200", "1,150", False),
]


@pytest.mark.parametrize(("gross", "paid", "fee"), [f[1:] for f in FEES], ids=[f[0] for f in FEES])
def test_17_a_bank_fee_is_a_certain_match_whose_reason_is_asked(gross, paid, fee):
    p = one(
        [inv("INV-0001", "Acme Ltd", "1 Jan", gross)], line("9 Jan", paid, "ACME LTD", "INV-0001")
    )
    assert (p.tier == "certain", p.ask) == (fee, "short-reason-needed")
    assert p.short == minor(gross) - minor(paid)


def test_18_a_card_payout_is_exploded_with_fees_and_refunds_inside():
    book = [
        inv("INV-0142", "Acme Ltd", "1 Jan", "1,200"),
        inv("INV-0143", "B", "1 Jan", "300"),
        inv("INV-0120", "C", "1 Dec", "100", due="1 Jan")._replace(issued=dt.date(2025, 12, 1)),
    ]
    parts = (PaymentPart("INV-0142", 120000, 3620), PaymentPart("INV-0143", 30000, 920))
    payout = Payout("po_1", "STRIPE", day("31 Jan"), 145460, "GBP", parts)
    (bank,) = explode([line("2 Feb", "1,454.60", "STRIPE PAYMENTS")], [payout])
    p = one(book, bank)
    assert (p.rule[:3], p.tier) == ("R10", "certain")
    cash = {s.invoice_no: s.amount for s in p.shares if s.kind == "cash"}
    assert cash == {"INV-0142": 116380, "INV-0143": 29080}
    assert sum(s.amount for s in p.shares if s.kind == "bank_fee") == 4540
    negative = line("3 Feb", "-100", "STRIPE PAYMENTS")
    back = Payout("po_2", "STRIPE", day("3 Feb"), -10000, "GBP", (PaymentPart("INV-0120", -10000),))
    (exploded,) = explode([negative], [back])
    assert exploded.parts == back.parts
