"""Real deadlines and money month by month, for a reader of the work list without JavaScript.

Nothing in it depends on the day: what is late, and how far off a day is, the script says.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.view.worklist import WorkRow
from sheetrecord.publish.format_values import ValueFormatter

DEADLINES: Final = 200
UNPRICED: Final = 100
"""Deals that the page holds of each; the workbook has all of them."""

_UNDATED: Final = ""
_CERTAIN: Final = frozenset(("owed", "kept"))


class MonthMoney(NamedTuple):
    """A month of one currency: certain, planned, waiting for an acceptance; minor units."""

    month: str
    certain: int
    planned: int
    hanging: int

    @property
    def whole(self) -> int:
        """All that comes in the month."""
        return self.certain + self.planned + self.hanging


class CurrencyMonths(NamedTuple):
    """The money of one currency, and the deals in which something is unpriced, the most first."""

    currency: str
    months: Sequence[MonthMoney]
    unpriced: Sequence[WorkRow]

    @property
    def total(self) -> MonthMoney:
        """The sums of all months."""
        sums = [sum(column) for column in zip(*(one[1:] for one in self.months), strict=True)]
        return MonthMoney("", *(sums or (0, 0, 0)))


class ByMonth(NamedTuple):
    """Deadlines by month, how many more there are, and money by currency."""

    deadlines: Sequence[tuple[str, Sequence[WorkRow]]]
    left: int
    money: Sequence[CurrencyMonths]


def by_month(rows: Sequence[WorkRow], marks: ValueFormatter) -> ByMonth:
    """Return what the rows hold, in the order of the months; what has no day comes last."""
    dated = sorted(
        (row for row in rows if row.deadline), key=lambda row: (str(row.deadline), row.deal_id)
    )
    months: dict[str, list[WorkRow]] = {}
    for row in dated[:DEADLINES]:
        months.setdefault(_key(row.deadline), []).append(row)
    named = [(_name(key, marks), found) for key, found in months.items()]
    return ByMonth(named, max(0, len(dated) - DEADLINES), list(_money(rows, marks)))


def _money(rows: Sequence[WorkRow], marks: ValueFormatter) -> Iterator[CurrencyMonths]:
    found: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        for line in row.lines:
            sums = found.setdefault(line.currency, {}).setdefault(_key(line.on), [0, 0, 0])
            sums[0 if line.kind in _CERTAIN else 1 + (line.kind == "hanging")] += line.amount
    unpriced = sorted((r for r in rows if r.unpriced), key=lambda r: (-r.unpriced, r.deal_id))
    for currency in sorted({*found, *(row.currency for row in unpriced)}):
        months = found.get(currency, {})
        yield CurrencyMonths(
            currency,
            [MonthMoney(_name(key, marks), *months[key]) for key in sorted(months, key=_last)],
            [row for row in unpriced if row.currency == currency][:UNPRICED],
        )


def _key(day: dt.date | None) -> str:
    return f"{day:%Y-%m}" if day else _UNDATED


def _last(key: str) -> tuple[bool, str]:
    return key == _UNDATED, key


def _name(key: str, marks: ValueFormatter) -> str:
    if key == _UNDATED:
        return marks.words["no_day_yet"]
    return f"{marks.months[int(key[5:]) - 1]}\u00a0{key[:4]}"
