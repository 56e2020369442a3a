"""Rules about commitments on their way to being kept."""

from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase
from sheetrecord.model.problem import Severity
from sheetrecord.rules.commitments.capture import short
from sheetrecord.rules.grouping import quoted
from sheetrecord.rules.need import LOOKED_AT_DAYS, said, taken_over
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.commitments import SETTLED, Commitments
from sheetrecord.schema.record import DealRows, Settings

_KEPT = frozenset({"delivered", "accepted", "n_a"})
_GIVEN_UP = frozenset({*SETTLED, "declined", "next_phase"})


@rule(
    "COM-020",
    Severity.WARNING,
    'Deal {deal}: "{what}" is due on {day}.',
    "Deliver it, agree a new day, or mark it missed.",
    needs="spoken",
    reminds=True,
)
def commitment_overdue(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """The client remembers the day, even when the project plan has forgotten it.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | due_on     | progress    |
    |-------------|---------|-----------------------|------------|-------------|
    |             | D-0001  | Train the night shift | 2026-02-16 | in_progress |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | due_on     | progress  |
    |-------------|---------|-----------------------|------------|-----------|
    |             | D-0001  | Train the night shift | 2026-02-16 | delivered |
    ```
    """
    for row in rows.spoken:
        day = row.due_on
        going_on = row.disposition not in _GIVEN_UP and row.progress not in {*_KEPT, "missed"}
        due = rows.stage_type == "won" and day is not None and day <= settings.asof
        if going_on and due and row.type != "client_duty":
            yield said(rows, row, "due_on", what=short(row.what), day=day)


@rule(
    "COM-021",
    Severity.WARNING,
    'Deal {deal}: the client owes us "{what}" since {day}.',
    "Remind them in writing, and say what it does to our date.",
    needs="spoken",
    reminds=True,
)
def client_duty_overdue(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """When the client is late, our date moves only if they were told.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type        | due_on     |
    |-------------|---------|-----------------------|-------------|------------|
    |             | D-0001  | Train the night shift | client_duty | 2026-02-16 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type        | due_on     |
    |-------------|---------|-----------------------|-------------|------------|
    |             | D-0001  | Train the night shift | client_duty | 2026-03-16 |
    ```
    """
    for row in rows.spoken:
        day = row.due_on
        going_on = row.disposition not in _GIVEN_UP and row.progress not in {*_KEPT, "missed"}
        late = rows.stage_type == "won" and day is not None and day < settings.asof
        if going_on and late and row.type == "client_duty":
            yield said(rows, row, "due_on", what=short(row.what), day=day)


@rule(
    "COM-022",
    Severity.WARNING,
    'Deal {deal}: "{what}" is delivered, without {lacks}.',
    "Write the day and where it can be seen.",
    needs="spoken",
)
def kept_without_proof(rows: DealRows, _: Settings) -> Iterator[Found]:
    """What was delivered is discussed again at the last invoice.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | progress  | done_on | evidence |
    |-------------|---------|-----------------------|-----------|---------|----------|
    |             | D-0001  | Train the night shift | delivered |         |          |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | progress  | done_on    | evidence    |
    |-------------|---------|-----------------------|-----------|------------|-------------|
    |             | D-0001  | Train the night shift | delivered | 2026-02-27 | minutes.pdf |
    ```
    """
    for row in rows.spoken:
        if row.progress not in {"delivered", "accepted"}:
            continue
        if row.done_on is None or not row.evidence:
            key = "done_on" if row.done_on is None else "evidence"
            lacks = Phrase("a day" if row.done_on is None else "anything that shows it")
            yield said(rows, row, key, what=short(row.what), lacks=lacks)


@rule(
    "COM-023",
    Severity.WARNING,
    'Deal {deal}: "{what}" was promised by {person}, who works for the client.',
    "Ask ours who said yes; until then it is what the client wishes.",
    needs="spoken",
)
def said_by_the_client(rows: DealRows, _: Settings) -> Iterator[Found]:
    """A promise made by the client's own champion binds nobody here.

    The client believes it all the same, so it must be settled.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type    | said_by |
    |-------------|---------|-----------------------|---------|---------|
    |             | D-0001  | Train the night shift | promise | Ute     |

    | Context | deal_id | kind        | person | role     |
    |---------|---------|-------------|--------|----------|
    |         | D-0001  | stakeholder | Ute    | champion |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | type    | said_by |
    |-------------|---------|-----------------------|---------|---------|
    |             | D-0001  | Train the night shift | promise | Ines    |

    | Context | deal_id | kind        | person | role     |
    |---------|---------|-------------|--------|----------|
    |         | D-0001  | stakeholder | Ute    | champion |
    ```
    """
    theirs = {row.person.casefold() for row in rows.context if row.kind == "stakeholder"}
    for row in rows.spoken:
        if row.type == "promise" and row.said_by and row.said_by.casefold() in theirs:
            yield said(rows, row, "said_by", what=short(row.what), person=row.said_by)


@rule(
    "COM-024",
    Severity.WARNING,
    'Deal {deal}: "{what}" was said on {day}, which has not come yet.',
    "Correct the date.",
    needs="spoken",
)
def said_in_the_future(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Whether something was said before or after the signature decides who pays for it.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | said_on    |
    |-------------|---------|-----------------------|------------|
    |             | D-0001  | Train the night shift | 2027-02-16 |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Commitments | deal_id | what                  | said_on    |
    |-------------|---------|-----------------------|------------|
    |             | D-0001  | Train the night shift | 2026-02-16 |
    ```
    """
    for row in rows.spoken:
        if row.said_on is not None and row.said_on > settings.asof:
            yield said(rows, row, "said_on", what=short(row.what), day=row.said_on)


@rule(
    "COM-029",
    Severity.WARNING,
    'Deal {deal}: nobody has looked at "{what}" since the handover on {day}.',
    'Pick how far it is, or give it a day; "{lists.progress.n_a}" is an answer.',
    needs="spoken",
    reminds=True,
)
def forgotten_since_the_handover(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What has no day is never late, and so it is never mentioned again.

    Counted ten working days after ops took it over, for what the contract does not hold, once for
    all of one type.

    ```bad
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | accepted       | 2026-02-05  |

    | Commitments | deal_id | what                       | type       | progress |
    |-------------|---------|----------------------------|------------|----------|
    |             | D-0001  | Not more than ten meetings | assumption |          |
    ```

    ```good
    | Deal | deal_id | client | stage | handover_state | handover_on |
    |------|---------|--------|-------|----------------|-------------|
    |      | D-0001  | Acme   | won   | accepted       | 2026-02-05  |

    | Commitments | deal_id | what                       | type       | progress    |
    |-------------|---------|----------------------------|------------|-------------|
    |             | D-0001  | Not more than ten meetings | assumption | in_progress |
    ```
    """
    since = taken_over(rows)
    if since is None or (settings.asof - since).days <= LOOKED_AT_DAYS:
        return
    found: dict[str, list[Commitments]] = {}
    for row in rows.spoken:
        settled = row.disposition in {*_GIVEN_UP, "in_contract"} or row.in_contract == "yes"
        watched = row.due_on is not None or row.progress or row.project_ref
        if not settled and not watched and row.type != "date_promise":  # COM-007 asks its day
            found.setdefault(row.type, []).append(row)
    for some in found.values():
        what = quoted([short(row.what) for row in some])
        yield said(rows, some[0], "progress", what=what, day=since)
