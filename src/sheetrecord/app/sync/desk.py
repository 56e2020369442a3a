"""Which copies a command is about, and which record they are copies of."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import Copy, StoreAt, copies_of, store_at
from sheetrecord.app.sync.oneform import as_it_stands
from sheetrecord.app.sync.opening import Known, find_record, find_stranger
from sheetrecord.model.errors import BadSettings
from sheetrecord.stores.opening import SQLITE, sqlite_path


class Desk(NamedTuple):
    """The copies that are asked about, every declared one, and the record they belong to."""

    copies: tuple[Copy, ...]
    declared: tuple[Copy, ...]
    known: Known

    @property
    def labels(self) -> Mapping[str, str]:
        """What people call each copy, by its name: the alias, or the name of the file."""
        found = {str(copy.path): copy.alias for copy in (*self.copies, *self.declared)}
        return {name: alias or Path(name).name for name, alias in found.items()}


def sit_down(books: Sequence[str], config: Config, at: StoreAt | None = None) -> Desk:
    """Return the desk for copies named by path or alias; with none named, the declared ones.

    ``at`` is where the record is, when not the settings but somebody else says so.
    Raises BadSettings when nothing is named anywhere, or the settings cannot be understood.
    """
    declared = tuple(one._replace(path=as_it_stands(one.path)) for one in copies_of(config))
    at = store_at(config) if at is None else at
    copies = tuple(_named(book, declared, config) for book in books) or declared
    if not copies and config.book:
        config.vouch(config, f"a book to sync ({config.book})")
        copies = (Copy("", _whole(config.book)),)
    if not copies:
        raise BadSettings(
            "sync",
            "no copy is named, and no sheetrecord.toml declares any.",
            "Name the workbooks, or declare each as [copies.name] with path = ...",
        )
    copies = tuple(dict.fromkeys(copies))
    return Desk(copies, declared, _record(copies, declared, at))


def files_of(desk: Desk) -> list[Path]:
    """Return the files in which a record stands: its copies, and its store where that is a file."""
    url = desk.known.url
    store = [sqlite_path(url)] if url.startswith(SQLITE) else []
    return [*(copy.path for copy in (*desk.copies, *desk.declared)), *store]


def _record(copies: Sequence[Copy], declared: Sequence[Copy], at: StoreAt) -> Known:
    """Return the record of the copies.

    Workbooks that are not declared and carry no stamp begin a record of their own: they do not
    join the declared ones just because a command was run beside their settings.
    """
    paths = [copy.path for copy in copies]
    places = {copy.path for copy in declared}
    if declared and places.isdisjoint(paths):
        return find_stranger(paths, at)
    return find_record(dict.fromkeys((*paths, *places)), at)


def _named(book: str, declared: Sequence[Copy], config: Config) -> Copy:
    for copy in declared:
        if book == copy.alias or _whole(Path(book)) == _whole(copy.path):
            return copy._replace(path=_whole(copy.path))
    return Copy("", _whole(config.books.get(book, Path(book))))


def _whole(path: Path) -> Path:
    """Return a path by which a copy is known wherever the command is run."""
    return as_it_stands(Path(path).expanduser().absolute())
