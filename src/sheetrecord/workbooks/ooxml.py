"""What workbooks of the Excel format have in common: their bytes, read and patched."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.formats.patching import patched
from sheetrecord.formats.readings import Readings
from sheetrecord.formats.stamp import stamp_edits
from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit, in_order
from sheetrecord.model.errors import CannotPatch, CannotRead
from sheetrecord.workbooks.port import Revision, Stamp, WorkbookReading
from sheetrecord.xlsx import Refused, open_workbook


class Drawn(NamedTuple):
    """What is held of a preview: its bytes, and from which reading by which edits it was made."""

    data: bytes
    start: WorkbookReading
    edits: tuple[Edit, ...]


class Drawing:
    """Previews of one workbook; the last one is remembered, so that writing it patches nothing.

    ``data_of`` returns the bytes of a reading that is no preview.
    """

    def __init__(self, address: str, data_of: Callable[[WorkbookReading], bytes]) -> None:
        self._address, self._data_of = address, data_of
        self._last: tuple[WorkbookReading, Drawn] | None = None
        self.readings: Readings | None = None

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None
    ) -> WorkbookReading:
        """Return the reading with the edits and the stamp. Raises CannotPatch."""
        todo = list(edits) if stamp is None else _stamped(edits, stamp, reading.book)
        held = reading.held
        before = held if isinstance(held, Drawn) else Drawn(self._data_of(reading), reading, ())
        if not todo:
            return reading
        if self._last and self._last[1].start is before.start:
            known = self._last[1].edits
            if _same(known, (*before.edits, *todo)):
                return self._last[0]
        try:
            result = patched(before.data, todo, self.readings.formulas if self.readings else None)
        except Refused as refused:
            raise CannotPatch(self._address, str(refused)) from refused
        data = result.data
        drawn = Drawn(data, before.start, (*before.edits, *todo))
        revision = Revision(digest_of_bytes(data), 0, len(data))
        remarks = tuple(dict.fromkeys((*reading.remarks, *result.report.notes)))
        # What is written must be readable before it replaces anything.
        made = WorkbookReading(
            revision, book_from(data, self._address, self.readings), drawn, remarks
        )
        self._last = made, drawn
        return made

    def forget(self) -> None:
        """Let go of the last preview."""
        self._last = None


def _stamped(edits: Sequence[Edit], stamp: Stamp, book: Book) -> list[Edit]:
    return in_order([*edits, *stamp_edits(stamp, book)])


def _same(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    """Tell whether edits are the very same objects, or equal."""
    return len(some) == len(others) and all(
        one is other or one == other for one, other in zip(some, others, strict=True)
    )


def bytes_of(reading: WorkbookReading, data_of: Callable[[WorkbookReading], bytes]) -> bytes:
    """Return the bytes of a reading or of a preview."""
    return reading.held.data if isinstance(reading.held, Drawn) else data_of(reading)


def book_from(
    data: bytes, address: str, readings: Readings | None = None, *, formulas: bool = True
) -> Book:
    """Return the book of a workbook's bytes. Raises CannotRead with the reason why not.

    Without ``formulas`` these are patterns, a NUL for their own row.
    """
    try:
        return book_of(open_workbook(data, formulas=formulas), address, readings)
    except Refused as refused:
        raise CannotRead(address, str(refused), "", refused.reason) from refused
