"""An .xlsx file opened as a Google Sheet: what is known to come over, and nothing more.

Comes: values, results, formulas, number formats, fills, sheets that are hidden, widths, frozen
rows, merged cells, lists and other validation, notes, names of ranges, protected sheets, filters.
Goes: document properties, names that are no range, conditions of colours that look at other
sheets, links within the file (the formula stays and leads nowhere), the names of tables.
"""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from sheets_server.areas import Area, grid_range
from sheets_server.calculation import settled
from sheets_server.dialects import PLAIN
from sheets_server.display import TYPES, serial
from sheets_server.errors import ApiError
from sheets_server.rendering import area_of
from sheets_server.state import Cell, Sheet, Spreadsheet, new_sheet, new_spreadsheet

OPERATORS: Final = {
    "between": "NUMBER_BETWEEN",
    "notBetween": "NUMBER_NOT_BETWEEN",
    "equal": "NUMBER_EQ",
    "notEqual": "NUMBER_NOT_EQ",
    "greaterThan": "NUMBER_GREATER",
    "lessThan": "NUMBER_LESS",
    "greaterThanOrEqual": "NUMBER_GREATER_THAN_EQ",
    "lessThanOrEqual": "NUMBER_LESS_THAN_EQ",
}


def imported(
    data: bytes, key: str, title: str, ids: Callable[[int], int] = PLAIN.ids
) -> Spreadsheet:
    """Return a spreadsheet of a file's content; raises `ApiError` for what is no workbook.

    ``ids`` are those that the sheets get, by their places.
    """
    made = _imported(data, ids).draft()
    made.id, made.properties["title"] = key, title
    return made


@lru_cache(maxsize=16)
def _imported(data: bytes, numbered: Callable[[int], int]) -> Spreadsheet:
    try:
        book = load_workbook(io.BytesIO(data))
        results = load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:
        raise ApiError(400, "The file cannot be converted.", "badContent") from error
    made = new_spreadsheet("", {})
    ids = {one.title: numbered(place) for place, one in enumerate(book.worksheets)}
    for one in book.worksheets:
        made.sheets.append(_sheet(one, results[one.title], ids[one.title]))
    for sheet, one in zip(made.sheets, book.worksheets, strict=True):
        _validation(sheet, one)
        _protection(sheet, one)
        _conditions(sheet, one)
    scoped = [
        (name, text.attr_text or "")
        for holder in (book, *book.worksheets)
        for name, text in holder.defined_names.items()
    ]
    _names(made, scoped)
    return settled(made, made)


def _sheet(one: Worksheet, results: Worksheet, number: int) -> Sheet:
    rows, columns = max(one.max_row, 1), max(one.max_column, 1)
    properties: dict[str, Any] = {
        "sheetId": number,
        "title": one.title,
        "gridProperties": {"rowCount": max(rows, 100), "columnCount": max(columns, 26)},
    }
    if one.sheet_state != "visible":
        properties["hidden"] = True
    if one.freeze_panes:
        left, top = range_boundaries(one.freeze_panes)[:2]
        properties["gridProperties"] |= {
            name: count - 1
            for name, count in (("frozenRowCount", top), ("frozenColumnCount", left))
            if count > 1
        }
    sheet = new_sheet(properties, number, one.title)
    for row in one.iter_rows():
        for cell in row:
            if found := _cell(cell, results):
                sheet.rows[cell.row - 1].cells[cell.column - 1] = found
    _dress(sheet, one)
    return sheet


def _dress(sheet: Sheet, one: Worksheet) -> None:
    for position, shown in one.row_dimensions.items():
        if position <= len(sheet.rows):
            sheet.rows[position - 1].hidden = bool(shown.hidden)
    for number_, line in enumerate(sheet.columns):
        shown = one.column_dimensions.get(get_column_letter(number_ + 1))
        if shown is not None:
            line.hidden = bool(shown.hidden)
            line.pixels = int(shown.width * 7 + 5) if shown.width else line.pixels
    for merged in one.merged_cells.ranges:
        sheet.merges.append(
            Area(sheet.id, merged.min_row - 1, merged.max_row, merged.min_col - 1, merged.max_col)
        )
    if one.auto_filter.ref:
        left, top, right, bottom = range_boundaries(one.auto_filter.ref)
        sheet.filter = {"range": grid_range(Area(sheet.id, top - 1, bottom, left - 1, right))}


def _cell(cell: Any, results: Worksheet) -> Cell:
    found: Cell = {}
    value = getattr(cell.value, "text", cell.value)
    if isinstance(value, str) and value.startswith("=") and cell.data_type == "f":
        text = re.sub(r"_xlfn\.|_xlws\.", "", value)
        found["userEnteredValue"] = {"formulaValue": text}
        result = _value(results.cell(cell.row, cell.column).value)
        if result is not None:
            found["result"] = result
    elif value is not None and (entered := _value(value)) is not None:
        if "errorValue" in entered:
            entered = {"formulaValue": f"={value}"}
        found["userEnteredValue"] = entered
    if cell.has_style:
        shown = _format(cell)
        if shown:
            found["userEnteredFormat"] = shown
    if cell.comment is not None:
        found["note"] = cell.comment.text
    return found


def _value(value: Any) -> dict[str, Any] | None:  # noqa: PLR0911 one kind after the other
    if value is None:
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, dt.datetime | dt.date):
        return {"numberValue": serial(value)}
    if isinstance(value, dt.time):
        moment = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return {"numberValue": moment / dt.timedelta(days=1)}
    if isinstance(value, dt.timedelta):
        return {"numberValue": value / dt.timedelta(days=1)}
    if value in TYPES:
        return {"errorValue": {"type": TYPES[value], "message": str(value)}}
    return {"stringValue": str(value)}


def _format(cell: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    pattern = cell.number_format
    if pattern and pattern != "General":
        shown["numberFormat"] = {"type": _kind(pattern), "pattern": pattern}
    fill = cell.fill
    if fill is not None and fill.fill_type == "solid" and isinstance(fill.fgColor.rgb, str):
        red, green, blue = (int(fill.fgColor.rgb[n : n + 2], 16) / 255 for n in (2, 4, 6))
        colour = {"red": red, "green": green, "blue": blue}
        shown["backgroundColor"] = colour
    if cell.font is not None and cell.font.b:
        shown["textFormat"] = {"bold": True}
    return shown


def _kind(pattern: str) -> str:
    if is_date_format(pattern):
        hours = re.search(r"h", re.sub(r'"[^"]*"', "", pattern), re.IGNORECASE)
        days = re.search(r"[dy]", re.sub(r'"[^"]*"', "", pattern), re.IGNORECASE)
        return "DATE_TIME" if hours and days else "TIME" if hours else "DATE"
    if "%" in pattern:
        return "PERCENT"
    return "TEXT" if pattern == "@" else "NUMBER"


def _validation(sheet: Sheet, one: Worksheet) -> None:
    for rule in one.data_validations.dataValidation:
        condition = _condition(rule)
        if condition is None:
            continue
        kept: dict[str, Any] = {"condition": condition}
        if rule.errorStyle in (None, "stop") and rule.showErrorMessage:
            kept["strict"] = True
        if rule.type == "list":
            kept["showCustomUi"] = True
        if rule.prompt:
            kept["inputMessage"] = rule.prompt
        for area in rule.sqref.ranges:
            for row in range(area.min_row - 1, min(area.max_row, len(sheet.rows))):
                for column in range(area.min_col - 1, min(area.max_col, len(sheet.columns))):
                    sheet.put(row, column, {**sheet.cell(row, column), "dataValidation": kept})


def _condition(rule: Any) -> dict[str, Any] | None:
    first, second = rule.formula1, rule.formula2
    if rule.type == "list" and first:
        if first.startswith('"'):
            words = [{"userEnteredValue": word} for word in first.strip('"').split(",")]
            return {"type": "ONE_OF_LIST", "values": words}
        return {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": f"={first}"}]}
    if rule.type == "custom" and first:
        return {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": f"={first}"}]}
    if rule.type in ("whole", "decimal") and first:
        values = [{"userEnteredValue": str(one)} for one in (first, second) if one]
        return {"type": OPERATORS[rule.operator or "between"], "values": values}
    if rule.type == "date":
        return {"type": "DATE_IS_VALID"}
    return None


def _protection(sheet: Sheet, one: Worksheet) -> None:
    if one.protection.sheet:
        sheet.parts["protectedRanges"] = [
            {"protectedRangeId": sheet.id + 1, "range": {"sheetId": sheet.id}, "warningOnly": True}
        ]


def _conditions(sheet: Sheet, one: Worksheet) -> None:
    for held in one.conditional_formatting:
        for rule in held.rules:
            if rule.type != "expression" or not rule.formula or "!" in rule.formula[0]:
                continue
            several = [
                grid_range(Area(sheet.id, a.min_row - 1, a.max_row, a.min_col - 1, a.max_col))
                for a in held.sqref.ranges
            ]
            values = [{"userEnteredValue": f"={rule.formula[0]}"}]
            shown = {"condition": {"type": "CUSTOM_FORMULA", "values": values}, "format": {}}
            sheet.parts.setdefault("conditionalFormats", []).append(
                {"ranges": several, "booleanRule": shown}
            )


def _names(made: Spreadsheet, scoped: list[tuple[str, str]]) -> None:
    for number, (name, area) in enumerate(_ranges(made, scoped), start=1):
        key = f"{1_000_000 + number}"
        made.names[key] = {"namedRangeId": key, "name": name, "range": grid_range(area)}


def _ranges(made: Spreadsheet, scoped: list[tuple[str, str]]) -> Iterator[tuple[str, Area]]:
    for name, text in scoped:
        if name.startswith("_xlnm") or "," in text or "(" in text:
            continue
        try:
            area = area_of(made, text)
        except ApiError:
            continue
        sheet = made.find(area.sheet)
        yield name, area.within(len(sheet.rows), len(sheet.columns))
