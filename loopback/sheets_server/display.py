"""What a cell shows: its effective value, its number format's type, and its text on the screen."""

import datetime as dt
import re
from typing import Any, Final

from sheets_server.state import Cell

EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 a spreadsheet's days have no zone
ERRORS: Final = {
    "N_A": "#N/A",
    "REF": "#REF!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "NULL_VALUE": "#NULL!",
    "ERROR": "#ERROR!",
    "LOADING": "Loading...",
}
TYPES: Final = {word: name for name, word in ERRORS.items()}
DAYS: Final = {"DATE": "%Y-%m-%d", "DATE_TIME": "%Y-%m-%d %H:%M:%S", "TIME": "%H:%M:%S"}


def effective(cell: Cell) -> dict[str, Any]:
    """Return the effective value of a cell; empty for an empty one."""
    entered = cell.get("userEnteredValue", {})
    if "formulaValue" not in entered:
        return dict(entered)
    found = cell.get("result", {"errorValue": {"type": "LOADING", "message": "Loading..."}})
    return dict(found)


def number_format(cell: Cell) -> dict[str, Any]:
    """Return the number format that a cell is shown in; empty for the usual one."""
    shown = cell.get("userEnteredFormat", {}).get("numberFormat")
    found: dict[str, Any] = shown or cell.get("inferred", {})
    return found


def text(cell: Cell) -> str | None:
    """Return what stands on the screen; None for nothing."""
    if "chipRuns" in cell:
        return chip_text(cell)
    value = effective(cell)
    if "stringValue" in value:
        return str(value["stringValue"])
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "errorValue" in value:
        return ERRORS.get(value["errorValue"]["type"], "#ERROR!")
    if "numberValue" in value:
        return _number(value["numberValue"], number_format(cell))
    return None


def chip_text(cell: Cell) -> str:
    """Return the text of a cell with chips: each ``@`` stands for one."""
    shown = str(effective(cell).get("stringValue", ""))
    for run in reversed(cell["chipRuns"]):
        person = run.get("chip", {}).get("personProperties", {})
        link = run.get("chip", {}).get("richLinkProperties", {})
        name = person.get("email") or link.get("uri")
        if name:
            at = run.get("startIndex", 0)
            shown = shown[:at] + name + shown[at + 1 :]
    return shown


def _number(number: float, shown: dict[str, Any]) -> str:
    kind, pattern = shown.get("type", ""), shown.get("pattern", "")
    if kind in DAYS:
        return day(number).strftime(DAYS[kind])
    if kind == "TEXT":
        return plain(number)
    decimals = len(match[1]) if (match := re.search(r"0\.(0+)", pattern)) else 0
    if kind == "PERCENT":
        return f"{number * 100:.{decimals}f}%"
    if kind in ("NUMBER", "CURRENCY") and pattern:
        separator = "," if "#,##0" in pattern else ""
        return f"{number:{separator}.{decimals}f}"
    return plain(number)


def plain(number: float) -> str:
    """Return a number without a format."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)


def day(serial: float) -> dt.datetime:
    """Return the moment that a serial number means."""
    return EPOCH + dt.timedelta(days=serial)


def serial(moment: dt.date) -> float:
    """Return the serial number of a day or a moment."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    seconds = (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(seconds=1)
    return seconds / 86400
