"""Rules about the project's summary and its status."""

from collections import Counter
from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase, Term
from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.lists import CHANGE_STATUS, ISSUE_STATUS, PROJECT_STATUS
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import DealRows, Settings

QUIET_DAYS = 14
"""Days after which a running project should have said something."""

_FINISHED = frozenset({"done", "cancelled", "resolved", "wont_fix"})
_HANDED_OVER = frozenset({"offered", "accepted", "confirmed"})


@rule(
    "PRJ-001",
    Severity.WARNING,
    "Deal {deal} was handed over and has no summary row in the sheet {Project}.",
    "Run `sheetrecord promote BOOK DEAL` again: it adds what is missing and nothing twice.",
    needs="going_on",
)
def summary_missing(rows: DealRows, _: Settings) -> Iterator[Found]:
    """The summary row is what ops steers by: one status, one target date.

    ```bad
    | Deal | deal_id | client | stage | handover_state |
    |------|---------|--------|-------|----------------|
    |      | D-0001  | Acme   | won   | accepted       |

    | Project | deal_id | kind      | title   |
    |---------|---------|-----------|---------|
    |         | D-0001  | milestone | Go live |
    ```

    ```good
    | Deal | deal_id | client | stage | handover_state |
    |------|---------|--------|-------|----------------|
    |      | D-0001  | Acme   | won   | accepted       |

    | Project | deal_id | kind    | title   |
    |---------|---------|---------|---------|
    |         | D-0001  | summary | Rollout |
    ```
    """
    handed_over = rows.stage_type == "won" and rows.deal.handover_state in _HANDED_OVER
    if handed_over and not any(row.kind == "summary" for row in rows.project):
        yield said(rows, rows.deal, "handover_state")


@rule(
    "PRJ-003",
    Severity.WARNING,
    "Deal {deal} has {count} summary rows for the phase {phase}.",
    "Keep one; give the others their own phase.",
    needs="project",
)
def two_summaries(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Two summaries show two statuses, and everybody reads the better one.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | phase | kind    | status   |
    |---------|---------|-------|---------|----------|
    |         | D-0001  | 1     | summary | on_track |
    |         | D-0001  | 1     | summary | at_risk  |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | phase | kind    | status   |
    |---------|---------|-------|---------|----------|
    |         | D-0001  | 1     | summary | on_track |
    |         | D-0001  | 2     | summary | at_risk  |
    ```
    """
    phases = Counter(row.phase for row in rows.project if row.kind == "summary")
    seen: set[str] = set()
    for row in rows.project:
        if row.kind == "summary" and row.phase in seen:
            phase = row.phase or Phrase("without a name")
            yield said(rows, row, "kind", count=phases[row.phase], phase=phase)
        if row.kind == "summary":
            seen.add(row.phase)


@rule(
    "PRJ-002",
    Severity.WARNING,
    "Deal {deal}: {title} is {status}, and nobody wrote why.",
    "Write in one sentence what happened and what comes next.",
    needs="project",
)
def trouble_without_reason(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Red without a reason gets a meeting; red with a reason gets a decision.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind    | title   | status  | status_reason |
    |---------|---------|---------|---------|---------|---------------|
    |         | D-0001  | summary | Rollout | at_risk |               |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind    | title   | status  | status_reason        |
    |---------|---------|---------|---------|---------|----------------------|
    |         | D-0001  | summary | Rollout | at_risk | Their data came late |
    ```
    """
    for row in rows.project:
        if row.status in {"at_risk", "off_track", "on_hold"} and not row.status_reason:
            status = settings.label("status", row.status)
            yield said(rows, row, "status_reason", title=title_of(row), status=status)


@rule(
    "PRJ-004",
    Severity.WARNING,
    "Deal {deal}: {title} cannot be {status}.",
    "Pick a status that fits this kind of row.",
    needs="project",
)
def status_of_another_kind(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Issues are resolved, changes approved, milestones done: each kind has its own words.

    A status of another kind is left out of every count.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind  | title   | status   |
    |---------|---------|-------|---------|----------|
    |         | D-0001  | issue | No data | approved |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind  | title   | status   |
    |---------|---------|-------|---------|----------|
    |         | D-0001  | issue | No data | resolved |
    ```
    """
    for row in rows.project:
        fitting = _FITTING.get(row.kind)
        if fitting is not None and row.status and row.status not in fitting:
            status = settings.label("status", row.status)
            yield said(rows, row, "status", title=title_of(row), status=status)


_FITTING = {
    "summary": PROJECT_STATUS,
    "milestone": PROJECT_STATUS,
    "update": PROJECT_STATUS,
    "issue": ISSUE_STATUS,
    "change": CHANGE_STATUS,
}


@rule(
    "PRJ-044",
    Severity.WARNING,
    "Deal {deal}: the contract ended on {day}, and the project is not done.",
    "Finish it, have the contract extended, or say that it is over.",
    needs="project",
    reminds=True,
)
def past_the_end(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Work that goes on after the contract has neither a price nor an end.

    ```bad
    | Deal | deal_id | client | stage | contract_end |
    |------|---------|--------|-------|--------------|
    |      | D-0001  | Acme   | won   | 2026-02-20   |

    | Project | deal_id | kind    | title   | status   |
    |---------|---------|---------|---------|----------|
    |         | D-0001  | summary | Rollout | on_track |
    ```

    ```good
    | Deal | deal_id | client | stage | contract_end |
    |------|---------|--------|-------|--------------|
    |      | D-0001  | Acme   | won   | 2026-02-20   |

    | Project | deal_id | kind    | title   | status |
    |---------|---------|---------|---------|--------|
    |         | D-0001  | summary | Rollout | done   |
    ```
    """
    end = rows.deal.contract_end
    summaries = [row for row in rows.project if row.kind == "summary"]
    going = [row for row in summaries if row.status not in {*_FINISHED, "on_hold"}]
    if rows.stage_type == "won" and end is not None and end < settings.asof and going:
        yield said(rows, going[0], "status", day=end)


def title_of(row: Project) -> str:
    """Return a row's title; what kind of row it is where it has none."""
    kind = Term("label", "project_kind", row.kind) if row.kind else ""
    return row.title or kind or Phrase("a row without a title")
