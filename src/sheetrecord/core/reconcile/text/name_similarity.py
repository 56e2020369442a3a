"""Name similarity, 0 to 100: spelling, truncated ends, word order and rare words."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from sheetrecord.core.reconcile.text.normalise import Name

_LONG: Final = 5
"""Letters from which a slip in a word is told from another word."""
_CUT: Final = 4
"""Letters from which the beginning of a word stands for it."""


def ratio(a: str, b: str) -> float:
    """Return 200 x LCS / (total length), 0 to 100: the similarity of two texts.

    The length of the longest common subsequence is computed bit-parallel (Hyyrö 2004): one integer
    operation handles a whole row, fast enough in plain Python for thousands of names.

    >>> ratio("NORTHWIND", "NORTHWIDN"), ratio("ABC", "XYZ"), ratio("", "")
    (88.88888888888889, 0.0, 100.0)
    """
    if a == b:
        return 100.0
    if not a or not b:
        return 0.0
    full = (1 << len(a)) - 1
    row = _walked(full, _places(a), b)
    return 200.0 * (len(a) - (row & full).bit_count()) / (len(a) + len(b))


def _cut_too(a: str, b: str, cut: int) -> float:
    """Return the similarity of a text and another, or its first letters, whichever is more.

    The first letters are walked once for both.
    """
    full, places = (1 << len(a)) - 1, _places(a)
    begun = _walked(full, places, b[:cut])
    row = _walked(begun, places, b[cut:])
    part = 200.0 * (len(a) - (begun & full).bit_count()) / (len(a) + cut)
    whole = 200.0 * (len(a) - (row & full).bit_count()) / (len(a) + len(b))
    return max(whole, 0.98 * part)


def _walked(row: int, where: Mapping[str, int], text: str) -> int:
    for places in map(where.get, text):
        if places and (hit := row & places):
            row = (row + hit) | (row - hit)  # what is carried out at the top never comes back
    return row


@lru_cache(maxsize=1024)
def _places(text: str) -> dict[str, int]:
    """Return where each character stands, as bits."""
    where: dict[str, int] = {}
    for i, char in enumerate(text):
        where[char] = where.get(char, 0) | (1 << i)
    return where


def score(payer: Name, client: Name, weight: Mapping[str, float], rare: float) -> float:
    """Return the similarity of a payer's name and a client's, 0 to 100.

    ``weight`` is the weight of each client word (see `word_weights`); ``rare`` that of a word no
    client has. Different legal suffixes keep the score under 88 (at most 87): they may be two
    companies.
    """
    a, b = payer.compact, client.compact
    if len(a) >= 6 and b.startswith(a):
        best = max(ratio(a, b), 97.0)
    else:
        cut = len(a) if 10 <= len(a) < len(b) else 0
        best = _cut_too(a, b, cut) if cut else ratio(a, b)
    if best < 97:
        best = max(best, _by_words(payer, client, weight, rare))
    if payer.suffix and client.suffix and payer.suffix != client.suffix and not _cut(payer, client):
        return min(best, 87.0)
    return best


def _cut(payer: Name, client: Name) -> bool:
    return client.suffix.startswith(payer.suffix) or payer.suffix.startswith(client.suffix)


def _by_words(payer: Name, client: Name, weight: Mapping[str, float], rare: float) -> float:
    """Compare word by word, in any order; a last word may be cut off."""
    left = list(payer.tokens)
    hit = total = 0.0
    for word in client.tokens:
        value = weight.get(word, rare)
        total += value
        found = _find(word, left)
        if found is not None:
            hit += value
            left.pop(found)
    if not hit:
        return 0.0
    extra = sum(weight.get(word, rare) for word in left)
    dice = 2 * hit / (total + total * (extra + hit) / max(total, hit)) if total else 0.0
    same_words = 100 * min(1.0, dice)
    if hit >= 0.999 * total and total >= rare * 0.8:
        return max(same_words, 91.0)  # all of the client's words, and other words around them
    if not left and hit >= 0.45 * total and hit >= rare * 0.6:
        return max(same_words, 89.0)  # a short form of the client's name
    return same_words


def _find(word: str, words: list[str]) -> int | None:
    if word in words:
        return words.index(word)
    if len(word) >= _LONG:
        for i, other in enumerate(words):
            # Most words differ at both ends: that is seen before a function is called.
            if (word[0] == other[0] or word[-1] == other[-1]) and _close(word, other):
                return i
    last = words[-1] if words else ""
    return len(words) - 1 if len(last) >= _CUT and word.startswith(last) else None


def _close(a: str, b: str) -> bool:
    """Whether two long words that begin or end alike differ by a slip."""
    return len(b) >= _LONG and abs(len(a) - len(b)) <= 2 and ratio(a, b) >= 85


def word_weights(clients: list[Name]) -> tuple[dict[str, float], float]:
    """Return the weight of each client word, and of an unknown one.

    As in inverse document frequency: ln(1 + N / n) for a word in n of N names, N at least 10.
    """
    from math import log

    counts: dict[str, int] = {}
    for name in clients:
        for word in set(name.tokens):
            counts[word] = counts.get(word, 0) + 1
    size = max(len(clients), 10)
    return {word: log(1 + size / n) for word, n in counts.items()}, log(1 + size)
