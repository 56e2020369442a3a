"""A new tab, dressed as well as Google can: its grid, looks, drop-downs, and what guards it."""

from collections.abc import Iterator
from typing import Final

from sheetrecord.model.cell_edits import AddSheet
from sheetrecord.model.sheet_style import ColumnStyle, ConditionalFormat, Look, SheetStyle
from sheetrecord.workbooks.google import ranges
from sheetrecord.workbooks.google.model import GridArea, Tab
from sheetrecord.workbooks.google.values import Json

_PIXELS: Final = 7
"""Width of a character, roughly."""
_CONDITIONS: Final = {
    "equal": "NUMBER_EQ",
    "notEqual": "NUMBER_NOT_EQ",
    "greaterThan": "NUMBER_GREATER",
    "greaterThanOrEqual": "NUMBER_GREATER_THAN_EQ",
    "lessThan": "NUMBER_LESS",
    "lessThanOrEqual": "NUMBER_LESS_THAN_EQ",
}
_KINDS: Final = {
    "date": {"type": "DATE", "pattern": "yyyy-mm-dd"},
    "money": {"type": "NUMBER", "pattern": "#,##0.00"},
}


def dressed(edit: AddSheet, sheet_id: int) -> tuple[Tab, list[Json]]:
    """Return a new tab, still empty, and the requests that make it and let it look as meant."""
    style = edit.style or SheetStyle("")
    height = max(len(edit.rows), len(style.heads) + 1, 1)
    width = max((len(row) for row in edit.rows), default=1)
    width = max(width, len(style.columns), 1)
    tab = Tab(sheet_id, edit.name, (height, width), hidden=edit.hidden)
    grid: Json = {"rowCount": height, "columnCount": width}
    if style.heads and height > len(style.heads):
        grid["frozenRowCount"] = len(style.heads)
    if style.printed:
        grid["hideGridlines"] = True
    told: Json = {"sheetId": sheet_id, "title": edit.name, "gridProperties": grid}
    if edit.hidden:
        told["hidden"] = True
    if style.tab:
        told["tabColorStyle"] = {"rgbColor": _colour(style.tab)}
    return tab, [{"addSheet": {"properties": told}}, *_looks(tab, style)]


def _looks(tab: Tab, style: SheetStyle) -> Iterator[Json]:
    first = len(style.heads) + 1
    for number, column in enumerate(style.columns, start=1):
        yield _width(tab, number, column.width)
        below = GridArea(tab.sheet_id, first, number, tab.size[0], number)
        if first <= tab.size[0]:
            yield from _column(below, column, tab)
    yield from _heads(tab, style)
    if style.filtered and style.heads:
        area = GridArea(tab.sheet_id, len(style.heads), 1, tab.size[0], tab.size[1])
        yield {"setBasicFilter": {"filter": {"range": ranges.grid_range(area)}}}
    if style.guarded:
        yield guard(tab.sheet_id)


def guard(sheet_id: int) -> Json:
    """Return the request that lets Google warn whoever edits a tab: it guards against slips."""
    told = {"range": {"sheetId": sheet_id}, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": told}}


def _heads(tab: Tab, style: SheetStyle) -> Iterator[Json]:
    for number, head in enumerate(style.heads, start=1):
        if head.look:
            yield _format(GridArea(tab.sheet_id, number, 1, number, tab.size[1]), head.look)
        if head.height or head.hidden:
            yield _row(tab, number, head.height, hidden=head.hidden)
    for number, column in enumerate(style.columns, start=1):
        if column.header and style.heads:
            at = len(style.heads)
            yield _format(GridArea(tab.sheet_id, at, number, at, number), column.header)


def _column(below: GridArea, column: ColumnStyle, tab: Tab) -> Iterator[Json]:
    if column.look:
        yield _format(below, column.look)
        if column.look.kind == "date":
            rows = range(below.top, below.bottom + 1)
            tab.kinds |= {(row, below.left): "DATE" for row in rows}
    if column.choices:
        values = [{"userEnteredValue": choice} for choice in column.choices]
        rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True}
        yield {"setDataValidation": {"range": ranges.grid_range(below), "rule": rule}}
    for text, look in column.words:
        yield _conditional(below, {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]}, look)
    for one in column.rules:
        if one.operator in _CONDITIONS:
            yield _conditional(below, _condition(one), one.look)


def _condition(one: ConditionalFormat) -> Json:
    text = one.value
    if text.startswith('"') and text.endswith('"'):
        plain = text[1:-1].replace('""', '"')
        return {"type": "TEXT_EQ", "values": [{"userEnteredValue": plain}]}
    return {"type": _CONDITIONS[one.operator], "values": [{"userEnteredValue": f"={text}"}]}


def _conditional(area: GridArea, condition: Json, look: Look) -> Json:
    form: Json = {"textFormat": {"bold": look.bold}}
    if look.colour:
        form["textFormat"]["foregroundColorStyle"] = {"rgbColor": _colour(look.colour)}
    if look.fill:
        form["backgroundColorStyle"] = {"rgbColor": _colour(look.fill)}
    rule = {
        "ranges": [ranges.grid_range(area)],
        "booleanRule": {"condition": condition, "format": form},
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _format(area: GridArea, look: Look) -> Json:
    text: Json = {"bold": look.bold, "underline": look.underline}
    if look.size:
        text["fontSize"] = round(look.size)
    if look.colour:
        text["foregroundColorStyle"] = {"rgbColor": _colour(look.colour)}
    form: Json = {"textFormat": text, "verticalAlignment": "TOP"}
    form["wrapStrategy"] = "WRAP" if look.wrap else "OVERFLOW_CELL"
    if look.fill:
        form["backgroundColorStyle"] = {"rgbColor": _colour(look.fill)}
    if look.right:
        form["horizontalAlignment"] = "RIGHT"
    if look.kind in _KINDS:
        form["numberFormat"] = _KINDS[look.kind]
    fields = ",".join(f"userEnteredFormat.{name}" for name in form)
    cell = {"userEnteredFormat": form}
    return {"repeatCell": {"range": ranges.grid_range(area), "cell": cell, "fields": fields}}


def _width(tab: Tab, column: int, width: float) -> Json:
    where = ranges.columns(tab.sheet_id, column, column)
    told = {"pixelSize": max(20, round(width * _PIXELS) + 5)}
    update = {"range": where, "properties": told, "fields": "pixelSize"}
    return {"updateDimensionProperties": update}


def _row(tab: Tab, row: int, height: int, *, hidden: bool) -> Json:
    told: Json = {"hiddenByUser": hidden}
    if height:
        told["pixelSize"] = round(height * 4 / 3)
    where = ranges.rows(tab.sheet_id, row, row)
    update = {"range": where, "properties": told, "fields": ",".join(told)}
    return {"updateDimensionProperties": update}


def _colour(text: str) -> Json:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return {"red": round(red, 4), "green": round(green, 4), "blue": round(blue, 4)}
