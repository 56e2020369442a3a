"""Runs of letters or digits in a text, and mentions of invoice numbers among them."""

import re
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

    @property
    def digits(self) -> bool:
        """True if it is a number."""
        return self.key.isdigit()


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


def runs_of(text: str) -> list[TextRun]:
    """Split a text into runs; the key of a number has no leading zeros."""
    return [
        TextRun(m[0], (m[0].lstrip("0") or "0") if m[0].isdigit() else m[0], m.start(), m.end())
        for m in _RUN.finditer(text)
    ]
