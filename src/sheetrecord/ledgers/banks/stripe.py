"""Read Stripe's itemised payout reports: the invoices, fees and refunds in each payout.

A payout is a combined payment net of fees, whose content the file lists. Amounts in Stripe's
reports are in major units (those of its API are in minor units).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sheetrecord.core.reconcile.facts import PaymentPart
from sheetrecord.core.reconcile.input.payouts import Payout
from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.reading import LeftOut, Reading, problem
from sheetrecord.ledgers.table import DelimitedRow, read_rows
from sheetrecord.model.problem import Problem

_NEEDED: Final = ("currency", "gross", "fee", "net")
_OWN_FEES: Final = frozenset({"fee", "network_cost", "tax"})
"""What the processor charges by itself, belonging to no payment (docs.stripe.com, reporting
categories)."""
_ID: Final = "balance_transaction_id"
_DAYS: Final = (
    "automatic_payout_effective_at_utc",
    "automatic_payout_effective_at",
    "effective_at_utc",
    "effective_at",
    "available_on_utc",
    "created_utc",
    "created",
)
_NUMBERS: Final = ("invoice_number", "payment_metadata[invoice]", "payment_metadata[invoice_no]",
                   "payment_metadata[invoice_number]")  # fmt: skip


def read_stripe(data: bytes, name: str) -> tuple[tuple[Payout, ...], tuple[Problem, ...], Reading]:
    """Return the payouts of an itemised report, and a reading without lines that counts its rows.

    Raises CannotRead for another kind of file.
    """
    check_bytes(data, name)
    text, _ = decode(data, name)
    rows = read_rows(text, ",", name)
    header = [cell.strip().lower() for cell in rows[0].cells]
    key = "automatic_payout_id" if "automatic_payout_id" in header else "payout_id"
    if key not in header or any(column not in header for column in _NEEDED):
        why = "the columns payout id, currency, gross, fee and net are needed."
        do = "Export Stripe's itemised payout reconciliation report with them."
        raise refuse(name, why, do, "columns")
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for row in rows[1:]:
        cells = dict(zip(header, row.cells, strict=False))
        if cells.get(key) and cells.get("reporting_category", "") != "payout":
            groups.setdefault(cells[key], []).append((row.line, cells))
    problems: list[Problem] = []
    payouts = [_payout(which, items, name, problems) for which, items in groups.items()]
    kept = {p.payout_id for p in payouts if p}
    return tuple(p for p in payouts if p), tuple(problems), _counted(rows, header, key, kept)


def _counted(rows: list[DelimitedRow], header: list[str], key: str, kept: set[str]) -> Reading:
    """Return the count of the rows: the sums of payouts stand apart from what is inside them."""
    left: list[LeftOut] = []
    apart = 1
    for row in rows[1:]:
        cells = dict(zip(header, row.cells, strict=False))
        if cells.get("reporting_category", "") == "payout":
            apart += 1
        elif not cells.get(key):
            left.append(LeftOut(row.line, "It is in no payout yet."))
        elif cells[key] not in kept:
            left.append(LeftOut(row.line, f"Its payout {cells[key]} does not add up.", True))
    return Reading("stripe", (), (), len(rows), apart, tuple(left))


def is_stripe(row: DelimitedRow) -> bool:
    """Return True if a header row is that of an itemised Stripe report."""
    cells = {cell.strip().lower() for cell in row.cells}
    return bool(cells & {"automatic_payout_id", "payout_id"}) and {"gross", "net"} <= cells


def _payout(
    which: str, items: list[tuple[int, dict[str, str]]], name: str, problems: list[Problem]
) -> Payout | None:
    currency = items[0][1].get("currency", "").upper()
    parts: list[PaymentPart] = []
    seen = set[tuple[str, ...]]()
    for line, cells in items:
        part, known = _part(cells, currency), tuple(cells.values())
        twice = bool(cells.get(_ID)) and known in seen
        seen.add(known)
        if part is None or twice:
            other = "gross less fee is not net, or a row has no amount or another currency"
            say = f"Payout {which}: {'a row stands there twice' if twice else other}."
            problems.append(problem("BANK102", say, name, line))
            return None
        parts.append(part)
    net = sum(part.gross - part.fee for part in parts)
    on = next((day for k in _DAYS if (day := _day(items[0][1].get(k, "")))), None)
    return Payout(which, "STRIPE", on, net, currency, tuple(parts), name)


def _part(cells: Mapping[str, str], currency: str) -> PaymentPart | None:
    """Return what a row adds to its payout; None where its amounts contradict each other."""
    gross, fee, net = (amounts.parse(cells.get(k) or "", ".", currency) for k in _NEEDED[1:])
    if gross is None or fee is None or net is None or gross - fee != net:
        return None
    if cells.get("currency", "").upper() != currency or (fee < 0 < gross):
        return None
    if cells.get("reporting_category") in _OWN_FEES:
        return PaymentPart("", 0, -net, cells.get("description", ""))
    number = next((cells[k] for k in _NUMBERS if cells.get(k)), "")
    words = [cells.get(k, "") for k in ("reporting_category", "description", "customer_name")]
    return PaymentPart(number, gross, fee, " ".join(w for w in words if w))


def _day(cell: str) -> dt.date | None:
    return dates.parse(cell, "ymd") if cell else None
