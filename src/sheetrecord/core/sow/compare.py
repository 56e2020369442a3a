"""Compare a deal's promises, exclusions, days, amounts and assumptions with its contract."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sheetrecord.core.sow.facts import Clause, ComparedRow, Unmatched
from sheetrecord.core.sow.index import FOUND, MAYBE, ClauseIndex, FoundSentence
from sheetrecord.core.sow.others import unmatched
from sheetrecord.core.sow.terms import terms
from sheetrecord.core.sow.words import numbers, stems, turned
from sheetrecord.model.money import to_major
from sheetrecord.schema.commitments import SETTLED, Commitments
from sheetrecord.schema.record import DealRows, Settings

_AGAINST: Final = frozenset({"declined", "change_order", "next_phase"})
"""Decisions by which something is not to be in the contract."""
_OUTSIDE: Final = _AGAINST | {"honour_free"}
"""Decisions by which it need not be."""
_EACH: Final = 2


class SowReport(NamedTuple):
    """What a contract makes of the record, and what it holds besides."""

    rows: tuple[ComparedRow, ...]
    others: tuple[Unmatched, ...]
    clauses: int

    @property
    def open(self) -> int:
        """How many rows a person has to look at."""
        return sum(row.open for row in self.rows)


def compare(rows: DealRows, settings: Settings, clauses: Sequence[Clause]) -> SowReport:
    """Return the comparison of one deal; ``rows`` must have their derived columns filled."""
    index = ClauseIndex(clauses)
    found = [
        _commitment(said, rows, settings, index)
        for said in rows.spoken
        if said.disposition not in SETTLED
    ]
    found += terms(rows, settings, clauses)
    return SowReport(tuple(found), tuple(unmatched(rows, settings, clauses, index)), len(clauses))


def _commitment(
    said: Commitments, rows: DealRows, settings: Settings, index: ClauseIndex
) -> ComparedRow:
    """Return one commitment beside the sentence that speaks of it."""
    hits = index.find(said.what)
    best = hits[0] if hits else None
    outside = said.disposition in _OUTSIDE
    if best is None or best.score < MAYBE:
        return _row(said, "apart" if outside else "not_found", _apart(said, settings))
    if best.score < FOUND:
        near = tuple(dict.fromkeys(hit.clause for hit in hits))[:_EACH]
        return _row(said, "cannot_tell", "only some of its words stand there", near=near)
    if best.clause.excludes or _is_out(said, best, index):
        return _left_out(said, best, settings)
    why = _against(said, best, rows, settings)
    return _row(said, "differs" if why else "included", why, best)


def _left_out(said: Commitments, best: FoundSentence, settings: Settings) -> ComparedRow:
    """Return what comes of a sentence that leaves out what was said."""
    if said.type == "exclusion":
        return _row(said, "included", "", best)
    if said.disposition in _OUTSIDE:
        return _row(said, "apart", _apart(said, settings), best)
    counts = said.client_believes == "yes"
    return _row(said, "excluded", "the client counts on it" if counts else "", best)


def _against(said: Commitments, best: FoundSentence, rows: DealRows, settings: Settings) -> str:
    """Return what a sentence that leaves nothing out says otherwise; "" for nothing."""
    if said.type == "exclusion":
        return "the record leaves it out, and the contract includes it"
    if said.disposition in _AGAINST:
        label = settings.label("disposition", said.disposition)
        return f'the record says "{label}", and the contract includes it'
    return _differs(said, best, rows, settings)


def _apart(said: Commitments, settings: Settings) -> str:
    if said.disposition not in _OUTSIDE:
        return ""
    return f'agreed apart: "{settings.label("disposition", said.disposition)}"'


def _is_out(said: Commitments, best: FoundSentence, index: ClauseIndex) -> bool:
    """Tell whether the sentence turns round most of what was looked for."""
    wanted = frozenset(stems(said.what))
    turn = turned(best.sentence)
    return index.weight(wanted & turn.out) > index.weight(wanted & turn.within)


def _differs(said: Commitments, best: FoundSentence, rows: DealRows, settings: Settings) -> str:
    """Return what the contract says otherwise of a day, an amount or a number; "" for nothing."""
    days = best.clause.days
    if said.due_on and days and not any(said.due_on in day.days for day in days):
        return f"the record says {said.due_on}, the contract {days[0].text}"
    currency = rows.currency or settings.currency
    amount = None if said.amount_net is None else to_major(said.amount_net, currency)
    mine = [one for one in best.clause.money if one.currency in {"", currency}]
    if amount is not None and mine and not any(one.amount == amount for one in mine):
        return f"the record says {amount:,} {currency}, the contract {mine[0].text}"
    theirs = numbers(best.sentence)
    for word, mentioned in numbers(said.what).items():
        other = theirs.get(word, set())
        if other and not mentioned & other:
            return f"the record says {_list(mentioned)}, the contract {_list(other)}"
    return ""


def _list(found: set[int]) -> str:
    return " and ".join(map(str, sorted(found)))


def _row(
    said: Commitments,
    verdict: str,
    why: str = "",
    best: FoundSentence | None = None,
    near: tuple[Clause, ...] = (),
) -> ComparedRow:
    clause, quote = (best.clause, best.sentence) if best else (None, "")
    return ComparedRow(
        "Commitments", said.row, said.com_id, "what", said.what, verdict, why, clause, quote, near
    )
