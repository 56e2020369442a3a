"""Who else finds things in a passage: a port, and what becomes of its answers.

The rules are one provider, a local model may be another. Whoever finds says a kind and a quote and
nothing more: days, amounts and persons are read from the quote by the same code for all. A quote
that does not stand in the passage, word for word, is dropped and counted.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Protocol

from sheetrecord.core.capture.cues import KINDS
from sheetrecord.core.capture.folding import folded

MOST: Final = 20
"""Findings that are taken of one passage."""
_SHORTEST: Final = 2
"""Words of the shortest quote."""
NOT_LITERAL: Final = "not in the source"
UNKNOWN_KIND: Final = "unknown kind"
TOO_MANY: Final = "too many"


class ProviderFinding(NamedTuple):
    """What a provider says: a kind of ours, and the words it stands in; ``negated`` is declined."""

    kind: str
    quote: str
    negated: bool = False


class Provider(Protocol):
    """Finds things in what one person wrote at one time; keeps no state between passages."""

    @property
    def name(self) -> str:
        """What it is called where its proposals are shown."""

    def find(self, passage: str, language: str, side: str) -> Iterable[ProviderFinding]:
        """Return what it finds. Must raise nothing but `ProviderAway` when it cannot answer."""


class ProviderAway(Exception):
    """A provider that does not answer; its text says why."""


class Grounded(NamedTuple):
    """A finding held to its passage: where it stands there, or why it is dropped."""

    found: ProviderFinding
    start: int
    end: int
    dropped: str = ""


def grounded(passage: str, found: Iterable[ProviderFinding]) -> Iterator[Grounded]:
    """Yield findings with their span in a passage; those that are not literal with why they go.

    White space, quotation marks and accents are compared folded; the span is the passage's own.
    """
    plain = folded(passage)
    for number, one in enumerate(found):
        if number >= MOST:
            yield Grounded(one, 0, 0, TOO_MANY)
        elif one.kind not in KINDS:
            yield Grounded(one, 0, 0, UNKNOWN_KIND)
        else:
            span = _span(plain, one.quote)
            yield Grounded(one, *span) if span else Grounded(one, 0, 0, NOT_LITERAL)


def _span(plain: str, quote: str) -> tuple[int, int] | None:
    words = folded(quote).strip(" \"'").split()
    if len(words) < _SHORTEST:
        return None
    met = re.search(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", plain)
    return met.span() if met else None
