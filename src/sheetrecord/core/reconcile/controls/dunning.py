"""Who is late with what: reminders by client, dearest first. Nothing is sent."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import Invoice
from sheetrecord.core.reconcile.ledger.invoice_status import InvoiceStanding

_STEPS: Final = (14, 30)
"""Days late up to which a first and a second reminder is meant; then it is the last."""


class LateInvoice(NamedTuple):
    """One invoice that is late, with what is still due of it (minor units)."""

    number: str
    issued: dt.date
    due: dt.date
    days: int
    open: int


class Reminder(NamedTuple):
    """What one client is late with in one currency."""

    client: str
    currency: str
    invoices: tuple[LateInvoice, ...]
    """The oldest first."""

    @property
    def total(self) -> int:
        """What is due in all, in minor units."""
        return sum(invoice.open for invoice in self.invoices)

    @property
    def days(self) -> int:
        """How late the oldest is."""
        return max(invoice.days for invoice in self.invoices)

    @property
    def step(self) -> int:
        """Which reminder it is by the oldest invoice: 1 friendly, 2 firm, 3 the last."""
        return 1 + sum(self.days > limit for limit in _STEPS)


def reminders(
    invoices: Mapping[str, Invoice], standings: Mapping[str, InvoiceStanding]
) -> list[Reminder]:
    """Return a reminder for each client that is late, dearest first.

    What is disputed, retained or credited is not asked for: only what is outstanding and late.
    """
    late: dict[tuple[str, str], list[LateInvoice]] = {}
    for key, standing in standings.items():
        invoice = invoices[key]
        if standing.outstanding <= 0 or not standing.days_overdue or invoice.disputed:
            continue
        row = LateInvoice(
            invoice.number, invoice.issued, invoice.due, standing.days_overdue, standing.outstanding
        )
        late.setdefault((invoice.client, standing.currency), []).append(row)
    found = [
        Reminder(client, currency, tuple(sorted(rows, key=lambda r: (r.due, r.number))))
        for (client, currency), rows in late.items()
    ]
    return sorted(found, key=lambda r: (-r.total * r.days, r.client, r.currency))
