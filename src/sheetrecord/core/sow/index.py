"""The sentences of a contract, found by the rarer words that they share with what was said."""

from collections import Counter
from collections.abc import Collection, Sequence
from math import log
from typing import Final, NamedTuple

from sheetrecord.core.sow.facts import Clause
from sheetrecord.core.sow.words import sentences, stems

FOUND: Final = 0.7
"""So much of the weight of its words makes a sentence the one that speaks of it."""
MAYBE: Final = 0.35
"""So much makes it one that a person must look at."""
_TITLE: Final = 0.85
"""What a word of the heading, or of a neighbouring sentence, counts for."""


class FoundSentence(NamedTuple):
    """A sentence, its clause, and how much of what was looked for it holds."""

    clause: Clause
    sentence: str
    score: float


class ClauseIndex:
    """Finds sentences by weighted words: one that stands everywhere counts for little."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        around = [frozenset(stems(f"{clause.heading} {clause.text}")) for clause in clauses]
        self._sentences = [
            (clause, text, frozenset(stems(text)), words)
            for clause, words in zip(clauses, around, strict=True)
            for text in sentences(clause.text)
        ]
        self._often = Counter(word for *_, words, _ in self._sentences for word in words)

    def weight(self, words: Collection[str]) -> float:
        """Return how much words tell, the rarer the more."""
        total = len(self._sentences) + 1
        return sum(log(1 + total / (1 + self._often[word])) for word in set(words))

    def find(self, text: str) -> list[FoundSentence]:
        """Return sentences by how much of a text they hold, the best first; none below nothing."""
        wanted = frozenset(stems(text))
        whole = self.weight(wanted)
        if not whole:
            return []
        found = []
        for clause, sentence, own, around in self._sentences:
            near = (wanted & around) - own
            score = (self.weight(wanted & own) + _TITLE * self.weight(near)) / whole
            if wanted & own:
                found.append(FoundSentence(clause, sentence, score))
        return sorted(found, key=lambda one: -one.score)
