"""Read Sage 50 (UK) audit trail transactions: positions count, there is usually no header."""

import datetime as dt
import re
from typing import Final

from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.invoices.generic import date_order
from sheetrecord.ledgers.reading import LedgerInvoice, LedgerReading, problem
from sheetrecord.ledgers.table import DelimitedRow, read_rows
from sheetrecord.model.problem import Problem

_TYPE, _ACCOUNT, _DATE, _REF, _NET, _TAX = 0, 1, 4, 5, 7, 9
_TYPES: Final = frozenset(
    [
        "SI",
        "SC",
        "SR",
        "SA",
        "SD",
        "PI",
        "PC",
        "PP",
        "PA",
        "BR",
        "BP",
        "CR",
        "CP",
        "JD",
        "JC",
        "VP",
        "VR",
    ]
)


def read_sage(data: bytes, name: str, currency: str = "GBP", order: str = "") -> LedgerReading:
    """Return invoices by reference: SI raises, SC lowers the total, SR and SA are payments.

    Raises CannotRead for another file or an open date order.
    """
    check_bytes(data, name)
    text, _ = decode(data, name)
    rows = [row for row in read_rows(text, ",", name) if is_sage(row)]
    if not rows:
        why = "no row starts with a Sage transaction type (SI, SC, SR...)."
        raise refuse(name, why, "Export Audit Trail Transactions as CSV.", "kind")
    order = order or date_order([_spaced(row.cells[_DATE]) for row in rows], name)
    found: dict[str, LedgerInvoice] = {}
    problems: list[Problem] = []
    for row in rows:
        cells = [*row.cells, *[""] * 10]
        kind, number = cells[_TYPE].upper(), cells[_REF]
        if kind not in ("SI", "SC", "SR", "SA", "SD") or not number:
            continue
        net = amounts.parse(cells[_NET], ".", currency)
        tax = amounts.parse(cells[_TAX] or "0", ".", currency)
        day = dates.parse(_spaced(cells[_DATE]), order)
        if net is None or tax is None or day is None:
            say = f"{kind} {number}: an amount or the date cannot be read."
            problems.append(problem("BANK102", say, name, row.line))
            continue
        found[number] = _post(found.get(number), kind, net + tax, _new(cells, currency, day, row))
    return LedgerReading("sage", tuple(found.values()), tuple(problems))


def is_sage(row: DelimitedRow) -> bool:
    """Return True if a row starts with a Sage transaction type and has its fields."""
    return len(row.cells) > _NET and row.cells[_TYPE].upper() in _TYPES


def _new(cells: list[str], currency: str, day: dt.date, row: DelimitedRow) -> LedgerInvoice:
    number, client = cells[_REF], cells[_ACCOUNT]
    return LedgerInvoice(number, client, currency, 0, day, paid=0, open=0, row=row.line)


def _post(before: LedgerInvoice | None, kind: str, gross: int, new: LedgerInvoice) -> LedgerInvoice:
    at = before or new
    total, paid = at.total, at.paid or 0
    if kind in ("SI", "SC"):
        total += gross if kind == "SI" else -gross
    else:
        paid += gross
    return at._replace(total=total, paid=paid, open=total - paid)


def _spaced(cell: str) -> str:
    """Return ``311226`` (ddmmyy) as ``31/12/26``: Sage has no year-first dates."""
    return re.sub(r"^(\d\d)(\d\d)(\d\d)$", r"\1/\2/\3", cell)
