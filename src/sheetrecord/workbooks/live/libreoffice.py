"""A workbook that is open in LibreOffice: what is written there can be taken back with one Ctrl-Z.

What is read is what LibreOffice would save as .xlsx at that moment.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from sheetrecord.formats.patching import patched
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit, PutCell
from sheetrecord.model.value import Formula
from sheetrecord.workbooks.live.program_book import ProgramBook
from sheetrecord.workbooks.ooxml import book_from

_TRUTHS: Final = {"TRUE()": True, "FALSE()": False}


class LibreOfficeBook(ProgramBook):
    """A spreadsheet that is open in LibreOffice."""

    scheme = "live:lo:"
    program = "LibreOffice"
    alone = True

    def understood(self, data: bytes) -> tuple[bytes, Book]:
        """Return a copy's bytes and its book, without what LibreOffice alone does to them."""
        book = book_from(data, self.address)
        if truths := list(_truths(book)):
            data = patched(data, truths).data
            book = book_from(data, self.address)
        book.properties = {name: _whole(value) for name, value in book.properties.items()}
        return data, book


def libreoffice_at(address: str, settings: Mapping[str, object] | None = None) -> LibreOfficeBook:  # noqa: ARG001 - as all adapters
    """Return ``live:lo``, which is in front, or ``live:lo:NAME``. Raises CannotRead."""
    from sheetrecord.workbooks.live.reaching import desk_at

    return LibreOfficeBook(desk_at(address, address.removeprefix("live:lo").removeprefix(":")))


def _truths(book: Book) -> Iterator[Edit]:
    """Yield edits that let typed truths be such: LibreOffice keeps them as formulas."""
    for name, sheet in book.sheets.items():
        for number, cells in sheet.columns.items():
            for row, value in zip(cells.rows, cells.values, strict=True):
                if isinstance(value, Formula) and value.text in _TRUTHS:
                    yield PutCell(name, row, number, _TRUTHS[value.text])


def _whole(value: str) -> str:
    """Return a property's number as it was put: LibreOffice saves 7 as 7.0."""
    return value.removesuffix(".0") if value.removesuffix(".0").isdecimal() else value
