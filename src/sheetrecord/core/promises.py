"""Commitments, derived: what the handover still needs on each row, and what is not paid for."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sheetrecord.core.answers import trim
from sheetrecord.schema.commitments import PRICED, SETTLED, Commitments
from sheetrecord.schema.context import LONGEST_TOKEN
from sheetrecord.schema.lists import HANDOVER_RANK, NEEDS_DISPOSITION, SIDE_PROMISES

_TAIL: Final = slice(
    Commitments.by_key["deal_rank"].position, Commitments.by_key["unpriced_hours"].position + 1
)
_ASK_BELIEF: Final = frozenset(("", *SIDE_PROMISES))
_ASK_DISPOSITION: Final = frozenset(("", *NEEDS_DISPOSITION))


class Promised:
    """What one deal's commitments add up to."""

    __slots__ = ("hours", "missing", "open", "rows")

    def __init__(self) -> None:
        self.rows = 0
        self.missing = 0
        self.open = 0
        self.hours: list[float] = []


def derive_commitments(
    rows: list[Commitments], ranks: Mapping[str, int | None], tokens: Mapping[str, str]
) -> tuple[list[Commitments], dict[str, Promised]]:
    """Return the rows with every derived column filled, and each deal's sums."""
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


def says_none(what: str, tokens: Mapping[str, str]) -> bool:
    """Tell whether the words say that nothing was promised."""
    words = trim(what)
    return len(words) <= LONGEST_TOKEN and tokens.get(words.lower()) == "none"


def belief_open(row: Commitments) -> bool:
    """Tell whether somebody must still ask if the client thinks it is included."""
    return (
        row.client_believes in {"", "not_asked"}
        and row.type in _ASK_BELIEF
        and row.disposition not in SETTLED
    )


def decision_open(row: Commitments) -> bool:
    """Tell whether it is undecided and not handed over as a question with owner and date."""
    undecided = row.disposition == "undecided" or (
        not row.disposition and row.type in _ASK_DISPOSITION
    )
    return undecided and not (row.owner and row.due_on is not None)


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
