"""Rules about the client's people: who decides, who is called, who is for us."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Severity
from sheetrecord.rules.need import gap, handed_over, judged_rank, need, said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.lists import DECIDERS, DECISION_ROLES, HANDOVER_RANK
from sheetrecord.schema.record import DealRows, Settings

_TO_MEET = frozenset({*DECIDERS, "user_lead"})


def _nobody(rows: DealRows, settings: Settings, roles: Collection[str]) -> Iterator[Found]:
    if not any(row.ok and row.role in roles for row in rows.context):
        yield from gap(rows, rows.deal, "", need(rows, settings, HANDOVER_RANK))


@rule(
    "CTX-010",
    Severity.ERROR,
    "Deal {deal} names nobody who decides.",
    'Add a person as "{lists.role.decision_maker}" or "{lists.role.economic_buyer}", and say if '
    "one of us has met them.",
    needs="going_on",
)
def nobody_decides(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Ops needs the one person on the client's side whose word ends a discussion.

    Without the name, every change goes in circles through people who cannot say yes. A sponsor
    wants it and may not be the one who decides: known alone, that is a warning.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role           |
    |---------|---------|-------------|--------|----------------|
    |         | D-0001  | stakeholder | Ute    | decision_maker |
    ```

    Waive: write CTX-010 into the deal's Waived cell, with who, why and until when.
    """
    yield from _nobody(rows, settings, DECISION_ROLES)
    known = {row.role for row in rows.context if row.ok}
    asked = judged_rank(rows, settings) >= HANDOVER_RANK and not handed_over(rows)
    if asked and "sponsor" in known and known.isdisjoint(DECIDERS):
        sponsor = next(row for row in rows.context if row.ok and row.role == "sponsor")
        yield said(rows, sponsor, "role")._replace(severity=Severity.WARNING)


@rule(
    "CTX-011",
    Severity.ERROR,
    "Deal {deal} names nobody for the daily work.",
    'Add a row "{lists.kind.stakeholder}" with the person ops will call, as '
    '"{lists.role.daily_contact}".',
    needs="going_on",
)
def nobody_to_call(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """The first call after the handover goes to the daily contact.

    One person may decide and be the daily contact: give them two rows.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role          |
    |---------|---------|-------------|--------|---------------|
    |         | D-0001  | stakeholder | Paul   | daily_contact |
    ```

    Waive: write CTX-011 into the deal's Waived cell, with who, why and until when.
    """
    return _nobody(rows, settings, ("daily_contact",))


@rule(
    "CTX-012",
    Severity.WARNING,
    "Deal {deal}: {person} is the champion and against us.",
    "A champion sells for us inside; correct the role or the stance.",
    needs="context",
)
def champion_against_us(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A champion who is against us is two different people in somebody's notes.

    Role and stance are separate on purpose: an opponent may well be the sponsor.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role     | stance  |
    |---------|---------|-------------|--------|----------|---------|
    |         | D-0001  | stakeholder | Ute    | champion | against |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role    | stance  |
    |---------|---------|-------------|--------|---------|---------|
    |         | D-0001  | stakeholder | Ute    | sponsor | against |
    ```
    """
    for row in rows.context:
        if row.role == "champion" and row.stance == "against":
            yield said(rows, row, "stance", person=row.person or Phrase("somebody"))


@rule(
    "CTX-013",
    Severity.WARNING,
    "Deal {deal}: {person} has no role.",
    "Pick the part this person plays.",
    needs="context",
)
def person_without_role(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A name without a role does not tell ops whether to call, ask or avoid the person.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role |
    |---------|---------|-------------|--------|------|
    |         | D-0001  | stakeholder | Ute    |      |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role  |
    |---------|---------|-------------|--------|-------|
    |         | D-0001  | stakeholder | Ute    | legal |
    ```
    """
    for row in rows.context:
        if row.kind == "stakeholder" and row.person and not row.role:
            yield said(rows, row, "role", person=row.person)


@rule(
    "CTX-014",
    Severity.WARNING,
    "Deal {deal}: {person} is both for and against us.",
    "Ask again, and keep the newer stance.",
    needs="context",
)
def two_stances(rows: DealRows, _: Settings) -> Iterator[Found]:
    """People change sides; the record should hold where they stand now.

    One person may have several rows with several roles, but only one stance.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role      | stance  |
    |---------|---------|-------------|--------|-----------|---------|
    |         | D-0001  | stakeholder | Ute    | sponsor   | for     |
    |         | D-0001  | stakeholder | Ute    | technical | against |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role      | stance |
    |---------|---------|-------------|--------|-----------|--------|
    |         | D-0001  | stakeholder | Ute    | sponsor   | for    |
    |         | D-0001  | stakeholder | Ute    | technical | for    |
    ```
    """
    stances: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows.context:
        if row.person and row.stance:
            known = stances[row.person.casefold()]
            known.add(row.stance)
            if row.stance in {"for", "against"} and {"for", "against"} <= known:
                yield said(rows, row, "stance", person=row.person)


@rule(
    "CTX-015",
    Severity.WARNING,
    "Deal {deal}: {person} decides, or leads those who use it, and none of us has met them.",
    "Meet them before the signature, or pick where they stand.",
    needs="going_on",
)
def never_met(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A yes from somebody nobody has met is hearsay.

    Asked once the deal is won; a stance that is blank or unknown tells that nobody met them.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role           | stance  |
    |---------|---------|-------------|--------|----------------|---------|
    |         | D-0001  | stakeholder | Ute    | decision_maker | unknown |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | person | role           | stance |
    |---------|---------|-------------|--------|----------------|--------|
    |         | D-0001  | stakeholder | Ute    | decision_maker | for    |
    ```
    """
    if judged_rank(rows, settings) < HANDOVER_RANK or handed_over(rows):
        return
    stances: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows.context:
        stances[row.person.casefold()].add(row.stance)
    for row in rows.context:
        met = stances[row.person.casefold()] - {"", "unknown"}
        if row.kind == "stakeholder" and row.person and row.role in _TO_MEET and not met:
            yield said(rows, row, "stance", person=row.person)
