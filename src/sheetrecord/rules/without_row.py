"""Which questions of a deal have no row in which somebody could answer them."""

from collections.abc import Sequence

from sheetrecord.model.phrase import Phrase, Series
from sheetrecord.rules.need import GOING_ON, handed_over
from sheetrecord.schema.lists import ANSWERS, FENCED_MODELS, FENCES
from sheetrecord.schema.record import DealRows, Settings

PERSON = "stakeholder"
"""The kind of a row about one of the client's people."""


def _sold(rows: DealRows) -> bool:
    """Tell whether sales is still asked about a deal."""
    return rows.stage_type in GOING_ON and not handed_over(rows)


def kinds_without_row(rows: DealRows, settings: Settings) -> list[str]:
    """Return the kinds of fact that Context has no row for, in the order in which they are asked.

    Of a deal that ops has, only those that keep its gate shut.
    """
    if rows.stage_type not in GOING_ON:
        return []
    there = {row.kind for row in rows.context}
    sold = _sold(rows)
    asked = [one.kind for one in settings.prompts if sold or one.blocks]
    return [kind for kind in (*asked, *([PERSON] if sold else ())) if kind not in there]


def types_without_row(rows: DealRows, settings: Settings) -> list[str]:
    """Return the types of commitment that a deal is asked for and Commitments has no row for."""
    if not _sold(rows):
        return []
    there = {row.type for row in rows.commitments}
    told = {ANSWERS.get(row.type or "promise", 0) for row in rows.commitments if row.what}
    fenced = rows.deal.fee_model in FENCED_MODELS
    asked = (one for one in settings.ready_types if fenced or one not in FENCES)
    return [one for one in asked if one not in there and ANSWERS.get(one) not in told]


_NAMED = 5


def listed(labels: Sequence[str]) -> Series | Phrase:
    """Return the first labels and how many more there are.

    >>> listed(["Why us", "Pressure"]), listed(list("abcdefgh"))
    ('Why us, Pressure', 'a, b, c, d, e and 3 more')
    """
    more = len(labels) - _NAMED
    some = Series(", ", labels[:_NAMED])
    return Phrase("{some} and {more} more", some=some, more=more) if more > 0 else some
