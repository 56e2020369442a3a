"""The rows of the sheets Recon and Ageing: what the outlook says, each time anew."""

import datetime as dt

from sheetrecord.core.reconcile.controls.measures import BUCKETS
from sheetrecord.core.reconcile.controls.outlook import Outlook
from sheetrecord.formats.finance import codec
from sheetrecord.model.value import Cell


def recon_rows(out: Outlook, as_of: dt.date) -> list[dict[str, Cell]]:
    """Return the rows of the Recon sheet: the verdict, the controls, the exceptions."""
    found: list[dict[str, Cell]] = [
        {"section": "Verdict", "item": as_of.isoformat(), "say": out.summary.state()}
    ]
    found.extend(
        {
            "section": "Control",
            "item": f"{c.code} {c.scope}",
            "expected": codec.major(c.expected, c.currency),
            "found": codec.major(c.found, c.currency),
            "difference": codec.major(c.difference, c.currency),
            "currency": c.currency,
            "say": c.what,
        }
        for c in out.controls
    )
    found.extend(
        {
            "section": f.kind,
            "item": f.what,
            "found": codec.major(f.amount, f.currency),
            "currency": f.currency,
            "days": f.days,
            "say": f.say,
        }
        for f in out.findings
    )
    return found


def ageing_rows(out: Outlook) -> list[dict[str, Cell]]:
    """Return the rows of the Ageing sheet: each client, then all of them by currency."""
    found = dict(out.ageing)
    for currency in sorted({currency for _, currency in found}):
        of = [row for (_, other), row in out.ageing.items() if other == currency]
        found["All clients", currency] = {name: sum(r[name] for r in of) for name in BUCKETS}
    return [
        {
            "client": client,
            "currency": currency,
            **{name: codec.major(row[name], currency) if row[name] else None for name in BUCKETS},
            "total": codec.major(sum(row.values()), currency),
        }
        for (client, currency), row in found.items()
    ]
