"""What is still to come of the invoices that are out, by when it is due. Nothing is forecast."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sheetrecord.core.reconcile.facts import Invoice
from sheetrecord.core.reconcile.ledger.invoice_status import InvoiceStanding

WHEN: Final = ("late", "within 7 days", "8 to 30 days", "31 to 60 days", "61 to 90 days", "later")
_LIMITS: Final = (7, 30, 60, 90)


def cash_to_come(
    invoices: Mapping[str, Invoice], standings: Mapping[str, InvoiceStanding], as_of: dt.date
) -> dict[str, dict[str, int]]:
    """Return what is due, in minor units, by currency and `WHEN`.

    What a client retains comes on its day of release, or later when no day is known. Disputed
    invoices are left out, and so is what we owe back.
    """
    found: dict[str, dict[str, int]] = {}
    for key, standing in standings.items():
        invoice = invoices[key]
        if invoice.disputed:
            continue
        release = invoice.retention_release or dt.date.max
        for amount, due in ((standing.outstanding, invoice.due), (standing.retained, release)):
            if amount > 0:
                row = found.setdefault(standing.currency, dict.fromkeys(WHEN, 0))
                row[_when(due, as_of)] += amount
    return dict(sorted(found.items()))


def _when(due: dt.date, as_of: dt.date) -> str:
    days = (due - as_of).days
    if days < 0:
        return WHEN[0]
    return WHEN[1 + sum(days > limit for limit in _LIMITS)]
