"""Convert a cell of theirs for our copy: our label for a code, a plain value, never a formula."""

import datetime as dt

from sheetrecord.core.merge.cells import Odd, Unread, is_blank
from sheetrecord.core.merge.side import Side, SideRow
from sheetrecord.model.value import Cell, CellError, Formula, Unknown, shown
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.formulas.notation import fitting
from sheetrecord.schema.read.places import BookPlaces
from sheetrecord.schema.sheets import SHEETS

_AS_READ = frozenset({Kind.DATE, Kind.REF, Kind.CURRENCY, Kind.MONTH, Kind.ID})
"""Types whose parsed value is written as it is."""


class Wording:
    """Converts cells of one copy (theirs) into what is written into another (ours)."""

    def __init__(self, ours: Side, theirs: Side) -> None:
        self.ours, self.theirs = ours, theirs
        self._places = BookPlaces(ours.book, ours.layout)

    def cell(self, sheet: str, position: int, held: SideRow) -> Cell:
        """Return what to write into our copy for a cell of theirs; None if blank or unreadable."""
        column = SHEETS[sheet].columns[position - 1]
        value = held.cells[position]
        if isinstance(value, Unread) or is_blank(value, column):
            return None
        kind = column.kind  # compared one by one: to look one up in a set takes longer
        coded = kind is Kind.ENUM or kind is Kind.FLAG
        if not isinstance(value, Odd) and not coded and _is_as_read(value, kind):
            plain: Cell = value
            return plain
        raw = self.theirs.raw(sheet, held.row, column.key)
        if isinstance(value, Odd) or not coded:
            return _plain(shown(raw))
        return self._label(column, value, raw)

    def formula(self, sheet: str, position: int, row: int) -> Cell:
        """Return our formula for a column in one of our rows.

        None when our format holds no formulas, or a list or column that the formula needs is
        missing.
        """
        column = SHEETS[sheet].columns[position - 1]
        if not self.ours.live or not row:
            return None
        try:
            return Formula(fitting(column, self._places).replace("\0", str(row)))
        except KeyError:  # a list or column that the formula needs is gone
            return None

    def restored(self, sheet: str, position: int, held: SideRow) -> bool:
        """Return True if their cell holds the formula of a column that may be overwritten."""
        column = SHEETS[sheet].columns[position - 1]
        return column.override and isinstance(self.theirs.raw(sheet, held.row, column.key), Formula)

    def _label(self, column: Column, value: object, raw: Cell) -> Cell:
        """Return the word that our lists have for a code; as they wrote it, if ours knows it."""
        code = "yes" if column.kind is Kind.FLAG else str(value)
        seen = shown(raw)
        accepted = self.ours.lexicon.accept.get(column.enum, {})
        if isinstance(seen, str) and accepted.get(seen) == code:
            return seen
        return self.ours.lexicon.labels.get((column.enum, code), code)


def _is_as_read(value: object, kind: Kind) -> bool:
    return isinstance(value, str) or kind in _AS_READ


def _plain(cell: object) -> Cell:
    """Return a value that may be written; an error or an unknown result is none."""
    if isinstance(cell, CellError | Unknown):
        return None
    return cell if isinstance(cell, str | int | float | dt.date | dt.time) else None


def as_shown(cell: Cell) -> Cell:
    """Return a cell for the list of conflicts.

    A formula becomes its text with the result in brackets, an error becomes its code.
    """
    if isinstance(cell, Formula):
        seen = shown(cell)
        plain = "" if isinstance(seen, CellError | Unknown) or seen is None else f" ({seen})"
        return f"the formula {cell.text}{plain}"
    return cell.code if isinstance(cell, CellError) else cell
