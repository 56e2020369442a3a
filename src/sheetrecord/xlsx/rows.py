"""Insert and delete whole rows: the rows below are renumbered, the whole workbook follows."""

import re
from collections.abc import Iterator
from functools import lru_cache

from sheetrecord.xlsx.a1 import MAX_COLUMN, MAX_ROW, Area
from sheetrecord.xlsx.companions import follow_parts
from sheetrecord.xlsx.edits import DeleteRows, InsertRows
from sheetrecord.xlsx.follow import Follower, follow_cells
from sheetrecord.xlsx.frame import Frame
from sheetrecord.xlsx.layout import Layout, Row
from sheetrecord.xlsx.moves import Delete, Insert
from sheetrecord.xlsx.refuse import Refused
from sheetrecord.xlsx.results import calculate_on_load, drop_calc_chain, dropped
from sheetrecord.xlsx.session import Session
from sheetrecord.xlsx.splice import Splice


def insert_rows(session: Session, edit: InsertRows) -> None:
    """Insert empty rows; `Refused` when the last rows would fall off the sheet."""
    _check(edit.before_row, edit.number)
    move_rows(session, session.index(edit.sheet), Insert(edit.before_row, edit.number))


def delete_rows(session: Session, edit: DeleteRows) -> None:
    """Delete whole rows."""
    _check(edit.first_row, edit.number)
    move_rows(session, session.index(edit.sheet), Delete(edit.first_row, edit.number))


def _check(row: int, number: int) -> None:
    if not (1 <= row <= MAX_ROW and number >= 1 and row + number - 1 <= MAX_ROW):
        raise Refused("rows", f"Row {row} and {number} rows are not within a sheet: check them.")


def move_rows(session: Session, target: int, move: Insert | Delete) -> None:
    """Move a sheet's rows and make everything that refers to them follow."""
    draft = session.draft
    sheets = draft.package.sheets
    follower = Follower(move, target, [sheet.name for sheet in sheets])
    layouts = {
        index: Layout(draft.text(sheet.part))
        for index, sheet in enumerate(sheets)
        if sheet.kind in {"worksheet", "macrosheet"} and sheet.part
    }
    gone = Area(move.at, 1, move.at + move.number - 1, MAX_COLUMN)
    stale: dict[int, set[tuple[int, int]]] = {}
    if isinstance(move, Delete):
        stale = session.stale_cells(dict(layouts), {}, (target, gone))
    changes: dict[int, list[Splice]] = {}
    for index, layout in layouts.items():
        splices, cells = follow_cells(layout, index, follower)
        splices += Frame(layout, index, follower).splices()
        cells |= stale.pop(index, set())
        if index == target:
            splices = list(_renumber(layout, move, splices))
            cells = {(row, c) for r, c in cells if (row := move.row(r)) is not None}
        changes[index] = splices
        stale[index] = cells
    follow_parts(draft, follower)
    formulas = any(layout.mask.find(b"<" + layout.name(b"f")) >= 0 for layout in layouts.values())
    for index, splices in changes.items():
        draft.splice(sheets[index].part, layouts[index].data, splices)
    layouts.clear()
    if formulas:
        drop_calc_chain(draft)
        calculate_on_load(draft)
        _drop(session, stale, (target, gone) if isinstance(move, Insert) else None)


def _drop(
    session: Session, changed: dict[int, set[tuple[int, int]]], area: tuple[int, Area] | None
) -> None:
    """Drop the results of formulas whose cells changed, and of their dependants."""
    draft = session.draft
    layouts: dict[int, Layout] = {}
    found = session.stale_cells(layouts, changed, area)
    for index, cells in changed.items():
        if cells:
            found[index] = found.get(index, set()) | cells
    session.count(found)
    for index, cells in found.items():
        part = draft.package.sheets[index].part
        if index not in layouts:
            layouts[index] = Layout(draft.text(part))
        draft.splice(part, layouts[index].data, dropped(layouts[index], cells))


@lru_cache(maxsize=64)
def _cell_ref(prefix: bytes) -> re.Pattern[bytes]:
    """Match a cell's tag up to its row number, as nearly every program writes it."""
    return re.compile(rb'<%sc r="[A-Z]{1,3}([0-9]{1,7})(?=")' % re.escape(prefix))


def _renumber(layout: Layout, move: Insert | Delete, splices: list[Splice]) -> Iterator[Splice]:
    """Yield the splices of the moved sheet with its rows renumbered or removed."""
    rows = [row for row in layout.rows() if row.number >= move.at]
    if rows and isinstance(move, Insert) and rows[-1].number + move.number > MAX_ROW:
        raise Refused("rows", "The sheet's last rows would fall off its end: delete some first.")
    gone = [row for row in rows if move.row(row.number) is None]
    start, stop = (gone[0].start, gone[-1].end) if gone else (-1, -1)
    yield from (s for s in splices if not start <= s.start < stop)
    if gone:
        yield Splice(start, stop, b"")
    for row in rows:
        new = move.row(row.number)
        if new is not None:
            yield from _renumber_row(layout, row, new)


def _renumber_row(layout: Layout, row: Row, new: int) -> Iterator[Splice]:
    tag = layout.row_tag(row)
    number = b"%d" % new
    found = tag.attributes().get(b"r")
    if found is not None:
        yield Splice(found.start, found.end, number)
    else:
        yield Splice(tag.rest_start, tag.rest_start, b' r="%s"' % number)
    old = b"%d" % row.number
    found_cells = 0
    quick: list[Splice] = []
    for match in _cell_ref(layout.prefix).finditer(layout.mask, row.open_end, row.content_end):
        found_cells += 1
        if match[1] != old:
            raise Refused("xml", f"A cell of row {row.number} names another row: save it in Excel.")
        quick.append(Splice(match.start(1), match.end(1), number))
    cells = layout.mask.count(b"<" + layout.name(b"c"), row.open_end, row.content_end)
    yield from quick if found_cells == cells else _renumber_cells(layout, row, number)


def _renumber_cells(layout: Layout, row: Row, number: bytes) -> Iterator[Splice]:
    """Yield the splices for a row whose cells are written in an unusual way."""
    for cell in layout.cells(row):
        found = cell.tag.attributes().get(b"r")
        if found is not None:
            yield Splice(found.start + len(found.value.rstrip(b"0123456789")), found.end, number)
