"""Did it stop? Counts before and after, and how likely so few would be had nothing changed."""

from fractions import Fraction
from typing import Final, NamedTuple

_SURE: Final = Fraction(5, 100)
_LIKELY: Final = Fraction(20, 100)
_MOST: Final = 60
"""Handovers to come beyond which nobody waits for a proof."""


class Tally(NamedTuple):
    """How many of how many handovers had a gap, before a change and after it."""

    before: int
    of_before: int
    after: int
    of_after: int


def chance(tally: Tally) -> Fraction:
    """Return the chance of so few afterwards had nothing changed: beta-binomial, Jeffreys' prior.

    Before, a of n had it: its share is Beta(a + 1/2, n - a + 1/2); of m afterwards b or fewer.

    >>> float(chance(Tally(4, 5, 0, 3))) < 0.05 < float(chance(Tally(4, 5, 0, 1)))
    True
    >>> chance(Tally(2, 5, 3, 3))
    Fraction(1, 1)
    """
    half = Fraction(1, 2)
    alpha, beta = tally.before + half, tally.of_before - tally.before + half
    number = tally.of_after
    # P(X = 0) is a product; each further one follows from the one before it
    term = Fraction(1)
    for i in range(number):
        term *= (beta + i) / (alpha + beta + i)
    total = term
    for k in range(1, tally.after + 1):
        term *= Fraction(number - k + 1, k) * (alpha + k - 1) / (beta + number - k)
        total += term
    return total


def verdict(tally: Tally) -> tuple[str, int]:
    """Return a word (stopped, rarer, unclear, goes_on), and how many without it would show more.

    The number is 0 where it is known, and where no number of handovers that one waits for would
    do.

    >>> verdict(Tally(4, 5, 0, 4)), verdict(Tally(3, 5, 0, 1))
    (('stopped', 0), ('unclear', 4))
    >>> verdict(Tally(3, 5, 3, 5)), verdict(Tally(1, 10, 0, 0))[0]
    (('goes_on', 0), 'unclear')
    """
    likely = chance(tally)
    if tally.of_after and tally.after == 0 and likely <= _SURE:
        return "stopped", 0
    if tally.of_after and likely <= _LIKELY:
        return "rarer", _needed(tally)
    none = tally._replace(after=0)
    if tally.of_after == 0 or tally.after == 0 or chance(none) > _LIKELY:
        return "unclear", _needed(tally)
    return "goes_on", 0


def _needed(tally: Tally) -> int:
    """Return how many handovers without the gap, after those counted, would show that it stopped.

    0 where one came up already, or where none would ever do.
    """
    if tally.after:
        return 0
    for more in range(1, _MOST + 1):
        if chance(tally._replace(of_after=tally.of_after + more)) <= _SURE:
            return more
    return 0
