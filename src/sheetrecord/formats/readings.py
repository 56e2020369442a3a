"""Sheets that were read already, known again by their bytes: no part is read twice in one run.

A sheet says what its own part, the shared strings and the styles say, and nothing else counts.
Where all of those are, byte for byte, what was read before, so is the sheet. Nothing is believed
because it was written: what differs in one byte is read.
"""

from collections.abc import Hashable
from weakref import WeakValueDictionary

from sheetrecord.model.book import Sheet
from sheetrecord.xlsx import WorkbookReader


class Readings:
    """The sheets of the workbooks that somebody still holds; none is kept for its own sake."""

    def __init__(self) -> None:
        self._known: WeakValueDictionary[Hashable, Sheet] = WeakValueDictionary()

    def find(
        self, workbook: WorkbookReader, name: str, state: str
    ) -> tuple[Hashable, Sheet | None]:
        """Return what tells a sheet from every other one, and the sheet if it was read before."""
        key = (name, state, workbook.told_by(name))
        return key, self._known.get(key)

    def keep(self, key: Hashable, sheet: Sheet) -> Sheet:
        """Remember a sheet and return it."""
        self._known[key] = sheet
        return sheet
