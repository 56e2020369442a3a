"""The workbooks in a folder: of every kind that is installed, as far as it can be written.

A file is one by its ending, which its kind declares. A folder of CSV files is one when a sheet of
the record is among them: exports of a bank are no workbook.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.files.leftovers import parse
from sheetrecord.model.errors import CannotRead, SheetRecordError
from sheetrecord.schema.read.headers import sheet_meaning
from sheetrecord.workbooks.kinds import FOLDER, OURS, added
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import WRITE

_TELLING: Final = "Deal"
"""The sheet without which nothing is a record."""


class FoundWorkbook(NamedTuple):
    """A workbook in a folder: its path below that, ``.`` for the folder itself.

    ``size`` in bytes and ``mtime_ns`` in nanoseconds are those of the file, or of all files of a
    folder together, the newest of them; they cost no reading.
    """

    below: str
    size: int
    mtime_ns: int


def workbooks_below(folder: Path) -> Iterator[FoundWorkbook]:
    """Yield the workbooks of a folder and of those in it, in the order of their names.

    Owner files, hidden ones and what interrupted runs left are none. Raises CannotRead when the
    folder cannot be listed; one below it that cannot be is passed over.
    """
    try:
        yield from _FolderSearch().below(str(folder), "", frozenset())
    except OSError as error:
        why = f"the folder cannot be listed ({error.strerror})."
        raise CannotRead(folder, why, "Check the path, and that the share is connected.") from error


def workbooks_in(folder: Path) -> Iterator[FoundWorkbook]:
    """Yield the workbooks that stand in a folder, not those in folders of it. Raises OSError."""
    search = _FolderSearch()
    for entry in _entries(str(folder)):
        if not entry.is_dir():
            yield from search.file(entry, "")
        elif found := _folder_of_tables(_entries(entry.path), entry.name):
            yield found


class _FolderSearch:
    """One look for workbooks: what is known of endings by now."""

    def __init__(self) -> None:
        self._endings = {one for one in (*OURS, *added()) if one != FOLDER and one[0] == "."}
        self._written: dict[str, bool] = {}

    def below(self, folder: str, below: str, above: frozenset[str]) -> Iterator[FoundWorkbook]:
        """Yield what is in a folder; ``above`` are the folders that lead to it, links followed."""
        place = os.path.realpath(folder)
        if place in above:
            return
        entries = _entries(folder)
        if found := _folder_of_tables(entries, below.rstrip("/") or "."):
            yield found
        for entry in entries:
            if not entry.is_dir():
                yield from self.file(entry, below)
            else:
                with suppress(OSError):
                    yield from self.below(entry.path, f"{below}{entry.name}/", above | {place})

    def file(self, entry: "os.DirEntry[str]", below: str) -> Iterator[FoundWorkbook]:
        """Yield a file if it is a workbook."""
        ending = Path(entry.name).suffix.lower()
        if ending in self._endings and self._can_be_written(ending, entry.path):
            with suppress(OSError):  # it was there a moment ago, or is a link to nothing
                stat = entry.stat()
                yield FoundWorkbook(f"{below}{entry.name}", stat.st_size, stat.st_mtime_ns)

    def _can_be_written(self, ending: str, path: str) -> bool:
        """Ask the first workbook of an ending; what is only read is no copy of a record."""
        if ending not in self._written:
            try:
                self._written[ending] = WRITE in open_workbook(path).abilities
            except SheetRecordError:
                return False
        return self._written[ending]


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    """Return what is in a folder by name, without hidden and owner files and our leftovers."""
    with os.scandir(folder) as listed:
        shown = [e for e in listed if not (e.name.startswith((".", "~$")) or parse(e.name))]
    return sorted(shown, key=lambda entry: entry.name)


def _folder_of_tables(entries: "list[os.DirEntry[str]]", name: str) -> FoundWorkbook | None:
    """Return a folder as a workbook if it is one: its CSV files are the record's sheets."""
    tables = [entry for entry in entries if entry.name.lower().endswith(".csv")]
    if not any(sheet_meaning(entry.name[:-4], "en") == _TELLING for entry in tables):
        return None
    stats = [entry.stat() for entry in tables]
    newest = max(stat.st_mtime_ns for stat in stats)
    return FoundWorkbook(name, sum(stat.st_size for stat in stats), newest)
