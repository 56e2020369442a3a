"""From raw cells to typed values, a column at a time; what does not fit is noted, not raised."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.value import Cell, CellError, Formula, Unknown
from sheetrecord.schema.column import Column
from sheetrecord.schema.read.kinds import ReadCell, Wrong, read_amount

Wrongs = list[tuple[int, Wrong]]
"""Positions in a column and what is wrong there."""

_NUMBERS = frozenset({int, float})
_MADE = frozenset({"TYPE-017", "TYPE-018"})


def read_column(cells: Sequence[Cell], one: ReadCell, empty: object) -> tuple[list[Any], Wrongs]:
    """Return typed values and what does not fit; equal cells are judged once."""
    return _read(cells, lambda cell: empty if cell is None else _first(cell, one, empty), empty)


def read_money(cells: Sequence[Cell], currencies: Sequence[str]) -> tuple[list[Any], Wrongs]:
    """Return amounts in minor units of each row's currency, and what does not fit."""
    if len(set(currencies)) <= 1:
        one = partial(read_amount, currency=currencies[0] if currencies else "")
        return read_column(cells, one, None)
    pairs = list(zip(cells, currencies, strict=True))
    return _read(pairs, lambda pair: _amount(*pair), None)


def _amount(cell: Cell, currency: str) -> Any:
    return None if cell is None else _first(cell, partial(read_amount, currency=currency), None)


def _read(
    marks: Sequence[Any], judge: Callable[[Any], Any], empty: Any
) -> tuple[list[Any], Wrongs]:
    """Judge each distinct mark once, then look all of them up: a sheet repeats itself a lot."""
    kinds = set(map(type, marks))
    if bool in kinds and kinds & _NUMBERS:
        known = {(mark.__class__, mark): judge(mark) for mark in marks}  # True equals 1 as a key
        out = [known[mark.__class__, mark] for mark in marks]
    else:
        known = {mark: judge(mark) for mark in set(marks)}
        out = list(map(known.__getitem__, marks))
    if not any(value.__class__ is Wrong for value in known.values()):
        return out, []
    wrong = [(i, value) for i, value in enumerate(out) if value.__class__ is Wrong]
    for i, value in wrong:
        out[i] = empty if value.value is None else value.value
    return out, wrong


def _first(cell: Cell, one: ReadCell, empty: object) -> Any:
    """Read a cell that was not met before; nearly all are text, so that is looked at first."""
    if cell.__class__ is str:
        return one(cell) if cell else empty
    seen = cell.cached if isinstance(cell, Formula) else cell
    if isinstance(seen, Unknown):
        return Wrong("TYPE-005")
    if isinstance(seen, CellError):
        return Wrong("TYPE-004", {"value": seen.code})
    if seen is None or seen == "":
        return empty
    found = one(seen)
    if seen is not cell and found.__class__ is Wrong and found.code in _MADE:
        return found.value  # a formula of the firm's own makes what it makes
    return found


def fixes(column: Column, row: int, row_id: str, wrong: Wrong) -> tuple[SetValue, ...]:
    """Return the edit that corrects a cell, when only one meaning is possible."""
    if wrong.fix is None:
        return ()
    return (SetValue(At(column.sheet, row_id, column.key, row), wrong.fix, wrong.code),)
