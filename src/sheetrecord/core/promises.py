"""The derived columns of Commitments: what a handover still needs, and unpriced hours."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sheetrecord.schema.commitments import (
    PRICED,
    Commitments,
    answers,
    belief_open,
    decision_open,
    says_none,
)
from sheetrecord.schema.lists import HANDOVER_RANK
from sheetrecord.schema.record import Settings

_TAIL: Final = slice(
    Commitments.by_key["deal_rank"].position, Commitments.by_key["unpriced_amount"].position + 1
)
_PROMPT: Final = Commitments.by_key["prompt"].position


class Promised:
    """Totals of one deal's commitments.

    ``answers`` are the questions that have a row, ``missing`` the items that a handover lacks,
    ``open`` those of them that count now; ``hours`` of each commitment that has unpriced ones, and
    the unpriced ``amount`` in minor units.
    """

    __slots__ = ("amount", "answers", "hours", "missing", "open")

    def __init__(self) -> None:
        self.answers: set[int] = set()
        self.amount = 0
        self.missing = 0
        self.open = 0
        self.hours: list[float] = []


def derive_commitments(
    rows: list[Commitments], ranks: Mapping[str, int | None], settings: Settings
) -> tuple[list[Commitments], dict[str, Promised]]:
    """Return the rows with every derived column filled, and the totals of each deal by its id.

    ``ranks`` are the deals' stage ranks by id, None for a row of Deal that names no deal;
    ``settings`` tell which answers stand for a state, and the question of each type.
    """
    sums: defaultdict[str, Promised] = defaultdict(Promised)
    found = []
    for row in rows:
        rank = ranks.get(row.deal_id)
        missing = _missing(row, settings.tokens) if rank is not None and row.what else 0
        opened = missing if rank is not None and rank >= HANDOVER_RANK else 0
        unpriced = _unpriced(row)
        hours = (row.effort_hours or 0) if unpriced else 0
        amount = abs(row.amount_net or 0) if unpriced else 0
        of_deal = sums[row.deal_id]
        if row.what:
            of_deal.answers.add(answers(row))
        of_deal.missing += missing
        of_deal.open += opened
        if hours:
            of_deal.hours.append(hours)
        of_deal.amount += amount
        cells = list(row)
        cells[_PROMPT] = settings.type_prompts.get(row.type, "")
        cells[_TAIL] = (rank, missing, opened, hours, amount)
        found.append(tuple.__new__(Commitments, cells))
    return found, sums


def _missing(row: Commitments, tokens: Mapping[str, str]) -> int:
    if says_none(row.what, tokens):
        return int(not row.type and (not row.said_by or row.said_on is None))
    return belief_open(row) + decision_open(row)


def _unpriced(row: Commitments) -> bool:
    """Tell whether the client counts on it, and neither the contract nor a decision covers it."""
    return (
        row.client_believes == "yes" and row.in_contract != "yes" and row.disposition not in PRICED
    )
