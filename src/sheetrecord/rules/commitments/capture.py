"""Rules about what the handover needs to know of everything that was said."""

from collections import Counter
from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import gap, need, said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.commitments import answers, belief_open, decision_open, says_none
from sheetrecord.schema.lists import HANDOVER_RANK, PROMISED
from sheetrecord.schema.record import DealRows, Settings


def short(text: str) -> str:
    """Cut a commitment's words for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 50 else line[:47] + "..."


@rule(
    "COM-001",
    Severity.ERROR,
    'Deal {deal}: nobody asked whether the client thinks "{what}" is included.',
    'Ask the client, and pick "{lists.client_believes.yes}", "{lists.client_believes.no}" or '
    '"{lists.client_believes.unsure}".',
    needs="spoken",
)
def belief_not_asked(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What was discussed and never written down is what the client thinks is included.

    It costs one question before the signature, and weeks of goodwill or margin after it.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                   | type    | client_believes |
    |-------------|---------|------------------------|---------|-----------------|
    |             | D-0001  | Train the night shift  | promise |                 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                   | type    | client_believes |
    |-------------|---------|------------------------|---------|-----------------|
    |             | D-0001  | Train the night shift  | promise | yes             |
    ```

    Waive: write COM-001 into the deal's Waived cell, with who, why and until when.
    """
    needed = need(rows, settings, HANDOVER_RANK)
    for row in rows.spoken:
        if belief_open(row):
            yield from gap(rows, row, "client_believes", needed, what=short(row.what))


@rule(
    "COM-002",
    Severity.ERROR,
    'Deal {deal}: nobody decided what happens with "{what}".',
    "Decide, or hand it over as an open question with an owner and a date.",
    needs="spoken",
)
def undecided(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """An undecided promise is decided by whoever delivers it, at the worst moment.

    It may stay open over the handover when somebody owns it and a day is set.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type    | disposition | owner | due_on |
    |-------------|---------|-----------------------|---------|-------------|-------|--------|
    |             | D-0001  | Train the night shift | promise | undecided   | Tom   |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type    | disposition | owner | due_on     |
    |-------------|---------|-----------------------|---------|-------------|-------|------------|
    |             | D-0001  | Train the night shift | promise | undecided   | Tom   | 2026-03-20 |
    ```

    Waive: write COM-002 into the deal's Waived cell, with who, why and until when.
    """
    needed = need(rows, settings, HANDOVER_RANK)
    for row in rows.spoken:
        if decision_open(row):
            yield from gap(rows, row, "disposition", needed, what=short(row.what))


@rule(
    "COM-010",
    Severity.ERROR,
    "Deal {deal} does not say what was promised, and nobody said that nothing was.",
    "Ask in the closing call what anybody said yes to; if nothing was promised, write "
    '"{answers.none}".',
    needs="going_on",
)
def nothing_written_down(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """No row means that nobody asked, not that nothing was promised.

    What the price leaves out, asks for or rests on is no answer to it.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what | said_by | said_on    |
    |-------------|---------|------|---------|------------|
    |             | D-0001  | none | Ute     | 2026-02-19 |
    ```

    Waive: write COM-010 into the deal's Waived cell, with who, why and until when.
    """
    if any(row.what and answers(row) == PROMISED for row in rows.commitments):
        return
    waits = next((row for row in rows.commitments if row.type == "promise" and not row.what), None)
    needed = need(rows, settings, HANDOVER_RANK)
    yield from gap(rows, waits or rows.deal, "what" if waits else "", needed)


@rule(
    "COM-011",
    Severity.ERROR,
    'Deal {deal}: "{answers.none}" was promised, without {lacks}.',
    "Write who said that nothing was promised, and when.",
    needs="commitments",
)
def none_without_witness_of_promises(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """I asked, and there is nothing, is worth having only with a name and a day.

    A row with a type answers the question of that type, and needs neither.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what | said_by | said_on    |
    |-------------|---------|------|---------|------------|
    |             | D-0001  | none |         | 2026-02-19 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what | said_by | said_on    |
    |-------------|---------|------|---------|------------|
    |             | D-0001  | none | Ute     | 2026-02-19 |
    ```

    Waive: write COM-011 into the deal's Waived cell, with who, why and until when.
    """
    needed = need(rows, settings, HANDOVER_RANK)
    for row in rows.commitments:
        if row.type or not says_none(row.what, settings.tokens):
            continue
        if not (row.said_by and row.said_on is not None):
            lacks = Phrase("the day" if row.said_by else "who said so")
            key = "said_on" if row.said_by else "said_by"
            yield from gap(rows, row, key, needed, lacks=lacks)


@rule(
    "COM-012",
    Severity.WARNING,
    'Deal {deal} has a row "{answers.none}" beside {count} others that answer the same question.',
    'Delete the row "{answers.none}": there is something after all.',
    needs="commitments",
)
def none_beside_others(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Nothing was promised and this was promised cannot both be true.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | said_by | said_on    |
    |-------------|---------|-----------------------|---------|------------|
    |             | D-0001  | none                  | Ute     | 2026-02-02 |
    |             | D-0001  | Train the night shift | Ines    | 2026-02-19 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | said_by | said_on    |
    |-------------|---------|-----------------------|---------|------------|
    |             | D-0001  | Train the night shift | Ines    | 2026-02-19 |
    ```
    """
    counts = Counter(answers(row) for row in rows.spoken)
    for row in rows.commitments:
        if counts[answers(row)] and says_none(row.what, settings.tokens):
            yield said(rows, row, "what", count=counts[answers(row)])


@rule(
    "COM-013",
    Severity.WARNING,
    'Deal {deal}: the client is not sure whether "{what}" is included.',
    "Settle it with the client before the work starts.",
    needs="spoken",
)
def client_unsure(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Unsure at the signature becomes yes, of course, by the first invoice.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type      | client_believes |
    |-------------|---------|-----------------------|-----------|-----------------|
    |             | D-0001  | Train the night shift | discussed | unsure          |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type      | client_believes |
    |-------------|---------|-----------------------|-----------|-----------------|
    |             | D-0001  | Train the night shift | discussed | no              |
    ```
    """
    if rows.rank < HANDOVER_RANK:
        return
    for row in rows.spoken:
        if row.client_believes == "unsure" and row.disposition in {"", "undecided"}:
            yield said(rows, row, "client_believes", what=short(row.what))
