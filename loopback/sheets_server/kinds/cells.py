"""Requests that write cells: values, formats, copies, validation, notes, merges."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sheets_server import areas, display, masks, references
from sheets_server.areas import Area
from sheets_server.errors import ApiError
from sheets_server.kinds import Kind
from sheets_server.kinds.guarding import covered, on_grid, writable
from sheets_server.rendering import KEPT
from sheets_server.rules import Rules
from sheets_server.state import Cell, Row, Sheet, Spreadsheet

LONGEST: Final = 50_000
WRITABLE: Final = frozenset({*KEPT, "userEnteredValue"})
PARTS: Final = {
    "PASTE_NORMAL": WRITABLE,
    "PASTE_NO_BORDERS": WRITABLE,
    "PASTE_FORMULA": frozenset({"userEnteredValue"}),
    "PASTE_FORMAT": frozenset({"userEnteredFormat"}),
    "PASTE_DATA_VALIDATION": frozenset({"dataValidation"}),
    "PASTE_CONDITIONAL_FORMATTING": frozenset[str](),
}


def written(old: Cell, new: Mapping[str, Any], mask: masks.Mask) -> Cell:
    """Return a cell with the fields of a mask as the new CellData has them."""
    wanted = {"userEnteredValue": {}, **{n: {} for n in KEPT}} if "*" in mask else mask
    result = masks.put(old, new, {n: m for n, m in wanted.items() if n in WRITABLE})
    if "userEnteredValue" in wanted:
        for name in ("chipRuns", "textFormatRuns"):
            if name not in mask or not new.get(name):
                result.pop(name, None)
        result.pop("result", None)
        result.pop("inferred", None)
        _check(result)
    return result


def _check(cell: Cell) -> None:
    value = {name: one for name, one in cell.get("userEnteredValue", {}).items() if one is not None}
    if value.get("stringValue") == "":
        value = {}
    if len(value) > 1 or "errorValue" in value:
        raise ApiError(400, "Invalid value: an ExtendedValue holds one value that can be entered.")
    formula = value.get("formulaValue")
    if formula is not None and not formula.startswith("="):
        raise ApiError(400, f"Invalid formula: {formula}")
    for text in (formula, value.get("stringValue")):
        if text is not None and len(text) > LONGEST:
            raise ApiError(
                400,
                f"Your input contains more than the maximum of {LONGEST} characters in a single "
                "cell.",
            )
    cell.pop("userEnteredValue", None)
    if value:
        cell["userEnteredValue"] = value


def _fields(request: Mapping[str, Any]) -> masks.Mask:
    if not request.get("fields"):
        raise ApiError(400, "At least one field must be listed in 'fields'. (Use '*' to indicate "
                       "all fields.)")  # fmt: skip
    return masks.checked("sheets", "CellData", request["fields"])


def update_cells(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Write the fields of cells, from a place on or over a whole range."""
    mask = _fields(request)
    rows = [row.get("values") or [] for row in request.get("rows") or ()]
    if request.get("range") is not None:
        area = on_grid(book, areas.of(request["range"]))
        if any(len(row) > area.right - area.left for row in rows):
            raise ApiError(400, "Attempting to write outside of the given range.")
    else:
        start = request.get("start") or {}
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row) for row in rows), default=0)
        if not rows or not width:
            return {}
        area = on_grid(
            book, Area(start.get("sheetId", 0), top, top + len(rows), left, left + width)
        )
    writable(book, area)
    if rules.values_lost and "userEnteredValue" in mask:
        return {}
    sheet = book.edit(area.sheet)
    whole = request.get("range") is not None
    for row, column, data in _data(area, rows, whole=whole):
        if not covered(sheet, row, column) or "userEnteredValue" not in mask:
            sheet.put(row, column, written(sheet.cell(row, column), data, mask))
    return {}


def _data(
    area: Area, rows: list[list[Mapping[str, Any]]], *, whole: bool
) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    for row in range(area.top, area.bottom):
        data = rows[row - area.top] if row - area.top < len(rows) else []
        end = area.right if whole else area.left + len(data)
        for column in range(area.left, end):
            yield (
                row,
                column,
                data[column - area.left] or {} if column - area.left < len(data) else {},
            )


def repeat_cell(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Write the same cell into a range; a formula's references move with it."""
    mask = _fields(request)
    area = on_grid(book, areas.of(request["range"]))
    writable(book, area)
    sheet = book.edit(area.sheet)
    data = request.get("cell") or {}
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            one = _moved(data, row - area.top, column - area.left)
            sheet.put(row, column, written(sheet.cell(row, column), one, mask))
    return {}


def append_cells(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Write rows below the last one that holds data, in new rows if need be."""
    sheet = book.edit(request.get("sheetId", 0))
    last = max((n for n, row in enumerate(sheet.rows) if _holds(row)), default=-1)
    rows = request.get("rows") or []
    missing = last + 1 + len(rows) - len(sheet.rows)
    if missing > 0:
        book.room(missing * len(sheet.columns))
        sheet.rows.extend(Row() for _ in range(missing))
    start = {"sheetId": sheet.id, "rowIndex": last + 1, "columnIndex": 0}
    return update_cells(book, {**request, "start": start}, rules)


def _holds(row: Row) -> bool:
    return any("userEnteredValue" in cell for cell in row.cells.values())


def _moved(cell: Mapping[str, Any], rows: int, columns: int) -> Cell:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None:
        return dict(cell)
    value = {"formulaValue": references.copied(formula, rows, columns)}
    return {**cell, "userEnteredValue": value}


def copy_paste(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Copy a range into another, as often as it fits."""
    source = on_grid(book, areas.of(request["source"]))
    target = _target(book, source, areas.of(request["destination"]))
    if request.get("pasteOrientation") == "TRANSPOSE":
        raise ApiError(501, "Transposing is not done here.")
    writable(book, target)
    kind = request.get("pasteType") or "PASTE_NORMAL"
    came = book.find(source.sheet)
    rows = _rows_that_go(came, source, rules)
    cells = {
        (place, column - source.left): _pasted(came.cell(row, column), kind)
        for place, row in rows
        for column in range(source.left, source.right)
    }
    sheet = book.edit(target.sheet)
    height, width = source.bottom - source.top, source.right - source.left
    parts = {"userEnteredValue"} if kind == "PASTE_VALUES" else PARTS[kind]
    for row in range(target.top, target.bottom):
        for column in range(target.left, target.right):
            place = (row - target.top) % height, (column - target.left) % width
            if place not in cells or covered(sheet, row, column):
                continue
            down = row - (source.top + place[0])
            across = column - (source.left + place[1])
            sheet.put(
                row, column, _combined(sheet.cell(row, column), cells[place], parts, down, across)
            )
    if kind == "PASTE_NORMAL":
        _paste_merges(came, sheet, source, target)
    return {}


def _target(book: Spreadsheet, source: Area, target: Area) -> Area:
    height, width = source.bottom - source.top, source.right - source.left
    rows, columns = target.bottom - target.top, target.right - target.left
    if rows < height or rows % height:
        target = target._replace(bottom=target.top + height)
    if columns < width or columns % width:
        target = target._replace(right=target.left + width)
    return on_grid(book, target)


def _rows_that_go(sheet: Sheet, source: Area, rules: Rules) -> list[tuple[int, int]]:
    """Return which rows are copied, each with its place in the source."""
    rows = list(range(source.top, source.bottom))
    kept = [
        row
        for row in rows
        if not (rules.pastes_skip_filtered and sheet.rows[row].filtered)
        and not (rules.pastes_skip_hidden and sheet.rows[row].hidden)
    ]
    if rules.pastes_close_up:
        return list(enumerate(kept))
    return [(row - source.top, row) for row in kept]


def _pasted(cell: Cell, kind: str) -> Cell:
    if kind != "PASTE_VALUES":
        return cell
    value = {n: v for n, v in display.effective(cell).items() if n != "errorValue"}
    return {"userEnteredValue": value} if value else {}


def _combined(old: Cell, new: Cell, parts: Any, down: int, across: int) -> Cell:
    moved = _moved(new, down, across)
    result = {name: value for name, value in old.items() if name not in parts}
    result |= {name: value for name, value in moved.items() if name in parts}
    if "userEnteredValue" in parts:
        for name in ("result", "inferred"):
            result.pop(name, None)
        same = moved.get("userEnteredValue") == new.get("userEnteredValue")
        if same and "result" in new:
            result["result"] = new["result"]
    return result


def _paste_merges(came: Sheet, sheet: Sheet, source: Area, target: Area) -> None:
    for area in [one for one in came.merges if source.covers(one)]:
        down, across = target.top - source.top, target.left - source.left
        moved = Area(sheet.id, area.top + down, area.bottom + down, area.left + across,
                     area.right + across)  # fmt: skip
        if not any(moved.meets(one) for one in sheet.merges):
            sheet.merges.append(moved)


def cut_paste(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Move cells; the references of what is moved stay as they are."""
    source = on_grid(book, areas.of(request["source"]))
    to = request["destination"]
    height, width = source.bottom - source.top, source.right - source.left
    top, left = to.get("rowIndex", 0), to.get("columnIndex", 0)
    target = on_grid(book, Area(to.get("sheetId", 0), top, top + height, left, left + width))
    writable(book, source)
    writable(book, target)
    came = book.edit(source.sheet)
    cells = {(r, c): came.cell(r, c) for r in range(source.top, source.bottom)
             for c in range(source.left, source.right)}  # fmt: skip
    for row, column in cells:
        came.put(row, column, {})
    sheet = book.edit(target.sheet)
    for (row, column), cell in cells.items():
        sheet.put(row - source.top + top, column - source.left + left, cell)
    return {}


def set_data_validation(
    book: Spreadsheet, request: Mapping[str, Any], rules: Rules
) -> dict[str, Any]:
    """Put a rule on the cells of a range, or take theirs away."""
    area = on_grid(book, areas.of(request["range"]))
    writable(book, area)
    sheet, rule = book.edit(area.sheet), request.get("rule")
    for row in range(area.top, area.bottom):
        if sheet.rows[row].filtered and not request.get("filteredRowsIncluded"):
            continue
        for column in range(area.left, area.right):
            cell = {n: v for n, v in sheet.cell(row, column).items() if n != "dataValidation"}
            sheet.put(row, column, {**cell, "dataValidation": rule} if rule else cell)
    return {}


def merge_cells(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Merge a range, its rows or its columns; only the first cell of each keeps its value."""
    area = on_grid(book, areas.of(request["range"]))
    writable(book, area)
    sheet = book.edit(area.sheet)
    kind = request.get("mergeType", "MERGE_ALL")
    if any(area.meets(one) and not area.covers(one) for one in sheet.merges):
        raise ApiError(400, "You can't merge cells partially overlapping an existing merge.")
    sheet.merges = [one for one in sheet.merges if not area.meets(one)]
    several = [area]
    if kind == "MERGE_ROWS":
        several = [area._replace(top=n, bottom=n + 1) for n in range(area.top, area.bottom)]
    elif kind == "MERGE_COLUMNS":
        several = [area._replace(left=n, right=n + 1) for n in range(area.left, area.right)]
    for one in several:
        if (one.bottom - one.top) * (one.right - one.left) > 1:
            sheet.merges.append(one)
            for row, column, cell in list(sheet.areas(one)):
                if (row, column) != (one.top, one.left):
                    sheet.put(row, column, _emptied(cell))
    return {}


def _emptied(cell: Cell) -> Cell:
    gone = ("userEnteredValue", "result", "inferred", "chipRuns", "textFormatRuns")
    return {name: value for name, value in cell.items() if name not in gone}


def unmerge_cells(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Part what is merged in a range."""
    area = areas.of(request["range"])
    sheet = book.edit(area.sheet)
    if any(area.meets(one) and not area.covers(one) for one in sheet.merges):
        raise ApiError(400, "You must select all cells in a merged range to unmerge them.")
    sheet.merges = [one for one in sheet.merges if not area.meets(one)]
    return {}


def find_replace(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Replace a text wherever it stands."""
    if request.get("range"):
        wanted = [areas.of(request["range"])]
    elif request.get("allSheets"):
        wanted = [sheet.whole for sheet in book.sheets]
    else:
        wanted = [book.find(request.get("sheetId", 0)).whole]
    text = request.get("find", "")
    pattern = re.compile(
        text if request.get("searchByRegex") else re.escape(text),
        0 if request.get("matchCase") else re.IGNORECASE,
    )
    counts = {"valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    touched: set[tuple[int, int]] = set()
    for area in wanted:
        for row, column, cell in list(book.find(area.sheet).areas(area)):
            found = _replaced(cell, pattern, request)
            if found is None:
                continue
            writable(book, Area(area.sheet, row, row + 1, column, column + 1))
            after, kind, count = found
            book.edit(area.sheet).put(row, column, after)
            counts[kind] += 1
            counts["occurrencesChanged"] += count
            touched.add((area.sheet, row))
    counts |= {"rowsChanged": len(touched), "sheetsChanged": len({s for s, _ in touched})}
    return {name: count for name, count in counts.items() if count}


def _replaced(
    cell: Cell, pattern: re.Pattern[str], request: Mapping[str, Any]
) -> tuple[Cell, str, int] | None:
    value = cell.get("userEnteredValue", {})
    is_formula = "formulaValue" in value
    if (is_formula and not request.get("includeFormulas")) or not value or "boolValue" in value:
        return None
    text = str(value.get("formulaValue", value.get("stringValue", ""))) or display.plain(
        value.get("numberValue", 0)
    )
    if request.get("matchEntireCell") and not pattern.fullmatch(text):
        return None
    after, count = pattern.subn(request.get("replacement", "").replace("\\", r"\\"), text)
    if not count:
        return None
    new: dict[str, Any] = {"formulaValue" if is_formula else "stringValue": after}
    if "numberValue" in value and re.fullmatch(r"-?\d+(\.\d+)?", after):
        new = {"numberValue": float(after)}
    kind = "formulasChanged" if is_formula else "valuesChanged"
    return written(cell, {"userEnteredValue": new}, {"userEnteredValue": {}}), kind, count


KINDS: Final[dict[str, Kind]] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "setDataValidation": set_data_validation,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "findReplace": find_replace,
}
