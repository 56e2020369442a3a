"""The Project rows of a handover: summary, milestones, open questions, what was let pass.

A row that is made from others carries the strictest Share of them. What is made from the whole
deal, such as its summary, is made from what reaches the firm: ops could not see it otherwise.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.core.handover.identity import row_id
from sheetrecord.core.handover.words import say
from sheetrecord.model.problem import Problem
from sheetrecord.schema.commitments import SETTLED, Commitments, says_none
from sheetrecord.schema.context import Context
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.lists import NEEDS_DISPOSITION
from sheetrecord.schema.record import DealRows
from sheetrecord.schema.share import STRICTEST, in_house, strictest

ACCEPTED_LATER = frozenset({"on_milestone", "on_acceptance"})
"""Fee triggers that wait for a milestone."""

_GONE = frozenset((*SETTLED, "declined"))


_CHECKED: Final = frozenset({"assumption", "client_duty", "supplier_term"})
"""Types of commitment that somebody must look at on their day; we do not deliver them."""


class Deadline(NamedTuple):
    """The earliest date that really matters, and what happens on it."""

    day: dt.date
    driver: str
    hard: bool
    fact: Context


def deadline_of(rows: DealRows) -> Deadline | None:
    """Return a deal's earliest real deadline, None when there is none."""
    dated = [
        row
        for row in rows.context
        if row.kind == "real_deadline" and row.date is not None and row.state in {"answered", ""}
    ]
    first = min(dated, key=lambda row: (row.date, row.hardness != "hard"), default=None)
    if first is None or first.date is None:
        return None
    return Deadline(first.date, first.driver or first.answer, first.hardness == "hard", first)


def in_the_firm(rows: DealRows) -> DealRows:
    """Return a deal without the facts that stay with its owner."""
    return rows._replace(context=[row for row in rows.context if row.share != STRICTEST])


def target_end(rows: DealRows) -> dt.date | None:
    """Return the day to plan to: the contract's end, or a hard real deadline before it.

    A date that stays with the owner is no part of a plan that others see.
    """
    rows = in_the_firm(rows)
    hard = [
        row.date
        for row in rows.context
        if row.kind == "real_deadline" and row.date is not None and row.hardness == "hard"
    ]
    ends = [day for day in (rows.deal.contract_end, min(hard, default=None)) if day is not None]
    return min(ends, default=None)


class Schedule:
    """Adds one deal's Project rows to a draft; what is there already stays as it is."""

    def __init__(self, draft: DealDraft, deal_id: str) -> None:
        self.draft, self.deal_id = draft, deal_id
        self.language = draft.settings.language
        self.deadline = deadline_of(in_the_firm(draft.deal(deal_id)))

    @property
    def rows(self) -> DealRows:
        """The deal's rows as they stand in the draft."""
        return self.draft.deal(self.deal_id)

    def phases(self) -> list[str]:
        """Return the deal's phases in the order of its contract's fee lines; one at least."""
        lines = [row for row in self.rows.fees if row.origin == "contract" and not row.void]
        return list(dict.fromkeys(row.phase for row in lines)) or [""]

    def summaries(self, at_risk: str = "") -> None:
        """Add a summary for each phase that has none; ``at_risk`` says why it is."""
        known = {row.phase for row in self.rows.project if row.kind == "summary"}
        deal, end = self.rows.deal, target_end(self.rows)
        for phase in self.phases():
            if phase in known or (known and phase == ""):
                continue
            name = deal.deal_name or deal.client
            cells = {
                "kind": "summary",
                "phase": phase,
                "title": f"{name}: {phase}" if phase else name,
                "owner": deal.ops_owner,
                "status": "at_risk" if at_risk else "on_track",
                "status_reason": at_risk,
                "date_planned": end,
                "date_baseline": end,
                "note": self._clocks(),
            }
            self._add(("summary", phase), cells, "one summary for each phase")

    def _clocks(self) -> str:
        end = self.rows.deal.contract_end
        if self.deadline is None or end is None or self.deadline.day == end:
            return ""
        return say(self.language, "clocks", end=end, day=self.deadline.day)

    def milestones(self) -> None:
        """Add milestones from fee lines, promised dates and the dates that really matter."""
        for fee in self.rows.fees:
            if fee.trigger in ACCEPTED_LATER and fee.origin == "contract" and not fee.void:
                self._fee_milestone(fee)
        for promise in self.rows.spoken:
            watched = promise.type == "date_promise" or promise.type in _CHECKED
            if watched and promise.due_on and promise.disposition not in _GONE:
                self._promise(promise)
        for fact in self.rows.context:
            if fact.kind == "real_deadline" and fact.date is not None:
                self._date_that_matters(fact)

    def _fee_milestone(self, fee: Fees) -> None:
        if fee.milestone_ref:
            return
        test = self._test() if fee.trigger == "on_acceptance" else None
        status, late = self._state(fee.planned_on)
        cells = {
            "kind": "milestone",
            "phase": fee.phase,
            "title": fee.description,
            "owner": self.rows.deal.ops_owner,
            "date_planned": fee.planned_on,
            "date_baseline": fee.planned_on,
            "acceptance_test": "" if test is None else test.answer,
            **status,
            **_shared(test, late),
        }
        found = self._add(("fee", fee.id), cells, "this fee line waits for it")
        self.draft.fill(fee, "milestone_ref", found, "the milestone that makes it due")

    def _test(self) -> Context | None:
        """Return what must be true for the work to count as done, if ops may know it."""
        for row in in_the_firm(self.rows).context:
            if row.kind == "success_formal" and row.state in {"answered", ""}:
                return row
        return None

    def _promise(self, promise: Commitments) -> None:
        if promise.project_ref:
            return
        status, late = self._state(promise.due_on)
        cells = {
            "kind": "milestone",
            "title": say(self.language, "check", what=promise.what)
            if promise.type in _CHECKED
            else promise.what,
            "owner": promise.owner or self.rows.deal.ops_owner,
            "date_planned": promise.due_on,
            "date_baseline": promise.due_on,
            "commitment_ref": promise.com_id,
            **status,
            **_shared(promise, late),
        }
        found = self._add(("promise", promise.com_id), cells, "a date was promised")
        self.draft.fill(promise, "project_ref", found, "the row that keeps the promise")

    def _date_that_matters(self, fact: Context) -> None:
        if any(row.kind == "milestone" and row.ctx_ref == fact.ctx_id for row in self.rows.project):
            return
        what = fact.driver or fact.answer
        cells = {
            "kind": "milestone",
            "title": say(self.language, "deadline", what=what).rstrip(": "),
            "owner": self.rows.deal.ops_owner,
            "date_planned": fact.date,
            "date_baseline": fact.date,
            "ctx_ref": fact.ctx_id,
            "status": "on_track",
            **_shared(fact),
        }
        self._add(("deadline", fact.ctx_id), cells, "the date that really matters")

    def _state(self, day: dt.date | None) -> tuple[dict[str, object], Context | None]:
        """Return status and reason of a milestone, and the fact that makes them so.

        It is at risk when it comes too late to matter.
        """
        last = self.deadline
        if day is None or last is None or not last.hard or day <= last.day:
            return {"status": "on_track"}, None
        days = (day - last.day).days
        name = "late_why" if last.driver else "late"
        why = say(self.language, name, days=days, day=last.day, driver=last.driver.rstrip("."))
        return {"status": "at_risk", "status_reason": why}, last.fact

    def questions(self) -> None:
        """Add an issue for each undecided commitment and for each fact nobody knows yet."""
        tokens = self.draft.settings.tokens
        for row in self.rows.commitments:
            undecided = row.disposition == "undecided" or (
                not row.disposition and row.type in {"", *NEEDS_DISPOSITION}
            )
            if undecided and row.what and not says_none(row.what, tokens):
                self._decision(row)
        for fact in self.rows.context:
            if fact.state == "unknown":
                self._unknown(fact)

    def _decision(self, row: Commitments) -> None:
        cells = {
            "kind": "issue",
            "title": say(self.language, "decide", what=row.what),
            "owner": row.owner or self.rows.deal.ops_owner,
            "due_on": row.due_on,
            "severity": "high" if row.client_believes == "yes" else "medium",
            "raised_by": self.rows.deal.deal_owner,
            "commitment_ref": row.com_id,
            "status": "open",
            **_shared(row, widest="ops"),
        }
        self._add(("decide", row.com_id), cells, "handed over as an open question")

    def _unknown(self, fact: Context) -> None:
        prompt = self.draft.settings.prompt_texts.get(fact.kind, fact.kind)
        cells = {
            "kind": "issue",
            "title": say(self.language, "ask", what=fact.person or prompt),
            "owner": fact.chase_by or self.rows.deal.ops_owner,
            "due_on": fact.chase_on,
            "severity": "medium",
            "raised_by": self.rows.deal.deal_owner,
            "ctx_ref": fact.ctx_id,
            "status": "open",
            **_shared(fact, widest="ops"),
        }
        self._add(("ask", fact.ctx_id), cells, "nobody knows it yet")

    def let_pass(self, waived: Iterable[Problem]) -> None:
        """Add an issue for each gap that somebody let pass, due on the day the waiver ends."""
        deal = self.rows.deal
        for problem in waived:
            what = f"{problem.code} {problem.message}"
            cells = {
                "kind": "issue",
                "title": say(self.language, "waived", who=deal.waived_by, what=what),
                "owner": deal.waived_by,
                "due_on": deal.waived_until,
                "severity": "medium",
                "raised_by": deal.waived_by,
                "status": "open",
                "note": deal.waived_why,
                **_shared(*self._about(problem), widest="ops"),
            }
            source = problem.where.row_id or problem.where.key
            self._add(("waived", f"{problem.code} {source}"), cells, "let pass, so ops must know")

    def _about(self, problem: Problem) -> list[Context | Commitments]:
        """Return the rows whose words a problem may quote: those at its place."""
        at = problem.where
        rows: list[Context | Commitments] = [*self.rows.context, *self.rows.commitments]
        return [row for row in rows if (row.id == at.row_id if at.row_id else row.row == at.row)]

    def _add(self, source: tuple[str, str], cells: dict[str, Any], why: str) -> str:
        """Add a row for a source and return its id; nothing happens when it is there."""
        kind = str(cells["kind"])
        known = self.draft.known("Project")
        found = row_id("P", known, self.deal_id, str(cells.get("phase", "")), kind, *source)
        self.draft.add("Project", found, {"deal_id": self.deal_id, **cells}, why)
        return found


def _shared(*sources: Context | Commitments | None, widest: str = "client") -> dict[str, str]:
    """Return how far a row may travel that is made from these; no further than ``widest``."""
    level = strictest(row.share for row in sources if row is not None)
    return {"share": in_house(level) if widest == "ops" else level}


def late_milestones(rows: DealRows) -> Iterator[tuple[str, dt.date, int]]:
    """Yield title, day and days late of each milestone after the hard date that matters."""
    last = deadline_of(rows)
    if last is None or not last.hard:
        return
    for row in rows.project:
        day = row.date_planned
        if row.kind == "milestone" and day is not None and day > last.day:
            yield row.title, day, (day - last.day).days
