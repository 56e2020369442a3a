"""Rules about invoices: number, date, terms and printed tax."""

from collections.abc import Iterator

from sheetrecord.model.money import Money
from sheetrecord.model.phrase import Phrase, Series
from sheetrecord.model.problem import Severity
from sheetrecord.rules.fees.triggers import line_words
from sheetrecord.rules.need import said
from sheetrecord.rules.rule import Found, book_rule, rule
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.record import DealRows, Record, Settings

ROUNDING = 2
"""Minor units by which printed tax may differ from the rate: rounding line by line."""


@rule(
    "FEE-003",
    Severity.ERROR,
    'Deal {deal}: the invoice of "{line}" lacks {lacks}.',
    "Fill in number, date and days to pay together.",
    needs="fees",
)
def invoice_incomplete(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Without all three nobody can tell when the money is due.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days |
    |------|---------|-------------|------------|-------------|------------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  |            |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days |
    |------|---------|-------------|------------|-------------|------------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 14         |
    ```
    """
    for row in rows.fees:
        parts = {
            "invoice_no": (Phrase("the number"), bool(row.invoice_no)),
            "invoiced_on": (Phrase("the date"), row.invoiced_on is not None),
            "terms_days": (Phrase("the days to pay"), row.terms_days is not None),
        }
        begun = bool(row.invoice_no) or row.invoiced_on is not None
        lacks = {key: word for key, (word, there) in parts.items() if not there}
        if begun and lacks and not row.void:
            words = {"line": line_words(row), "lacks": Series(" and ", [*lacks.values()])}
            yield said(rows, row, next(iter(lacks)), **words)


@rule(
    "FEE-005",
    Severity.WARNING,
    'Deal {deal}: the printed tax of "{line}" is {tax}; the rate gives {expected}.',
    "Look at the invoice: the printed tax counts, so correct the rate or the figure.",
    needs="fees",
)
def printed_tax_off(rows: DealRows, _: Settings) -> Iterator[Found]:
    """The printed tax is never recomputed, so a typing mistake in it stays for ever.

    A difference of two cents is rounding and is not said.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | currency | net  | tax_rate | tax |
    |------|---------|-------------|----------|------|----------|-----|
    |      | D-0001  | Deposit     | EUR      | 1000 | 0.19     | 290 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | currency | net  | tax_rate | tax    |
    |------|---------|-------------|----------|------|----------|--------|
    |      | D-0001  | Deposit     | EUR      | 1000 | 0.19     | 190.01 |
    ```
    """
    for row in rows.fees:
        if row.tax is None or row.tax_rate is None or row.net is None:
            continue
        expected = round(row.net * row.tax_rate)
        if abs(row.tax - expected) > ROUNDING:
            tax, meant = Money(row.tax, row.currency), Money(expected, row.currency)
            yield said(rows, row, "tax", line=line_words(row), tax=tax, expected=meant)


@book_rule(
    "FEE-006",
    Severity.ERROR,
    "Invoice {number} stands for {client} and for {other}.",
    "Correct the number; for a reissued invoice void the old line.",
)
def invoice_number_twice(record: Record) -> Iterator[Found]:
    """An invoice number belongs to one client and one date.

    Two lines of one invoice may share it, and a line that was cancelled keeps its number. A
    payment that quotes a number twice used cannot be matched.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days |
    |------|---------|-------------|------------|-------------|------------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 14         |
    |      | D-0001  | Pilot       | R-17       | 2026-02-18  | 14         |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days |
    |------|---------|-------------|------------|-------------|------------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 14         |
    |      | D-0001  | Pilot       | R-17       | 2026-02-16  | 14         |
    ```
    """
    known: dict[str, tuple[str, object]] = {}
    for row in record.fees:
        number = row.invoice_no.casefold()
        if not number or row.void:
            continue
        first = known.setdefault(number, (row.deal_id, row.invoiced_on))
        if first != (row.deal_id, row.invoiced_on):
            words = {"number": row.invoice_no, "client": _of(first), "other": _of(_bill(row))}
            yield Found(row, "invoice_no", words)


@rule(
    "FEE-017",
    Severity.WARNING,
    'Deal {deal}: the credit "{line}" does not say which line it is for.',
    "Name the line it is set against.",
    needs="fees",
)
def credit_for_nothing(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A credit note without its invoice leaves both open for ever.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | fee_id | description   | fee_type | net  | applies_to |
    |------|---------|--------|---------------|----------|------|------------|
    |      | D-0001  | F-0002 | Cancelled day | credit   | -500 |            |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | fee_id | description   | fee_type | net  | applies_to |
    |------|---------|--------|---------------|----------|------|------------|
    |      | D-0001  | F-0002 | Cancelled day | credit   | -500 | F-0001     |
    ```
    """
    for row in rows.fees:
        if row.fee_type == "credit" and row.applies_to in {"", row.fee_id} and not row.void:
            yield said(rows, row, "applies_to", line=line_words(row))


@rule(
    "FEE-023",
    Severity.WARNING,
    'Deal {deal}: "{line}" was invoiced on {day}, which has not come yet.',
    "Correct the date.",
    needs="fees",
)
def invoiced_in_the_future(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Its due date, and every day overdue, is counted from the invoice's date.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days |
    |------|---------|-------------|------------|-------------|------------|
    |      | D-0001  | Deposit     | R-17       | 2027-02-16  | 14         |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Fees | deal_id | description | invoice_no | invoiced_on | terms_days |
    |------|---------|-------------|------------|-------------|------------|
    |      | D-0001  | Deposit     | R-17       | 2026-02-16  | 14         |
    ```
    """
    for row in rows.fees:
        day = row.invoiced_on
        if day is not None and day > settings.asof and not row.void:
            yield said(rows, row, "invoiced_on", line=line_words(row), day=day)


def _bill(row: Fees) -> tuple[str, object]:
    return row.deal_id, row.invoiced_on


def _of(bill: tuple[str, object]) -> str:
    deal, day = bill
    if day:
        return Phrase("{deal} on {day}", deal=deal, day=day)
    return Phrase("{deal} without a date", deal=deal)
