"""The report of a run as data, exceptions.csv and report.json: same input, same bytes."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.reconcile.controls.findings import ControlException
from sheetrecord.core.reconcile.controls.identities import Control
from sheetrecord.core.reconcile.controls.measures import BUCKETS, Collection
from sheetrecord.core.reconcile.controls.outlook import Outlook
from sheetrecord.core.reconcile.facts import Allocation, BankLine
from sheetrecord.core.reconcile.ledger.months import Month
from sheetrecord.core.reconcile.review.at_once import answers_needed
from sheetrecord.core.reconcile.session import RunResult
from sheetrecord.model.money import to_major

SCHEMA = 1
"""Raised when a field of the JSON changes its meaning or goes away."""


class ReconcileReport(NamedTuple):
    """The data of a report, whatever its format. Amounts are texts in major units."""

    book: str
    as_of: str
    verdict: str
    controls: Sequence[Control]
    findings: Sequence[ControlException]
    ageing: Mapping[tuple[str, str], Mapping[str, int]]
    posted: Sequence[Allocation]
    pending: Sequence[BankLine]
    months: Sequence[Month]
    counts: Mapping[str, int]
    collection: Sequence[Collection] = ()
    coming: Mapping[str, Mapping[str, int]] = {}
    """What is to come, by currency and when it is due."""


def build_report(
    book: str, as_of: str, result: RunResult, outlook: Outlook, pending: Sequence[BankLine],
    months: Sequence[Month],
) -> ReconcileReport:  # fmt: skip
    """Return the report of a run."""
    counts = {
        "lines": len(result.lines),
        "new_lines": len(result.added),
        "known_lines": result.known,
        "posted": len(result.posted),
        "answered": result.answered,
        "questions": len(result.review),
        "answers_needed": answers_needed(result.review),
        "set_aside": len(result.set_aside),
    }
    return ReconcileReport(
        book, as_of, outlook.summary.text(), outlook.controls, outlook.findings, outlook.ageing,
        result.posted, pending, months, counts, outlook.collection,
    )  # fmt: skip


def money(minor: int, currency: str) -> str:
    """Return an amount in minor units as text in major units: ``14,320.00``."""
    return f"{to_major(minor, currency):,}"


def safe(text: str) -> str:
    """Return a text that no program runs as a formula when it opens the CSV (CWE-1236)."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r", "|") else text


def exceptions_csv(report: ReconcileReport) -> bytes:
    """Return the exceptions as UTF-8 CSV with a byte-order mark, largest amount x age first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["kind", "item", "amount", "currency", "days", "what"])
    for f in report.findings:
        amount = str(to_major(f.amount, f.currency))
        writer.writerow([f.kind, safe(f.what), amount, f.currency, f.days, safe(f.say)])
    return out.getvalue().encode("utf-8-sig")


def as_data(report: ReconcileReport) -> dict[str, object]:
    """Return the report as data for JSON."""
    return {
        "schema": SCHEMA,
        "book": report.book,
        "asof": report.as_of,
        "verdict": report.verdict,
        "counts": dict(report.counts),
        "controls": [_control(one) for one in report.controls],
        "exceptions": [_exception(one) for one in report.findings],
        "posted": [_posted(one) for one in report.posted],
        "ageing": [
            {
                "client": client,
                "currency": currency,
                **{name: _major(row[name], currency) for name in BUCKETS},
            }
            for (client, currency), row in report.ageing.items()
        ],
        "cash_to_come": [
            {"currency": currency, **{when: _major(row[when], currency) for when in row}}
            for currency, row in report.coming.items()
        ],
        "days_sales_outstanding": [_collected(one) for one in report.collection],
        "months": [{"month": m.month, "state": m.state, "reason": m.reason} for m in report.months],
    }


def _major(minor: int, currency: str) -> str:
    return str(to_major(minor, currency))


def _control(one: Control) -> dict[str, object]:
    return {
        "code": one.code,
        "scope": one.scope,
        "what": one.what,
        "expected": _major(one.expected, one.currency),
        "found": _major(one.found, one.currency),
        "difference": _major(one.difference, one.currency),
        "currency": one.currency,
    }


def _exception(one: ControlException) -> dict[str, object]:
    return {
        "kind": one.kind,
        "item": one.what,
        "amount": _major(one.amount, one.currency),
        "currency": one.currency,
        "days": one.days,
        "what": one.say,
    }


def _posted(one: Allocation) -> dict[str, object]:
    return {
        "id": one.alloc_id,
        "bank_id": one.bank_id,
        "invoice": one.invoice_no,
        "fee_id": one.fee_id,
        "amount": _major(one.amount, one.currency),
        "currency": one.currency,
        "kind": one.kind.value,
        "on": one.on.isoformat(),
        "rule": one.rule,
        "tier": one.tier,
        "evidence": one.evidence,
    }


def _collected(one: Collection) -> dict[str, object]:
    return {
        "currency": one.currency,
        "receivable": _major(one.receivable, one.currency),
        "over_90_days": None if one.over_90_days is None else str(one.over_90_days),
        "counted_back": one.counted_back,
    }


def report_json(report: ReconcileReport, files: Mapping[str, str]) -> bytes:
    """Return the report as JSON, with the digests of the files beside it."""
    data = {**as_data(report), "files": dict(files)}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
