"""One answer for all questions of a kind: ``A all``, ``part all``, ``not a fee all``."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sheetrecord.core.reconcile.facts import Tier
from sheetrecord.core.reconcile.review.questions import ReviewRow, answered

_ALL: Final = " all"
ACCEPT, PART, NOT_A_FEE = "a", "part", "not a fee"


def spread(rows: Sequence[ReviewRow]) -> list[ReviewRow]:
    """Return the rows with each answer for a kind written beside every open question of it.

    What has an answer of its own keeps it. ``A all`` and ``part all`` take likely suggestions: a
    choice between readings is made one by one. The reason beside ``A all`` is that of all which
    name none; without one, what is short stays asked. A decision for all that cannot be taken
    stays as it is typed, so that it is said.
    """
    meant: dict[tuple[str, str], ReviewRow] = {}
    for row in rows:
        said = said_of_all(row.decision)
        if said and row.kind:
            meant.setdefault((row.kind, said), row)
    return [_with_answer(row, meant) for row in rows] if meant else list(rows)


def said_of_all(decision: str) -> str:
    """Return what is decided for all of a kind, in lower case; "" for anything else."""
    said = " ".join(decision.lower().split())
    base = said.removesuffix(_ALL)
    return base if base != said and base in (ACCEPT, PART, NOT_A_FEE) else ""


def may_be_accepted(row: ReviewRow) -> bool:
    """Return True if a suggestion may be accepted with all of its kind."""
    return bool(row.kind and row.a) and row.tier != Tier.CHOOSE.value


def answers_needed(rows: Iterable[ReviewRow]) -> int:
    """Return how many answers some questions take when each likely kind is accepted at once."""
    kinds, single = set[str](), 0
    for row in rows:
        if may_be_accepted(row):
            kinds.add(row.kind)
        else:
            single += 1
    return single + len(kinds)


def _with_answer(row: ReviewRow, meant: Mapping[tuple[str, str], ReviewRow]) -> ReviewRow:
    own = said_of_all(row.decision)
    if answered(row) and not own:
        return row
    for said in (own,) if own else (ACCEPT, PART, NOT_A_FEE):
        first = meant.get((row.kind, said))
        filled = first and _filled(row, said, first)
        if filled:
            return filled
    return row


def _filled(row: ReviewRow, said: str, first: ReviewRow) -> ReviewRow | None:
    """Return a row with the answer that ``first`` gives for all; None when it may not take it."""
    by = first.decided_by
    if said == NOT_A_FEE:
        return row._replace(decision=said, decided_by=by, comment=row.comment or first.comment)
    reason = row.reason.strip() or first.reason.strip() or row.offered
    if not may_be_accepted(row) or (said == ACCEPT and row.difference and not reason):
        return None
    return row._replace(decision=said, decided_by=by, reason=reason if said == ACCEPT else "")
