"""The prompts of the Context sheet: which question, from which stage, and what an answer needs."""

from typing import Final, NamedTuple


class Prompt(NamedTuple):
    """One question to the rep.

    ``from_stage``: the gate asks from here; ``blocks``: a gap keeps the gate shut;
    ``warn_from``: an earlier stage from which the gap is said; ``needs``: columns that an
    answer must fill besides the answer itself; ``code``: the rule that reports the gap.
    """

    kind: str
    from_stage: str
    blocks: bool
    code: str
    warn_from: str = ""
    needs: tuple[str, ...] = ()


PROMPTS: Final = (
    Prompt("real_deadline", "won", True, "CTX-001", "proposal", ("date", "driver", "hardness")),
    Prompt("alternative", "won", True, "CTX-002", "proposal"),
    Prompt("why_us", "won", True, "CTX-003"),
    Prompt("pressure", "won", True, "CTX-004"),
    Prompt("success_personal", "won", True, "CTX-005"),
    Prompt("success_formal", "won", True, "CTX-006", "proposal"),
    Prompt("pushback", "won", True, "CTX-007", needs=("person",)),
    Prompt("why_now", "proposal", False, "CTX-008"),
    Prompt("constraints", "won", False, "CTX-009"),
    Prompt("risk", "won", False, "CTX-009"),
    Prompt("decision_process", "won", False, "CTX-009"),
    Prompt("budget_sensitivity", "won", False, "CTX-009"),
    Prompt("landmine", "won", False, "CTX-009"),
    Prompt("comms_preference", "won", False, "CTX-009"),
)
"""In the order in which the template asks them. A firm adds its own in the Lists sheet."""

PEOPLE_ROWS: Final = 3
"""Stakeholder rows that the template offers for each deal besides the prompts."""
