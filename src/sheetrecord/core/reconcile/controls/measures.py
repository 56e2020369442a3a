"""Measures of the whole book: ageing, unapplied cash, DSO two ways, the verdict line."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.controls.identities import Control, failing
from sheetrecord.core.reconcile.facts import Allocation, BankLine, Invoice, RowsRead
from sheetrecord.core.reconcile.ledger.invoice_status import InvoiceStanding
from sheetrecord.model.money import Money

_QUARTER: Final = 90
_NO_ROWS: Final = RowsRead()
BUCKETS: Final = ("not_due", "1-30", "31-60", "61-90", "90+", "disputed", "retained", "unapplied")


def ageing(
    standings: Iterable[InvoiceStanding],
    clients: Mapping[str, str],
    unapplied: Mapping[tuple[str, str], int],
) -> dict[tuple[str, str], dict[str, int]]:
    """Return minor units by (client, currency) and bucket, by days past due.

    Retained and disputed amounts stand apart; unapplied cash, with what invoices were overpaid, is
    a column of its own, negative, never netted silently. ``clients`` maps invoice key to client.
    """
    table: dict[tuple[str, str], dict[str, int]] = {}
    for s in standings:
        row = table.setdefault((clients[s.number], s.currency), dict.fromkeys(BUCKETS, 0))
        overpaid = s.outstanding < 0 <= s.gross  # also what came for an invoice that is void now
        if overpaid or s.ageing:
            row["unapplied" if overpaid else s.ageing] += s.outstanding
        row["retained"] += s.retained
    for key, amount in unapplied.items():
        row = table.setdefault(key, dict.fromkeys(BUCKETS, 0))
        row["unapplied"] -= amount
    return {key: row for key, row in sorted(table.items()) if any(row.values())}


def unallocated(lines: Iterable[BankLine], allocations: Iterable[Allocation]) -> dict[str, int]:
    """Return what is left of each receipt that nobody has called something else (minor units)."""
    left = {line.bank_id: line.amount for line in lines if line.amount > 0 and not line.category}
    for row in allocations:
        if row.bank_id in left:
            left[row.bank_id] -= row.bank_amount
    return {key: amount for key, amount in left.items() if amount}


def dso(receivable: int, invoiced: int, days: int) -> Decimal | None:
    """Return days sales outstanding: receivable ÷ invoiced x days, one decimal; None unbilled."""
    if invoiced <= 0:
        return None
    return (Decimal(receivable) * days / invoiced).quantize(Decimal("0.1"), ROUND_HALF_UP)


def dso_countback(receivable: int, invoices: Sequence[Invoice], as_of: dt.date) -> int | None:
    """Return DSO by counting back: days until the newest invoices make up the receivable.

    Fits lumpy project billing better than the ratio. None when all invoices are not enough.
    """
    left = receivable
    if left <= 0:
        return 0
    issued = [i for i in invoices if i.issued <= as_of and not i.void and i.gross > 0]
    for invoice in sorted(issued, key=lambda i: i.issued, reverse=True):
        left -= invoice.gross
        if left <= 0:
            return (as_of - invoice.issued).days
    return None


class Collection(NamedTuple):
    """How fast clients pay, in one currency; what is retained and not due does not count."""

    currency: str
    receivable: int
    over_90_days: Decimal | None
    counted_back: int | None


def collection(
    standings: Mapping[str, InvoiceStanding], invoices: Mapping[str, Invoice], as_of: dt.date
) -> list[Collection]:
    """Return days sales outstanding two ways, by currency: project billing is lumpy."""
    found = []
    for currency in sorted({invoice.currency for invoice in invoices.values()}):
        mine = [i for i in invoices.values() if i.currency == currency]
        owed = sum(s.outstanding for s in standings.values() if s.currency == currency)
        since = as_of - dt.timedelta(days=_QUARTER - 1)
        billed = sum(i.gross for i in mine if since <= i.issued <= as_of and not i.void)
        back = dso_countback(owed, mine, as_of)
        found.append(Collection(currency, owed, dso(owed, billed, _QUARTER), back))
    return found


class Summary(NamedTuple):
    """The first line of the report."""

    controls: int
    red: int
    need_you: int
    unexplained: Mapping[str, int]
    rows: RowsRead = RowsRead()

    def text(self) -> str:
        """Return the verdict of a run: the state, and what became of its files' rows."""
        return " ".join(filter(None, (self.state(), self.rows.text())))

    def state(self) -> str:
        """Return e.g. "3 control totals agree, 11 items need you, 14,320.00 GBP unexplained."."""
        agree = self.controls - self.red
        parts = ["1 control total agrees" if agree == 1 else f"{agree} control totals agree"]
        if self.red:
            parts.append(f"{self.red} fail{'s' if self.red == 1 else ''}")
        parts.append(
            "1 item needs you" if self.need_you == 1 else f"{self.need_you} items need you"
        )
        money = " and ".join(str(Money(a, c)) for c, a in sorted(self.unexplained.items()) if a)
        parts.append(f"{money} unexplained" if money else "nothing unexplained")
        return ", ".join(parts) + "."


def summary(
    controls: Sequence[Control],
    questions: int,
    lines: Sequence[BankLine],
    allocations: Sequence[Allocation],
    rows: RowsRead = _NO_ROWS,
) -> Summary:
    """Return the verdict of a run; a row that may be a payment needs a person too."""
    by_id = {line.bank_id: line for line in lines}
    unexplained: dict[str, int] = {}
    for key, amount in unallocated(lines, allocations).items():
        currency = by_id[key].currency
        unexplained[currency] = unexplained.get(currency, 0) + amount
    need = questions + len(rows.doubtful)
    return Summary(len(controls), len(failing(controls)), need, unexplained, rows)
