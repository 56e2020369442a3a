"""What was read to its end in this process, known again by the workbook's bytes and the limits.

Who changes what it has just read reads it no second time.
"""

from typing import Final, TypeAlias

from sheetrecord.xlsx.archive.members import Container
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.workbook import WorkbookPart

_Key: TypeAlias = tuple[int, int, Limits]
_MOST: Final = 64
_MOST_NAMES: Final = 5_000
"""Workbooks that are remembered, and defined names of one: they are held."""

_books: dict[_Key, tuple[WorkbookPart, set[str]]] = {}


def _key(container: Container) -> _Key:
    return len(container.data), hash(container.data), container.limits


def known_book(container: Container) -> WorkbookPart | None:
    """Return the workbook part of these bytes if it was read before."""
    found = _books.get(_key(container))
    return None if found is None else found[0]


def remember_book(container: Container, book: WorkbookPart) -> None:
    """Note that the workbook's own parts were read without a refusal."""
    if len(book.names) <= _MOST_NAMES:
        while len(_books) >= _MOST:
            del _books[next(iter(_books))]
        _books[_key(container)] = book, set()


def remember_sheet(container: Container, name: str) -> None:
    """Note that a sheet was read without a refusal, its texts and formats with it."""
    found = _books.get(_key(container))
    if found is not None:
        found[1].add(name.casefold())


def is_sound(container: Container, name: str) -> bool:
    """Whether this sheet of the same bytes was read so."""
    found = _books.get(_key(container))
    return found is not None and name.casefold() in found[1]
