"""What the words of a sentence weigh, kind by kind: the second opinion beside the cues.

Cues say how a thing is usually put; people put it otherwise. The weights were learned from labelled
sentences by ``scripts/learn_words.py`` (multinomial logistic regression over words, pairs of words
and beginnings of words) and are data: one file a language, read when its first sentence is judged.
"""

import json
import math
import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from sheetrecord.core.capture.cues import KINDS, cues_of
from sheetrecord.core.capture.folding import folded, squeezed
from sheetrecord.core.capture.rules import (
    ENOUGH,
    NOTHING,
    TOLD_KINDS,
    Utterance,
    Verdict,
    held_back,
    judge,
)

DENIED: Final = "promise-"
"""The label of a promise that is declined."""
LABELS: Final = ("", *KINDS, DENIED)
"""What a sentence can be; "" is nothing."""
SURE: Final = 0.3
"""The share from which a kind is proposed of which a cue was met."""
SURE_ALONE: Final = 0.45
"""The share from which words alone propose it."""
A_CUE: Final = math.e
"""How many times likelier a cue makes its kind; each point of weight above three as much again."""
_UNLIKE: Final = 0.3
"""How much less likely a denial is without a word that denies, and a promise with one."""
_BESIDE: Final = 0.5
"""The part of the first kind's share from which a second is offered beside it."""
_SHORT: Final = 3
_SCALE: Final = 100
_ABOUT: Final = 0.7
"""How much counts who says it, and whether a day or an amount is named."""
_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|[?€$£%]")
_STEM: Final = 5


class _WordWeights(NamedTuple):
    """The weights of one language: for each feature its rarity and what it adds to each label."""

    bias: tuple[float, ...]
    rarity: Mapping[str, float]
    adds: Mapping[str, tuple[tuple[int, float], ...]]


def words_of(text: str) -> set[str]:
    """Return the features of a text: its words, its pairs of words, the beginnings of long words.

    >>> sorted(words_of("Wir liefern am 4. Mai"))[:4]
    ['0', '0 mai', '^liefe', 'am']
    """
    words = ["0" if w.isdecimal() else w for w in _TOKEN.findall(folded(text))]
    pairs = {f"{one} {two}" for one, two in pairwise(words)}
    return {*words, *pairs, *(f"^{w[:_STEM]}" for w in words if len(w) > _STEM)}


def about(side: str, *, dated: bool, priced: bool) -> set[str]:
    """Return the features of what is known about a sentence."""
    named = {f"@{side}"}
    if dated:
        named |= {"@date", f"@date {side}"}
    if priced:
        named |= {"@money", f"@money {side}"}
    return named


def judged(said: Utterance) -> Verdict:
    """Return what a sentence is by its cues and by what its words weigh."""
    verdict = judge(said)
    if verdict.held or len(said.text.split()) < _SHORT or said.text.endswith(":"):
        return verdict
    shares = shares_of(said)
    met = DENIED if verdict.negated else verdict.kind
    if met:
        shares[met] *= A_CUE ** (1 + max(0, verdict.strength - ENOUGH))
    _deny(shares, said, verdict)
    whole = sum(shares.values())
    ranked = sorted(LABELS, key=lambda label: (-shares[label], LABELS.index(label)))
    best, second = ranked[:2]
    enough = SURE if best == met else SURE_ALONE
    if not best or shares[best] < enough * whole or _asked(best, said):
        return NOTHING
    why = "" if best == met else held_back(said, best.removesuffix("-"))
    if why:
        return Verdict(held=why)
    other = second.removesuffix("-") if shares[second] >= _BESIDE * shares[best] else ""
    kind = best.removesuffix("-")
    cue = verdict.cue if verdict.kind == kind else f"{said.language}.words.{kind}"
    beside = other if other != kind else ""
    return Verdict(kind, cue, verdict.weight, best == DENIED, beside)


def shares_of(said: Utterance) -> dict[str, float]:
    """Return how likely each label is by the words of a sentence; together they are 1."""
    weights = _weights(said.language)
    found = [word for word in words_of(said.text) if word in weights.rarity]
    length = math.sqrt(sum(weights.rarity[word] ** 2 for word in found)) or 1.0
    sums = list(weights.bias)
    parts = [(word, weights.rarity[word] / length) for word in found]
    parts += [(w, _ABOUT) for w in about(said.side, dated=said.dated, priced=said.priced)]
    for word, value in parts:
        for label, weight in weights.adds.get(word, ()):
            sums[label] += weight * value
    top = max(sums)
    powers = [math.exp(one - top) for one in sums]
    whole = sum(powers)
    return {label: power / whole for label, power in zip(LABELS, powers, strict=True)}


def _deny(shares: dict[str, float], said: Utterance, verdict: Verdict) -> None:
    """Make a denial unlikely that no word denies, and a promise that one does."""
    cues = cues_of(said.language)
    if verdict.negated:
        shares["promise"] = 0.0
        return
    plain = cues.positive.sub(" ", squeezed(folded(said.text)))
    shares["promise" if cues.negates.search(plain) else DENIED] *= _UNLIKE


def _asked(label: str, said: Utterance) -> bool:
    """Return True if a question does not tell what it is about."""
    untold = label.removesuffix("-") in TOLD_KINDS or label == "real_deadline"
    return untold and said.text.rstrip("\"') ").endswith("?")


@cache
def _weights(language: str) -> _WordWeights:
    data = pkgutil.get_data("sheetrecord.core.capture.weights", f"{language}.json") or b"{}"
    told = json.loads(data)
    rarity = {word: numbers[0] / _SCALE for word, numbers in told["words"].items()}
    adds = {
        word: tuple((numbers[at], numbers[at + 1] / _SCALE) for at in range(1, len(numbers) - 1, 2))
        for word, numbers in told["words"].items()
    }
    return _WordWeights(tuple(one / _SCALE for one in told["bias"]), rarity, adds)
