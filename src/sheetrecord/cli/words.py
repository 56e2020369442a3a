"""The words of a command, told apart by what they are: workbooks first, then a deal, then more.

So the order in which they stand is a habit and not a rule, and words in the order of an earlier
release are still understood.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.workbooks.kinds import is_path

_SUFFIXES: Final = frozenset(
    (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".numbers", ".gsheet")
)
"""Suffixes that only name a workbook, whether or not the file is there and can be read."""
_SCHEMES: Final = ("gsheet:", "live:")
"""Schemes of workbooks, whether or not a package that reads them is installed."""
_ID: Final = re.compile(r"[A-Za-z]{1,2}-[0-9A-Za-z]{1,8}")
"""What the id of a row looks like, such as D-0007 or F-7K3Q4."""


def looks_like_id(word: str) -> bool:
    """Return True if a word has the form of a row id.

    >>> looks_like_id("D-0007"), looks_like_id("firm")
    (True, False)
    """
    return bool(_ID.fullmatch(word))


class Words(NamedTuple):
    """What was typed: the books, and the other words in their order."""

    books: tuple[str, ...]
    others: tuple[str, ...]

    def at_most(self, count: int, wanted: str) -> tuple[str, ...]:
        """Return the other words, as many as ``count``, the missing ones empty.

        Raises UsageError when there are more; ``wanted`` says what was expected.
        """
        if len(self.others) > count:
            from click import UsageError

            raise UsageError(f'"{self.others[count]}" is one word too many. Type {wanted}.')
        return (*self.others, *[""] * (count - len(self.others)))


def told_apart(words: Sequence[str], aliases: Callable[[], Iterable[str]]) -> Words:
    """Return the words that name workbooks, and the others.

    ``aliases`` are the short names of workbooks; they are looked up only when a word could be one.
    """
    books = [word for word in words if is_book(word, aliases)]
    return Words(tuple(books), tuple(word for word in words if word not in books))


def is_book(word: str, aliases: Callable[[], Iterable[str]]) -> bool:
    """Return True if a word names a workbook: a path, an address, or a short name in settings."""
    if not word.strip():
        return False
    path = Path(word)
    if word.startswith(_SCHEMES) or not is_path(word) or path.suffix.lower() in _SUFFIXES:
        return True
    if os.sep in word or "/" in word:
        return path.exists() or path.parent.is_dir()
    return path.exists() or (not looks_like_id(word) and word in set(aliases()))
