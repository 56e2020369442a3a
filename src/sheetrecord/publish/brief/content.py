"""The handover brief: what ops must know on day one, gathered from the record."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.absence.states import LIMITS, unasked
from sheetrecord.core.handover.baseline import Baseline
from sheetrecord.core.handover.people import fold
from sheetrecord.core.handover.schedule import Deadline, deadline_of
from sheetrecord.core.handover.waiver import in_force
from sheetrecord.core.view.row_origin import Locate
from sheetrecord.core.view.unread_cells import UnreadCell
from sheetrecord.schema.commitments import SETTLED, Commitments, says_none
from sheetrecord.schema.context import Context
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import DealRows, Settings

FACTS: Final = (
    *("why_us", "alternative", "pressure", "success_personal", "success_formal", "pushback"),
    *("client_budget", "invoicing", "our_people", "site", "as_is", "rounds", "hand_back"),
    *("landmine", "why_now", "budget_sensitivity", "decision_process", "constraints", "risk"),
    "comms_preference",
)
"""The facts of the brief, in the order in which a stranger needs them."""

_KNOWN: Final = frozenset(("answered", "none", "declined", "n_a"))
_INFLUENCE: Final = {"high": 0, "medium": 1, "low": 2}


class Brief(NamedTuple):
    """Everything on the page, in its order. ``sold`` is None for a deal that is not closed.

    ``unsure`` tells that it is not certain whose the deal is. ``unasked`` are the kinds of question
    that nobody asked; ``whole``: its reader sees every row. ``unread`` are cells that nobody can
    read; ``locate`` finds the cell of a line in the workbook.
    """

    rows: DealRows
    settings: Settings
    deadline: Deadline | None
    facts: list[Context]
    people: list[Context]
    promises: list[Commitments]
    limits: list[Commitments]
    unknown: list[Context]
    unasked: list[str]
    milestones: list[Project]
    fees: list[Fees]
    sold: Baseline | None
    whole: bool = True
    unsure: bool = False
    unread: Sequence[UnreadCell] = ()
    locate: Locate | None = None

    @property
    def asof(self) -> dt.date:
        """The date as of which the brief is written."""
        return self.settings.asof

    @property
    def to_oneself(self) -> bool:
        """True if the person who sold the deal also receives it."""
        deal = self.rows.deal
        return bool(deal.deal_owner) and fold(deal.deal_owner) == fold(deal.ops_owner)

    @property
    def waived(self) -> bool:
        """True if a gate item of the deal is waived on the brief's date."""
        return in_force(self.rows.deal, self.asof)


def brief_of(
    rows: DealRows,
    settings: Settings,
    sold: Baseline | None,
    *,
    whole: bool = True,
    first: Collection[str] = (),
) -> Brief:
    """Collect a deal's brief; ``rows`` must have their derived columns filled.

    ``whole``: these are all rows of the deal, none is withheld from the reader. ``first`` are kinds
    of fact that stand above the others: those that were written down once and nobody read.
    """
    return Brief(
        rows,
        settings,
        deadline_of(rows),
        sorted(_facts(rows, settings), key=lambda row: row.kind not in first),
        list(_people(rows)),
        list(_promises(rows, settings)),
        [row for row in rows.spoken if row.type in LIMITS and row.disposition not in SETTLED],
        [row for row in rows.context if row.state == "unknown"],
        unasked(rows.context, ["real_deadline", *(prompt.kind for prompt in settings.prompts)]),
        sorted(
            (row for row in rows.project if row.kind == "milestone" and row.date_planned),
            key=lambda row: row.date_planned or dt.date.max,
        ),
        sorted(
            (row for row in rows.fees if not row.void),
            key=lambda row: row.invoiced_on or row.planned_on or dt.date.max,
        ),
        sold,
        whole,
    )


def _facts(rows: DealRows, settings: Settings) -> Iterator[Context]:
    """Yield the known facts, ours in their order, then those the firm added."""
    added = [p.kind for p in settings.prompts if p.kind not in {*FACTS, "real_deadline"}]
    for kind in (*FACTS, *added):
        for row in rows.context:
            if row.kind == kind and row.state in _KNOWN:
                yield row


def _people(rows: DealRows) -> Iterator[Context]:
    found = [row for row in rows.context if row.kind == "stakeholder" and row.person]
    yield from sorted(found, key=lambda row: (_INFLUENCE.get(row.influence, 3), row.row))


def _promises(rows: DealRows, settings: Settings) -> Iterator[Commitments]:
    """Yield what was promised or discussed, the undecided and the unpaid first."""

    def weight(row: Commitments) -> tuple[int, dt.date, int]:
        undecided = row.disposition in {"", "undecided"}
        unpaid = row.client_believes in {"yes", "unsure"} and row.in_contract != "yes"
        return 2 - undecided - unpaid, row.due_on or dt.date.max, row.row

    found = [
        row
        for row in rows.commitments
        if row.type not in LIMITS
        and row.disposition not in SETTLED
        and row.what
        and not says_none(row.what, settings.tokens)
    ]
    yield from sorted(found, key=weight)
