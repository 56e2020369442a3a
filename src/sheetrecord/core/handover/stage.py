"""Where a deal stands in its handover, as its row, its Project rows and the log tell it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetrecord.core.handover.baseline import Baseline
from sheetrecord.core.handover.hidden_log import LogEvent
from sheetrecord.schema.record import DealRows

OFFERED: Final = ("offered", "accepted", "returned", "confirmed")
"""Handover states that only a handover leads to."""


class HandoverStanding(NamedTuple):
    """How far one deal's handover has come.

    ``sold``: it was closed and not reopened since; ``begun``: work began before the signature;
    ``offered``: ops was asked to take it.
    """

    stage_type: str
    state: str
    sold: bool
    begun: bool
    offered: bool
    frozen: int

    @property
    def handed_over(self) -> bool:
        """Whether ops has it: offered, and not sent back."""
        return self.offered and self.state != "returned"


def standing(
    rows: DealRows, events: Sequence[LogEvent], baselines: Sequence[Baseline]
) -> HandoverStanding:
    """Return how far a deal's handover has come."""
    sold = begun = False
    for event in events:
        if event.deal_id != rows.id:
            continue
        if event.what in {"promoted", "adopted", "refrozen"}:
            sold, begun = True, False
        elif event.what == "at_risk":
            begun = True
        elif event.what == "reopened":
            sold = begun = False
    state = rows.deal.handover_state
    summary = any(row.kind == "summary" for row in rows.project)
    return HandoverStanding(
        rows.stage_type, state, sold, begun, state in OFFERED and summary, len(baselines)
    )
