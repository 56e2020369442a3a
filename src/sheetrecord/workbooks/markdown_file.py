"""A file of Markdown tables: a workbook that is only read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetrecord.formats.markdown import read
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import CannotWrite
from sheetrecord.workbooks.port import Reading, Revision, Sibling, Stamp, Written
from sheetrecord.workbooks.prints import of_file


class MarkdownFile:
    """Tables in a text, for examples and records kept beside their text."""

    abilities: frozenset[str] = frozenset()

    def __init__(self, address: str, settings: Mapping[str, Any] | None = None) -> None:  # noqa: ARG002 - as all adapters
        self.address = address
        self._path = Path(address)

    @property
    def label(self) -> str:
        """The file's name."""
        return self._path.name

    def version(self) -> int:
        """Return the time of the last change, in nanoseconds; 0 when there is no file."""
        return self._path.stat().st_mtime_ns if self._path.exists() else 0

    def unchanged(self, known: Revision) -> Revision | None:
        """Compare all bytes. Raises CannotRead and Locked."""
        found = self._revision()
        return found if found.digest == known.digest else None

    def read(self) -> Reading:
        """Read the tables. Raises CannotRead."""
        revision = self._revision()
        return Reading(revision, read(self._path))

    def preview(
        self, reading: Reading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Reading:
        """Refuse: a text is changed by hand. Raises CannotWrite."""
        if edits or stamp:
            why = "it is only read, never written to."
            raise CannotWrite(self.address, why, "Save the record as .xlsx, or as CSV files.")
        return reading

    def write(self, reading: Reading, edits: Sequence[Edit], stamp: Stamp | None = None) -> Written:
        """Refuse as `preview`."""
        return Written(self.preview(reading, edits, stamp))

    def acknowledge(self, displaced: Reading) -> None:
        """Do nothing: nothing is displaced."""

    def owner(self) -> str:
        """Return nobody."""
        return ""

    def recover(self) -> Sequence[Reading]:
        """Return nothing: nothing is written."""
        return ()

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:  # noqa: ARG002
        """Return nothing."""
        return ()

    def _revision(self) -> Revision:
        found = of_file(self._path)
        return Revision(found.digest, found.mtime_ns, found.size)
