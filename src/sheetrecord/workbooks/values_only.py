"""Let a workbook say what a view says, and nothing else: values, without formulas and notes."""

from collections.abc import Iterator

from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.book import Book, Sheet
from sheetrecord.model.cell_edits import AddSheet, DropSheet, Edit, PutCell, Value
from sheetrecord.model.sheet_style import GUARDED
from sheetrecord.model.value import Cell, Unknown, shown
from sheetrecord.xlsx import open_workbook


def edits_to_show(data: bytes, there: Book) -> dict[str, list[Edit]]:
    """Return the edits, by sheet, that let a workbook show what a view's file shows.

    Sheets that the file does not have go.
    """
    view = book_of(open_workbook(data), "view")
    found: dict[str, list[Edit]] = {}
    for title, sheet in view.sheets.items():
        edits = list(_sheet(title, sheet, there.sheets.get(title)))
        if edits:
            found[title] = edits
    for title in there.sheets:
        if title not in view.sheets:
            found[title] = [DropSheet(title)]
    return found


def _sheet(title: str, sheet: Sheet, there: Sheet | None) -> Iterator[Edit]:
    cells = _values(sheet)
    if there is None:
        height = max((row for row, _ in cells), default=1)
        width = max((column for _, column in cells), default=1)
        rows = [[cells.get((r, c)) for c in range(1, width + 1)] for r in range(1, height + 1)]
        yield AddSheet(title, rows, style=GUARDED)
        return
    now = dict(_cells(there))
    for spot in sorted({*now, *cells}):
        value = cells.get(spot)
        if not _alike(now.get(spot), value):
            yield PutCell(title, *spot, value)


def _alike(one: Cell, other: Cell) -> bool:
    """Tell whether two cells show the same: a whole number is one, with or without decimals."""
    numbers = type(one) in {int, float} and type(other) in {int, float}
    return one == other and (numbers or type(one) is type(other))


def _values(sheet: Sheet) -> dict[tuple[int, int], Value]:
    found = ((spot, shown(value)) for spot, value in _cells(sheet))
    return {
        spot: value
        for spot, value in found
        if value is not None and value != "" and not isinstance(value, Unknown)
    }


def _cells(sheet: Sheet) -> Iterator[tuple[tuple[int, int], Cell]]:
    for column, cells in sheet.columns.items():
        for row, value in zip(*cells, strict=True):
            yield (row, column), value
