"""Rules about answers that only look like answers."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from sheetrecord.model.problem import Severity
from sheetrecord.rules.context.cause import caused
from sheetrecord.rules.need import gap, said
from sheetrecord.rules.rule import Found, book_rule, rule
from sheetrecord.schema.context import Context
from sheetrecord.schema.record import DealRows, Record, Settings

FEWEST_WORDS = 3
SAME_IN_DEALS = 3

_NO_SENTENCE = frozenset({"stakeholder", "real_deadline", ""})
"""Kinds whose answer may be short: the person or the date says it."""


@rule(
    "CTX-900",
    Severity.WARNING,
    'Deal {deal}: "{answer}" does not answer "{kind}".',
    "Write one sentence in the client's words, or {answers.none}, {answers.unknown}, "
    "{answers.n_a} or {answers.declined}.",
    needs="context",
)
def junk_answer(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A cell that is filled to be filled is worse than a blank one: it looks answered.

    Such words count as not asked. The list of them is in the Lists sheet.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind   | answer |
    |---------|---------|--------|--------|
    |         | D-0001  | why_us | TBD    |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind   | answer             |
    |---------|---------|--------|--------------------|
    |         | D-0001  | why_us | We know their site |
    ```

    Waive: write CTX-900 into the deal's Waived cell, with who, why and until when.
    """
    for row, needed in caused(rows, settings, "junk"):
        words = {"answer": row.answer, "kind": settings.label("kind", row.kind)}
        if needed is None:
            yield said(rows, row, "answer", **words)
        else:
            yield from gap(rows, row, "answer", needed, **words)


@rule(
    "CTX-901",
    Severity.WARNING,
    'Deal {deal}: "{answer}" is a short answer to "{kind}".',
    "Write a whole sentence that a stranger would understand.",
    needs="context",
)
def too_short(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """One or two words remind the one who wrote them, and tell nobody else anything.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer |
    |---------|---------|----------|--------|
    |         | D-0001  | pressure | Board  |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind     | answer                     |
    |---------|---------|----------|----------------------------|
    |         | D-0001  | pressure | Ute promised it to a board |
    ```
    """
    for row in rows.context:
        if _is_prose(row) and _words(row.answer) < FEWEST_WORDS:
            words = {"answer": row.answer, "kind": settings.label("kind", row.kind)}
            yield said(rows, row, "answer", **words)


def _words(text: str) -> int:
    """Count words; scripts written without blanks (Thai, Chinese...) count by the letter."""
    return len(text.split()) if max(text) < "\u0e00" else len(text)


def _is_prose(row: Context) -> bool:
    return row.state == "answered" and bool(row.answer) and row.kind not in _NO_SENTENCE


@book_rule(
    "CTX-902",
    Severity.WARNING,
    'Deal {deal}: the same answer stands in {count} deals: "{answer}".',
    "Write what is true for this client.",
)
def pasted_answer(record: Record) -> Iterator[Found]:
    """The same sentence in three deals was pasted, not learned.

    ```bad
    | Deal | deal_id | client  | stage |
    |------|---------|---------|-------|
    |      | D-0001  | Acme    | won   |
    |      | D-0002  | Initech | won   |
    |      | D-0003  | Umbrago | won   |

    | Context | deal_id | kind   | answer                  |
    |---------|---------|--------|-------------------------|
    |         | D-0001  | why_us | They like how we work   |
    |         | D-0002  | why_us | They like how we work   |
    |         | D-0003  | why_us | they like how we work   |
    ```

    ```good
    | Deal | deal_id | client  | stage |
    |------|---------|---------|-------|
    |      | D-0001  | Acme    | won   |
    |      | D-0002  | Initech | won   |
    |      | D-0003  | Umbrago | won   |

    | Context | deal_id | kind   | answer                  |
    |---------|---------|--------|-------------------------|
    |         | D-0001  | why_us | They like how we work   |
    |         | D-0002  | why_us | We know their plant     |
    |         | D-0003  | why_us | Their board asked us    |
    ```
    """
    deals: defaultdict[str, set[str]] = defaultdict(set)
    for row in record.context:
        if _is_prose(row):
            deals[_folded(row.answer)].add(row.deal_id)
    if not any(len(found) >= SAME_IN_DEALS for found in deals.values()):
        return
    for row in record.context:
        count = len(deals.get(_folded(row.answer), ())) if _is_prose(row) else 0
        if count >= SAME_IN_DEALS:
            short = row.answer if len(row.answer) <= 60 else row.answer[:57] + "..."
            yield Found(row, "answer", {"deal": row.deal_id, "count": count, "answer": short})


@rule(
    "CTX-903",
    Severity.WARNING,
    'Deal {deal}: the answer to "{kind}" repeats the question.',
    "Write what the client said.",
    needs="context",
)
def answer_is_the_question(rows: DealRows, settings: Settings) -> Iterator[Found]:
    """A question copied into its answer was in the way, not answered.

    ```bad
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind   | answer                                              |
    |---------|---------|--------|-----------------------------------------------------|
    |         | D-0001  | why_us | Why us, in their own words, and over what or whom?  |
    ```

    ```good
    | Deal | deal_id | client | stage |
    |------|---------|--------|-------|
    |      | D-0001  | Acme   | won   |

    | Context | deal_id | kind   | answer             |
    |---------|---------|--------|--------------------|
    |         | D-0001  | why_us | We know their site |
    ```
    """
    for row in rows.context:
        if row.prompt and _folded(row.answer) == _folded(row.prompt):
            yield said(rows, row, "answer", kind=settings.label("kind", row.kind))


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .?!")
