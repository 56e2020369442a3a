"""Convert record values to cell content: labels, major units, dates."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from sheetrecord.formats.template.rows import Cells
from sheetrecord.model.money import to_major
from sheetrecord.model.value import CellError, Formula, Unknown
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.packs import Pack


class RawCell(NamedTuple):
    """A cell's content as typed, whatever its column expects."""

    content: str | float | bool | dt.date | Formula


Content = str | float | bool | dt.date | Formula | None


def content(column: Column, row: Cells, words: Pack, currency: str) -> Content:
    """Return what is written for a column; None leaves the cell blank or to its formula.

    ``currency`` is the row's; a value that does not fit its column is written as it is.
    """
    value: Any = row.get(column.key)
    if isinstance(value, RawCell):
        return value.content
    if value is None or value == "" or value is False:
        return None
    if column.kind is Kind.FLAG:
        return words.enums["yes"]["yes"]
    if column.kind is Kind.ENUM:
        return words.enums[column.enum].get(str(value), str(value))
    if column.kind is Kind.MONEY and isinstance(value, int):
        return float(to_major(value, currency))
    if isinstance(value, str | int | float | dt.date):
        return value
    raise TypeError(f"{column.sheet}.{column.key}: {value!r} cannot stand in a cell")


def currency_of(row: Cells, deals: Mapping[str, str], default: str) -> str:
    """Return the currency in which a row's amounts are counted."""
    own = row.get("currency")
    if isinstance(own, str) and own:
        return own
    return deals.get(str(row.get("deal_id", "")), "") or default


def stored(formula: Formula) -> str | float | bool:
    """Return a formula's result as the library writes it; "" for an unknown one."""
    found = formula.cached
    if isinstance(found, CellError):
        return found.code
    if found is None or isinstance(found, Unknown | dt.date | dt.time):
        return ""
    return found
