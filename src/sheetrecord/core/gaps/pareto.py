"""The gaps of a record, the dearest kind first: how many, where it was, why it did not travel."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final, NamedTuple

from sheetrecord.core.find import fold
from sheetrecord.core.gaps.subjects import GapSubject, subject_of
from sheetrecord.model.money import to_major
from sheetrecord.schema.gaps import Gaps
from sheetrecord.schema.read.lexicon import Lexicon
from sheetrecord.schema.record import Record

_WORD: Final = re.compile(r"\w+")
_ALIKE: Final = 0.6
"""So much of their rarer words two gaps must share to be asked whether they are one."""


class GapGroup(NamedTuple):
    """Gaps about one thing. ``money`` is what was lost by currency, with the hours at the rate."""

    subject: GapSubject
    rows: tuple[Gaps, ...]
    deals: tuple[str, ...]
    hours: float
    money: Mapping[str, Decimal]
    where: Mapping[str, int]
    why: Mapping[str, int]

    @property
    def cause(self) -> str:
        """Why it mostly did not travel; "" where nobody said, or as many said two things."""
        order = sorted(self.why.items(), key=lambda item: -item[1])
        tied = len(order) > 1 and order[0][1] == order[1][1]
        return "" if not order or tied else order[0][0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its rows."""
        return tuple(row.gap_id for row in self.rows)


def groups_of(record: Record, lexicon: Lexicon) -> list[GapGroup]:
    """Return the gaps by what they are about, those of most deals first, then the dearest."""
    by_subject: dict[tuple[str, str], list[Gaps]] = {}
    subjects: dict[tuple[str, str], GapSubject] = {}
    for row in record.gaps:
        if not (row.what_was_missing or row.prompt_or_field):
            continue
        subject = subject_of(row.prompt_or_field, row.what_was_missing, lexicon)
        key = subject.kind, subject.key
        subjects.setdefault(key, subject)
        by_subject.setdefault(key, []).append(row)
    found = [_group(subjects[key], rows, record) for key, rows in by_subject.items()]
    usual = record.settings.currency

    def weight(group: GapGroup) -> tuple[int, Decimal, float, int]:
        return (
            -len(group.deals),
            -group.money.get(usual, Decimal(0)),
            -group.hours,
            -len(group.rows),
        )

    return sorted(found, key=weight)


def _group(subject: GapSubject, rows: Sequence[Gaps], record: Record) -> GapGroup:
    settings = record.settings
    money: dict[str, Decimal] = {}
    hours = sum(row.hours_lost or 0 for row in rows)
    for row in rows:
        deal = record.by_deal.get(row.deal_id)
        currency = (deal.currency if deal else "") or settings.currency
        lost = to_major(row.money_lost or 0, currency)
        lost += Decimal(str(row.hours_lost or 0)) * Decimal(str(settings.hourly_rate))
        if lost:
            money[currency] = money.get(currency, Decimal(0)) + lost
    return GapGroup(
        subject,
        tuple(rows),
        tuple(dict.fromkeys(row.deal_id for row in rows if row.deal_id)),
        hours,
        money,
        _counted(row.where_it_was for row in rows),
        _counted(row.why_not_transferred for row in rows),
    )


def _counted(codes: Iterable[str]) -> dict[str, int]:
    return dict(Counter(code for code in codes if code).most_common())


def alike(groups: Sequence[GapGroup]) -> list[tuple[GapGroup, GapGroup]]:
    """Return pairs of gaps in own words that may be one: a person says so, by the same word."""
    own = [(group, _words(group)) for group in groups if group.subject.kind == "own"]
    often = Counter(word for _, words in own for word in words)

    def weight(words: frozenset[str]) -> float:
        return sum(1 / often[word] for word in words)

    def one(mine: frozenset[str], other: frozenset[str]) -> bool:
        least = min(weight(mine), weight(other))
        return least > 0 and weight(mine & other) / least >= _ALIKE

    pairs = combinations(own, 2)
    return [(group, other) for (group, mine), (other, words) in pairs if one(mine, words)]


def _words(group: GapGroup) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(group.subject.label)) if len(word) > 3)
