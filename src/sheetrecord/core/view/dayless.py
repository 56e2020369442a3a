"""A deal without what only the day decides, so that its page stays the same while days pass.

An invoice that is late is here one that is owed; its due day stands beside it, and the pages'
script says how late that is on the day of the view.
What a retention holds back changes on the day of its release: that is a change of the money.
"""

import datetime as dt
from typing import Any, Final, TypeVar

from sheetrecord.schema.column import Row
from sheetrecord.schema.record import DealRows

NO_DAY: Final = dt.date.min
"""The day by which nothing is late yet and nothing done."""

_OWED: Final = {"overdue": "invoiced", "part_paid_overdue": "part_paid"}
_OF_A_DEAL: Final = ("oldest_overdue_days", "gate_open", "to_handover", "answered")
_OF_A_FEE: Final = ("days_overdue", "ageing", "oldest")

R = TypeVar("R", bound=Row)


def dayless(rows: DealRows) -> DealRows:
    """Return a deal's rows with every cell blank that the day alone decides."""
    fees = [_without(fee, dict.fromkeys(_OF_A_FEE)) for fee in rows.fees]
    fees = [
        _without(fee, {"pay_status": _OWED.get(fee.pay_status, fee.pay_status)}) for fee in fees
    ]
    return rows._replace(deal=_without(rows.deal, dict.fromkeys(_OF_A_DEAL)), fees=fees)


def _without(row: R, cells: dict[str, Any]) -> R:
    """Return a row with other cells; a text that goes is empty."""
    told = list(row)
    for key, value in cells.items():
        position = row.by_key[key].position
        told[position] = "" if value is None and isinstance(told[position], str) else value
    return tuple.__new__(type(row), told)
