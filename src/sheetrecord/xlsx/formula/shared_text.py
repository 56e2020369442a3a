"""A shared formula's text for the cells that depend on it: relative references moved along.

Source: ECMA-376 part 1, 18.3.1.40 (``f`` with ``t="shared"``): the master holds the text, each
dependant only the group's number.
"""

import re
from typing import Final, NamedTuple

from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, column_letters, column_number

_WORD: Final = (
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*'|\#[A-Za-z/0-9]+[!?]?)"""  # 1: text, sheet name, error
    r"""|(?<![\w.$\\])(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!])"""  # 2-5: a cell
    r"""|(?<![\w.$\\])(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w.(!$])"""  # 6-9: columns
    r"""|(?<![\w.$\\])(\$?)([1-9][0-9]{0,6}):(\$?)([1-9][0-9]{0,6})(?![\w.(!])"""  # 10-13: rows
    r"""|([\[\]])"""  # 14: a bracket
)


class ReferenceEnd(NamedTuple):
    """One end of a reference; 0 for the part that a whole row or column omits."""

    column: int
    column_fixed: bool
    row: int
    row_fixed: bool

    def moved(self, down: int, right: int) -> str:
        """Return the reference moved, ``#REF!`` when that leaves the sheet."""
        column = self.column + right * (self.column > 0 and not self.column_fixed)
        row = self.row + down * (self.row > 0 and not self.row_fixed)
        if not bool(self.column) <= column <= MAX_COLUMN or not bool(self.row) <= row <= MAX_ROW:
            return "#REF!"
        letters = "$" * self.column_fixed + column_letters(column) if column else ""
        return letters + ("$" * self.row_fixed + str(row) if row else "")


def _pieces(text: str) -> list[str | ReferenceEnd]:
    pieces: list[str | ReferenceEnd] = []
    at = depth = 0
    for match in re.finditer(_WORD, text):
        if match[14]:
            depth = depth + 1 if match[14] == "[" else max(depth - 1, 0)
        if match[14] or match[1] or depth > 0:  # inside [ ] are a table's column names, not cells
            continue
        pieces.append(text[at : match.start()])
        pieces += _references(match.groups())
        at = match.end()
    pieces.append(text[at:])
    return pieces


def _references(groups: tuple[str | None, ...]) -> list[str | ReferenceEnd]:
    if groups[2]:
        return [_reference(groups[1], groups[2], groups[3], groups[4])]
    if groups[6]:
        first = _reference(groups[5], groups[6], None, None)
        return [first, ":", _reference(groups[7], groups[8], None, None)]
    first = _reference(None, None, groups[9], groups[10])
    return [first, ":", _reference(None, None, groups[11], groups[12])]


def _reference(
    column_mark: str | None, column: str | None, row_mark: str | None, row: str | None
) -> str | ReferenceEnd:
    number = column_number(column or "")
    if number > MAX_COLUMN or int(row or 0) > MAX_ROW:  # a name that only looks like a cell
        return f"{column_mark or ''}{column or ''}{row_mark or ''}{row or ''}"
    return ReferenceEnd(number, bool(column_mark), int(row or 0), bool(row_mark))


class SharedFormula:
    """The master of a shared formula: gives the text at any cell of its group."""

    __slots__ = ("_by_column", "_pieces", "column", "row", "text")

    def __init__(self, text: str, row: int, column: int) -> None:
        self.text = text
        self.row = row
        self.column = column
        self._pieces: list[str | ReferenceEnd] | None = None
        self._by_column: dict[int, tuple[str, list[int]]] = {}

    def at(self, row: int, column: int) -> str:
        """Return the formula as the cell at this row and column has it.

        A reference moved off the sheet becomes ``#REF!``.

        >>> SharedFormula("A1*$B$1+SUM(C:C)", 1, 4).at(3, 5)
        'B3*$B$1+SUM(D:D)'
        """
        down = row - self.row
        found = self._by_column.get(column)
        if found is None:
            found = self._by_column[column] = self._template(column - self.column)
        template, rows = found
        moved = [number + down for number in rows]
        if moved and (min(moved) < 1 or max(moved) > MAX_ROW):
            return "".join(
                piece if isinstance(piece, str) else piece.moved(down, column - self.column)
                for piece in self._parsed()
            )
        return template % tuple(moved)

    def _parsed(self) -> list[str | ReferenceEnd]:
        if self._pieces is None:
            self._pieces = _pieces(self.text)
        return self._pieces

    def _template(self, right: int) -> tuple[str, list[int]]:
        """Return the text with a ``%d`` for each relative row, and those rows."""
        parts, rows = [], []
        for piece in self._parsed():
            if isinstance(piece, str):
                parts.append(piece.replace("%", "%%"))
            elif piece.row and not piece.row_fixed:
                moved = piece._replace(row=0).moved(0, right)
                parts.append(moved if moved == "#REF!" else moved + "%d")
                rows += [] if moved == "#REF!" else [piece.row]
            else:
                parts.append(piece.moved(0, right))
        return "".join(parts), rows
