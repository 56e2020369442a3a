"""Rules about money that came in, or did not, or disagrees with the ledger."""

from collections.abc import Iterator

from sheetrecord.model.money import Money
from sheetrecord.model.problem import Severity
from sheetrecord.rules.fees.triggers import line_words
from sheetrecord.rules.need import said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.record import DealRows, Settings


@rule(
    "FEE-007",
    Severity.WARNING,
    'Deal {deal}: "{line}" was paid {over} too much.',
    "Ask the client what it was for: pay it back or set it against another line.",
    needs="fees",
)
def overpaid(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Money that is not ours shows up in nobody's list unless it is said.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days | net  | received |
    |------|---------|-------------|------------|-------------|------------|------|----------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 14         | 1000 | 1200     |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days | net  | received |
    |------|---------|-------------|------------|-------------|------------|------|----------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 14         | 1000 | 1000     |
    ```
    """
    for row in rows.fees:
        if row.pay_status == "overpaid":
            yield said(
                rows,
                row,
                "received",
                line=line_words(row),
                over=Money(-(row.outstanding or 0), row.currency),
            )


@rule(
    "FEE-008",
    Severity.WARNING,
    'Deal {deal}: "{line}" was paid and has no invoice.',
    "Write the invoice, or move the payment to the line it belongs to.",
    needs="fees",
)
def paid_before_invoiced(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A payment without an invoice is counted in no sum of open invoices.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days | net  | received |
    |------|---------|-------------|------------|-------------|------------|------|----------|
    |      | D-0001  | Deposit     |            |             |            | 1000 | 1000     |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days | net  | received |
    |------|---------|-------------|------------|-------------|------------|------|----------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 14         | 1000 | 1000     |
    ```
    """
    for row in rows.fees:
        if row.received and row.invoiced_on is None and not row.void:
            yield said(rows, row, "invoiced_on", line=line_words(row))


@rule(
    "FEE-011",
    Severity.WARNING,
    'Deal {deal}: of "{line}" exactly the tax of {tax} is open.',
    "Ask whether the client paid the amount without tax, or withholds it.",
    needs="fees",
)
def tax_left_open(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A client who pays the net amount has misread the invoice, or pays the tax elsewhere.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | net  | tax_rate | received |
    |------|---------|-------------|------------|-------------|------|----------|----------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 1000 | 0.19     | 1000     |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | net  | tax_rate | received |
    |------|---------|-------------|------------|-------------|------|----------|----------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 1000 | 0.19     | 1190     |
    ```
    """
    for row in rows.fees:
        if row.gross is None or row.net is None or not row.received:
            continue
        tax = row.gross - row.net
        if tax and row.outstanding == tax:
            yield said(rows, row, "received", line=line_words(row), tax=Money(tax, row.currency))


@rule(
    "FEE-021",
    Severity.WARNING,
    'Deal {deal}: "{line}" was cancelled and {amount} came in for it.',
    "Move the payment to the line that replaced it, or pay it back.",
    needs="fees",
)
def void_and_paid(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A cancelled line is left out of every list of open invoices.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | net  | void | received |
    |------|---------|-------------|------|------|----------|
    |      | D-0001  | Deposit     | 1000 | yes  | 1000     |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | net  | void | received |
    |------|---------|-------------|------|------|----------|
    |      | D-0001  | Deposit     | 1000 |      | 1000     |
    ```
    """
    for row in rows.fees:
        if row.void and row.received:
            yield said(
                rows,
                row,
                "received",
                line=line_words(row),
                amount=Money(row.received or 0, row.currency),
            )


@rule(
    "FEE-040",
    Severity.WARNING,
    'Deal {deal}: the ledger does not agree on "{line}": {what}.',
    "Compare the two invoices; correct whichever is wrong.",
    needs="fees",
)
def ledger_disagrees(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What the ledger holds is what the tax office sees.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | ledger_check   |
    |------|---------|-------------|------------|----------------|
    |      | D-0001  | Deposit     | R-17       | amount_differs |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | ledger_check |
    |------|---------|-------------|------------|--------------|
    |      | D-0001  | Deposit     | R-17       | agrees       |
    ```
    """
    for row in rows.fees:
        if row.ledger_check in {"amount_differs", "not_in_ledger"}:
            yield said(
                rows,
                row,
                "ledger_check",
                line=line_words(row),
                what=settings.label("ledger_check", row.ledger_check),
            )
