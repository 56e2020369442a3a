"""The cells that an array formula or a data table fills, when rows move through them.

A dynamic array (its cell has ``cm``, MS-XLSX 2.4.4) fills anew whatever is free when it is next
calculated, so rows may come and go in it, as in Excel: its old results are dropped, and it is
written as one cell. An array entered over fixed cells, and a data table, must not be cut.
"""

from sheetrecord.xlsx.addresses import Area, parse_area
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.row_moves import Grow, Move
from sheetrecord.xlsx.xml.scanner import tag_at
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Splice

Places = set[tuple[int, int]]


def filled_cells(layout: SheetLayout, at: int, move: Move, stale: Places) -> list[Splice]:
    """Return the splices for the formula element at this offset; adds cells that lose their value.

    Raises `Refused` when the move cuts what must stay whole.
    """
    splices: list[Splice] = []
    if isinstance(move, Grow):
        return splices
    attributes = tag_at(layout.mask, at).attributes()
    for name in (b"ref", b"r1", b"r2"):
        attribute = attributes.get(name)
        if attribute is None:
            continue
        area = parse_area(attribute.value.decode())
        rows = move.interval(area.row, area.last_row)
        if rows is None:
            continue
        if not move.cuts(area.row, area.last_row):
            new = area._replace(row=rows[0], last_row=rows[1])
        elif _is_dynamic(layout, at):
            stale |= _spilled(layout, area)
            first = move.row(area.row) or area.row
            new = Area(first, area.column, first, area.column)
        else:
            raise Refused(
                "array",
                f"The rows cut through an array formula or data table over {area}: "
                "change it as a whole in Excel.",
            )
        if str(new).encode() != attribute.value:
            splices.append(Splice(attribute.start, attribute.end, str(new).encode()))
    return splices


def _is_dynamic(layout: SheetLayout, at: int) -> bool:
    """Whether the cell of a formula element says that it fills what is free below and beside."""
    start = layout.mask.rfind(b"<" + layout.name(b"c"), layout.sheet_data.end, at)
    return (tag_at(layout.mask, start).get(b"cm") or "0") != "0"


def _spilled(layout: SheetLayout, area: Area) -> Places:
    """Return the cells of an area that there are."""
    return {
        (row.number, cell.column)
        for row in layout.row_index()[1]
        if area.row <= row.number <= area.last_row
        for cell in layout.cells(row)
        if area.column <= cell.column <= area.last_column
    }
