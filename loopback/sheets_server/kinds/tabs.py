"""Requests about whole sheets and the spreadsheet itself."""

import copy
from collections.abc import Mapping
from typing import Any, Final

from sheets_server import areas, masks, references
from sheets_server.errors import ApiError
from sheets_server.kinds import Kind
from sheets_server.moving import rewritten
from sheets_server.rendering import properties
from sheets_server.rules import Rules
from sheets_server.state import COLUMN_PIXELS, Row, Sheet, Spreadsheet, new_sheet


def add(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Add an empty sheet."""
    asked = request.get("properties") or {}
    title = next(t for n in range(1, 9999) if not book.titled(t := f"Sheet{n}"))
    sheet = new_sheet(asked, book.free_id(), title)
    book.add(sheet, asked.get("index"))
    return {"properties": properties(sheet, book.sheets.index(sheet))}


def delete(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Delete a sheet; what refers to it is broken."""
    gone = book.find(request.get("sheetId") or 0)
    if not any(one is not gone and not one.shown.get("hidden") for one in book.sheets):
        raise ApiError(400, "You can't remove all the visible sheets in a document.")
    book.sheets.remove(gone)
    for name, held in book.names.items():
        if held.get("range") and areas.of(held["range"]).sheet == gone.id:
            book.names[name] = {**held, "range": None}
    for number, one in list(book.metadata.items()):
        place = one["location"]
        if gone.id in (place.get("sheetId"), place.get("dimensionRange", {}).get("sheetId")):
            del book.metadata[number]
    _rewrite(
        book,
        lambda text: references.changed(
            text, lambda one: None if (one.sheet or "").lower() == gone.title.lower() else one
        ),
        gone.title,
    )
    return {}


def _rewrite(book: Spreadsheet, change: Any, title: str) -> None:
    """Change the formulas that name a sheet."""
    needle = title.replace("'", "''").lower()
    for sheet in list(book.sheets):
        for number, row in enumerate(sheet.rows):
            for column, cell in list(row.cells.items()):
                text = cell.get("userEnteredValue", {}).get("formulaValue")
                if text is None or needle not in text.lower():
                    continue
                after = change(text)
                if after != text:
                    book.edit(sheet.id).put(number, column, rewritten(cell, after))


def update(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Rename, hide, move, size or dress a sheet."""
    asked = request.get("properties") or {}
    if not request.get("fields"):
        raise ApiError(400, "At least one field must be listed in 'fields'. (Use '*' to indicate "
                       "all fields.)")  # fmt: skip
    mask = masks.checked("sheets", "SheetProperties", request["fields"])
    sheet = book.edit(asked.get("sheetId") or 0)
    if "*" in mask:
        mask = {name: {} for name in asked if name != "sheetId"}
    mask = {name: inner for name, inner in mask.items() if name not in ("sheetId", "sheetType")}
    if "title" in mask:
        _rename(book, sheet, asked.get("title") or "")
    if "index" in mask:
        _reorder(book, sheet, asked.get("index") or 0)
    if "gridProperties" in mask:
        grid = asked.get("gridProperties") or {}
        _resize(book, sheet, grid, mask["gridProperties"] or {name: {} for name in grid})
    rest = {n: m for n, m in mask.items() if n not in ("title", "index", "gridProperties")}
    sheet.shown = masks.put(sheet.shown, asked, rest) if rest else sheet.shown
    if not any(not one.shown.get("hidden") for one in book.sheets):
        raise ApiError(400, "You can't hide all the sheets in a document.")
    return {}


def _rename(book: Spreadsheet, sheet: Sheet, title: str) -> None:
    other = book.titled(title)
    if not title or (other is not None and other is not sheet):
        raise ApiError(
            400, f'A sheet with the name "{title}" already exists. Please enter another name.'
        )
    before = sheet.title
    _rewrite(book, lambda text: references.renamed(text, before, title), before)
    book.edit(sheet.id).shown["title"] = title


def _reorder(book: Spreadsheet, sheet: Sheet, index: int) -> None:
    here = book.sheets.index(sheet)
    book.sheets.remove(sheet)
    book.sheets.insert(index - 1 if index > here else index, sheet)


def _resize(book: Spreadsheet, sheet: Sheet, grid: Mapping[str, Any], mask: masks.Mask) -> None:
    if "rowCount" in mask:
        count = grid.get("rowCount") or 0
        book.room(max(0, count - len(sheet.rows)) * len(sheet.columns))
        sheet.rows = sheet.rows[:count] + [Row() for _ in range(count - len(sheet.rows))]
    if "columnCount" in mask:
        count = grid.get("columnCount") or 0
        book.room(max(0, count - len(sheet.columns)) * len(sheet.rows))
        more = [Row(pixels=COLUMN_PIXELS) for _ in range(count - len(sheet.columns))]
        sheet.columns = sheet.columns[:count] + more
        for row in sheet.rows:
            row.cells = {c: cell for c, cell in row.cells.items() if c < count}
    if not sheet.rows or not sheet.columns:
        raise ApiError(400, "A sheet has one row and one column at least.")
    rest = {name: inner for name, inner in mask.items() if name not in ("rowCount", "columnCount")}
    sheet.shown["gridProperties"] = masks.put(sheet.shown["gridProperties"], grid, rest)


def duplicate(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Add a copy of a sheet: its cells, merges, filter, protection and looks."""
    source = book.find(request.get("sourceSheetId") or 0)
    sheet = source.copy()
    title = request.get("newSheetName") or _copy_title(book, source.title)
    sheet.shown |= {"sheetId": request.get("newSheetId") or book.free_id(), "title": title}
    sheet.shown.pop("hidden", None)
    sheet.merges = [area._replace(sheet=sheet.id) for area in sheet.merges]
    if sheet.filter is not None:
        sheet.filter["range"]["sheetId"] = sheet.id
    for kind, parts in sheet.parts.items():
        for number, part in enumerate(parts):
            _adopt(book, kind, part, sheet, number)
    index = request.get("insertSheetIndex")
    book.add(sheet, book.sheets.index(source) + 1 if index is None else index)
    return {"properties": properties(sheet, book.sheets.index(sheet))}


def _adopt(book: Spreadsheet, kind: str, part: dict[str, Any], sheet: Sheet, number: int) -> None:
    for one in [part.get("range"), *part.get("ranges", ()), *part.get("unprotectedRanges", ())]:
        if one:
            one["sheetId"] = sheet.id
    if kind == "protectedRanges":
        part["protectedRangeId"] = (sheet.id * 1009 + number) % (1 << 31)
        part.pop("namedRangeId", None)
    if kind == "tables":
        part["tableId"], part["name"] = f"t{sheet.id}_{number}", f"{part.get('name')}_{sheet.id}"


def _copy_title(book: Spreadsheet, title: str) -> str:
    names = (f"Copy of {title}", *(f"Copy of {title} {n}" for n in range(1, 9999)))
    return next(name for name in names if not book.titled(name))


def update_spreadsheet(
    book: Spreadsheet, request: Mapping[str, Any], rules: Rules
) -> dict[str, Any]:
    """Change the title, locale or time zone."""
    mask = masks.checked("sheets", "SpreadsheetProperties", request.get("fields") or "")
    new = copy.deepcopy(request.get("properties") or {})
    if "*" in mask:
        mask = {name: {} for name in new}
    book.properties = masks.put(book.properties, new, mask)
    return {}


KINDS: Final[dict[str, Kind]] = {
    "addSheet": add,
    "deleteSheet": delete,
    "updateSheetProperties": update,
    "duplicateSheet": duplicate,
    "updateSpreadsheetProperties": update_spreadsheet,
}
