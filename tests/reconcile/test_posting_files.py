"""The files for Xero, QuickBooks Online and DATEV, read back: the same bookings, and no formula."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.core.reconcile.ledger.postings import BookAccount, Posting
from sheetrecord.formats.finance import datev_batch as datev
from sheetrecord.formats.finance import journal_files as journal
from sheetrecord.formats.finance.journal_files import BookedPosting

DAY = dt.date(2026, 5, 3)
YEAR = dt.date(2026, 1, 1)
BATCH = datev.DatevBatch(1001, 7, YEAR, 4, dt.date(2026, 5, 1), dt.date(2026, 5, 31), DAY, "EUR")


def booked(amount=12345, reference="INV-7", client="Acme", kind="cash", key="A-1f0c", on=DAY):
    one = Posting(
        key, on, BookAccount("bank"), BookAccount("receivable"), amount, "EUR", reference, client,
        kind,
    )  # fmt: skip
    return BookedPosting(one, "1200", "1400")


def rows(data, delimiter=",", encoding="utf-8"):
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def test_a_journal_for_xero():
    head, first, second = rows(journal.xero_journal([booked(kind="bank_fee")], "dmy", "Tax Exempt"))
    assert head == list(journal.XERO)
    text = "INV-7 Acme, bank fee (A-1f0c)"
    assert first == [text, "03/05/2026", "INV-7", "1200", "Tax Exempt", "123.45", *[""] * 4]
    assert second == [text, "03/05/2026", "INV-7", "1400", "Tax Exempt", "-123.45", *[""] * 4]


def test_a_journal_for_quickbooks():
    head, first, second = rows(journal.quickbooks_journal([booked()], "mdy"))
    assert head == list(journal.QUICKBOOKS)
    assert first == ["A-1f0c", "05/03/2026", "1200", "123.45", "", "INV-7 Acme", "Acme", "EUR"]
    assert second == ["A-1f0c", "05/03/2026", "1400", "", "123.45", "INV-7 Acme", "Acme", "EUR"]


def test_a_batch_for_datev():
    head, names, row = rows(datev.booking_batch(BATCH, [booked()]), ";", "cp1252")
    assert len(head) == 31
    assert head[:5] == ["EXTF", "700", "21", "Buchungsstapel", "13"]
    assert head[10:16] == ["1001", "7", "20260101", "4", "20260501", "20260531"]
    assert head[21] == "EUR"
    assert names == list(datev.COLUMNS)
    assert len(names) == len(row) == 125
    told = dict(zip(names, row, strict=True))
    assert {name: cell for name, cell in told.items() if cell} == {
        "Umsatz (ohne Soll/Haben-Kz)": "123,45",
        "Soll/Haben-Kennzeichen": "S",
        "WKZ Umsatz": "EUR",
        "Konto": "1200",
        "Gegenkonto (ohne BU-Schlüssel)": "1400",
        "Belegdatum": "0305",
        "Belegfeld 1": "INV-7",
        "Buchungstext": "INV-7 Acme",
    }


DAYS = {"dmy": "03/05/2026", "mdy": "05/03/2026", "ymd": "2026-05-03"}


@pytest.mark.parametrize("order", DAYS)
def test_days_are_written_as_the_import_reads_them(order):
    assert rows(journal.quickbooks_journal([booked()], order))[1][1] == DAYS[order]


NUMBERS = {
    "A-1f0c": "A-1f0c",
    "INV-0103-revenue": "INV-0103-revenue",
    "A-0123456789ab-12345": "A-0123456789ab-12345",
    "A-0123456789ab-123456": "A-0123456789ab-123456",
    "A-0123456789ab-1234567": None,
    "INV 7-tax": None,
    "=1+1-tax": None,
}


@pytest.mark.parametrize("key", NUMBERS)
def test_a_journals_number_is_its_own_and_short_enough(key):
    found = journal.journal_number(booked(key=key).posting)
    assert len(found) <= journal.LONGEST_NUMBER
    assert found == NUMBERS[key] if NUMBERS[key] else found.startswith("S-")


def test_other_numbers_are_other_journals():
    keys = ["INV 7-tax", "INV-7-tax", "INV  7-tax", "A-0123456789ab-1234567", "=1", "S-1"]
    assert len({journal.journal_number(booked(key=key).posting) for key in keys}) == len(keys)


REFERENCES = [("RE-2026/001", "RE-2026/001"), ("INV 7.2", "INV72"), ("-5", "5"), ("=1+1", "1+1"),
              ("Ł-7", "L-7"), ("№ 7", "No7"), ("X" * 40, "X" * 36)]  # fmt: skip


@pytest.mark.parametrize(("number", "wanted"), REFERENCES)
def test_belegfeld_1_takes_few_signs(number, wanted):
    assert datev.reference(number) == wanted


def test_numbers_that_become_one_are_told():
    found = [booked(reference=r).posting for r in ("INV 7", "INV-8", "INV7", "INV-8")]
    assert list(datev.alike(found)) == [("INV 7", "INV7")]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=70)
HOSTILE = st.builds("{}{}".format, st.sampled_from(["=", "+", "-", "@", "\t", "|", ""]), TEXT)
BOOKED = st.builds(
    booked,
    st.integers(1, 10**9),
    HOSTILE,
    HOSTILE,
    st.sampled_from(["cash", "bank_fee", "invoice"]),
    HOSTILE,
    st.dates(dt.date(2026, 5, 1), dt.date(2026, 5, 31)),
)


def minor(text):
    return int(Decimal(text.replace(",", ".")) * 100)


@examples(150)
@given(st.lists(BOOKED, max_size=4))
def test_every_file_reads_back_as_what_was_booked_and_runs_nothing(found):
    sides = [(one.posting.amount, "1200", "1400", one.posting.on) for one in found]
    xero = rows(journal.xero_journal(found, "ymd", "None"))[1:]
    assert [
        (minor(a[5]), a[3], b[3], dt.date.fromisoformat(a[1]))
        for a, b in zip(xero[::2], xero[1::2], strict=True)
    ] == sides
    assert all(
        minor(a[5]) == -minor(b[5]) and a[0] == b[0]
        for a, b in zip(xero[::2], xero[1::2], strict=True)
    )
    books = rows(journal.quickbooks_journal(found, "ymd"))[1:]
    assert [
        (minor(a[3]), a[2], b[2], dt.date.fromisoformat(a[1]))
        for a, b in zip(books[::2], books[1::2], strict=True)
    ] == sides
    batch = rows(datev.booking_batch(BATCH, found), ";", "cp1252")[2:]
    assert [(minor(r[0]), r[6], r[7], r[9]) for r in batch] == [
        (amount, debit, credit, f"{on:%d%m}") for amount, debit, credit, on in sides
    ]
    texts = [cell for row in batch for cell in (row[10], row[13])]
    texts += [cell for row in xero for i, cell in enumerate(row) if i != 5]
    texts += [cell for row in books for i, cell in enumerate(row) if i not in (3, 4)]
    assert not [cell for cell in texts if cell[:1] in set("=+-@\t\r|")]
    assert all(len(row[10]) <= 36 and len(row[13]) <= 60 for row in batch)
    assert {row[1] for row in batch} <= {"S"}
