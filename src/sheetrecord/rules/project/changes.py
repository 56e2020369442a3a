"""Rules about a project's updates, issues and changes."""

from collections.abc import Iterator

from sheetrecord.model.phrase import Numeral, Phrase
from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import said, taken_over
from sheetrecord.rules.project.summary import title_of
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.record import DealRows, Settings

QUIET_DAYS = 14
"""Days after which a running project should have said something."""

_FINISHED = frozenset({"done", "cancelled", "resolved", "wont_fix"})
_UNANSWERED = frozenset({"", "draft", "sent"})
"""States of a change to which the client has not said yes or no."""

_DAY_OF = {"milestone": "date_planned", "issue": "due_on", "change": "due_on"}
"""The column that holds the day of each kind of row."""

_HANDED_OVER = frozenset({"offered", "accepted", "confirmed"})


@rule(
    "PRJ-030",
    Severity.WARNING,
    "Deal {deal}: there is no update since {day}.",
    "Add an update row, however short.",
    needs="project",
    reminds=True,
)
def nothing_heard(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """The client fills silence with worry.

    Counted for projects that were accepted and are not done; where there was never an update, from
    the day of the acceptance.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind    | title        | date_actual | status   |
    |---------|---------|---------|--------------|-------------|----------|
    |         | D-0001  | summary | Rollout      |             | on_track |
    |         | D-0001  | update  | Kickoff held | 2026-02-02  |          |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind    | title        | date_actual | status   |
    |---------|---------|---------|--------------|-------------|----------|
    |         | D-0001  | summary | Rollout      |             | on_track |
    |         | D-0001  | update  | Kickoff held | 2026-02-25  |          |
    ```
    """
    summaries = [row for row in rows.project if row.kind == "summary"]
    running = any(row.status not in {*_FINISHED, "on_hold"} for row in summaries)
    days = [
        row.date_actual or row.date_planned
        for row in rows.project
        if row.kind == "update" and (row.date_actual or row.date_planned) is not None
    ]
    newest = max((day for day in days if day is not None), default=taken_over(rows))
    if running and newest is not None and (settings.asof - newest).days > QUIET_DAYS:
        yield said(rows, summaries[0], "status", day=newest)


@rule(
    "PRJ-031",
    Severity.WARNING,
    "Deal {deal}: {title} is to be settled by {day}.",
    "Settle it, or agree a new day with whoever has the next move.",
    needs="project",
    reminds=True,
)
def issue_overdue(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """An issue past its day is a decision nobody takes.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind  | title        | status | due_on     |
    |---------|---------|-------|--------------|--------|------------|
    |         | D-0001  | issue | No test data | open   | 2026-02-16 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind  | title        | status   | due_on     |
    |---------|---------|-------|--------------|----------|------------|
    |         | D-0001  | issue | No test data | resolved | 2026-02-16 |
    ```
    """
    for row in rows.project:
        day = row.due_on
        unsettled = row.kind == "issue" and row.status not in _FINISHED
        if unsettled and day is not None and day <= settings.asof:
            yield said(rows, row, "due_on", title=title_of(row), day=day)


@rule(
    "PRJ-032",
    Severity.WARNING,
    "Deal {deal}: nobody looks after {title}.",
    "Write who does.",
    needs="project",
)
def issue_without_owner(rows: DealRows, _: Settings) -> Iterator[Found]:
    """An issue that belongs to everybody is settled by nobody.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind  | title        | status | owner |
    |---------|---------|-------|--------------|--------|-------|
    |         | D-0001  | issue | No test data | open   |       |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind  | title        | status | owner |
    |---------|---------|-------|--------------|--------|-------|
    |         | D-0001  | issue | No test data | open   | Tom   |
    ```
    """
    for row in rows.project:
        if row.kind == "issue" and row.status not in _FINISHED and not row.owner:
            yield said(rows, row, "owner", title=title_of(row))


@rule(
    "PRJ-033",
    Severity.WARNING,
    "Deal {deal}: {title} cannot be {share} done.",
    "Enter a share between 0 % and 100 %.",
    needs="project",
)
def share_out_of_bounds(rows: DealRows, _: Settings) -> Iterator[Found]:
    """More than all or less than nothing is a typing mistake.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind    | title   | pct_done |
    |---------|---------|---------|---------|----------|
    |         | D-0001  | summary | Rollout | -0.2     |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind    | title   | pct_done |
    |---------|---------|---------|---------|----------|
    |         | D-0001  | summary | Rollout | 0.2      |
    ```
    """
    for row in rows.project:
        if row.pct_done is not None and not 0 <= row.pct_done <= 1:
            yield said(
                rows,
                row,
                "pct_done",
                title=title_of(row),
                share=Numeral(f"{row.pct_done * 100:.0f} %"),
            )


@rule(
    "PRJ-040",
    Severity.WARNING,
    "Deal {deal}: the change {title} is approved, without {lacks}.",
    "Write who approved it for the client, and when.",
    needs="project",
)
def approved_by_nobody(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A change nobody approved is a discount nobody meant to give.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind   | title       | status   | approved_by | approved_on |
    |---------|---------|--------|-------------|----------|-------------|-------------|
    |         | D-0001  | change | Night shift | approved |             | 2026-02-18  |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind   | title       | status   | approved_by | approved_on |
    |---------|---------|--------|-------------|----------|-------------|-------------|
    |         | D-0001  | change | Night shift | approved | Ute         | 2026-02-18  |
    ```
    """
    for row in rows.project:
        if row.kind != "change" or row.status not in {"approved", "invoiced"}:
            continue
        if not row.approved_by or row.approved_on is None:
            key = "approved_on" if row.approved_by else "approved_by"
            lacks = Phrase("the day" if row.approved_by else "a name")
            yield said(rows, row, key, title=title_of(row), lacks=lacks)


@rule(
    "PRJ-041",
    Severity.WARNING,
    "Deal {deal}: the change {title} is approved and has no fee line.",
    "Add a fee line that names this row as its milestone.",
    needs="project",
)
def approved_and_not_billed(rows: DealRows, _: Settings) -> Iterator[Found]:
    """An approved change that is not in Fees is never invoiced.

    Changes that take something off need a line just the same.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | row_id | kind   | title       | status   | amount_net |
    |---------|---------|--------|--------|-------------|----------|------------|
    |         | D-0001  | P-0001 | change | Night shift | approved | 4000       |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | row_id | kind   | title       | status | amount_net |
    |---------|---------|--------|--------|-------------|--------|------------|
    |         | D-0001  | P-0001 | change | Night shift | draft  | 4000       |
    ```
    """
    billed = {row.milestone_ref for row in rows.fees} | {row.commitment_ref for row in rows.fees}
    for row in rows.project:
        if row.kind != "change" or row.status not in {"approved", "invoiced"} or not row.amount_net:
            continue
        if row.row_id not in billed and (row.commitment_ref or row.row_id) not in billed:
            yield said(rows, row, "amount_net", title=title_of(row))


@rule(
    "PRJ-042",
    Severity.WARNING,
    "Deal {deal}: the change {title} was sent, and the answer was due on {day}.",
    "Ask for an answer before anybody starts.",
    needs="project",
    reminds=True,
)
def change_waits(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Work on a change that nobody has approved is work for free.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind   | title       | status | due_on     |
    |---------|---------|--------|-------------|--------|------------|
    |         | D-0001  | change | Night shift | sent   | 2026-02-16 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind   | title       | status | due_on     |
    |---------|---------|--------|-------------|--------|------------|
    |         | D-0001  | change | Night shift | sent   | 2026-03-16 |
    ```
    """
    for row in rows.project:
        day = row.due_on
        waits = row.kind == "change" and row.status == "sent"
        if waits and day is not None and day < settings.asof:
            yield said(rows, row, "due_on", title=title_of(row), day=day)


@rule(
    "PRJ-034",
    Severity.WARNING,
    "Deal {deal}: {title} has no day.",
    "Plan one: what has no day is never late, and nobody is reminded.",
    needs="project",
)
def without_a_day(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A milestone, an issue or a change without an answer that has no day waits for nothing.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind  | title     | status | due_on |
    |---------|---------|-------|-----------|--------|--------|
    |         | D-0001  | issue | No access | open   |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind  | title     | status | due_on     |
    |---------|---------|-------|-----------|--------|------------|
    |         | D-0001  | issue | No access | open   | 2026-03-20 |
    ```
    """
    if rows.stage_type != "won":
        return
    for row in rows.project:
        key = _DAY_OF.get(row.kind, "")
        waits = row.kind != "change" or row.status in _UNANSWERED
        over = row.status in {*_FINISHED, "on_hold"} or row.date_actual is not None
        if key and waits and not over and row.get(key) is None:
            yield said(rows, row, key, title=title_of(row))


@rule(
    "PRJ-043",
    Severity.WARNING,
    "Deal {deal}: the change {title} was to go out by {day} and is still a draft.",
    "Send it to the client, or say that it is withdrawn.",
    needs="project",
    reminds=True,
)
def change_never_sent(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A change that nobody sends is done for free, or stops the work without a word.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind   | title       | status | due_on     |
    |---------|---------|--------|-------------|--------|------------|
    |         | D-0001  | change | Night shift | draft  | 2026-02-20 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | kind   | title       | status | due_on     |
    |---------|---------|--------|-------------|--------|------------|
    |         | D-0001  | change | Night shift | sent   | 2026-03-20 |
    ```
    """
    for row in rows.project:
        draft = row.kind == "change" and row.status in {"", "draft"}
        if draft and row.due_on is not None and row.due_on <= settings.asof:
            yield said(rows, row, "status", title=title_of(row), day=row.due_on)
