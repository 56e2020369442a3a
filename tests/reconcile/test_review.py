"""Review asks, people answer, the next run applies exactly that, once."""

import pytest

from reconcile.book import STAMP, clients, inv, line, posted
from sheetrecord.core.reconcile.ledger.allocate import certain_rows, post
from sheetrecord.core.reconcile.matching.explain import explain, sentence
from sheetrecord.core.reconcile.matching.matcher import match
from sheetrecord.core.reconcile.matching.proposal import Share
from sheetrecord.core.reconcile.plan import PlanFile, PlanOutdated, chain, check, dump, load, sha
from sheetrecord.core.reconcile.review.decide import apply
from sheetrecord.core.reconcile.review.questions import rows_of
from sheetrecord.model.errors import BadSettings

BOOK = [
    inv("INV-0001", "Acme Ltd", "1 Jan", "1,000"),
    inv("INV-0002", "Acme Ltd", "2 Jan", "1,000"),
    inv("INV-0003", "Acme Ltd", "3 Jan", "700", "EUR"),
]
INDEX = {i.number: i for i in BOOK}


def ask(bank, book=BOOK):
    verdict = match(book, [bank])
    (row,) = rows_of(verdict.proposals, {bank.bank_id: bank})
    return row, {p.bank_id: p for p in verdict.proposals}


def answer(bank, book=BOOK, **typed):
    row, proposals = ask(bank, book)
    return apply(
        [row._replace(decided_by="ana", **typed)], proposals, {bank.bank_id: bank}, INDEX, "t"
    )


FEES = line("9 Jan", "1,000", "ACME LTD", "FEES")
PART = line("9 Jan", "400", "ACME LTD", "INV-0001")

DECISIONS = [
    ("the first reading", FEES, {"decision": "A"}, [("INV-0001", 100000, "cash")]),
    ("the second reading", FEES, {"decision": "b"}, [("INV-0002", 100000, "cash")]),
    (
        "another invoice",
        FEES,
        {"decision": "A", "other_invoices": "INV-0002"},
        [("INV-0002", 100000, "cash")],
    ),
    (
        "two, with amounts",
        FEES,
        {"other_invoices": "INV-0001 600.00; INV-0002 400"},
        [("INV-0001", 60000, "cash"), ("INV-0002", 40000, "cash")],
    ),
    (
        "with a fee",
        FEES,
        {"other_invoices": "INV-0001 990.00; INV-0001 10.00 bank_fee; INV-0002 10"},
        [("INV-0001", 99000, "cash"), ("INV-0001", 1000, "bank_fee"), ("INV-0002", 1000, "cash")],
    ),
    ("a part", PART, {"decision": "part"}, [("INV-0001", 40000, "cash")]),
    (
        "short by withholding",
        PART,
        {"decision": "A", "reason": "wht"},
        [("INV-0001", 40000, "cash"), ("INV-0001", 60000, "wht")],
    ),
    (
        "another currency",
        line("9 Jan", "600", "ACME LTD", "INV-0003"),
        {"decision": "A"},
        [("INV-0003", 70000, "cash")],
    ),
]


@pytest.mark.parametrize(
    ("bank", "typed", "rows"), [d[1:] for d in DECISIONS], ids=[d[0] for d in DECISIONS]
)
def test_a_decision_comes_to_rows_that_can_be_posted(bank, typed, rows):
    found = answer(bank, **typed)
    assert found.problems == ()
    assert [(a.invoice_no, a.amount, a.kind.value) for a in found.allocations] == rows
    added, refused = post([], found.allocations, {bank.bank_id: bank}, BOOK)
    assert (len(added), refused) == (len(rows), [])
    assert {a.decided_by for a in added} == {"ana"}


WRONG = [
    ("no reason", PART, {"decision": "A"}, "choose a reason"),
    ("an unknown reason", PART, {"decision": "A", "reason": "whim"}, "not a reason"),
    ("a letter that is not there", PART, {"decision": "C"}, "cannot be chosen"),
    ("an unknown invoice", FEES, {"other_invoices": "INV-9999"}, "no invoice INV-9999"),
    ("half a penny", FEES, {"other_invoices": "INV-0001 1.005"}, "not an amount"),
    ("a duplicate of nothing", FEES, {"decision": "duplicate"}, "cannot be chosen"),
]


@pytest.mark.parametrize(
    ("bank", "typed", "why"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_an_answer_that_cannot_be_applied_is_said_in_words(bank, typed, why):
    found = answer(bank, **typed)
    assert found.allocations == ()
    assert why in found.problems[0]


def test_hold_not_a_fee_and_duplicate():
    assert answer(FEES, decision="hold").held == {FEES.bank_id}
    assert answer(FEES, decision="not a fee", comment="tax").categories == {FEES.bank_id: "tax"}
    first, _ = posted(BOOK, [line("8 Jan", "1,000", "ACME LTD", "INV-0001")])
    twice = line("9 Jan", "1,000", "ACME LTD", "INV-0001")
    verdict = match(BOOK, [twice], (), first)
    (row,) = rows_of(verdict.proposals, {twice.bank_id: twice})
    found = apply(
        [row._replace(decision="duplicate")],
        {twice.bank_id: verdict.proposals[0]},
        {twice.bank_id: twice},
        INDEX,
        "t",
    )
    assert [(a.invoice_no, a.kind.value) for a in found.allocations] == [
        ("INV-0001", "overpayment_held")
    ]


def test_what_a_person_typed_survives_the_next_run_and_a_changed_question_does_not():
    row, _ = ask(FEES)
    typed = row._replace(decision="ask", comment="call them")
    by = {FEES.bank_id: FEES}
    (kept,) = rows_of(match(BOOK, [FEES]).proposals, by, [typed])
    assert (kept.decision, kept.comment) == ("ask", "call them")
    (fresh,) = rows_of(match(BOOK[1:], [FEES]).proposals, by, [typed])
    assert fresh.decision == ""


def test_the_reason_of_a_short_payment_can_come_after_its_cash_was_posted():
    bank = line("9 Jan", "985", "ACME LTD", "INV-0001")
    by = {bank.bank_id: bank}
    verdict = match(BOOK, [bank])
    (row,) = rows_of(verdict.proposals, by)
    cash, _ = post([], certain_rows(verdict.proposals, by, STAMP), by, BOOK)
    later = rows_of(match(BOOK, [bank], (), cash).proposals, by, [row])
    assert later == [row]
    settled = {bank.bank_id: (Share("INV-0001", 98500, bank_amount=98500),)}
    found = apply([row._replace(reason="bank_fee")], {}, by, INDEX, "t", settled)
    assert [(a.invoice_no, a.amount, a.kind.value) for a in found.allocations] == [
        ("INV-0001", 1500, "bank_fee")
    ]


def test_a_plan_file_is_refused_when_an_input_or_the_plan_changed():
    rows, _ = posted(BOOK, [line("9 Jan", "1,000", "ACME LTD", "INV-0001")])
    plan = PlanFile({"book.xlsx": sha(b"1"), "bank.csv": sha(b"2")}, tuple(rows), "2026-01-31")
    assert load(dump(plan)) == plan
    assert dump(load(dump(plan))) == dump(plan)
    check(plan, plan.inputs)
    with pytest.raises(PlanOutdated, match=r"bank\.csv"):
        check(plan, {**plan.inputs, "bank.csv": sha(b"3")})
    with pytest.raises(BadSettings, match="changed after"):
        load(dump(plan).replace("100000", "100001"))
    with pytest.raises(BadSettings, match="no plan file"):
        load("{}")
    assert chain(rows)[-1] != chain([r._replace(comment="x") for r in rows])[-1]


def test_explain_names_the_rules_that_did_not_fire_and_the_one_that_did():
    text = explain(FEES.bank_id, BOOK, [FEES], clients("Acme Ltd")).text()
    assert "1,000.00 GBP from ACME LTD on 9 Jan 2026" in text
    assert "no   quoted exact" in text
    assert "yes  R23-interchangeable" in text
    with pytest.raises(KeyError):
        explain("nothing", BOOK, [FEES])


def test_review_speaks_plainly():
    book = [
        inv(f"INV-010{n}", "Acme Ltd", "1 Jan", a)
        for n, a in enumerate(("700", "300", "600", "400"))
    ]
    bank = line("3 Mar", "1,000", "ACME LTD", "FEES")
    assert sentence(bank, match(book, [bank]).proposals[0]) == (
        "1,000.00 GBP from ACME LTD on 3 Mar fits INV-0100 + INV-0101 or "
        "INV-0102 + INV-0103. Choose one."
    )
