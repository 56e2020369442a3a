"""A booking that one file tells as a sum and another payment by payment is money once."""

import pytest

from reconcile.book import clients, day, inv, line
from sheetrecord.core.reconcile.facts import FeeLine
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide
from sheetrecord.core.reconcile.input.line_ids import identify, merge
from sheetrecord.core.reconcile.session import FinanceSheets, RunRequest, reconcile

WHOLE = [line("4 May", "300", "", "collective credit", bank_id="x", ref="R7")]
EACH = [
    line("4 May", "100", "ACME LTD", "INV-0001", bank_id="x", ref="R7/1", batch=1),
    line("4 May", "200", "BOLT LTD", "INV-0002", bank_id="x", ref="R7/2", batch=2),
]
BOOK = (inv("INV-0001", "Acme Ltd", "1 Apr", "100"), inv("INV-0002", "Bolt Ltd", "1 Apr", "200"))


def total(lines):
    return sum(x.amount for x in lines)


@pytest.mark.parametrize(
    ("first", "second", "again"), [(WHOLE, EACH, 2), (EACH, WHOLE, 1)], ids=["sum first", "last"]
)
def test_a_booking_told_in_two_forms_is_there_once(first, second, again):
    merged = merge(merge([], first).lines, second)
    assert (total(merged.lines), merged.added, merged.known) == (30000, (), again)


def test_a_sum_keeps_the_payments_inside_it_as_its_own_list():
    (only,) = merge(identify(WHOLE), EACH).lines
    assert [(part.gross, part.text) for part in only.parts] == [
        (10000, "ACME LTD INV-0001"),
        (20000, "BOLT LTD INV-0002"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        [EACH[0]],
        [EACH[0], EACH[1]._replace(amount=19999)],
        [x._replace(ref=x.ref.replace("R7", "R8")) for x in EACH],
        [x._replace(account="OTHER") for x in EACH],
    ],
    ids=["one is missing", "a cent less", "another booking", "another account"],
)
def test_what_does_not_add_up_to_the_sum_is_money_of_its_own(other):
    merged = merge(identify(WHOLE), other)
    assert total(merged.lines) == 30000 + total(other)


RUNS = [[(WHOLE, EACH)], [(EACH, WHOLE)], [(WHOLE,), (EACH,)], [(EACH,), (WHOLE,)]]


@pytest.mark.parametrize("runs", RUNS, ids=["both", "turned", "sum first", "payments first"])
def test_its_invoices_are_paid_once_in_whatever_order_it_is_told(runs):
    lines = {i.number: (FeeLine(i.number, i.number, i.gross, "GBP"),) for i in BOOK}
    side = FeeSide(BOOK, lines, tuple(clients("Acme Ltd", "Bolt Ltd")), (), {}, ())
    held = FinanceSheets()
    for files in (*runs, ()):
        done = reconcile(side, held, RunRequest(day("1 Jun"), "ana", tuple(map(tuple, files))))
        answers = [row._replace(decision="A") if row.a else row for row in done.review]
        held = FinanceSheets(done.lines, done.allocations, tuple(answers))
    paid = {row.invoice_no: row.amount for row in held.allocations}
    assert (paid, total(held.lines)) == ({"INV-0001": 10000, "INV-0002": 20000}, 30000)
