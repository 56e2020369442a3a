"""Answer every question of Review as somebody who knows the truth would, and count what is off."""

import datetime as dt
from typing import NamedTuple

from reconcile_truth.payments import Book, Truth
from sheetrecord.core.reconcile.facts import Allocation, AllocationKind, BankLine, FeeLine
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide
from sheetrecord.core.reconcile.ledger.allocate import Attribution, in_force, undo
from sheetrecord.core.reconcile.ledger.invariants import violations
from sheetrecord.core.reconcile.review.questions import ReviewRow
from sheetrecord.core.reconcile.session import FinanceSheets, RunRequest, RunResult, reconcile
from sheetrecord.model.money import to_major

DAY = dt.date(2026, 6, 30)
ROUNDS = 6
"""An answer may have to wait for another one: what a refund gives back must be held first."""


class Answered(NamedTuple):
    """Where the book stands after perfect answers."""

    error: int
    """Σ |outstanding - true outstanding| over invoices, minor units."""
    broken: int
    """Laws broken (over-allocations): must be zero."""
    refused: int
    """Answers that were never taken."""
    undone: int
    """Postings without a person that named another invoice than the true one."""
    questions: int
    clicks: int
    """One for an accepted suggestion, three for an answer that must be typed."""


def answer(book: Book) -> Answered:
    """Import, take back what was posted wrongly, answer the rest, and compare with the truth."""
    side = side_of(book)
    bare = tuple(line._replace(bank_id="") for line in book.lines)
    result = reconcile(side, FinanceSheets(), RunRequest(DAY, "ana", (bare,)))
    truths = truths_of(book, result.lines)
    first = result.review
    clicks = _clicks(result, truths)
    rows, undone = take_back(result.allocations, truths)
    result = result._replace(allocations=rows)
    for _ in range(ROUNDS):
        cash = {a.bank_id for a in in_force(result.allocations)}
        typed = tuple(
            typed_row(r, truths[r.bank_id], book, r.bank_id in cash) for r in result.review
        )
        held = FinanceSheets(result.lines, result.allocations, typed)
        result = reconcile(side, held, RunRequest(DAY, "ana"))
        if not result.review:
            break
    return Answered(
        sum(map(abs, off(book, result.allocations).values())),
        len(violations(result.allocations, result.lines, book.invoices)),
        len(result.review), undone, len(first), clicks,
    )  # fmt: skip


def side_of(book: Book) -> FeeSide:
    """Return the book's invoices as a Fees sheet gives them: one line each."""
    lines = {
        i.number: (FeeLine(f"F-{i.number}", i.number, i.gross, i.currency, i.net or i.gross),)
        for i in book.invoices
    }
    return FeeSide(tuple(book.invoices), lines, tuple(book.world.clients), (), {}, ())


def truths_of(book: Book, lines: tuple[BankLine, ...]) -> dict[str, Truth]:
    """Return the truth by the ids that the import gave; the bank's own reference ties them."""
    by_ref = {line.ref: book.truth[line.bank_id] for line in book.lines}
    return {line.bank_id: by_ref[line.ref] for line in lines}


def take_back(
    rows: tuple[Allocation, ...], truths: dict[str, Truth]
) -> tuple[tuple[Allocation, ...], int]:
    """Undo every posting that gives an invoice money which is not its own."""
    found = list(rows)
    undone = 0
    for row in rows:
        true = {(n, k) for n, _, k in truths[row.bank_id].settles}
        wrong = row.kind is AllocationKind.CASH and (row.invoice_no, row.kind) not in true
        if wrong and not row.reverses and not any(r.reverses == row.alloc_id for r in found):
            found += undo(found, row.alloc_id, Attribution("ana", f"{DAY} undo {undone}"), "wrong")
            undone += 1
    return tuple(found), undone


def off(book: Book, rows: tuple[Allocation, ...]) -> dict[str, int]:
    """Return by how much each invoice's outstanding amount is off, minor units."""
    found = {i.number: 0 for i in book.invoices}
    for truth in book.truth.values():
        for number, amount, _ in (*truth.settles, *truth.held):
            found[number] += amount
    for row in rows:
        found[row.invoice_no] -= row.amount
    return found


def typed_row(row: ReviewRow, truth: Truth, book: Book, cash_posted: bool) -> ReviewRow:
    """Return the row as somebody who knows the truth fills it in."""
    if cash_posted:
        kinds = [k for _, _, k in truth.settles if k is not AllocationKind.CASH]
        return row._replace(reason=kinds[0].value if kinds else "part")
    if not truth.settles and not truth.held:
        return row._replace(decision="not a fee")
    return row._replace(decision="A", other_invoices=entries(truth, book))


def entries(truth: Truth, book: Book) -> str:
    """Return the truth as a person types it: number, amount, kind."""
    currency = {i.number: i.currency for i in book.invoices}
    shares = (*truth.settles, *truth.held)
    return "; ".join(f"{n} {to_major(a, currency[n])} {k.value}" for n, a, k in shares)


def _clicks(result: RunResult, truths: dict[str, Truth]) -> int:
    """Return what the questions cost: a suggestion that is right is one click."""
    found = {p.bank_id: p.invoices for p in result.proposals}
    true = {key: {n for n, _, _ in t.settles} for key, t in truths.items()}
    return sum(1 if found.get(r.bank_id) == true[r.bank_id] else 3 for r in result.review)
