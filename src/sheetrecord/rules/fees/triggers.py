"""Rules about what makes a fee line due, and when."""

from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.lists import HANDOVER_RANK
from sheetrecord.schema.record import DealRows, Settings


@rule(
    "FEE-002",
    Severity.WARNING,
    'Deal {deal}: "{line}" falls due with a milestone that it does not name.',
    "Name the Project row that makes it due.",
    needs="fees",
)
def trigger_without_milestone(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Finance invoices a milestone when the milestone is accepted, if the line says which one.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | trigger       | milestone_ref |
    |------|---------|-------------|---------------|---------------|
    |      | D-0001  | Pilot       | on_acceptance |               |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | trigger       | milestone_ref |
    |------|---------|-------------|---------------|---------------|
    |      | D-0001  | Pilot       | on_acceptance | P-0002        |
    ```
    """
    if rows.rank < HANDOVER_RANK:
        return
    for row in rows.fees:
        if (
            row.trigger in {"on_milestone", "on_acceptance"}
            and not row.milestone_ref
            and not row.void
        ):
            yield said(rows, row, "milestone_ref", line=line_words(row))


@rule(
    "FEE-010",
    Severity.WARNING,
    'Deal {deal}: "{line}" may be invoiced: its milestone was accepted on {day}.',
    "Tick {Fees.ready}, or say in the note what it waits for.",
    needs="fees",
    reminds=True,
)
def accepted_and_not_ready(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Money that was earned and not invoiced is lent to the client without interest.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | milestone_ref | ready |
    |------|---------|-------------|---------------|-------|
    |      | D-0001  | Pilot       | P-0002        |       |

    | Project | deal_id | row_id | kind      | title | accepted_on |
    |---------|---------|--------|-----------|-------|-------------|
    |         | D-0001  | P-0002 | milestone | Pilot | 2026-02-18  |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | milestone_ref | ready |
    |------|---------|-------------|---------------|-------|
    |      | D-0001  | Pilot       | P-0002        | yes   |

    | Project | deal_id | row_id | kind      | title | accepted_on |
    |---------|---------|--------|-----------|-------|-------------|
    |         | D-0001  | P-0002 | milestone | Pilot | 2026-02-18  |
    ```
    """
    accepted = {row.row_id: row.accepted_on for row in rows.project if row.accepted_on}
    for row in rows.fees:
        day = accepted.get(row.milestone_ref)
        if day is not None and not (row.ready or row.void or row.invoiced_on):
            yield said(rows, row, "ready", line=line_words(row), day=day)


@rule(
    "FEE-013",
    Severity.WARNING,
    'Deal {deal}: "{line}" is monthly and does not say which month.',
    "Enter the month, such as 2026-03.",
    needs="fees",
)
def period_missing(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Two retainers without a month look like one invoice sent twice.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | fee_type | trigger | period |
    |------|---------|-------------|----------|---------|--------|
    |      | D-0001  | Support     | retainer | monthly |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | fee_type | trigger | period  |
    |------|---------|-------------|----------|---------|---------|
    |      | D-0001  | Support     | retainer | monthly | 2026-03 |
    ```
    """
    for row in rows.fees:
        if row.trigger == "monthly" and not row.period and not row.void:
            yield said(rows, row, "period", line=line_words(row))


@rule(
    "FEE-014",
    Severity.WARNING,
    'Deal {deal}: the share held back on "{line}" has no release date.',
    "Enter the day from which it is due.",
    needs="fees",
)
def retention_for_ever(rows: DealRows, _: Settings) -> Iterator[Found]:
    """What the client holds back is forgotten by both sides, unless a day is set.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | retention_pct | retention_release_on |
    |------|---------|-------------|---------------|----------------------|
    |      | D-0001  | Pilot       | 0.05          |                      |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | retention_pct | retention_release_on |
    |------|---------|-------------|---------------|----------------------|
    |      | D-0001  | Pilot       | 0.05          | 2027-02-18           |
    ```
    """
    for row in rows.fees:
        if row.retention_pct and row.retention_release_on is None and not row.void:
            yield said(rows, row, "retention_release_on", line=line_words(row))


@rule(
    "FEE-019",
    Severity.WARNING,
    'Deal {deal}: "{line}" is to be invoiced on {day}.',
    "Invoice it, or plan a new day.",
    needs="fees",
    reminds=True,
)
def not_invoiced_in_time(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """An invoice sent late is paid later still.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | net  | planned_on | invoice_no | invoiced_on | terms_days |
    |------|---------|-------------|------|------------|------------|-------------|------------|
    |      | D-0001  | Deposit     | 3600 | 2026-02-16 |            |             |            |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | net  | planned_on | invoice_no | invoiced_on | terms_days |
    |------|---------|-------------|------|------------|------------|-------------|------------|
    |      | D-0001  | Deposit     | 3600 | 2026-02-16 | R-17       | 2026-02-16  | 14         |
    ```
    """
    for row in rows.fees:
        day = row.planned_on
        waits = rows.stage_type == "won" and not row.void and row.invoiced_on is None
        if waits and day is not None and day <= settings.asof:
            yield said(rows, row, "planned_on", line=line_words(row), day=day)


@rule(
    "FEE-022",
    Severity.WARNING,
    'Deal {deal}: "{line}" says in words when which part is due.',
    "Make one line of each part, with its trigger.",
    needs="fees",
)
def terms_in_the_description(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Half now, rest on delivery is two invoices on two days.

    One line with both in its description is invoiced once, and late.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description                   | trigger | net   |
    |------|---------|-------------------------------|---------|-------|
    |      | D-0001  | 50% upfront, rest on delivery |         | 12000 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | trigger      | net  |
    |------|---------|-------------|--------------|------|
    |      | D-0001  | First half  | on_signature | 6000 |
    ```
    """
    for row in rows.fees:
        if "%" in row.description and any(c.isdigit() for c in row.description) and not row.trigger:
            yield said(rows, row, "description", line=line_words(row))


def line_words(row: Fees) -> str:
    """Return a line's description, or its id."""
    return row.description or row.fee_id or Phrase("a fee line")
