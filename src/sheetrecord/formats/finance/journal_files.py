"""Bookings as the journal files that Xero and QuickBooks Online import.

Two rows a booking, debit first. Source: the import templates of both programs (Xero: manual
journals; QuickBooks Online: journal entries). Xero's amount is signed, debit positive.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.ledger.postings import Posting
from sheetrecord.formats.finance.report import safe
from sheetrecord.model.money import to_major

XERO: Final = (
    "*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount",
    "TrackingName1", "TrackingOption1", "TrackingName2", "TrackingOption2",
)  # fmt: skip
QUICKBOOKS: Final = (
    "JournalNo", "JournalDate", "AccountName", "Debits", "Credits", "Description", "Name",
    "Currency",
)  # fmt: skip
LONGEST_NUMBER: Final = 21
"""Characters of a journal's number in QuickBooks Online."""
_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-]*")
_ORDERS: Final = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "ymd": "%Y-%m-%d"}


class BookedPosting(NamedTuple):
    """A booking with the accounts of the program that it is written for."""

    posting: Posting
    debit: str
    credit: str


def narrated(one: Posting) -> str:
    """Return what a booking is, in words: ``INV-7 Acme Ltd, bank fee``."""
    what = "" if one.kind in ("cash", "invoice") else f", {one.kind.replace('_', ' ')}"
    return f"{one.reference} {one.client}{what}".strip()


def xero_journal(found: Iterable[BookedPosting], order: str, tax_rate: str) -> bytes:
    """Return the file of manual journals; rows with one narration and day are one journal."""
    rows: list[Sequence[str]] = []
    for one, debit, credit in found:
        text = safe(f"{narrated(one)} ({one.posting_id})")
        for account, sign in ((debit, ""), (credit, "-")):
            amount = f"{sign}{to_major(one.amount, one.currency)}"
            day = _day(one.on, order)
            rows.append([text, day, safe(one.reference), safe(account), safe(tax_rate), amount])
    blank = [""] * (len(XERO) - 6)
    return _csv(XERO, ([*row, *blank] for row in rows))


def quickbooks_journal(found: Iterable[BookedPosting], order: str) -> bytes:
    """Return the file of journal entries; each booking has a number that stays its own."""
    rows: list[Sequence[str]] = []
    for one, debit, credit in found:
        amount = str(to_major(one.amount, one.currency))
        number, day, text = journal_number(one), _day(one.on, order), safe(narrated(one))
        for account, sides in ((debit, (amount, "")), (credit, ("", amount))):
            name = safe(one.client)
            rows.append([number, day, safe(account), *sides, text, name, one.currency])
    return _csv(QUICKBOOKS, rows)


def journal_number(one: Posting) -> str:
    """Return a booking's number: its id, or the end of its digest where that is too long."""
    from hashlib import sha256

    if _NUMBER.fullmatch(one.posting_id) and len(one.posting_id) <= LONGEST_NUMBER:
        return one.posting_id
    return f"S-{sha256(one.posting_id.encode()).hexdigest()[:16]}"


def _day(day: dt.date, order: str) -> str:
    return day.strftime(_ORDERS[order])


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
