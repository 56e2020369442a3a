"""Cells as JSON values and back, exactly: what stores keep, in one stable text for each cell.

Blank, text, booleans, integers and finite numbers are the JSON values of the same name (``1`` and
``1.0`` stay different). Everything else is an object with one telling key: ``date``, ``datetime``,
``time``, ``formula`` (``shows`` is its result, absent when nobody calculated it), ``error``,
``unknown``, ``row`` (a whole row's side of a conflict), ``int`` and ``float`` for the numbers that
JSON (RFC 8259, section 6) does not carry between programs.
"""

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from sheetrecord.model.conflict import Wanted, Whole
from sheetrecord.model.value import UNKNOWN, Cell, CellError, Formula, Unknown

_SAFE: Final = 2**53  # every smaller integer is exact in any reader of JSON

_encode: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), allow_nan=False
).encode  # made once: a new one for each cell costs more than the cell

_AS_THEY_ARE: Final = frozenset({str, bool, type(None)})


def to_json(cell: Wanted | Unknown) -> Any:
    """Return the JSON value of a cell, of an unknown result, or of one side of a conflict.

    Raises TypeError for anything else: a value of an unexpected kind is a bug, not content.

    >>> to_json(dt.date(2026, 1, 31)), to_json(Formula("A1*2", 8)), to_json("x")
    ({'date': '2026-01-31'}, {'formula': 'A1*2', 'shows': 8}, 'x')
    """
    kind = type(cell)
    if kind in _AS_THEY_ARE:
        return cell
    try:
        return _ENCODERS[kind](cell)
    except KeyError:
        raise TypeError(f"{kind.__name__} is not a kind of cell") from None


def from_json(value: object) -> Any:
    """Return the cell (or side of a conflict) that `to_json` made this value of.

    Raises ValueError when it made none like it.
    """
    if not isinstance(value, dict):
        if isinstance(value, list):
            raise ValueError("a list is not a cell")  # noqa: TRY004 - damage, not a wrong call
        return value
    for key, decode in _DECODERS.items():
        if key in value:
            return decode(value)
    raise ValueError(f"no kind of cell has the keys {sorted(value)}")


def cell_text(cell: Wanted | Unknown) -> str:
    """Return the one text of a cell: ASCII, the same on every machine."""
    return stable(to_json(cell))


def row_json(row: Mapping[str, Cell]) -> dict[str, Any]:
    """Return a row's cells as JSON values by column key."""
    plain = _AS_THEY_ARE
    return {k: v if type(v) in plain else to_json(v) for k, v in row.items()}


def row_of(value: Mapping[str, object]) -> dict[str, Any]:
    """Return the row that `row_json` made this value of."""
    return {k: from_json(v) if type(v) is dict else v for k, v in value.items()}


def stable(value: object) -> str:
    """Return JSON in one spelling: sorted keys, no blanks, ASCII, lone surrogates escaped.

    ASCII keeps what a database cannot hold as text (NUL, lone surrogates) intact.
    """
    return _encode(value)


def _int(value: int) -> Any:
    return value if -_SAFE < value < _SAFE else {"int": hex(value)}


def _float(value: float) -> Any:
    return value if math.isfinite(value) else {"float": repr(value)}


def _formula(value: Formula) -> Any:
    if value.cached is UNKNOWN:
        return {"formula": value.text}
    return {"formula": value.text, "shows": to_json(value.cached)}


_ENCODERS: Final[Mapping[type, Callable[[Any], Any]]] = {
    int: _int,
    float: _float,
    dt.datetime: lambda value: {"datetime": value.isoformat()},
    dt.date: lambda value: {"date": value.isoformat()},
    dt.time: lambda value: {"time": value.isoformat()},
    Formula: _formula,
    CellError: lambda value: {"error": value.code},
    Unknown: lambda _: {"unknown": True},
    Whole: lambda value: {"row": value.text, "gone": value.gone},
}

_DECODERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "date": lambda told: dt.date.fromisoformat(told["date"]),
    "datetime": lambda told: dt.datetime.fromisoformat(told["datetime"]),
    "formula": lambda told: Formula(
        told["formula"], from_json(told["shows"]) if "shows" in told else UNKNOWN
    ),
    "error": lambda told: CellError(told["error"]),
    "time": lambda told: dt.time.fromisoformat(told["time"]),
    "unknown": lambda _: UNKNOWN,
    "row": lambda told: Whole(told["gone"], told["row"]),
    "int": lambda told: int(told["int"], 16),
    "float": lambda told: float(told["float"]),
}
