"""Rules about what was decided about a commitment, and what that decision needs."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.commitments.capture import short
from sheetrecord.rules.need import said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.commitments import SETTLED
from sheetrecord.schema.record import DealRows, Settings

_NOT_OURS = frozenset({"commercial_concession", "exclusion", "client_duty"})
"""Types of commitment that cost us no work."""

PATIENCE_DAYS = 7
"""Days within which the client should hear that something was declined."""


@rule(
    "COM-003",
    Severity.WARNING,
    'Deal {deal}: "{what}" was declined, and the client was not told.',
    "Tell the client, and write down the day.",
    needs="spoken",
    reminds=True,
)
def declined_in_silence(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A no that nobody says aloud is a yes to the client.

    Counted a week after the decision.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | disposition | decided_on | told_client_on |
    |-------------|---------|-----------------------|-------------|------------|----------------|
    |             | D-0001  | Train the night shift | declined    | 2026-02-02 |                |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | disposition | decided_on | told_client_on |
    |-------------|---------|-----------------------|-------------|------------|----------------|
    |             | D-0001  | Train the night shift | declined    | 2026-02-02 | 2026-02-05     |
    ```
    """
    for row in rows.spoken:
        if row.disposition != "declined" or row.told_client_on is not None:
            continue
        decided = row.decided_on
        if decided is None or (settings.asof - decided).days > PATIENCE_DAYS:
            yield said(rows, row, "told_client_on", what=short(row.what))


@rule(
    "COM-006",
    Severity.WARNING,
    'Deal {deal}: "{what}" became a change order that is nowhere to be found.',
    "Name the fee line or the project row that holds the change.",
    needs="spoken",
)
def change_without_reference(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A change order without a line is work that nobody invoices.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | disposition  | project_ref |
    |-------------|---------|-----------------------|--------------|-------------|
    |             | D-0001  | Train the night shift | change_order |             |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | disposition  | project_ref |
    |-------------|---------|-----------------------|--------------|-------------|
    |             | D-0001  | Train the night shift | change_order | P-0001      |
    ```
    """
    for row in rows.spoken:
        if row.disposition == "change_order" and not (row.fee_ref or row.project_ref):
            yield said(rows, row, "project_ref", what=short(row.what))


@rule(
    "COM-016",
    Severity.WARNING,
    'Deal {deal}: "{what}" stands in two rows.',
    "Keep one row, and name both sources in it.",
    needs="spoken",
)
def promised_twice(rows: DealRows, _: Settings) -> Iterator[Found]:
    """The same promise from a call and from an e-mail is one promise.

    Two rows are decided twice, and priced twice.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                   | type    | form       |
    |-------------|---------|------------------------|---------|------------|
    |             | D-0001  | Train the night shift  | promise | verbal     |
    |             | D-0001  | Train the night shift. | promise | email_chat |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type    | form   |
    |-------------|---------|-----------------------|---------|--------|
    |             | D-0001  | Train the night shift | promise | verbal |
    |             | D-0001  | Train the day shift   | promise | verbal |
    ```
    """
    seen: set[tuple[str, str]] = set()
    for row in rows.spoken:
        same = (_folded(row.what), row.type)
        if same in seen and row.disposition not in SETTLED:
            yield said(rows, row, "what", what=short(row.what))
        seen.add(same)


@rule(
    "COM-017",
    Severity.WARNING,
    'Deal {deal}: the client counts on "{what}", and nobody estimated it.',
    "Write the hours it would take or what it is worth; a rough number is enough.",
    needs="spoken",
)
def unpriced(rows: DealRows, _: Settings) -> Iterator[Found]:
    """What is not in the contract and will be done is paid for by us.

    The hours make the sum visible before somebody says yes again.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | client_believes | in_contract | effort_hours |
    |-------------|---------|-----------------------|-----------------|-------------|--------------|
    |             | D-0001  | Train the night shift | yes             | no          |              |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | client_believes | in_contract | effort_hours |
    |-------------|---------|-----------------------|-----------------|-------------|--------------|
    |             | D-0001  | Train the night shift | yes             | no          | 6            |
    ```
    """
    for row in rows.spoken:
        outside = row.client_believes == "yes" and row.in_contract in {"no", "partly"}
        priced = row.effort_hours is not None or row.amount_net is not None
        if row.type in _NOT_OURS or priced:
            continue
        if outside and row.disposition not in {*SETTLED, "declined"}:
            yield said(rows, row, "effort_hours", what=short(row.what))


@rule(
    "COM-018",
    Severity.WARNING,
    'Deal {deal}: "{what}" is done for free, and nobody decided it.',
    "Write who decided, and the hours it may take.",
    needs="spoken",
)
def free_work_without_a_name(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A free extra of an hour grows to thirty when nobody stands for it.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | disposition | decided_by |
    |-------------|---------|-----------------------|-------------|------------|
    |             | D-0001  | Train the night shift | honour_free |            |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | disposition | decided_by |
    |-------------|---------|-----------------------|-------------|------------|
    |             | D-0001  | Train the night shift | honour_free | Tom        |
    ```
    """
    for row in rows.spoken:
        if row.disposition == "honour_free" and not row.decided_by:
            yield said(rows, row, "decided_by", what=short(row.what))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .!")
