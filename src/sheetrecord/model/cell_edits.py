"""Edits of a workbook by sheet, row and column: what every kind of workbook carries out.

They name no file format. Edits apply in order, each to what the ones before it left. Sheets are
named by their titles; rows and columns are counted from 1.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sheetrecord.model.book import Range
from sheetrecord.model.sheet_style import SheetStyle
from sheetrecord.model.value import CellError, Formula, Plain

Value: TypeAlias = Plain | Formula | CellError | None
"""What can be written into a cell; None empties it."""


class PutCell(NamedTuple):
    """Write a value into one cell; its format stays.

    ``like`` is the row and column of a cell of the same sheet whose format to take. ``form`` is a
    format (``yyyy-mm-dd``) for a day or a number whose cell has none of its own.
    """

    sheet: str
    row: int
    column: int
    value: Value
    like: tuple[int, int] | None = None
    form: str | None = None


class PutRows(NamedTuple):
    """Put new rows, cells by column, below a row: formats and formulas follow as when typed.

    What stands below moves down.
    """

    sheet: str
    after_row: int
    rows: Sequence[Mapping[int, Value]]


class DropRows(NamedTuple):
    """Delete whole rows; every reference in the workbook follows."""

    sheet: str
    first_row: int
    number: int = 1


class AddSheet(NamedTuple):
    """Add a sheet behind the last one, of these rows from its first cell on.

    ``rows`` are gone through more than once and may be made as they are looked at. ``style`` is
    how it looks where the kind of workbook can show it.
    """

    name: str
    rows: Sequence[Sequence[Value]] = ()
    hidden: bool = False
    style: SheetStyle | None = None


class DropSheet(NamedTuple):
    """Remove a sheet that no formula, name or chart elsewhere refers to."""

    name: str


class PutNote(NamedTuple):
    """Put a note on a cell in place of the one it has; without a text, take it away."""

    sheet: str
    row: int
    column: int
    text: str
    author: str = ""


class PutColumn(NamedTuple):
    """Give a column the width and format of the column ``like``, and hide or show it."""

    sheet: str
    column: int
    like: int
    hidden: bool | None = None


class PutChoices(NamedTuple):
    """Let every drop-down that offers the cells ``was`` offer the cells ``now`` instead."""

    was: Range
    now: Range


class PutProperty(NamedTuple):
    """Set a property of the whole workbook; None removes it."""

    name: str
    value: str | bool | int | float | None


class PutName(NamedTuple):
    """Let a name of the whole workbook stand for cells or for a text; None removes it."""

    name: str
    target: Range | str | None


Edit: TypeAlias = (
    PutCell
    | PutRows
    | DropRows
    | AddSheet
    | DropSheet
    | PutNote
    | PutColumn
    | PutChoices
    | PutProperty
    | PutName
)


def in_order(edits: Sequence[Edit]) -> list[Edit]:
    """Return edits with new sheets first, then cells, then what moves rows.

    Every address is one of the workbook as it was read, so nothing may move before it is used;
    and cells written in one go are settled in one go.
    """
    return sorted(edits, key=_rank)


def _rank(edit: Edit) -> int:
    if isinstance(edit, AddSheet):
        return 0
    return 1 if isinstance(edit, PutCell) else 2
