"""What was read and is sent again, in the fields that a request may have: filters, drop-downs.

An answer may say more than a request may, so only what is known is sent. Source: the discovery
document of Sheets v4 (BasicFilter, DataValidationRule).
"""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from sheetrecord.workbooks.google.values import Json

_Shape: TypeAlias = Mapping[str, "_Shape"]
"""Fields of a message by name, each with those of what is in it; without any, a plain value."""


def _plain(*names: str) -> dict[str, _Shape]:
    return {name: {} for name in names}


_RGB: Final[_Shape] = _plain("red", "green", "blue", "alpha")
_COLOUR: Final[_Shape] = {"rgbColor": _RGB, "themeColor": {}}
_RANGE: Final[_Shape] = _plain(
    "sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"
)
_CONDITION: Final[_Shape] = {"type": {}, "values": _plain("userEnteredValue", "relativeDate")}
_CRITERIA: Final[_Shape] = {
    "hiddenValues": {},
    "condition": _CONDITION,
    "visibleBackgroundColorStyle": _COLOUR,
    "visibleForegroundColorStyle": _COLOUR,
}
_FILTER: Final[_Shape] = {
    "range": _RANGE,
    "tableId": {},
    "sortSpecs": {
        "dimensionIndex": {},
        "sortOrder": {},
        "foregroundColorStyle": _COLOUR,
        "backgroundColorStyle": _COLOUR,
    },
    "filterSpecs": {"columnIndex": {}, "filterCriteria": _CRITERIA},
}
_RULE: Final[_Shape] = {
    "condition": _CONDITION, "inputMessage": {}, "strict": {}, "showCustomUi": {}
}  # fmt: skip


def filter_again(told: Mapping[str, Any], sheet_id: int, more_rows: int) -> Json:
    """Return the basic filter of a tab that has so many rows more by now.

    What is filtered stands in ``filterSpecs``; an older server says it in ``criteria`` alone. The
    filter of a table is known by that, and has no range of its own.
    """
    if "filterSpecs" not in told and told.get("criteria"):
        specs = [
            {"columnIndex": int(column), "filterCriteria": one}
            for column, one in told["criteria"].items()
            if column.isdecimal()
        ]
        told = {**told, "filterSpecs": specs}
    found: Json = _picked(told, _FILTER)
    if found.get("tableId"):
        found.pop("range", None)
        return found
    area: Json = {"sheetId": sheet_id, **found.get("range", {})}
    if "endRowIndex" in area:
        area["endRowIndex"] += more_rows
    return {**found, "range": area}


def rule_again(rule: Mapping[str, Any], offered: str) -> Json:
    """Return a drop-down's rule that offers other cells."""
    found: Json = _picked(rule, _RULE)
    found["condition"] = {**found["condition"], "values": [{"userEnteredValue": offered}]}
    return found


def _picked(value: Any, shape: _Shape) -> Any:
    if isinstance(value, list):
        return [_picked(item, shape) for item in value]
    if isinstance(value, Mapping) and shape:
        return {key: _picked(item, shape[key]) for key, item in value.items() if key in shape}
    # a server may say 5 as 5.0
    return int(value) if isinstance(value, float) and value.is_integer() else value
