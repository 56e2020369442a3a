"""The report of a run as data, exceptions.csv and report.json: same input, same bytes."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sheetrecord.core.reconcile.controls import Control
from sheetrecord.core.reconcile.facts import Allocation, BankLine
from sheetrecord.core.reconcile.findings import Finding
from sheetrecord.core.reconcile.measures import BUCKETS, Collection
from sheetrecord.core.reconcile.months import Month
from sheetrecord.core.reconcile.outlook import Outlook
from sheetrecord.core.reconcile.session import Result
from sheetrecord.model.money import to_major

SCHEMA = 1
"""Raised when a field of the JSON changes its meaning or goes away."""


class Report(NamedTuple):
    """What every form of the report shows. Amounts are texts in major units."""

    book: str
    as_of: str
    verdict: str
    controls: Sequence[Control]
    findings: Sequence[Finding]
    ageing: Mapping[tuple[str, str], Mapping[str, int]]
    posted: Sequence[Allocation]
    pending: Sequence[BankLine]
    months: Sequence[Month]
    counts: Mapping[str, int]
    collection: Sequence[Collection] = ()


def report(
    book: str, as_of: str, result: Result, outlook: Outlook, pending: Sequence[BankLine],
    months: Sequence[Month],
) -> Report:  # fmt: skip
    """Return the report of a run."""
    counts = {
        "lines": len(result.lines),
        "new_lines": len(result.added),
        "known_lines": result.known,
        "posted": len(result.posted),
        "answered": result.answered,
        "questions": len(result.review),
    }
    return Report(
        book, as_of, outlook.summary.text(), outlook.controls, outlook.findings, outlook.ageing,
        result.posted, pending, months, counts, outlook.collection,
    )  # fmt: skip


def money(minor: int, currency: str) -> str:
    """Return an amount as people write it: ``14,320.00``."""
    return f"{to_major(minor, currency):,}"


def safe(text: str) -> str:
    """Return a text that no program runs as a formula when it opens the CSV (CWE-1236)."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r", "|") else text


def exceptions_csv(told: Report) -> bytes:
    """Return the exceptions, dearest and oldest first, as UTF-8 with a byte-order mark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["kind", "item", "amount", "currency", "days", "what"])
    for f in told.findings:
        amount = str(to_major(f.amount, f.currency))
        writer.writerow([f.kind, safe(f.what), amount, f.currency, f.days, safe(f.say)])
    return out.getvalue().encode("utf-8-sig")


def as_data(told: Report) -> dict[str, Any]:
    """Return the report as JSON holds it."""
    return {
        "schema": SCHEMA,
        "book": told.book,
        "asof": told.as_of,
        "verdict": told.verdict,
        "counts": dict(told.counts),
        "controls": [
            {
                "code": c.code,
                "scope": c.scope,
                "what": c.what,
                "expected": str(to_major(c.expected, c.currency)),
                "found": str(to_major(c.found, c.currency)),
                "difference": str(to_major(c.difference, c.currency)),
                "currency": c.currency,
            }
            for c in told.controls
        ],
        "exceptions": [
            {
                "kind": f.kind,
                "item": f.what,
                "amount": str(to_major(f.amount, f.currency)),
                "currency": f.currency,
                "days": f.days,
                "what": f.say,
            }
            for f in told.findings
        ],
        "posted": [
            {
                "id": a.alloc_id,
                "bank_id": a.bank_id,
                "invoice": a.invoice_no,
                "fee_id": a.fee_id,
                "amount": str(to_major(a.amount, a.currency)),
                "currency": a.currency,
                "kind": a.kind.value,
                "on": a.on.isoformat(),
                "rule": a.rule,
                "tier": a.tier,
                "evidence": a.evidence,
            }
            for a in told.posted
        ],
        "ageing": [
            {
                "client": client,
                "currency": currency,
                **{name: str(to_major(row[name], currency)) for name in BUCKETS},
            }
            for (client, currency), row in told.ageing.items()
        ],
        "days_sales_outstanding": [
            {
                "currency": c.currency,
                "receivable": str(to_major(c.receivable, c.currency)),
                "over_90_days": None if c.over_90_days is None else str(c.over_90_days),
                "counted_back": c.counted_back,
            }
            for c in told.collection
        ],
        "months": [{"month": m.month, "state": m.state, "reason": m.reason} for m in told.months],
    }


def report_json(told: Report) -> bytes:
    """Return the report as JSON."""
    return (json.dumps(as_data(told), ensure_ascii=False, indent=1) + "\n").encode()
