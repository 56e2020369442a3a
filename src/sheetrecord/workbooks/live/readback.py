"""Whether a program holds what was meant to be written into it."""

import datetime as dt
from math import isclose

from sheetrecord.model.book import Book, Sheet
from sheetrecord.model.problem import column_letters
from sheetrecord.model.value import Cell, Formula


def differing_cell(meant: Book, found: Book) -> str:
    """Return where a value differs from what was meant, empty when none does.

    Formulas are left out: each program spells them as it does.
    """
    for name, sheet in meant.sheets.items():
        if name not in found.sheets:
            return name
        if place := _differing(sheet, found.sheets[name]):
            return f"{name}!{place}"
    return ""


def _differing(meant: Sheet, found: Sheet) -> str:
    for number in sorted({*meant.columns, *found.columns}):
        some, others = (dict(zip(*sheet.column(number), strict=True)) for sheet in (meant, found))
        for row in sorted(some.keys() | others.keys()):
            if not same_value(some.get(row), others.get(row)):
                return f"{column_letters(number)}{row}"
    return ""


def same_value(one: Cell, other: Cell) -> bool:
    """Tell whether two cells hold the same, as far as a program's way of keeping it allows."""
    if isinstance(one, Formula) or isinstance(other, Formula):
        return type(one) is type(other)
    if isinstance(one, dt.date) and isinstance(other, dt.date):
        return _moment(one) == _moment(other)
    if isinstance(one, float | int) and isinstance(other, float | int):
        return isclose(one, other, rel_tol=1e-14)
    return one == other


def _moment(day: dt.date) -> dt.datetime:
    moment = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    return moment.replace(microsecond=0)
