"""From raw cells to typed values, a column at a time; what does not fit is noted, not raised."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sheetrecord.model.edit import At, SetCell
from sheetrecord.model.value import Cell, CellError, Formula, Unknown
from sheetrecord.schema.column import Column
from sheetrecord.schema.kinds import ReadCell, Wrong, read_amount

Wrongs = list[tuple[int, Wrong]]
"""Positions in a column and what is wrong there."""

_LOOK_ALIKE = frozenset({int, float, bool})
"""Types whose values compare equal across types (1, 1.0, True) and so need their type in a key."""


def read_column(cells: Sequence[Cell], one: ReadCell, empty: Any) -> tuple[list[Any], Wrongs]:
    """Return typed values and what does not fit; equal cells are judged once."""
    known: dict[Any, Any] = {None: empty}
    wrong: Wrongs = []
    out = []
    for i, cell in enumerate(cells):
        mark = (cell, cell.__class__) if cell.__class__ in _LOOK_ALIKE else cell
        try:
            value = known[mark]
        except KeyError:
            value = known[mark] = _first(cell, one, empty)
        if value.__class__ is Wrong:
            wrong.append((i, value))
            value = empty if value.value is None else value.value
        out.append(value)
    return out, wrong


def read_money(cells: Sequence[Cell], currencies: Sequence[str]) -> tuple[list[Any], Wrongs]:
    """Return amounts in minor units of each row's currency, and what does not fit."""
    known: dict[Any, Any] = {}
    wrong: Wrongs = []
    out: list[Any] = []
    for i, cell in enumerate(cells):
        if cell is None:
            out.append(None)
            continue
        currency = currencies[i]
        mark = (cell, cell.__class__, currency)
        try:
            value = known[mark]
        except KeyError:
            value = known[mark] = _first(cell, partial(read_amount, currency=currency), None)
        if value.__class__ is Wrong:
            wrong.append((i, value))
            value = value.value
        out.append(value)
    return out, wrong


def _first(cell: Cell, one: ReadCell, empty: Any) -> Any:
    """Read a cell that was not met before."""
    seen = cell.cached if isinstance(cell, Formula) else cell
    if isinstance(seen, Unknown):
        return Wrong("TYPE-005")
    if isinstance(seen, CellError):
        return Wrong("TYPE-004", {"value": seen.code})
    if seen is None or seen == "":
        return empty
    return one(seen)


def fixes(column: Column, row: int, row_id: str, wrong: Wrong) -> tuple[SetCell, ...]:
    """Return the edit that mends a cell, when there is only one thing it can mean."""
    if wrong.fix is None:
        return ()
    return (SetCell(At(column.sheet, row_id, column.key, row), wrong.fix, wrong.code),)
