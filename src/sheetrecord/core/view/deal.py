"""The data of one deal's page: facts, gaps, promises, open items and payments."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.absence.states import LIMITS, Heard, heard, promised, unasked
from sheetrecord.core.view.changes import Change, since_sold
from sheetrecord.core.view.dates import TimelineEvent, events
from sheetrecord.core.view.index_part import part_of
from sheetrecord.core.view.money import Bucket, Purse, ageing, purse
from sheetrecord.schema.commitments import SETTLED, Commitments, decision_open
from sheetrecord.schema.context import Context
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import DealRows, Settings

FIRST: Final = (
    "why_us",
    "alternative",
    "pressure",
    "success_personal",
    "success_formal",
    "pushback",
    "why_now",
    "real_deadline",
)
"""The kinds of fact that a reader looks for first."""

_ISSUE_OVER: Final = frozenset(("resolved", "wont_fix", "done", "cancelled"))
_INFLUENCE: Final = {"high": 0, "medium": 1, "low": 2}
_LATEST: Final = dt.date(9999, 12, 31)


class Person(NamedTuple):
    """One person of the client, gathered from every row that says something about them."""

    name: str
    roles: tuple[str, ...]
    stance: str
    influence: str
    notes: tuple[Context, ...]


class DealView(NamedTuple):
    """Everything a deal's page shows, in the order in which it is read.

    ``promised`` and ``when`` are what is known of its promises and of the date that matters.
    """

    rows: DealRows
    part: str
    facts: list[Context]
    unknown: list[Context]
    unasked: list[str]
    people: list[Person]
    promises: list[Commitments]
    fences: list[Commitments]
    promised: Heard
    when: Heard
    summary: Project | None
    milestones: list[Project]
    issues: list[Project]
    settled_issues: list[Project]
    log: list[Project]
    frozen: bool
    changes: list[Change]
    events: list[TimelineEvent]
    purse: Purse
    ageing: list[Bucket]
    handover_days: int | None

    @property
    def deadline(self) -> Context | None:
        """The fact behind the real deadline, if it may be seen."""
        when = self.rows.deal.real_deadline
        found = [f for f in self.facts if f.kind == "real_deadline" and f.date is not None]
        return next((f for f in found if f.date == when), found[0] if found else None)

    @property
    def undecided(self) -> int:
        """How many promises nobody has decided about."""
        return sum(decision_open(row) for row in self.promises)


def deal_view(
    rows: DealRows, settings: Settings, compared: Sequence[Change] | None = None
) -> DealView:
    """Return the data of a deal's page; ``rows`` are already narrowed to an audience.

    ``compared`` are its differences from the as-sold baseline, narrowed as well; None without one.
    """
    facts = [row for row in rows.context if row.kind != "stakeholder"]
    said = rows.spoken
    work = sorted(rows.project, key=_by_date)
    issues = [row for row in work if row.kind == "issue"]
    handed = rows.deal.handover_on
    return DealView(
        rows=rows,
        part=part_of(rows),
        facts=sorted((f for f in facts if f.state in {"answered", "none", "n_a"}), key=_fact_order),
        unknown=sorted((f for f in facts if f.state in {"unknown", "declined"}), key=_chase),
        unasked=sorted(unasked(facts), key=lambda kind: (_rank(kind), kind)),
        people=people(rows.context),
        promises=sorted((r for r in said if r.type not in LIMITS), key=_promise_order),
        fences=sorted((r for r in said if r.type in LIMITS), key=lambda r: (r.type, r.com_id)),
        promised=promised(rows.commitments, settings.tokens),
        when=heard(rows.context, "real_deadline"),
        summary=next((row for row in work if row.kind == "summary"), None),
        milestones=[row for row in work if row.kind == "milestone"],
        issues=sorted((i for i in issues if i.status not in _ISSUE_OVER), key=_issue_order),
        settled_issues=[i for i in issues if i.status in _ISSUE_OVER],
        log=[row for row in reversed(work) if row.kind in {"update", "decision"}],
        frozen=compared is not None,
        changes=since_sold(rows, settings.tokens, compared or ()),
        events=events(rows, settings.asof),
        purse=purse(rows),
        ageing=ageing(rows.fees, rows.currency),
        handover_days=None if handed is None else max(0, (settings.asof - handed).days),
    )


def people(context: Iterable[Context]) -> list[Person]:
    """Return the client's people with a role or a stance, the most influential first."""
    found: dict[str, list[Context]] = {}
    for row in context:
        if row.person and (row.kind in {"stakeholder", "pushback"} or row.role):
            found.setdefault(row.person.casefold(), []).append(row)
    made = map(_person, found.values())
    return sorted(made, key=lambda p: (_INFLUENCE.get(p.influence, 3), p.name.casefold()))


def _person(rows: Sequence[Context]) -> Person:
    """Return what the rows about one person say together."""
    return Person(
        rows[0].person,
        tuple(dict.fromkeys(row.role for row in rows if row.role)),
        next((row.stance for row in rows if row.stance), ""),
        next((row.influence for row in rows if row.influence), ""),
        tuple(row for row in rows if row.kind == "stakeholder" and (row.answer or row.note)),
    )


def _rank(kind: str) -> int:
    return FIRST.index(kind) if kind in FIRST else len(FIRST)


def _fact_order(row: Context) -> tuple[int, str, dt.date, str]:
    return _rank(row.kind), row.kind, row.date or _LATEST, row.ctx_id


def _chase(row: Context) -> tuple[dt.date, str]:
    return row.chase_on or _LATEST, row.ctx_id


def _promise_order(row: Commitments) -> tuple[bool, bool, dt.date, str]:
    """Undecided ones first, then what is still owed, by the day it is due."""
    over = row.disposition in (*SETTLED, "declined") or row.progress in {"accepted", "delivered"}
    return not decision_open(row), over, row.due_on or _LATEST, row.com_id


def _by_date(row: Project) -> tuple[dt.date, str]:
    return row.date_actual or row.date_planned or row.due_on or _LATEST, row.row_id


def _issue_order(row: Project) -> tuple[int, dt.date, str]:
    rank = {"high": 0, "medium": 1, "low": 2}.get(row.severity, 3)
    return rank, row.due_on or _LATEST, row.row_id
