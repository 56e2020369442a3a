"""The copies that a command is about, and the record they belong to."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import DeclaredCopy, StoreAt, store_at
from sheetrecord.app.sync.named_copies import NamedCopies, asked_copies
from sheetrecord.app.sync.open_store import KnownRecord, find_record, find_stranger
from sheetrecord.model.errors import BadSettings
from sheetrecord.stores.connect import SQLITE, sqlite_path
from sheetrecord.workbooks import addresses
from sheetrecord.workbooks.addresses import name_of


class SyncTargets(NamedTuple):
    """The copies that are asked about, every declared one, and the record they belong to."""

    copies: tuple[DeclaredCopy, ...]
    declared: tuple[DeclaredCopy, ...]
    known: KnownRecord

    @property
    def labels(self) -> Mapping[str, str]:
        """Short name for messages by copy: its alias, or its file name."""
        found = {copy.address: copy.alias for copy in (*self.copies, *self.declared)}
        return {name: alias or name_of(name) for name, alias in found.items()}


def find_targets(books: Sequence[str], config: Config, at: StoreAt | None = None) -> SyncTargets:
    """Return the targets for copies named by path or alias; with none named, the declared ones.

    ``at`` is where the record is, when not the settings but somebody else says so.
    Raises BadSettings when nothing is named anywhere, or the settings cannot be understood.
    """
    asked = asked_copies(books, config)
    at = store_at(config) if at is None else at
    copies, declared = asked
    if not copies:
        raise BadSettings(
            "copies",
            "no copy is named, and no sheetrecord.toml declares any.",
            "Name the workbooks, or declare each as [copies.name] with path = ...",
        )
    return SyncTargets(copies, declared, _record(asked, at))


def files_of(targets: SyncTargets) -> list[Path]:
    """Return a record's files: its copies, and its store where that is a file."""
    url = targets.known.url
    store = [sqlite_path(url)] if url.startswith(SQLITE) else []
    copies = (copy.address for copy in (*targets.copies, *targets.declared))
    return [*addresses.files_of(copies), *store]


def _record(asked: NamedCopies, at: StoreAt) -> KnownRecord:
    """Return the record of the copies.

    Workbooks that are not declared and carry no stamp begin a record of their own: they do not
    join the declared ones just because a command was run beside their settings.
    """
    if asked.strangers:
        return find_stranger([copy.address for copy in asked.copies], at)
    return find_record(dict.fromkeys(copy.address for copy in (*asked.copies, *asked.declared)), at)
