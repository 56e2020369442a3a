"""The methods ``spreadsheets.values.*``, by which most people's scripts read and write."""

from collections.abc import Mapping, Sequence
from typing import Any

from sheets_server import areas, calculation, display, rendering
from sheets_server.areas import Area
from sheets_server.errors import ApiError
from sheets_server.kinds.cells import written
from sheets_server.kinds.guarding import covered, writable
from sheets_server.rules import Rules
from sheets_server.state import Cell, Row, Sheet, Spreadsheet
from sheets_server.typed import entered

Query = Mapping[str, Sequence[str]]


def got(book: Spreadsheet, text: str, query: Query) -> dict[str, Any]:
    """Return the ValueRange of A1 notation."""
    area = rendering.checked(book, text)
    sheet = book.find(area.sheet)
    rows = []
    for number in range(area.top, area.bottom):
        row = [_shown(sheet.cell(number, c), query) for c in range(area.left, area.right)]
        while row and row[-1] == "":
            row.pop()
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    dimension = _first(query, "majorDimension") or "ROWS"
    if dimension == "COLUMNS":
        width = max(map(len, rows), default=0)
        wide = [row + [""] * (width - len(row)) for row in rows]
        rows = [list(column) for column in zip(*wide, strict=True)]
        for row in rows:
            while row and row[-1] == "":
                row.pop()
    found: dict[str, Any] = {"range": areas.a1(sheet.title, area), "majorDimension": dimension}
    return {**found, "values": rows} if rows else found


def _first(query: Query, name: str) -> str:
    return (query.get(name) or [""])[0]


def _shown(cell: Cell, query: Query) -> Any:
    option = _first(query, "valueRenderOption") or "FORMATTED_VALUE"
    value = cell.get("userEnteredValue", {})
    if option == "FORMULA" and "formulaValue" in value:
        return value["formulaValue"]
    if option == "FORMATTED_VALUE":
        return display.text(cell) or ""
    found = display.effective(cell)
    if "errorValue" in found:
        return display.ERRORS[found["errorValue"]["type"]]
    dated = display.number_format(cell).get("type") in display.DAYS
    strings = _first(query, "dateTimeRenderOption") == "FORMATTED_STRING"
    if "numberValue" in found and dated and strings:
        return display.text(cell)
    return next(iter(found.values()), "")


def put(
    book: Spreadsheet, several: Sequence[Mapping[str, Any]], option: str, email: str, rules: Rules
) -> tuple[Spreadsheet, list[dict[str, Any]]]:
    """Return the spreadsheet with these ValueRanges written, and an answer for each."""
    if option not in ("RAW", "USER_ENTERED"):
        raise ApiError(400, "'valueInputOption' is required but not specified")
    draft = book.draft(email)
    answers = [_put(draft, one, option, rules) for one in several]
    draft.email = ""
    return calculation.settled(book, draft), answers


def _put(draft: Spreadsheet, one: Mapping[str, Any], option: str, rules: Rules) -> dict[str, Any]:
    area = rendering.checked(draft, one.get("range") or "")
    rows = one.get("values") or []
    if one.get("majorDimension") == "COLUMNS":
        height = max(map(len, rows), default=0)
        rows = [[c[n] if n < len(c) else None for c in rows] for n in range(height)]
    width = max(map(len, rows), default=0)
    wanted = rendering.area_of(draft, one.get("range") or "")
    sheet = draft.find(area.sheet)
    single = (wanted.bottom - wanted.top, wanted.right - wanted.left) == (1, 1)
    if not single and (
        len(rows) > wanted.bottom - wanted.top or width > wanted.right - wanted.left
    ):
        raise ApiError(
            400,
            f"Requested writing within range [{one.get('range')}], but tried writing to more.",
        )
    if area.top + len(rows) > len(sheet.rows) or area.left + width > len(sheet.columns):
        raise ApiError(
            400,
            f"Range ({one.get('range')}) exceeds grid limits. Max rows: {len(sheet.rows)}, max "
            f"columns: {len(sheet.columns)}",
        )
    target = Area(sheet.id, area.top, area.top + max(1, len(rows)), area.left,
                  area.left + max(1, width))  # fmt: skip
    writable(draft, target)
    sheet = draft.edit(sheet.id)
    count = 0
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if value is None:
                continue
            place = target.top + down, target.left + across
            count += 1
            if not covered(sheet, *place) and not rules.values_lost:
                sheet.put(*place, _typed(sheet.cell(*place), value, option))
    return {
        "spreadsheetId": draft.id,
        "updatedRange": areas.a1(sheet.title, target),
        "updatedRows": len(rows),
        "updatedColumns": width,
        "updatedCells": count,
    }


def _typed(old: Cell, value: Any, option: str) -> Cell:
    if option == "USER_ENTERED":
        new = entered(value)
    elif isinstance(value, bool):
        new = {"userEnteredValue": {"boolValue": value}}
    elif isinstance(value, int | float):
        new = {"userEnteredValue": {"numberValue": value}}
    else:
        new = {"userEnteredValue": {"stringValue": str(value)}}
    mask: dict[str, Any] = {"userEnteredValue": {}}
    if "userEnteredFormat" in new:
        mask["userEnteredFormat"] = {"numberFormat": {}}
    return written(old, new, mask)


def appended(
    book: Spreadsheet, text: str, body: Mapping[str, Any], query: Query, email: str, rules: Rules
) -> tuple[Spreadsheet, dict[str, Any]]:
    """Return the spreadsheet with rows written below the table that is found in a range."""
    area = rendering.checked(book, text)
    draft = book.draft(email)
    sheet = draft.edit(area.sheet)
    last = _last(sheet, area)
    values = body.get("values") or []
    if _first(query, "insertDataOption") == "INSERT_ROWS":
        sheet.rows[last + 1 : last + 1] = [Row() for _ in values]
    missing = last + 1 + len(values) - len(sheet.rows)
    sheet.rows.extend(Row() for _ in range(missing))
    start = areas.a1(sheet.title, Area(sheet.id, last + 1, last + 2, area.left, area.left + 1))
    one = {"range": start, "values": values}
    answer = _put(draft, one, _first(query, "valueInputOption"), rules)
    draft.email = ""
    return calculation.settled(book, draft), {"spreadsheetId": book.id, "updates": answer}


def _last(sheet: Sheet, area: Area) -> int:
    """Return the last row of the table that stands in an area: rows below it come next.

    What begins in a cell that is filled goes on below the area, as far as no row is empty.
    """
    used = {row for row, _, cell in sheet.areas(area) if "userEnteredValue" in cell}
    last = max(used, default=area.top - 1)
    below = area._replace(bottom=len(sheet.rows))
    filled = {row for row, _, cell in sheet.areas(below) if "userEnteredValue" in cell}
    while used and last + 1 in filled:
        last += 1
    return last


def cleared(book: Spreadsheet, ranges: Sequence[str], email: str) -> tuple[Spreadsheet, list[str]]:
    """Return the spreadsheet without the values of ranges, and the ranges in full."""
    draft = book.draft(email)
    told = []
    for text in ranges:
        area = rendering.checked(draft, text)
        writable(draft, area)
        sheet = draft.edit(area.sheet)
        for row, column, cell in list(sheet.areas(area)):
            sheet.put(row, column, written(cell, {}, {"userEnteredValue": {}}))
        told.append(areas.a1(sheet.title, area))
    draft.email = ""
    return calculation.settled(book, draft), told
