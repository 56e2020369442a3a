"""Where a deal stands in the index: each deal is in exactly one of five parts."""

from typing import Final

from sheetrecord.schema.deal import Deal
from sheetrecord.schema.lists import STAGE_TYPE
from sheetrecord.schema.record import DealRows

PARTS: Final = ("delivery", "open", "closed", "parked", "lost")
"""In the order in which the index shows them: what ops works on first."""

_PART: Final = {"won": "delivery", "lost": "lost", "hold": "parked"}
_OVER: Final = frozenset(("done", "cancelled"))
_SETTLED: Final = frozenset(("paid", "credited", "written_off", "cancelled"))


def part_of(rows: DealRows) -> str:
    """Return the one part of the index that a deal belongs to.

    A deal whose stage cannot be read is being sold until somebody says otherwise. A deal that
    was won is closed when its project is over and every fee line is settled.
    """
    part = part_by_stage(rows.deal)
    return "closed" if part == "delivery" and _is_over(rows) else part


def part_by_stage(deal: Deal) -> str:
    """Return the part of a deal of which nothing is known but its own row."""
    return _PART.get(STAGE_TYPE.get(deal.stage) or deal.stage_type, "open")


def _is_over(rows: DealRows) -> bool:
    """Tell whether nothing is left to do and nothing left to pay."""
    summaries = [row.status for row in rows.project if row.kind == "summary"]
    done = bool(summaries) and all(status in _OVER for status in summaries)
    return done and all(fee.pay_status in _SETTLED for fee in rows.fees)
