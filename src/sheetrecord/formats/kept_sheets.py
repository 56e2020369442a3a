"""A sheet that was read, as JSON, and back: every cell with its exact type.

Columns are kept as they are read: rows that many columns share once, a column of formulas as what
is the same in all of them, with a NUL for the row's own number.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from operator import eq
from typing import Any, Final

from sheetrecord.model.book import Cells, Range, Sheet
from sheetrecord.model.value import UNKNOWN, CellError, Formula, Unknown

_PLAIN: Final = frozenset({str, int, float, bool})
_OWN_ROW: Final = "\0"

_CODES: Final[Mapping[type, tuple[str, Callable[[Any], Any]]]] = {
    type(None): ("n", lambda _: 0),
    dt.date: ("d", dt.date.toordinal),
    dt.datetime: ("t", dt.datetime.isoformat),
    dt.time: ("h", dt.time.isoformat),
    CellError: ("e", lambda value: value.code),
    Unknown: ("u", lambda _: 0),
}
_KINDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "d": dt.date.fromordinal,
    "t": dt.datetime.fromisoformat,
    "h": dt.time.fromisoformat,
    "e": CellError,
}
_ALONE: Final[Mapping[str, Any]] = {"n": None, "u": UNKNOWN}
"""Values of which there is one."""


def told(sheet: Sheet) -> list[Any]:
    """Return a sheet as JSON. Raises LookupError for a cell of a kind that it does not know."""
    numbers: dict[tuple[int, ...], int] = {}
    columns = []
    for number, cells in sheet.columns.items():
        rows = numbers.setdefault(tuple(cells.rows), len(numbers))
        columns.append([number, rows, *_column(cells)])
    return [
        sheet.name,
        sheet.state,
        sorted(sheet.hidden_rows),
        [list(area) for area in sheet.merged],
        [_run(rows) for rows in numbers],
        columns,
    ]


def sheet_from(kept: Any) -> Sheet:
    """Return the sheet that `told` was given."""
    name, state, hidden, merged, runs, columns = kept
    rows = [list(range(*run)) if len(run) == 2 else run[0] for run in runs]
    return Sheet(
        name,
        {number: Cells(rows[i], _values(rows[i], *column)) for number, i, *column in columns},
        [Range(*area) for area in merged],
        hidden,
        state,
    )


def _run(rows: Sequence[int]) -> list[Any]:
    """Return the ends of rows that stand below one another, else the rows."""
    if rows and rows[-1] - rows[0] == len(rows) - 1:
        return [rows[0], rows[-1] + 1]
    return [list(rows)]


def _column(cells: Cells) -> list[Any]:
    at = [i for i, value in enumerate(cells.values) if type(value) is Formula]
    if not at:
        return _coded(cells.values)
    formulas: list[Any] = [cells.values[i] for i in at]
    whole = len(at) == len(cells.values)
    rows = list(map(str, cells.rows if whole else [cells.rows[i] for i in at]))
    texts, results = zip(*formulas, strict=True)
    shown = list(cells.values)
    for i, result in zip(at, results, strict=True):
        shown[i] = result
    return [*_coded(shown), None if whole else at, *_texts(rows, texts)]


def _texts(rows: list[str], texts: Sequence[str]) -> tuple[Any, Any]:
    """Return texts by what they have in common: the one pattern, or several and whose is which."""
    parts = texts[0].replace(rows[0], _OWN_ROW).split(_OWN_ROW)
    if all(map(eq, map(str.join, rows, repeat(parts)), texts)):
        return [_OWN_ROW.join(parts)], 0
    patterns: dict[str, int] = {}
    which = []
    for row, text in zip(rows, texts, strict=True):
        pattern = text.replace(row, _OWN_ROW)
        if pattern.replace(_OWN_ROW, row) != text:
            raise LookupError(text)
        which.append(patterns.setdefault(pattern, len(patterns)))
    return list(patterns), which


def _coded(values: Sequence[Any]) -> list[Any]:
    """Return the places of values by what JSON lacks for them, and all values as JSON has them."""
    kinds = list(map(type, values))
    shown = list(values)
    codes: dict[str, list[int] | None] = {}
    for kind in set(kinds) - _PLAIN:
        code, write = _CODES[kind]
        places = [i for i, own in enumerate(kinds) if own is kind]
        codes[code] = places if len(places) < len(kinds) else None
        for i in places:
            shown[i] = write(shown[i])
    return [codes, shown]


def _values(
    rows: list[int],
    codes: Mapping[str, list[int] | None],
    shown: list[Any],
    at: list[int] | None = None,
    patterns: Sequence[str] = (),
    which: Any = None,
) -> list[Any]:
    shown = _read(codes, shown)
    if not patterns:
        return shown
    own = map(str, rows if at is None else map(rows.__getitem__, at))
    split = [pattern.split(_OWN_ROW) for pattern in patterns]
    parts = map(split.__getitem__, which) if which else repeat(split[0])
    texts = map(str.join, own, parts)
    if at is None:
        return list(map(_new, repeat(Formula), zip(texts, shown, strict=False)))
    results = map(shown.__getitem__, at)
    formulas = list(map(_new, repeat(Formula), zip(texts, results, strict=False)))
    for i, formula in zip(at, formulas, strict=True):
        shown[i] = formula
    return shown


def _read(codes: Mapping[str, list[int] | None], shown: list[Any]) -> list[Any]:
    """Return values from what JSON has for them."""
    for code, places in codes.items():
        if code in _ALONE:
            for i in range(len(shown)) if places is None else places:
                shown[i] = _ALONE[code]
        elif places is None:
            shown = list(map(_KINDS[code], shown))
        else:
            read = _KINDS[code]
            for i in places:
                shown[i] = read(shown[i])
    return shown


_new: Final[Any] = tuple.__new__
