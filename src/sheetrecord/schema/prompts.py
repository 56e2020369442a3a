"""The questions of a deal: which, from which stage, what an answer needs, and which row waits."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Prompt(NamedTuple):
    """One question to the rep.

    ``from_stage``: the gate asks from here; ``blocks``: a gap keeps the gate shut;
    ``warn_from``: an earlier stage from which the gap is said; ``needs``: columns that an
    answer must fill besides the answer itself; ``code``: the rule that reports the gap.
    ``optional``: a workbook's list of kinds may turn it off; ``listed``: it is asked only where
    that list asks it.
    """

    kind: str
    from_stage: str
    blocks: bool
    code: str
    warn_from: str = ""
    needs: tuple[str, ...] = ()
    optional: bool = False
    listed: bool = False


PROMPTS: Final = (
    Prompt("real_deadline", "won", True, "CTX-001", "proposal", ("date", "driver", "hardness")),
    Prompt("alternative", "won", True, "CTX-002", "proposal", optional=True),
    Prompt("why_us", "won", True, "CTX-003", "proposal"),
    Prompt("pressure", "won", True, "CTX-004"),
    Prompt("success_personal", "won", True, "CTX-005", optional=True),
    Prompt("success_formal", "won", True, "CTX-006", "proposal"),
    Prompt("pushback", "won", True, "CTX-007", needs=("person",)),
    Prompt("client_budget", "won", True, "CTX-009", "proposal", listed=True),
    Prompt("site", "proposal", False, "CTX-009", listed=True),
    Prompt("as_is", "proposal", False, "CTX-009", listed=True),
    Prompt("rounds", "proposal", False, "CTX-009", listed=True),
    Prompt("our_people", "proposal", False, "CTX-009", listed=True),
    Prompt("why_now", "proposal", False, "CTX-008", optional=True),
    Prompt("constraints", "won", False, "CTX-009"),
    Prompt("risk", "won", False, "CTX-009", optional=True),
    Prompt("hand_back", "won", False, "CTX-009", listed=True),
    Prompt("invoicing", "won", False, "CTX-009", listed=True),
    Prompt("decision_process", "won", False, "CTX-009", optional=True),
    Prompt("budget_sensitivity", "won", False, "CTX-009", optional=True),
    Prompt("landmine", "won", False, "CTX-009", optional=True),
    Prompt("comms_preference", "won", False, "CTX-009", optional=True),
)
"""In the order in which a workbook asks them, and a check says them: the dearest gaps first. A firm
adds its own in the Lists sheet."""

USUAL: Final = tuple(prompt for prompt in PROMPTS if not prompt.listed)
"""What is asked where no list of kinds says otherwise."""

PEOPLE_ROWS: Final = 3
"""Stakeholder rows that the template offers for each deal besides the prompts."""

PRESEEDED: Final[Mapping[str, frozenset[str]]] = {
    "Context": frozenset({"kind", "deal_id", "prompt"}),
    "Commitments": frozenset({"type", "deal_id", "prompt"}),
}
"""Cells of a ready row that the template fills in advance, by sheet: alone they are no answer."""

READY_TYPES: Final = ("promise", "exclusion", "client_duty", "assumption")
"""Types of commitment for which a row waits in each deal, with its question beside it."""

TRADE_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "architect": ("supplier_term",),
    "integrator": ("supplier_term",),
}
"""Further types for which a row waits, by the template that a workbook was made from."""
