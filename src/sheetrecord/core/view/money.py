"""The sums of a deal's page: agreed, invoiced, received, outstanding, in minor units."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from sheetrecord.schema.fees import Fees
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.record import DealRows

BUCKETS: Final = ENUMS["ageing"]
_NOT_INVOICED: Final = frozenset(("planned", "ready"))


class Bucket(NamedTuple):
    """One ageing bucket: outstanding minor units and number of invoices."""

    code: str
    amount: int
    invoices: int


class Purse(NamedTuple):
    """Sums of a deal's fee lines with tax, in minor units of one currency.

    ``total`` is all that was ever planned; ``total - to_invoice`` is invoiced, and that less
    received, settled otherwise and retained is outstanding (negative when too much came in).
    """

    currency: str
    total: int = 0
    to_invoice: int = 0
    invoiced: int = 0
    received: int = 0
    settled: int = 0
    retained: int = 0
    outstanding: int = 0
    overdue: int = 0
    lines: int = 0


def purse(rows: DealRows) -> Purse:
    """Add up a deal's fee lines in the deal's currency; void lines and other currencies are out."""
    return sum_up(rows.fees, rows.currency)


def sum_up(fees: Iterable[Fees], currency: str) -> Purse:
    """Add up the fee lines of one currency."""
    told = dict.fromkeys(Purse._fields[1:], 0)
    for fee in fees:
        if fee.currency != currency or fee.void:
            continue
        gross = fee.gross or 0
        told["lines"] += 1
        told["total"] += gross
        if fee.invoiced_on is None:
            told["to_invoice"] += gross
            continue
        told["invoiced"] += gross
        told["received"] += fee.received or 0
        told["settled"] += (fee.credited or 0) + (fee.settled_otherwise or 0)
        told["retained"] += fee.retained or 0
        told["outstanding"] += fee.outstanding or 0
        told["overdue"] += fee.outstanding or 0 if fee.days_overdue else 0
    return Purse(currency, **told)


def ageing(fees: Iterable[Fees], currency: str) -> list[Bucket]:
    """Return every ageing bucket in order, empty ones included."""
    amounts = dict.fromkeys(BUCKETS, 0)
    counts = dict.fromkeys(BUCKETS, 0)
    for fee in fees:
        if fee.ageing in amounts and fee.currency == currency and not fee.void:
            amounts[fee.ageing] += fee.outstanding or 0
            counts[fee.ageing] += 1
    return [Bucket(code, amounts[code], counts[code]) for code in BUCKETS]
