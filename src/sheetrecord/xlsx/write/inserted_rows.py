"""What inserted rows look like: the formats, height and calculated columns of their neighbour.

As Excel inserts them: formats come from the row above, or from the row below where a table's first
data row would else look like its heading; a table's calculated columns are filled.
"""

from collections.abc import Iterator
from typing import Final

from sheetrecord.xlsx.addresses import column_letters
from sheetrecord.xlsx.formula.names import TableRange, tables_of
from sheetrecord.xlsx.formula.row_moves import Insert
from sheetrecord.xlsx.write.model_row import calculated_columns, row_attributes
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.xml.scanner import escape
from sheetrecord.xlsx.xml.sheet_layout import RowSpan, SheetLayout

MOST: Final = 2_000_000
"""Formatted cells that one insertion makes; beyond, its rows come plain, and the report says so."""


class NewRows:
    """The XML of the rows to insert, and the row that they look ``like``."""

    def __init__(self, session: PatchSession, index: int, layout: SheetLayout, at: Insert) -> None:
        tables = [table for table in tables_of(session.draft, index) if _inside(table, at.at)]
        self.like = at.at if any(at.at == _first(table) for table in tables) else at.at - 1
        model = layout.row(self.like)
        styles = dict(_styles(layout, model)) if model else {}
        filled = {
            column: text
            for table in tables
            for column, text in calculated_columns(session.draft, table).items()
        }
        if at.number * len(styles.keys() | filled.keys()) > MOST:
            session.note(
                f"{at.number} rows were inserted without formats: that many formatted cells would "
                "make the workbook too large."
            )
            styles = {}
        self.formulas = bool(filled)
        """Whether some of the new cells hold one."""
        self._name = layout.prefix
        self._head = row_attributes(layout, model) if model and styles.keys() | filled else b""
        self._cells = [
            (column_letters(column).encode(), styles.get(column, 0), filled.get(column))
            for column in sorted(styles.keys() | filled.keys())
        ]
        self._rows = at

    def xml(self) -> bytes:
        """Return the rows as XML; none for rows without a look of their own."""
        if not self._cells and not self._head:
            return b""
        return b"".join(map(self._row, range(self._rows.at, self._rows.at + self._rows.number)))

    def _row(self, number: int) -> bytes:
        name, digits = self._name, b"%d" % number
        cells = b"".join(
            b'<%sc r="%s%s"%s%s' % (name, letters, digits, _style(style), self._content(text))
            for letters, style, text in self._cells
        )
        return b'<%srow r="%s"%s>%s</%srow>' % (name, digits, self._head, cells, name)

    def _content(self, formula: str | None) -> bytes:
        name = self._name
        if formula is None:
            return b"/>"
        return b"><%sf>%s</%sf></%sc>" % (name, escape(formula), name, name)


def _style(number: int) -> bytes:
    return b' s="%d"' % number if number else b""


def _first(table: TableRange) -> int:
    """Return the first row of a table's data."""
    return table.area.row + table.header_rows


def _inside(table: TableRange, at: int) -> bool:
    """Whether rows that come before this one become a table's data."""
    return max(_first(table), table.area.row + 1) <= at <= table.area.last_row


def _styles(layout: SheetLayout, row: RowSpan) -> Iterator[tuple[int, int]]:
    for cell in layout.cells(row):
        style = int(cell.tag.get(b"s") or 0)
        if style:
            yield cell.column, style
