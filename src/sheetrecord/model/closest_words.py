"""Suggestions for an unknown word: the nearest known ones."""

from collections.abc import Iterable
from typing import Final

_NEAR: Final = 0.6
"""The least likeness of a suggestion, by `difflib`."""
_BEHIND: Final = 0.08
"""How much less like than the likest another suggestion may be."""
_SHOWN: Final = 12
"""Known words that are listed when none of them is near."""


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words most like ``word``, without regard to case, the likest first.

    >>> nearest("hidden", ["to", "hide", "unmarked"])
    ['hide']
    >>> nearest("fees", ["Deal", "Fees"])
    ['Fees']
    """
    from difflib import SequenceMatcher  # only mistakes need it

    folded = word.casefold()
    scored: list[tuple[float, int, str]] = []
    for one in dict.fromkeys(known):
        other = one.casefold()
        if other == folded:
            return [one]
        same_letters = sorted(other) == sorted(folded)
        like = 1.0 if same_letters else SequenceMatcher(None, folded, other).ratio()
        if like >= _NEAR:
            scored.append((-like, len(scored), one))
    scored.sort()
    return [one for like, _, one in scored[:most] if like <= scored[0][0] + _BEHIND]


def meant(word: str, known: Iterable[str]) -> str:
    """Return advice for an unknown word: what is near, else what there is.

    >>> meant("CTX-01", ["CTX-001", "COM-001"])
    'Did you mean CTX-001?'
    >>> meant("x", ["note", "warning", "error"])
    'Use note, warning or error.'
    """
    words = list(known)
    near = nearest(word, words)
    return f"Did you mean {either(near)}?" if near else f"Use {either(words)}."


def either(words: Iterable[str]) -> str:
    """Return words as a choice, the first dozen of many.

    >>> either(["a", "b", "c"])
    'a, b or c'
    """
    shown = list(words)
    if len(shown) > _SHOWN:
        return f"{', '.join(shown[:_SHOWN])} ... ({len(shown)} in all)"
    *first, last = shown or ["nothing"]
    return f"{', '.join(first)} or {last}" if first else last
