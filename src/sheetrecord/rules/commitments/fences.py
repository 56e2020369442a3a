"""Rules about the limits of a price: what it leaves out, asks of the client and rests on."""

from collections.abc import Iterator

from sheetrecord.model.phrase import Series
from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import gap, judged_rank, need, said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.rules.without_row import types_without_row
from sheetrecord.schema.commitments import answers
from sheetrecord.schema.lists import (
    ANSWERS,
    FENCED_MODELS,
    HANDED_OVER,
    HANDOVER_RANK,
    STAGE_RANK,
)
from sheetrecord.schema.prompts import READY_TYPES, TRADE_TYPES
from sheetrecord.schema.record import DealRows, Settings


def _unfenced(rows: DealRows, settings: Settings, type_: str) -> Iterator[Found]:
    """Yield that a price set before the work has a limit that nobody wrote down.

    Ops that has the deal is not asked any more: what it took over it knows.
    """
    deal = rows.deal
    if deal.fee_model not in FENCED_MODELS or deal.handover_state in HANDED_OVER:
        return
    if any(row.what and answers(row) == ANSWERS[type_] for row in rows.commitments):
        return
    waits = next((row for row in rows.commitments if row.type == type_ and not row.what), None)
    needed = need(rows, settings, HANDOVER_RANK, STAGE_RANK["proposal"])
    yield from gap(rows, waits or deal, "what" if waits else "", needed)


@rule(
    "COM-025",
    Severity.ERROR,
    "Deal {deal} does not say what the price leaves out.",
    'Write what they might expect that the price does not hold, or "{answers.none}".',
    needs="going_on",
)
def exclusion_unknown(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What a price leaves out is included, to whoever reads it with hope.

    ```bad
    | Deal | deal_id | client | stage | fee_model |
    |------|---------|--------|-------|-----------|
    |      | D-0001  | Acme   | won   | fixed     |
    ```

    ```good
    | Deal | deal_id | client | stage | fee_model |
    |------|---------|--------|-------|-----------|
    |      | D-0001  | Acme   | won   | fixed     |

    | Commitments | deal_id | what                          | type      |
    |-------------|---------|-------------------------------|-----------|
    |             | D-0001  | Furniture is not in the price | exclusion |
    ```

    Waive: write COM-025 into the deal's Waived cell, with who, why and until when.
    """
    return _unfenced(rows, settings, "exclusion")


@rule(
    "COM-026",
    Severity.ERROR,
    "Deal {deal} does not say what the client must give or do.",
    'Write what they must give or do, and by when, or "{answers.none}".',
    needs="going_on",
)
def client_duty_unknown(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A fixed price with an open wait on the client is a price for waiting.

    ```bad
    | Deal | deal_id | client | stage | fee_model |
    |------|---------|--------|-------|-----------|
    |      | D-0001  | Acme   | won   | fixed     |
    ```

    ```good
    | Deal | deal_id | client | stage | fee_model |
    |------|---------|--------|-------|-----------|
    |      | D-0001  | Acme   | won   | fixed     |

    | Commitments | deal_id | what                       | type        |
    |-------------|---------|----------------------------|-------------|
    |             | D-0001  | They send the plans by May | client_duty |
    ```

    Waive: write COM-026 into the deal's Waived cell, with who, why and until when.
    """
    return _unfenced(rows, settings, "client_duty")


@rule(
    "COM-027",
    Severity.ERROR,
    "Deal {deal} does not say what the price takes for granted.",
    'Write the hours, quantities or data that the price rests on, or "{answers.none}".',
    needs="going_on",
)
def assumption_unknown(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A price holds as long as what it was made of holds, which nobody sees unless it is written.

    ```bad
    | Deal | deal_id | client | stage | fee_model |
    |------|---------|--------|-------|-----------|
    |      | D-0001  | Acme   | won   | fixed     |
    ```

    ```good
    | Deal | deal_id | client | stage | fee_model |
    |------|---------|--------|-------|-----------|
    |      | D-0001  | Acme   | won   | fixed     |

    | Commitments | deal_id | what                       | type       |
    |-------------|---------|----------------------------|------------|
    |             | D-0001  | Not more than ten meetings | assumption |
    ```

    Waive: write COM-027 into the deal's Waived cell, with who, why and until when.
    """
    return _unfenced(rows, settings, "assumption")


@rule(
    "COM-028",
    Severity.WARNING,
    'Deal {deal}: nobody wrote an answer to "{type}".',
    'Write one sentence, or "{answers.none}".',
    needs="going_on",
)
def ready_commitment_waits(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A row that the template sets ready asks a question, such as what a supplier allowed.

    What keeps the gate shut has a rule of its own.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what | type          |
    |-------------|---------|------|---------------|
    |             | D-0001  |      | supplier_term |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what | type          |
    |-------------|---------|------|---------------|
    |             | D-0001  | none | supplier_term |
    ```
    """
    if judged_rank(rows, settings) < HANDOVER_RANK or rows.deal.handover_state in HANDED_OVER:
        return
    told = {row.type for row in rows.commitments if row.what}
    waits = {row.type: row for row in rows.commitments if not row.what}
    asked = dict.fromkeys((*settings.ready_types, *_MORE.intersection(waits)))
    for type_ in asked:
        if type_ not in READY_TYPES and type_ not in told:
            row = waits.get(type_)
            words = {"type": settings.label("type", type_)}
            yield said(rows, row or rows.deal, "what" if row else "", **words)


_MORE = frozenset(one for types in TRADE_TYPES.values() for one in types)


@rule(
    "COM-030",
    Severity.WARNING,
    "Deal {deal} has no row in which somebody could say: {types}.",
    "Add the rows that wait for the answers: `sheetrecord validate BOOK DEAL --fix`.",
    needs="going_on",
)
def commitment_without_row(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What was promised is written down where a row asks for it.

    The gate asks with and without the row. `--fix` adds it.

    ```bad
    | Deal | deal_id | client | stage    |
    |------|---------|--------|----------|
    |      | D-0001  | Acme   | proposal |
    ```

    ```good
    | Deal | deal_id | client | stage    |
    |------|---------|--------|----------|
    |      | D-0001  | Acme   | proposal |

    | Commitments | deal_id | what | type    |
    |-------------|---------|------|---------|
    |             | D-0001  |      | promise |
    ```
    """
    types = types_without_row(rows, settings)
    if types:
        found = said(
            rows, rows.deal, "", types=Series(", ", [settings.label("type", one) for one in types])
        )
        early = judged_rank(rows, settings) < STAGE_RANK["proposal"]
        yield found._replace(severity=Severity.NOTE) if early else found
