"""By what finance's sheets are known where a format has no names: the first of their keys."""

from typing import Final

_FIRST: Final = frozenset(("bank_id", "alloc_id", "booked", "section", "client"))


def is_key(text: str) -> bool:
    """Return True if a text is the first column key of a finance sheet."""
    return text in _FIRST
