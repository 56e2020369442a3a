"""How rows move: inserted, deleted, or a block's last row growing, as rules on row intervals."""

from typing import NamedTuple, TypeAlias

from sheetrecord.xlsx.addresses import MAX_ROW, Area
from sheetrecord.xlsx.formula.tokens import Reference, with_rows

Interval: TypeAlias = "tuple[int, int] | None"
"""First and last row after a move; None when they are gone."""


class Insert(NamedTuple):
    """``number`` new rows come before row ``at``.

    ``like`` is the row above or below them whose rules (validation, conditional formats) they
    come under too; 0 for none.
    """

    at: int
    number: int
    like: int = 0

    def row(self, row: int) -> int | None:
        """Return where a row goes."""
        return row + self.number if row >= self.at else row

    def interval(self, first: int, last: int) -> Interval:
        """Return where a stretch of rows goes; one that spans the place grows."""
        if (first, last) == (1, MAX_ROW):
            return first, last
        start, stop = self.row(first) or first, min(self.row(last) or last, MAX_ROW)
        return (start, stop) if start <= MAX_ROW else None

    def ruled(self, first: int, last: int) -> Interval:
        """Return where a rule's rows go: one that ends at ``like`` takes in the new ones."""
        rows = self.interval(first, last)
        if rows is None or (last != self.like if self.like < self.at else first != self.like):
            return rows
        return (first, min(last + self.number, MAX_ROW))

    def cuts(self, first: int, last: int) -> bool:
        """Whether a stretch of rows is torn or changes its height."""
        return first < self.at <= last


class Delete(NamedTuple):
    """``number`` rows from row ``at`` are gone."""

    at: int
    number: int

    def row(self, row: int) -> int | None:
        """Return where a row goes; None when it is gone."""
        if row < self.at:
            return row
        return None if row < self.at + self.number else row - self.number

    def interval(self, first: int, last: int) -> Interval:
        """Return where a stretch of rows goes; one partly gone shrinks."""
        if (first, last) == (1, MAX_ROW):
            return first, last
        end = self.at + self.number
        start = first if first < self.at else max(self.at, first - self.number)
        stop = last if last < self.at else self.at - 1 if last < end else last - self.number
        return (start, stop) if start <= stop else None

    def cuts(self, first: int, last: int) -> bool:
        """Whether a stretch of rows loses some of its rows."""
        return first < self.at + self.number and self.at <= last


class Grow(NamedTuple):
    """A block of data whose last row was ``at`` grows by ``number`` rows; no other row moves.

    ``tops`` are the rows a range may begin at to count as the block's (its heading and its first
    data row); None lets any range do that is at least two rows high.
    """

    at: int
    number: int
    tops: frozenset[int] | None
    columns: tuple[int, int]

    def row(self, row: int) -> int | None:
        """Return the row: none moves."""
        return row

    def interval(self, first: int, last: int) -> Interval:
        """Return a stretch of rows, longer when it was the block's."""
        if last != self.at or (self.tops is None and first == last):
            return first, last
        if self.tops is not None and first not in self.tops:
            return first, last
        return first, last + self.number

    def cuts(self, first: int, last: int) -> bool:
        """Whether a stretch of rows is torn: never."""
        return not first <= last


Move: TypeAlias = Insert | Delete | Grow


def moved_area(move: Move, area: Area) -> Area | None:
    """Return where a rectangle of the moved sheet goes, or None when it is gone."""
    rows = move.interval(area.row, area.last_row)
    if rows is None:
        return None
    if isinstance(move, Grow) and not overlaps(move.columns, area):
        return area
    return Area(rows[0], area.column, rows[1], area.last_column)


def overlaps(columns: tuple[int, int], area: Area) -> bool:
    """Whether the rectangle shares a column with these (first, last)."""
    return area.column <= columns[1] and columns[0] <= area.last_column


def moved_reference(move: Move, reference: Reference) -> str | None:
    """Return a reference to the moved sheet as it must read now, or None when it stays."""
    if reference.kind == "columns":
        return None
    area = Area(reference.row, reference.column, reference.last_row, reference.last_column)
    new = moved_area(move, area)
    if new is None:
        return "#REF!"  # without its sheet, as every program understands it
    return None if new == area else with_rows(reference, new.row, new.last_row)
