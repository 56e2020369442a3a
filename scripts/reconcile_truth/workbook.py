"""The workbook of a made-up firm: a deal for each client and currency, a fee line an invoice."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sheetrecord.core.reconcile.facts import Invoice
from sheetrecord.formats.template import TEMPLATES, build

ASOF = dt.date(2026, 6, 30)
READY = 200
"""The most blank rows that are kept ready below the filled ones."""


def firm(fees: Sequence[dict[str, Any]], deals: Sequence[dict[str, Any]]) -> bytes:
    """Return a workbook of these rows, judged as of `ASOF`."""
    ready = {"Context": 4, "Commitments": 4, "Project": 4, "Gaps": 2}
    ready |= {"Deal": min(len(deals) + 2, READY), "Fees": min(len(fees) + 3, READY)}
    spec = TEMPLATES["consultancy"]._replace(asof=ASOF, rows=ready, seeded_deals=1)
    return build(spec, {"Deal": list(deals), "Fees": list(fees)})


def fee(number: str, deal_id: str, net: int, issued: dt.date | None, **more: Any) -> dict[str, Any]:
    """Return a fee line."""
    return {
        "deal_id": deal_id,
        "origin": "contract",
        "fee_type": "milestone",
        "trigger": "on_date",
        "description": "Work",
        "net": net,
        "invoice_no": number,
        "invoiced_on": issued,
        "terms_days": 30,
        **more,
    }


def deal(number: int, client: str, currency: str = "EUR", **more: Any) -> dict[str, Any]:
    """Return a deal that is sold."""
    return {
        "deal_id": f"D-{number:04}",
        "client": client,
        "deal_name": f"Work {currency}",
        "stage": "won",
        "deal_owner": "Ana Ruiz",
        "value_net": 100_000,
        "currency": currency,
        "fee_model": "time_materials",
        **more,
    }


def firm_of(invoices: Sequence[Invoice]) -> bytes:
    """Return the workbook that holds these invoices."""
    deals: list[dict[str, Any]] = []
    ids: dict[tuple[str, str], str] = {}
    fees = []
    for i in invoices:
        key = (i.client, i.currency)
        if key not in ids:
            deals.append(deal(len(ids) + 1, *key))
            ids[key] = deals[-1]["deal_id"]
        net = i.gross if i.net is None else i.net
        terms = (i.due - i.issued).days
        kind = "milestone" if i.gross >= 0 else "credit"
        more = {"tax": i.gross - net, "terms_days": terms, "fee_type": kind, **_terms(i, net)}
        fees.append(fee(i.number, ids[key], net, i.issued, currency=i.currency, **more))
    return firm(fees, deals)


def _terms(i: Invoice, net: int) -> dict[str, float]:
    """Return the shares that the contract lets the client keep, in whole percents."""
    found = {}
    if i.retention:
        found["retention_pct"] = round(i.retention * 100 / i.gross) / 100
    if i.wht:
        found["wht_pct"] = round(i.wht * 100 / net) / 100
    return found
