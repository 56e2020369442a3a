"""What a contract holds and the record does not: days, amounts, deliverables."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from sheetrecord.core.sow.facts import Clause, Unmatched
from sheetrecord.core.sow.index import ClauseIndex
from sheetrecord.core.sow.words import stems
from sheetrecord.model.money import to_major
from sheetrecord.schema.record import DealRows, Settings

_HELD: Final = 0.5
"""So much of a deliverable's words in one row of the record make it known there."""


def unmatched(
    rows: DealRows, settings: Settings, clauses: Sequence[Clause], index: ClauseIndex
) -> Iterator[Unmatched]:
    """Yield each day, amount and deliverable of a contract that no row of the deal holds."""
    days, amounts = set(_days(rows)), set(_amounts(rows, settings))
    currency = rows.currency or settings.currency
    said = [frozenset(stems(text)) for text in _texts(rows)]
    for clause in clauses:
        yield from (
            Unmatched("day", one.text, clause) for one in clause.days if not one.days & days
        )
        for money in clause.money:
            if money.amount not in amounts or money.currency not in {"", currency}:
                yield Unmatched("amount", money.text, clause)
        words = frozenset(stems(clause.text) if clause.deliverable else ())
        if words and not _known(words, said, index):
            yield Unmatched("deliverable", clause.text, clause)


def _known(words: frozenset[str], said: Sequence[frozenset[str]], index: ClauseIndex) -> bool:
    """Tell whether a row holds most of a clause, or a clause most of a row."""
    for held in said:
        both = index.weight(words & held)
        if both >= _HELD * min(index.weight(words), index.weight(held) or 1):
            return True
    return False


def _days(rows: DealRows) -> Iterator[dt.date]:
    deal = rows.deal
    found = [deal.contract_start, deal.contract_end, deal.signed_on, deal.notice_by]
    found += [fact.date for fact in rows.context]
    found += [day for said in rows.commitments for day in (said.due_on, said.said_on)]
    for work in rows.project:
        found += [work.date_planned, work.date_baseline, work.due_on]
    found += [day for fee in rows.fees for day in (fee.planned_on, fee.invoiced_on)]
    yield from filter(None, found)


def _amounts(rows: DealRows, settings: Settings) -> Iterator[Decimal]:
    currency = rows.currency or settings.currency
    found = [rows.deal.value_net, *(said.amount_net for said in rows.commitments)]
    found += [work.amount_net for work in rows.project]
    found += [amount for fee in rows.fees for amount in (fee.net, fee.gross, fee.tax)]
    yield from (to_major(amount, currency) for amount in found if amount is not None)


def _texts(rows: DealRows) -> Iterator[str]:
    yield from (said.what for said in rows.spoken)
    yield from (work.title for work in rows.project if work.kind != "summary")
    yield from (fee.description for fee in rows.fees)
    yield from (fact.answer for fact in rows.context if fact.kind in {"success_formal", "rounds"})
