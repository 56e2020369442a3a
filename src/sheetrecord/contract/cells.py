"""Places, values and edits of a workbook as JSON has them."""

from typing import Literal, TypeAlias, TypedDict

Value: TypeAlias = str | int | float | bool | None
"""A cell: a day as YYYY-MM-DD, a formula as text with its ``=``, a blank as null."""


class Place(TypedDict):
    """A cell by its row's id and its column's key; ``row`` is its number where it has no id."""

    sheet: str
    row_id: str
    row: int
    column: str


class RowPlace(TypedDict):
    """A row by its id."""

    sheet: str
    row_id: str


class SetEdit(TypedDict):
    """A mended cell."""

    set: Place
    value: Value


class AddEdit(TypedDict):
    """A new row."""

    add: RowPlace
    cells: dict[str, Value]


class RemoveEdit(TypedDict):
    """A row that goes."""

    remove: RowPlace
    cells: dict[str, Value]


class CopySet(TypedDict):
    """A cell that is written into a copy, and why."""

    do: Literal["set"]
    sheet: str
    row_id: str
    row: int
    column: str
    value: Value
    why: str


class CopyAdd(TypedDict):
    """A row that is added to a copy."""

    do: Literal["add"]
    sheet: str
    row_id: str
    cells: dict[str, Value]


class CopyRemove(TypedDict):
    """A row that is taken from a copy."""

    do: Literal["remove"]
    sheet: str
    row_id: str


class WholeRow(TypedDict):
    """A side of a conflict that is a whole row."""

    row: Literal["deleted", "kept"]
    text: str


Side: TypeAlias = Value | WholeRow
"""What one side of a conflict holds."""
