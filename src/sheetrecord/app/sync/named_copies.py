"""Which copies a command is about: those that were named, or the declared ones."""

from collections.abc import Sequence
from typing import NamedTuple

from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import DeclaredCopy, copies_of
from sheetrecord.workbooks.addresses import saved_at, whole


class NamedCopies(NamedTuple):
    """The copies that are asked about, none when nothing is named; and every declared one."""

    copies: tuple[DeclaredCopy, ...]
    declared: tuple[DeclaredCopy, ...]

    @property
    def strangers(self) -> bool:
        """True if copies are declared and the command names others."""
        places = {copy.address for copy in self.declared}
        return bool(places) and places.isdisjoint(copy.address for copy in self.copies)


def asked_copies(books: Sequence[str], config: Config) -> NamedCopies:
    """Return the copies named by path or alias; with none named, the declared ones, or the book.

    Raises BadSettings when the settings cannot be understood.
    """
    declared = tuple(one._replace(address=whole(one.address)) for one in copies_of(config))
    copies = tuple(_named(book, declared, config) for book in books) or declared
    if not copies and config.book:
        config.vouch(config, f"a book to sync ({config.book})")
        copies = (DeclaredCopy("", whole(config.book)),)
    return NamedCopies(tuple(dict.fromkeys(copies)), declared)


def _named(book: str, declared: Sequence[DeclaredCopy], config: Config) -> DeclaredCopy:
    place = whole(book)
    for copy in declared:
        if book == copy.alias or place == copy.address:
            return copy
    for copy in declared:  # open in a program it holds the same part of the record as its file
        if saved_at(place) == copy.address:
            return copy._replace(address=place)
    return DeclaredCopy("", whole(config.books.get(book, book)))
