"""Findings held against the record: what is new, known, adds to a row or contradicts one."""

import datetime as dt
import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.capture.find import CaptureFinding
from sheetrecord.core.capture.folding import key
from sheetrecord.core.capture.place import CONTEXT, MONEY, Placed, placed, source_of
from sheetrecord.schema.column import Row
from sheetrecord.schema.record import DealRows

FRESH, KNOWN, ADDS, CONTRADICTS = "new", "known", "adds", "contradicts"
_ALIKE: Final = 0.8
"""The share of common words, rarer ones weighing more, from which two texts say the same."""
_RELATED: Final = 0.3


class CaptureProposal(NamedTuple):
    """One row that is proposed for the record, with its evidence."""

    id: str
    finding: CaptureFinding
    kind: str
    placed: Placed
    source: str
    verdict: str
    like: tuple[str, ...] = ()
    """Ids of the rows that it is like."""


def proposal_id(deal_id: str, quote: str) -> str:
    """Return what a proposal is known by: the same words about the same deal, the same id."""
    digest = hashlib.sha256(f"{deal_id}\x1f{key(quote)}".encode()).hexdigest()
    return f"p{digest[:10]}"


def proposals(
    found: Sequence[CaptureFinding],
    paths: Sequence[str],
    rows: DealRows,
    declined: Collection[str] = (),
) -> list[CaptureProposal]:
    """Return the proposals of some findings for a deal; what was ``declined`` is not offered again.

    ``paths`` are the names of the sources by number.
    """
    words = _KnownWords(rows, found)
    made: list[CaptureProposal] = []
    for one in found:
        id_ = proposal_id(rows.id, one.quote)
        if id_ in declined:
            continue
        source = source_of(one, paths[one.source])
        if any(_same_again(one, earlier.finding, words) for earlier in made):
            continue
        verdict, like = words.verdict(one, source)
        made.append(
            CaptureProposal(
                id_, one, one.kind, placed(one, one.kind, source), source, verdict, like
            )
        )
    return made


def _same_again(one: CaptureFinding, other: CaptureFinding, words: "_KnownWords") -> bool:
    """Return True if two findings of one run say the same: equal kind, and value or words."""
    if one.kind != other.kind or one.negated != other.negated:
        return False
    same_day = one.values.date == other.values.date
    return same_day and words.alike(one.quote, other.quote) >= _ALIKE


class _KnownWords:
    """What the record holds of a deal, and how much the words of two texts have in common."""

    def __init__(self, rows: DealRows, found: Iterable[CaptureFinding]) -> None:
        self._facts = [row for row in rows.context if row.answer or row.person or row.date]
        self._said = [row for row in rows.commitments if row.what]
        self._note = key(rows.deal.note or "")
        self._count: dict[str, int] = {}
        texts = [*(row.answer for row in self._facts), *(row.what for row in self._said)]
        for text in (*texts, *(one.quote for one in found)):
            for word in set(key(text).split()):
                self._count[word] = self._count.get(word, 0) + 1

    def alike(self, one: str, two: str) -> float:
        """Return the share of two texts' words that they have in common, by weight."""
        first, second = set(key(one).split()), set(key(two).split())
        whole = sum(map(self._weight, first | second))
        return sum(map(self._weight, first & second)) / whole if whole else 0.0

    def _weight(self, word: str) -> float:
        return 1 / (1 + math.log1p(self._count.get(word, 0))) * min(len(word), 6)

    def verdict(self, one: CaptureFinding, source: str) -> tuple[str, tuple[str, ...]]:
        """Return how a finding stands to the record, and the rows that it is like."""
        if one.kind == MONEY:
            return (KNOWN if key(one.quote) in self._note else FRESH), ()
        if one.kind in CONTEXT:
            return self._fact(one, source)
        return self._commitment(one, source)

    def _fact(self, one: CaptureFinding, source: str) -> tuple[str, tuple[str, ...]]:
        same = [row for row in self._facts if row.kind == CONTEXT[one.kind]]
        held = [r for r in self._facts if self._is(r.answer, r.source_link, one, source)]
        if held:
            return KNOWN, (held[0].ctx_id,)
        alike = [row for row in same if self.alike(row.answer, one.quote) >= _ALIKE]
        if alike:
            return ADDS, (alike[0].ctx_id,)
        if one.kind == "real_deadline" and one.values.date:
            return _deadline(same, one.values.date)
        return _known_person(same, one.values.person) if one.kind == "person_role" else (FRESH, ())

    def _commitment(self, one: CaptureFinding, source: str) -> tuple[str, tuple[str, ...]]:
        for row in self._said:
            if self._is(row.what, row.source_link, one, source):
                return KNOWN, (row.com_id,)
        near = sorted(self._said, key=lambda row: -self.alike(row.what, one.quote))
        for row in near[:1]:
            alike = self.alike(row.what, one.quote)
            if alike >= _RELATED and _other_way(row, one):
                return CONTRADICTS, (row.com_id,)
            if alike >= _ALIKE:
                return ADDS, (row.com_id,)
        return FRESH, ()

    def _is(self, text: str, link: str, one: CaptureFinding, source: str) -> bool:
        """Return True if a row is this very quote: its words, or its source and most words."""
        held, quote = key(text), key(one.quote)
        if not held:
            return False
        if held == quote or (len(quote.split()) > 4 and (quote in held or held in quote)):
            return True
        return bool(link) and link == source and self.alike(text, one.quote) >= 0.5


def _known_person(same: Sequence[Row], person: str) -> tuple[str, tuple[str, ...]]:
    """Return the rows of a person whom the record knows already."""
    like = tuple(row.id for row in same if person and key(str(row.get("person"))) == key(person))
    return (ADDS, like) if like else (FRESH, ())


def _deadline(same: Sequence[Row], day: dt.date) -> tuple[str, tuple[str, ...]]:
    """Return whether a day is the record's own, or another than that."""
    dated = [row for row in same if row.get("date")]
    like = tuple(row.id for row in dated)
    if any(row.get("date") == day for row in dated):
        return ADDS, like
    return (CONTRADICTS, like) if dated else (FRESH, ())


def _other_way(row: Row, one: CaptureFinding) -> bool:
    """Return True if one says that it is included and the other that it is not."""
    excluded = row.get("type") == "exclusion"
    day = row.get("due_on")
    moved = bool(day and one.values.date and day != one.values.date and not excluded)
    return excluded != one.negated or moved


def summary(made: Iterable[CaptureProposal], dropped: int) -> Mapping[str, int]:
    """Return how many proposals there are of each verdict."""
    told = dict.fromkeys((FRESH, ADDS, CONTRADICTS, KNOWN), 0)
    for one in made:
        told[one.verdict] += 1
    return {**told, "dropped": dropped}
