"""Answer every question of Review as somebody who knows the truth would, and count what is off."""

from typing import NamedTuple

from reconcile_truth.payments import Book, Truth
from sheetrecord.core.reconcile.allocate import Stamp, certain_rows, post
from sheetrecord.core.reconcile.decide import apply
from sheetrecord.core.reconcile.facts import Kind
from sheetrecord.core.reconcile.laws import violations
from sheetrecord.core.reconcile.match import Verdict
from sheetrecord.core.reconcile.proposal import Share
from sheetrecord.core.reconcile.review import ReviewRow, rows_of
from sheetrecord.model.money import to_major

STAMP = Stamp("engine", "2026-01-01T00:00:00")


class Answered(NamedTuple):
    """Where the book stands after perfect answers."""

    error: int
    """Σ |outstanding - true outstanding| over invoices, minor units."""
    certain_error: int
    """Amount that certain rules put on wrong invoices."""
    broken: int
    """Laws broken (over-allocations): must be zero."""
    refused: int
    questions: int
    clicks: int
    """One for an accepted suggestion, three for an answer that must be typed."""


def answer(book: Book, verdict: Verdict) -> Answered:
    """Post what is certain, answer the rest with the truth, and compare."""
    lines = {line.bank_id: line for line in book.lines}
    invoices = {i.number: i for i in book.invoices}
    posted, bad = post([], certain_rows(verdict.proposals, lines, STAMP), lines, book.invoices)
    asked = rows_of(verdict.proposals, lines)
    done = {a.bank_id for a in posted}
    proposals = {p.bank_id: p for p in verdict.proposals if p.bank_id not in done}
    settled: dict[str, tuple[Share, ...]] = {}
    for a in posted:
        share = Share(a.invoice_no, a.amount, a.kind, a.bank_amount)
        settled[a.bank_id] = (*settled.get(a.bank_id, ()), share)
    currency = {i.number: i.currency for i in book.invoices}
    answers = [_typed(row, book, currency, row.bank_id in settled) for row in asked]
    applied = apply(answers, proposals, lines, invoices, "2026-01-02T00:00:00", settled)
    more, bad2 = post(posted, applied.allocations, lines, book.invoices)
    everything = [*posted, *more]
    open_, true = ({i.number: i.gross for i in book.invoices} for _ in range(2))
    for a in everything:
        open_[a.invoice_no] -= a.amount
    for truth in book.truth.values():
        for number, amount, _ in (*truth.settles, *truth.held):
            true[number] -= amount
    sure = {p.bank_id for p in verdict.certain}
    true_of = {key: {n for n, _, _ in t.settles} for key, t in book.truth.items()}
    wrong = sum(
        a.amount for a in posted if a.bank_id in sure and a.invoice_no not in true_of[a.bank_id]
    )
    open_questions = [p for p in proposals.values() if p.rule != "R52-outgoing"]
    clicks = sum(1 if p.invoices == true_of[p.bank_id] else 3 for p in open_questions)
    return Answered(
        sum(abs(open_[n] - true[n]) for n in true), wrong,
        len(violations(everything, book.lines, book.invoices)),
        len(bad) + len(bad2) + len(applied.problems), len(asked), clicks,
    )  # fmt: skip


def _typed(row: ReviewRow, book: Book, currency: dict[str, str], cash_posted: bool) -> ReviewRow:
    """Return the row as somebody who knows the truth fills it in."""
    truth = book.truth[row.bank_id]
    if cash_posted:
        kinds = [k for _, _, k in truth.settles if k is not Kind.CASH]
        return row._replace(reason=kinds[0].value if kinds else "part")
    if not truth.settles and not truth.held:
        return row._replace(decision="not a fee")
    return row._replace(decision="A", other_invoices="; ".join(_entries(truth, currency)))


def _entries(truth: Truth, currency: dict[str, str]) -> list[str]:
    return [
        f"{n} {to_major(a, currency[n])} {k.value}" for n, a, k in (*truth.settles, *truth.held)
    ]
