"""Rules about a deal's dates and identity: what cannot be, and what is probably not meant."""

from collections.abc import Iterator

from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import judged_rank, said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.lists import STAGE_RANK
from sheetrecord.schema.record import DealRows, Settings


@rule(
    "DEAL-003",
    Severity.WARNING,
    "Deal {deal}: the next step is due on {day}.",
    "Do it, move it, or park the deal.",
    needs="going_on",
    reminds=True,
)
def next_step_overdue(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A next step in the past means that nobody has looked at the deal since.

    ```bad
    | Deal | deal_id | stage    | next_step | next_step_on |
    |------|---------|----------|-----------|--------------|
    |      | D-0001  | proposal | Call Ines | 2026-02-01   |
    ```

    ```good
    | Deal | deal_id | stage    | next_step | next_step_on |
    |------|---------|----------|-----------|--------------|
    |      | D-0001  | proposal | Call Ines | 2026-03-09   |
    ```
    """
    day = rows.deal.next_step_on
    if rows.stage_type == "open" and day is not None and day <= settings.asof:
        yield said(rows, rows.deal, "next_step_on", day=day)


@rule(
    "DEAL-006",
    Severity.ERROR,
    "Deal {deal}: the contract ends on {end}, before it starts on {start}.",
    "Look the two dates up in the contract.",
)
def contract_ends_before_it_starts(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Milestones and fee dates are planned between these two days.

    Swapped or mistyped dates make every plan wrong without anybody noticing.

    ```bad
    | Deal | deal_id | stage | contract_start | contract_end |
    |------|---------|-------|----------------|--------------|
    |      | D-0001  | won   | 2026-06-01     | 2026-03-31   |
    ```

    ```good
    | Deal | deal_id | stage | contract_start | contract_end |
    |------|---------|-------|----------------|--------------|
    |      | D-0001  | won   | 2026-03-31     | 2026-06-01   |
    ```
    """
    start, end = rows.deal.contract_start, rows.deal.contract_end
    if start is not None and end is not None and end < start:
        yield said(rows, rows.deal, "contract_end", start=start, end=end)


@rule(
    "DEAL-007",
    Severity.WARNING,
    "Deal {deal} is won and was never handed over.",
    "Run `sheetrecord promote BOOK DEAL`: it freezes what was sold and opens the project.",
    needs="going_on",
)
def won_without_handover(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A won deal without a handover has no baseline: later nobody can say what was sold.

    ```bad
    | Deal | deal_id | stage | handover_state |
    |------|---------|-------|----------------|
    |      | D-0001  | won   |                |
    ```

    ```good
    | Deal | deal_id | stage | handover_state |
    |------|---------|-------|----------------|
    |      | D-0001  | won   | offered        |
    ```
    """
    if rows.stage_type == "won" and rows.deal.handover_state in {"", "not_ready", "ready"}:
        yield said(rows, rows.deal, "handover_state")


@rule(
    "DEAL-030",
    Severity.WARNING,
    "Deal {deal} was signed on {day}, which has not come yet.",
    "Correct the date; until the signature the deal is not won.",
)
def signed_in_the_future(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A signing date ahead is a hope or a typing mistake; the handover would start on it.

    ```bad
    | Deal | deal_id | stage | signed_on  |
    |------|---------|-------|------------|
    |      | D-0001  | won   | 2026-12-02 |
    ```

    ```good
    | Deal | deal_id | stage | signed_on  |
    |------|---------|-------|------------|
    |      | D-0001  | won   | 2026-02-12 |
    ```
    """
    day = rows.deal.signed_on
    if day is not None and day > settings.asof:
        yield said(rows, rows.deal, "signed_on", day=day)


@rule(
    "DEAL-031",
    Severity.WARNING,
    "Deal {deal} was expected to close on {day} and is still open.",
    "Move the date to a day you believe in, close the deal, or park it.",
    needs="going_on",
    reminds=True,
)
def expected_close_passed(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Ops plans people by the expected date; one that has passed plans nobody.

    ```bad
    | Deal | deal_id | stage  | expected_close |
    |------|---------|--------|----------------|
    |      | D-0001  | verbal | 2026-02-15     |
    ```

    ```good
    | Deal | deal_id | stage  | expected_close |
    |------|---------|--------|----------------|
    |      | D-0001  | verbal | 2026-03-15     |
    ```
    """
    day = rows.deal.expected_close
    if rows.stage_type == "open" and day is not None and day < settings.asof:
        yield said(rows, rows.deal, "expected_close", day=day)


@rule(
    "DEAL-032",
    Severity.WARNING,
    "Deal {deal}: the client needs it on {day}, {days} days before the contract ends.",
    "Plan to the earlier date, and tell ops what happens on it.",
    needs="going_on",
)
def needed_before_the_contract_ends(rows: DealRows, _: Settings) -> Iterator[Found]:
    """The board meeting two weeks before the contract's date is the date that really matters.

    A project that is on time by the contract can still be too late for the client.

    ```bad
    | Deal | deal_id | stage | contract_end |
    |------|---------|-------|--------------|
    |      | D-0001  | won   | 2026-06-30   |

    | Context | deal_id | kind          | answer      | date       |
    |---------|---------|---------------|-------------|------------|
    |         | D-0001  | real_deadline | Board meets | 2026-06-16 |
    ```

    ```good
    | Deal | deal_id | stage | contract_end |
    |------|---------|-------|--------------|
    |      | D-0001  | won   | 2026-06-16   |

    | Context | deal_id | kind          | answer      | date       |
    |---------|---------|---------------|-------------|------------|
    |         | D-0001  | real_deadline | Board meets | 2026-06-16 |
    ```
    """
    days, day = rows.deal.date_gap_days, rows.deal.real_deadline
    if rows.stage_type in {"open", "won"} and days is not None and days > 0:
        yield said(rows, rows.deal, "real_deadline", day=day, days=int(days))


@rule(
    "DEAL-033",
    Severity.WARNING,
    "Deal {deal} was to start on {day} and is not signed.",
    "Get the signature, or write down who lets the work start without one.",
    needs="going_on",
    reminds=True,
)
def started_without_signature(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Work that starts on a spoken yes is done at the firm's own risk.

    The contract that comes three weeks later may hold something else.

    ```bad
    | Deal | deal_id | stage  | contract_start |
    |------|---------|--------|----------------|
    |      | D-0001  | verbal | 2026-02-16     |
    ```

    ```good
    | Deal | deal_id | stage  | contract_start |
    |------|---------|--------|----------------|
    |      | D-0001  | verbal | 2026-03-16     |
    ```
    """
    day = rows.deal.contract_start
    if rows.stage_type == "open" and day is not None and day <= settings.asof:
        yield said(rows, rows.deal, "contract_start", day=day)


@rule(
    "DEAL-034",
    Severity.WARNING,
    "Deal {deal} does not say where the proposal is.",
    "Paste the link to the proposal that the client saw.",
    needs="going_on",
)
def proposal_link_missing(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What the client was shown is what they expect, whatever the contract says later.

    ```bad
    | Deal | deal_id | stage    | proposal_link |
    |------|---------|----------|---------------|
    |      | D-0001  | proposal |               |
    ```

    ```good
    | Deal | deal_id | stage    | proposal_link |
    |------|---------|----------|---------------|
    |      | D-0001  | proposal | acme-v3.pdf   |
    ```
    """
    if judged_rank(rows, settings) >= STAGE_RANK["proposal"] and not rows.deal.proposal_link:
        yield said(rows, rows.deal, "proposal_link")
