"""A folder of CSV files, one for each sheet: those that change are replaced together."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sheetrecord.files import Fingerprint, pending, replace_together, settle, sweep, withdraw
from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.formats.csv_folder import read, read_files
from sheetrecord.formats.csv_write import STAMP_FILE, changed_files, stamp_file
from sheetrecord.formats.stamp import read_marks
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import CannotPatch, ChangedElsewhere, Locked, SheetRecordError
from sheetrecord.workbooks.port import WRITE, Revision, Sibling, Stamp, WorkbookReading, Written
from sheetrecord.workbooks.prints import of_data, of_files, together
from sheetrecord.xlsx import Refused

_TRIES = 3


class _HeldFiles(NamedTuple):
    """The bytes of each file by name; the fingerprints of those that stand there."""

    files: Mapping[str, bytes]
    prints: Mapping[str, Fingerprint]


class CsvFolder:
    """A workbook that is a folder of CSV files.

    A folder cannot be replaced in one step; what is to be written is, into a file beside the
    others (`files.together`). The stamp is the last of them.
    """

    abilities = frozenset({WRITE})

    def __init__(self, address: str, settings: Mapping[str, object] | None = None) -> None:  # noqa: ARG002 - as all adapters
        self.address = address
        self._folder = Path(address)

    @property
    def label(self) -> str:
        """The folder's name."""
        return self._folder.name

    def version(self) -> int:
        """Return the time of the newest change of any file, in nanoseconds, and of the folder."""
        try:
            with os.scandir(self._folder) as found:
                times = [entry.stat().st_mtime_ns for entry in found if _is_csv(entry.name)]
            return max((*times, self._folder.stat().st_mtime_ns))
        except OSError:
            return 0

    def unchanged(self, known: Revision) -> Revision | None:
        """Compare all bytes of all files. Raises CannotRead and Locked."""
        found = together(of_files(self._folder))
        return _revision(found) if found.digest == known.digest else None

    def read(self) -> WorkbookReading:
        """Read all files as one moment. Raises CannotRead, and Locked when they keep changing."""
        for _ in range(_TRIES):
            prints = of_files(self._folder)
            waiting = pending(self._folder)
            files = {
                name: waiting[name] if name in waiting else (self._folder / name).read_bytes()
                for name in prints
            }
            if all(digest_of_bytes(files[name]) == one.digest for name, one in prints.items()):
                return self._reading(files, prints)
        raise Locked(self.address)

    def _reading(
        self, files: Mapping[str, bytes], prints: Mapping[str, Fingerprint]
    ) -> WorkbookReading:
        book = read_files(self._folder, files)
        return WorkbookReading(_revision(together(prints)), book, _HeldFiles(files, prints))

    def glance(self) -> Book:
        """Read the folder; CSV files hold no formulas."""
        return read(self._folder)

    def records(self) -> tuple[str, ...]:
        """Read the stamp."""
        try:
            return tuple(one.record for one in read_marks(self.glance()).candidates)
        except (SheetRecordError, OSError):
            return ()

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        """Change the files' rows in memory. Raises CannotPatch when one would read otherwise."""
        files = _held(reading).files
        try:
            changed = changed_files(files, edits)
        except Refused as refused:
            raise CannotPatch(self.address, str(refused)) from refused
        if stamp is not None:
            changed[STAMP_FILE] = stamp_file(stamp)
        if not changed:
            return reading
        after = {**files, **changed}
        prints = {name: of_data(data) for name, data in after.items()}
        return self._reading(after, prints)

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        """Replace the changed files together; errors as `files.replace_together`.

        A file that is not as it was read is refused before the first is written.
        """
        after = self.preview(reading, edits, stamp)
        return Written(reading) if after is reading else self._replaced(reading, _held(after).files)

    def _replaced(self, reading: WorkbookReading, after: Mapping[str, bytes]) -> Written:
        before = _held(reading)
        settle(self._folder)
        standing = of_files(self._folder)
        if together(standing).digest != reading.revision.digest:
            raise ChangedElsewhere(self.address)
        changed = {n: data for n, data in _in_turn(after) if data != before.files.get(n)}
        written = replace_together(self._folder, changed, standing, before.files)
        now = of_files(self._folder)
        if together(now).digest != together({**before.prints, **written}).digest:
            withdraw(self._folder, changed, before.files)
            raise ChangedElsewhere(self.address)
        return Written(self._reading(after, now))

    def image(self, reading: WorkbookReading) -> bytes:
        """Return the files as one archive."""
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name, data in sorted(_held(reading).files.items()):
                archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
        return out.getvalue()

    def restore(self, reading: WorkbookReading, image: bytes) -> Written:
        """Write each file of an archive again; a file that came since is left empty."""
        with ZipFile(BytesIO(image)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        after = {**dict.fromkeys(_held(reading).files, b""), **files}
        return self._replaced(reading, after)

    def acknowledge(self, displaced: WorkbookReading) -> None:
        """Do nothing: a displaced save is a file beside the one that it was."""

    def owner(self) -> str:
        """Return nobody: editors of text leave no word."""
        return ""

    def recover(self) -> Sequence[WorkbookReading]:
        """Settle what a run that died has left beside the files, or did not come to."""
        with suppress(Locked):
            settle(self._folder)
        sweep(self._folder)
        return ()

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:  # noqa: ARG002
        """Return nothing: folders are kept apart by people."""
        return ()


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv")


def _in_turn(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the files in the order in which they are written: the stamp comes last."""
    for name in sorted(files, key=lambda one: (one == STAMP_FILE, one)):
        yield name, files[name]


def _revision(found: Fingerprint) -> Revision:
    return Revision(found.digest, found.mtime_ns, found.size)


def _held(reading: WorkbookReading) -> _HeldFiles:
    if not isinstance(reading.held, _HeldFiles):
        raise TypeError(reading.held)
    return reading.held
