"""Row ids: short, opaque, safe to read aloud, with a character that catches typing errors.

An id looks like ``X-7K3Q4``: the sheet's letter, four characters of Crockford's Base32 (no I,
L, O, U) and a check character. Deals are numbered instead, ``D-0007``: people say them.
"""

import re
from collections.abc import Container
from typing import Final, Protocol

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE: Final = {character: i for i, character in enumerate(ALPHABET)}
_SHAPE: Final = re.compile(rf"([A-Z])-([{ALPHABET}]{{4}})([{ALPHABET}])")
SPACE: Final = len(ALPHABET) ** 4
"""How many ids a prefix has."""

_STRIDE: Final = 0x9E377
"""Odd, so that stepping by it meets every id once, in no order that a person would see."""


class RandomSource(Protocol):
    """Where randomness comes from, such as `random.Random` or `random.SystemRandom`."""

    def randrange(self, stop: int, /) -> int:
        """Return a number from 0 up to ``stop``."""


def make(prefix: str, number: int) -> str:
    """Return the id with a number: the same number, the same id; two numbers, two ids.

    Numbers count modulo `SPACE`.

    >>> make("X", 1), make("X", 2)
    ('X-KSAA0', 'X-7J61P')
    """
    rest = (number * _STRIDE + 0x1D3) % SPACE
    body = "".join(ALPHABET[rest >> shift & 31] for shift in (15, 10, 5, 0))
    return f"{prefix}-{body}{_check_character(prefix, body)}"


def fresh(prefix: str, taken: Container[str], source: RandomSource) -> str:
    """Return a random id that is not taken."""
    while (found := make(prefix, source.randrange(SPACE))) in taken:
        pass
    return found


def check(text: str) -> bool:
    """Return whether a text is an id with a valid check character.

    Any one wrong character and any swap of neighbours is noticed.

    >>> check(make("X", 7)), check("X-KSAA1")
    (True, False)
    """
    match = _SHAPE.fullmatch(text)
    return match is not None and _check_character(match[1], match[2]) == match[3]


def deal_id(number: int) -> str:
    """Return the id of the deal with a number.

    >>> deal_id(7)
    'D-0007'
    """
    return f"D-{number:04}"


def _check_character(prefix: str, body: str) -> str:
    """Return the check: a polynomial over the field of 32 elements, evaluated by Horner's rule.

    Neighbouring characters have different weights, so a swap changes the sum.
    """
    total = ord(prefix) & 31
    for character in body:
        total = _double(total) ^ _VALUE[character]
    return ALPHABET[_double(total)]


def _double(value: int) -> int:
    """Multiply by x modulo x^5 + x^2 + 1, which is primitive over two elements."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
