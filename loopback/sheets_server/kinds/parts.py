"""Requests about what lies over cells: protection, tables, colours by conditions, bands."""

import copy
from collections.abc import Mapping
from typing import Any, Final

from sheets_server import areas, masks
from sheets_server.errors import ApiError
from sheets_server.kinds import Kind
from sheets_server.kinds.guarding import on_grid
from sheets_server.rendering import may_edit
from sheets_server.rules import Rules
from sheets_server.state import Sheet, Spreadsheet


def _free(book: Spreadsheet, kind: str, key: str) -> int:
    taken = {part.get(key) for sheet in book.sheets for part in sheet.parts.get(kind, ())}
    return next(n for n in range(700_000_001, 1 << 31) if n not in taken)


def _held(book: Spreadsheet, kind: str, key: str, value: Any) -> tuple[Sheet, dict[str, Any]]:
    for sheet in book.sheets:
        for number, part in enumerate(sheet.parts.get(kind, ())):
            if part.get(key) == value:
                own = book.edit(sheet.id)
                return own, own.parts[kind][number]
    raise ApiError(400, f"There is no {key} {value}.")


def add_protected(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Protect a range or a sheet; who does it may edit it still."""
    part = {k: v for k, v in (request.get("protectedRange") or {}).items() if v is not None}
    part = copy.deepcopy(part)
    part.pop("requestingUserCanEdit", None)
    if part.get("namedRangeId"):
        held = book.names.get(part["namedRangeId"], {}).get("range")
        if not held:
            raise ApiError(400, f"Cannot find named range with id: {part['namedRangeId']}")
        part["range"] = copy.deepcopy(held)
    if "range" not in part:
        raise ApiError(400, "A protected range needs a range.")
    area = areas.of(part["range"])
    on_grid(book, area)
    part.setdefault("protectedRangeId", _free(book, "protectedRanges", "protectedRangeId"))
    users = part.setdefault("editors", {}).setdefault("users", [])
    if book.email and book.email not in users and not part.get("warningOnly"):
        users.append(book.email)
    held_ids = [
        p["protectedRangeId"] for s in book.sheets for p in s.parts.get("protectedRanges", ())
    ]
    if part["protectedRangeId"] in held_ids:
        raise ApiError(
            400, f"A protected range with the ID {part['protectedRangeId']} already exists."
        )
    book.edit(area.sheet).parts.setdefault("protectedRanges", []).append(part)
    return {"protectedRange": {**copy.deepcopy(part), "requestingUserCanEdit": True}}


def update_protected(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Change a protected range."""
    asked = request.get("protectedRange") or {}
    mask = masks.checked("sheets", "ProtectedRange", request.get("fields") or "")
    if "*" in mask:
        mask = {name: {} for name in asked}
    mask.pop("protectedRangeId", None)
    _, part = _held(book, "protectedRanges", "protectedRangeId", asked.get("protectedRangeId"))
    if not may_edit(part, book.email):
        raise ApiError(400, "You are trying to edit a protected cell or object.")
    new = masks.put(part, copy.deepcopy(asked), mask)
    part.clear()
    part.update(new)
    return {}


def delete_protected(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Take a protection away."""
    key = request.get("protectedRangeId")
    sheet, part = _held(book, "protectedRanges", "protectedRangeId", key)
    if not may_edit(part, book.email):
        raise ApiError(400, "You are trying to edit a protected cell or object.")
    sheet.parts["protectedRanges"].remove(part)
    return {}


def add_table(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Make a table of a range."""
    table = copy.deepcopy({k: v for k, v in (request.get("table") or {}).items() if v is not None})
    if "range" not in table:
        raise ApiError(400, "A table needs a range.")
    area = on_grid(book, areas.of(table["range"]))
    others = [one for sheet in book.sheets for one in sheet.parts.get("tables", ())]
    if any(areas.of(one["range"]).meets(area) for one in others):
        raise ApiError(400, "Tables must not overlap.")
    table.setdefault("tableId", f"t{len(others) + 1}_{area.sheet}")
    table.setdefault("name", f"Table{len(others) + 1}")
    names = [one["name"].lower() for one in others]
    if table["name"].lower() in names or any(o["tableId"] == table["tableId"] for o in others):
        raise ApiError(400, f"A table named {table['name']} already exists.")
    book.edit(area.sheet).parts.setdefault("tables", []).append(table)
    return {"table": copy.deepcopy(table)}


def delete_table(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Delete a table with what stands in it."""
    sheet, table = _held(book, "tables", "tableId", request.get("tableId"))
    sheet.parts["tables"].remove(table)
    for row, column, _ in list(sheet.areas(areas.of(table["range"]))):
        sheet.put(row, column, {})
    return {}


def add_condition(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Colour cells by a condition."""
    rule = copy.deepcopy(request.get("rule") or {})
    if not rule.get("ranges"):
        raise ApiError(400, "A conditional format needs a range.")
    for one in rule["ranges"]:
        on_grid(book, areas.of(one))
    sheet = book.edit(areas.of(rule["ranges"][0]).sheet)
    sheet.parts.setdefault("conditionalFormats", []).insert(request.get("index") or 0, rule)
    return {}


def delete_condition(book: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Take a conditional format away."""
    sheet, index = book.edit(request.get("sheetId") or 0), request.get("index") or 0
    held = sheet.parts.get("conditionalFormats", [])
    if index >= len(held):
        raise ApiError(400, f"No conditional format on sheet: {sheet.id} at index: {index}")
    return {"rule": held.pop(index)}


KINDS: Final[dict[str, Kind]] = {
    "addProtectedRange": add_protected,
    "updateProtectedRange": update_protected,
    "deleteProtectedRange": delete_protected,
    "addTable": add_table,
    "deleteTable": delete_table,
    "addConditionalFormatRule": add_condition,
    "deleteConditionalFormatRule": delete_condition,
}
