"""Read e-invoices as ledger lines: UBL 2 invoices and credit notes, UN/CEFACT CII (EN 16931)."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.reading import LedgerInvoice, LedgerReading
from sheetrecord.ledgers.safe_xml import Node, kid, parse_xml, tag, value
from sheetrecord.model.money import to_minor

_ROOT: Final = re.compile(
    rb"<(?:[\w.-]+:)?(Invoice|CreditNote|CrossIndustryInvoice|CrossIndustryDocument)[\s>]"
)
_CREDIT: Final = frozenset({"381", "83", "396", "532"})
"""Codes of UNTDID 1001 for credit notes; amounts in them are positive."""


class _Names(NamedTuple):
    """What a version of CII calls its parts."""

    head: str
    agreement: tuple[str, str]
    settlement: tuple[str, str]
    totals: str


_CII: Final = {
    "CrossIndustryInvoice": _Names(
        "ExchangedDocument",
        ("SupplyChainTradeTransaction", "ApplicableHeaderTradeAgreement"),
        ("SupplyChainTradeTransaction", "ApplicableHeaderTradeSettlement"),
        "SpecifiedTradeSettlementHeaderMonetarySummation",
    ),
    "CrossIndustryDocument": _Names(  # ZUGFeRD 1
        "HeaderExchangedDocument",
        ("SpecifiedSupplyChainTradeTransaction", "ApplicableSupplyChainTradeAgreement"),
        ("SpecifiedSupplyChainTradeTransaction", "ApplicableSupplyChainTradeSettlement"),
        "SpecifiedTradeSettlementMonetarySummation",
    ),
}


def is_einvoice(data: bytes) -> bool:
    """Return True if XML is an e-invoice, by its root element."""
    return bool(_ROOT.search(data[:4000]))


def read_einvoice(data: bytes, name: str) -> LedgerReading:
    """Return the one invoice of a file. Raises CannotRead when its number or total is missing."""
    root = parse_xml(data, name)
    if tag(root) not in (*_CII, "Invoice", "CreditNote"):
        why = f"the XML is a {tag(root)}, no invoice in UBL or CII."
        raise refuse(name, why, "Ask its sender for an e-invoice (EN 16931).", "kind")
    names = _CII.get(tag(root))
    found = _cii(root, name, names) if names else _ubl(root, name)
    return LedgerReading("einvoice", (found,))


def _ubl(root: Node, name: str) -> LedgerInvoice:
    buyer = kid(root, "AccountingCustomerParty", "Party")
    totals = kid(root, "LegalMonetaryTotal")
    credit = tag(root) == "CreditNote" or value(root, "InvoiceTypeCode") in _CREDIT
    terms = value(root, "DueDate") or value(root, "PaymentMeans", "PaymentDueDate")
    return _invoice(
        name,
        (value(root, "ID"), value(root, "DocumentCurrencyCode")),
        value(buyer, "PartyLegalEntity", "RegistrationName") or value(buyer, "PartyName", "Name"),
        (value(root, "IssueDate"), terms),
        [
            value(totals, "TaxInclusiveAmount"),
            value(root, "TaxTotal", "TaxAmount"),
            value(totals, "PrepaidAmount"),
            value(totals, "PayableAmount"),
        ],
        credit=credit,
    )


def _cii(root: Node, name: str, names: _Names) -> LedgerInvoice:
    head, settled = kid(root, names.head), kid(root, *names.settlement)
    totals = kid(settled, names.totals)
    due = value(settled, "SpecifiedTradePaymentTerms", "DueDateDateTime", "DateTimeString")
    return _invoice(
        name,
        (value(head, "ID"), value(settled, "InvoiceCurrencyCode")),
        value(kid(root, *names.agreement), "BuyerTradeParty", "Name"),
        (value(head, "IssueDateTime", "DateTimeString"), due),
        [
            value(totals, "GrandTotalAmount"),
            value(totals, "TaxTotalAmount"),
            value(totals, "TotalPrepaidAmount"),
            value(totals, "DuePayableAmount"),
        ],
        credit=value(head, "TypeCode") in _CREDIT,
    )


def _invoice(
    name: str, named: tuple[str, str], client: str, days: tuple[str, str],
    texts: list[str], *, credit: bool,
) -> LedgerInvoice:  # fmt: skip
    """Return an invoice; ``texts`` are total, tax, paid before and due, as printed."""
    number, currency = named
    minors = [_minor(text, currency) for text in texts]
    total, tax, paid, due = [-m if credit and m is not None else m for m in minors]
    if not number or total is None:
        why = "the e-invoice names no number or no total."
        raise refuse(name, why, "Ask its sender for a complete one.", "kind")
    issued, until = map(_day, days)
    return LedgerInvoice(number, client, currency, total, issued, until, tax, paid, due, row=1)


def _minor(text: str, currency: str) -> int | None:
    try:
        minor, whole = to_minor(Decimal(text), currency)
    except (InvalidOperation, ValueError):
        return None
    return minor if whole else None


def _day(text: str) -> dt.date | None:
    """Return a day written as ISO, or in the form 102 of CII: ``20260503``."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
