"""Rules about the handover itself: waivers, returns, waiting, and the earlier deal."""

from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase, Series
from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import handover_day, said
from sheetrecord.rules.rule import RULES, Found, rule
from sheetrecord.schema.record import DealRows, Settings

PATIENCE_DAYS = 3
"""Days an offered handover may wait: one business day, with a weekend in between."""


def waived_codes(text: str) -> list[str]:
    """Return the codes of a waiver cell.

    >>> waived_codes("ctx-002; COM-001,")
    ['CTX-002', 'COM-001']
    """
    return [code.strip().upper() for code in text.replace(";", ",").split(",") if code.strip()]


@rule(
    "DEAL-040",
    Severity.WARNING,
    "Deal {deal}: the waiver lacks {lacks}, so it does not count.",
    "Write who lets it pass, why, and until when.",
)
def waiver_incomplete(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A waiver is a decision somebody stands for, and ops must see who and why.

    ```bad
    | Deal | deal_id | waived  | waived_by | waived_why | waived_until |
    |------|---------|---------|-----------|------------|--------------|
    |      | D-0001  | CTX-002 | Ines      |            | 2026-03-31   |
    ```

    ```good
    | Deal | deal_id | waived  | waived_by | waived_why  | waived_until |
    |------|---------|---------|-----------|-------------|--------------|
    |      | D-0001  | CTX-002 | Ines      | Sole bidder | 2026-03-31   |
    ```
    """
    deal = rows.deal
    if not waived_codes(deal.waived):
        return
    parts = {
        Phrase("who"): deal.waived_by,
        Phrase("why"): deal.waived_why,
        Phrase("until when"): deal.waived_until,
    }
    lacks = [word for word, value in parts.items() if not value]
    if lacks:
        yield said(rows, deal, "waived", lacks=Series(", ", lacks))


@rule(
    "DEAL-041",
    Severity.WARNING,
    "Deal {deal}: the waiver ended on {day}.",
    "Settle what was waived, or renew the waiver.",
    reminds=True,
)
def waiver_ended(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A waiver buys time; when the time is over the gap counts again.

    ```bad
    | Deal | deal_id | waived  | waived_until |
    |------|---------|---------|--------------|
    |      | D-0001  | CTX-002 | 2026-02-28   |
    ```

    ```good
    | Deal | deal_id | waived  | waived_until |
    |------|---------|---------|--------------|
    |      | D-0001  | CTX-002 | 2026-03-31   |
    ```
    """
    day = rows.deal.waived_until
    if waived_codes(rows.deal.waived) and day is not None and day < settings.asof:
        yield said(rows, rows.deal, "waived_until", day=day)


@rule(
    "DEAL-042",
    Severity.WARNING,
    'Deal {deal}: the waiver names "{code}", which is no rule.',
    "Write the code as `sheetrecord validate BOOK` prints it, such as CTX-002.",
)
def waiver_of_nothing(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A misspelt code waives nothing, and the gate stays shut for no visible reason.

    ```bad
    | Deal | deal_id | waived |
    |------|---------|--------|
    |      | D-0001  | CTX2   |
    ```

    ```good
    | Deal | deal_id | waived  |
    |------|---------|---------|
    |      | D-0001  | CTX-002 |
    ```
    """
    for code in waived_codes(rows.deal.waived):
        if code not in RULES:
            yield said(rows, rows.deal, "waived", code=code)


@rule(
    "DEAL-043",
    Severity.WARNING,
    "Deal {deal} was returned without {lacks}.",
    "Pick a code and say what is missing, so that sales can mend it in one go.",
)
def returned_without_reason(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A handover that comes back without a reason comes back twice.

    The codes also show which two or three gaps recur in the firm.

    ```bad
    | Deal | deal_id | stage | handover_state | return_code | return_note |
    |------|---------|-------|----------------|-------------|-------------|
    |      | D-0001  | won   | returned       |             | No clause   |
    ```

    ```good
    | Deal | deal_id | stage | handover_state | return_code   | return_note |
    |------|---------|-------|----------------|---------------|-------------|
    |      | D-0001  | won   | returned       | scope_unclear | No clause   |
    ```
    """
    deal = rows.deal
    if deal.handover_state == "returned" and not (deal.return_code and deal.return_note):
        lacks = Phrase("words that say what is missing" if deal.return_code else "a code")
        yield said(rows, deal, "return_note" if deal.return_code else "return_code", lacks=lacks)


@rule(
    "DEAL-044",
    Severity.WARNING,
    "Deal {deal} was offered on {day} and waits for {owner}.",
    "Accept it, or return it with a code.",
    reminds=True,
)
def handover_waits(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Each day between the signature and a named receiver is a day the client hears nothing.

    ```bad
    | Deal | deal_id | stage | ops_owner | handover_state | handover_on |
    |------|---------|-------|-----------|----------------|-------------|
    |      | D-0001  | won   | Tom       | offered        | 2026-02-20  |
    ```

    ```good
    | Deal | deal_id | stage | ops_owner | handover_state | handover_on |
    |------|---------|-------|-----------|----------------|-------------|
    |      | D-0001  | won   | Tom       | accepted       | 2026-02-20  |
    ```
    """
    deal = rows.deal
    since = handover_day(rows)
    if deal.handover_state != "offered" or since is None:
        return
    if (settings.asof - since).days > PATIENCE_DAYS:
        owner = deal.ops_owner or Phrase("nobody in particular")
        yield said(rows, deal, "handover_state", day=since, owner=owner)


@rule(
    "DEAL-045",
    Severity.WARNING,
    "Deal {deal} was lost to somebody else, and nobody wrote to whom.",
    "Write who won it; a guess is better than nothing.",
)
def lost_to_whom(rows: DealRows, _: Settings) -> Iterator[Found]:
    """Three deals lost to the same name are a lesson, three lost to nobody are not.

    ```bad
    | Deal | deal_id | stage | lost_reason | lost_to |
    |------|---------|-------|-------------|---------|
    |      | D-0001  | lost  | competitor  |         |
    ```

    ```good
    | Deal | deal_id | stage | lost_reason | lost_to |
    |------|---------|-------|-------------|---------|
    |      | D-0001  | lost  | competitor  | Initech |
    ```
    """
    deal = rows.deal
    if rows.stage_type == "lost" and deal.lost_reason == "competitor" and not deal.lost_to:
        yield said(rows, deal, "lost_to")


@rule(
    "DEAL-046",
    Severity.WARNING,
    "Deal {deal} names itself as the earlier deal.",
    "Write the number of the earlier deal, or clear the cell.",
)
def earlier_deal_is_itself(rows: DealRows, _: Settings) -> Iterator[Found]:
    """The earlier deal's people come along to be confirmed again; a deal has none of its own yet.

    ```bad
    | Deal | deal_id | prior_deal_id |
    |------|---------|---------------|
    |      | D-0001  | D-0001        |
    ```

    ```good
    | Deal | deal_id | prior_deal_id |
    |------|---------|---------------|
    |      | D-0002  | D-0001        |
    ```
    """
    if rows.deal.prior_deal_id == rows.id:
        yield said(rows, rows.deal, "prior_deal_id")


@rule(
    "DEAL-051",
    Severity.WARNING,
    "Deal {deal} was returned on {day}, and nobody has offered it again.",
    "Mend what was missing, and promote it again.",
    reminds=True,
)
def returned_and_left(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A handover that came back is nobody's: sales thinks ops has it, ops knows it has not.

    ```bad
    | Deal | deal_id | client | stage | handover_state | handover_on | return_code   | return_note |
    |------|---------|--------|-------|----------------|-------------|---------------|-------------|
    |      | D-0001  | Acme   | won   | returned       | 2026-02-20  | scope_unclear | The sites   |
    ```

    ```good
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | offered        | 2026-03-02  |
    ```
    """
    deal = rows.deal
    since = handover_day(rows)
    if deal.handover_state != "returned" or since is None:
        return
    if (settings.asof - since).days > PATIENCE_DAYS:
        yield said(rows, deal, "handover_state", day=since)


@rule(
    "DEAL-052",
    Severity.WARNING,
    "Deal {deal}: its handover is {state}, and nobody wrote since when.",
    "Write the day: all that follows is counted from it.",
    reminds=True,
)
def handover_without_a_day(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What has no day is never late: a handover that was picked by hand waits for ever.

    ```bad
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | accepted       |             |
    ```

    ```good
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | accepted       | 2026-02-20  |
    ```
    """
    deal = rows.deal
    begun = deal.handover_state in {"offered", "accepted", "returned", "confirmed"}
    if rows.stage_type == "won" and begun and deal.handover_on is None:
        state = settings.label("handover_state", deal.handover_state)
        yield said(rows, deal, "handover_on", state=state)
