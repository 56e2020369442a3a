"""A workbook in memory: bytes of the Excel format in, bytes out; for programs and browsers."""

from collections.abc import Sequence

from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.formats.notes import read_notes
from sheetrecord.formats.stamp import read_marks
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import CannotRead, ChangedElsewhere
from sheetrecord.workbooks.ooxml import Drawing, Drawn, book_from, bytes_of
from sheetrecord.workbooks.port import (
    ALL,
    Notes,
    Revision,
    Sibling,
    Stamp,
    WorkbookReading,
    Written,
)


class Memory:
    """A workbook whose bytes somebody holds; ``data`` is what it holds now and may be set."""

    abilities = ALL

    def __init__(self, data: bytes, label: str = "workbook.xlsx", *, address: str = "") -> None:
        """Hold the bytes; messages call it by its ``address``, ``memory:LABEL`` if empty."""
        self.address, self.label = address or f"memory:{label}", label
        self._data, self._version = data, 1
        self._drawn = Drawing(self.address, _bytes)

    @property
    def data(self) -> bytes:
        """The workbook's bytes."""
        return self._data

    @data.setter
    def data(self, data: bytes) -> None:
        self._data, self._version = data, self._version + 1

    def version(self) -> int:
        """Return how often the bytes were set."""
        return self._version

    def unchanged(self, known: Revision) -> Revision | None:
        """Compare the bytes."""
        found = self._revision()
        return found if found.digest == known.digest else None

    def read(self) -> WorkbookReading:
        """Read the bytes. Raises CannotRead."""
        return WorkbookReading(self._revision(), book_from(self._data, self.address), self._data)

    def glance(self) -> Book:
        """Return the book with formulas as patterns. Raises CannotRead."""
        return book_from(self._data, self.address, formulas=False)

    def records(self) -> tuple[str, ...]:
        """Return the ids of the records that its stamps name."""
        try:
            return tuple(one.record for one in read_marks(self.read().book).candidates)
        except CannotRead:
            return ()

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        """Patch the bytes that were read. Raises CannotPatch."""
        return self._drawn.preview(reading, edits, stamp)

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        """Put the patched bytes in place of those that were read. Raises ChangedElsewhere."""
        after = self.preview(reading, edits, stamp)
        if not isinstance(after.held, Drawn):
            return Written(reading)
        self._changed(reading)
        self.data = after.held.data
        self._drawn.forget()
        return Written(WorkbookReading(self._revision(), after.book, self._data, after.remarks))

    def notes(self, reading: WorkbookReading) -> Notes:
        """Return the notes and conversations of its cells."""
        return read_notes(self.image(reading), self.address)

    def image(self, reading: WorkbookReading) -> bytes:
        """Return the bytes that were read."""
        return bytes_of(reading, _bytes)

    def restore(self, reading: WorkbookReading, image: bytes) -> Written:
        """Put bytes in place of those that were read. Raises ChangedElsewhere."""
        self._changed(reading)
        self.data = image
        return Written(self.read())

    def acknowledge(self, displaced: WorkbookReading) -> None:
        """Do nothing: nothing is displaced."""

    def _changed(self, reading: WorkbookReading) -> None:
        if self.unchanged(reading.revision) is None:
            raise ChangedElsewhere(self.address)

    def owner(self) -> str:
        """Return nobody."""
        return ""

    def recover(self) -> Sequence[WorkbookReading]:
        """Return nothing: what is in memory ends with the run."""
        return ()

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:  # noqa: ARG002
        """Return nothing."""
        return ()

    def _revision(self) -> Revision:
        return Revision(digest_of_bytes(self._data), self._version, len(self._data))


def _bytes(reading: WorkbookReading) -> bytes:
    if not isinstance(reading.held, bytes):
        raise TypeError(reading.held)
    return reading.held
