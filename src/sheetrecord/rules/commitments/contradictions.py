"""Rules about commitments that contradict the contract or the calendar."""

from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Severity
from sheetrecord.rules.commitments.capture import short
from sheetrecord.rules.need import said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.commitments import SETTLED
from sheetrecord.schema.lists import SIDE_PROMISES
from sheetrecord.schema.record import DealRows, Settings


@rule(
    "COM-004",
    Severity.WARNING,
    'Deal {deal}: "{what}" is in the contract, but nobody wrote where.',
    "Write the clause or page.",
    needs="spoken",
)
def in_contract_without_clause(rows: DealRows, _: Settings) -> Iterator[Found]:
    """The clause is what ends the discussion in month four.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | in_contract | clause |
    |-------------|---------|-----------------------|-------------|--------|
    |             | D-0001  | Train the night shift | yes         |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | in_contract | clause |
    |-------------|---------|-----------------------|-------------|--------|
    |             | D-0001  | Train the night shift | yes         | 4.2    |
    ```
    """
    for row in rows.spoken:
        if row.in_contract == "yes" and not row.clause:
            yield said(rows, row, "clause", what=short(row.what))


@rule(
    "COM-005",
    Severity.WARNING,
    'Deal {deal}: "{what}" is promised for {day}, {side} the contract.',
    "Check the date, or tell ops that the work goes on after the contract.",
    needs="spoken",
)
def promised_outside_the_contract_dates(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A promised day outside the contract is either a typing mistake or unpaid work.

    ```bad
    | Deal | deal_id | client | stage | contract_end |
    |------|---------|--------|-------|--------------|
    |      | D-0001  | Acme   | won   | 2026-06-30   |

    | Commitments | deal_id | what                  | type         | due_on     |
    |-------------|---------|-----------------------|--------------|------------|
    |             | D-0001  | Train the night shift | date_promise | 2026-08-31 |
    ```

    ```good
    | Deal | deal_id | client | stage | contract_end |
    |------|---------|--------|-------|--------------|
    |      | D-0001  | Acme   | won   | 2026-06-30   |

    | Commitments | deal_id | what                  | type         | due_on     |
    |-------------|---------|-----------------------|--------------|------------|
    |             | D-0001  | Train the night shift | date_promise | 2026-06-15 |
    ```
    """
    start, end = rows.deal.contract_start, rows.deal.contract_end
    for row in rows.spoken:
        day = row.due_on
        if row.type != "date_promise" or day is None:
            continue
        late = end is not None and day > end
        if late or (start is not None and day < start):
            side = Phrase("after the end of" if late else "before the start of")
            yield said(rows, row, "due_on", what=short(row.what), day=day, side=side)


@rule(
    "COM-007",
    Severity.WARNING,
    'Deal {deal}: "{what}" promises a date and has none.',
    "Write the day that was promised.",
    needs="spoken",
)
def date_promise_without_date(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Soon, said in a call, is a day in the client's calendar.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type         | due_on |
    |-------------|---------|-----------------------|--------------|--------|
    |             | D-0001  | Train the night shift | date_promise |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type         | due_on     |
    |-------------|---------|-----------------------|--------------|------------|
    |             | D-0001  | Train the night shift | date_promise | 2026-06-15 |
    ```
    """
    for row in rows.spoken:
        if row.type == "date_promise" and row.due_on is None and row.disposition not in SETTLED:
            yield said(rows, row, "due_on", what=short(row.what))


@rule(
    "COM-008",
    Severity.WARNING,
    'Deal {deal}: "{what}" was decided to be in the contract, and is not in it.',
    "Read the contract, and correct the one that is wrong.",
    needs="spoken",
)
def decided_into_a_contract_without_it(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Two cells of one row say opposite things about the contract.

    Whoever reads only one of them plans wrongly.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | disposition | in_contract |
    |-------------|---------|-----------------------|-------------|-------------|
    |             | D-0001  | Train the night shift | in_contract | no          |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | disposition | in_contract |
    |-------------|---------|-----------------------|-------------|-------------|
    |             | D-0001  | Train the night shift | in_contract | yes         |
    ```
    """
    for row in rows.spoken:
        if row.disposition == "in_contract" and row.in_contract == "no":
            yield said(rows, row, "in_contract", what=short(row.what))


@rule(
    "COM-014",
    Severity.WARNING,
    'Deal {deal}: the client counts on "{what}", which the contract excludes.',
    "Tell the client now, or decide to do it and who pays.",
    needs="spoken",
)
def believed_and_excluded(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Promised aloud and excluded in writing is the dearest gap there is.

    Either the same words stand in a promise and in an exclusion, or an exclusion is believed in.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type      | client_believes |
    |-------------|---------|-----------------------|-----------|-----------------|
    |             | D-0001  | Train the night shift | promise   | yes             |
    |             | D-0001  | Train the night shift | exclusion |                 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type      | client_believes |
    |-------------|---------|-----------------------|-----------|-----------------|
    |             | D-0001  | Train the night shift | promise   | no              |
    |             | D-0001  | Train the night shift | exclusion |                 |
    ```
    """
    excluded = {_folded(row.what) for row in rows.commitments if row.type == "exclusion"}
    for row in rows.spoken:
        counted_on = row.client_believes == "yes" and row.disposition not in SETTLED
        if counted_on and _folded(row.what) in excluded:
            yield said(rows, row, "client_believes", what=short(row.what))


@rule(
    "COM-015",
    Severity.WARNING,
    'Deal {deal}: "{what}" was promised on {day}, after the signature.',
    "Make it a change request, or decide to do it for free.",
    needs="spoken",
)
def promised_after_the_signature(rows: DealRows, _: Settings) -> Iterator[Found]:
    """What is promised after the signature is not paid for by it.

    ```bad
    | Deal | deal_id | client | stage | signed_on |
    |------|---------|--------|-------|-----------|
    |      | D-0001  | Acme   | won   | 2026-02-20 |

    | Commitments | deal_id | what                  | type    | said_on    |
    |-------------|---------|-----------------------|---------|------------|
    |             | D-0001  | Train the night shift | promise | 2026-02-25 |
    ```

    ```good
    | Deal | deal_id | client | stage | signed_on |
    |------|---------|--------|-------|-----------|
    |      | D-0001  | Acme   | won   | 2026-02-20 |

    | Commitments | deal_id | what                  | type           | said_on    |
    |-------------|---------|-----------------------|----------------|------------|
    |             | D-0001  | Train the night shift | change_request | 2026-02-25 |
    ```
    """
    signed = rows.deal.signed_on
    for row in rows.spoken:
        day = row.said_on
        late = signed is not None and day is not None and day > signed
        if (
            late
            and row.type in SIDE_PROMISES
            and row.disposition in {"", "undecided", "in_contract"}
        ):
            yield said(rows, row, "said_on", what=short(row.what), day=day)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .!")
