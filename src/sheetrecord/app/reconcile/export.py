"""Bookings of a period as a file for a bookkeeping system: which, with which accounts, refused why.

No account is guessed: all settings that are missing are said at once.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.app.reconcile.session import ReconcileSession
from sheetrecord.app.settings.money import BooksSettings
from sheetrecord.core.reconcile.ledger.months import states
from sheetrecord.core.reconcile.ledger.postings import (
    BookAccount,
    Bookings,
    Posting,
    bookings,
    issued,
)
from sheetrecord.formats.finance import datev_batch
from sheetrecord.formats.finance.journal_files import (
    BookedPosting,
    quickbooks_journal,
    xero_journal,
)
from sheetrecord.model.errors import BadSettings

SYSTEMS: Final = ("xero", "quickbooks", "datev")
_MONTH: Final = r"(\d{4})-(0[1-9]|1[0-2])"
_PERIOD: Final = re.compile(rf"{_MONTH}(?:\.\.{_MONTH})?")


class BookingPeriod(NamedTuple):
    """Some months, first and last day."""

    first: dt.date
    last: dt.date

    @property
    def months(self) -> list[str]:
        """The months, as ``2026-05``."""
        found, day = [], self.first
        while day <= self.last:
            found.append(f"{day:%Y-%m}")
            day = _next_month(day)
        return found


class Exported(NamedTuple):
    """The bookings of a period, the file's content, and the months that may still change."""

    bookings: Bookings
    posted: tuple[BookedPosting, ...]
    data: bytes
    open_months: tuple[str, ...]


def period_of(text: str) -> BookingPeriod | None:
    """Return the period that is meant by ``2026-05`` or ``2026-04..2026-06``, None for none.

    >>> period_of("2026-05")
    BookingPeriod(first=datetime.date(2026, 5, 1), last=datetime.date(2026, 5, 31))
    >>> period_of("2026-06..2026-05") is None, period_of("2026-13") is None
    (True, True)
    """
    found = _PERIOD.fullmatch(text)
    if not found:
        return None
    year, month, to_year, to_month = found.groups()
    first = dt.date(int(year), int(month), 1)
    end = dt.date(int(to_year or year), int(to_month or month), 1)
    return BookingPeriod(first, _next_month(end) - dt.timedelta(days=1)) if end >= first else None


def exported(
    session: ReconcileSession,
    period: BookingPeriod,
    system: str,
    books: BooksSettings,
    where: object,
    *,
    invoices: bool,
) -> Exported:
    """Return the bookings of a period and their file.

    ``where`` is the settings file. Raises BadSettings that names each setting which is missing.
    """
    found = _bookings(session, period, books, invoices=invoices)
    heads = system == "datev"  # whose file says more than its bookings do
    wrong = _needed(system, books) if heads or found.postings else []
    wrong += _missing(found.postings, books)
    if heads and not wrong:
        wrong = _numbers(found.postings, books)
    if wrong:
        why = f"it does not say all that an export for {system} needs."
        raise BadSettings(where, why, f"Write below [export.{system}]: {'; '.join(wrong)}.")
    if heads:
        _refuse_batch(session.address, found.postings, period, books)
    posted = tuple(
        BookedPosting(one, _account(one.debit, books), _account(one.credit, books))
        for one in found.postings
    )
    shut = states(session.held.months)
    still = [m for m in period.months if shut.get(m) not in ("closed", "sealed")]
    data = _WRITERS[system](posted, period, books, session)
    return Exported(found, posted, data, tuple(still))


def _bookings(
    session: ReconcileSession, period: BookingPeriod, books: BooksSettings, *, invoices: bool
) -> Bookings:
    currency, by_key = books.currency or session.record.settings.currency, session.side.by_key
    months = set(period.months)
    rows = [row for row in session.held.allocations if row.month in months]
    lines = {line.bank_id: line for line in session.held.lines}
    settled = bookings(rows, lines, by_key, currency)
    if not invoices:
        return settled
    mine = {k: i for k, i in by_key.items() if period.first <= i.issued <= period.last}
    sold = issued(mine, currency, whole=books.tax_in_revenue)
    postings = sorted((*sold.postings, *settled.postings), key=lambda one: one.on)
    return Bookings(tuple(postings), (*sold.unbooked, *settled.unbooked))


def _account(side: BookAccount, books: BooksSettings) -> str:
    """Return a side's account; "" when the settings name none."""
    own = {"bank": books.banks, "receivable": books.debtors}.get(side.role, {})
    return own.get(side.of) or books.accounts.get(side.role, "")


def _missing(postings: Iterable[Posting], books: BooksSettings) -> list[str]:
    """Return the settings lines that are needed for accounts nobody has named."""
    sides = dict.fromkeys(side for one in postings for side in (one.debit, one.credit))
    roles = dict.fromkeys(side.role for side in sides if not _account(side, books))
    if not roles:
        return []
    told = ", ".join(f'{role} = "..."' for role in roles)
    return [f"accounts = {{ {told} }}" if not books.accounts else f"in accounts: {told}"]


def _needed(system: str, books: BooksSettings) -> list[str]:
    """Return the settings lines that a system needs whatever is booked, and that are missing."""
    return [line for key, line in _NEEDED[system].items() if not getattr(books, key)]


_ORDER: Final = {"date_order": 'date_order = "dmy", "mdy" or "ymd": as its import reads days'}
_NEEDED: Final[Mapping[str, Mapping[str, str]]] = {
    "xero": {**_ORDER, "tax_rate": 'tax_rate = "...": the name of the rate without tax'},
    "quickbooks": _ORDER,
    "datev": {
        key: f"{key} = ..." for key in ("consultant", "client", "year_begins", "account_length")
    },
}


def _numbers(postings: Iterable[Posting], books: BooksSettings) -> list[str]:
    """Return what is wrong with accounts that DATEV would not take."""
    sides = dict.fromkeys(side for one in postings for side in (one.debit, one.credit))
    most = books.account_length
    return [
        f'{side.of or side.role}: "{account}" is no number of at most {most} digits, or a '
        f"debtor's of {most + 1}"
        for side in sides
        if (account := _account(side, books)) and not _fits(side, account, books)
    ]


def _fits(side: BookAccount, account: str, books: BooksSettings) -> bool:
    personal = side.role == "receivable" and side.of in books.debtors
    return datev_batch.fits(account, books.account_length, personal=personal)


def _refuse_batch(
    address: str, postings: Sequence[Posting], period: BookingPeriod, books: BooksSettings
) -> None:
    """Raise BadSettings for what a batch cannot hold: two fiscal years, numbers that become one."""
    if year_of(period.first, books.year_begins) != year_of(period.last, books.year_begins):
        why = f"{period.months[0]} to {period.months[-1]} are in two fiscal years."
        raise BadSettings(address, why, "A batch is of one: export each by itself.")
    for one, other in datev_batch.alike(postings):
        why = f"the invoices {one} and {other} have one number in DATEV, which takes few signs."
        raise BadSettings(address, why, "Export them apart, or book one of them by hand.")


def year_of(day: dt.date, begins: int) -> dt.date:
    """Return the first day of the fiscal year that a day is in; ``begins`` is its first month.

    >>> year_of(dt.date(2026, 3, 31), 4), year_of(dt.date(2026, 4, 1), 4)
    (datetime.date(2025, 4, 1), datetime.date(2026, 4, 1))
    """
    return dt.date(day.year - (day.month < begins), begins, 1)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _batch(
    posted: Sequence[BookedPosting],
    period: BookingPeriod,
    books: BooksSettings,
    session: ReconcileSession,
) -> bytes:
    batch = datev_batch.DatevBatch(
        books.consultant, books.client, year_of(period.first, books.year_begins),
        books.account_length, period.first, period.last, session.as_of,
        books.currency or session.record.settings.currency,
    )  # fmt: skip
    return datev_batch.booking_batch(batch, posted)


_Writer = Callable[[Sequence[BookedPosting], BookingPeriod, BooksSettings, ReconcileSession], bytes]
_WRITERS: Final[Mapping[str, _Writer]] = {
    "xero": lambda posted, _, books, __: xero_journal(posted, books.date_order, books.tax_rate),
    "quickbooks": lambda posted, _, books, __: quickbooks_journal(posted, books.date_order),
    "datev": _batch,
}
