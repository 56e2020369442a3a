"""Detect the kind of an export from its content, and read it with the right reader."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sheetrecord.ledgers.accounted import check_law
from sheetrecord.ledgers.accounts import settle
from sheetrecord.ledgers.banks.bank_csv import ProfiledReading, read_bank_csv
from sheetrecord.ledgers.banks.norma43 import is_norma43
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes
from sheetrecord.ledgers.invoices.einvoice import is_einvoice
from sheetrecord.ledgers.invoices.pdf_einvoice import is_pdf, xml_of
from sheetrecord.ledgers.packed import joined, messages_in
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.reading import LedgerReading
from sheetrecord.ledgers.roles import plain
from sheetrecord.ledgers.table import DelimitedRow, find_delimiter, read_rows
from sheetrecord.ledgers.workbook_table import is_workbook

_MT940: Final = re.compile(r"^:(20|25|60[FM]):", re.MULTILINE)

_BAI2: Final = re.compile(r"01,[^,\n]*,[^,\n]*,\d{6},\d{0,4},")


def kind_of(data: bytes, name: str) -> str:
    """Return camt (zipped too), einvoice, ofx, mt940, qif, bai2, n43, a service's, ledger's or csv.

    Raises CannotRead for an empty file, an archive, a PDF, a web page or binary data.
    """
    if is_workbook(data):
        return "csv"
    if messages_in(data, name):
        return "camt"
    check_bytes(data, name)
    if data.lstrip(b"\xef\xbb\xbf \n\r\t").startswith(b"<") and is_einvoice(data):
        return "einvoice"
    head, _ = decode(data[:20000], name)
    return _kind_of_message(head) or _kind_of_table(head, name)


def _kind_of_message(head: str) -> str:
    """Return the kind of a format of its own, "" for a table."""
    start = head.lstrip("\ufeff \n\t")
    if re.search(r"<OFX>|^OFXHEADER", start, re.IGNORECASE):
        return "ofx"
    if start.startswith("<"):
        return "camt"
    if _MT940.search(head):
        return "mt940"
    if start.startswith("!"):
        return "qif"
    if is_norma43(start):
        return "n43"
    return "bai2" if _BAI2.match(start) else ""


def _kind_of_table(head: str, name: str) -> str:
    from sheetrecord.ledgers.invoices import datev, quickbooks, sage

    cut = head if len(head) < 20000 else head.rpartition("\n")[0]
    rows = read_rows(cut.replace('"', ""), find_delimiter(cut), name)[:20]
    if rows and datev.is_datev(rows[0]):
        return "datev"
    if service := _service(rows[:1]):
        return service
    if any(map(quickbooks.is_header, rows)):
        return "quickbooks"
    if any({"contactname", "invoicenumber"} <= {plain(c) for c in row.cells} for row in rows):
        return "xero"
    if rows and sum(map(sage.is_sage, rows)) * 2 >= len(rows):
        return "sage"
    return "csv"


def _service(heads: Sequence[DelimitedRow]) -> str:
    """Return stripe or payouts for the header of a payment service's report, else ""."""
    from sheetrecord.ledgers.banks import payout_reports, stripe

    if any(map(stripe.is_stripe, heads)):
        return "stripe"
    return "payouts" if any(map(payout_reports.service_of, heads)) else ""


def read_bank(
    data: bytes, name: str, profile: Profile | None = None, sha: str = ""
) -> ProfiledReading:
    """Read a bank file of any supported kind. Raises CannotRead for any other."""
    profile = profile or Profile()
    inside = messages_in(data, name)
    if inside:
        readings = [_read_bank(one, f"{name}/{part}", profile, sha) for part, one in inside]
        found = readings[-1]._replace(reading=joined([one.reading for one in readings]))
    else:
        found = _read_bank(data, name, profile, sha)
    check_law(found.reading, name)
    return found


def _read_bank(data: bytes, name: str, profile: Profile, sha: str) -> ProfiledReading:
    kind = kind_of(data, name)
    if kind == "camt":
        from sheetrecord.ledgers.banks.camt import read_camt

        reading = read_camt(data, name, sha)
    elif kind == "ofx":
        from sheetrecord.ledgers.banks.ofx import read_ofx

        reading = read_ofx(data, name, profile.currency, sha)
    elif kind == "mt940":
        from sheetrecord.ledgers.banks.mt940 import read_mt940

        reading = read_mt940(data, name, profile.code_page, sha)
    elif kind == "qif":
        from sheetrecord.ledgers.banks.qif import read_qif

        reading = read_qif(data, name, profile, sha)
    elif kind == "n43":
        from sheetrecord.ledgers.banks.norma43 import read_norma43

        reading = read_norma43(data, name, profile.code_page, sha)
    elif kind == "bai2":
        from sheetrecord.ledgers.banks.bai2 import read_bai2

        reading = read_bai2(data, name, profile.currency, sha)
    elif kind == "csv":
        return read_bank_csv(data, name, profile, sha)
    else:
        from sheetrecord.ledgers.errors import refuse

        why = f"this is a {kind} export of invoices or payouts, not of a bank account."
        if kind == "einvoice":
            why = "this is an e-invoice (UBL or CII), not a statement of a bank account."
        raise refuse(name, why, "Give it as --ledger.", "kind")
    return ProfiledReading(*settle(reading, profile, name))


def read_ledger(
    data: bytes,
    name: str,
    currency: str = "",
    order: str = "",
    mapping: Mapping[str, str] | None = None,
) -> LedgerReading:
    """Read a bookkeeping export of a known system, else a table by its column names.

    ``mapping`` names the columns of a table (meaning → header text). Raises CannotRead for other
    files, MissingExtra for a PDF without pypdf.
    """
    if is_pdf(data):
        from sheetrecord.ledgers.invoices.einvoice import read_einvoice

        return read_einvoice(xml_of(data, name), name)
    check_bytes(data, name)
    kind = kind_of(data, name)
    if kind == "einvoice":
        from sheetrecord.ledgers.invoices.einvoice import read_einvoice

        return read_einvoice(data, name)
    if kind == "quickbooks" and not mapping:
        from sheetrecord.ledgers.invoices.quickbooks import read_quickbooks

        return read_quickbooks(data, name, currency, order)
    if kind == "datev":
        from sheetrecord.ledgers.invoices.datev import read_datev

        return read_datev(data, name)
    if kind == "sage":
        from sheetrecord.ledgers.invoices.sage import read_sage

        return read_sage(data, name, currency or "GBP", order)
    from sheetrecord.ledgers.invoices.generic import read_invoices

    found = read_invoices(data, name, currency, order, mapping)
    return found._replace(kind=kind if kind == "xero" else found.kind)
