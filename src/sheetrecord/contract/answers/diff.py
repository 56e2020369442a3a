"""What changed since deals were sold, as JSON."""

from typing import Final

from sheetrecord.app.since_sold import BaselineComparison, SinceSold
from sheetrecord.contract.check import DiffAnswer, SoldJson

SCHEMA: Final = 1
"""Raised when a field changes its meaning or goes away."""


def diff_answer(found: BaselineComparison) -> DiffAnswer:
    """Return the comparison of one workbook with what was sold."""
    return {
        "schema": SCHEMA,
        "book": found.address,
        "log_intact": found.log_intact,
        "never_frozen": found.never,
        "deals": [_sold(one) for one in found.deals],
    }


def _sold(one: SinceSold) -> SoldJson:
    return {
        "deal_id": one.baseline.deal_id,
        "version": one.baseline.version,
        "sold_on": one.baseline.sold_on.isoformat(),
        "sha256": one.baseline.digest,
        "intact": one.intact,
        "differences": [
            {
                "sheet": difference.sheet,
                "cell": where.address.rpartition("!")[2] if where.row else "",
                "row_id": difference.row_id,
                "column": difference.key,
                "row": difference.row_word,
                "sold": difference.sold,
                "now": difference.now,
                "owner": difference.owner,
            }
            for where, difference in one.found
        ],
    }
