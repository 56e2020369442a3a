"""An invoice number is found in a remittance text however it is written, and nowhere else."""

import pytest

from sheetrecord.core.reconcile.text.invoice_numbers import Numbers

BOOK = [
    "INV-0101",
    "INV-0102",
    "INV-0103",
    "INV-0104",
    "INV-0142",
    "INV-0143",
    "INV-0147",
    "INV-0151",
    "INV-1423",
    "CN-0007",
    "INV-2026",
]

FOUND = [
    ("INV-0142", "142"),
    ("inv0142", "142"),
    ("Inv 0142", "142"),
    ("INV/0142", "142"),
    ("INV - 0142", "142"),
    ("YOURINV0142", "142"),
    ("invoice 142", "142"),
    ("Rechnung 142", "142"),
    ("Invoice No. 0142", "142"),
    ("#142", "142"),
    ("0142", "142"),
    ("142", "142"),
    ("Facture n\u00b0142", "142"),
    ("RE: 142 vom 12.03.2026", "142"),
    ("142/147 & 151", "142 147 151"),
    ("INV 101-104", "101 102 103 104"),
    ("INV101,102", "101 102"),
    ("INVS 142 143 147", "142 143 147"),
    ("INV-0142/43", "142 143"),
    ("INV 0142 LESS CN 0007 THANKS", "142 7"),
    ("INV-01\n42", "142"),
    ("INV 01 42 THX", "142"),
    ("PAYMENT OF INV-0142 AND INV-0143", "142 143"),
    ("15/01/2026 INV-0142", "142"),
]


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=[f[0] for f in FOUND])
def test_a_quoted_number_is_found(text, wanted):
    numbers = Numbers(BOOK)
    found = [BOOK[at] for mention in numbers.find(text) for at in mention.invoices]
    assert [n.split("-")[1].lstrip("0") for n in found] == wanted.split()


NOTHING = [
    ("a date", "PAYMENT 14.2.2026"),
    ("a date in words", "FEES 02 MAR 2026"),
    ("a year", "FEES 2026"),
    ("a longer number", "CUSTOMER 9914200"),
    ("another prefix", "ORD-77"),
    ("a part of a word", "A142B99X"),
    ("two digits", "STAGE 42 OF WORK"),
]


@pytest.mark.parametrize("text", [n[1] for n in NOTHING], ids=[n[0] for n in NOTHING])
def test_what_only_looks_like_a_number_is_not_one(text):
    plain = [m for m in Numbers(BOOK).find(text) if m.strength > 1]
    assert not plain


def test_a_number_cut_at_eighteen_characters_may_be_longer():
    text = "PAYMENT OF INV-142"
    assert len(text) == 18
    assert not Numbers(BOOK).find(text)
    assert Numbers(BOOK).find(text + " ")


def test_a_number_of_two_years_is_both_until_something_decides():
    numbers = Numbers(["2025-0142", "2026-0142", "2026-0143"])
    (mention,) = numbers.find("Invoice 142")
    assert mention.invoices == (0, 1)
    assert [m.invoices for m in numbers.find("20260142")] == [(1,)]
    assert [m.invoices for m in numbers.find("2026/142, 0143")] == [(1,), (2,)]


NEAR = [
    ("one digit wrong", "INV-0143", True),
    ("two swapped", "INV-0124", True),
    ("O for 0", "INV-O142", True),
    ("one missing", "INV-042", True),
    ("one more", "INV-01422", True),
    ("cut off", "NORTHWIND INV-01", True),
    ("two wrong", "INV-0199", False),
    ("none", "FEES", False),
]


@pytest.mark.parametrize(("text", "near"), [n[1:] for n in NEAR], ids=[n[0] for n in NEAR])
def test_a_slip_of_the_hand_is_near(text, near):
    assert Numbers(BOOK).near(text, BOOK.index("INV-0142")) is near
