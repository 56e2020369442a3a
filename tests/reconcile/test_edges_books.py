"""Edge cases 37 to 52: files, ledgers, closed months, two people, large books."""

import datetime as dt

import pytest

from reconcile.book import STAMP, day, inv, line, one, posted
from sheetrecord.core.reconcile.controls.findings import ledger_findings
from sheetrecord.core.reconcile.controls.identities import (
    Balance,
    Total,
    c1_contract,
    c2_ledger_total,
    c3_statements,
    failing,
)
from sheetrecord.core.reconcile.facts import FeeLine
from sheetrecord.core.reconcile.input.fee_lines import by_line
from sheetrecord.core.reconcile.ledger import months
from sheetrecord.core.reconcile.ledger.allocate import Attribution, undo
from sheetrecord.core.reconcile.ledger.invoice_status import standings
from sheetrecord.core.reconcile.matching.matcher import match
from sheetrecord.core.reconcile.matching.subset_sum import combinations
from sheetrecord.core.reconcile.review.decide import apply
from sheetrecord.core.reconcile.review.questions import rows_of
from sheetrecord.core.reconcile.session import ImportedStatement, consecutive, statements
from sheetrecord.ledgers import dates
from sheetrecord.ledgers.banks.bank_csv import read_bank_csv
from sheetrecord.ledgers.banks.camt import read_camt
from sheetrecord.ledgers.detect import read_ledger
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import CannotRead

DATES = [
    ("decimal comma does not say day first", ["2/20/26"], ["mdy"]),
    ("a one-day export of small numbers", ["03/02/2026"], ["dmy", "mdy"]),
    ("two-digit years", ["31/01/26"], ["dmy"]),
    ("a long export proves itself", ["03/02/2026", "13/02/2026"], ["dmy"]),
    ("equal day and month", ["05/05/2026"], ["dmy"]),
    ("points are day first", ["03.02.2026"], ["dmy"]),
]


@pytest.mark.parametrize(("cells", "orders"), [d[1:] for d in DATES], ids=[d[0] for d in DATES])
def test_37_date_orders_are_proven_or_open(cells, orders):
    assert dates.orders_of(cells) == orders


def test_37_a_date_without_year_takes_it_from_the_batch_across_new_year():
    text = (
        '"EXTF";700;21;"Buchungsstapel";13;;;;"";"";1;1;20251201;4;20251201;20260131;"";;;;;"EUR"\n'
        "Umsatz;S/H\n"
        '100,00;"S";"EUR";;;"";10001;8400;"";3112;"A-1";"";;""\n'
        '100,00;"S";"EUR";;;"";10001;8400;"";0201;"A-2";"";;""\n'
    )
    found = read_ledger(text.encode(), "d.csv").invoices
    assert [i.issued for i in found] == [dt.date(2025, 12, 31), dt.date(2026, 1, 2)]
    two_years = text.replace("20251201;20260131", "20240101;20260131")
    assert [p.name for p in read_ledger(two_years.encode(), "d.csv").problems] == [
        "bad-money-cell"
    ] * 2


SIGNS = [
    ("flag", "Date,Text,Amount,DC\n31/01/2026,A,5.00,D\n", [-500]),
    ("parentheses", "Date,Text,Amount\n31/01/2026,A,(5.00)\n", [-500]),
    ("a zero line", "Date,Text,Amount\n31/01/2026,A,0.00\n", []),
    (
        "inverted",
        "Date,Text,Amount,Balance\n30/01/2026,A,-5.00,15.00\n31/01/2026,B,-1.00,16.00\n",
        [500, 100],
    ),
]


@pytest.mark.parametrize(("text", "amounts"), [s[1:] for s in SIGNS], ids=[s[0] for s in SIGNS])
def test_38_signs(text, amounts):
    found = read_bank_csv(text.encode(), "b.csv", Profile(currency="GBP")).reading
    assert [x.amount for x in found.lines] == amounts


def test_39_preamble_footer_blank_row_carriage_returns_and_utf_16():
    text = "My Bank\rAccount: 1\r\rDate,Text,Amount\r\r31/01/2026,Zoë,5.00\rTotal,,5.00\r"
    found = read_bank_csv(text.encode("utf-16"), "b.csv", Profile(currency="GBP")).reading
    assert [(x.text, x.amount) for x in found.lines] == [("Zoë", 500)]


def test_40_camt_with_several_statements_and_a_foreign_namespace():
    each = (
        "<x:Stmt><x:Id>{n}</x:Id><x:Acct><x:Id><x:IBAN>DE{n}</x:IBAN></x:Id><x:Ccy>EUR</x:Ccy>"
        "</x:Acct></x:Stmt>"
    )
    text = "<x:Document xmlns:x='urn:other'><x:BkToCstmrStmt>{}</x:BkToCstmrStmt></x:Document>"
    found = read_camt(text.format(each.format(n=1) + each.format(n=2)).encode(), "s.xml")
    assert [s.account for s in found.statements] == ["DE1", "DE2"]
    with pytest.raises(CannotRead, match="zip"):
        read_camt(b"PK\x03\x04", "s.zip")


def test_41_a_gap_or_an_order_of_statements():
    one_, two = (
        ImportedStatement(
            Balance("A", "EUR", n, n + 5, 5, str(n)), day(f"{n + 1} Jan"), day(f"{n + 1} Jan")
        )
        for n in (0, 5)
    )

    def off(*found):
        return [c.difference for c in failing(c3_statements(consecutive(statements((), found))))]

    assert off(two, one_) == []
    assert off(two._replace(balance=two.balance._replace(opening=6, closing=11)), one_) == [1]


@pytest.mark.parametrize(
    ("payer", "text"),
    [("OWN SAVINGS", "TRANSFER"), ("HMRC", "VAT REPAYMENT"), ("INNOVATE FUND", "GRANT 2026")],
)
def test_42_a_transfer_tax_refund_or_grant_that_equals_an_invoice(payer, text):
    p = one(
        [inv("INV-0001", "Acme Ltd", "1 Jan", "1,234.56")], line("9 Jan", "1,234.56", payer, text)
    )
    assert (p.rule, p.tier, p.shares) == ("R53-not-ours", "choose", ())
    assert [o.shares[0].invoice_no for o in p.options] == ["INV-0001"]


def test_43_totals_repeated_on_lines_count_once():
    text = (
        "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency\n"
        "A,I-1,31/01/2026,01/03/2026,100.00,100.00,GBP\nA,I-1,31/01/2026,01/03/2026,100.00,100.00,GBP\n"
    )
    assert [i.total for i in read_ledger(text.encode(), "x.csv").invoices] == [10000]


def test_44_the_ledger_says_paid_and_the_bank_does_not():
    book = [inv("INV-1", "Acme Ltd", "1 Jan", "100"), inv("INV-2", "Acme Ltd", "1 Jan", "200")]
    now = standings(book, (), day("1 Mar"))
    ledger = [Total("INV-1", 10000, "GBP", paid=10000), Total("INV-3", 5000, "GBP")]
    found = ledger_findings({i.number: i for i in book}, now, ledger, day("1 Mar"))
    assert {(f.kind, f.what) for f in found} == {
        ("ledger-status-differs", "INV-1"),
        ("invoice-not-in-sheet", "INV-3"),
        ("sheet-invoice-not-in-ledger", "INV-2"),
    }


def test_44_the_bank_says_paid_and_the_ledger_does_not():
    book = [inv("INV-1", "Acme Ltd", "1 Jan", "100")]
    rows, _ = posted(book, [line("9 Jan", "100", "ACME LTD", "INV-1")])
    now = standings(book, rows, day("1 Mar"))
    ledger = [Total("INV-1", 10000, "GBP", open=10000)]
    (found,) = ledger_findings({"INV-1": book[0]}, now, ledger, day("1 Mar"))
    assert found.kind == "ledger-status-differs"
    assert "we say 0.00 GBP is due, the ledger 100.00 GBP" in found.say


def fee(fee_id, net, fee_type="milestone", **more):
    return FeeLine(fee_id, more.pop("invoice_no", ""), net, "GBP", net, 0, "D-1", fee_type, **more)


def test_45_change_orders_count_and_expenses_do_not():
    fees = [
        fee("F1", 50000, "deposit"),
        fee("F2", 50000),
        fee("F3", 20000, "change_order"),
        fee("F4", 999, "reimbursable", origin="reimbursable"),
    ]
    (c1,) = c1_contract({"D-1": (120000, "GBP")}, fees)
    assert c1.difference == 0
    (late,) = c1_contract({"D-1": (100000, "GBP")}, fees)
    assert late.difference == 20000


def test_45_a_scope_cut_is_a_negative_change_order_and_counted_expenses_show():
    cut = [fee("F1", 100000), fee("F2", -30000, "change_order", origin="change_order")]
    (c1,) = c1_contract({"D-1": (70000, "GBP")}, cut)
    assert c1.difference == 0
    counted = [fee("F1", 100000), fee("F2", 4000, "milestone")]  # expenses typed as a milestone
    (c1,) = c1_contract({"D-1": (100000, "GBP")}, counted)
    assert c1.difference == 4000


def test_46_unused_hours_are_a_line_that_takes_off_and_the_invoice_is_paid_to_the_cent():
    lines = {
        "INV-1": (
            fee("F1", 100000, "retainer", invoice_no="INV-1"),
            fee("F2", -12500, "credit", invoice_no="INV-1"),
        )
    }
    book = [inv("INV-1", "Acme Ltd", "1 Jan", "875")]
    rows, _ = posted(book, [line("9 Jan", "875", "ACME LTD", "INV-1")])
    assert {r.fee_id: r.amount for r in by_line(rows, (), lines)} == {"F1": 100000, "F2": -12500}


def test_46_a_milestone_split_over_two_invoices_and_a_cap():
    fees = [fee("F1", 60000, invoice_no="INV-1"), fee("F2", 40000, invoice_no="INV-2")]
    assert not failing(c1_contract({"D-1": (100000, "GBP")}, fees))
    over_cap = [*fees, fee("F3", 5000)]
    assert [c.code for c in failing(c1_contract({"D-1": (100000, "GBP")}, over_cap))] == ["C1"]


def test_47_tax_is_taken_as_printed_line_by_line():
    lines = [
        FeeLine("F1", "INV-1", 11900, "GBP", 10000, 1900),
        FeeLine("F2", "INV-1", 10000, "GBP", 10000, 0),
        FeeLine("F3", "INV-1", 3334, "GBP", 2778, 556),
    ]
    assert not failing(c2_ledger_total(lines, [Total("INV-1", 25234, "GBP")]))


def closed_book():
    book = [
        inv("INV-0001", "Acme Ltd", "1 Jan", "100"),
        inv("INV-0002", "Acme Ltd", "1 Jan", "200"),
    ]
    rows, _ = posted(book, [line("9 Jan", "100", "ACME LTD", "INV-0001")])
    return book, rows, [months.close([], "2026-01", rows, [], STAMP)]


def test_48_a_closed_month_changes_only_by_a_correction_in_an_open_one():
    book, rows, history = closed_book()
    late = line("20 Jan", "200", "ACME LTD", "INV-0002")
    new, _ = posted(book, [late])
    assert months.would_change(history, new) == new
    moved = months.corrected(history, new)
    assert [(r.on, r.month) for r in moved] == [(day("1 Feb"), "2026-02")]
    assert "2026-01-20" in moved[0].comment
    back = undo(rows, rows[0].alloc_id, Attribution("ben", "later"), "wrong client")
    assert months.would_change(history, back) == back
    assert not months.would_change(history, months.corrected(history, back))


def test_49_two_people_deciding_one_row_differently_is_a_conflict():
    book = [inv("INV-0001", "Acme Ltd", "1 Jan", "100")]
    bank = line("9 Jan", "100", "ACME LTD", "FEES")
    verdict = match(book, [bank])
    (row,) = rows_of(verdict.proposals, {bank.bank_id: bank})
    answers = [
        row._replace(decision="A", decided_by="ana"),
        row._replace(decision="hold", decided_by="ben"),
    ]
    proposals = {p.bank_id: p for p in verdict.proposals}
    found = apply(answers, proposals, {bank.bank_id: bank}, {"INV-0001": book[0]}, "now")
    assert not found.allocations
    assert "decided twice" in found.problems[0]
    same = apply(
        [answers[0], answers[0]], proposals, {bank.bank_id: bank}, {"INV-0001": book[0]}, "now"
    )
    assert len(same.allocations) == 1


def test_50_a_decision_on_an_invoice_since_void_or_settled_is_not_applied():
    book = [inv("INV-0001", "Acme Ltd", "1 Jan", "100")]
    bank = line("9 Jan", "100", "ACME LTD", "FEES")
    (row,) = rows_of(match(book, [bank]).proposals, {bank.bank_id: bank})
    void = [book[0]._replace(void=True)]
    now = {p.bank_id: p for p in match(void, [bank]).proposals}
    found = apply(
        [row._replace(decision="A")], now, {bank.bank_id: bank}, {"INV-0001": void[0]}, "now"
    )
    assert not found.allocations
    assert "changed since" in found.problems[0]


def test_51_a_payer_that_looks_like_a_formula_stays_text():
    bank = line("9 Jan", "100", '=HYPERLINK("http://x";"y")', "+1 FEES")
    (row,) = rows_of(match([], [bank]).proposals, {bank.bank_id: bank})
    assert row.payer.startswith("'=")
    assert row.reference.startswith("'+")


def test_52_a_search_cut_off_says_so_instead_of_none():
    book = [inv(f"INV-{n:04}", "Acme Ltd", "1 Jan", str(1000 + n * n * 7.13)) for n in range(1, 61)]
    p = one(book, line("9 Feb", "8,765.43", "ACME LTD", "FEES"))
    assert p.tier == "choose"
    odd = [1000003 + 7919 * n * n for n in range(28)]
    assert combinations(odd, 9_999_999, 6).searched is False
    deep = one(
        [inv(f"INV-{n:04}", "Acme Ltd", "1 Jan", str(a / 100)) for n, a in enumerate(odd)],
        line("9 Feb", "99,999.99", "ACME LTD", "FEES"),
    )
    assert (deep.tier, deep.shares) == ("choose", ())


def test_52_every_one_of_two_thousand_receipts_is_matched():
    book = [
        inv(f"INV-{n:05}", f"Client {n % 50:02} Trading Ltd", "1 Jan", str(100 + n))
        for n in range(1, 2001)
    ]
    lines = [
        line("9 Feb", str(100 + n), f"CLIENT {n % 50:02} TRADING", f"INV-{n:05}")
        for n in range(1, 2001)
    ]
    verdict = match(book, lines)
    assert len(verdict.certain) == 2000
    assert sum(verdict.open.values()) == 0
