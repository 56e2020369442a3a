"""Cues as data: one file a language, read once; what people write, and what of it is meant."""

import pkgutil
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

KINDS: Final = (
    "promise", "scope_assumed", "decision_process", "budget", "real_deadline", "stakeholder_pushback",
    "why_us", "alternative", "success_personal", "pressure", "constraint", "person_role", "money",
)  # fmt: skip
"""What can be proposed; of two that fit as well, the first is."""


class Cue(NamedTuple):
    """One way to say a thing. ``side``: us, client, unknown (notes alone) or any."""

    id: str
    kind: str
    side: str
    pattern: "re.Pattern[str]"
    unless: "re.Pattern[str] | None"
    needs: frozenset[str]
    weight: int
    negated: bool
    last: bool
    """Counts only where no other cue is met."""
    good: tuple[str, ...]
    bad: tuple[str, ...]


class Hold(NamedTuple):
    """One way to say something that is not meant as a fact: what if, long ago, mere courtesy."""

    id: str
    why: str
    pattern: "re.Pattern[str]"
    unless: "re.Pattern[str] | None"
    kinds: frozenset[str]
    """What it holds back."""
    good: tuple[str, ...]
    bad: tuple[str, ...]


class CueSet(NamedTuple):
    """The cues of one language."""

    cues: tuple[Cue, ...]
    holds: tuple[Hold, ...]
    negates: "re.Pattern[str]"
    positive: "re.Pattern[str]"
    """What looks like a denial and is none."""
    headings: tuple["re.Pattern[str]", "re.Pattern[str]"]
    """What stands over a list of what is included, and over one of what is not."""


@cache
def cues_of(language: str) -> CueSet:
    """Return the cues of a language."""
    data = pkgutil.get_data(__name__, f"{language}.toml") or b""
    told = tomllib.loads(data.decode())
    words = {name: _plain(text) for name, text in told["words"].items()}
    negation, headings = told["negation"], told["headings"]
    return CueSet(
        tuple(_cue(one, words) for one in told["cue"]),
        tuple(_hold(one, words) for one in told["hold"]),
        _compiled(negation["negates"], words),
        _compiled(negation["positive"], words),
        (_compiled(headings["included"], words), _compiled(headings["excluded"], words)),
    )


def _cue(told: Mapping[str, Any], words: Mapping[str, str]) -> Cue:
    if told["kind"] not in KINDS:
        raise ValueError(told["id"])
    unless = told.get("unless")
    return Cue(
        told["id"],
        told["kind"],
        told["side"],
        _compiled(told["any"], words),
        _compiled(unless, words) if unless else None,
        frozenset(told.get("needs", ())),
        told["weight"],
        told.get("negated", False),
        told.get("last", False),
        tuple(told["good"]),
        tuple(told.get("bad", ())),
    )


def _hold(told: Mapping[str, Any], words: Mapping[str, str]) -> Hold:
    kinds = frozenset(told.get("only", KINDS)) - frozenset(told.get("but", ()))
    if not kinds <= frozenset(KINDS):
        raise ValueError(told["id"])
    unless = told.get("unless")
    return Hold(
        told["id"],
        told["why"],
        _compiled(told["any"], words),
        _compiled(unless, words) if unless else None,
        kinds,
        tuple(told["good"]),
        tuple(told.get("bad", ())),
    )


def _compiled(patterns: Iterable[str], words: Mapping[str, str]) -> "re.Pattern[str]":
    """Return one pattern for several; each begins where a word does, or a sign."""
    return re.compile("|".join(f"(?<!\\w)(?:{_spelled(_plain(one), words)})" for one in patterns))


def _spelled(pattern: str, words: Mapping[str, str]) -> str:
    while True:
        whole = re.sub(r"<(\w+)>", lambda match: words[match[1]], pattern)
        if whole == pattern:
            return whole
        pattern = whole


def _plain(pattern: str) -> str:
    """Return a pattern without accents, as the texts are that it is looked for in."""
    if pattern.isascii():
        return pattern
    bare = unicodedata.normalize("NFD", pattern)
    return "".join(c for c in bare if unicodedata.category(c) != "Mn")
