"""Deal fields that selling needs: one rule for each, so that each can be waived alone."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import field_gap
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.record import DealRows, Settings


@rule(
    "DEAL-001",
    Severity.ERROR,
    "Deal {deal} has no stage that the list knows.",
    "Pick the stage from the list.",
)
def stage_unknown(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Everything the gate asks for depends on the stage.

    A stage the list does not know stops the whole check of the deal.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   |       |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |
    ```
    """
    return field_gap(rows, settings, "stage")


@rule(
    "DEAL-010",
    Severity.ERROR,
    "Deal {deal} has no client.",
    "Write the client's name as it stands on the contract.",
)
def client_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Views, invoices and searches go by the client's name.

    Without it nobody can tell whose deal this is.

    ```bad
    | Deal | deal_id | client | stage   |
    |------|---------|--------|---------|
    |      | D-0001  |        | talking |
    ```

    ```good
    | Deal | deal_id | client | stage   |
    |------|---------|--------|---------|
    |      | D-0001  | Acme   | talking |
    ```
    """
    return field_gap(rows, settings, "client")


@rule(
    "DEAL-011",
    Severity.ERROR,
    "Deal {deal} has no name.",
    "Give it a short name that people would say aloud.",
)
def deal_name_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """People speak of deals by name, not by number.

    A client with two deals needs two names.

    ```bad
    | Deal | deal_id | stage   | deal_name |
    |------|---------|---------|-----------|
    |      | D-0001  | talking |           |
    ```

    ```good
    | Deal | deal_id | stage   | deal_name |
    |------|---------|---------|-----------|
    |      | D-0001  | talking | Rollout   |
    ```

    Waive: write DEAL-011 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "deal_name")


@rule(
    "DEAL-012",
    Severity.ERROR,
    "Deal {deal} has no owner.",
    "Write who sells it.",
)
def deal_owner_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Somebody must be asked when a promise is unclear months later.

    That is the person who sold it.

    ```bad
    | Deal | deal_id | stage   | deal_owner |
    |------|---------|---------|------------|
    |      | D-0001  | talking |            |
    ```

    ```good
    | Deal | deal_id | stage   | deal_owner |
    |------|---------|---------|------------|
    |      | D-0001  | talking | Ines       |
    ```

    Waive: write DEAL-012 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "deal_owner")


@rule(
    "DEAL-013",
    Severity.ERROR,
    "Deal {deal} has no agreed amount.",
    "Write the one agreed amount before tax; the fee lines must add up to it.",
)
def value_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """One amount, before tax, is what the contract, the fee lines and the bank are compared with.

    Without it nothing can be reconciled.

    ```bad
    | Deal | deal_id | stage    | value_net |
    |------|---------|----------|-----------|
    |      | D-0001  | proposal |           |
    ```

    ```good
    | Deal | deal_id | stage    | value_net |
    |------|---------|----------|-----------|
    |      | D-0001  | proposal | 12000     |
    ```

    Waive: write DEAL-013 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "value_net")


@rule(
    "DEAL-014",
    Severity.ERROR,
    "Deal {deal} has no currency.",
    "Write the three letters of the currency, such as EUR, here or for all deals in the sheet "
    "{Settings}.",
)
def currency_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """An amount without a currency is only a number.

    Fee lines take their currency from the deal, and a deal that names none that of Settings.

    ```bad
    | Deal | deal_id | stage    | currency |
    |------|---------|----------|----------|
    |      | D-0001  | proposal |          |
    ```

    ```good
    | Deal | deal_id | stage    | currency |
    |------|---------|----------|----------|
    |      | D-0001  | proposal | EUR      |
    ```

    Waive: write DEAL-014 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "currency")


@rule(
    "DEAL-015",
    Severity.ERROR,
    "Deal {deal} does not say how the client pays.",
    "Pick {lists.fee_model}.",
)
def fee_model_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """How the client pays decides which fee lines the deal needs.

    It also decides whether their sum must agree with the contract.

    ```bad
    | Deal | deal_id | stage    | fee_model |
    |------|---------|----------|-----------|
    |      | D-0001  | proposal |           |
    ```

    ```good
    | Deal | deal_id | stage    | fee_model |
    |------|---------|----------|-----------|
    |      | D-0001  | proposal | fixed     |
    ```

    Waive: write DEAL-015 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "fee_model")


@rule(
    "DEAL-016",
    Severity.ERROR,
    "Deal {deal} has no expected signing date.",
    "Write the day you expect the signature; a guess is fine.",
    needs="going_on",
)
def expected_close_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Ops plans people by it.

    A rough date that moves is worth more than none.

    ```bad
    | Deal | deal_id | stage    | expected_close |
    |------|---------|----------|----------------|
    |      | D-0001  | proposal |                |
    ```

    ```good
    | Deal | deal_id | stage    | expected_close |
    |------|---------|----------|----------------|
    |      | D-0001  | proposal | 2026-03-20     |
    ```

    Waive: write DEAL-016 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "expected_close")


@rule(
    "DEAL-017",
    Severity.ERROR,
    "Deal {deal} has no next step.",
    "Write what happens next and who does it.",
    needs="going_on",
)
def next_step_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A deal without a next step is the one that is forgotten.

    ```bad
    | Deal | deal_id | stage    | next_step |
    |------|---------|----------|-----------|
    |      | D-0001  | proposal |           |
    ```

    ```good
    | Deal | deal_id | stage    | next_step            |
    |------|---------|----------|----------------------|
    |      | D-0001  | proposal | Ines sends the offer |
    ```

    Waive: write DEAL-017 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "next_step")


@rule(
    "DEAL-018",
    Severity.ERROR,
    "Deal {deal} does not say when its next step is due.",
    "Write a day for the next step.",
    needs="going_on",
)
def next_step_date_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A step without a day is a wish.

    The day is what a reminder can look at.

    ```bad
    | Deal | deal_id | stage    | next_step_on |
    |------|---------|----------|--------------|
    |      | D-0001  | proposal |              |
    ```

    ```good
    | Deal | deal_id | stage    | next_step_on |
    |------|---------|----------|--------------|
    |      | D-0001  | proposal | 2026-03-06   |
    ```

    Waive: write DEAL-018 into the deal's Waived cell, with who, why and until when.
    """
    return field_gap(rows, settings, "next_step_on")
