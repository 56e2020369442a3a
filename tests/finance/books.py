"""Workbooks and bank files of made-up firms, and what a workbook's finance sheets hold."""

import csv
import datetime as dt
import hashlib
import io
import sys
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from reconcile_truth import workbook
from reconcile_truth.workbook import deal, fee

ASOF = workbook.ASOF
DEALS = [deal(1, "Acme Works"), deal(2, "Northwind Design")]
FEES = [
    fee("INV-0101", "D-0001", 100_000, dt.date(2026, 4, 1)),
    fee("INV-0102", "D-0001", 50_000, dt.date(2026, 4, 15)),
    fee("INV-0103", "D-0002", 30_000, dt.date(2026, 4, 20)),
    # one invoice over three lines
    fee("INV-0104", "D-0002", 33_333, dt.date(2026, 5, 2)),
    fee("INV-0104", "D-0002", 33_333, dt.date(2026, 5, 2)),
    fee("INV-0104", "D-0002", 33_334, dt.date(2026, 5, 2)),
    fee("", "D-0002", 70_000, None),  # not invoiced yet
]


@cache
def usual() -> bytes:
    """Return the firm of `DEALS` and `FEES`."""
    return _build(FEES, DEALS)


def firm(
    fees: list[dict[str, Any]] | None = None, deals: list[dict[str, Any]] | None = None
) -> bytes:
    if fees is None and deals is None:
        return usual()
    return _build(FEES if fees is None else fees, DEALS if deals is None else deals)


def _build(fees: list[dict[str, Any]], deals: list[dict[str, Any]]) -> bytes:
    return workbook.firm(fees, deals)


def bank_csv(*rows: tuple[str, str, str, str], currency: str = "EUR") -> bytes:
    """Return a bank file: (date, payer, text, amount)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Booking date", "Payer", "Reference", "Amount", "Currency"])
    writer.writerows([day, payer, text, amount, currency] for day, payer, text, amount in rows)
    return out.getvalue().encode()


CLOSE = ("reconcile", "close", "firm.xlsx", "2026-05", "--waive", "C3=agrees with the bank's page")
"""Close the month of `MAY`, whose file prints no balances."""
MAY = [
    ("2026-05-04", "ACME WORKS", "INV-0101", "1000.00"),
    ("2026-05-06", "ACME WORKS", "INV-0102 less charges", "490.00"),
    ("2026-05-28", "NORTHWIND DESIGN", "INV-0104", "1000.00"),
    ("2026-05-29", "NORTHWIND DESIGN", "thank you", "300.00"),
    ("2026-05-29", "TAX OFFICE", "refund", "77.10"),
]


def digest(path: Path) -> str:
    """Return what tells whether a single byte of a file has changed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def world(profile: str, seed: int, size: int) -> Any:
    from reconcile_truth.__main__ import make

    return make(profile, seed, size)


def firm_of(made: Any) -> bytes:
    """Return the workbook of a firm of the ground-truth generator."""
    return workbook.firm_of(made.invoices)


class Shown:
    """A workbook as a person sees it: each sheet's rows by header."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)
        self.values = load_workbook(path, data_only=True)

    def rows(self, title: str) -> list[dict[str, Any]]:
        """Return the rows of a finance sheet by column key (its hidden third row)."""
        sheet = self.values[title]
        grid = list(sheet.iter_rows(values_only=True))
        found = [dict(zip(grid[2], row, strict=True)) for row in grid[4:]]
        return [row for row in found if any(value is not None for value in row.values())]

    def fees(self, *, formulas: bool = False) -> dict[str, list[dict[str, Any]]]:
        """Return the fee lines by invoice number, each by header."""
        sheet = (self.book if formulas else self.values)["Fees"]
        grid = list(sheet.iter_rows(values_only=True))
        top = next(i for i, row in enumerate(grid) if "Fee ID" in row)
        found: dict[str, list[dict[str, Any]]] = {}
        for row in grid[top + 1 :]:
            cells = dict(zip(grid[top], row, strict=True))
            if cells.get("Invoice no."):
                found.setdefault(cells["Invoice no."], []).append(cells)
        return found


def answer(path: Path, typed: dict[str, dict[str, str]], find: str = "reference") -> None:
    """Type answers into Review as a person does, in another program: by a column's text."""
    book = load_workbook(path)
    sheet = book["Review"]
    keys = {cell.value: cell.column for cell in sheet[3]}
    for row in range(5, sheet.max_row + 1):
        wanted = typed.get(str(sheet.cell(row, keys[find]).value))
        for key, value in (wanted or {}).items():
            sheet.cell(row, keys[key]).value = value
    book.save(path)
