"""A spreadsheet as the API shows it: the resource Spreadsheet, whole or in ranges."""

import copy
from collections.abc import Sequence
from typing import Any

from sheets_server import areas, display
from sheets_server.areas import Area
from sheets_server.errors import ApiError
from sheets_server.state import Cell, Row, Sheet, Spreadsheet

URL = "https://docs.google.com/spreadsheets/d/{}/edit"
KEPT = ("userEnteredFormat", "dataValidation", "note", "chipRuns", "textFormatRuns")


def area_of(book: Spreadsheet, text: str) -> Area:
    """Return the area that A1 notation, a named range or a sheet's title means."""
    title, rest = areas.split(text)
    found = areas.cells(rest)
    if title is not None:
        sheet = book.titled(title)
        if sheet is None or (rest and found is None):
            raise ApiError(400, f"Unable to parse range: {text}")
        return Area(sheet.id, *found) if found else Area(sheet.id)
    named = next((n for n in book.names.values() if n["name"].lower() == text.lower()), None)
    if named and named.get("range"):
        return areas.of(named["range"])
    if sheet := book.titled(text):
        return Area(sheet.id)
    if found is None or not book.sheets:
        raise ApiError(400, f"Unable to parse range: {text}")
    return Area(book.sheets[0].id, *found)


def checked(book: Spreadsheet, text: str) -> Area:
    """Return the area of A1 notation as far as there is a grid; raises `ApiError` beyond it."""
    area = area_of(book, text)
    sheet = book.find(area.sheet)
    rows, columns = len(sheet.rows), len(sheet.columns)
    if area.top >= rows or area.left >= columns:
        raise ApiError(
            400, f"Range ({text}) exceeds grid limits. Max rows: {rows}, max columns: {columns}"
        )
    return area.within(rows, columns)


def spreadsheet(book: Spreadsheet, ranges: Sequence[str], *, grid: bool) -> dict[str, Any]:
    """Return the resource; with ``ranges`` only their sheets and, with ``grid``, their cells."""
    wanted = [checked(book, text) for text in ranges]
    shown: dict[str, Any] = {
        "spreadsheetId": book.id,
        "properties": copy.deepcopy(book.properties),
        "sheets": [
            _sheet(book, sheet, number, [area for area in wanted if area.sheet == sheet.id], grid)
            for number, sheet in enumerate(book.sheets)
            if not wanted or any(area.sheet == sheet.id for area in wanted)
        ],
        "spreadsheetUrl": URL.format(book.id),
    }
    names = [copy.deepcopy(one) for one in book.names.values() if one.get("range")]
    if names:
        shown["namedRanges"] = names
    own = [copy.deepcopy(m) for m in book.metadata.values() if m["location"].get("spreadsheet")]
    if own:
        shown["developerMetadata"] = own
    return shown


def properties(sheet: Sheet, index: int) -> dict[str, Any]:
    """Return the SheetProperties of a sheet."""
    shown = copy.deepcopy(sheet.shown)
    grid = {"rowCount": len(sheet.rows), "columnCount": len(sheet.columns)}
    return {**shown, "index": index, "gridProperties": {**grid, **shown["gridProperties"]}}


def _sheet(
    book: Spreadsheet, sheet: Sheet, index: int, wanted: list[Area], grid: bool
) -> dict[str, Any]:
    shown: dict[str, Any] = {"properties": properties(sheet, index)}
    if grid:
        shown["data"] = [_grid(book, sheet, area) for area in wanted or [sheet.whole]]
    if sheet.merges:
        shown["merges"] = [areas.grid_range(area) for area in sheet.merges]
    if sheet.filter is not None:
        shown["basicFilter"] = copy.deepcopy(sheet.filter)
    for kind, parts in sheet.parts.items():
        if parts:
            shown[kind] = [_part(kind, part, book.email) for part in parts]
    own = [copy.deepcopy(m) for m in book.metadata.values()
           if m["location"].get("sheetId") == sheet.id]  # fmt: skip
    if own:
        shown["developerMetadata"] = own
    return shown


def _part(kind: str, part: dict[str, Any], email: str) -> dict[str, Any]:
    shown = copy.deepcopy(part)
    if kind == "protectedRanges":
        shown["requestingUserCanEdit"] = may_edit(part, email)
        if not shown["requestingUserCanEdit"]:
            shown.pop("editors", None)
    return shown


def may_edit(part: dict[str, Any], email: str) -> bool:
    """Tell whether an account may edit what a protected range protects; nobody's is the owner."""
    editors = part.get("editors", {}).get("users", [])
    return not email or bool(part.get("warningOnly")) or email in editors


def _grid(book: Spreadsheet, sheet: Sheet, area: Area) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if area.top:
        shown["startRow"] = area.top
    if area.left:
        shown["startColumn"] = area.left
    rows = [_row(sheet.rows[n], area) for n in range(area.top, area.bottom)]
    while rows and not rows[-1]:
        rows.pop()
    if rows:
        shown["rowData"] = rows
    marks = _metadata(book, sheet.id)
    shown["rowMetadata"] = [
        _dimension(sheet.rows[n], marks.get(("ROWS", n), [])) for n in range(area.top, area.bottom)
    ]
    shown["columnMetadata"] = [
        _dimension(sheet.columns[n], marks.get(("COLUMNS", n), []))
        for n in range(area.left, area.right)
    ]
    return shown


def _metadata(book: Spreadsheet, sheet: int) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for one in book.metadata.values():
        span = one["location"].get("dimensionRange")
        if span and span["sheetId"] == sheet:
            found.setdefault((span["dimension"], span["startIndex"]), []).append(one)
    return found


def _dimension(row: Row, marks: list[dict[str, Any]]) -> dict[str, Any]:
    shown: dict[str, Any] = {"pixelSize": row.pixels}
    if row.hidden:
        shown["hiddenByUser"] = True
    if row.filtered:
        shown["hiddenByFilter"] = True
    if marks:
        shown["developerMetadata"] = copy.deepcopy(marks)
    return shown


def _row(row: Row, area: Area) -> dict[str, Any]:
    filled = [column for column in row.cells if area.left <= column < area.right]
    if not filled:
        return {}
    return {
        "values": [
            cell_data(row.cells.get(column, {})) for column in range(area.left, max(filled) + 1)
        ]
    }


def cell_data(cell: Cell) -> dict[str, Any]:
    """Return a cell as CellData."""
    shown: dict[str, Any] = {name: cell[name] for name in KEPT if name in cell}
    if "userEnteredValue" in cell:
        shown["userEnteredValue"] = cell["userEnteredValue"]
        shown["effectiveValue"] = display.effective(cell)
        text = display.text(cell)
        if text is not None:
            shown["formattedValue"] = text
    format_ = dict(cell.get("userEnteredFormat", {}))
    if number := display.number_format(cell):
        format_["numberFormat"] = number
    if format_:
        shown["effectiveFormat"] = format_
    return shown
