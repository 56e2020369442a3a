"""Reverse allocations, close and reopen months, explain one line."""

from collections.abc import Mapping, Sequence
from typing import Final

from sheetrecord.app.reconcile.inputs import Inputs
from sheetrecord.app.reconcile.run import ReconcileRequest, ReconcileResult, save, work
from sheetrecord.app.reconcile.session import ReconcileSession
from sheetrecord.core.reconcile.controls.book_statements import UNCHANGED, c3_unchanged
from sheetrecord.core.reconcile.controls.identities import c3_proven
from sheetrecord.core.reconcile.facts import Allocation
from sheetrecord.core.reconcile.input.line_ids import merge
from sheetrecord.core.reconcile.input.payouts import unpacked
from sheetrecord.core.reconcile.ledger.allocate import Attribution, undo
from sheetrecord.core.reconcile.ledger.invariants import needed
from sheetrecord.core.reconcile.ledger.months import (
    Month,
    MonthRefused,
    close,
    corrected,
    reopen,
    seal,
    would_change,
)
from sheetrecord.core.reconcile.matching.explain import Explanation, explain

QUIET: Final = ReconcileRequest("", post_certain=False, answers=False)
"""A run that only brings the reports up to date."""


class ClosedMonth(ValueError):
    """Raised when a request would change a closed month; says what to do instead."""


def take_back(
    session: ReconcileSession, alloc_id: str, by: str, reason: str, *, correct: bool
) -> ReconcileResult:
    """Reverse an allocation and those posted with it; nothing is deleted.

    Raises KeyError for an unknown id, ValueError for one taken back already or on which a later
    one rests (a payment that the bank returned since), and ClosedMonth when
    its month is closed, unless ``correct``: then the reversal is dated in an open month.
    """
    held = session.held
    stamp = Attribution(by, f"{session.as_of.isoformat()} undo {len(held.allocations)}")
    rows = undo(held.allocations, alloc_id, stamp, reason)
    if later := needed(held.allocations, rows, session.side.invoices):
        raise ValueError(f"{later.alloc_id} of {later.on} rests on it: undo that first.")
    if shut := would_change(held.months, rows):
        if not correct:
            raise ClosedMonth(
                f"{alloc_id} belongs to {shut[0].month}, which is closed. "
                "Add --correct to date the reversal in the first open month."
            )
        rows = corrected(held.months, rows)
    after = session._replace(held=held._replace(allocations=(*held.allocations, *rows)))
    done = work(after, Inputs(), QUIET)
    result = done.result._replace(posted=tuple(rows))
    return save(done._replace(session=session, result=result), QUIET)


def close_month(
    session: ReconcileSession, month: str, by: str, waivers: Mapping[str, str], ledger: Inputs
) -> tuple[ReconcileResult, Month]:
    """Close a month. Raises MonthRefused while a control fails without a written waiver.

    One control is that every line of the month is in a statement whose balances prove it complete.
    """
    done = work(session, ledger, QUIET)
    stamp = Attribution(by, session.as_of.isoformat())
    periods = [(s.balance, s.begins, s.ends) for s in session.held.statements]
    changed = [c for c in done.outlook.controls if c.what != UNCHANGED]
    mine = c3_unchanged(session.held.lines, month)
    controls = (*changed, *mine, *c3_proven(session.held.lines, periods, month))
    record = close(session.held.months, month, session.held.allocations, controls, stamp, waivers)
    return save(done, QUIET, [record]), record


def reopen_month(session: ReconcileSession, month: str, by: str, reason: str) -> ReconcileResult:
    """Reopen a closed month; the reason is kept. Raises MonthRefused."""
    stamp = Attribution(by, session.as_of.isoformat())
    return save(
        work(session, Inputs(), QUIET), QUIET, [reopen(session.held.months, month, stamp, reason)]
    )


def seal_month(session: ReconcileSession, month: str, by: str) -> ReconcileResult:
    """Seal a closed month, for good. Raises MonthRefused."""
    stamp = Attribution(by, session.as_of.isoformat())
    return save(work(session, Inputs(), QUIET), QUIET, [seal(session.held.months, month, stamp)])


def explain_line(session: ReconcileSession, inputs: Inputs, bank_id: str) -> Explanation:
    """Explain one line of the workbook or the files. Raises KeyError for one not there."""
    lines = session.held.lines
    for file in inputs.files:
        lines = merge(lines, file).lines
    lines = tuple(unpacked(lines, session.held.allocations, inputs.payouts))
    found = [line.bank_id for line in lines if line.bank_id.startswith(bank_id)]
    if len(found) != 1:
        raise KeyError(bank_id)
    rows: Sequence[Allocation] = session.held.allocations
    return explain(found[0], session.side.invoices, lines, session.side.clients, rows)


__all__ = [
    "ClosedMonth", "MonthRefused", "close_month", "explain_line", "reopen_month", "seal_month",
    "take_back",
]  # fmt: skip
