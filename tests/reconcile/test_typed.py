"""Invoices and amounts are read from a cell as people type them."""

import pytest

from sheetrecord.core.reconcile.facts import AllocationKind
from sheetrecord.core.reconcile.input.typed_invoices import InvoiceLookup, entries, minor

BOOK = ["INV-1", "INV-2", "RE 2026 0007", "re-9", "RE-9"]
CASH, FEE = AllocationKind.CASH, AllocationKind.BANK_FEE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("INV-1 500.00; INV-2; INV-2 10.00 bank_fee",
         [("INV-1", "500.00", CASH), ("INV-2", "", CASH), ("INV-2", "10.00", FEE)]),
        ("INV-1, INV-2", [("INV-1", "", CASH), ("INV-2", "", CASH)]),
        ("INV-1 1,000.00, INV-2", [("INV-1", "1,000.00", CASH), ("INV-2", "", CASH)]),
        ("INV-1,INV-2", [("INV-1", "", CASH), ("INV-2", "", CASH)]),
        ("INV-1 & INV-2 + RE 2026 0007",
         [("INV-1", "", CASH), ("INV-2", "", CASH), ("RE 2026 0007", "", CASH)]),
        ("inv-1\nInv-2 -50", [("INV-1", "", CASH), ("INV-2", "-50", CASH)]),
        ("re 2026  0007 12,50 Bank_Fee", [("RE 2026 0007", "12,50", FEE)]),
        ("RE-9; Re-9", [("RE-9", "", CASH), ("Re-9", "", CASH)]),
        ("INV-7", [("INV-7", "", CASH)]),
    ],
    ids=["semicolons", "commas", "thousands", "no space", "signs", "lines", "spaces in a number",
         "a number in two cases is not guessed", "unknown"],
)  # fmt: skip
def test_a_cell_is_read_entry_by_entry(text, found):
    assert [tuple(entry) for entry in entries(text, InvoiceLookup(BOOK))] == found


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("500,50", "EUR", 50050), ("500.50", "EUR", 50050), ("1,234.50", "EUR", 123450),
        ("1.234,50", "EUR", 123450), ("1'234.50", "CHF", 123450), ("1,000", "EUR", 100000),
        ("1.000", "EUR", None), ("1.234.567", "EUR", 123456700), ("-20", "EUR", -2000),
        ("1500", "JPY", 1500), ("15,5", "JPY", None), ("1.500", "KWD", None),
        ("1.5000", "EUR", 150), ("1.2345", "EUR", None), ("12,34,56", "EUR", 12345600),
    ],
)  # fmt: skip
def test_an_amount_is_read_with_either_decimal_mark(text, currency, amount):
    assert minor(text, currency) == amount
