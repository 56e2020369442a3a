"""Controls add up or are red; months close on green controls and stay as they were closed."""

import pytest

from reconcile.book import STAMP, day, inv, line, posted
from sheetrecord.core.reconcile.controls import identities, measures
from sheetrecord.core.reconcile.controls.identities import Balance, Control, Total
from sheetrecord.core.reconcile.facts import AllocationKind
from sheetrecord.core.reconcile.ledger import months
from sheetrecord.core.reconcile.ledger.allocate import Attribution
from sheetrecord.core.reconcile.ledger.invoice_status import standings

BOOK = [inv("INV-0001", "Acme Ltd", "1 Jan", "100"), inv("INV-0002", "Acme Ltd", "5 Feb", "200")]
LINES = [
    line("9 Jan", "100", "ACME LTD", "INV-0001"),
    line("9 Feb", "150", "ACME LTD", "INV-0002 part"),
    line("10 Feb", "70", "HMRC", "VAT", category="tax"),
    line("11 Feb", "33", "WHO", "?"),
]


def rows():
    return posted(BOOK, LINES, everything=True)[0]


def test_c3_needs_each_statement_to_add_up_and_to_follow_the_last():
    good = [Balance("A", "GBP", 0, 10, 10, "1"), Balance("A", "GBP", 10, 15, 5, "2")]
    assert not identities.failing(identities.c3_statements(good))
    bad = [good[0], good[1]._replace(opening=11)]
    assert [c.difference for c in identities.failing(identities.c3_statements(bad))] == [1, 1]


def test_c4_and_c5_hold_for_what_was_posted_and_fail_for_a_row_too_many():
    good = rows()
    assert not identities.failing(identities.c4_receipts(LINES, good))
    found = identities.c5_receivable(BOOK, good, day("1 Feb"), day("28 Feb"))
    assert [(c.expected, c.difference) for c in found] == [(5000, 0)]
    ghost = [*good, good[0]._replace(bank_id="gone")]
    assert [c.code for c in identities.failing(identities.c4_receipts(LINES, ghost))] == ["C4"]
    foreign = [*good, good[0]._replace(invoice_no="gone", on=day("2 Feb"))]
    assert not identities.failing(
        identities.c5_receivable(BOOK, foreign, day("1 Feb"), day("28 Feb"))
    )


def test_c6_compares_what_is_due():
    ledger = [Total("INV-0001", 10000, "GBP", open=0), Total("INV-0002", 20000, "GBP", paid=20000)]
    found = identities.failing(identities.c6_ledger_paid(BOOK, rows(), ledger, day("1 Mar")))
    assert [(c.scope, c.difference) for c in found] == [("INV-0002", 5000)]


RED = Control("C3", "MAIN 1", 100, 90, "GBP", "opening and lines = closing")


def test_a_month_closes_only_on_green_controls_or_a_written_waiver():
    with pytest.raises(months.MonthRefused, match="C3 MAIN 1"):
        months.close([], "2026-01", rows(), [RED], STAMP)
    waived = months.close(
        [], "2026-01", rows(), [RED], STAMP, {"C3 MAIN 1": "bank confirmed by phone"}
    )
    assert waived.waivers == {"C3 MAIN 1": "bank confirmed by phone"}
    with pytest.raises(months.MonthRefused, match="2026-01 is still open"):
        months.close([], "2026-02", rows(), [], STAMP)


def test_a_month_that_is_not_over_stays_open():
    for month in ("2026-06", "2026-07"):
        with pytest.raises(months.MonthRefused, match="not over"):
            months.close([], month, [], [], STAMP)


def test_what_keeps_a_month_open_is_said_in_money_with_the_words_that_waive_it():
    with pytest.raises(months.MonthRefused) as refused:
        months.close([], "2026-01", [], [RED], STAMP)
    assert str(RED.off) in str(refused.value)
    assert '--waive "C3 MAIN 1=why"' in str(refused.value)


def test_a_line_that_no_printed_balance_covers_is_not_proven():
    balance = Balance("MAIN", "GBP", 0, 25000, 25000)
    period = (balance, day("1 Jan"), day("9 Feb"))
    (found,) = identities.c3_proven(LINES, [period], "2026-02")
    assert (found.scope, found.expected, found.difference) == ("MAIN", 25300, -10300)
    assert not identities.failing(identities.c3_proven(LINES, [period], "2026-01"))
    elsewhere = (balance._replace(account="OTHER"), day("1 Jan"), day("28 Feb"))
    assert identities.failing(identities.c3_proven(LINES, [elsewhere], "2026-01"))


def test_a_closed_month_reopens_with_a_reason_and_a_sealed_one_never():
    first = months.close([], "2026-01", rows(), [], STAMP)
    with pytest.raises(months.MonthRefused, match="why"):
        months.reopen([first], "2026-01", STAMP, " ")
    again = months.reopen([first], "2026-01", Attribution("ben", "t"), "late credit note")
    assert not months.is_closed([first, again], "2026-01")
    closed = months.close([first, again], "2026-01", rows(), [], STAMP)
    sealed = months.seal([first, again, closed], "2026-01", STAMP)
    with pytest.raises(months.MonthRefused, match="sealed"):
        months.reopen([first, again, closed, sealed], "2026-01", STAMP, "please")
    with pytest.raises(months.MonthRefused, match="already"):
        months.close([first], "2026-01", rows(), [], STAMP)


def test_a_change_in_a_closed_month_shows():
    good = rows()
    history = [months.close([], "2026-01", good, [], STAMP)]
    assert months.tampered(history, good[::-1]) == []
    edited = [r._replace(amount=r.amount + 1) if r.month == "2026-01" else r for r in good]
    assert months.tampered(history, edited) == ["2026-01"]


def test_late_lines_go_to_the_next_open_day():
    history = [
        months.close([], "2026-01", [], [], STAMP),
        months.close([], "2026-02", [], [], STAMP),
    ]
    assert months.booking_day(history, day("20 Jan")) == day("1 Mar")
    assert months.booking_day(history, day("7 Mar")) == day("7 Mar")


def test_ageing_never_nets_unapplied_cash():
    now = standings(BOOK, rows(), day("20 Mar")).values()
    table = measures.ageing(now, {i.number: i.client for i in BOOK}, {("Acme Ltd", "GBP"): 3300})
    assert table["Acme Ltd", "GBP"]["1-30"] == 5000
    assert table["Acme Ltd", "GBP"]["unapplied"] == -3300


def test_what_an_invoice_was_overpaid_is_unapplied_cash_not_a_debt_that_is_not_due():
    twice = [row._replace(kind=AllocationKind.OVERPAYMENT_HELD) for row in rows()[:1]]
    now = standings(BOOK[:1], [*rows()[:1], *twice], day("20 Mar"))["INV-0001"]
    assert now.outstanding == -10000
    table = measures.ageing([now], {"INV-0001": "Acme Ltd"}, {})
    assert table["Acme Ltd", "GBP"] == dict.fromkeys(measures.BUCKETS, 0) | {"unapplied": -10000}


def test_days_sales_outstanding_two_ways():
    assert str(measures.dso(5000, 30000, 90)) == "15.0"
    assert measures.dso(5000, 0, 90) is None
    assert measures.dso_countback(25000, BOOK, day("15 Feb")) == 45
    assert measures.dso_countback(99999, BOOK, day("15 Feb")) is None


def test_how_fast_clients_pay_is_told_by_currency_two_ways():
    now = standings(BOOK, rows(), day("20 Mar"))
    by_key = {i.number: i for i in BOOK}
    (found,) = measures.collection(now, by_key, day("20 Mar"))
    assert (found.currency, found.receivable) == ("GBP", 5000)
    assert (str(found.over_90_days), found.counted_back) == ("15.0", 43)


def test_the_verdict_is_one_line():
    text = measures.summary([RED, RED._replace(found=100)], 11, LINES, rows()).text()
    assert text == "1 control total agrees, 1 fails, 11 items need you, 33.00 GBP unexplained."


def test_what_a_line_has_left_is_counted_in_the_banks_money():
    bank = line("9 Jan", "87", "ACME LTD", "INV-0001", bank_id="L1")
    [row, *_] = rows()
    abroad = row._replace(bank_id="L1", amount=10000, bank_amount=8000, currency="EUR", rate="1.25")
    assert measures.unallocated([bank], [abroad]) == {"L1": 700}
    assert measures.unallocated([bank], [abroad, abroad._replace(bank_amount=700)]) == {}
