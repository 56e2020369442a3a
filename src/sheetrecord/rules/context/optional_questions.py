"""Rules about the questions that are worth asking and do not keep the gate shut."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.context.cause import prompt_gaps
from sheetrecord.rules.need import GOING_ON, judged_rank, over, said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.rules.without_row import kinds_without_row, listed
from sheetrecord.schema.lists import STAGE_RANK
from sheetrecord.schema.prompts import Prompt
from sheetrecord.schema.record import DealRows, Settings


def _unanswered(rows: DealRows, settings: Settings, code: str) -> list[Prompt]:
    """Return the prompts of one rule that do not block, are due, and have no complete row.

    Nobody is asked any more once the project is over.
    """
    if rows.stage_type not in GOING_ON or over(rows):
        return []
    rank = judged_rank(rows, settings)
    complete = {row.kind for row in rows.context if row.ok}
    return [
        prompt
        for prompt in settings.prompts
        if prompt.code == code
        and not prompt.blocks
        and STAGE_RANK[prompt.from_stage] <= rank
        and prompt.kind not in complete
    ]


def _said_apart(rows: DealRows, settings: Settings, code: str) -> Iterator[Found]:
    """Yield one finding for each open question, on the row that waits for its answer."""
    for prompt in _unanswered(rows, settings, code):
        row = next((row for row in rows.context if row.kind == prompt.kind), None)
        words = {"prompt": settings.label("kind", prompt.kind)}
        yield said(rows, row or rows.deal, "answer" if row else "", **words)


@rule(
    "CTX-008",
    Severity.WARNING,
    "Deal {deal} does not say what made the client start looking now.",
    "Ask what happened that made them call.",
    needs="going_on",
)
def no_reason_for_now(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What made the client move is what keeps the project moving.

    If that event goes away, so does the urgency, and sometimes the project.

    ```bad
    | Deal | deal_id | client | stage    |
    |------|---------|--------|----------|
    |      | D-0001  | Acme   | proposal |

    | Context | deal_id | kind    | answer |
    |---------|---------|---------|--------|
    |         | D-0001  | why_now |        |
    ```

    ```good
    | Deal | deal_id | client | stage    |
    |------|---------|--------|----------|
    |      | D-0001  | Acme   | proposal |

    | Context | deal_id | kind    | answer                  |
    |---------|---------|---------|-------------------------|
    |         | D-0001  | why_now | The auditor gave a date |
    ```
    """
    yield from prompt_gaps(rows, settings, "CTX-008")
    yield from _said_apart(rows, settings, "CTX-008")


@rule(
    "CTX-009",
    Severity.WARNING,
    "Deal {deal} does not say anything about: {prompt}.",
    "Ask, or write {answers.n_a} with a reason in {Context.note} if it does not apply.",
    needs="going_on",
)
def worth_asking(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Questions that ops will ask in week one anyway, one warning for each.

    Blackout dates, worries about delivery and sore points cost one sentence now and a
    difficult call later. A question that the firm made obligatory keeps the gate shut.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind               | answer                        |
    |---------|---------|--------------------|-------------------------------|
    |         | D-0001  | constraints        | No access in August at all    |
    |         | D-0001  | risk               | Their data is older than said |
    |         | D-0001  | decision_process   | Ute decides, Paul signs       |
    |         | D-0001  | budget_sensitivity | Nervous about travel costs    |
    |         | D-0001  | landmine           | Do not mention the old vendor |
    |         | D-0001  | comms_preference   | Calls her, never e-mail       |
    ```
    """
    yield from prompt_gaps(rows, settings, "CTX-009")
    yield from _said_apart(rows, settings, "CTX-009")


@rule(
    "CTX-016",
    Severity.WARNING,
    "Deal {deal} has no row in which somebody could answer: {prompts}.",
    "Add the rows that wait for the answers: `sheetrecord validate BOOK DEAL --fix`.",
    needs="going_on",
)
def question_without_row(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A question that has no row is one that nobody comes across.

    A new workbook has rows ready for its first deals. Later ones, those of an older workbook, and a
    question that the firm added to its list get them in one step. The gate asks with and without.

    ```bad
    | Deal | deal_id | client | stage    |
    |------|---------|--------|----------|
    |      | D-0001  | Acme   | proposal |

    | Context | deal_id | kind   | answer          |
    |---------|---------|--------|-----------------|
    |         | D-0001  | why_us | Nobody is nearer |
    ```

    ```good
    | Deal | deal_id | client | stage  |
    |------|---------|--------|--------|
    |      | D-0001  | Acme   | parked |

    | Context | deal_id | kind   | answer          |
    |---------|---------|--------|-----------------|
    |         | D-0001  | why_us | Nobody is nearer |
    ```
    """
    kinds = kinds_without_row(rows, settings)
    if kinds:
        named = listed([settings.label("kind", kind) for kind in kinds])
        found = said(rows, rows.deal, "", prompts=named)
        early = judged_rank(rows, settings) < STAGE_RANK["proposal"]
        yield found._replace(severity=Severity.NOTE) if early else found
