"""The e-invoice inside a PDF is a ledger line; a PDF without one, or made to fail, is refused."""

import sys
import zlib
from io import BytesIO

import pytest
from pypdf import PdfWriter

from reconcile.test_einvoices import CII, UBL
from sheetrecord.ledgers.detect import read_bank, read_ledger
from sheetrecord.ledgers.invoices import pdf_einvoice
from sheetrecord.model.errors import CannotRead, MissingExtra

XML = CII.format(code="380").encode()
OLD = (
    XML.replace(b"CrossIndustryInvoice", b"CrossIndustryDocument")
    .replace(b"rsm:ExchangedDocument", b"rsm:HeaderExchangedDocument")
    .replace(b"SupplyChainTradeTransaction", b"SpecifiedSupplyChainTradeTransaction")
    .replace(b"ApplicableHeaderTrade", b"ApplicableSupplyChainTrade")
    .replace(b"SettlementHeaderMonetary", b"SettlementMonetary")
)
"""The same invoice as ZUGFeRD 1 names its parts."""


def pdf(*files, password=""):
    """A PDF of one page with files attached: (name, content)."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in files:
        writer.add_attachment(name, content)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


READ = {
    "Factur-X": pdf(("factur-x.xml", XML)),
    "ZUGFeRD 1": pdf(("ZUGFeRD-invoice.xml", OLD)),
    "ZUGFeRD 2": pdf(("zugferd-invoice.xml", XML)),
    "XRechnung in UBL": pdf(("xrechnung.xml", UBL.format(root="Invoice").encode())),
    "beside others": pdf(("terms.txt", b"..."), ("factur-x.xml", XML), ("a.xml", b"<a/>")),
    "the same twice": pdf(("factur-x.xml", XML), ("zugferd-invoice.xml", XML)),
    "a line before": b"\n\n" + pdf(("factur-x.xml", XML)),
}


@pytest.mark.parametrize("kind", READ)
def test_the_invoice_inside_is_a_line_of_the_ledger(kind):
    [found] = read_ledger(READ[kind], "a.pdf").invoices
    assert (found.number, found.client, found.currency) == ("INV-0142", "Acme GmbH", "EUR")
    assert (found.total, found.tax, found.paid, found.open) == (119000, 19000, 9000, 110000)


def objects(*bodies):
    """A PDF of objects as they are written, the first being the catalogue; no table of places."""
    parts = [b"%PDF-1.7\n"]
    parts += [b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(bodies, 1)]
    return b"".join([*parts, b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"])


def stream(data, extra=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


NAMED = b"<< /Type /Catalog /Names << /EmbeddedFiles 2 0 R >> >>"
SPEC = b"<< /F (factur-x.xml) /EF << /F 4 0 R >> >>"
FILES = b"<< /Names [(factur-x.xml) 3 0 R] >>"
BOMB = zlib.compress(bytes(200_000_000), 9)
HOSTILE = {
    "no attachment": (pdf(), "no e-invoice"),
    "another attachment": (pdf(("a.xml", XML)), "no e-invoice"),
    "two that differ": (pdf(("factur-x.xml", XML), ("xrechnung.xml", OLD)), "several"),
    "encrypted": (pdf(("factur-x.xml", XML), password="x"), "encrypted"),
    "cut off": (pdf(("factur-x.xml", XML))[:400], "damaged|no e-invoice"),
    "only its first line": (b"%PDF-1.7\n", "damaged"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    "names that hold themselves": (
        objects(NAMED, b"<< /Kids [2 0 R] >>"), "damaged|no e-invoice",
    ),
    "a catalogue that is itself": (objects(b"1 0 R"), "damaged|no e-invoice"),
    "names that are a number": (objects(NAMED, b"7"), "damaged|no e-invoice"),
    "no file behind the name": (
        objects(NAMED, b"<< /Names [(factur-x.xml) << /F (factur-x.xml) >>] >>"), "damaged",
    ),
    "a bomb": (
        objects(NAMED, b"<< /Names [(factur-x.xml) 3 0 R] >>", SPEC,
                stream(BOMB, b"/Filter /FlateDecode")),
        "damaged|too large",
    ),
    "a filter nobody has": (
        objects(NAMED, FILES, SPEC, stream(b"x", b"/Filter /Gone")),
        "damaged",
    ),
    "deep arrays": (objects(b"[" * 60_000), "damaged|no e-invoice"),
    "an XML too large": (
        pdf(("factur-x.xml", b"<a>" + b" " * (pdf_einvoice.MAX_XML + 1) + b"</a>")), "too large",
    ),
    "an order": (pdf(("factur-x.xml", b"<SCRDMCCBDACIOMessageStructure/>")), "no invoice in UBL"),
    "entities": (
        pdf(("factur-x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><Invoice>&b;</Invoice>')), "an attack",
    ),
    "no total": (pdf(("factur-x.xml", XML.replace(b"1190.00", b""))), "no number or no total"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_holds_no_invoice_or_is_made_to_fail_is_refused(kind):
    data, why = HOSTILE[kind]
    with pytest.raises(CannotRead, match=why):
        read_ledger(data, "a.pdf")


def test_every_cut_and_every_wrong_byte_is_the_invoice_or_a_refusal():
    whole = READ["Factur-X"]
    wanted = read_ledger(whole, "a.pdf").invoices
    for at in range(0, len(whole), 37):
        for data in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            try:
                found = read_ledger(data, "a.pdf").invoices
            except CannotRead:
                continue
            assert found == wanted


def test_a_pdf_that_is_too_large_is_not_opened():
    with pytest.raises(CannotRead, match="33 MB is too large"):
        read_ledger(b"%PDF-1.7\n" + bytes(33 << 20), "a.pdf")


def test_without_the_package_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtra, match=r"pypdf"):
        read_ledger(READ["Factur-X"], "a.pdf")


def test_a_pdf_is_no_statement_of_a_bank():
    with pytest.raises(CannotRead, match="a PDF"):
        read_bank(READ["Factur-X"], "a.pdf")
