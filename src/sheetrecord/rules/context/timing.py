"""Rules about when facts matter and when they were learned."""

import datetime as dt
from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.record import DealRows, Settings

STALE_DAYS = 180
"""Days after which what a client said about a deal still open should be asked again."""

LATE_SHARE = 0.6
"""Share of the facts that may be written down in the last two days before the signature."""


@rule(
    "CTX-030",
    Severity.WARNING,
    "Deal {deal}: {title} is planned for {planned}, after the real deadline on {day}.",
    "Plan it earlier, or agree a later date with the client.",
    needs="context",
)
def planned_past_a_soft_deadline(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A deadline that can move still has to be moved by somebody who asks.

    The last milestone is compared with the earliest real deadline when that is soft; PRJ-020
    does the same for a hard one.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind          | date       | driver | hardness |
    |---------|---------|---------------|------------|--------|----------|
    |         | D-0001  | real_deadline | 2026-06-16 | board  | soft     |

    | Project | deal_id | kind      | title   | date_planned |
    |---------|---------|-----------|---------|--------------|
    |         | D-0001  | milestone | Go live | 2026-06-30   |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind          | date       | driver | hardness |
    |---------|---------|---------------|------------|--------|----------|
    |         | D-0001  | real_deadline | 2026-06-16 | board  | soft     |

    | Project | deal_id | kind      | title   | date_planned |
    |---------|---------|-----------|---------|--------------|
    |         | D-0001  | milestone | Go live | 2026-06-09   |
    ```
    """
    fact = next((row for row in rows.context if row.deadline is not None), None)
    if fact is None or fact.deadline is None or fact.hardness == "hard":
        return
    planned = [
        row
        for row in rows.project
        if row.kind == "milestone" and row.date_planned is not None and row.date_actual is None
    ]
    last = max(planned, key=lambda row: row.date_planned or dt.date.min, default=None)
    if last is not None and last.date_planned is not None and last.date_planned > fact.deadline:
        words = {"title": last.title or Phrase("a milestone"), "planned": last.date_planned}
        yield said(rows, fact, "date", day=fact.deadline, **words)


@rule(
    "CTX-031",
    Severity.WARNING,
    "Deal {deal}: the real deadline on {day} is before the {event} on {other}.",
    "Check the year; if it is right, the client needed it before they signed.",
    needs="context",
)
def deadline_before_signature(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A date that has passed before the contract exists cannot be kept by it.

    Usually the year is wrong, or the date belongs to an earlier plan.

    ```bad
    | Deal | deal_id | client | stage | signed_on  |
    |------|---------|--------|-------|------------|
    |      | D-0001  | Acme   | won   | 2026-02-20 |

    | Context | deal_id | kind          | date       | driver | hardness |
    |---------|---------|---------------|------------|--------|----------|
    |         | D-0001  | real_deadline | 2025-06-16 | board  | hard     |
    ```

    ```good
    | Deal | deal_id | client | stage | signed_on  |
    |------|---------|--------|-------|------------|
    |      | D-0001  | Acme   | won   | 2026-02-20 |

    | Context | deal_id | kind          | date       | driver | hardness |
    |---------|---------|---------------|------------|--------|----------|
    |         | D-0001  | real_deadline | 2026-06-16 | board  | hard     |
    ```
    """
    deal = rows.deal
    signed = deal.signed_on
    if signed is None and rows.stage_type == "open":
        signed = deal.expected_close
    event = Phrase("signature" if deal.signed_on is not None else "expected signature")
    for row in rows.context:
        if row.deadline is not None and signed is not None and row.deadline < signed:
            yield said(rows, row, "date", day=row.deadline, event=event, other=signed)


@rule(
    "CTX-032",
    Severity.WARNING,
    'Deal {deal}: "{kind}" was learned on {day}, which has not come yet.',
    "Correct the date.",
    needs="context",
)
def learned_in_the_future(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """When something was learned decides which of two answers is the newer one.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind   | answer             | learned_on |
    |---------|---------|--------|--------------------|------------|
    |         | D-0001  | why_us | We know their site | 2027-02-01 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind   | answer             | learned_on |
    |---------|---------|--------|--------------------|------------|
    |         | D-0001  | why_us | We know their site | 2026-02-01 |
    ```
    """
    for row in rows.context:
        if row.learned_on is not None and row.learned_on > settings.asof:
            kind = settings.label("kind", row.kind)
            yield said(rows, row, "learned_on", kind=kind, day=row.learned_on)


@rule(
    "CTX-040",
    Severity.WARNING,
    "Deal {deal}: {late} of {all} facts were written down in the last two days before closing.",
    "Go through them with the client again; next time write them down after each call.",
    needs="context",
)
def filled_in_at_the_last_minute(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Facts collected in one evening to get past the gate are memories, not facts.

    Counted from five dated answers on.

    ```bad
    | Deal | deal_id | client | stage | signed_on  |
    |------|---------|--------|-------|------------|
    |      | D-0001  | Acme   | won   | 2026-02-20 |

    | Context | deal_id | kind             | answer                  | learned_on |
    |---------|---------|------------------|-------------------------|------------|
    |         | D-0001  | why_us           | We know their site      | 2026-02-19 |
    |         | D-0001  | pressure         | Ute promised the board  | 2026-02-19 |
    |         | D-0001  | alternative      | Doing nothing this year | 2026-02-20 |
    |         | D-0001  | success_formal   | Daily reports from all  | 2026-02-20 |
    |         | D-0001  | success_personal | The new role next year  | 2026-01-12 |
    ```

    ```good
    | Deal | deal_id | client | stage | signed_on  |
    |------|---------|--------|-------|------------|
    |      | D-0001  | Acme   | won   | 2026-02-20 |

    | Context | deal_id | kind             | answer                  | learned_on |
    |---------|---------|------------------|-------------------------|------------|
    |         | D-0001  | why_us           | We know their site      | 2026-01-12 |
    |         | D-0001  | pressure         | Ute promised the board  | 2026-01-12 |
    |         | D-0001  | alternative      | Doing nothing this year | 2026-01-26 |
    |         | D-0001  | success_formal   | Daily reports from all  | 2026-02-02 |
    |         | D-0001  | success_personal | The new role next year  | 2026-02-19 |
    ```
    """
    signed = rows.deal.signed_on
    learned = [row.learned_on for row in rows.context if row.ok and row.learned_on is not None]
    if signed is None or rows.stage_type != "won" or len(learned) < 5:
        return
    late = sum(0 <= (signed - day).days <= 2 for day in learned)
    if late >= LATE_SHARE * len(learned):
        yield said(rows, rows.deal, "", late=late, all=len(learned))


@rule(
    "CTX-041",
    Severity.WARNING,
    "Deal {deal}: nothing was asked again since {day}.",
    "Ask again what may have changed: the deadline, the people, the alternative.",
    needs="context",
    reminds=True,
)
def stale_answers(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A deal that slept for half a year wakes up with other people and other dates.

    ```bad
    | Deal | deal_id | client | stage    |
    |------|---------|--------|----------|
    |      | D-0001  | Acme   | proposal |

    | Context | deal_id | kind   | answer             | learned_on |
    |---------|---------|--------|--------------------|------------|
    |         | D-0001  | why_us | We know their site | 2025-05-12 |
    ```

    ```good
    | Deal | deal_id | client | stage    |
    |------|---------|--------|----------|
    |      | D-0001  | Acme   | proposal |

    | Context | deal_id | kind   | answer             | learned_on |
    |---------|---------|--------|--------------------|------------|
    |         | D-0001  | why_us | We know their site | 2026-01-12 |
    ```
    """
    learned = [row.learned_on for row in rows.context if row.ok and row.learned_on is not None]
    if rows.stage_type != "open" or not learned:
        return
    newest = max(learned)
    if (settings.asof - newest).days > STALE_DAYS:
        yield said(rows, rows.deal, "", day=newest)


@rule(
    "CTX-042",
    Severity.WARNING,
    "Deal {deal} is confirmed, and {count} facts were never confirmed.",
    "Go through them at the kickoff and enter when and by whom.",
    needs="context",
)
def confirmed_without_facts(rows: DealRows, _: Settings) -> Iterator[Found]:
    """The kickoff is where the client corrects what sales understood.

    ```bad
    | Deal | deal_id | client | stage | handover_state |
    |------|---------|--------|-------|----------------|
    |      | D-0001  | Acme   | won   | confirmed      |

    | Context | deal_id | kind   | answer             | confirmed_on |
    |---------|---------|--------|--------------------|--------------|
    |         | D-0001  | why_us | We know their site |              |
    ```

    ```good
    | Deal | deal_id | client | stage | handover_state |
    |------|---------|--------|-------|----------------|
    |      | D-0001  | Acme   | won   | confirmed      |

    | Context | deal_id | kind   | answer             | confirmed_on |
    |---------|---------|--------|--------------------|--------------|
    |         | D-0001  | why_us | We know their site | 2026-02-27   |
    ```
    """
    if rows.deal.handover_state != "confirmed":
        return
    open_rows = [
        row for row in rows.context if row.required and row.ok and row.confirmed_on is None
    ]
    if open_rows:
        yield said(rows, open_rows[0], "confirmed_on", count=len(open_rows))
