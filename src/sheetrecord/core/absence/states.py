"""The states of a question: answered, none, unknown, declined, not applicable, not asked.

Nothing else may say that something is not there: absence is told only where somebody said it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.schema.commitments import SETTLED, Commitments, says_none
from sheetrecord.schema.context import Context

NOT_ASKED: Final = "not_asked"
LIMITS: Final = frozenset(("exclusion", "assumption", "client_duty", "supplier_term"))
"""Types of commitments that nobody promised: left out, taken for granted, theirs, a supplier's."""

_ORDER: Final = ("answered", "unknown", "declined", "none", "n_a")
"""Of several answers, the first of these counts: one that says there is something, before all."""


class Heard(NamedTuple):
    """A state, and the fact or commitment that says so; none for what was not asked."""

    state: str
    fact: Context | None = None
    said: Commitments | None = None


def heard(facts: Iterable[Context], kind: str) -> Heard:
    """Return the state of one kind of question, from a deal's facts."""
    rows = [row for row in facts if row.kind == kind]
    for state in _ORDER:
        for row in rows:
            if row.state == state:
                return Heard(state, row)
    return Heard(NOT_ASKED)


def promised(rows: Sequence[Commitments], tokens: Mapping[str, str]) -> Heard:
    """Return the state of a deal's promises.

    ``answered``: some stand; ``settled``: none of those that were made stands any more; ``none``:
    somebody says that nothing was promised.
    """
    told = [row for row in rows if row.what and row.type not in LIMITS]
    made = [row for row in told if not says_none(row.what, tokens)]
    for row in made:
        if row.disposition not in SETTLED:
            return Heard("answered", None, row)
    if made:
        return Heard("settled", None, made[0])
    return Heard("none", None, told[0]) if told else Heard(NOT_ASKED)


def unasked(facts: Iterable[Context], kinds: Iterable[str] = ()) -> list[str]:
    """Return the kinds of question that were prepared and never asked, each once, in order.

    ``kinds`` are those that the firm asks of every deal, whether a row waits for them or not.
    """
    facts = list(facts)
    known = {fact.kind for fact in facts if fact.state not in {NOT_ASKED, ""}}
    prepared = [fact.kind for fact in facts if fact.kind and fact.kind != "stakeholder"]
    return [kind for kind in dict.fromkeys([*kinds, *prepared]) if kind not in known]
