"""The base of a kind of workbook that is only read: all that an adapter of it need not say."""

from collections.abc import Mapping, Sequence

from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import CannotWrite
from sheetrecord.workbooks.port import Revision, Sibling, Stamp, WorkbookReading, Written


class ReadOnly:
    """A workbook of which a kind says only how it is read (`read`); whoever writes is refused.

    A kind may say more: `version`, when that is cheap to tell, spares reads.
    """

    abilities: frozenset[str] = frozenset()
    instead = "Save the record as .xlsx, or as CSV files."
    """What to do for somebody who wants to write."""

    def __init__(self, address: str, settings: Mapping[str, object] | None = None) -> None:
        self.address = address
        self.settings = settings or {}

    @property
    def label(self) -> str:
        """What people call it: the last part of the address."""
        return self.address.replace("\\", "/").rstrip("/").rpartition("/")[2]

    def version(self) -> int:
        """Return 0: not known."""
        return 0

    def read(self) -> WorkbookReading:
        """Return what stands there now. Raises CannotRead."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it is read")

    def unchanged(self, known: Revision) -> Revision | None:
        """Read it again and compare. Raises CannotRead."""
        found = self.read().revision
        return found if found.digest == known.digest else None

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        """Refuse every edit. Raises CannotWrite."""
        if edits or stamp:
            why = "it is only read, never written to."
            raise CannotWrite(self.address, why, self.instead)
        return reading

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        """Refuse as `preview`."""
        return Written(self.preview(reading, edits, stamp))

    def acknowledge(self, displaced: WorkbookReading) -> None:
        """Do nothing: nothing is displaced."""

    def owner(self) -> str:
        """Return nobody."""
        return ""

    def recover(self) -> Sequence[WorkbookReading]:
        """Return nothing: nothing is written."""
        return ()

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:  # noqa: ARG002 - as the port
        """Return nothing."""
        return ()
