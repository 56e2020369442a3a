"""From a typed value to a cell's content: the firm's word, major units, a real date."""

from typing import Any

from sheetrecord.model.money import to_major
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.record import Settings


def encode(column: Column, value: Any, settings: Settings, currency: str) -> Cell:
    """Return the cell for a typed value, None for an empty one; `parse` reads it back equal."""
    if value is None or value == "" or value is False:
        return None
    if column.kind is Kind.FLAG:
        return settings.label("yes", "yes")
    if column.kind is Kind.ENUM:
        return settings.label(column.enum, str(value))
    if column.kind is Kind.MONEY:
        major = to_major(int(value), currency or settings.currency)
        return int(major) if major == major.to_integral_value() else float(major)
    cell: Cell = value
    return cell
