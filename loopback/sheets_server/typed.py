"""What a person types, as Sheets understands it in English: numbers, days, percents, formulas."""

import datetime as dt
import re
from typing import Any, Final

from sheets_server.display import serial
from sheets_server.state import Cell

NUMBER: Final = re.compile(r"[-+]?\$?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?([eE][-+]?\d+)?%?")
ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
AMERICAN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def entered(text: Any) -> Cell:  # noqa: PLR0911 one way of typing after the other
    """Return the cell that typing this leaves, as with USER_ENTERED; values of JSON stay as is."""
    if isinstance(text, bool):
        return {"userEnteredValue": {"boolValue": text}}
    if isinstance(text, int | float):
        return {"userEnteredValue": {"numberValue": text}}
    if text is None or text == "":
        return {}
    if text.startswith("="):
        return {"userEnteredValue": {"formulaValue": text}}
    if text.startswith("'"):
        return {"userEnteredValue": {"stringValue": text[1:]}}
    if text.upper() in ("TRUE", "FALSE"):
        return {"userEnteredValue": {"boolValue": text.upper() == "TRUE"}}
    return _day(text) or _number(text) or {"userEnteredValue": {"stringValue": text}}


def _number(text: str) -> Cell | None:
    plain = text.strip()
    if not any(letter.isdigit() for letter in plain) or not NUMBER.fullmatch(plain):
        return None
    value = float(re.sub(r"[$,%]", "", plain))
    cell: Cell = {"userEnteredValue": {"numberValue": value}}
    if plain.endswith("%"):
        cell["userEnteredValue"] = {"numberValue": value / 100}
        cell["userEnteredFormat"] = {"numberFormat": {"type": "PERCENT", "pattern": "0.00%"}}
    elif "$" in plain:
        shown = {"type": "CURRENCY", "pattern": '"$"#,##0.00'}
        cell["userEnteredFormat"] = {"numberFormat": shown}
    return cell


def _day(text: str) -> Cell | None:
    iso, american = ISO.fullmatch(text.strip()), AMERICAN.fullmatch(text.strip())
    try:
        if iso:
            parts = [int(part) for part in iso.groups() if part is not None]
            moment = dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001
            kind = "DATE_TIME" if iso[4] else "DATE"
        elif american:
            month, day, year = map(int, american.groups())
            moment, kind = dt.datetime(year, month, day), "DATE"  # noqa: DTZ001
        else:
            return None
    except ValueError:
        return None
    return {
        "userEnteredValue": {"numberValue": serial(moment)},
        "userEnteredFormat": {"numberFormat": {"type": kind}},
    }
