"""Exceptions besides the bank lines: differences from the ledger, overdue and retained amounts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sheetrecord.core.reconcile.controls.identities import Total
from sheetrecord.core.reconcile.facts import Invoice
from sheetrecord.core.reconcile.ledger.invoice_status import InvoiceStanding
from sheetrecord.model.money import Money


class ControlException(NamedTuple):
    """One exception of a fixed list of kinds; ``amount`` in minor units, ``days`` its age."""

    kind: str
    what: str
    amount: int
    currency: str
    days: int
    say: str


def ledger_findings(
    invoices: Mapping[str, Invoice],
    standings: Mapping[str, InvoiceStanding],
    ledger: Iterable[Total],
    as_of: dt.date,
) -> list[ControlException]:
    """Return where workbook and ledger differ: invoice missing, total, amount due, status."""
    found: list[ControlException] = []
    seen: set[str] = set()
    for total in ledger:
        seen.add(total.number)
        invoice = invoices.get(total.number)
        if invoice is None:
            say = f"{total.number} is in the ledger, not in the sheet: add its fee line."
            found.append(_finding("invoice-not-in-sheet", total, total.total, 0, say))
            continue
        age = (as_of - invoice.issued).days
        off = invoice.gross - total.total
        if off:
            ours, theirs = _m(invoice.gross, total), _m(total.total, total)
            say = f"{total.number}: sheet {ours}, ledger {theirs}."
            found.append(_finding("ledger-amount-differs", total, abs(off), age, say))
        due = total.open if total.open is not None else _due(total)
        mine = standings[total.number].outstanding + standings[total.number].retained
        if due is not None and not off and due != mine:
            say = f"{total.number}: we say {_m(mine, total)} is due, the ledger {_m(due, total)}."
            found.append(_finding("ledger-status-differs", total, abs(due - mine), age, say))
    if seen:
        for key, invoice in invoices.items():
            if key not in seen and not invoice.void:
                total = Total(key, invoice.gross, invoice.currency)
                say = f"{key} is in the sheet, not in the ledger."
                age = (as_of - invoice.issued).days
                found.append(
                    _finding("sheet-invoice-not-in-ledger", total, abs(invoice.gross), age, say)
                )
    return order(found)


def _due(total: Total) -> int | None:
    return None if total.paid is None else total.total - total.paid


def _m(amount: int, total: Total) -> str:
    return str(Money(amount, total.currency))


def _finding(kind: str, total: Total, amount: int, days: int, say: str) -> ControlException:
    return ControlException(kind, total.number, amount, total.currency, days, say)


def due_findings(
    invoices: Mapping[str, Invoice], standings: Mapping[str, InvoiceStanding], as_of: dt.date
) -> list[ControlException]:
    """Return overdue invoices, and retentions whose release date has come."""
    found = []
    for key, s in standings.items():
        invoice = invoices[key]
        release = invoice.retention_release
        if release is not None and release <= as_of and 0 < s.outstanding <= s.held:
            days = (as_of - release).days
            say = f"{key}: {Money(s.outstanding, s.currency)} was kept until {release}: ask for it."
            found.append(
                ControlException("retention-due", key, s.outstanding, s.currency, days, say)
            )
        elif s.outstanding > 0 and s.days_overdue and not invoice.disputed:
            say = f"{key}: {Money(s.outstanding, s.currency)} is {s.days_overdue} days late."
            found.append(
                ControlException("overdue", key, s.outstanding, s.currency, s.days_overdue, say)
            )
    return order(found)


def order(found: Iterable[ControlException]) -> list[ControlException]:
    """Sort by amount x age, largest first."""
    return sorted(found, key=lambda f: (-f.amount * max(f.days, 1), f.kind, f.what))
