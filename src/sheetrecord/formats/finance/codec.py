"""Convert bank lines, allocations, questions, months and statements to cells and back."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sheetrecord.core.reconcile.controls.identities import Balance
from sheetrecord.core.reconcile.facts import (
    Allocation,
    AllocationKind,
    BankLine,
    LineSource,
    Original,
    PaymentPart,
)
from sheetrecord.core.reconcile.input.fee_lines import COUNTS_AS
from sheetrecord.core.reconcile.ledger.months import Month
from sheetrecord.core.reconcile.review.account_rules import AccountRule
from sheetrecord.core.reconcile.review.questions import ReviewRow
from sheetrecord.core.reconcile.session import ImportedStatement
from sheetrecord.model.money import exponent, to_minor
from sheetrecord.model.value import Cell

MAX_TEXT = 32_000
Cells = dict[str, Cell]


def major(minor: int, currency: str) -> int | float:
    """Return an amount in minor units as the number that a cell holds, in major units."""
    unit: int = 10 ** exponent(currency)
    whole, rest = divmod(minor, unit)
    return minor / unit if rest else whole


def _minor(value: Any, currency: str) -> int:
    if isinstance(value, str):
        value = Decimal(value)
    return to_minor(value, currency)[0] if value is not None else 0


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date) or value is None:
        return value
    return dt.date.fromisoformat(str(value))


def line_cells(line: BankLine) -> Cells:
    """Return a bank line as a row."""
    original = line.original
    parts = json.dumps([list(p) for p in line.parts], ensure_ascii=False) if line.parts else ""
    return {
        "bank_id": line.bank_id,
        "account": line.account,
        "booked": line.booked,
        "valued": line.valued,
        "amount": major(line.amount, line.currency),
        "currency": line.currency,
        "category": line.category,
        "payer": line.payer[:MAX_TEXT],
        "text": line.text[:MAX_TEXT],
        "payer_iban": line.payer_iban,
        "structured": line.structured,
        "end_to_end": line.end_to_end,
        "ref": line.ref,
        "original_amount": major(original.amount, original.currency) if original else None,
        "original_currency": original.currency if original else "",
        "original_rate": original.rate if original else "",
        "charges": major(line.charges, line.currency) if line.charges else None,
        "parts": parts if len(parts) <= MAX_TEXT else "",
        "batch": line.batch or None,
        "returned": "yes" if line.returned else "",
        "suspect": line.suspect,
        "balance": None if line.balance is None else major(line.balance, line.currency),
        "statement": line.statement,
        "file": line.source.file,
        "row": line.source.row or None,
        "sha": line.source.sha,
    }


def line_of(row: Mapping[str, Any]) -> BankLine:
    """Return the bank line of a row. Raises ValueError or KeyError for a damaged one."""
    currency = _text(row["currency"])
    booked = _day(row["booked"])
    if booked is None:
        raise ValueError("no date")
    code = _text(row.get("original_currency"))
    original = None
    if code:
        amount = _minor(row.get("original_amount"), code)
        original = Original(amount, code, _text(row.get("original_rate")))
    return BankLine(
        _text(row.get("account")),
        booked,
        _minor(row["amount"], currency),
        currency,
        _text(row.get("payer")),
        _text(row.get("text")),
        _text(row["bank_id"]),
        _day(row.get("valued")),
        _text(row.get("payer_iban")),
        _text(row.get("structured")),
        _text(row.get("end_to_end")),
        _text(row.get("ref")),
        original,
        _minor(row.get("charges"), currency),
        tuple(PaymentPart(*p) for p in json.loads(row["parts"])) if row.get("parts") else (),
        int(row.get("batch") or 0),
        bool(row.get("returned")),
        _text(row.get("category")),
        _text(row.get("suspect")),
        _minor(row["balance"], currency) if "balance" in row else None,
        _text(row.get("statement")),
        LineSource(_text(row.get("file")), int(row.get("row") or 0), _text(row.get("sha"))),
    )


_PLAIN = (
    "alloc_id", "bank_id", "invoice_no", "fee_id", "client", "currency", "month", "rate", "rule",
    "tier", "evidence", "reason", "comment", "decided_by", "decided_at", "proposed_at", "reverses",
    "source_sha",
)  # fmt: skip


def allocation_cells(row: Allocation, bank_currency: str, step: int, seq: int, chain: str) -> Cells:
    """Return an allocation as a row; ``bank_currency`` is its line's."""
    cells: Cells = {key: getattr(row, key)[:MAX_TEXT] for key in _PLAIN}
    return cells | {
        "amount": major(row.amount, row.currency),
        "kind": row.kind.value,
        "counts_as": COUNTS_AS[row.kind],
        "on": row.on,
        "bank_amount": major(row.bank_amount, bank_currency) if row.bank_id else None,
        "bank_currency": bank_currency if row.bank_id else "",
        "step": step or None,
        "seq": seq,
        "chain": chain,
    }


def allocation_of(row: Mapping[str, Any]) -> Allocation:
    """Return the allocation of a row. Raises ValueError or KeyError for a damaged one."""
    texts = {key: _text(row.get(key)) for key in _PLAIN}
    on = _day(row["on"])
    if on is None:
        raise ValueError("no date")
    bank_currency = _text(row.get("bank_currency")) or texts["currency"]
    return Allocation(
        **texts,
        amount=_minor(row["amount"], texts["currency"]),
        kind=AllocationKind(row["kind"]),
        on=on,
        bank_amount=_minor(row.get("bank_amount"), bank_currency),
    )


def review_of(row: Mapping[str, object]) -> ReviewRow:
    """Return a question with its answer."""
    return ReviewRow(**{key: _text(row.get(key)) for key in ReviewRow._fields})


def review_cells(row: ReviewRow, problem: str) -> Cells:
    """Return a question as a row of texts."""
    cells: Cells = {key: text[:MAX_TEXT] for key, text in row._asdict().items()}
    cells["booked"] = _day(row.booked)
    amount = Decimal(row.amount)
    cells["amount"] = int(amount) if amount == amount.to_integral_value() else float(amount)
    return cells | {"problem": problem}


def rule_cells(rule: AccountRule) -> Cells:
    """Return an account rule as a row."""
    cells: Cells = dict(rule._asdict())
    return {**cells, "since": _day(rule.since)}


def rule_of(row: Mapping[str, object]) -> AccountRule:
    """Return the account rule of a row. Raises ValueError or KeyError for a damaged one."""
    texts = {key: _text(row.get(key)) for key in AccountRule._fields}
    since = _day(row["since"])
    if since is None or not (texts["rule_id"] and texts["category"]):
        raise ValueError("no rule")
    return AccountRule(**{**texts, "since": since.isoformat()})


def statement_cells(s: ImportedStatement) -> Cells:
    """Return a statement as a row of texts."""
    b = s.balance
    return {
        "account": b.account, "currency": b.currency, "opening": str(b.opening),
        "closing": str(b.closing), "lines": str(b.lines), "name": b.name,
        "begins": s.begins.isoformat(), "ends": s.ends.isoformat(), "sha": s.sha,
    }  # fmt: skip


def statement_of(row: Mapping[str, object]) -> ImportedStatement:
    """Return the statement of a row."""
    texts = {key: _text(value) for key, value in row.items()}
    balance = Balance(
        texts.get("account", ""), texts["currency"], int(texts["opening"]), int(texts["closing"]),
        int(texts["lines"]), texts.get("name", ""),
    )  # fmt: skip
    begins, ends = map(dt.date.fromisoformat, (texts["begins"], texts["ends"]))
    return ImportedStatement(balance, begins, ends, texts.get("sha", ""))


def month_cells(m: Month) -> Cells:
    """Return the record of a month's closing as a row of texts."""
    packed = {
        key: json.dumps(dict(getattr(m, key)), sort_keys=True) for key in ("totals", "waivers")
    }
    return {key: packed.get(key, str(value)) for key, value in m._asdict().items()}


def month_of(row: Mapping[str, object]) -> Month:
    """Return the record of a month's closing."""
    texts = {key: _text(row.get(key)) for key in Month._fields}
    packed = {key: json.loads(texts.pop(key) or "{}") for key in ("totals", "waivers")}
    named = {**texts, **packed}
    return Month(*(named[key] for key in Month._fields))


def epoch(*, date1904: bool) -> dt.date:
    """Return day 0 of a workbook's date serial numbers (ECMA-376 part 1 section 18.17.4.1)."""
    return dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30)
