"""Rules that bring a fact up again: near its day, or when nobody has looked at it since."""

import datetime as dt
from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Severity
from sheetrecord.rules.commitments.capture import short
from sheetrecord.rules.grouping import quoted, unconfirmed
from sheetrecord.rules.need import GOING_ON, LOOKED_AT_DAYS, over, said, taken_over
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.context import Context
from sheetrecord.schema.record import DealRows, Settings

AHEAD_DAYS = 7
"""Days before its day at which a dated fact is brought up."""

_ELSEWHERE = frozenset({"real_deadline", "stakeholder"})
"""Kinds whose day has a milestone or a rule of its own."""


def _named(row: Context, settings: Settings) -> str:
    """Return a fact in few words: a person by name, others by what was answered."""
    person = row.person if row.kind == "stakeholder" else ""
    return person or short(row.answer) or row.person or settings.label("kind", row.kind)


def _looked_at(row: Context, since: dt.date) -> bool:
    """Tell whether somebody asked or confirmed it from a day on."""
    return any(day is not None and day >= since for day in (row.learned_on, row.confirmed_on))


@rule(
    "CTX-026",
    Severity.WARNING,
    "Deal {deal}: {person} may leave or join on {day}.",
    "Ask who comes after them, and write it down; a new day under {Context.learned_on} settles it.",
    needs="context",
    reminds=True,
)
def person_may_change(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Who signs next is known before the successor asks who agreed to this.

    The date of a person is the day on which they may leave or join.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role    | date       |
    |---------|---------|-------------|--------|---------|------------|
    |         | D-0001  | stakeholder | Ute    | sponsor | 2026-03-01 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role    | date       | learned_on |
    |---------|---------|-------------|--------|---------|------------|------------|
    |         | D-0001  | stakeholder | Ute    | sponsor | 2026-03-01 | 2026-03-02 |
    ```
    """
    if rows.stage_type not in GOING_ON or over(rows):
        return
    for row in rows.context:
        day = row.date
        if row.kind != "stakeholder" or day is None or day > settings.asof:
            continue
        if not _looked_at(row, day):
            yield said(rows, row, "date", person=row.person or Phrase("somebody"), day=day)


@rule(
    "CTX-027",
    Severity.WARNING,
    'Deal {deal}: "{what}" speaks of {day}.',
    "Ask if it still holds; a new day under {Context.learned_on} or {Context.confirmed_on} "
    "settles it.",
    needs="context",
    reminds=True,
)
def dated_fact_near(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What was said of a day is of use a week before it, and of none the day after.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind       | answer                         | date       |
    |---------|---------|------------|--------------------------------|------------|
    |         | D-0001  | our_people | They expect Ines until 9 March | 2026-03-09 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind       | answer                         | date       | confirmed_on |
    |---------|---------|------------|--------------------------------|------------|--------------|
    |         | D-0001  | our_people | They expect Ines until 9 March | 2026-03-09 | 2026-03-02   |
    ```
    """
    if rows.stage_type not in GOING_ON or over(rows):
        return
    for row in rows.context:
        day = row.date
        if row.kind in _ELSEWHERE or day is None or row.state != "answered":
            continue
        ahead = day - dt.timedelta(days=AHEAD_DAYS)
        if ahead <= settings.asof and not _looked_at(row, ahead):
            words = short(row.answer) or settings.label("kind", row.kind)
            yield said(rows, row, "date", what=words, day=day)


@rule(
    "CTX-043",
    Severity.WARNING,
    'Deal {deal} was accepted on {day}, and nobody has confirmed "{what}" since.',
    "Go through it with the client at the kickoff: `sheetrecord confirm BOOK DEAL --all`.",
    needs="context",
    reminds=True,
)
def accepted_and_not_confirmed(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What sales understood is a guess until ops has asked the client once.

    Counted ten working days after the acceptance, once for all that answers one question; a
    kickoff without facts has CTX-042.

    ```bad
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | accepted       | 2026-02-05  |

    | Context | deal_id | kind | answer                       |
    |---------|---------|------|------------------------------|
    |         | D-0001  | risk | The old roof may not bear it |
    ```

    ```good
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | accepted       | 2026-02-05  |

    | Context | deal_id | kind | answer                       | confirmed_on |
    |---------|---------|------|------------------------------|--------------|
    |         | D-0001  | risk | The old roof may not bear it | 2026-02-12   |
    ```
    """
    since = taken_over(rows)
    late = since is not None and (settings.asof - since).days > LOOKED_AT_DAYS
    if rows.deal.handover_state != "accepted" or not late:
        return
    for some in unconfirmed(rows).values():
        words = [_named(row, settings) for row in some]
        yield said(rows, some[0], "confirmed_on", what=quoted(words), day=since)


@rule(
    "CTX-044",
    Severity.WARNING,
    "Deal {deal} was accepted on {day}, and there was no kickoff since.",
    "Meet the client, then enter it: `sheetrecord confirm BOOK DEAL --kickoff`.",
    needs="going_on",
    reminds=True,
)
def no_kickoff(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Until somebody has met the client, what was sold is what two people remember.

    Counted ten working days after the acceptance, where no fact was confirmed and there is none of
    which CTX-043 speaks.

    ```bad
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | accepted       | 2026-02-10  |
    ```

    ```good
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | confirmed      | 2026-02-10  |
    ```
    """
    since = taken_over(rows)
    late = since is not None and (settings.asof - since).days > LOOKED_AT_DAYS
    met = any(row.confirmed_on is not None for row in rows.context)
    if rows.deal.handover_state == "accepted" and late and not met and not unconfirmed(rows):
        yield said(rows, rows.deal, "handover_state", day=since)
