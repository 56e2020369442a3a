"""Rules about the questions every deal must answer: one for each, so each can be waived alone."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.context.cause import prompt_gaps
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.record import DealRows, Settings


@rule(
    "CTX-001",
    Severity.ERROR,
    "Deal {deal} does not say which date really matters to the client.",
    'Ask which date really matters and what happens that day, or mark it "{answers.none}" with who '
    "said so.",
    needs="going_on",
)
def no_real_deadline(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """The contract's end is rarely the date the client lives by.

    The board meeting two weeks earlier is what the project must be planned to. With the date
    belong what happens on it and whether it can move.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind          | date |
    |---------|---------|---------------|------|
    |         | D-0001  | real_deadline |      |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind          | date       | driver      | hardness |
    |---------|---------|---------------|------------|-------------|----------|
    |         | D-0001  | real_deadline | 2026-06-16 | Board meets | hard     |
    ```

    Waive: write CTX-001 into the deal's Waived cell, with who, why and until when.
    """
    return prompt_gaps(rows, settings, "CTX-001")


@rule(
    "CTX-002",
    Severity.ERROR,
    "Deal {deal} does not say what else the client considered.",
    "Ask whom, or what, they seriously compared us with; doing nothing counts.",
    needs="going_on",
)
def no_alternative(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What the client compared us with is what they will compare the work with.

    A firm chosen over a cheaper rival is watched on quality, one chosen over doing nothing on
    effort.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | answer |
    |---------|---------|-------------|--------|
    |         | D-0001  | alternative |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | answer                      |
    |---------|---------|-------------|-----------------------------|
    |         | D-0001  | alternative | Initech, cheaper by a third |
    ```

    Waive: write CTX-002 into the deal's Waived cell, with who, why and until when.
    """
    return prompt_gaps(rows, settings, "CTX-002")


@rule(
    "CTX-003",
    Severity.ERROR,
    "Deal {deal} does not say why the client chose us.",
    "Ask the client, and write it in their words.",
    needs="going_on",
)
def no_reason_for_us(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Why they chose us is what must not break.

    If it was one senior person, ops must know before staffing somebody else.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind   | answer |
    |---------|---------|--------|--------|
    |         | D-0001  | why_us |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind   | answer              |
    |---------|---------|--------|---------------------|
    |         | D-0001  | why_us | We know their plant |
    ```

    Waive: write CTX-003 into the deal's Waived cell, with who, why and until when.
    """
    return prompt_gaps(rows, settings, "CTX-003")


@rule(
    "CTX-004",
    Severity.ERROR,
    "Deal {deal} does not say who is under what pressure.",
    "Ask who gets into trouble, and with whom, if this slips.",
    needs="going_on",
)
def no_pressure(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """The same delay is a shrug for one client and a lost job for another.

    Knowing which one it is sets the tone of every message.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer |
    |---------|---------|----------|--------|
    |         | D-0001  | pressure |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer                       |
    |---------|---------|----------|------------------------------|
    |         | D-0001  | pressure | Ute promised it to the board |
    ```

    Waive: write CTX-004 into the deal's Waived cell, with who, why and until when.
    """
    return prompt_gaps(rows, settings, "CTX-004")


@rule(
    "CTX-005",
    Severity.ERROR,
    "Deal {deal} does not say what success means to them personally.",
    "Ask what would make this a win for the person who signs.",
    needs="going_on",
)
def no_personal_success(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A project can meet the contract and still let down the person who bought it.

    Their own win is seldom written anywhere, and is the first thing a handover loses.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind             | answer |
    |---------|---------|------------------|--------|
    |         | D-0001  | success_personal |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind             | answer                 |
    |---------|---------|------------------|------------------------|
    |         | D-0001  | success_personal | Ute wants the new role |
    ```

    Waive: write CTX-005 into the deal's Waived cell, with who, why and until when.
    """
    return prompt_gaps(rows, settings, "CTX-005")


@rule(
    "CTX-006",
    Severity.ERROR,
    "Deal {deal} does not say what must be true for the work to count as done.",
    "Ask what they will check before they accept it.",
    needs="going_on",
)
def no_formal_success(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Work without an acceptance test is finished when somebody gets tired.

    The test belongs to the sale, while the client is still asked questions gladly.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind           | answer |
    |---------|---------|----------------|--------|
    |         | D-0001  | success_formal |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind           | answer                       |
    |---------|---------|----------------|------------------------------|
    |         | D-0001  | success_formal | All sites send daily reports |
    ```

    Waive: write CTX-006 into the deal's Waived cell, with who, why and until when.
    """
    return prompt_gaps(rows, settings, "CTX-006")


@rule(
    "CTX-007",
    Severity.ERROR,
    "Deal {deal} does not say who will push back, and on what.",
    'Ask who would rather not have this, or mark it "{answers.none}" with who said so.',
    needs="going_on",
)
def no_pushback(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Somebody on the client's side loses time or standing by most projects.

    Ops should meet that person on day one, not in week six.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer |
    |---------|---------|----------|--------|
    |         | D-0001  | pushback |        |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer                  | person |
    |---------|---------|----------|-------------------------|--------|
    |         | D-0001  | pushback | IT fears the extra work | Ute    |
    ```

    Waive: write CTX-007 into the deal's Waived cell, with who, why and until when.
    """
    return prompt_gaps(rows, settings, "CTX-007")
