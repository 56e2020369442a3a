"""Deal fields that closing needs: one rule for each, so that each can be waived alone."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import field_gap
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.record import DealRows, Settings


@rule(
    "DEAL-019",
    Severity.ERROR,
    "Deal {deal} does not say where the signed contract is.",
    'Paste the link to the contract, or write "{lists.paper.email_acceptance}" and where that is.',
    needs="going_on",
)
def contract_link_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Ops must read what was signed, not what somebody remembers of it.

    ```bad
    | Deal | deal_id | stage | contract_link |
    |------|---------|-------|---------------|
    |      | D-0001  | won   |               |
    ```

    ```good
    | Deal | deal_id | stage | contract_link      |
    |------|---------|-------|--------------------|
    |      | D-0001  | won   | contracts/acme.pdf |
    ```

    Waive: write DEAL-019 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "contract_link")


@rule(
    "DEAL-004",
    Severity.ERROR,
    "Deal {deal} is won and has no signing date.",
    "Write the day the client signed or accepted.",
    needs="going_on",
)
def signing_date_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What was said after the signature is a change, what was said before may be a promise.

    Only the date tells the two apart.

    ```bad
    | Deal | deal_id | stage | signed_on |
    |------|---------|-------|-----------|
    |      | D-0001  | won   |           |
    ```

    ```good
    | Deal | deal_id | stage | signed_on  |
    |------|---------|-------|------------|
    |      | D-0001  | won   | 2026-02-20 |
    ```

    Waive: write DEAL-004 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "signed_on")


@rule(
    "DEAL-020",
    Severity.ERROR,
    "Deal {deal} has no start date.",
    "Write the start date that stands in the contract.",
    needs="going_on",
)
def contract_start_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Ops cannot book people without the day work may begin.

    ```bad
    | Deal | deal_id | stage | contract_start |
    |------|---------|-------|----------------|
    |      | D-0001  | won   |                |
    ```

    ```good
    | Deal | deal_id | stage | contract_start |
    |------|---------|-------|----------------|
    |      | D-0001  | won   | 2026-03-02     |
    ```

    Waive: write DEAL-020 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "contract_start")


@rule(
    "DEAL-021",
    Severity.ERROR,
    "Deal {deal} has no end date.",
    "Write the end date that stands in the contract.",
    needs="going_on",
)
def contract_end_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """The contract's date is compared with the date that really matters.

    The gap between the two is what a handover loses first.

    ```bad
    | Deal | deal_id | stage | contract_end |
    |------|---------|-------|--------------|
    |      | D-0001  | won   |              |
    ```

    ```good
    | Deal | deal_id | stage | contract_end |
    |------|---------|-------|--------------|
    |      | D-0001  | won   | 2026-06-30   |
    ```

    Waive: write DEAL-021 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "contract_end")


@rule(
    "DEAL-022",
    Severity.ERROR,
    "Deal {deal} does not say why it was won.",
    "Write in one sentence why the client chose us.",
    needs="going_on",
)
def won_reason_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Why they chose us is what must not break during delivery.

    Nobody can look it up later.

    ```bad
    | Deal | deal_id | stage | won_reason |
    |------|---------|-------|------------|
    |      | D-0001  | won   |            |
    ```

    ```good
    | Deal | deal_id | stage | won_reason          |
    |------|---------|-------|---------------------|
    |      | D-0001  | won   | We know their plant |
    ```

    Waive: write DEAL-022 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "won_reason")


@rule(
    "DEAL-005",
    Severity.ERROR,
    "Deal {deal} has nobody who receives it.",
    "Write the name of the person who takes the project over.",
    needs="going_on",
)
def receiver_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A handover without a named receiver gets lost.

    Two days later everybody thinks somebody else has it.

    ```bad
    | Deal | deal_id | stage | ops_owner |
    |------|---------|-------|-----------|
    |      | D-0001  | won   |           |
    ```

    ```good
    | Deal | deal_id | stage | ops_owner |
    |------|---------|-------|-----------|
    |      | D-0001  | won   | Tom       |
    ```

    Waive: write DEAL-005 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "ops_owner", warn_rank=3)


@rule(
    "DEAL-023",
    Severity.ERROR,
    "Deal {deal} is lost and does not say why.",
    "Pick the reason from the list.",
)
def lost_reason_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Lost deals are the cheapest lessons a firm can have, if the reason is kept.

    ```bad
    | Deal | deal_id | stage | lost_reason |
    |------|---------|-------|-------------|
    |      | D-0001  | lost  |             |
    ```

    ```good
    | Deal | deal_id | stage | lost_reason |
    |------|---------|-------|-------------|
    |      | D-0001  | lost  | price       |
    ```

    Waive: write DEAL-023 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "lost_reason")
