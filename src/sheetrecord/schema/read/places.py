"""Where a located workbook keeps what its formulas refer to."""

from collections.abc import Mapping

from sheetrecord.model.book import Book, Range, quoted
from sheetrecord.model.problem import column_letters
from sheetrecord.schema import names
from sheetrecord.schema.read.layout import RecordLayout


class BookPlaces:
    """`notation.Places` of a workbook as it stands now. Raises KeyError for what is gone."""

    def __init__(self, book: Book, layout: RecordLayout) -> None:
        self.book, self.layout = book, layout
        self._rows: dict[str, Mapping[str, int]] = {}

    def cell(self, sheet: str, key: str) -> str:
        """Return the column letters of a column of the record."""
        return column_letters(self.layout.sheets[sheet].columns[key])

    def title(self, sheet: str) -> str:
        """Return the sheet's present name, quoted when it needs to be."""
        return quoted(self.layout.sheets[sheet].title)

    def label(self, enum: str, code: str) -> str:
        """Return the address of a code's label."""
        codes, labels = self._area(enum, "code"), self._area(enum, "label")
        if enum not in self._rows:
            cells = self.book.cells(codes)
            rows: dict[str, int] = {}
            for (row, _), value in sorted(cells.items()):
                rows.setdefault(str(value), row)
            self._rows[enum] = rows
        return f"{quoted(labels.sheet)}!${column_letters(labels.left)}${self._rows[enum][code]}"

    def list(self, enum: str, part: str) -> str:
        """Return the range of a column of a list."""
        area = self._area(enum, part)
        letters = column_letters(area.left)
        return f"{quoted(area.sheet)}!${letters}${area.top}:${letters}${area.bottom}"

    def setting(self, name: str) -> str:
        """Return the address of a setting."""
        area = self.layout.names[names.setting_name(name)]
        if area is None:
            raise KeyError(name)
        return f"{quoted(area.sheet)}!${column_letters(area.left)}${area.top}"

    def _area(self, enum: str, part: str) -> Range:
        area = self.layout.names[names.list_name(enum, part)]
        if area is None:
            raise KeyError(f"{enum}:{part}")
        return area
