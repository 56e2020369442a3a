"""Read a DATEV EXTF posting batch (Buchungsstapel): positions count, names vary by version.

Amounts are always positive, the S/H flag is the sign; the posting date is DDMM without a year,
which comes from the batch's fiscal year and period in line 1.
"""

import datetime as dt
from typing import Final, NamedTuple

from sheetrecord.ledgers import amounts
from sheetrecord.ledgers.decode import decode
from sheetrecord.ledgers.errors import check_bytes, refuse
from sheetrecord.ledgers.reading import LedgerInvoice, LedgerReading, problem
from sheetrecord.ledgers.table import DelimitedRow, read_rows
from sheetrecord.model.problem import Problem

_AMOUNT, _FLAG, _CURRENCY, _ACCOUNT, _CONTRA, _DAY, _NUMBER, _TEXT = 0, 1, 2, 6, 7, 9, 10, 13


class _Batch(NamedTuple):
    begins: dt.date
    ends: dt.date
    currency: str
    width: int


def read_datev(data: bytes, name: str) -> LedgerReading:
    """Return invoices with what was posted to them, by document number (Belegfeld 1).

    On a debtor's account (more digits than a ledger account) S raises what the client owes (an
    invoice), H lowers it (a payment or credit note). Raises CannotRead for another file.
    """
    check_bytes(data, name)
    text, _ = decode(data, name, "cp1252")
    rows = read_rows(text, ";", name)
    if not is_datev(rows[0]) or len(rows) < 2:
        raise refuse(name, "this is no DATEV EXTF batch.", "Export Buchungsstapel (EXTF).", "kind")
    batch = _batch(rows[0], name)
    found: dict[str, LedgerInvoice] = {}
    problems: list[Problem] = []
    for row in rows[2:]:
        wrong = _post(row, batch, found)
        if wrong:
            problems.append(problem("BANK102", wrong, name, row.line))
    return LedgerReading("datev", tuple(found.values()), tuple(problems))


def is_datev(row: DelimitedRow) -> bool:
    """Return True if a first row is a DATEV header record."""
    return bool(row.cells) and row.cells[0].strip('"\ufeff') in ("EXTF", "DTVF")


def _batch(row: DelimitedRow, name: str) -> _Batch:
    cells = [cell.strip('"') for cell in row.cells] + [""] * 30
    begins, ends = _iso(cells[14]) or _iso(cells[12]), _iso(cells[15])
    if begins is None:
        raise refuse(name, "line 1 names no period or fiscal year.", "Export again.", "period")
    ends = ends or begins + dt.timedelta(days=364)
    width = int(cells[13]) if cells[13].isdigit() else 4
    return _Batch(begins, ends, cells[21] or "EUR", width)


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _post(row: DelimitedRow, batch: _Batch, found: dict[str, LedgerInvoice]) -> str:
    """Post one row to its invoice; return what is wrong, or ""."""
    cells = [cell.strip('"') for cell in row.cells] + [""] * 16
    number = cells[_NUMBER]
    debtor, flag = cells[_ACCOUNT], cells[_FLAG].upper()
    if not _is_debtor(debtor, batch):
        debtor, flag = cells[_CONTRA], {"S": "H", "H": "S"}.get(flag, flag)
    if not number or not _is_debtor(debtor, batch):
        return ""
    currency = cells[_CURRENCY] or batch.currency
    minor = amounts.parse(cells[_AMOUNT], ",", currency)
    if minor is None or flag not in ("S", "H"):
        return f"{cells[_AMOUNT]!r} {flag!r} is not an amount with S or H."
    day = _day(cells[_DAY], batch)
    if day is None:
        return f"{cells[_DAY]!r} is not one day (DDMM) of the batch."
    before = found.get(number) or LedgerInvoice(
        number, debtor, currency, 0, day, paid=0, open=0, row=row.line
    )
    total, paid = before.total, before.paid or 0
    credit = not before.total and flag == "H"
    if flag == "S" or credit:
        total += minor if flag == "S" else -minor
    else:
        paid += minor
    found[number] = before._replace(total=total, paid=paid, open=total - paid)
    return ""


def _is_debtor(account: str, batch: _Batch) -> bool:
    """Debtors are 10000000 to 69999999 with one digit more than ledger accounts have."""
    return len(account) == batch.width + 1 and account.isdigit() and account[0] in _DEBTORS


_DEBTORS: Final = "123456"


def _day(text: str, batch: _Batch) -> dt.date | None:
    """Return a DDMM date in the batch's period, which may cross a new year.

    None when it is no day of the period, or of two years of a period longer than one.
    """
    text = text.zfill(4)
    if not text.isdigit() or len(text) != 4:
        return None
    found = []
    for year in range(batch.begins.year, batch.ends.year + 1):
        try:
            day = dt.date(year, int(text[2:]), int(text[:2]))
        except ValueError:
            continue
        if batch.begins <= day <= batch.ends:
            found.append(day)
    return found[0] if len(found) == 1 else None
