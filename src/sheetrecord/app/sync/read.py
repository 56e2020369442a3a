"""Read a copy at one moment: its content and its stamp."""

import datetime as dt
from typing import NamedTuple

from sheetrecord.app.validate import understood
from sheetrecord.core.merge.side import Side
from sheetrecord.formats.stamp import WorkbookStamps, read_marks
from sheetrecord.workbooks.port import Workbook, WorkbookReading


class CopyContent(NamedTuple):
    """A copy as it was read."""

    workbook: Workbook
    reading: WorkbookReading
    side: Side
    marks: WorkbookStamps

    @property
    def digest(self) -> str:
        """The digest of the content."""
        return self.reading.revision.digest


def take(workbook: Workbook, today: dt.date) -> CopyContent:
    """Read a copy.

    Raises a SheetRecordError when it cannot be read or is no record, Locked when it keeps changing.
    """
    return understand(workbook, workbook.read(), today)


def understand(workbook: Workbook, reading: WorkbookReading, today: dt.date) -> CopyContent:
    """Parse a copy that was read. Raises NotARecord and TooNew."""
    book = reading.book
    side = Side(book, understood(workbook.address, book, today=today))
    return CopyContent(workbook, reading, side, read_marks(book))
