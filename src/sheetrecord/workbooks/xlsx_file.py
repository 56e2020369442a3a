"""A workbook file (.xlsx, .xlsm): patched in place of its bytes, replaced in one step."""

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.files import BackupPolicy, Fingerprint, owner_of, replace, sweep
from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.formats.notes import read_notes
from sheetrecord.formats.readings import Readings
from sheetrecord.formats.stamp_peek import records_of
from sheetrecord.formats.xlsx import read_results
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import CannotRead, CannotWrite, Locked
from sheetrecord.workbooks.kinds import GIT_NAME
from sheetrecord.workbooks.ooxml import Drawing, Drawn, book_from, bytes_of
from sheetrecord.workbooks.port import (
    ALL,
    WRITE,
    Notes,
    Revision,
    Sibling,
    Stamp,
    WorkbookReading,
    Written,
)
from sheetrecord.workbooks.prints import of_file
from sheetrecord.workbooks.siblings import siblings_of

_ENDINGS: Final = (".xlsx", ".xlsm")
_TRIES: Final = 3


class _HeldFile(NamedTuple):
    """The bytes of a file, and its fingerprint."""

    data: bytes
    print: Fingerprint


class XlsxFile:
    """A workbook that is a file. Its revision's version is the time of its last change."""

    def __init__(self, address: str, settings: Mapping[str, object] | None = None) -> None:  # noqa: ARG002 - as all adapters
        self.address = address
        self._path = Path(address)

    @property
    def label(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def abilities(self) -> frozenset[str]:
        """Everything; a file of another ending is only looked into."""
        git = self._path.name.startswith(GIT_NAME)
        written = git or self._path.suffix.lower() in _ENDINGS
        return ALL if written else ALL - {WRITE}

    def version(self) -> int:
        """Return the time of the last change, in nanoseconds; 0 when there is no file."""
        try:
            return os.stat(self.address).st_mtime_ns  # noqa: PTH116 - asked again and again
        except OSError:
            return 0

    def unchanged(self, known: Revision) -> Revision | None:
        """Compare all bytes. Raises CannotRead and Locked."""
        found = of_file(self._path)
        return _revision(found) if found.digest == known.digest else None

    def read(self) -> WorkbookReading:
        """Read the file whole. Raises CannotRead, and Locked when it keeps changing."""
        for _ in range(_TRIES):
            found = of_file(self._path)
            try:
                data = self._path.read_bytes()
            except OSError as error:
                why = f"the file cannot be opened ({error.strerror})."
                do = "Check that you may read it."
                raise CannotRead(self.address, why, do, "denied") from error
            if digest_of_bytes(data) == found.digest:
                held = _HeldFile(data, found)
                book = book_from(data, self.address, self._drawn.readings)
                return WorkbookReading(_revision(found), book, held)
        raise Locked(self.address)

    def share(self, readings: Readings) -> None:
        """Look among sheets that were read already, and add those that are read."""
        self._drawn.readings = readings

    def glance(self) -> Book:
        """Read the file for a check: formulas stay patterns."""
        return read_results(self._path)

    def records(self) -> tuple[str, ...]:
        """Look into the package for its stamp."""
        return records_of(self._path)

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        """Patch the bytes that were read. Raises CannotPatch."""
        return self._drawn.preview(reading, edits, stamp)

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        """Replace the file in one step, after a backup; errors as `files.replace`."""
        if WRITE not in self.abilities:
            why = "it is only read, never written to."
            raise CannotWrite(self.address, why, "Save the record as .xlsx, or as CSV files.")
        after = self.preview(reading, edits, stamp)
        if not isinstance(after.held, Drawn):
            return Written(reading)
        self._drawn.forget()
        return self._replaced(reading, after, after.held.data)

    def acknowledge(self, displaced: WorkbookReading) -> None:
        """Do nothing: a displaced save is a file beside this one, and stays there."""

    def owner(self) -> str:
        """Return who has the file open, as office programs leave word beside it."""
        return owner_of(self.address) or ""

    def recover(self) -> Sequence[WorkbookReading]:
        """Settle what a run that died has left; a save it displaced becomes a sibling."""
        sweep(self.address)
        return ()

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:
        """Return the files in its folder that may be copies too."""
        return list(siblings_of(self._path, named=named))

    @cached_property
    def _drawn(self) -> Drawing:
        return Drawing(self.address, _data)

    def notes(self, reading: WorkbookReading) -> Notes:
        """Return the notes and conversations of its cells."""
        return read_notes(self.image(reading), self.address)

    def image(self, reading: WorkbookReading) -> bytes:
        """Return the file's bytes."""
        return bytes_of(reading, _data)

    def restore(self, reading: WorkbookReading, image: bytes) -> Written:
        """Put bytes in place of those that were read."""
        return self._replaced(
            reading, WorkbookReading(Revision(""), book_from(image, self.address)), image
        )

    def _replaced(self, reading: WorkbookReading, after: WorkbookReading, data: bytes) -> Written:
        backup = None if self._path.name.startswith(GIT_NAME) else BackupPolicy()
        now = replace(self.address, data, _held(reading).print, backup=backup)
        # The digest is of the bytes as they were read back before they took the file's name.
        return Written(
            WorkbookReading(_revision(now), after.book, _HeldFile(data, now), after.remarks)
        )


def _revision(found: Fingerprint) -> Revision:
    return Revision(found.digest, found.mtime_ns, found.size)


def _held(reading: WorkbookReading) -> _HeldFile:
    if not isinstance(reading.held, _HeldFile):
        raise TypeError(reading.held)
    return reading.held


def _data(reading: WorkbookReading) -> bytes:
    return _held(reading).data
