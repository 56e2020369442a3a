"""New ids: opaque ones that no cell of the workbook has ever shown, and the next deal number."""

import re
from collections.abc import Iterable
from typing import Final

from sheetrecord.model.book import Book
from sheetrecord.model.value import Cell, Formula
from sheetrecord.schema import ids
from sheetrecord.schema.sheets import SHEETS

LAST_DEAL: Final = "sheetrecord_last_deal"
"""The document property that remembers the highest deal number given, should its row go."""

_ID: Final = re.compile(r"\b[A-Z]-[0-9A-Z]{4,}\b")


class Stamper:
    """Gives ids out, none twice and none that the workbook knows, wherever in it that stands."""

    def __init__(self, book: Book, source: ids.RandomSource) -> None:
        self._source = source
        self._taken = seen(book)
        remembered = book.properties.get(LAST_DEAL, "")
        last = int(remembered) if remembered.isdecimal() else 0
        self._last = max(last, highest_deal(self._taken))
        self.last_deal = 0
        """The highest deal number given by this stamper; 0 for none."""

    def new(self, sheet: str) -> str:
        """Return an id for a row of a sheet."""
        if sheet == "Deal":
            self._last = self.last_deal = self._last + 1
            return ids.deal_id(self._last)
        found = ids.fresh(SHEETS[sheet].prefix, self._taken, self._source)
        self._taken.add(found)
        return found


def highest_deal(ids_: Iterable[str]) -> int:
    """Return the highest number of a deal among ids, 0 for none."""
    numbers = (one[2:] for one in ids_ if one[:2] == "D-")
    return max((int(one) for one in numbers if one.isdecimal()), default=0)


def seen(book: Book) -> set[str]:
    """Return everything in the workbook that reads as an id, in logs and sentences too."""
    found: set[str] = set()
    for sheet in book.sheets.values():
        for cells in sheet.columns.values():
            for cell in cells.values:
                for text in _texts(cell):
                    if "-" in text:
                        found.update(_ID.findall(text))
    return found


def _texts(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, str):
        return (cell,)
    if isinstance(cell, Formula):
        return (cell.text, cell.cached) if isinstance(cell.cached, str) else (cell.text,)
    return ()
