"""Rules about what there is in writing, and until when it holds."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import handed_over, judged_rank, over, said, taken_over
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.lists import HANDOVER_RANK
from sheetrecord.schema.record import DealRows, Settings

NOTICE_DAYS = 30
"""Days before the last day of notice from which somebody has to act."""

BEGUN_DAYS = 14
"""Days that work may go on without a contract before somebody says so."""

_RUNNING = frozenset({"retainer", "success"})
_RECURRING = frozenset({"monthly", "quarterly"})

_THIN = frozenset({"letter_of_intent", "nothing"})
"""What is no contract: it lets the work begin and binds nobody for long."""


@rule(
    "DEAL-048",
    Severity.WARNING,
    "Deal {deal} does not say what there is on paper.",
    "Pick {lists.paper}.",
    needs="going_on",
)
def paper_unknown(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Work that begins on a letter of intent is paid by whoever signs nothing later.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |
    ```

    ```good
    | Deal | deal_id | client | stage | paper    |
    |------|---------|--------|-------|----------|
    |      | D-0001  | Acme   | won   | contract |
    ```
    """
    asked = judged_rank(rows, settings) >= HANDOVER_RANK and not handed_over(rows)
    if asked and not rows.deal.paper:
        yield said(rows, rows.deal, "paper")


@rule(
    "DEAL-049",
    Severity.WARNING,
    "Deal {deal} does not say until when the paper can be cancelled, renewed or replaced.",
    "Write the last day.",
    needs="going_on",
)
def notice_day_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A retainer renews itself, a letter of intent runs out, both on a day nobody remembers.

    So does a share of a success, and a mixed fee of which a part comes every month. Asked as long
    as the work goes on.

    ```bad
    | Deal | deal_id | client | stage | paper            |
    |------|---------|--------|-------|------------------|
    |      | D-0001  | Acme   | won   | letter_of_intent |
    ```

    ```good
    | Deal | deal_id | client | stage | paper            | notice_by  |
    |------|---------|--------|-------|------------------|------------|
    |      | D-0001  | Acme   | won   | letter_of_intent | 2026-05-31 |
    ```
    """
    deal = rows.deal
    needs_day = deal.paper == "letter_of_intent" or _runs_on(rows)
    done = handed_over(rows) and taken_over(rows) is None
    if judged_rank(rows, settings) < HANDOVER_RANK or done or not needs_day:
        return
    if deal.notice_by is None:
        yield said(rows, deal, "notice_by")


def _runs_on(rows: DealRows) -> bool:
    """Tell whether a deal is paid for as long as nobody ends it, not until a work is done."""
    model = rows.deal.fee_model
    if model != "mixed":
        return model in _RUNNING
    lines = (row for row in rows.fees if row.origin == "contract" and not row.void)
    return any(row.fee_type == "retainer" or row.trigger in _RECURRING for row in lines)


@rule(
    "DEAL-047",
    Severity.WARNING,
    "Deal {deal}: the last day to cancel, renew or replace the paper is {day}.",
    "Decide with the client, and write the next day or the new paper.",
    needs="going_on",
    reminds=True,
)
def notice_near(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """The day of notice is never the day on which somebody thinks of it.

    Said from thirty days before it until there is a new day, or the project is over.

    ```bad
    | Deal | deal_id | client | stage | notice_by  |
    |------|---------|--------|-------|------------|
    |      | D-0001  | Acme   | won   | 2026-03-20 |
    ```

    ```good
    | Deal | deal_id | client | stage | notice_by  |
    |------|---------|--------|-------|------------|
    |      | D-0001  | Acme   | won   | 2026-06-30 |
    ```
    """
    day = rows.deal.notice_by
    if rows.stage_type != "won" or day is None or over(rows):
        return
    if (day - settings.asof).days <= NOTICE_DAYS:
        yield said(rows, rows.deal, "notice_by", day=day)


@rule(
    "DEAL-050",
    Severity.WARNING,
    "Deal {deal}: the work began on {day}, and there is no contract yet.",
    "Get it signed, then pick what there is on paper; or stop until it is.",
    needs="going_on",
    reminds=True,
)
def begun_on_thin_paper(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Every week without a contract makes the client less hurried and us more committed.

    ```bad
    | Deal | deal_id | client | stage | paper            | contract_start |
    |------|---------|--------|-------|------------------|----------------|
    |      | D-0001  | Acme   | won   | letter_of_intent | 2026-02-02     |
    ```

    ```good
    | Deal | deal_id | client | stage | paper    | contract_start |
    |------|---------|--------|-------|----------|----------------|
    |      | D-0001  | Acme   | won   | contract | 2026-02-02     |
    ```
    """
    deal = rows.deal
    begun = deal.contract_start
    if rows.stage_type != "won" or deal.paper not in _THIN or begun is None:
        return
    if (settings.asof - begun).days > BEGUN_DAYS:
        yield said(rows, deal, "paper", day=begun)
