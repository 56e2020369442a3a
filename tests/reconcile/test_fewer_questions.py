"""Few questions: what a person says once is remembered, and one answer may do for a kind."""

import datetime as dt

import pytest

from reconcile.book import inv, line, one
from sheetrecord.core.reconcile.facts import PaymentPart
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide
from sheetrecord.core.reconcile.matching.explain import explain
from sheetrecord.core.reconcile.matching.matcher import match
from sheetrecord.core.reconcile.review.account_rules import AccountRules, learned, rule_of
from sheetrecord.core.reconcile.review.at_once import answers_needed, spread
from sheetrecord.core.reconcile.review.questions import CHOICES, rows_of
from sheetrecord.core.reconcile.session import FinanceSheets, RunRequest, reconcile
from sheetrecord.core.reconcile.text.not_ours import reads_as, says_refund
from sheetrecord.core.reconcile.text.reason_words import reason_in

DAY = dt.date(2026, 6, 30)
BOOK = [
    inv("INV-0001", "Acme Ltd", "1 Jan", "1,000"),
    inv("INV-0002", "Borealis Foods", "2 Jan", "640"),
    inv("INV-0003", "Cobalt Media", "3 Jan", "250"),
    inv("INV-0004", "Dunmore Farms", "4 Jan", "980"),
]
HMRC = line("9 Jan", "77.10", "HMRC", "VAT REPAYMENT Q4 2025", bank_id="")


def side(book):
    return FeeSide(tuple(book), {i.number: () for i in book}, (), (), {}, ())


class Firm:
    """A firm's sheets from run to run."""

    def __init__(self, *book):
        self.side, self.held = side(book or BOOK), FinanceSheets()

    def run(self, *lines):
        files = (tuple(x._replace(bank_id="") for x in lines),) if lines else ()
        done = reconcile(self.side, self.held, RunRequest(DAY, "ana", files))
        self.held = FinanceSheets(
            done.lines, done.allocations, done.review, (), (), rules=done.rules
        )
        return done

    def answer(self, **typed):
        self.held = self.held._replace(
            review=tuple(row._replace(**typed) for row in self.held.review)
        )
        return self.run()


def test_what_is_no_fee_is_learned_listed_dated_and_set_aside_next_time():
    firm = Firm()
    assert len(firm.run(HMRC).review) == 1
    done = firm.answer(decision="not a fee")
    (rule,) = done.rules
    assert (rule.payer, rule.category, rule.since, rule.by) == (
        "HMRC", "tax refund", "2026-06-30", "ana",
    )  # fmt: skip
    later = firm.run(line("9 Apr", "91", "HMRC", "VAT REPAYMENT Q1 2026"))
    assert (later.review, later.posted, len(later.set_aside)) == ((), (), 1)
    (aside,) = [x for x in later.lines if x.bank_id in later.set_aside]
    assert aside.category == f"tax refund [{rule.rule_id}]"
    assert firm.run(line("9 Apr", "91", "HMRC", "VAT REPAYMENT Q1 2026")).added == ()


def test_why_a_line_was_set_aside_is_explained():
    bank = line("9 Apr", "91", "HMRC", "VAT", category="tax refund [N-12345678]")
    assert (
        "no fee, it is said: tax refund [N-12345678]" in explain(bank.bank_id, BOOK, [bank]).text()
    )


def test_a_rule_that_is_taken_away_asks_again_and_only_about_what_it_set_aside():
    firm = Firm()
    firm.run(HMRC)
    firm.answer(decision="not a fee")
    firm.run(line("9 Apr", "91", "HMRC", "VAT REPAYMENT Q1 2026"))
    firm.held = firm.held._replace(rules=())
    done = firm.run()
    (asked,) = done.review
    assert asked.amount == "91.00"
    assert done.categories == {asked.bank_id: ""}
    assert [x.category for x in done.lines if x.amount == 7710] == ["tax refund"]


NOT_ASIDE = [
    ("an open invoice has the amount", line("9 Apr", "640", "HMRC", "VAT REPAYMENT")),
    ("it quotes an invoice", line("9 Apr", "12", "HMRC", "VAT REPAYMENT INV-0002")),
    ("its text says something else", line("9 Apr", "12", "HMRC", "PENALTY")),
    ("the payer is another", line("9 Apr", "12", "HMRC SALARIES", "VAT REPAYMENT")),
    ("the payer is like a client", line("9 Apr", "12", "ACME LTD", "VAT REPAYMENT")),
    ("another account", line("9 Apr", "12", "HMRC", "VAT REPAYMENT")._replace(account="Other")),
]


@pytest.mark.parametrize("bank", [n[1] for n in NOT_ASIDE], ids=[n[0] for n in NOT_ASIDE])
def test_a_rule_sets_nothing_aside_of_which_anything_is_known(bank):
    firm = Firm()
    firm.run(HMRC)
    firm.answer(decision="not a fee")
    done = firm.run(bank)
    assert (len(done.review), done.set_aside) == (1, ())


def test_a_client_and_money_out_teach_nothing():
    firm = Firm()
    firm.run(line("9 Jan", "77", "ACME LTD", "thanks"))
    assert firm.answer(decision="not a fee").rules == ()
    assert learned(line("9 Jan", "-77", "HMRC", "VAT"), "tax", "ana", "2026-06-30") is None
    assert learned(line("9 Jan", "77", " ", "123 / 4"), "tax", "ana", "2026-06-30") is None


def test_a_payer_without_a_name_is_known_by_all_words_of_its_text():
    rule = learned(line("9 Jan", "3", "", "INTEREST PAID JAN"), "interest", "a", "2026-01-31")
    rules = AccountRules([rule])
    assert rules.of(line("9 Feb", "4", "", "Interest paid Feb 2026")) == rule
    assert rules.of(line("9 Feb", "4", "", "INTEREST")) is None
    assert rules.of(line("9 Feb", "4", "", "")) is None
    assert rule_of("tax refund [N-12345678]") == "N-12345678"
    assert rule_of("tax refund") == ""


LIKELY = [
    line("9 Feb", "1,000", "ACME LTD", "FEES"),
    line("9 Feb", "640", "BOREALIS FOODS", "FEES"),
    line("9 Feb", "250", "COBALT MEDIA", "FEES"),
]


def test_one_answer_accepts_all_that_is_likely_of_a_kind():
    firm = Firm()
    rows = firm.run(*LIKELY).review
    assert ({r.kind for r in rows}, answers_needed(rows)) == ({"name and exact amount"}, 1)
    first = rows[0]._replace(decision="A all")
    firm.held = firm.held._replace(review=(first, *rows[1:]))
    done = firm.run()
    assert (done.review, done.answered, dict(done.problems)) == ((), 3, {})
    assert {a.invoice_no for a in done.posted} == {"INV-0001", "INV-0002", "INV-0003"}
    assert {a.decided_by for a in done.posted} == {"ana"}


def test_what_has_an_answer_of_its_own_keeps_it_and_another_kind_is_left_alone():
    firm = Firm()
    other = line("9 Feb", "1", "NOBODY", "hello")
    rows = {r.payer: r for r in firm.run(*LIKELY, other).review}
    rows["ACME LTD"] = rows["ACME LTD"]._replace(decision="A all")
    rows["BOREALIS FOODS"] = rows["BOREALIS FOODS"]._replace(decision="hold")
    firm.held = firm.held._replace(review=tuple(rows.values()))
    done = firm.run()
    assert {a.invoice_no for a in done.posted} == {"INV-0001", "INV-0003"}
    assert {r.payer for r in done.review} == {"BOREALIS FOODS", "NOBODY"}


def test_a_choice_is_never_made_for_all():
    firm = Firm()
    firm.run(line("9 Feb", "1,000", "OMNIA GROUP", "INV-0001"))
    done = firm.answer(decision="A all")
    assert done.posted == ()
    assert "decide this one by itself" in next(iter(done.problems.values()))


def test_the_reason_beside_a_decision_for_all_is_that_of_all():
    firm = Firm()
    short = [line("9 Feb", "990", "ACME LTD", "INV-0001"), line("9 Feb", "970", "", "INV-0004")]
    rows = firm.run(*short).review
    assert [r.ask for r in rows] == ["short-reason-needed"] * 2
    bare = (rows[0]._replace(decision="A all"), rows[1])
    assert [r.decision for r in spread(bare)] == ["A all", ""]
    firm.held = firm.held._replace(review=(bare[0]._replace(reason="bank_fee"), rows[1]))
    done = firm.run()
    assert done.review == ()
    assert sorted((a.invoice_no, a.amount, a.kind.value) for a in done.posted) == [
        ("INV-0001", 1000, "bank_fee"), ("INV-0004", 1000, "bank_fee"),
    ]  # fmt: skip


def test_words_for_all_are_in_the_drop_down():
    assert {"A all", "part all", "not a fee all"} <= set(CHOICES)


REASONS = [
    ("INV-0142 abzgl. 2 % Skonto", "discount"),
    ("less 3% prompt payment discount", "discount"),
    ("RG 142 Teilzahlung", "part"),
    ("INV-0142 part", "part"),
    ("INV-0142 less bank charges", "bank_fee"),
    ("Bankgebühren abgezogen", "bank_fee"),
    ("net of withholding tax", "wht"),
    ("5 % Sicherheitseinbehalt", "retention"),
    ("Mängel, gekürzt", "dispute"),
    ("πληρωμή έναντι", "part"),
    ("descuento pronto pago", "discount"),
    ("INV-0142 partners fees", ""),
    ("part, less bank charges", ""),
    ("INV-0142", ""),
]


@pytest.mark.parametrize(("text", "reason"), REASONS, ids=[r[0] for r in REASONS])
def test_the_reason_that_a_text_names(text, reason):
    assert reason_in(text) == reason


def test_a_reason_in_the_text_is_offered_and_posted_by_a_person_alone():
    firm = Firm()
    done = firm.run(line("9 Feb", "980", "ACME LTD", "INV-0001 abzgl. 2% Skonto"))
    (row,) = done.review
    assert (row.offered, row.reason) == ("discount", "")
    assert [a.kind.value for a in done.posted] == ["cash"]
    assert firm.run().posted == ()
    done = firm.answer(decision="A")
    assert [(a.amount, a.kind.value) for a in done.posted] == [(2000, "discount")]


def test_an_open_invoice_of_exactly_the_amount_is_offered_whatever_a_rule_thinks():
    book = [
        inv("INV-0001", "Acme Ltd", "1 Jan", "1,000"),
        inv("INV-0002", "Borealis Foods", "1 Jan", "400"),
        *(inv(f"INV-01{n:02}", "Acme Ltd", "1 Jan", f"{500 + n}") for n in range(5)),
    ]
    for bank in (
        line("9 Feb", "400", "ACME LTD", "on account"),
        line("9 Feb", "400", "ACME LTD", "INV-0001"),
        line("9 Feb", "400", "SOMEBODY", "refund 204"),
    ):
        (p,) = match(book, [bank]).proposals
        (row,) = rows_of([p], {bank.bank_id: bank})
        assert "INV-0002 400.00" in f"{row.a} {row.b} {row.c}", bank.text


STRANGERS = [
    ("a named stranger", "OMNIA GROUP", "choose"),
    ("nobody is named", "", "certain"),
    ("the client", "ACME LTD", "certain"),
]


@pytest.mark.parametrize(
    ("payer", "tier"), [s[1:] for s in STRANGERS], ids=[s[0] for s in STRANGERS]
)
def test_who_must_be_known_for_a_quoted_number_to_post(payer, tier):
    assert one(BOOK, line("9 Feb", "1,000", payer, "INV-0001")).tier == tier


def test_a_payer_is_known_once_somebody_said_for_whom_it_pays():
    book = [inv(f"INV-000{n}", "Acme Ltd", f"{n} Jan", f"{n}00") for n in (1, 2, 3)]
    book.append(inv("INV-0009", "Zephyr Foods", "9 Jan", "900"))
    firm = Firm(*book)
    firm.run(line("1 Feb", "100", "OMNIA GROUP", "INV-0001"))
    firm.answer(decision="A")
    assert {a.invoice_no for a in firm.run(line("2 Feb", "200", "OMNIA GROUP", "INV-0002")).posted}
    done = firm.run(line("3 Feb", "900", "OMNIA GROUP", "INV-0009"))
    assert [(a.invoice_no, a.rule) for a in done.posted] == [("INV-0009", "R12-quoted-stranger/1")]


REFUNDS = [
    ("a number of its own that is one of ours", "AMAZON UK", "REFUND INV-0001", "R53"),
    ("a client that is a supplier too", "ACME LTD", "Refund INV-0001", "R11"),
    ("money back, nothing quoted", "AMAZON UK", "Rückerstattung 204-55", "R53"),
]


@pytest.mark.parametrize(
    ("payer", "text", "rule"), [r[1:] for r in REFUNDS], ids=[r[0] for r in REFUNDS]
)
def test_a_suppliers_refund_is_no_receipt(payer, text, rule):
    p = one(BOOK, line("9 Feb", "1,000", payer, text))
    assert (p.rule[:3], p.tier) == (rule, "choose")
    shown = [s.invoice_no for s in p.shares] + [o.shares[0].invoice_no for o in p.options]
    assert "INV-0001" in shown


def test_a_processors_payout_with_refunds_inside_is_still_its_own_list():
    parts = (PaymentPart("INV-0001", 100000, 0, "sale"),)
    p = one(BOOK, line("9 Feb", "1,000", "STRIPE", "payout and refund", parts=parts))
    assert (p.rule, p.tier) == ("R10-own-list", "certain")


SAYS = [
    ("HMRC", "VAT REPAYMENT", "tax refund"),
    ("FINANZAMT KOELN", "Umsatzsteuer 04/26", "tax refund"),
    ("OWN SAVINGS", "TRANSFER", "own transfer"),
    ("EVA MUSTER", "Umbuchung", "own transfer"),
    ("MUSTER AG", "Lohn März", "salary"),
    ("", "INTEREST PAID", "interest"),
    ("INNOVATE FUND", "GRANT 2231", "grant"),
    ("AMAZON UK", "REFUND 204-5567812", "supplier's refund"),
    ("SEPA-GUTSCHRIFT", "Rechnung 142", ""),
    ("R PATEL", "THANKS", ""),
]


@pytest.mark.parametrize(("payer", "text", "kind"), SAYS, ids=[f"{s[0]} {s[1]}" for s in SAYS])
def test_what_the_words_of_a_line_say(payer, text, kind):
    assert reads_as(line("9 Jan", "1", payer, text)) == kind


def test_a_clients_name_is_no_word_for_a_refund():
    assert not says_refund("INV-0001 for the refundable deposit")
    assert says_refund("Refund INV-0001")
