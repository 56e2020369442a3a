"""Requests that insert, delete, append, move or dress rows and columns."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sheets_server import masks
from sheets_server.areas import FAR, Area
from sheets_server.errors import ApiError
from sheets_server.kinds import Kind
from sheets_server.kinds.guarding import writable
from sheets_server.moving import Move, deleted, follow, inserted, relocated
from sheets_server.rules import Rules
from sheets_server.state import COLUMN_PIXELS, Cell, Row, Sheet, Spreadsheet

INHERITED: Final = ("userEnteredFormat", "dataValidation")


class Span(NamedTuple):
    """Rows or columns of a sheet."""

    sheet: int
    rows: bool
    first: int
    end: int

    @property
    def count(self) -> int:
        """How many."""
        return self.end - self.first

    def area(self) -> Area:
        """Return all cells in it."""
        if self.rows:
            return Area(self.sheet, self.first, self.end)
        return Area(self.sheet, 0, FAR, self.first, self.end)


def _span(request: Mapping[str, Any]) -> Span:
    dimension = request.get("dimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise ApiError(400, "No dimension was given.")
    end = request.get("endIndex")
    return Span(
        request.get("sheetId") or 0,
        dimension == "ROWS",
        request.get("startIndex") or 0,
        FAR if end is None else end,
    )


def _lines(sheet: Sheet, *, rows: bool) -> list[Row]:
    return sheet.rows if rows else sheet.columns


def insert(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Insert empty rows or columns, formatted as those before or after them."""
    span = _span(request.get("range") or {})
    before = bool(request.get("inheritFromBefore"))
    lines = _lines(book.find(span.sheet), rows=span.rows)
    if span.end >= FAR or span.count < 1:
        raise ApiError(400, "The start and end index of what is inserted must be given.")
    if span.first > len(lines) or (span.first == len(lines) and not before):
        raise ApiError(
            400,
            f"range.startIndex[{span.first}] must be less than the "
            f"grid size ({len(lines)}) if inheritFromBefore is false.",
        )
    if before and span.first == 0:
        raise ApiError(400, "inheritFromBefore cannot be true if inserting at index 0.")
    other = len(_lines(book.find(span.sheet), rows=not span.rows))
    book.room(span.count * other)
    if span.first < len(lines):
        writable(book, Area(*_edge(span)))
    follow(book, Move(span.sheet, span.rows, inserted(span.first, span.count)))
    sheet = book.edit(span.sheet)
    model = span.first - 1 if before else span.first
    if span.rows:
        source = sheet.rows[model]
        looks = {c: kept for c, cell in source.cells.items() if (kept := _looks(cell))}
        new = [Row(dict(looks), pixels=source.pixels) for _ in range(span.count)]
        sheet.rows[span.first : span.first] = new
    else:
        width = sheet.columns[model].pixels
        sheet.columns[span.first : span.first] = [Row(pixels=width) for _ in range(span.count)]
        for row in sheet.rows:
            looks = _looks(row.cells.get(model, {}))
            row.cells = {c + span.count * (c >= span.first): x for c, x in row.cells.items()}
            row.cells |= {c: looks for c in range(span.first, span.end) if looks}
    return {}


def _edge(span: Span) -> Area:
    return span._replace(end=span.first + 1).area()


def _looks(cell: Cell) -> Cell:
    return {name: cell[name] for name in INHERITED if name in cell}


def delete(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Delete rows or columns."""
    span = _span(request.get("range") or {})
    lines = _lines(book.find(span.sheet), rows=span.rows)
    span = span._replace(end=len(lines) if span.end >= FAR else span.end)
    if not 0 <= span.first < span.end <= len(lines):
        raise ApiError(400, f"Cannot delete what does not exist: {span.first} to {span.end}.")
    if span.count == len(lines):
        kind = "rows" if span.rows else "columns"
        raise ApiError(400, f"You can't delete all the {kind} on the sheet.")
    writable(book, span.area())
    follow(book, Move(span.sheet, span.rows, deleted(span.first, span.end)))
    sheet = book.edit(span.sheet)
    del _lines(sheet, rows=span.rows)[span.first : span.end]
    if not span.rows:
        for row in sheet.rows:
            kept = {c: x for c, x in row.cells.items() if not span.first <= c < span.end}
            row.cells = {c - span.count * (c >= span.end): x for c, x in kept.items()}
    return {}


def append(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Add empty rows or columns at the end."""
    length = request.get("length") or 0
    if length < 1:
        raise ApiError(400, "The length must be greater than zero.")
    sheet = book.edit(request.get("sheetId") or 0)
    rows = request.get("dimension") == "ROWS"
    book.room(length * len(_lines(sheet, rows=not rows)))
    if rows:
        sheet.rows.extend(Row() for _ in range(length))
    else:
        sheet.columns.extend(Row(pixels=COLUMN_PIXELS) for _ in range(length))
    return {}


def move(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Move rows or columns to stand before a position, counted before the move."""
    span, to = _span(request.get("source") or {}), request.get("destinationIndex") or 0
    lines = _lines(book.find(span.sheet), rows=span.rows)
    if not 0 <= span.first < span.end <= len(lines) or to > len(lines):
        raise ApiError(400, "Cannot move what does not exist.")
    if span.first <= to <= span.end:
        return {}
    writable(book, span.area())
    follow(book, Move(span.sheet, span.rows, relocated(span.first, span.end, to)))
    sheet = book.edit(span.sheet)
    order = [n for n in range(len(lines)) if not span.first <= n < span.end]
    place = to if to < span.first else to - span.count
    order[place:place] = range(span.first, span.end)
    if span.rows:
        sheet.rows = [sheet.rows[n] for n in order]
    else:
        sheet.columns = [sheet.columns[n] for n in order]
        where = {old: new for new, old in enumerate(order)}
        for row in sheet.rows:
            row.cells = {where[c]: cell for c, cell in row.cells.items()}
    return {}


def update_properties(
    book: Spreadsheet, request: Mapping[str, Any], rules: Rules
) -> dict[str, Any]:
    """Hide, show or size rows or columns."""
    span = _span(request.get("range") or {})
    mask = masks.checked("sheets", "DimensionProperties", request.get("fields") or "")
    shown = request.get("properties") or {}
    lines = _lines(book.edit(span.sheet), rows=span.rows)
    for line in lines[span.first : span.end]:
        if "hiddenByUser" in mask or "*" in mask:
            line.hidden = bool(shown.get("hiddenByUser"))
        if "pixelSize" in mask or "*" in mask:
            line.pixels = shown.get("pixelSize", 21)
    return {}


def auto_resize(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Do nothing: there are no letters here whose width could be measured."""
    _span(request.get("dimensions") or {})
    return {}


KINDS: Final[dict[str, Kind]] = {
    "insertDimension": insert,
    "deleteDimension": delete,
    "appendDimension": append,
    "moveDimension": move,
    "updateDimensionProperties": update_properties,
    "autoResizeDimensions": auto_resize,
}
