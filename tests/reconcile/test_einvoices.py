"""E-invoices are ledger lines, and no statements of a bank."""

import datetime as dt

import pytest

from sheetrecord.ledgers.detect import read_bank, read_ledger
from sheetrecord.model.errors import CannotRead

UBL = """<?xml version="1.0"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>INV-0142</cbc:ID><cbc:IssueDate>2026-05-03</cbc:IssueDate>
<cbc:DueDate>2026-06-02</cbc:DueDate>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
<cbc:RegistrationName>Acme GmbH</cbc:RegistrationName>
</cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">190.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">1190.00</cbc:TaxInclusiveAmount>
<cbc:PrepaidAmount currencyID="EUR">90.00</cbc:PrepaidAmount>
<cbc:PayableAmount currencyID="EUR">1100.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
</{root}>"""
CII = """<rsm:CrossIndustryInvoice xmlns:rsm="urn:rsm" xmlns:ram="urn:ram" xmlns:udt="urn:udt">
<rsm:ExchangedDocument><ram:ID>INV-0142</ram:ID><ram:TypeCode>{code}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260503</udt:DateTimeString>
</ram:IssueDateTime>
</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>
<ram:ApplicableHeaderTradeAgreement><ram:BuyerTradeParty><ram:Name>Acme GmbH</ram:Name>
</ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
<udt:DateTimeString format="102">20260602</udt:DateTimeString></ram:DueDateDateTime>
</ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:TaxTotalAmount currencyID="EUR">190.00</ram:TaxTotalAmount>
<ram:GrandTotalAmount>1190.00</ram:GrandTotalAmount>
<ram:TotalPrepaidAmount>90.00</ram:TotalPrepaidAmount>
<ram:DuePayableAmount>1100.00</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""
KINDS = {
    "UBL invoice": (UBL.format(root="Invoice"), 1),
    "UBL credit note": (UBL.format(root="CreditNote"), -1),
    "CII invoice": (CII.format(code="380"), 1),
    "CII credit note": (CII.format(code="381"), -1),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_einvoice_is_a_line_of_the_ledger(kind):
    text, way = kind
    (found,) = read_ledger(text.encode(), "a.xml").invoices
    assert (found.number, found.client, found.currency) == ("INV-0142", "Acme GmbH", "EUR")
    assert (found.issued, found.due) == (dt.date(2026, 5, 3), dt.date(2026, 6, 2))
    money = (found.total, found.tax, found.paid, found.open)
    assert money == tuple(way * minor for minor in (119000, 19000, 9000, 110000))


def test_it_is_no_statement_and_one_without_a_total_is_refused():
    with pytest.raises(CannotRead, match=r"e-invoice.*--ledger"):
        read_bank(KINDS["UBL invoice"][0].encode(), "a.xml")
    with pytest.raises(CannotRead, match="no number or no total"):
        read_ledger(UBL.format(root="Invoice").replace("1190.00", "").encode(), "a.xml")
