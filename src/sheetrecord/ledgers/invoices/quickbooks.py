"""Read QuickBooks Online's transaction reports: title rows, group rows and totals left out."""

from sheetrecord.ledgers import amounts, dates
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.invoices.generic import date_order
from sheetrecord.ledgers.reading import LedgerInvoice, LedgerReading, problem
from sheetrecord.ledgers.roles import plain
from sheetrecord.ledgers.table import DelimitedRow, read_rows
from sheetrecord.model.problem import Problem


def read_quickbooks(data: bytes, name: str, currency: str, order: str = "") -> LedgerReading:
    """Return the invoices and credit memos of a transaction list.

    The report names no currency and links no payment to an invoice, so ``paid`` is None unless
    the report has an open balance. Raises CannotRead when the header or date order is missing.
    """
    check_bytes(data, name)
    text, _ = decode(data, name)
    rows = read_rows(text, ",", name)
    at = next((i for i, row in enumerate(rows[:20]) if is_header(row)), None)
    if at is None:
        why = "no header with Date, Transaction Type, Num and Amount was found."
        raise refuse(name, why, "Export the report Transaction List by Date as CSV.", "columns")
    header = [plain(cell) for cell in rows[at].cells]
    cells = [
        dict(zip(header, row.cells, strict=False)) | {"#": str(row.line)} for row in rows[at + 1 :]
    ]
    day = "date" if "date" in header else "transaction date"
    body = [row for row in cells if row.get(day) and dates.is_date(row[day])]
    order = order or date_order([row[day] for row in body], name)
    found: list[LedgerInvoice] = []
    problems: list[Problem] = []
    for row in body:
        kind = row.get("transaction type", "").lower()
        if kind not in ("invoice", "credit memo", "credit note"):
            continue
        total = amounts.parse(row.get("amount", ""), ".", currency)
        if total is None:
            say = f"{row.get('amount', '')!r} is not an amount in {currency}."
            problems.append(problem("BANK102", say, name, int(row["#"])))
            continue
        open_ = amounts.parse(row.get("open balance", ""), ".", currency)
        total = -abs(total) if kind != "invoice" else total
        paid = None if open_ is None else total - open_
        found.append(
            LedgerInvoice(
                row.get("num", ""), row.get("name", ""), currency, total,
                dates.parse(row[day], order), dates.parse(row.get("due date", ""), order),
                None, paid, open_, "", int(row["#"]),
            )
        )  # fmt: skip
    return LedgerReading("quickbooks", tuple(found), tuple(problems))


def is_header(row: DelimitedRow) -> bool:
    """Return True if a row is the header of a QuickBooks transaction report."""
    cells = {plain(cell) for cell in row.cells}
    return {"transaction type", "num", "amount"} <= cells
