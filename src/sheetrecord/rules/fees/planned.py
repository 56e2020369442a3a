"""Rules about planned fee lines: their sum, their sign, their currency."""

from collections.abc import Iterator

from sheetrecord.model.money import Money
from sheetrecord.model.problem import Severity
from sheetrecord.rules.fees.triggers import line_words
from sheetrecord.rules.need import gap, need, said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.lists import HANDOVER_RANK
from sheetrecord.schema.record import DealRows, Settings


@rule(
    "FEE-001",
    Severity.ERROR,
    "Deal {deal}: the fee lines add up to {total}, not to {value}: {gap} apart.",
    "Correct the line or the agreed amount; void what was dropped.",
    needs="fees",
)
def fees_do_not_add_up(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """One agreed amount, and lines that add up to it, is what every later check stands on.

    A cent counts: 3 x 33.33 leaves one over, which belongs into the last line. Time and
    materials are an estimate and are not compared.

    ```bad
    | Deal | deal_id | client | stage | value_net | currency |
    |------|---------|--------|-------|----------------------|
    |      | D-0001  | Acme   | won   | 12000     | EUR      |

    | Fees | deal_id | description | origin   | currency | net  |
    |------|---------|-------------|----------|----------|------|
    |      | D-0001  | Deposit     | contract | EUR      | 3600 |
    ```

    ```good
    | Deal | deal_id | client | stage | value_net | currency |
    |------|---------|--------|-------|----------------------|
    |      | D-0001  | Acme   | won   | 12000     | EUR      |

    | Fees | deal_id | description | origin   | currency | net  |
    |------|---------|-------------|----------|----------|------|
    |      | D-0001  | Deposit     | contract | EUR      | 3600 |
    |      | D-0001  | Rest        | contract | EUR      | 8400 |
    ```
    """
    deal = rows.deal
    contract = [row for row in rows.fees if row.origin == "contract"]
    if not contract or not deal.fee_gap or deal.fee_model == "time_materials":
        return
    value = deal.value_net or 0
    words = {
        "total": Money(value - deal.fee_gap, deal.currency),
        "value": Money(value, deal.currency),
        "gap": Money(abs(deal.fee_gap), deal.currency),
    }
    yield from gap(rows, deal, "value_net", need(rows, settings, HANDOVER_RANK), **words)


@rule(
    "FEE-009",
    Severity.WARNING,
    "Deal {deal}: the agreed amount {value} is what the fee lines come to with tax.",
    "Enter the agreed amount before tax.",
    needs="fees",
)
def net_or_gross(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Comparing an amount with tax to one without is off by a fifth and looks plausible.

    ```bad
    | Deal | deal_id | client | stage | value_net | currency |
    |------|---------|--------|-------|----------------------|
    |      | D-0001  | Acme   | won   | 12000     | EUR      |

    | Fees | deal_id | description | origin   | currency | net   | tax_rate |
    |------|---------|-------------|----------|----------|-------|----------|
    |      | D-0001  | Rollout     | contract | EUR      | 10000 | 0.2      |
    ```

    ```good
    | Deal | deal_id | client | stage | value_net | currency |
    |------|---------|--------|-------|----------------------|
    |      | D-0001  | Acme   | won   | 12000     | EUR      |

    | Fees | deal_id | description | origin   | currency | net   | tax_rate |
    |------|---------|-------------|----------|----------|-------|----------|
    |      | D-0001  | Rollout     | contract | EUR      | 12000 | 0.2      |
    ```
    """
    lines = [row for row in rows.fees if row.origin == "contract" and not row.void]
    gross = sum(row.gross or 0 for row in lines)
    deal = rows.deal
    if lines and deal.fee_gap and gross == deal.value_net:
        yield said(rows, deal, "value_net", value=Money(gross, deal.currency))


@rule(
    "FEE-016",
    Severity.WARNING,
    'Deal {deal}: "{line}" is a {kind} and adds to the sum.',
    "Enter it with a minus sign.",
    needs="fees",
)
def credit_that_adds(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A discount that adds makes the sum wrong by twice its amount.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description   | fee_type | net |
    |------|---------|---------------|----------|-----|
    |      | D-0001  | Repeat client | discount | 500 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description   | fee_type | net  |
    |------|---------|---------------|----------|------|
    |      | D-0001  | Repeat client | discount | -500 |
    ```
    """
    for row in rows.fees:
        if row.fee_type in {"discount", "credit"} and (row.net or 0) > 0:
            yield said(
                rows,
                row,
                "net",
                line=line_words(row),
                kind=settings.label("fee_type", row.fee_type),
            )


@rule(
    "FEE-018",
    Severity.WARNING,
    "Deal {deal}: time and materials come to {total}, above the agreed {value}.",
    "Stop and ask the client for more, or write the rest off knowingly.",
)
def cap_exceeded(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A cap is found out about when the client refuses the invoice.

    ```bad
    | Deal | deal_id | client | stage | value_net | currency | fee_model      |
    |------|---------|--------|-------|---------------------------------------|
    |      | D-0001  | Acme   | won   | 12000     | EUR      | time_materials |

    | Fees | deal_id | description | origin   | currency | net   |
    |------|---------|-------------|----------|----------|-------|
    |      | D-0001  | February    | contract | EUR      | 13000 |
    ```

    ```good
    | Deal | deal_id | client | stage | value_net | currency | fee_model      |
    |------|---------|--------|-------|---------------------------------------|
    |      | D-0001  | Acme   | won   | 12000     | EUR      | time_materials |

    | Fees | deal_id | description | origin   | currency | net   |
    |------|---------|-------------|----------|----------|-------|
    |      | D-0001  | February    | contract | EUR      | 11000 |
    ```
    """
    deal = rows.deal
    if deal.fee_model == "time_materials" and deal.value_net and (deal.fee_gap or 0) < 0:
        total = Money(deal.value_net - (deal.fee_gap or 0), deal.currency)
        value = Money(deal.value_net, deal.currency)
        yield said(rows, deal, "value_net", total=total, value=value)


@rule(
    "FEE-030",
    Severity.WARNING,
    'Deal {deal}: "{line}" is in {currency}, the deal in {other}.',
    "Correct the currency, or make it a deal of its own: it is left out of the deal's sums.",
    needs="fees",
)
def currency_mixed(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Amounts in two currencies cannot be added, so the second one drops out of every sum.

    ```bad
    | Deal | deal_id | client | stage | value_net | currency |
    |------|---------|--------|-------|----------------------|
    |      | D-0001  | Acme   | won   | 12000     | EUR      |

    | Fees | deal_id | description | currency | net  |
    |------|---------|-------------|----------|------|
    |      | D-0001  | Licence     | USD      | 1000 |
    ```

    ```good
    | Deal | deal_id | client | stage | value_net | currency |
    |------|---------|--------|-------|----------------------|
    |      | D-0001  | Acme   | won   | 12000     | EUR      |

    | Fees | deal_id | description | currency | net  |
    |------|---------|-------------|----------|------|
    |      | D-0001  | Licence     | EUR      | 1000 |
    ```
    """
    for row in rows.fees:
        if rows.currency and row.currency and row.currency != rows.currency and not row.void:
            words = {"line": line_words(row), "currency": row.currency, "other": rows.currency}
            yield said(rows, row, "currency", **words)
