"""The edits a patch is made of, and what a patch reports back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sheetrecord.model.value import CellError, Formula, Plain

Value: TypeAlias = Plain | Formula | CellError | None
"""What can be written into a cell; None empties it."""


class SetCell(NamedTuple):
    """Write a value into one cell; its style stays (a date gets a date format when it has none).

    ``style_from`` names a cell of the same sheet whose style to take; ``number_format`` is the
    format code for a date, or a number, whose cell has none of its own (``yyyy-mm-dd``).
    """

    sheet: str
    ref: str
    value: Value
    style_from: str | None = None
    number_format: str | None = None


class ClearCell(NamedTuple):
    """Empty one cell; its style stays."""

    sheet: str
    ref: str


class AppendRows(NamedTuple):
    """Add rows below a table or a row: styles, formulas and ranges follow as when typed in Excel.

    Each of ``rows`` maps columns (letters, or numbers from 1) to values. They go below
    ``after_row``; else below the last row of ``table`` (its name); else below the sheet's last
    row with a value. Rows that hold something there are moved down.
    """

    sheet: str
    rows: Sequence[Mapping[str | int, Value]]
    after_row: int | None = None
    table: str | None = None


class InsertRows(NamedTuple):
    """Insert empty rows before a row; every reference in the workbook follows."""

    sheet: str
    before_row: int
    number: int = 1


class DeleteRows(NamedTuple):
    """Delete whole rows; every reference in the workbook follows, as in Excel."""

    sheet: str
    first_row: int
    number: int = 1


class Look(NamedTuple):
    """How cells of a new sheet look; colours are six hexadecimal digits (``C00000``)."""

    bold: bool = False
    underline: bool = False
    size: float = 0
    """Points; 0 for the workbook's own size."""
    colour: str = ""
    fill: str = ""
    wrap: bool = False
    number: int = 0
    """A built-in number format (ECMA-376 part 1 section 18.8.30): 4 is #,##0.00, 14 a date."""
    right: bool = False
    rule: bool = False
    """For a conditional format (its ``dxfId``): only colour and bold count."""


class AddSheet(NamedTuple):
    """Add a worksheet at the end, of these rows (from A1), or from a worksheet part's XML.

    With ``looks`` the part's style numbers count them from 1 (0 is the workbook's plain format);
    without, they are this workbook's own.
    """

    name: str
    rows: Sequence[Sequence[Value]] = ()
    part: bytes | None = None
    hidden: bool = False
    looks: tuple[Look, ...] = ()
    make: Callable[[Sequence[int]], Iterable[bytes]] | None = None
    """Makes the part, piece by piece, when it is its turn, so that a large one is never held
    whole; it is given the workbook's style number of the plain format and of each look, and uses
    these."""


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
    """Remove the note of a cell; nothing happens when it has none."""

    sheet: str
    ref: str


class SetColumn(NamedTuple):
    """Give a column the width and style of the column ``like`` (letters), and hide or show it."""

    sheet: str
    column: str
    like: str = ""
    hidden: bool | None = None


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
    | SetProperty
    | SetName
)
"""One edit of a plan; edits apply in order, each to what the ones before it left."""


class Report(NamedTuple):
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
    report: Report
