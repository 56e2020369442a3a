"""What counts when sentences are compared, and what turns them round; the words are data."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

from sheetrecord.core.find import fold

_WORD: Final = re.compile(r"[^\W_]+")
_STEM: Final = 5
_PARTICIPLE: Final = re.compile(r"^ge(\w{4,})(?=t$|en$)")
"""A German participle: ``geschult`` is a form of ``schulen``."""
_SENTENCE: Final = re.compile(r"(?<=[^\d\s][.!?;])\s+(?=[^\W\d_])|\n+|\s\|\s")


@cache
def _told() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(
        files(__package__).joinpath("words.toml").read_text("utf-8")
    )
    return found


@cache
def pattern(name: str, *, whole: bool = False) -> re.Pattern[str]:
    """Return the patterns of a name as one, for folded text; ``whole``: words of their own."""
    either = "|".join(_told()[name])
    return re.compile(rf"\b(?:{either})\b" if whole else either)


@cache
def _stop() -> frozenset[str]:
    return frozenset(word for line in _told()["stop"] for word in line.split())


@cache
def _numbers() -> dict[str, int]:
    lines = enumerate(_told()["numbers"], start=2)
    return {word: number for number, line in lines for word in line.split()}


def stems(text: str) -> list[str]:
    """Return the words that count, each as its beginning, so that its endings do not.

    >>> stems("The night shift is trained"), stems("Training of the night shifts")
    (['night', 'shift', 'train'], ['train', 'night', 'shift'])
    >>> stems("Die Nachtschicht wird geschult"), stems("Schulung der Nachtschicht")
    (['nacht', 'schul'], ['schul', 'nacht'])
    """
    words = (word for word in _WORD.findall(fold(text)) if len(word) > 2 and not word.isdigit())
    told = (word for word in words if word not in _stop() and word not in _numbers())
    return [_PARTICIPLE.sub(r"\1", word)[:_STEM] for word in told]


def sentences(text: str) -> list[str]:
    """Return the sentences and cells of a clause.

    >>> sentences("We train staff. Travel is extra; days vary"), sentences("Hosting | 12 months")
    (['We train staff.', 'Travel is extra;', 'days vary'], ['Hosting', '12 months'])
    """
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


class Turned(NamedTuple):
    """The words of a sentence that something turns round, and those that nothing does."""

    out: frozenset[str]
    within: frozenset[str]


def turned(sentence: str) -> Turned:
    """Return which words of a sentence are excluded by it.

    >>> sorted(turned("Training is included, excluding travel.").out)
    ['trave']
    >>> sorted(turned("Data migration is not included.").out)
    ['data', 'migra']
    >>> turned("Delivery no later than May.").out
    frozenset()
    """
    text = pattern("harmless").sub(lambda found: "_" * len(found[0]), fold(sentence))
    whole = frozenset(stems(text))
    if before := pattern("before").search(text):
        breaks = (
            text.rfind(mark, 0, before.start()) for mark in (";", " but ", " aber ", " pero ")
        )
        out = frozenset(stems(text[max(breaks) + 1 : before.start()])) or whole
        return Turned(out, whole - out)
    if after := pattern("after").search(text):
        out = frozenset(stems(text[after.end() :]))
        return Turned(out, frozenset(stems(text[: after.start()])) - out)
    return Turned(frozenset(), whole)


def numbers(text: str) -> dict[str, set[int]]:
    """Return what is counted, by the word behind the number.

    >>> numbers("Three rounds of changes and 2 workshops")
    {'round': {3}, 'works': {2}}
    """
    found: dict[str, set[int]] = {}
    for number, word in _counted(_WORD.findall(fold(text))):
        found.setdefault(word[:_STEM], set()).add(number)
    return found


def _counted(words: list[str]) -> Iterator[tuple[int, str]]:
    for word, following in pairwise(words):
        number = int(word) if word.isdigit() and len(word) < 4 else _numbers().get(word, 0)
        if number and not following.isdigit() and following not in _stop() and len(following) > 2:
            yield number, following
