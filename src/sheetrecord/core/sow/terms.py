"""The terms of the Deal row beside its contract: the amount, the days, the date that matters."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sheetrecord.core.find import fold
from sheetrecord.core.handover.schedule import deadline_of
from sheetrecord.core.sow.facts import Clause, ComparedRow
from sheetrecord.core.sow.words import pattern
from sheetrecord.model.money import to_major
from sheetrecord.schema.column import Row
from sheetrecord.schema.record import DealRows, Settings


def terms(rows: DealRows, settings: Settings, clauses: Sequence[Clause]) -> Iterator[ComparedRow]:
    """Yield what the contract says of each term that the Deal row holds."""
    yield from _value(rows, settings, clauses)
    deal = rows.deal
    for key, day, words in (
        ("contract_start", deal.contract_start, "starts"),
        ("contract_end", deal.contract_end, "ends"),
    ):
        if day is not None:
            yield _day(deal, key, day, words, clauses)
    limit = deadline_of(rows)
    if limit is not None and limit.day != deal.contract_end:
        held = _holding(limit.day, clauses)
        why = "" if held else "the date that really matters is not in the contract"
        verdict = "included" if held else "not_found"
        what = f"{limit.day} {limit.driver}".strip()
        yield _row(limit.fact, "date", what, verdict, why, held)


def _value(rows: DealRows, settings: Settings, clauses: Sequence[Clause]) -> Iterator[ComparedRow]:
    """Yield what the contract says of the agreed amount: the same, another total, or nothing."""
    deal, currency = rows.deal, rows.currency or settings.currency
    if deal.value_net is None:
        return
    value = to_major(deal.value_net, currency)
    what = f"{value:,} {currency}"
    if same := _naming(value, currency, clauses):
        yield _row(deal, "value_net", what, "included", "", same)
    elif other := _total(clauses):
        clause, text = other
        why = f"the record says {what}, the contract {text}"
        yield _row(deal, "value_net", what, "differs", why, clause)
    else:
        yield _row(deal, "value_net", what, "not_found", "no clause names this amount", None)


def _naming(value: Decimal, currency: str, clauses: Sequence[Clause]) -> Clause | None:
    """Return the first clause that names an amount."""
    for clause in clauses:
        if any(m.amount == value and m.currency in {"", currency} for m in clause.money):
            return clause
    return None


def _total(clauses: Sequence[Clause]) -> tuple[Clause, str] | None:
    """Return the largest amount that stands where the whole is named, and its clause."""
    words = pattern("total", whole=True)
    named = [c for c in clauses if c.money and words.search(fold(f"{c.heading} {c.text}"))]
    found = [(mention.amount, clause, mention.text) for clause in named for mention in clause.money]
    if not found:
        return None
    _, clause, text = max(found, key=lambda one: one[0])
    return clause, text


def _day(deal: Row, key: str, day: dt.date, words: str, clauses: Sequence[Clause]) -> ComparedRow:
    held = _holding(day, clauses)
    if held is not None:
        return _row(deal, key, str(day), "included", "", held)
    for clause in clauses:
        for mention in clause.days:
            before = fold(clause.text[: clause.text.find(mention.text)])[-60:]
            if pattern(words, whole=True).search(before):
                why = f"the record says {day}, the contract {mention.text}"
                return _row(deal, key, str(day), "differs", why, clause)
    return _row(deal, key, str(day), "not_found", "no clause names this day", None)


def _holding(day: dt.date, clauses: Sequence[Clause]) -> Clause | None:
    return next((c for c in clauses if any(day in mention.days for mention in c.days)), None)


def _row(
    row: Row, key: str, what: str, verdict: str, why: str, clause: Clause | None
) -> ComparedRow:
    quote = clause.text if clause else ""
    return ComparedRow(row.sheet, row.row, row.id, key, what, verdict, why, clause, quote)
