"""Statements that contradict each other, and a book that somebody changed: asked, red, recorded."""

import datetime as dt

import pytest

from mutating import Guard, take_away
from reconcile.test_session_laws import side_of
from sheetrecord.app.reconcile.inputs import _statements
from sheetrecord.core.reconcile.controls.book_statements import (
    ADDS_UP,
    CLOSES,
    UNCHANGED,
    Period,
    c3_book,
    c3_unchanged,
)
from sheetrecord.core.reconcile.controls.identities import failing
from sheetrecord.core.reconcile.facts import REPLACED
from sheetrecord.core.reconcile.input.line_ids import identify, is_as_imported, merge
from sheetrecord.core.reconcile.session import FinanceSheets, RunRequest, reconcile
from sheetrecord.ledgers.detect import read_bank
from sheetrecord.ledgers.profile import Profile

DAY = dt.date(2026, 6, 30)
ACCOUNT = Profile(account="DE1", currency="EUR", date_order="dmy")
HEAD = "Buchungstag;Auftraggeber;Verwendungszweck;Betrag;Saldo\n"
MARCH = [
    ("17.03.2026", "ACME", "Rechnung 9", 119000),
    ("20.03.2026", "GAMMA", "8 and 12 less charges", 284100),
    ("25.03.2026", "ACME", "Ruecklastschrift 9", -119000),
    ("30.03.2026", "ACME", "nochmal 9", 119000),
]
CORRECTED = [(*row[:3], 284600) if row[1] == "GAMMA" else row for row in MARCH]


def csv(rows, opening=1717350):
    text, balance = HEAD, opening
    for day, payer, words, minor in rows:
        balance += minor
        text += f"{day};{payer};{words};{minor / 100:.2f};{balance / 100:.2f}\n".replace(
            ".", ",", 0
        )
    return text


def read(rows, opening=1717350):
    reading = read_bank(csv(rows, opening).encode(), "m.csv", ACCOUNT).reading
    assert not reading.problems
    return reading.lines, _statements(reading.statements, "sha")


def lines_of(rows, opening=1717350):
    return read(rows, opening)[0]


def book(*files):
    lines, periods = (), []
    for found, statements in files:
        lines = merge(lines, found).lines
        periods += [Period(s.balance, s.begins, s.ends) for s in statements]
    return lines, periods


def reds(lines, periods):
    return [c.what for c in failing([*c3_book(lines, periods), *c3_unchanged(lines)])]


def test_a_corrected_statement_asks_about_the_corrected_line_alone():
    stored = identify(lines_of(MARCH))
    found = merge(stored, lines_of(CORRECTED))
    assert found.known == 3
    assert [(line.amount, line.suspect) for line in found.added] == [(284600, stored[1].bank_id)]


def test_two_statements_of_one_period_with_other_ends_fail_a_control():
    lines, periods = book(read(MARCH), read(CORRECTED))
    (red,) = failing(c3_book(lines, periods))
    assert (red.what, red.difference) == (CLOSES, 500)


def test_what_replaces_is_recorded_and_the_controls_agree_again():
    lines, periods = book(read(MARCH), read(CORRECTED))
    old = next(line.suspect for line in lines if line.suspect)
    lines = [x._replace(category=REPLACED) if x.bank_id == old else x for x in lines]
    assert reds(lines, periods) == []


def test_the_answer_replaces_takes_back_what_the_old_line_settled():
    side = side_of(())
    (first, one), (second, two) = read(MARCH), read(CORRECTED)
    ask = RunRequest(DAY, "ana", (first,), (), tuple(one))
    done = reconcile(side, FinanceSheets(), ask)
    held = FinanceSheets(done.lines, done.allocations, done.review, (), done.statements)
    done = reconcile(side, held, ask._replace(files=(second,), statements=tuple(two)))
    (row,) = [r for r in done.review if r.ask == "duplicate-import"]
    answer = row._replace(decision="replaces", decided_by="ana")
    held = FinanceSheets(done.lines, done.allocations, (answer,), (), done.statements)
    done = reconcile(side, held, RunRequest(DAY, "ana"))
    assert set(done.categories.values()) == {REPLACED}
    assert not done.problems
    assert "duplicate-import" not in {r.ask for r in done.review}


def test_the_same_file_again_and_overlapping_files_add_nothing():
    stored = merge((), lines_of(MARCH)).lines
    assert merge(stored, lines_of(MARCH)).added == ()
    assert merge(stored, lines_of(MARCH[2:], 1717350 + 119000 + 284100)).added == ()


def test_an_equal_payment_whose_balance_goes_on_is_another_one():
    one = ("20.03.2026", "ACME", "FEES", 10000)
    stored = merge((), lines_of([one], 0)).lines
    found = merge(stored, lines_of([one], 10000))
    assert [(line.amount, line.suspect) for line in found.added] == [(10000, "")]


def test_an_equal_payment_whose_balance_nothing_explains_is_asked():
    one = ("20.03.2026", "ACME", "FEES", 10000)
    stored = merge((), lines_of([one], 0)).lines
    found = merge(stored, lines_of([one], 77700))
    assert [line.suspect for line in found.added] == [stored[0].bank_id]


CHANGES = {
    "a row deleted": (lambda lines: lines[:1] + lines[2:], [ADDS_UP]),
    "the last row deleted": (lambda lines: lines[:-1], [ADDS_UP]),
    "an amount changed": (
        lambda lines: [lines[0]._replace(amount=119001), *lines[1:]],
        [ADDS_UP, UNCHANGED],
    ),
    "a payer changed": (
        lambda lines: [lines[0]._replace(payer="BETA"), *lines[1:]],
        [UNCHANGED],
    ),
    "a day changed": (
        lambda lines: [lines[0]._replace(booked=dt.date(2026, 3, 18)), *lines[1:]],
        [UNCHANGED],
    ),
    "nothing": (lambda lines: lines, []),
    "sorted otherwise": (lambda lines: lines[::-1], []),
    "what it is was said": (
        lambda lines: [lines[0]._replace(category="transfer"), *lines[1:]],
        [],
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_controls_are_computed_from_the_book_as_it_is_now(change):
    alter, red = change
    lines, periods = book(read(MARCH))
    assert reds(alter(list(lines)), periods) == red


def test_a_statement_of_a_day_that_was_not_over_holds_the_first_of_its_lines():
    morning = MARCH[:3]
    evening = [*MARCH[:3], ("25.03.2026", "BETA", "later that day", 5000)]
    lines, periods = book(read(morning), read(evening))
    assert len(lines) == 4
    assert reds(lines, periods) == []
    tail = read([evening[3]], 1717350 + 119000 + 284100 - 119000)
    lines, periods = book(read(morning), tail)
    assert reds(lines, periods) == []


def test_each_line_is_its_own_digest_with_and_without_the_banks_id():
    lines = identify([*lines_of(MARCH), lines_of(MARCH)[0]._replace(balance=1)])
    assert all(map(is_as_imported, lines))
    with_ref = identify([lines[0]._replace(ref="T1", bank_id="")])
    assert is_as_imported(with_ref[0])
    assert not is_as_imported(with_ref[0]._replace(amount=1))
    assert not is_as_imported(lines[0]._replace(text="other"))


def wrong():
    """Return the examples of a changed book that the controls judge otherwise."""
    found = []
    for name, (alter, red) in CHANGES.items():
        lines, periods = book(read(MARCH))
        found += [] if reds(alter(list(lines)), periods) == red else [name]
    lines, periods = book(read(MARCH), read(CORRECTED))
    found += [] if reds(lines, periods) == [CLOSES] else ["corrected"]
    old = next((line.suspect for line in lines if line.suspect), "")
    settled = [x._replace(category=REPLACED) if x.bank_id == old else x for x in lines]
    found += [] if reds(settled, periods) == [] else ["replaced"]
    evening = [*MARCH[:3], ("25.03.2026", "BETA", "later that day", 5000)]
    for files in (
        (read(MARCH[:3]), read(evening)),
        (read(MARCH[:3]), read(evening[3:], 1717350 + 119000 + 284100 - 119000)),
    ):
        found += [] if reds(*book(*files)) == [] else ["a day not over"]
    one = ("20.03.2026", "ACME", "FEES", 10000)
    stored = merge((), lines_of([one], 0)).lines
    for opening, marked in ((10000, False), (77700, True)):
        added = merge(stored, lines_of([one], opening)).added
        found += [] if [bool(x.suspect) for x in added] == [marked] else [f"opening {opening}"]
    found += [] if merge(stored, lines_of([one], 0)).added == () else ["again"]
    return found


_C3 = "core/reconcile/controls/book_statements.py"
_IDS = "core/reconcile/input/line_ids.py"
_OTHER = "other.balance.closing != b.closing and (not (now and _fits(other, book.now)))"
MUTANTS = {
    "every statement fits": (Guard(_C3, "_fits", "sum((line.amount for line in mine)) == moved"),
                             "True"),
    "only whole days fit": (
        Guard(_C3, "_fits",
              "any((moved - inside - head in tails for head in (0, *accumulate(last))))"),
        "False"),
    "what moved is the closing": (
        Guard(_C3, "_fits", "one.balance.closing - one.balance.opening"), "one.balance.closing"),
    "the first day is out": (
        Guard(_C3, "_within", "one.begins <= line.booked <= one.ends"),
        "one.begins < line.booked <= one.ends"),
    "the last day is out": (
        Guard(_C3, "_within", "one.begins <= line.booked <= one.ends"),
        "one.begins <= line.booked < one.ends"),
    "two closings are alike": (
        Guard(_C3, "c3_book", _OTHER),
        "False"),
    "two closings of an unfinished day differ": (
        Guard(_C3, "c3_book", _OTHER),
        "other.balance.closing != b.closing"),
    "what was replaced counts": (
        Guard(_C3, "_books", "line.category in (DUPLICATE, REPLACED)"), "False"),
    "a changed line is as imported": (
        Guard(_IDS, "is_as_imported",
              "any((line.bank_id == _hash(raw, str(n)) for n in range(1, _MOST)))"), "True"),
    "nothing is as imported": (
        Guard(_IDS, "is_as_imported",
              "any((line.bank_id == _hash(raw, str(n)) for n in range(1, _MOST)))"), "False"),
    "a moved balance is another payment": (
        Guard(_IDS, "_explained",
              "(line.balance or 0) - (old.balance or 0) == beyond(line.booked)"), "False"),
    "another payment is asked": (
        Guard(_IDS, "_by_balance", "goes_on or other.bank_id in by_id"), "False"),
    "another payment is never asked": (
        Guard(_IDS, "_by_balance", "goes_on or other.bank_id in by_id"), "True"),
    "a corrected amount is a new line": (
        Guard(_IDS, "_corrected", "olds and any(_said(line)[2:])"), "False"),
    "the sum of unchanged lines has signs": (
        Guard(_C3, "c3_unchanged", "abs(line.amount) * is_as_imported(line)"),
        "abs(line.amount)"),
}  # fmt: skip


def test_no_fault_no_change():
    assert wrong() == []


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_each_fault_of_a_control_is_seen(mutant, monkeypatch):
    guard, text = mutant
    take_away(guard, text, monkeypatch)
    assert not overlooked()


def overlooked():
    try:
        return not wrong()
    except (LookupError, TypeError, AttributeError, StopIteration):
        return False  # it fell over: that is seen as well
