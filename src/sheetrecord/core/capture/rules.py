"""The rules: which cues a sentence meets, what is held back, and what that makes it."""

import re
from typing import Final, NamedTuple

from sheetrecord.core.capture.cues import KINDS, Cue, CueSet, cues_of
from sheetrecord.core.capture.folding import folded, squeezed

ENOUGH: Final = 3
"""The weight from which a kind is proposed."""
GUESS: Final = 2
CLOSE: Final = 1
"""How much less a second kind may weigh to be offered beside the first."""
TOLD_KINDS: Final = frozenset(KINDS) - {"scope_assumed", "real_deadline", "budget", "constraint"}
"""Kinds that a question does not tell."""
_CLAUSE: Final = re.compile(
    r"[;:,]|\s-\s|\b(?:but|aber|sondern|pero|sino|mais|however|allerdings)\b"
)


class Utterance(NamedTuple):
    """A sentence, and what is known about it: its side is ``us``, ``client`` or ``unknown``."""

    text: str
    language: str
    side: str
    dated: bool = False
    priced: bool = False
    to_the_day: bool = False
    """Whether a single day is named."""


class Verdict(NamedTuple):
    """What a sentence is: its kind, or why it is nothing; ``other`` is a kind it may be as well."""

    kind: str = ""
    cue: str = ""
    weight: int = 0
    negated: bool = False
    other: str = ""
    held: str = ""
    strength: int = 0
    """The weight of the strongest cue that was met."""


NOTHING: Final = Verdict()


def judge(said: Utterance) -> Verdict:
    """Return what a sentence is by the cues of its language."""
    cues = cues_of(said.language)
    plain = squeezed(folded(said.text))
    met = _met(cues, plain, said)
    met = [one for one in met if not one[0].last] or met
    if not met:
        return NOTHING
    held = {cue.kind: held_back(said, cue.kind) for cue, _ in met}
    met = [one for one in met if not held[one[0].kind]]
    if not met:
        return Verdict(held=next(iter(held.values())))
    weights: dict[str, int] = {}
    for cue, _ in met:
        weights[cue.kind] = weights.get(cue.kind, 0) + cue.weight
    ranked = sorted(
        weights, key=lambda kind: (-_strongest(met, kind), -weights[kind], KINDS.index(kind))
    )
    kind = ranked[0]
    close = [one for one in ranked[1:] if weights[one] >= weights[kind] - CLOSE]
    cue, match = max(((c, m) for c, m in met if c.kind == kind), key=lambda one: one[0].weight)
    negated = kind == "promise" and (cue.negated or _denied(cues, plain, match))
    other = close[0] if close else ""
    return Verdict(kind, cue.id, weights[kind], negated, other, strength=cue.weight)


def held_back(said: Utterance, kind: str) -> str:
    """Return why a sentence is not meant as a fact of a kind; "" where it is."""
    plain = squeezed(folded(said.text))
    for hold in cues_of(said.language).holds:
        if kind not in hold.kinds or not hold.pattern.search(plain):
            continue
        if not (hold.unless and hold.unless.search(plain)):
            return hold.why
    return ""


def _strongest(met: "list[tuple[Cue, re.Match[str]]]", kind: str) -> int:
    return max(cue.weight for cue, _ in met if cue.kind == kind)


def _met(cues: CueSet, plain: str, said: Utterance) -> "list[tuple[Cue, re.Match[str]]]":
    """Return the cues that a sentence meets, each with where."""
    asks = plain.rstrip("\"') ").endswith("?")
    found = []
    for cue in cues.cues:
        if not _fits(cue, said, asks=asks):
            continue
        match = cue.pattern.search(plain)
        if match and not (cue.unless and cue.unless.search(plain)):
            found.append((cue, match))
    return found


def _fits(cue: Cue, said: Utterance, *, asks: bool) -> bool:
    """Return True if a cue is for what this side says, and what it needs is there."""
    if cue.side not in {"any", said.side} and (said.side != "unknown" or cue.last):
        return False
    needs = cue.needs
    if asks and cue.kind in TOLD_KINDS and "question" not in needs:
        return False
    return not (
        ("date" in needs and not said.dated)
        or ("day" in needs and not said.to_the_day)
        or ("money" in needs and not said.priced)
        or ("question" in needs and not asks)
        or ("no_question" in needs and asks)
    )


def _denied(cues: CueSet, plain: str, match: "re.Match[str]") -> bool:
    """Return True if the clause in which a promise stands denies it."""
    first = max((m.end() for m in _CLAUSE.finditer(plain, 0, match.start())), default=0)
    after = _CLAUSE.search(plain, match.end())
    clause = cues.positive.sub(" ", plain[first : after.start() if after else len(plain)])
    return bool(cues.negates.search(clause))
