"""Read an export of invoices from any bookkeeping system that names its columns (generic, Xero)."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.reading import LedgerInvoice, LedgerReading, problem
from sheetrecord.ledgers.refusal import check_bytes, refuse
from sheetrecord.ledgers.roles import plain
from sheetrecord.ledgers.table import Row, find_delimiter, read_rows
from sheetrecord.ledgers.text import decode
from sheetrecord.model.problem import Problem

WORDS: Final[Mapping[str, str]] = {
    "number": "invoicenumber;invoice number;invoice no;invoice;number;rechnungsnummer;"
    "numero de facture;factuurnummer;num;document number;reference number;invoice id",
    "client": "contactname;contact name;contact;customer;customer name;client;client name;name;"
    "kunde;debiteur;debitor",
    "issued": "invoicedate;invoice date;date;issue date;issued;rechnungsdatum;datum;"
    "date de facture",
    "due": "duedate;due date;due;fallig am;falligkeit;faelligkeit;date d echeance;vervaldatum",
    "total": "total;gross;gross amount;amount;invoice total;total amount;brutto;betrag;montant ttc;"
    "bruttobetrag;total inc vat;total gross",
    "tax": "taxtotal;tax total;vat;tax;vat amount;mwst;ust;tva;tax amount total",
    "paid": "invoiceamountpaid;amount paid;paid;paid amount;received;bezahlt;paye",
    "open": "invoiceamountdue;amount due;balance;open balance;outstanding;offen;balance due;open",
    "currency": "currency;ccy;wahrung;devise;currency code",
    "status": "status;state;invoice status;statut",
    "kind": "type;document type;transaction type",
}


class Mapped(NamedTuple):
    """A header's columns by meaning, and the rows below it."""

    at: Mapping[str, int]
    rows: list[Row]
    header: Row

    def cell(self, row: Row, what: str) -> str:
        """Return a row's cell of a meaning, "" when there is none."""
        where = self.at.get(what, -1)
        return row.cells[where] if 0 <= where < len(row.cells) else ""


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
        raise refuse(name, why, "Say which in the ledger's profile.", "decimal")
    found: dict[str, LedgerInvoice] = {}
    problems: list[Problem] = []
    for row in body:
        invoice = _invoice(table, row, order, mark, code)
        if isinstance(invoice, str):
            problems.append(problem("BANK102", invoice, name, row.line))
            continue
        before = found.setdefault(invoice.number, invoice)
        if before.total != invoice.total or before.client != invoice.client:
            say = f"{invoice.number} stands twice with different totals or clients."
            problems.append(problem("BANK108", say, name, row.line))
    return LedgerReading("invoices", tuple(found.values()), tuple(problems))


def find_table(rows: list[Row], name: str, mapping: Mapping[str, str]) -> Mapped:
    """Return the columns under the first row that names a number and a total."""
    own = {plain(text): what for what, text in mapping.items()}
    words = {word: what for what, all_ in WORDS.items() for word in all_.split(";")}
    for at, row in enumerate(rows[:40]):
        found: dict[str, int] = {}
        for column, cell in enumerate(row.cells):
            what = own.get(plain(cell)) or (words.get(plain(cell)) if plain(cell) else None)
            if what and (plain(cell) in own or what not in mapping):
                found.setdefault(what, column)
        if {"number", "total"} <= set(found):
            return Mapped(found, rows[at + 1 :], row)
    why = "no header names an invoice number and a total."
    raise refuse(name, why, "Map the columns in the ledger's profile.", "columns")


def date_order(cells: list[str], name: str) -> str:
    """Return the proven date order. Raises CannotRead when it is open."""
    orders = dates.orders_of(cells)
    if len(orders) > 1:
        why = f"the dates can be read in more than one way ({next(c for c in cells if c)})."
        do = f"Say {' or '.join(orders)} in the ledger's profile."
        raise refuse(name, why, do, "date-order-unknown")
    return orders[0] if orders else "dmy"


def _only_currency(table: Mapped, rows: list[Row], name: str) -> str:
    seen = sorted({table.cell(row, "currency").upper() for row in rows} - {""})
    if not seen:
        do = "Say which in the ledger's profile."
        raise refuse(name, "the file names no currency.", do, "currency")
    return seen[0]


def _invoice(table: Mapped, row: Row, order: str, mark: str, currency: str) -> LedgerInvoice | str:
    code = table.cell(row, "currency").upper() or currency
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
