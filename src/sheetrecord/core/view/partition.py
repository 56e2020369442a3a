"""Where a deal stands in the index: each deal is in exactly one of five parts."""

from typing import Final

from sheetrecord.schema.record import DealRows

PARTS: Final = ("delivery", "open", "closed", "parked", "lost")
"""In the order in which the index shows them: what ops works on first."""

_OVER: Final = frozenset(("done", "cancelled"))
_SETTLED: Final = frozenset(("paid", "credited", "written_off", "cancelled"))


def part_of(rows: DealRows) -> str:
    """Return the one part of the index that a deal belongs to.

    A deal whose stage cannot be read is being sold until somebody says otherwise. A deal that
    was won is closed when its project is over and every fee line is settled.
    """
    match rows.stage_type or rows.deal.stage_type:
        case "won":
            return "closed" if _is_over(rows) else "delivery"
        case "lost":
            return "lost"
        case "hold":
            return "parked"
        case _:
            return "open"


def _is_over(rows: DealRows) -> bool:
    """Tell whether nothing is left to do and nothing left to pay."""
    summaries = [row.status for row in rows.project if row.kind == "summary"]
    done = bool(summaries) and all(status in _OVER for status in summaries)
    return done and all(fee.pay_status in _SETTLED for fee in rows.fees)
