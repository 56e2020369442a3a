"""Find invoice numbers with one typing error: a wrong digit, a truncated end, O for 0."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.text.mention import TextRun, runs_of
from sheetrecord.core.reconcile.text.normalise import fold

SPLIT_DIGITS: Final = re.compile(r"(?<=\d)\s+(?=\d)")
_ALIKE: Final = str.maketrans("OILSBZ", "011582")
_SHORTEST: Final = 3
_CUT_FROM: Final = 16
"""A text shorter than this was not cut off by a payment scheme."""
_FEW: Final = 32
"""So many numbers are compared one by one; among more, the slips are looked up."""


class _Said(NamedTuple):
    """What in a text may be a number with a slip; keys have no leading zeros."""

    runs: tuple[tuple[str, str], ...]
    """Digits as written, and their key."""
    cut: str
    """Digits at the end of a long text, behind a word for invoice."""
    alike: frozenset[str]
    """Keys of digits of which some are written as letters."""


class Slips:
    """Invoice numbers indexed by what remains of them after one typing error.

    ``typed`` are the last digits of each number, ``sequence`` their places by those digits without
    leading zeros, ``words`` what may stand before a number.
    """

    def __init__(
        self, typed: Sequence[str], sequence: Mapping[str, Sequence[int]], words: frozenset[str]
    ) -> None:
        self._typed, self._sequence, self._words = typed, sequence, words
        self._signs = "".join(sorted(set().union(*typed)))

    def near(self, text: str, at: int) -> bool:
        """Return True if a text holds a number with one typing error, or truncated.

        One digit wrong, missing or doubled, two swapped, or a letter for a digit (O for 0).
        """
        return self._is_near(_said(text, self._words), at)

    def among(self, text: str, places: Sequence[int]) -> list[int]:
        """Return those of some numbers that a text holds with one typing error, in order."""
        if not places:
            return []
        said = _said(text, self._words)
        if len(places) <= _FEW:
            return [at for at in places if self._is_near(said, at)]
        close = set(self._close(said))
        cut, typed = said.cut, self._typed
        return [
            at
            for at in places
            if (at in close or (cut and typed[at].startswith(cut))) and self._is_near(said, at)
        ]

    def _is_near(self, said: _Said, at: int) -> bool:
        want = self._typed[at]
        if len(want) < _SHORTEST:
            return False
        bare = want.lstrip("0")
        for text, key in said.runs:
            if _one_off(text, want) or _one_off(key, bare):
                return True
        cut = said.cut
        if cut and len(cut) < len(want) and want.startswith(cut):
            return True
        return bare in said.alike

    def _close(self, said: _Said) -> Iterator[int]:
        """Yield every number that is one slip away, and others."""
        keys = {key or "0" for key in said.alike}
        for text, key in said.runs:
            for digits in (text, key):
                keys.update(other.lstrip("0") or "0" for other in _slipped(digits, self._signs))
        for key in keys:
            yield from self._sequence.get(key, ())


@lru_cache(maxsize=1024)
def _said(text: str, words: frozenset[str]) -> _Said:
    folded = fold(text)
    runs = runs_of(SPLIT_DIGITS.sub(" ", folded))
    cut = ""
    if runs and runs[-1].digits and len(text) >= _CUT_FROM and runs[-1].end == len(folded):
        cut = runs[-1].text if _worded(runs, words) else ""
    alike = [key for word in re.findall(r"\w+", folded) for key in _as_digits(word)]
    return _Said(tuple((r.text, r.key) for r in runs if r.digits), cut, frozenset(alike))


def _worded(runs: Sequence[TextRun], words: Collection[str]) -> bool:
    """Whether the last number of a text stands behind a word for invoice (or a year behind it)."""
    return any(run.key in words for run in runs[-3:-1])


def _as_digits(word: str) -> Iterator[str]:
    """Yield the numbers a word holds once letters are read as the digits they look like."""
    if word.isdigit() or not any(c.isdigit() for c in word):
        return
    for part in re.findall(r"\d+", word.translate(_ALIKE)):
        if part not in word:
            yield part.lstrip("0")


def _slipped(digits: str, signs: str) -> Iterator[str]:
    """Yield what one slip may have made of a number, or may have made into it."""
    for i in range(len(digits)):
        head, tail = digits[:i], digits[i + 1 :]
        yield head + tail
        yield from (head + sign + tail for sign in signs)
        yield from (head + sign + digits[i] + tail for sign in signs)
        if tail:
            yield head + tail[0] + digits[i] + tail[1:]
    yield from (digits + sign for sign in signs)


def _one_off(a: str, b: str) -> bool:
    """Whether two numbers differ by one slip; very short ones never count."""
    if a == b or min(len(a), len(b)) < _SHORTEST or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        off = [i for i in range(len(a)) if a[i] != b[i]]
        if len(off) == 1:
            return True
        swapped = len(off) == 2 and off[1] == off[0] + 1
        return swapped and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
