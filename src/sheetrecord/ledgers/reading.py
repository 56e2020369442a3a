"""The result of a reader: statements or ledger invoices, with the problems found."""

import datetime as dt
from typing import NamedTuple

from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.model.problem import Problem, Severity, Where


class Statement(NamedTuple):
    """The lines of one account and period, with the totals the bank itself prints.

    ``opening`` and ``closing`` are None where the file gives none: such a file cannot prove
    that it is complete. ``pending`` lines are not booked yet: shown, never stored.
    """

    account: str
    currency: str
    lines: tuple[BankLine, ...]
    opening: int | None = None
    closing: int | None = None
    pending: tuple[BankLine, ...] = ()
    number: str = ""
    begins: dt.date | None = None
    ends: dt.date | None = None


class LeftOut(NamedTuple):
    """A row that became no line, and why; ``doubtful`` when it may be a payment all the same."""

    row: int
    why: str
    doubtful: bool = False


class Reading(NamedTuple):
    """A bank file as read: every row of it is a line, left out, or a heading or total.

    ``rows`` are those of the file (a format of its own counts its bookings), ``apart`` the
    headings, totals and notes among them.
    """

    kind: str
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    apart: int = 0
    left_out: tuple[LeftOut, ...] = ()

    @property
    def lines(self) -> tuple[BankLine, ...]:
        """All booked lines of all statements, in the file's order."""
        return tuple(line for statement in self.statements for line in statement.lines)


class LedgerInvoice(NamedTuple):
    """An invoice in the bookkeeping system; amounts in minor units, None where not exported."""

    number: str
    client: str
    currency: str
    total: int
    issued: dt.date | None = None
    due: dt.date | None = None
    tax: int | None = None
    paid: int | None = None
    open: int | None = None
    status: str = ""
    row: int = 0


class LedgerReading(NamedTuple):
    """The content of a bookkeeping export."""

    kind: str
    invoices: tuple[LedgerInvoice, ...]
    problems: tuple[Problem, ...] = ()


NAMES = {
    "BANK101": "control-total-fails",
    "BANK102": "bad-money-cell",
    "BANK103": "bad-date-cell",
    "BANK104": "batch-does-not-add-up",
    "BANK106": "no-control-total",
    "BANK107": "empty-statement",
    "BANK108": "row-not-read",
    "BANK109": "zero-line",
    "BANK110": "currency-differs",
    "BANK111": "account-differs",
    "BANK112": "text-damaged",
    "BANK113": "payout-without-line",
    "BANK114": "fee-not-proven",
    "BANK115": "row-without-date",
    "BANK116": "information-only",
    "BANK117": "sign-not-proven",
}


def problem(
    code: str, message: str, file: str, row: int = 0, severity: Severity = Severity.ERROR
) -> Problem:
    """Return a problem of a file's content; ``row`` is the line in the file (1-based)."""
    return Problem(code, NAMES[code], severity, Where(file, row), message)


def control(statement: Statement, file: str) -> list[Problem]:
    """Check opening + Σ lines = closing, and return a problem if it fails or cannot be checked.

    A missing page is the costliest silent error of an import, so a statement without balances gets
    a warning: nothing shows that it is complete.
    """
    if statement.opening is None or statement.closing is None:
        say = f"{statement.account or file}: the file prints no opening and closing balance."
        advice = " Compare the balance with the bank yourself before closing the month."
        return [problem("BANK106", say + advice, file, severity=Severity.WARNING)]
    found = statement.opening + sum(line.amount for line in statement.lines)
    if found == statement.closing:
        return []
    from sheetrecord.model.money import Money

    off = found - statement.closing
    message = (
        f"{statement.account or file}: opening balance plus lines is "
        f"{Money(found, statement.currency)}, the bank prints "
        f"{Money(statement.closing, statement.currency)} (difference "
        f"{Money(off, statement.currency)}). Lines are missing or repeated: export again."
    )
    return [problem("BANK101", message, file)]
