"""Bookkeeping exports are read invoice by invoice, and wrong files get one clear sentence."""

import datetime as dt

import pytest

from sheetrecord.ledgers.detect import kind_of, read_bank, read_ledger
from sheetrecord.ledgers.errors import MAX_BYTES
from sheetrecord.model.errors import CannotRead

XERO = (
    "ContactName,EmailAddress,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,TaxTotal,"
    "InvoiceAmountPaid,InvoiceAmountDue,Description,Quantity,UnitAmount,LineAmount,Currency,Type,"
    "Status\n"
    "Acme Ltd,,INV-0142,,31/01/2026,02/03/2026,1200.00,200.00,500.00,700.00,Design,1,600,600,GBP,"
    "Sales invoice,Awaiting Payment\n"
    "Acme Ltd,,INV-0142,,31/01/2026,02/03/2026,1200.00,200.00,500.00,700.00,Build,1,400,400,GBP,"
    "Sales invoice,Awaiting Payment\n"
    "Acme Ltd,,CN-0007,,01/02/2026,01/02/2026,120.00,20.00,0.00,120.00,Back,1,100,100,GBP,"
    "Sales credit note,Authorised\n"
)
QBO = (
    "Studio Ltd,,,,,\nTransaction List by Date,,,,,\nJanuary 2026,,,,,\n\n"
    ",Date,Transaction Type,Num,Name,Memo/Description,Account,Split,Amount\n"
    'Acme Ltd,,,,,,,,\n,01/31/2026,Invoice,1042,Acme Ltd,,AR,Income,"1,200.00"\n'
    ',02/01/2026,Payment,,Acme Ltd,,AR,Bank,"1,200.00"\n'
    ",02/02/2026,Credit Memo,1043,Acme Ltd,,AR,Income,50.00\n"
    'TOTAL,,,,,,,,"2,450.00"\n"Accrual Basis Sunday, 22 November 2026",,,,,,,,\n'
)
DATEV = (
    '"EXTF";700;21;"Buchungsstapel";13;20260201000000000;;"RE";"";"";1001;1;20260101;4;20260101;'
    '20260131;"";"";1;0;0;"EUR";;;;;;;;;\n'
    "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basis-Umsatz;"
    "WKZ Basis-Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1;"
    "Belegfeld 2;Skonto;Buchungstext\n"
    '1190,00;"S";"EUR";;;"";10001;8400;"";0501;"INV-0142";"";;"Honorar"\n'
    '500,00;"S";"EUR";;;"";1200;10001;"";2001;"INV-0142";"";;"Zahlung"\n'
    '100,00;"S";"EUR";;;"";4900;1200;"";2101;"X";"";;"Miete"\n'
)
SAGE = (
    "SI,ACME,4000,1,310126,INV-0142,Design,1000.00,T1,200.00\n"
    "SC,ACME,4000,1,310126,INV-0142,Part back,100.00,T1,20.00\n"
    "SR,ACME,1200,1,150226,INV-0142,Receipt,500.00,T9,0.00\n"
    "BP,RENT,7100,1,150226,X,Rent,700.00,T0,0.00\n"
)


def rows(data, currency=""):
    found = read_ledger(data, "ledger.csv", currency)
    return found.kind, [(i.number, i.total, i.paid, i.open) for i in found.invoices]


def test_xero_repeats_its_totals_on_each_line_and_they_are_taken_once():
    assert rows(XERO.encode()) == (
        "xero",
        [("INV-0142", 120000, 50000, 70000), ("CN-0007", -12000, 0, -12000)],
    )


def test_quickbooks_title_group_and_total_rows_are_left_out():
    assert rows(QBO.encode(), "USD") == (
        "quickbooks",
        [("1042", 120000, None, None), ("1043", -5000, None, None)],
    )


def test_datev_reads_by_position_with_the_year_of_its_period():
    data = DATEV.encode("cp1252")
    assert rows(data) == ("datev", [("INV-0142", 119000, 50000, 69000)])
    assert read_ledger(data, "d.csv").invoices[0].issued == dt.date(2026, 1, 5)


def test_sage_without_header_nets_invoices_credits_and_receipts():
    assert rows(SAGE.encode()) == ("sage", [("INV-0142", 108000, 50000, 58000)])


def test_any_other_export_is_read_by_its_column_names():
    text = "Rechnungsnummer;Kunde;Datum;Brutto;Währung\nRE-1;Huber;31.01.2026;1.190,00;EUR\n"
    assert rows(text.encode()) == ("invoices", [("RE-1", 119000, None, None)])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<Document/>", "camt"),
        (b"OFXHEADER:100\n<OFX></OFX>", "ofx"),
        (b"{1:F01}{4:\n:20:X\n:25:Y\n:60F:C260101EUR0,", "mt940"),
        (b"!Type:Bank\nD1/1/26\n^", "qif"),
        (XERO.encode(), "xero"),
        (QBO.encode(), "quickbooks"),
        (DATEV.encode("cp1252"), "datev"),
        (SAGE.encode(), "sage"),
        (b"payout_id,currency,gross,fee,net\npo_1,gbp,1.00,0.10,0.90\n", "stripe"),
        (b"Date,Description,Amount\n31/01/2026,A,1.00\n", "csv"),
    ],
)
def test_the_kind_is_told_by_content(data, kind):
    assert kind_of(data, "file.txt") == kind


WRONG = [
    ("empty", b"  \n\n", "empty"),
    ("a log-in page saved as CSV", b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
    ("a zip", b"PK\x03\x04rest", "zip archive or workbook"),
    ("a PDF", b"%PDF-1.7", "a PDF"),
    ("binary", b"\x01\x02\x00\x03" * 50, "binary"),
    ("too large", b"a" * (MAX_BYTES + 1), "too large"),
    ("an invoice export", XERO.encode(), "export of invoices"),
    ("words", b"hello\nworld\n", "could be read as"),
]


@pytest.mark.parametrize(("data", "says"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_bank_file_gets_one_clear_sentence(data, says):
    with pytest.raises(CannotRead, match=says) as caught:
        read_bank(data, "file.csv")
    assert caught.value.do


# What it is, the text, (number, total, paid, open) of each invoice that stands
LEDGERS = {
    "a total beside an amount without tax, and a row of sums": (
        (
            "Invoice No,Customer,Date,Amount,VAT,Total,Currency\n"
            "1042,Acme,29/05/2026,6000,1200,7200,GBP\nTotal,,,6000,1200,7200,\n"
        ),
        [("1042", 720000, None, None)],
    ),
    "an invoice list with payments among them": (
        (
            "Date,Type,No.,Customer,Due date,Balance,Amount,Currency,Status\n"
            '05/29/2026,Invoice,1042,Acme,06/28/2026,"$7,200.00","$7,200.00",USD,Overdue\n'
            '05/30/2026,Payment,77,Acme,,"$0.00","$100.00",USD,Closed\n'
        ),
        [("1042", 720000, None, 720000)],
    ),
    "void invoices and drafts are owed by nobody": (
        (
            "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountPaid,InvoiceAmountDue,"
            "Currency,Type,Status\n"
            "A,INV-1,29/05/2026,28/06/2026,500.00,0.00,500.00,GBP,Sales invoice,Voided\n"
            "A,INV-2,29/05/2026,28/06/2026,500.00,0.00,500.00,GBP,Sales invoice,Draft\n"
            "A,INV-3,29/05/2026,28/06/2026,500.00,0.00,500.00,GBP,Sales invoice,Paid\n"
        ),
        [("INV-3", 50000, 0, 50000)],
    ),
    "German words": (
        (
            "Belegnummer;Kunde;Belegdatum;Fälligkeitsdatum;Summe Netto;Betrag brutto;Währung\n"
            "RE0007;Müller;29.05.2026;28.06.2026;10.000,00;11.900,00;EUR\n"
        ),
        [("RE0007", 1190000, None, None)],
    ),
    "values by name, a currency spelled out": (
        (
            "Reference,Contact Name,Dated On,Due On,Currency,Net Value,Sales Tax,Total Value,"
            "Paid Value,Due Value\n"
            "1042,Acme,29/05/2026,28/06/2026,US Dollar - USD,60.00,12.00,72.00,2.00,70.00\n"
        ),
        [("1042", 7200, 200, 7000)],
    ),
    "an audit trail with its header": (
        (
            "Type,Account Reference,Nominal A/C,Department,Date,Reference,Details,Net,Code,Tax\n"
            "SI,ACME,4000,1,29/05/2026,1042,Phase 1,6000.00,T1,1200.00\n"
        ),
        [("1042", 720000, 0, 720000)],
    ),
}


@pytest.mark.parametrize("case", LEDGERS.values(), ids=LEDGERS)
def test_a_ledgers_export_is_read_as_it_means_it(case):
    text, invoices = case
    assert rows(text.encode())[1] == invoices


def test_what_a_ledger_does_not_prove_is_asked_for_by_an_option_that_exists():
    twofold = b"Invoice No,Customer,Date,Total,Currency\n1,Acme,04/05/2026,7.00,GBP\n"
    with pytest.raises(CannotRead, match="Add --date-order dmy or mdy"):
        read_ledger(twofold, "ledger.csv")
    assert read_ledger(twofold, "ledger.csv", order="mdy").invoices[0].issued.month == 4
    with pytest.raises(CannotRead, match="Add --currency"):
        read_ledger(twofold.replace(b"GBP", b""), "ledger.csv", order="mdy")


def test_the_columns_of_a_ledger_can_be_named():
    data = b"Wat,Wie,Hoeveel,Munt\n1042,Acme,72.00,GBP\n"
    with pytest.raises(CannotRead, match=r"\[ledger.columns\]"):
        read_ledger(data, "ledger.csv", "GBP")
    named = {"number": "Wat", "total": "Hoeveel", "client": "Wie"}
    (invoice,) = read_ledger(data, "ledger.csv", "GBP", mapping=named).invoices
    assert (invoice.number, invoice.client, invoice.total) == ("1042", "Acme", 7200)
