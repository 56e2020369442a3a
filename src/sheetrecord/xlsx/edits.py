"""The edits a patch is made of, and what a patch reports back."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sheetrecord.model.cell_edits import AddSheet, Value
from sheetrecord.model.sheet_style import ColumnStyle, ConditionalFormat, Head, Look, SheetStyle

__all__ = [
    "AddSheet",
    "AppendRows",
    "ClearCell",
    "ColumnStyle",
    "ConditionalFormat",
    "DeleteRows",
    "Edit",
    "Head",
    "InsertRows",
    "Look",
    "PatchReport",
    "PatchResult",
    "Place",
    "RemoveNote",
    "RemoveSheet",
    "SetCell",
    "SetChoices",
    "SetColumn",
    "SetName",
    "SetNote",
    "SetProperty",
    "SheetStyle",
    "Value",
]

Place: TypeAlias = str | tuple[int, int]
"""A cell by its address (``B7``) or by row and column (``(7, 2)``)."""


class SetCell(NamedTuple):
    """Write a value into one cell; its style stays (a date gets a date format when it has none).

    ``style_from`` names a cell of the same sheet whose style to take; ``number_format`` is the
    format code for a date, or a number, whose cell has none of its own (``yyyy-mm-dd``).
    """

    sheet: str
    ref: Place
    value: Value
    style_from: str | None = None
    number_format: str | None = None


class ClearCell(NamedTuple):
    """Empty one cell; its style stays."""

    sheet: str
    ref: Place


class AppendRows(NamedTuple):
    """Add rows below a table or a row: styles, formulas and ranges follow as when typed in Excel.

    Each of ``rows`` maps columns (letters, or numbers from 1) to values. They go below
    ``after_row``; else below the last row of ``table`` (its name); else below the sheet's last
    row with a value. Rows that hold something there are moved down.
    """

    sheet: str
    rows: Sequence[Mapping[str | int, Value]] | Sequence[Mapping[int, Value]]
    after_row: int | None = None
    table: str | None = None


class InsertRows(NamedTuple):
    """Insert rows before a row; every reference in the workbook follows.

    They are blank, and look like the row above, as Excel's do: formats, height, validation and
    conditional formats. In a table they look like its other rows, its calculated columns filled.
    """

    sheet: str
    before_row: int
    number: int = 1


class DeleteRows(NamedTuple):
    """Delete whole rows; every reference in the workbook follows, as in Excel."""

    sheet: str
    first_row: int
    number: int = 1


class RemoveSheet(NamedTuple):
    """Remove a worksheet that no formula, name or chart elsewhere refers to."""

    name: str


class SetNote(NamedTuple):
    """Put a note (a classic comment) on a cell, in place of the one it has."""

    sheet: str
    ref: str
    text: str
    author: str = ""


class RemoveNote(NamedTuple):
    """Remove the note of a cell, if it has one."""

    sheet: str
    ref: str


class SetColumn(NamedTuple):
    """Give a column the width and style of the column ``like`` (letters), and hide or show it."""

    sheet: str
    column: str
    like: str = ""
    hidden: bool | None = None


class SetChoices(NamedTuple):
    """Let every drop-down that offers the range ``was`` (``Lists!$A$6:$A$9``) offer ``now``."""

    was: str
    now: str


class SetProperty(NamedTuple):
    """Set a custom document property; None removes it."""

    name: str
    value: str | bool | int | float | None


class SetName(NamedTuple):
    """Set a defined name of the whole workbook to a formula (``Deal!$A$3``); None removes it."""

    name: str
    text: str | None


Edit: TypeAlias = (
    SetCell
    | ClearCell
    | AppendRows
    | InsertRows
    | DeleteRows
    | AddSheet
    | RemoveSheet
    | SetNote
    | RemoveNote
    | SetColumn
    | SetChoices
    | SetProperty
    | SetName
)
"""One edit of a plan; edits apply in order, each to what the ones before it left."""


class PatchReport(NamedTuple):
    """What a patch did."""

    parts: tuple[str, ...]
    """The parts rewritten, added or removed; every other one is byte for byte as it was."""
    stale: int
    """How many formula results were dropped because a cell they depend on changed."""
    notes: tuple[str, ...]
    """What a person should know, in sentences."""


class PatchResult(NamedTuple):
    """A patched workbook (``b""`` when it was written to a file) and what was done."""

    data: bytes
    report: PatchReport
