"""Edits as data: a plan is a list of them that can be shown, applied, undone and logged.

An edit names a place by identity (sheet key, row id, column key), not by address: the format
that applies it finds the cell, wherever people have moved it since.
"""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from sheetrecord.model.value import Cell


class At(NamedTuple):
    """A cell by identity: sheet key (``Context``), row id (``X-7K3Q4``), column key (``answer``).

    ``row_number`` helps to find a row that has no id yet; 0 when it is not needed.
    """

    sheet: str
    row_id: str
    key: str
    row_number: int = 0


class SetValue(NamedTuple):
    """Put a value (or blank, or a formula) into one cell."""

    at: At
    value: Cell
    why: str = ""


class AddRow(NamedTuple):
    """Add a row at the end of a sheet's data; ``cells`` by column key."""

    sheet: str
    row_id: str
    cells: Mapping[str, Cell]
    why: str = ""


class RemoveRow(NamedTuple):
    """Remove a row by id; what it held is needed to take the edit back."""

    sheet: str
    row_id: str
    cells: Mapping[str, Cell]
    why: str = ""


Edit: TypeAlias = SetValue | AddRow | RemoveRow
Plan: TypeAlias = tuple[Edit, ...]
