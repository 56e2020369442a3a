"""Requests that sort rows and filter them."""

import copy
from collections.abc import Callable, Mapping
from typing import Any, Final

from sheets_server import areas, display, references
from sheets_server.areas import Area
from sheets_server.errors import ApiError
from sheets_server.kinds import Kind
from sheets_server.kinds.guarding import on_grid, writable
from sheets_server.rules import Rules
from sheets_server.state import Cell, Sheet, Spreadsheet


def sort(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Sort the rows of a range; formulas are moved as if copied, empty cells go last."""
    area = on_grid(book, areas.of(request["range"]))
    writable(book, area)
    sheet = book.edit(area.sheet)
    if any(area.meets(one) and one.bottom - one.top > 1 for one in sheet.merges):
        raise ApiError(400, "You can't sort a range with vertical merges.")
    rows = [
        {c: cell for c, cell in sheet.rows[n].cells.items() if area.left <= c < area.right}
        for n in range(area.top, area.bottom)
    ]
    order = list(range(len(rows)))
    for spec in reversed(request.get("sortSpecs") or [{}]):
        column = spec.get("dimensionIndex") or 0
        _by(order, [row.get(column, {}) for row in rows], spec.get("sortOrder") == "DESCENDING")
    for place, came in enumerate(order):
        row = sheet.rows[area.top + place]
        others = {c: cell for c, cell in row.cells.items() if not area.left <= c < area.right}
        row.cells = others | {c: _moved(cell, place - came) for c, cell in rows[came].items()}
    return {}


def _by(order: list[int], cells: list[Cell], descending: bool) -> None:
    filled = [n for n in order if display.effective(cells[n])]
    empty = [n for n in order if not display.effective(cells[n])]
    filled.sort(key=lambda n: _rank(cells[n]), reverse=descending)
    order[:] = filled + empty


def _rank(cell: Cell) -> tuple[int, float, str]:
    value = display.effective(cell)
    if "numberValue" in value:
        return 0, value["numberValue"], ""
    if "stringValue" in value:
        return 1, 0, str(value["stringValue"]).lower()
    if "boolValue" in value:
        return 2, value["boolValue"], ""
    return 3, 0, ""


def _moved(cell: Cell, rows: int) -> Cell:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None or not rows:
        return cell
    value = {"formulaValue": references.copied(formula, rows, 0)}
    return {**cell, "userEnteredValue": value}


def set_filter(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Put the filter on a sheet; rows that do not fit are hidden."""
    asked = copy.deepcopy(request.get("filter") or {})
    if "range" not in asked:
        raise ApiError(400, "A filter needs a range.")
    area = on_grid(book, areas.of(asked["range"]))
    sheet = book.edit(area.sheet)
    specs = asked.get("filterSpecs") or [
        {"columnIndex": int(column), "filterCriteria": criteria}
        for column, criteria in (asked.get("criteria") or {}).items()
    ]
    asked["filterSpecs"] = specs
    asked["criteria"] = {str(s.get("columnIndex", 0)): s.get("filterCriteria", {}) for s in specs}
    sheet.filter = {name: value for name, value in asked.items() if value}
    _apply(sheet, area, specs)
    return {}


def _apply(sheet: Sheet, area: Area, specs: list[dict[str, Any]]) -> None:
    for row in sheet.rows:
        row.filtered = False
    for number in range(area.top + 1, area.bottom):
        sheet.rows[number].filtered = any(
            not _shows(
                sheet.cell(number, spec.get("columnIndex", 0)), spec.get("filterCriteria", {})
            )
            for spec in specs
        )


def _shows(cell: Cell, criteria: Mapping[str, Any]) -> bool:
    text = display.text(cell) or ""
    if text in (criteria.get("hiddenValues") or ()):
        return False
    condition = criteria.get("condition")
    if not condition:
        return True
    values = [one.get("userEnteredValue", "") for one in condition.get("values") or ()]
    test = CONDITIONS.get(condition.get("type", ""))
    if test is None:
        raise ApiError(501, f"The condition {condition.get('type')} is not known here.")
    return test(cell, text, values)


def _number(cell: Cell) -> float:
    found = display.effective(cell).get("numberValue")
    return float("nan") if found is None else float(found)


CONDITIONS: Final[dict[str, Callable[[Cell, str, list[str]], bool]]] = {
    "TEXT_EQ": lambda _, text, values: text.lower() == values[0].lower(),
    "TEXT_CONTAINS": lambda _, text, values: values[0].lower() in text.lower(),
    "TEXT_NOT_CONTAINS": lambda _, text, values: values[0].lower() not in text.lower(),
    "TEXT_STARTS_WITH": lambda _, text, values: text.lower().startswith(values[0].lower()),
    "NUMBER_GREATER": lambda cell, _, values: _number(cell) > float(values[0]),
    "NUMBER_LESS": lambda cell, _, values: _number(cell) < float(values[0]),
    "NUMBER_EQ": lambda cell, _, values: _number(cell) == float(values[0]),
    "BLANK": lambda _, text, __: not text,
    "NOT_BLANK": lambda _, text, __: bool(text),
}


def clear_filter(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Take the filter away; all rows show again that nobody hid."""
    sheet = book.edit(request.get("sheetId") or 0)
    sheet.filter = None
    for row in sheet.rows:
        row.filtered = False
    return {}


KINDS: Final[dict[str, Kind]] = {
    "sortRange": sort,
    "setBasicFilter": set_filter,
    "clearBasicFilter": clear_filter,
}
