"""Where appended rows go: the block of data they extend, and the row whose formats they copy."""

from typing import NamedTuple

from sheetrecord.xlsx.addresses import MAX_ROW
from sheetrecord.xlsx.edits import AppendRows
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.names import TableRange
from sheetrecord.xlsx.xml.sheet_layout import CellSpan, RowSpan, SheetLayout


class DataBlock(NamedTuple):
    """A block of data: its last row, the row to copy from (or None), and its tables."""

    last: int
    """The last row that holds data; the new rows come right below."""
    model: int | None
    """The row whose styles and formulas are copied; None below a heading."""
    end: int
    """The last row the block owns: a table's may lie below its last data."""
    tables: tuple[TableRange, ...]


def has_value(layout: SheetLayout, cell: CellSpan) -> bool:
    """Whether a cell holds a typed value (a formula is not typed)."""
    if cell.tag.empty:
        return False
    names = {e.tag.name for e in layout.children(cell) if e.depth == 0}
    return b"f" not in names and bool(names & {b"v", b"is"})


def is_filled(layout: SheetLayout, cell: CellSpan) -> bool:
    """Whether a cell holds a value or a formula."""
    return not cell.tag.empty and any(e.depth == 0 for e in layout.children(cell))


def find_block(layout: SheetLayout, tables: list[TableRange], edit: AppendRows) -> DataBlock:
    """Return the block that the edit extends; `Refused` for an unknown table."""
    if edit.table is not None:
        return _table_block(layout, _named(tables, edit.table, edit.sheet))
    last = edit.after_row if edit.after_row is not None else _last_filled(layout)
    if not 0 <= last < MAX_ROW:
        raise Refused("rows", f"Row {last} is not a row to append below: check it.")
    inside = [t for t in tables if t.area.row <= last <= t.area.last_row]
    for table in inside:
        if edit.after_row is None or last == table.area.row:
            return _table_block(layout, table)
    grown = tuple(t for t in inside if last == t.area.last_row - t.totals_rows)
    if inside and not grown:
        raise Refused(
            "table",
            f"Row {last} is in the middle of the table {inside[0].name!r}: insert rows there, or "
            "append to the table.",
        )
    return DataBlock(last, None if _is_heading(layout, last) else last, last, grown)


def _named(tables: list[TableRange], name: str, sheet: str) -> TableRange:
    found = next((table for table in tables if table.name.lower() == name.lower()), None)
    if found is None:
        named = ", ".join(repr(table.name) for table in tables) or "none"
        raise Refused(
            "no-table",
            f"The sheet {sheet!r} has no table {name!r}: choose one that it has "
            f"({named}), or name a row to append below.",
        )
    return found


def _table_block(layout: SheetLayout, table: TableRange) -> DataBlock:
    area = table.area
    top = area.row + table.header_rows
    end = area.last_row - table.totals_rows
    last = top - 1
    for row in reversed(layout.row_index()[1]):
        if top <= row.number <= end and any(
            area.column <= cell.column <= area.last_column and has_value(layout, cell)
            for cell in layout.cells(row)
        ):
            last = row.number
            break
    model = last if last >= top else (end if end >= top else None)
    return DataBlock(last, model, end, (table,))


def _last_filled(layout: SheetLayout) -> int:
    for row in reversed(layout.row_index()[1]):
        if any(is_filled(layout, cell) for cell in layout.cells(row)):
            return row.number
    return 0


def _is_heading(layout: SheetLayout, number: int) -> bool:
    """Whether a row is the first used one and holds only texts."""
    row = layout.row(number)
    if row is None:
        return False
    if any(_is_used(layout, above) for above in _above(layout, number)):
        return False
    kinds = {cell.tag.get(b"t") for cell in layout.cells(row) if is_filled(layout, cell)}
    return bool(kinds) and kinds <= {"s", "inlineStr", "str"}


def _above(layout: SheetLayout, number: int) -> list[RowSpan]:
    return [row for row in layout.row_index()[1][:64] if row.number < number]


def _is_used(layout: SheetLayout, row: RowSpan) -> bool:
    return any(is_filled(layout, cell) for cell in layout.cells(row))
