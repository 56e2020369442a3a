"""Cells as Google's API says them: typed values, serial days, errors, and what compares equal.

Source: the discovery document of Sheets v4 (CellData, ExtendedValue, NumberFormat). Day 0 is
1899-12-30, the time of day is a fraction. Nothing here depends on a spreadsheet's language.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from sheetrecord.model.value import UNKNOWN, Cell, CellError, Formula, Plain, Result, Unknown
from sheetrecord.schema.formulas.equality import canonical

Json: TypeAlias = dict[str, Any]
"""What a JSON object is in Python."""

DAYS: Final = frozenset({"DATE", "DATE_TIME", "TIME"})
"""The types of number formats that show a number as a day or a time."""

_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_LAST: Final = 2_958_466
_DAY_MS: Final = 86_400_000
_CODES: Final = {
    "N_A": "#N/A",
    "REF": "#REF!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "NAME": "#NAME?",
    "VALUE": "#VALUE!",
    "NUM": "#NUM!",
    "NULL_VALUE": "#NULL!",
    "ERROR": "#ERROR!",
}


def cell_of(data: Mapping[str, Any]) -> Cell:
    """Return a cell as typed from its CellData; a formula with the result that it shows."""
    entered = data.get("userEnteredValue") or {}
    shows = data.get("effectiveValue")
    kind = kind_of(data)
    if "formulaValue" in entered:
        text = str(entered["formulaValue"])
        return Formula(text.removeprefix("="), _result(shows, kind))
    if data.get("chipRuns"):
        return str(data.get("formattedValue") or "") or None
    found = _plain(entered if shows is None else shows, kind)
    return None if found == "" or isinstance(found, Unknown) else found


def kind_of(data: Mapping[str, Any]) -> str:
    """Return the type of a cell's number format when it shows days or times, else nothing."""
    for name in ("effectiveFormat", "userEnteredFormat"):
        found = ((data.get(name) or {}).get("numberFormat") or {}).get("type", "")
        if found:
            return found if found in DAYS else ""
    return ""


def _result(shows: Mapping[str, Any] | None, kind: str) -> Result:
    return UNKNOWN if shows is None else _plain(shows, kind)


def _plain(value: Mapping[str, Any], kind: str) -> Result:
    if "errorValue" in value:
        found = str((value["errorValue"] or {}).get("type", "ERROR"))
        return UNKNOWN if found == "LOADING" else CellError(_CODES.get(found, "#ERROR!"))
    if "boolValue" in value:
        return bool(value["boolValue"])
    if "numberValue" in value:
        return number_shown(value["numberValue"], kind)
    if "stringValue" in value:
        return str(value["stringValue"])
    return None


def number_shown(number: float, kind: str) -> Plain:
    """Return a number as its format shows it: a day, a time, or the number itself."""
    if kind in DAYS and 0 <= number < _LAST:
        day, part = divmod(round(number * _DAY_MS), _DAY_MS)
        moment = _EPOCH + dt.timedelta(days=day, milliseconds=part)
        if kind == "TIME" and not day:
            return moment.time()
        return moment if part or kind == "TIME" else moment.date()
    return int(number) if float(number).is_integer() and abs(number) < 2**53 else float(number)


def serial(value: dt.date | dt.time) -> float:
    """Return a day, a moment or a time as the number that stands for it.

    >>> serial(dt.date(1900, 1, 1)), serial(dt.time(12))
    (2, 0.5)
    """
    if isinstance(value, dt.time):
        ms = ((value.hour * 60 + value.minute) * 60 + value.second) * 1000
        return (ms + value.microsecond // 1000) / _DAY_MS
    if not isinstance(value, dt.datetime):
        return (value - _EPOCH.date()).days
    return (value.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1)


def entered(value: Cell) -> Json:
    """Return the ExtendedValue to enter; nothing for a blank, which empties the cell.

    Raises ValueError for an error value, which only a formula can have.
    """
    match value:
        case None | "":
            return {}
        case Formula():
            return {"formulaValue": f"={value.text}"}
        case CellError():
            raise ValueError(value.code)
        case bool():
            return {"boolValue": value}
        case int() | float():
            return {"numberValue": value}
        case dt.date() | dt.time():
            return {"numberValue": serial(value)}
    return {"stringValue": str(value)}


def kind_for(value: Cell) -> str:
    """Return the type of number format that a value needs; empty when any will do."""
    if isinstance(value, dt.datetime):
        return "DATE_TIME"
    if isinstance(value, dt.time):
        return "TIME"
    return "DATE" if isinstance(value, dt.date) else ""


def said(value: Cell) -> tuple[str, object]:
    """Return what was typed into a cell, so that equal cells compare equal however they are shown.

    Of a formula only what it computes counts, not its result or its spelling; a day is the number
    that stands for it.
    """
    if value is None or value == "":
        return "", ""
    match value:
        case Formula():
            return "=", canonical(value.text)
        case CellError():
            return "!", value.code
        case bool():
            return "b", value
        case str():
            return "s", value
    return "n", round(float(value if isinstance(value, int | float) else serial(value)), 9)
