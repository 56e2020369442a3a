"""Laws of a whole reconciliation: append-only, idempotent, order-blind; months stay closed."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from reconcile.book import day
from reconcile.test_laws import books
from sheetrecord.core.reconcile.controls.outlook import outlook
from sheetrecord.core.reconcile.facts import FeeLine
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide
from sheetrecord.core.reconcile.ledger.allocate import Attribution, in_force, undo
from sheetrecord.core.reconcile.ledger.invariants import needed, violations
from sheetrecord.core.reconcile.ledger.months import close, corrected, is_closed, tampered
from sheetrecord.core.reconcile.review.questions import REASONS
from sheetrecord.core.reconcile.session import FinanceSheets, RunRequest, reconcile
from sheetrecord.formats.finance.report import build_report, report_json
from sheetrecord.formats.finance.report_html import page

SOME = examples(50)
DAY = day("30 Jun")


def side_of(invoices):
    lines = {
        i.number: (FeeLine(f"F-{i.number}", i.number, i.gross, i.currency, i.gross),)
        for i in invoices
    }
    return FeeSide(tuple(invoices), lines, (), (), {}, ())


def bare(lines):
    return tuple(x._replace(bank_id="") for x in lines)


def held_of(result, months=(), review=None):
    rows = result.review if review is None else review
    return FinanceSheets(
        result.lines, result.allocations, tuple(rows), tuple(months), result.statements
    )


def told(side, result, ask):
    return build_report("firm.xlsx", str(DAY), result, outlook(side, result, ask), (), ())


@SOME
@given(books())
def test_the_same_files_again_change_nothing(book):
    invoices, lines = book
    side, ask = side_of(invoices), RunRequest(DAY, "ana", (bare(lines),))
    first = reconcile(side, FinanceSheets(), ask)
    again = reconcile(side, held_of(first), ask)
    assert (again.added, again.posted) == ((), ())
    assert (again.lines, again.allocations) == (first.lines, first.allocations)
    assert (again.review, again.findings) == (first.review, first.findings)
    assert again.known == len(first.lines)


@SOME
@given(books(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_no_row_and_no_byte_of_the_report(book, parts, rng):
    invoices, lines = book
    files = [bare(lines[n::parts]) for n in range(parts)]
    side, ask = side_of(invoices), RunRequest(DAY, "ana", tuple(files))
    first = reconcile(side, FinanceSheets(), ask)
    rng.shuffle(files)
    other = reconcile(side, FinanceSheets(), ask._replace(files=tuple(files)))
    assert other == first
    assert report_json(told(side, other, ask), {}) == report_json(told(side, first, ask), {})
    assert page(told(side, other, ask)) == page(told(side, first, ask))


def answered(row, rng, invoices):
    """Return a question as somebody may fill it in, sensibly or not."""
    number = rng.choice(invoices).number
    return row._replace(
        decision=rng.choice(["A", "B", "C", "part", "not a fee", "duplicate", "hold", "ask", ""]),
        reason=rng.choice(["", "", *REASONS]),
        other_invoices=rng.choice(
            ["", "", "", number, f"{number} 1.00", "INV-9999", f"{number} x"]
        ),
        decided_by=rng.choice(["ana", ""]),
    )


@SOME
@given(books(), st.integers(0, 10**6))
def test_whatever_people_do_rows_are_only_added_and_closed_months_stay(book, seed):
    rng = Random(seed)
    invoices, lines = book
    side = side_of(invoices)
    cuts = sorted(rng.sample(range(len(lines) + 1), min(2, len(lines))))
    files = [bare(lines[a:b]) for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
    rng.shuffle(files)
    held, months = FinanceSheets(), []
    for file in files:
        asked = tuple(answered(r, rng, invoices) for r in held.review)
        result = reconcile(side, held._replace(review=asked), RunRequest(DAY, "ana", (file,)))
        before = held.allocations
        assert result.allocations[: len(before)] == before
        assert not any(is_closed(months, a.month) for a in result.allocations[len(before) :])
        rows = list(result.allocations)
        alive = [a for a in in_force(rows) if a.bank_id]
        if alive and rng.random() < 0.5:
            stamp = Attribution("ben", f"{DAY} undo {len(rows)}")
            back = undo(rows, rng.choice(alive).alloc_id, stamp, "wrong")
            rows += [] if needed(rows, back, invoices) else corrected(months, back)
        assert violations(rows, result.lines, invoices) == []
        assert len({a.alloc_id for a in rows}) == len(rows)
        open_ = sorted({a.month for a in rows if not is_closed(months, a.month)})
        if open_ and rng.random() < 0.7:
            months.append(close(months, open_[0], rows, [], Attribution("ana", str(DAY))))
        assert tampered(months, rows) == []
        held = held_of(result, months)._replace(allocations=tuple(rows))
