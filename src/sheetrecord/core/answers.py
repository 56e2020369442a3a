"""The derived columns of Context: the state of each answer, and what each deal still lacks."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sheetrecord.schema.context import Context, state_of
from sheetrecord.schema.lists import STAGE_RANK
from sheetrecord.schema.record import Settings

_AT: Final = {key: column.position for key, column in Context.by_key.items()}
_PROMPT, _STATE, _REQUIRED = _AT["prompt"], _AT["state"], _AT["required"]
_TAIL: Final = slice(_AT["deal_rank"], _AT["deadline"] + 1)


class KnownFacts:
    """Totals of one deal's rows of Context.

    ``asked`` and ``answered`` are kinds of fact with a row and with a complete answer, ``roles``
    those of the people named in complete answers, ``deadline`` is the earliest real deadline.
    ``missing`` counts incomplete blocking facts that closing needs, ``open`` those that the deal's
    present stage needs already.
    """

    __slots__ = ("answered", "asked", "deadline", "missing", "open", "roles")

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.answered: set[str] = set()
        self.roles: set[str] = set()
        self.deadline: dt.date | None = None
        self.missing = 0
        self.open = 0


def block_ranks(settings: Settings) -> dict[str, int]:
    """Return, by kind of fact, the stage rank from which a missing answer blocks the gate."""
    return {p.kind: STAGE_RANK[p.from_stage] for p in settings.prompts if p.blocks}


def derive_context(
    rows: list[Context], ranks: Mapping[str, int | None], settings: Settings
) -> tuple[list[Context], dict[str, KnownFacts]]:
    """Return the rows with every derived column filled, and the totals of each deal by its id.

    ``ranks`` are the deals' stage ranks by id, None for a row of Deal that names no deal.
    """
    known: defaultdict[str, KnownFacts] = defaultdict(KnownFacts)
    blocking = block_ranks(settings)
    judged = []
    for row in rows:
        state = row.state or (_state(row, settings.tokens) if row.deal_id else "")
        ok = _ok(row, state)
        judged.append((state, ok))
        of_deal = known[row.deal_id]
        of_deal.asked.add(row.kind)
        if ok:
            of_deal.answered.add(row.kind)
            of_deal.roles.add(row.role)
        if row.kind == "real_deadline" and state == "answered" and row.date is not None:
            first = of_deal.deadline
            of_deal.deadline = row.date if first is None else min(first, row.date)
    found = []
    for row, (state, ok) in zip(rows, judged, strict=True):
        rank, block = ranks.get(row.deal_id), blocking.get(row.kind, 0)
        of_deal = known[row.deal_id]
        required = rank is not None and 0 < block <= rank
        lacks = rank is not None and block > 0 and not ok and row.kind not in of_deal.answered
        of_deal.missing += lacks
        of_deal.open += lacks and required
        cells = list(row)
        cells[_PROMPT] = settings.prompt_texts.get(row.kind, "")
        cells[_STATE] = state
        cells[_REQUIRED] = required
        earliest = of_deal.deadline if rank is not None else None
        day = row.date if _is_deadline(row, state, earliest) else None
        cells[_TAIL] = (rank, block, ok, int(lacks), int(lacks and required), day)
        found.append(tuple.__new__(Context, cells))
    return found, known


def _state(row: Context, tokens: Mapping[str, str]) -> str:
    if row.kind == "stakeholder":
        return "answered" if row.person else "not_asked"
    state = state_of(row.answer, tokens)
    dated = row.date is not None and not row.answer
    return "answered" if state == "not_asked" and dated else state


def _ok(row: Context, state: str) -> int | None:
    """Return 1 if an answer is complete, 0 if not, None for a row that belongs to no deal.

    What completes it depends on its state: no such thing needs who said so and when, unknown who
    asks again and when, not applicable a note.
    """
    match state:
        case "":
            return None
        case "answered":
            return int(_complete(row))
        case "none":
            return int(bool(row.person) and row.learned_on is not None)
        case "unknown":
            return int(row.chase_on is not None and bool(row.chase_by))
        case "n_a":
            return int(bool(row.note))
        case _:
            return int(state == "declined")


def _complete(row: Context) -> bool:
    """True if an answered row has the other columns that its kind needs."""
    if row.kind == "real_deadline":
        return row.date is not None and bool(row.driver) and bool(row.hardness)
    if row.kind == "pushback":
        return bool(row.person)
    return row.kind != "stakeholder" or bool(row.role)


def _is_deadline(row: Context, state: str, first: dt.date | None) -> bool:
    """True if a row holds its deal's earliest real deadline."""
    if row.kind != "real_deadline" or state != "answered" or row.date is None:
        return False
    return row.date == first
