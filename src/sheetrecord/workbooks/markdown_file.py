"""A file of Markdown tables: a workbook that is only read."""

from pathlib import Path

from sheetrecord.formats.markdown import read
from sheetrecord.workbooks.port import Revision, WorkbookReading
from sheetrecord.workbooks.prints import of_file
from sheetrecord.workbooks.read_only import ReadOnly


class MarkdownFile(ReadOnly):
    """Tables in a text, for examples and records kept beside their text."""

    def version(self) -> int:
        """Return the time of the last change, in nanoseconds; 0 when there is no file."""
        path = Path(self.address)
        return path.stat().st_mtime_ns if path.exists() else 0

    def unchanged(self, known: Revision) -> Revision | None:
        """Compare all bytes. Raises CannotRead and Locked."""
        found = self._revision()
        return found if found.digest == known.digest else None

    def read(self) -> WorkbookReading:
        """Read the tables. Raises CannotRead."""
        revision = self._revision()
        return WorkbookReading(revision, read(Path(self.address)))

    def _revision(self) -> Revision:
        found = of_file(Path(self.address))
        return Revision(found.digest, found.mtime_ns, found.size)
