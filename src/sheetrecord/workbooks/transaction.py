"""Change a workbook: read it, preview edits, write them if it still is what was read.

The one way in which commands write. What refuses, refuses in the workbook's own words: Locked,
ChangedElsewhere, CannotPatch, CannotWrite; nothing is written then.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit, in_order
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import CannotWrite
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import WRITE, Kept, Noted, Notes, Workbook, WorkbookReading


class Transaction(NamedTuple):
    """A workbook as it was read, the edits that are meant, and what it will be with them."""

    workbook: Workbook
    start: WorkbookReading
    after: WorkbookReading
    edits: tuple[Edit, ...] = ()

    @property
    def address(self) -> str:
        """Where the workbook is, as somebody named it."""
        return self.workbook.address

    @property
    def book(self) -> Book:
        """What the workbook will say."""
        return self.after.book

    @property
    def changed(self) -> bool:
        """Whether anything will be otherwise."""
        return self.after.revision.digest != self.start.revision.digest

    @property
    def notes(self) -> Notes:
        """The notes of its cells; none where cells hold none."""
        if isinstance(self.workbook, Noted):
            return self.workbook.notes(self.after)
        return Notes({}, frozenset())

    def with_edits(self, edits: Iterable[Edit]) -> "Transaction":
        """Return the transaction with more edits, of what it will be by now.

        Raises CannotPatch with the reason why that cannot be done.
        """
        new = tuple(edits)
        if not new:
            return self
        after = self.workbook.preview(self.after, new)
        return self._replace(after=after, edits=(*self.edits, *new))

    def write(self) -> WorkbookReading:
        """Write the edits, all or nothing, and return what stands there then."""
        must_write(self.workbook)
        if not self.changed:
            return self.start
        return self.workbook.write(self.start, self.edits).reading

    def image(self, *, before: bool = False) -> bytes:
        """Return the workbook whole, as it will be, or as it was ``before``.

        Raises CannotWrite for a kind that cannot be kept whole.
        """
        return _kept(self.workbook).image(self.start if before else self.after)

    def restore(self, image: bytes) -> None:
        """Let the workbook be what it was when an image of it was made; errors as `write`."""
        _kept(self.workbook).restore(self.start, image)


def begin(address: str, settings: Mapping[str, object] | None = None) -> Transaction:
    """Read a workbook that is to be changed. Raises CannotRead and Locked."""
    return on(open_workbook(address, settings))


def on(workbook: Workbook) -> Transaction:
    """Read an open workbook that is to be changed. Raises CannotRead and Locked."""
    reading = workbook.read()
    return Transaction(workbook, reading, reading)


def must_write(workbook: Workbook) -> None:
    """Raise CannotWrite when a workbook is of a kind that is only read."""
    if WRITE not in workbook.abilities:
        why, do = "it is only read, never written to.", "Save the record as .xlsx, or as CSV files."
        raise CannotWrite(workbook.address, why, do)


def placed(plan: Plan, book: Book, layout: RecordLayout, extra: Iterable[Edit] = ()) -> list[Edit]:
    """Return a plan as edits of a workbook's cells, in the order in which they apply.

    ``extra`` are edits outside the record's sheets. Raises ChangedElsewhere when a row or a column
    that the plan names is no longer there.
    """
    from sheetrecord.formats.edit_locations import place

    return in_order([*place(plan, book, layout), *extra])


def _kept(workbook: Workbook) -> Kept:
    if not isinstance(workbook, Kept):
        why = "no copy of it can be kept from before."
        raise CannotWrite(workbook.address, why, "Save the record as .xlsx, and work on that.")
    return workbook
