"""Results of formulas for a workbook that holds none: those of a file that says the same.

What is known is a workbook file with results. Where the workbook says something else by now, that
is patched into it, which drops the results of all formulas that depend on it; what is left is true.
"""

from collections.abc import Iterator

from sheetrecord.formats.patching import patched
from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.cell_edits import Edit, PutCell
from sheetrecord.model.value import Cell, Formula, Unknown
from sheetrecord.workbooks.ooxml import book_from
from sheetrecord.xlsx import Refused


def brought_up_to(known: bytes, book: Book, address: str) -> bytes | None:
    """Return the known file as the book is now; None when another shape makes that uncertain."""
    was = book_from(known, address)
    if list(was.sheets) != list(book.sheets) or was.names != book.names:
        return None
    edits = list(_differences(was, book))
    if not edits:
        return known
    try:
        return patched(known, edits).data
    except Refused:
        return None


def with_results(book: Book, known: Book) -> Book:
    """Return the book, its formulas without a result with those that the same ones have there."""
    sheets = [
        Sheet(
            name,
            {n: _filled(cells, known.sheets[name], n) for n, cells in sheet.columns.items()},
            sheet.merged,
            sheet.hidden_rows,
            sheet.state,
        )
        for name, sheet in book.sheets.items()
    ]
    return Book(
        book.source,
        sheets,
        names=book.names,
        properties=book.properties,
        live=book.live,
        date1904=book.date1904,
        origin=book.origin,
    )


def _filled(cells: Cells, known: Sheet, number: int) -> Cells:
    results = {
        row: cell
        for row, cell in zip(*known.column(number), strict=True)
        if isinstance(cell, Formula) and not isinstance(cell.cached, Unknown)
    }
    if not results:
        return cells
    return Cells(
        cells.rows,
        [_result(v, results.get(r)) for r, v in zip(cells.rows, cells.values, strict=True)],
    )


def _result(cell: Cell, known: Formula | None) -> Cell:
    if known is None or not isinstance(cell, Formula) or not isinstance(cell.cached, Unknown):
        return cell
    return known if known.text == cell.text else cell


def _differences(was: Book, book: Book) -> Iterator[Edit]:
    """Yield the edits that let each cell say what it says in the book."""
    for name, sheet in book.sheets.items():
        old = was.sheets[name]
        for number in sorted({*sheet.columns, *old.columns}):
            before = dict(zip(*old.column(number), strict=True))
            now = dict(zip(*sheet.column(number), strict=True))
            for row in sorted(before.keys() | now.keys()):
                cell = now.get(row)
                if _said(before.get(row)) != _said(cell):
                    yield PutCell(name, row, number, None if isinstance(cell, Unknown) else cell)


def _said(cell: Cell) -> object:
    """Return what was typed into a cell, its type included; of a formula only its text."""
    return Formula(cell.text) if isinstance(cell, Formula) else (type(cell), cell)
