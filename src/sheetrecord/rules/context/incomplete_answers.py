"""Rules about answers that lack something: who said none, when to ask again, why not."""

from collections.abc import Iterator

from sheetrecord.model.phrase import Phrase, Series
from sheetrecord.model.problem import Severity
from sheetrecord.rules.context.cause import caused
from sheetrecord.rules.need import gap, said
from sheetrecord.rules.rule import Found, rule
from sheetrecord.schema.context import Context
from sheetrecord.schema.lists import HANDOVER_RANK
from sheetrecord.schema.record import DealRows, Settings


def _lacking(
    rows: DealRows, settings: Settings, state: str, parts: dict[str, Phrase]
) -> Iterator[Found]:
    """Yield rows of a state that lack one of some columns; ``parts`` maps columns to words."""
    for row, needed in caused(rows, settings, state):
        lacks = {key: word for key, word in parts.items() if not row.get(key)}
        key = next(iter(lacks), "")
        words = {
            "kind": settings.label("kind", row.kind),
            "lacks": Series(" and ", [*lacks.values()]),
        }
        if needed is None:
            yield said(rows, row, key, **words)
        else:
            yield from gap(rows, row, key, needed, **words)


@rule(
    "CTX-020",
    Severity.WARNING,
    'Deal {deal}: "{kind}" is answered with "{answers.none}", without {lacks}.',
    "Write who of the client said so, and the day.",
    needs="context",
)
def none_without_witness(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """There is none is an answer somebody gave; nobody asked looks just the same.

    With a name and a day it can be relied on, and asked again when things change.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | answer | person | learned_on |
    |---------|---------|-------------|--------|--------|------------|
    |         | D-0001  | alternative | none   |        |            |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | answer | person | learned_on |
    |---------|---------|-------------|--------|--------|------------|
    |         | D-0001  | alternative | none   | Ute    | 2026-02-12 |
    ```

    Waive: write CTX-020 into the deal's Waived cell, with who, why and until when.
    """
    parts = {"person": Phrase("who said so"), "learned_on": Phrase("when")}
    return _lacking(rows, settings, "none", parts)


@rule(
    "CTX-021",
    Severity.WARNING,
    'Deal {deal}: nobody knows "{kind}" yet, and {lacks} is missing.',
    "Write who asks again, and on which day.",
    needs="context",
)
def unknown_without_chase(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """An open question may pass the gate when somebody will ask again on a day.

    Without both it is forgotten on the day of the handover.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer | chase_on | chase_by |
    |---------|---------|----------|--------|----------|----------|
    |         | D-0001  | pressure | ?      |          | Tom      |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer | chase_on   | chase_by |
    |---------|---------|----------|--------|------------|----------|
    |         | D-0001  | pressure | ?      | 2026-03-09 | Tom      |
    ```

    Waive: write CTX-021 into the deal's Waived cell, with who, why and until when.
    """
    parts = {"chase_on": Phrase("the day to ask again"), "chase_by": Phrase("who asks")}
    return _lacking(rows, settings, "unknown", parts)


@rule(
    "CTX-022",
    Severity.WARNING,
    'Deal {deal}: "{kind}" is marked as not applicable without {lacks}.',
    "Write in the note why the question does not apply.",
    needs="context",
)
def not_applicable_without_reason(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Not applicable is the quickest way past a question, so it asks for its reason.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | answer | note |
    |---------|---------|-------------|--------|------|
    |         | D-0001  | alternative | n/a    |      |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind        | answer | note                  |
    |---------|---------|-------------|--------|-----------------------|
    |         | D-0001  | alternative | n/a    | Renewal, no tendering |
    ```

    Waive: write CTX-022 into the deal's Waived cell, with who, why and until when.
    """
    return _lacking(rows, settings, "n_a", {"note": Phrase("a reason")})


@rule(
    "CTX-023",
    Severity.WARNING,
    'Deal {deal}: the answer to "{kind}" lacks {lacks}.',
    "Fill it in beside the answer.",
    needs="context",
)
def answer_incomplete(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """Some answers are only of use with their date or their person.

    A deadline needs the day, what happens on it, and whether it can move; pushback needs a name.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind          | answer                | date | driver | hardness |
    |---------|---------|---------------|-----------------------|------|--------|----------|
    |         | D-0001  | real_deadline | before the board sits |      | board  | hard     |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind          | answer                | date       | driver | hardness |
    |---------|---------|---------------|-----------------------|------------|--------|----------|
    |         | D-0001  | real_deadline | before the board sits | 2026-06-16 | board  | hard     |
    ```

    Waive: write CTX-023 into the deal's Waived cell, with who, why and until when.
    """
    for row, needed in caused(rows, settings, "incomplete"):
        lacks = {key: word for key, word in _needs(row).items() if not row.get(key)}
        if needed is not None:
            kind = settings.label("kind", row.kind)
            words = {"kind": kind, "lacks": Series(" and ", [*lacks.values()])}
            yield from gap(rows, row, next(iter(lacks), ""), needed, **words)


def _needs(row: Context) -> dict[str, Phrase]:
    if row.kind == "real_deadline":
        return {
            "date": Phrase("the date"),
            "driver": Phrase("what happens on it"),
            "hardness": Phrase("if it can move"),
        }
    return {"person": Phrase("the person")}


@rule(
    "CTX-024",
    Severity.WARNING,
    'Deal {deal}: "{kind}" is to be asked again on {day}.',
    "Ask, or move the day.",
    needs="context",
    reminds=True,
)
def chase_overdue(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A question that passed the gate as open must not stay open for ever.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer | chase_on   | chase_by |
    |---------|---------|----------|--------|------------|----------|
    |         | D-0001  | pressure | ?      | 2026-02-16 | Tom      |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer | chase_on   | chase_by |
    |---------|---------|----------|--------|------------|----------|
    |         | D-0001  | pressure | ?      | 2026-03-16 | Tom      |
    ```
    """
    for row in rows.context:
        if row.state == "unknown" and row.chase_on is not None and row.chase_on <= settings.asof:
            kind = settings.label("kind", row.kind)
            yield said(rows, row, "chase_on", kind=kind, day=row.chase_on)


@rule(
    "CTX-025",
    Severity.WARNING,
    'Deal {deal}: the answer to "{kind}" is a guess.',
    "Ask the client, or hand it over as an open question.",
    needs="context",
)
def guessed(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """What the handover relies on should have been said by somebody.

    A guess is welcome while selling; at closing it is a question in disguise.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer                | confidence |
    |---------|---------|----------|-----------------------|------------|
    |         | D-0001  | pressure | Ute told the board so | guess      |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer                | confidence |
    |---------|---------|----------|-----------------------|------------|
    |         | D-0001  | pressure | Ute told the board so | said       |
    ```
    """
    if rows.rank < HANDOVER_RANK:
        return
    for row in rows.context:
        if row.required and row.state == "answered" and row.confidence == "guess":
            yield said(rows, row, "confidence", kind=settings.label("kind", row.kind))
