"""Measures of the whole workbook: ageing, unapplied cash, days sales outstanding, the summary."""

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
    """Return amounts in minor units by (client, currency) and bucket of days past due.

    Retained and disputed amounts have buckets of their own. Unapplied cash, including overpaid
    amounts, is a negative bucket and is not netted. ``clients`` maps invoice key to client.
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
    """Return the unallocated rest of each receipt by bank id (minor units).

    Lines with a category, such as those that are no fee, are left out.
    """
    left = {line.bank_id: line.amount for line in lines if line.amount > 0 and not line.category}
    for row in allocations:
        if row.bank_id in left:
            left[row.bank_id] -= row.bank_amount
    return {key: amount for key, amount in left.items() if amount}


def dso(receivable: int, invoiced: int, days: int) -> Decimal | None:
    """Return days sales outstanding, receivable ÷ invoiced x days, to one decimal; None unbilled.

    Amounts are in minor units of one currency. Halves round up.
    """
    if invoiced <= 0:
        return None
    return (Decimal(receivable) * days / invoiced).quantize(Decimal("0.1"), ROUND_HALF_UP)


def dso_countback(receivable: int, invoices: Sequence[Invoice], as_of: dt.date) -> int | None:
    """Return DSO by the count-back method: days since the newest invoices add up to the receivable.

    For uneven project billing it is more stable than the ratio. 0 when nothing is receivable, None
    when all invoices together are less than the receivable.
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
    """Receivable (minor units) and DSO of one currency, without retained amounts not yet due."""

    currency: str
    receivable: int
    over_90_days: Decimal | None
    counted_back: int | None


def collection(
    standings: Mapping[str, InvoiceStanding], invoices: Mapping[str, Invoice], as_of: dt.date
) -> list[Collection]:
    """Return the receivable and DSO by currency: by ratio over 90 days, and by count-back."""
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
    """The report's summary line; ``unexplained`` is minor units by currency."""

    controls: int
    red: int
    need_you: int
    unexplained: Mapping[str, int]
    rows: RowsRead = RowsRead()

    def text(self) -> str:
        """Return the summary: the controls' state, and the counts of file rows."""
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
    """Return the summary of a run; a doubtful file row counts as an item for a person."""
    by_id = {line.bank_id: line for line in lines}
    unexplained: dict[str, int] = {}
    for key, amount in unallocated(lines, allocations).items():
        currency = by_id[key].currency
        unexplained[currency] = unexplained.get(currency, 0) + amount
    need = questions + len(rows.doubtful)
    return Summary(len(controls), len(failing(controls)), need, unexplained, rows)
