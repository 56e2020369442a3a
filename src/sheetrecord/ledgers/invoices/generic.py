"""Read an export of invoices from any bookkeeping system that names its columns (generic, Xero)."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import WHICH_CURRENCY, check_bytes, refuse, which_order
from sheetrecord.ledgers.reading import LedgerInvoice, LedgerReading, problem
from sheetrecord.ledgers.roles import plain
from sheetrecord.ledgers.table import DelimitedRow, find_delimiter, read_rows
from sheetrecord.model.problem import Problem

WORDS: Final[Mapping[str, str]] = {
    "number": "invoicenumber;invoice number;invoice no;invoice;rechnungsnummer;rechnungs nr;"
    "rechnungsnr;belegnummer;numero de facture;n facture;factuurnummer;numero factura;"
    "document number;number;num;no;nr;reference number;invoice id;reference;id",
    "client": "contactname;contact name;contact;customer;customer name;client;client name;kunde;"
    "kundenname;debiteur;debitor;klant;cliente;name",
    "issued": "invoicedate;invoice date;issue date;issued;dated on;rechnungsdatum;belegdatum;"
    "date de facture;factuurdatum;fecha factura;date;datum;fecha",
    "due": "duedate;due date;due on;due;fallig am;falligkeit;falligkeitsdatum;faelligkeit;"
    "date d echeance;echeance;vervaldatum;vencimiento",
    "total": "total;gross;gross amount;invoice total;total amount;total value;invoice amount;"
    "total inc vat;total gross;brutto;bruttobetrag;betrag brutto;summe brutto;rechnungsbetrag;"
    "montant ttc;total ttc;totaal;importe total;amount;betrag",
    "tax": "taxtotal;tax total;vat;tax;vat amount;sales tax;mwst;ust;tva;tax amount total",
    "paid": "invoiceamountpaid;amount paid;paid;paid amount;paid value;received;bezahlt;paye",
    "open": "invoiceamountdue;amount remaining;remaining amount;amount due;due value;open balance;"
    "outstanding;offen;offener betrag;balance due;balance;open",
    "currency": "currency;ccy;wahrung;devise;currency code",
    "status": "status;state;invoice status;statut",
    "kind": "type;document type;transaction type",
}
"""Header words by meaning, the surest first: of *Amount* and *Total* the second is the total."""

_NOT_ISSUED: Final = re.compile(r"void|deleted|draft|entwurf|storn|annul|cancel|proforma")
_NO_INVOICE: Final = re.compile(
    r"payment|receipt|zahlung|bill\b|expense|deposit|transfer|journal|estimate|quote|angebot"
)


class Mapped(NamedTuple):
    """A header's columns by meaning, and the rows below it."""

    at: Mapping[str, int]
    rows: list[DelimitedRow]
    header: DelimitedRow

    def cell(self, row: DelimitedRow, what: str) -> str:
        """Return a row's cell for a meaning, "" if there is no such column."""
        where = self.at.get(what, -1)
        return row.cells[where] if 0 <= where < len(row.cells) else ""

    def is_invoice(self, row: DelimitedRow) -> bool:
        """Return True if a row is a valid invoice or credit note.

        Drafts and void ones are owed by nobody; payments and quotes are no invoices; a row of
        totals has neither a date nor a client.
        """
        kind, status = self.cell(row, "kind").lower(), self.cell(row, "status").lower()
        if _NO_INVOICE.search(kind) or _NOT_ISSUED.search(status):
            return False
        told = [what for what in ("issued", "client") if what in self.at]
        return not told or any(self.cell(row, what) for what in told)


def read_invoices(
    data: bytes,
    name: str,
    currency: str = "",
    order: str = "",
    mapping: Mapping[str, str] | None = None,
) -> LedgerReading:
    """Return one invoice a number. Totals repeated on each line of an invoice are taken once.

    ``mapping`` (meaning → header text) overrides the known words. Raises CannotRead when number,
    total or currency cannot be found, or the date order is open.
    """
    check_bytes(data, name)
    text, _ = decode(data, name)
    table = find_table(read_rows(text, find_delimiter(text), name), name, mapping or {})
    body = [row for row in table.rows if table.cell(row, "number")]
    cells = [table.cell(r, w) for r in body for w in ("issued", "due")]
    order = order or date_order(cells, name)
    code = currency or _only_currency(table, body, name)
    money = [table.cell(r, w) for r in body for w in ("total", "paid", "open", "tax")]
    mark = amounts.decimal_mark(money, code)
    if mark is None:
        why = "the amounts do not show whether . or , is the decimal mark."
        do = "Export with two decimals, or with a currency whose amounts prove it."
        raise refuse(name, why, do, "decimal")
    found: dict[str, LedgerInvoice] = {}
    problems: list[Problem] = []
    for row in filter(table.is_invoice, body):
        invoice = _invoice(table, row, order, mark, code)
        if isinstance(invoice, str):
            problems.append(problem("BANK102", invoice, name, row.line))
            continue
        before = found.setdefault(invoice.number, invoice)
        if before.total != invoice.total or before.client != invoice.client:
            say = f"{invoice.number} stands twice with different totals or clients."
            problems.append(problem("BANK108", say, name, row.line))
    return LedgerReading("invoices", tuple(found.values()), tuple(problems))


def find_table(rows: list[DelimitedRow], name: str, mapping: Mapping[str, str]) -> Mapped:
    """Return the columns under the first row that names a number and a total."""
    for at, row in enumerate(rows[:40]):
        found = _columns([plain(cell) for cell in row.cells], mapping)
        if {"number", "total"} <= set(found):
            return Mapped(found, rows[at + 1 :], row)
    why = "no header names an invoice number and a total."
    do = 'Name them in sheetrecord.toml: [ledger.columns], number = "...", total = "...".'
    raise refuse(name, why, do, "columns")


def _columns(header: list[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Return the column of each meaning: as mapped, else by its surest word."""
    found: dict[str, int] = {}
    for what, words in WORDS.items():
        asked = [plain(mapping[what])] if what in mapping else words.split(";")
        place = next((header.index(word) for word in asked if word in header), None)
        if place is not None:
            found[what] = place
    return found


def date_order(cells: list[str], name: str) -> str:
    """Return the proven date order. Raises CannotRead when it is open."""
    orders = dates.orders_of(cells)
    if len(orders) > 1:
        why = f"the dates can be read in more than one way ({next(c for c in cells if c)})."
        raise refuse(name, why, which_order(orders), "date-order-unknown")
    return orders[0] if orders else "dmy"


def _only_currency(table: Mapped, rows: list[DelimitedRow], name: str) -> str:
    seen = sorted({_code(table.cell(row, "currency")) for row in rows} - {""})
    if not seen:
        raise refuse(name, "the file names no currency.", WHICH_CURRENCY, "currency")
    return seen[0]


def _code(cell: str) -> str:
    """Return the code of a currency cell: some exports write its name before it."""
    return cell.upper()[-3:]


def _invoice(
    table: Mapped, row: DelimitedRow, order: str, mark: str, currency: str
) -> LedgerInvoice | str:
    code = _code(table.cell(row, "currency")) or currency
    minor: dict[str, int | None] = {}
    for what in ("total", "tax", "paid", "open"):
        cell = table.cell(row, what)
        minor[what] = amounts.parse(cell, mark, code) if cell else None
        if cell and minor[what] is None:
            return f"{cell!r} is not an amount in {code}."
    total = minor["total"]
    if total is None:
        return f"{table.cell(row, 'number')} has no total."
    if "credit" in table.cell(row, "kind").lower() and total > 0:
        minor = {what: -value if value else value for what, value in minor.items()}
        total = -total
    return LedgerInvoice(
        table.cell(row, "number"),
        table.cell(row, "client"),
        code,
        total,
        dates.parse(table.cell(row, "issued"), order),
        dates.parse(table.cell(row, "due"), order),
        minor["tax"],
        minor["paid"],
        minor["open"],
        table.cell(row, "status"),
        row.line,
    )
