"""The derived columns of Commitments: what a handover still needs, and unpriced hours."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sheetrecord.schema.commitments import (
    PRICED,
    Commitments,
    belief_open,
    decision_open,
    says_none,
)
from sheetrecord.schema.lists import HANDOVER_RANK

_TAIL: Final = slice(
    Commitments.by_key["deal_rank"].position, Commitments.by_key["unpriced_hours"].position + 1
)


class Promised:
    """Totals of one deal's commitments.

    ``rows`` with a text, items ``missing`` for a handover, those of them ``open`` now, and the
    unpriced ``hours`` of each commitment that has any.
    """

    __slots__ = ("hours", "missing", "open", "rows")

    def __init__(self) -> None:
        self.rows = 0
        self.missing = 0
        self.open = 0
        self.hours: list[float] = []


def derive_commitments(
    rows: list[Commitments], ranks: Mapping[str, int | None], tokens: Mapping[str, str]
) -> tuple[list[Commitments], dict[str, Promised]]:
    """Return the rows with every derived column filled, and the totals of each deal by its id.

    ``ranks`` are the deals' stage ranks by id, None for a row of Deal that names no deal;
    ``tokens`` are the answers that stand for a state.
    """
    sums: defaultdict[str, Promised] = defaultdict(Promised)
    found = []
    for row in rows:
        rank = ranks.get(row.deal_id)
        missing = _missing(row, tokens) if rank is not None and row.what else 0
        opened = missing if rank is not None and rank >= HANDOVER_RANK else 0
        hours = _unpriced(row)
        of_deal = sums[row.deal_id]
        of_deal.rows += bool(row.what)
        of_deal.missing += missing
        of_deal.open += opened
        if hours:
            of_deal.hours.append(hours)
        cells = list(row)
        cells[_TAIL] = (rank, missing, opened, hours)
        found.append(tuple.__new__(Commitments, cells))
    return found, sums


def _missing(row: Commitments, tokens: Mapping[str, str]) -> int:
    if says_none(row.what, tokens):
        return int(not row.said_by or row.said_on is None)
    return belief_open(row) + decision_open(row)


def _unpriced(row: Commitments) -> float:
    if (
        row.client_believes != "yes"
        or row.in_contract == "yes"
        or row.effort_hours is None
        or row.disposition in PRICED
    ):
        return 0
    return row.effort_hours
