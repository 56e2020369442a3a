"""Rules about milestones: planned, done, accepted."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import said
from sheetrecord.rules.project.summary import title_of
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.record import DealRows, Settings

QUIET_DAYS = 14
"""Days after which a running project should have said something."""

_FINISHED = frozenset({"done", "cancelled", "resolved", "wont_fix"})
_HANDED_OVER = frozenset({"offered", "accepted", "confirmed"})


@rule(
    "PRJ-005",
    Severity.WARNING,
    "Deal {deal}: {title} is planned for {day} and is not done.",
    "Enter when it was done, or plan a new date.",
    needs="project",
    reminds=True,
)
def milestone_late(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A plan whose dates have passed is no plan any more.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title | date_planned | date_actual |
    |---------|---------|-----------|-------|--------------|-------------|
    |         | D-0001  | milestone | Pilot | 2026-02-16   |             |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title | date_planned | date_actual |
    |---------|---------|-----------|-------|--------------|-------------|
    |         | D-0001  | milestone | Pilot | 2026-02-16   | 2026-02-18  |
    ```
    """
    for row in rows.project:
        day = row.date_planned
        waits = row.kind == "milestone" and row.date_actual is None and row.status not in _FINISHED
        if waits and day is not None and day <= settings.asof:
            yield said(rows, row, "date_planned", title=title_of(row), day=day)


@rule(
    "PRJ-006",
    Severity.WARNING,
    "Deal {deal}: {title} is done, and nobody wrote when.",
    "Enter the day.",
    needs="project",
)
def done_without_a_day(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Planned against actual is how the next project gets better dates.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title | status | date_actual |
    |---------|---------|-----------|-------|--------|-------------|
    |         | D-0001  | milestone | Pilot | done   |             |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title | status | date_actual |
    |---------|---------|-----------|-------|--------|-------------|
    |         | D-0001  | milestone | Pilot | done   | 2026-02-18  |
    ```
    """
    for row in rows.project:
        if row.kind == "milestone" and row.status == "done" and row.date_actual is None:
            yield said(rows, row, "date_actual", title=title_of(row))


@rule(
    "PRJ-010",
    Severity.WARNING,
    "Deal {deal}: {title} was accepted, but nothing says against what.",
    "Write what had to be true for the client to accept it.",
    needs="project",
)
def accepted_without_test(rows: DealRows, _: Settings) -> Iterator[Found]:
    """An acceptance without a test can be taken back.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title | acceptance_test | accepted_on |
    |---------|---------|-----------|-------|-----------------|-------------|
    |         | D-0001  | milestone | Pilot |                 | 2026-02-18  |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title | acceptance_test        | accepted_on |
    |---------|---------|-----------|-------|------------------------|-------------|
    |         | D-0001  | milestone | Pilot | All sites report daily | 2026-02-18  |
    ```
    """
    for row in rows.project:
        if row.kind == "milestone" and row.accepted_on is not None and not row.acceptance_test:
            yield said(rows, row, "acceptance_test", title=title_of(row))


@rule(
    "PRJ-011",
    Severity.WARNING,
    "Deal {deal}: {title} was accepted, and nobody wrote by whom.",
    "Write the name of the person who accepted it.",
    needs="project",
)
def accepted_by_nobody(rows: DealRows, _: Settings) -> Iterator[Found]:
    """The invoice that follows is paid because somebody accepted the work.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title | accepted_by | accepted_on |
    |---------|---------|-----------|-------|-------------|-------------|
    |         | D-0001  | milestone | Pilot |             | 2026-02-18  |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title | accepted_by | accepted_on |
    |---------|---------|-----------|-------|-------------|-------------|
    |         | D-0001  | milestone | Pilot | Ute         | 2026-02-18  |
    ```
    """
    for row in rows.project:
        if row.accepted_on is not None and not row.accepted_by:
            yield said(rows, row, "accepted_by", title=title_of(row))


@rule(
    "PRJ-020",
    Severity.WARNING,
    "Deal {deal}: {title} is planned for {day}, after the hard deadline on {deadline}.",
    "Plan it earlier, or tell the client today.",
    needs="project",
)
def planned_past_a_hard_deadline(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A deadline that cannot move is kept by planning, not by hoping.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title   | date_planned |
    |---------|---------|-----------|---------|--------------|
    |         | D-0001  | milestone | Go live | 2026-06-30   |

    | Context | deal_id | kind          | date       | driver | hardness |
    |---------|---------|---------------|------------|--------|----------|
    |         | D-0001  | real_deadline | 2026-06-16 | board  | hard     |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind      | title   | date_planned |
    |---------|---------|-----------|---------|--------------|
    |         | D-0001  | milestone | Go live | 2026-06-09   |

    | Context | deal_id | kind          | date       | driver | hardness |
    |---------|---------|---------------|------------|--------|----------|
    |         | D-0001  | real_deadline | 2026-06-16 | board  | hard     |
    ```
    """
    hard = [
        row.date
        for row in rows.context
        if row.kind == "real_deadline"
        and row.ok
        and row.hardness == "hard"
        and row.date is not None
    ]
    for row in rows.project:
        day = row.date_planned
        waits = row.kind == "milestone" and row.date_actual is None and row.status not in _FINISHED
        if hard and waits and day is not None and day > min(hard):
            yield said(rows, row, "date_planned", title=title_of(row), day=day, deadline=min(hard))


@rule(
    "PRJ-021",
    Severity.WARNING,
    "Deal {deal}: {title} is planned for {day}, after the contract ends on {end}.",
    "Plan it earlier, or have the contract extended.",
    needs="project",
)
def planned_past_the_contract(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Work after the contract's end has neither a price nor a duty to accept it.

    ```bad
    | Deal | deal_id | client | stage | contract_end |
    |------|---------|--------|-------|--------------|
    |      | D-0001  | Acme   | won   | 2026-06-30   |

    | Project | deal_id | kind      | title   | date_planned |
    |---------|---------|-----------|---------|--------------|
    |         | D-0001  | milestone | Go live | 2026-07-15   |
    ```

    ```good
    | Deal | deal_id | client | stage | contract_end |
    |------|---------|--------|-------|--------------|
    |      | D-0001  | Acme   | won   | 2026-06-30   |

    | Project | deal_id | kind      | title   | date_planned |
    |---------|---------|-----------|---------|--------------|
    |         | D-0001  | milestone | Go live | 2026-06-15   |
    ```
    """
    end = rows.deal.contract_end
    for row in rows.project:
        day = row.date_planned
        waits = row.kind == "milestone" and row.status not in _FINISHED
        if waits and end is not None and day is not None and day > end:
            yield said(rows, row, "date_planned", title=title_of(row), day=day, end=end)
