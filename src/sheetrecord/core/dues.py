"""The derived columns of Fees: gross, due date, retention, outstanding amount and days overdue.

Amounts are integers in minor units (cents) of the row's currency, rates are fractions (19 % is
0.19), times are days.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from sheetrecord.schema.fees import Fees

_AT: Final = {key: column.position for key, column in Fees.by_key.items()}
_CURRENCY, _GROSS = _AT["currency"], _AT["gross"]
_TAIL: Final = slice(_AT["due_on"], _AT["oldest"] + 1)
_LONGEST_TERMS: Final = 36_500


class Billed:
    """Totals of one deal's fee lines.

    ``contract_lines`` counts the lines of the contract, ``days_late`` is the most days that one of
    its lines is overdue; ``sums`` by currency: contract net, invoiced gross, received, outstanding
    (minor units).
    """

    __slots__ = ("contract_lines", "days_late", "sums")

    def __init__(self) -> None:
        self.contract_lines = 0
        self.days_late = 0
        self.sums: dict[str, list[int]] = {}

    def add(self, row: Fees, due: "_Due", currency: str) -> None:
        """Count one more line of the deal."""
        self.days_late = max(self.days_late, due.days or 0)
        contract = row.origin == "contract"
        self.contract_lines += contract
        sums = self.sums.setdefault(currency, [0, 0, 0, 0])
        if not row.void:
            sums[0] += (row.net or 0) if contract else 0
            sums[1] += (due.gross or 0) if row.invoiced_on is not None else 0
        sums[2] += row.received or 0
        sums[3] += due.outstanding or 0


class _Due(NamedTuple):
    gross: int | None
    due_on: dt.date | None
    retained: int
    outstanding: int | None
    days: int | None


def derive_fees(
    rows: list[Fees], currencies: Mapping[str, str], asof: dt.date
) -> tuple[list[Fees], dict[str, Billed]]:
    """Return the rows with every derived column filled, and the totals of each deal by its id.

    ``currencies`` are the deals' currencies by id, for rows without their own; ``asof`` is the day
    on which lateness and retention are judged.
    """
    billed: defaultdict[str, Billed] = defaultdict(Billed)
    judged = []
    for row in rows:
        due = _due(row, asof)
        currency = row.currency or currencies.get(row.deal_id, "")
        judged.append((currency, due))
        billed[row.deal_id].add(row, due, currency)
    found = []
    for row, (currency, due) in zip(rows, judged, strict=True):
        cells = list(row)
        cells[_CURRENCY], cells[_GROSS] = currency, due.gross
        days = due.days or 0
        late = billed[row.deal_id].days_late if row.deal_id in currencies else 0
        oldest = days if days == late else 0
        cells[_TAIL] = (
            due.due_on,
            due.retained,
            due.outstanding,
            due.days,
            _pay_status(row, due),
            _ageing(due),
            oldest,
        )
        found.append(tuple.__new__(Fees, cells))
    return found, billed


def part(amount: int, rate: float) -> int:
    """Return ``rate`` times an amount in minor units; halves are rounded away from zero.

    So does ROUND in a spreadsheet.

    >>> part(50, 0.19), part(-50, 0.19), part(1005, 0.1)
    (10, -10, 101)
    """
    top, bottom = _ratio(rate)
    whole = (2 * abs(amount * top) + bottom) // (2 * bottom)
    return whole if amount * top >= 0 else -whole


@lru_cache(maxsize=256)
def _ratio(rate: float) -> tuple[int, int]:
    """Return a rate as an exact fraction (numerator, denominator) of its shortest decimal."""
    return Decimal(repr(rate)).as_integer_ratio()


def _due(row: Fees, asof: dt.date) -> _Due:
    gross = None
    if row.net is not None:
        tax = row.tax if row.tax is not None else part(row.net, row.tax_rate or 0)
        gross = row.net + tax
    if row.invoiced_on is None:
        return _Due(gross, None, 0, None, None)
    due_on = _due_on(row.invoiced_on, row.terms_days or 0)
    if gross is None or row.void:
        return _Due(gross, due_on, 0, None, None)
    rest = gross - (row.received or 0) - (row.credited or 0) - (row.settled_otherwise or 0)
    held = held_back(gross, row.retention_pct or 0, row.kept or 0)
    released = is_released(row.retention_release_on, asof)
    retained = 0 if released else not_due(rest, held, gross)
    outstanding = rest - retained
    late = due_on
    if due_on is not None and released and outstanding <= held:
        late = max(due_on, row.retention_release_on or due_on)
    days = max(0, (asof - late).days) if outstanding > 0 and late is not None else 0
    return _Due(gross, due_on, retained, outstanding, days)


def held_back(gross: int, rate: float, kept: int) -> int:
    """Return the retention of an invoice line in minor units, never negative.

    It is the agreed ``rate`` of the gross amount or, where more, what the client ``kept`` back.
    """
    return max(part(abs(gross), rate), kept if gross > 0 else -kept if gross < 0 else 0)


def not_due(rest: int, held: int, gross: int) -> int:
    """Return the part of the unsettled ``rest`` that is retention, in minor units.

    It has the sign of ``gross``, so that of a credit line it is negative.
    """
    sign = -1 if gross < 0 else 1
    return sign * max(0, min(held, sign * rest)) if gross else 0


def is_released(release: dt.date | None, asof: dt.date) -> bool:
    """True if the retention is due on the day ``asof``."""
    return release is not None and asof >= release


def _due_on(invoiced_on: dt.date, terms: float) -> dt.date | None:
    """Return the day a payment is due after ``terms`` days, whole ones; None beyond a century."""
    if not abs(terms) <= _LONGEST_TERMS:
        return None
    return invoiced_on + dt.timedelta(days=math.floor(terms))


def _pay_status(row: Fees, due: _Due) -> str:
    if not row.deal_id and not row.description and row.net is None:
        return ""
    if row.void:
        return "cancelled"
    if due.outstanding is None:
        return "ready" if row.ready else "planned"
    if due.outstanding > 0:
        return "disputed" if row.disputed else _owed(row, due)
    if due.outstanding < 0:
        return "invoiced" if (due.gross or 0) < 0 else "overpaid"
    return _settled(row, due)


def _owed(row: Fees, due: _Due) -> str:
    """Return the payment status of an invoice with an outstanding amount."""
    part_paid = (row.received or 0) + (row.credited or 0) + (row.settled_otherwise or 0) != 0
    if due.days:
        return "part_paid_overdue" if part_paid else "overdue"
    return "part_paid" if part_paid else "invoiced"


def _settled(row: Fees, due: _Due) -> str:
    """Return the payment status of an invoice with nothing outstanding."""
    if row.received:
        return "retained" if due.retained else "paid"
    if row.credited:
        return "credited"
    return "written_off" if row.settled_otherwise else "paid"


def _ageing(due: _Due) -> str:
    """Return the ageing bucket (30 days each): day 30 is in the first, day 31 in the second."""
    if due.outstanding is None or due.outstanding <= 0:
        return ""
    days = due.days or 0
    if days <= 0:
        return "not_due"
    if days > 90:
        return "d90_plus"
    return ("d1_30", "d31_60", "d61_90")[(days - 1) // 30]
