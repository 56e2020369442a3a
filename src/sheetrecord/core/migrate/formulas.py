"""The live formulas of a workbook's columns, compared with the schema's notation of any version."""

from collections.abc import Iterable, Iterator

from sheetrecord.model.book import Book
from sheetrecord.model.value import Formula
from sheetrecord.schema.formulas.equality import canonical, pattern_of
from sheetrecord.schema.formulas.notation import pattern
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.places import BookPlaces
from sheetrecord.schema.sheets import SHEETS


class VersionFormulas:
    """What the formulas of one workbook would be in some version of the schema."""

    def __init__(self, book: Book, layout: RecordLayout) -> None:
        self.book, self.layout = book, layout
        self._places = BookPlaces(book, layout)

    def text(self, sheet: str, key: str, notation: str) -> str | None:
        """Return a formula as this workbook would hold it, with a NUL for the row's number.

        None when the workbook lacks a sheet, column, list or setting that the formula needs.
        """
        column = SHEETS[sheet].by_key[key]
        if sheet not in self.layout.sheets or key not in self.layout.sheets[sheet].columns:
            return None
        try:
            return pattern(column._replace(formula=notation), self._places)
        except KeyError:
            return None

    def same(self, sheet: str, key: str, notation: str) -> bool:
        """Tell whether a notation gives the formula of the present version."""
        present = self.text(sheet, key, SHEETS[sheet].by_key[key].formula)
        return present is not None and present == self.text(sheet, key, notation)

    def formulas(self, sheet: str, key: str) -> Iterator[tuple[int, str]]:
        """Yield (row, text) of the formulas that stand in a column."""
        place = self.layout.sheets.get(sheet)
        if place is None or key not in place.columns:
            return
        cells = self.book.sheets[place.title].column(place.columns[key])
        for row, cell in zip(cells.rows, cells.values, strict=False):
            if isinstance(cell, Formula) and row > place.header_row:
                yield row, cell.text

    def holding(self, sheet: str, key: str, notations: Iterable[str]) -> Iterator[int]:
        """Yield the rows whose formula is one of these, however a program wrote it."""
        written = [text for n in notations if (text := self.text(sheet, key, n)) is not None]
        known = {canonical(text) for text in written}
        for row, text in self.formulas(sheet, key) if known else ():
            as_we_wrote_it = any(text == one.replace("\0", str(row)) for one in written)
            if as_we_wrote_it or canonical(pattern_of(text, row)) in known:
                yield row
