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
    """A cache of parsed sheets, kept only while a workbook that uses them exists."""

    def __init__(self) -> None:
        self._known: WeakValueDictionary[Hashable, Sheet] = WeakValueDictionary()

    def find(
        self, workbook: WorkbookReader, name: str, state: str
    ) -> tuple[Hashable, Sheet | None]:
        """Return a sheet's cache key, and the sheet if it was parsed before."""
        key = (name, state, workbook.told_by(name))
        return key, self._known.get(key)

    def keep(self, key: Hashable, sheet: Sheet) -> Sheet:
        """Cache a sheet and return it."""
        self._known[key] = sheet
        return sheet
