"""Runs of letters or digits in a text, and mentions of invoice numbers among them."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

FULL: Final = 3
"""The whole number with its prefix: INV-0142 in any spacing."""
WORDED: Final = 2
"""The sequence after a word for invoice, or in a list after a full number."""
BARE: Final = 1
"""Only digits that happen to be a sequence number."""
_RUN: Final = re.compile(r"[^\W\d_]+|\d+")


class TextRun(NamedTuple):
    """A run of letters or of digits, and its position in the text."""

    text: str
    key: str
    start: int
    end: int
    digits: bool
    """True if it is a number."""


class Mention(NamedTuple):
    """A quoted number: the invoices it may be (positions) and how plainly it is written.

    ``all_of`` is True for a range, which names all of its invoices together; ``lone`` for digits
    that are the whole text, without a word that they are an invoice number.
    """

    invoices: tuple[int, ...]
    strength: int
    text: str
    all_of: bool = False
    lone: bool = False


@lru_cache(maxsize=1024)
def runs_of(text: str) -> tuple[TextRun, ...]:
    """Split a text into runs; the key of a number has no leading zeros.

    Order numbers, invoice numbers and slips are looked for in the same text, one after the other.
    """
    return tuple(map(_run, _RUN.finditer(text)))


def _run(found: re.Match[str]) -> TextRun:
    text = found[0]
    digits = text.isdigit()
    return TextRun(text, (text.lstrip("0") or "0") if digits else text, *found.span(), digits)
