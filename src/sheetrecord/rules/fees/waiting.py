"""Rules about what a fee line waits for: whom to bill, which event, which day, which plan."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.fees.triggers import line_words
from sheetrecord.rules.need import GOING_ON, LOOKED_AT_DAYS, judged_rank, said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.lists import HANDOVER_RANK
from sheetrecord.schema.record import DealRows, Settings

_WAITS = frozenset({"on_milestone", "on_acceptance"})


def _going(row: Fees) -> bool:
    return not (row.void or row.invoice_no or row.invoiced_on is not None)


@rule(
    "FEE-024",
    Severity.ERROR,
    'Deal {deal}: "{line}" is ready to be invoiced, and "{kind}" has no answer.',
    "Write in the sheet {Context} which company to bill, with what order number or portal, and "
    "who pays.",
    needs="fees",
)
def bill_to_unknown(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """An invoice without its order number is paid when somebody finds it.

    Only where the workbook asks it.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind      | answer |
    |---------|---------|-----------|--------|
    |         | D-0001  | invoicing |        |

    | Fees | deal_id | description | ready |
    |------|---------|-------------|-------|
    |      | D-0001  | Deposit     | yes   |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind      | answer                   |
    |---------|---------|-----------|--------------------------|
    |         | D-0001  | invoicing | Acme Holding, order 4711 |

    | Fees | deal_id | description | ready |
    |------|---------|-------------|-------|
    |      | D-0001  | Deposit     | yes   |
    ```
    """
    asked = any(prompt.kind == "invoicing" for prompt in settings.prompts) or any(
        row.kind == "invoicing" for row in rows.context
    )
    known = any(row.kind == "invoicing" and row.ok for row in rows.context)
    if rows.stage_type not in GOING_ON or not asked or known:
        return
    row = next((row for row in rows.fees if row.ready and _going(row)), None)
    if row is not None:
        kind = settings.label("kind", "invoicing")
        yield said(rows, row, "ready", line=line_words(row), kind=kind)


@rule(
    "FEE-025",
    Severity.WARNING,
    "Deal {deal}: a fee line falls due with an event that nobody described.",
    'Say in its description, or under "{Project.acceptance_test}" of its milestone, what counts as '
    "the event.",
    needs="fees",
)
def event_unsaid(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Whether the event has happened is argued over by those who are to pay for it.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | trigger      | net  |
    |------|---------|-------------|--------------|------|
    |      | D-0001  |             | on_milestone | 8000 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description                   | trigger      | net  |
    |------|---------|-------------------------------|--------------|------|
    |      | D-0001  | The grant is paid out to them | on_milestone | 8000 |
    ```
    """
    if judged_rank(rows, settings) < HANDOVER_RANK:
        return
    tests = {row.row_id: row.acceptance_test for row in rows.project}
    for row in rows.fees:
        plain = row.description.strip().casefold()
        told = plain and plain != settings.label("fee_type", row.fee_type).casefold()
        if row.trigger in _WAITS and _going(row) and not told and not tests.get(row.milestone_ref):
            yield said(rows, row, "description")


@rule(
    "FEE-027",
    Severity.WARNING,
    'Deal {deal}: "{line}" has no day on which it is to be invoiced.',
    "Plan a day; what was never planned is never late.",
    needs="fees",
)
def never_planned(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A line without a day is in no forecast and in no reminder.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | trigger | net  | planned_on |
    |------|---------|-------------|---------|------|------------|
    |      | D-0001  | Deposit     | on_date | 8000 |            |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | trigger | net  | planned_on |
    |------|---------|-------------|---------|------|------------|
    |      | D-0001  | Deposit     | on_date | 8000 | 2026-04-01 |
    ```
    """
    if rows.rank < HANDOVER_RANK:
        return
    for row in rows.fees:
        waits = row.trigger in {"on_date", "on_signature", "monthly", "quarterly"}
        if waits and row.planned_on is None and _going(row) and not row.ready:
            yield said(rows, row, "planned_on", line=line_words(row))


@rule(
    "FEE-028",
    Severity.WARNING,
    'Deal {deal}: "{line}" waits for an acceptance, and its milestone was done on {day}.',
    "Ask the client to accept it, and write by whom and when.",
    needs="fees",
    reminds=True,
)
def acceptance_overdue(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Money that waits for a signature which nobody asks for waits for ever.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | row_id | kind      | title        | status | date_actual |
    |---------|---------|--------|-----------|--------------|--------|-------------|
    |         | D-0001  | P-0001 | milestone | Test version | done   | 2026-02-02  |

    | Fees | deal_id | description | trigger       | milestone_ref | net  |
    |------|---------|-------------|---------------|---------------|------|
    |      | D-0001  | Second part | on_acceptance | P-0001        | 8000 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Project | deal_id | row_id | kind      | title        | status | date_actual |
    |---------|---------|--------|-----------|--------------|--------|-------------|
    |         | D-0001  | P-0001 | milestone | Test version | done   | 2026-02-26  |

    | Fees | deal_id | description | trigger       | milestone_ref | net  |
    |------|---------|-------------|---------------|---------------|------|
    |      | D-0001  | Second part | on_acceptance | P-0001        | 8000 |
    ```
    """
    done = {
        row.row_id: row.date_actual
        for row in rows.project
        if row.date_actual is not None and row.accepted_on is None
    }
    for row in rows.fees:
        day = done.get(row.milestone_ref) if row.trigger in _WAITS else None
        late = day is not None and (settings.asof - day).days > LOOKED_AT_DAYS
        if late and _going(row) and not row.ready:
            yield said(rows, row, "ready", line=line_words(row), day=day)
