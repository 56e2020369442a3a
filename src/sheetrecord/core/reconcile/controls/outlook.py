"""The report's figures: controls, exceptions, invoice status, ageing and the summary."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from sheetrecord.core.reconcile.controls.book_statements import (
    CLOSES,
    UNCHANGED,
    Period,
    c3_book,
    c3_unchanged,
)
from sheetrecord.core.reconcile.controls.findings import (
    ControlException,
    due_findings,
    ledger_findings,
    order,
)
from sheetrecord.core.reconcile.controls.identities import (
    Control,
    Total,
    c1_contract,
    c2_ledger_total,
    c3_statements,
    c4_receipts,
    c5_receivable,
    c6_ledger_paid,
    failing,
)
from sheetrecord.core.reconcile.controls.measures import (
    Collection,
    Summary,
    ageing,
    collection,
    summary,
    unallocated,
)
from sheetrecord.core.reconcile.facts import Invoice
from sheetrecord.core.reconcile.input.fee_sheet import FeeSide
from sheetrecord.core.reconcile.ledger.invoice_status import InvoiceStanding, standings
from sheetrecord.core.reconcile.matching.explain import came, sentence
from sheetrecord.core.reconcile.session import RunRequest, RunResult, consecutive
from sheetrecord.model.money import to_minor

BLOCKING = frozenset({"C3", "C4", "C5"})
"""Identities of the bank's side and of our own sums: when one fails, nothing is written."""


class Outlook(NamedTuple):
    """All figures of the report, without the rows themselves."""

    controls: tuple[Control, ...]
    findings: tuple[ControlException, ...]
    standings: Mapping[str, InvoiceStanding]
    ageing: Mapping[tuple[str, str], Mapping[str, int]]
    summary: Summary
    ledger: Mapping[str, str]
    """Invoice key → agrees, amount_differs or not_in_ledger; empty without a ledger."""
    collection: tuple[Collection, ...] = ()

    @property
    def blocked(self) -> list[Control]:
        """Return the failing controls that prevent a run from writing."""
        return [c for c in failing(self.controls) if c.code in BLOCKING and not _said(c)]


def _gap(control: Control) -> bool:
    """A missing statement is said, not refused: the lines that are there are whole."""
    return control.code == "C3" and control.what.startswith("opens where")


def _said(control: Control) -> bool:
    """Whether a control is red and blocks a month, and yet lets a run write.

    A gap; and what the bank, or somebody in the sheet, contradicts: a person must answer, so the
    question must be written.
    """
    return _gap(control) or control.what in (CLOSES, UNCHANGED)


def outlook(side: FeeSide, result: RunResult, ask: RunRequest) -> Outlook:
    """Return the report's figures as of the run's date."""
    by_key = side.by_key
    now = standings(side.invoices, result.allocations, ask.as_of, side.lines)
    controls = all_controls(side, result, ask, now)
    found = list(result.findings) + _lines(result, ask.as_of)
    found += ledger_findings(by_key, now, ask.ledger, ask.as_of) if ask.ledger else []
    found += due_findings(by_key, now, ask.as_of)
    found += [_red(c) for c in failing(controls)]
    found += [
        ControlException(
            "row-not-read", f"{row.file} row {row.row}", 0, row.currency, 0,
            f"{row.file}, row {row.row} may be a payment and was not read: {row.why}",
        )
        for row in ask.rows.doubtful
    ]  # fmt: skip
    clients = {key: invoice.client for key, invoice in by_key.items()}
    questions = len(result.review)
    return Outlook(
        tuple(controls),
        tuple(order(found)),
        now,
        ageing(now.values(), clients, _unapplied(result)),
        summary(controls, questions, result.lines, result.allocations, ask.rows),
        _ledger_checks(by_key, ask.ledger),
        tuple(collection(now, by_key, ask.as_of)),
    )


def all_controls(
    side: FeeSide, result: RunResult, ask: RunRequest, now: Mapping[str, InvoiceStanding]
) -> list[Control]:
    """Return the controls C1 to C6; ``now`` is where each invoice stands."""
    fees = [line for lines in side.lines.values() for line in lines]
    first = ask.as_of.replace(day=1)
    return [
        *c1_contract(side.deals, side.scheduled),
        *c2_ledger_total(fees, ask.ledger),
        *_c3(result),
        *c4_receipts(result.lines, result.allocations),
        *c5_receivable(side.invoices, result.allocations, first, dt.date.max, now),
        *c6_ledger_paid(side.invoices, result.allocations, ask.ledger, ask.as_of),
    ]


def _c3(result: RunResult) -> list[Control]:
    periods = [Period(s.balance, s.begins, s.ends) for s in result.statements]
    gaps = [c for c in c3_statements(consecutive(result.statements)) if _gap(c)]
    return [*c3_book(result.lines, periods), *c3_unchanged(result.lines), *gaps]


def _red(c: Control) -> ControlException:
    kind = "contract-sum-differs" if c.code == "C1" else "control-total-fails"
    kind = "gap-between-statements" if _gap(c) else kind
    say = f"{c.name}: {c.what}; off by {c.off}."
    return ControlException(kind, c.name, abs(c.difference), c.currency, 0, say)


def _lines(result: RunResult, as_of: dt.date) -> list[ControlException]:
    lines = {line.bank_id: line for line in result.lines}
    proposals = {p.bank_id: p for p in result.proposals}
    found = []
    for row in result.review:
        line, p = lines[row.bank_id], proposals.get(row.bank_id)
        kind = row.ask or "choose"
        if p is None:
            say = f"{came(line)} is short by {row.difference}. Say why in Review."
        else:
            say = sentence(line, p)
        if row.bank_id in result.problems:
            say += f" The answer was not taken: {result.problems[row.bank_id]}"
        age = max(0, (as_of - line.booked).days)
        stake = abs(line.amount)
        if kind == "short-reason-needed" and row.difference:
            stake = to_minor(Decimal(row.difference.partition(" of ")[0]), line.currency)[0]
        found.append(ControlException(kind, row.bank_id, stake, line.currency, age, say))
    return found


def _unapplied(result: RunResult) -> dict[tuple[str, str], int]:
    """Return cash not applied, by the client it is proposed for, or by nobody."""
    lines = {line.bank_id: line for line in result.lines}
    clients = {p.bank_id: p.client for p in result.proposals}
    sums: dict[tuple[str, str], int] = {}
    for key, amount in unallocated(result.lines, result.allocations).items():
        who = (clients.get(key) or "(not known)", lines[key].currency)
        sums[who] = sums.get(who, 0) + amount
    return sums


def _ledger_checks(invoices: Mapping[str, Invoice], ledger: Iterable[Total]) -> dict[str, str]:
    totals = {t.number: t for t in ledger}
    if not totals:
        return {}
    found = {}
    for key, invoice in invoices.items():
        total = totals.get(key)
        if total is None:
            found[key] = "not_in_ledger"
        else:
            same = total.total == invoice.gross
            found[key] = "agrees" if same else "amount_differs"
    return found
