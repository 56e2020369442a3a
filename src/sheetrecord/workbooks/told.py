"""What a workbook says, as its revision: for places whose bytes differ from time to time."""

from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.model.book import Book
from sheetrecord.model.value import Cell, Formula
from sheetrecord.workbooks.port import Revision


def revision_of(book: Book, version: int = 0, size: int = 0) -> Revision:
    """Return the revision of a book: the digest is of all that it says, results left out."""
    return Revision(digest_of_bytes(_told(book)), version, size)


def _told(book: Book) -> bytes:
    """Return all that a book says, as one text; results are left out: not every place has them."""
    sheets = [
        (
            name,
            sheet.state,
            sorted((n, list(cells.rows), list(map(_typed, cells.values))) for n, cells in columns),
        )
        for name, sheet in book.sheets.items()
        for columns in [sheet.columns.items()]
    ]
    said = sheets, sorted(book.names.items()), sorted(book.properties.items()), book.origin
    return repr(said).encode("utf-8", "surrogatepass")


def _typed(cell: Cell) -> Cell:
    return Formula(cell.text) if isinstance(cell, Formula) else cell
