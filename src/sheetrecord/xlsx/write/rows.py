"""Insert and delete whole rows: the rows below are renumbered, the whole workbook follows."""

from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, Area
from sheetrecord.xlsx.edits import DeleteRows, InsertRows
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.names import names_that_count
from sheetrecord.xlsx.formula.row_moves import Delete, Grow, Insert
from sheetrecord.xlsx.formula.shift import Follower, follow_cells
from sheetrecord.xlsx.write.drop_results import calculate_on_load, drop_calc_chain
from sheetrecord.xlsx.write.inserted_rows import NewRows
from sheetrecord.xlsx.write.moves.related_parts import follow_parts
from sheetrecord.xlsx.write.moves.renumber import renumbered
from sheetrecord.xlsx.write.moves.sheet_frame import Frame
from sheetrecord.xlsx.write.session import PatchSession, Rows
from sheetrecord.xlsx.write.set_cells import worksheet
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Splice


def insert_rows(session: PatchSession, edit: InsertRows) -> None:
    """Insert rows that look like their neighbour; `Refused` when the last would fall off."""
    _check(edit.before_row, edit.number)
    index, move = session.index(edit.sheet), Insert(edit.before_row, edit.number)
    layout = session.draft.layout(worksheet(session.draft, edit.sheet).part)
    new = NewRows(session, index, layout, move)
    move_rows(session, index, move._replace(like=new.like), new)


def delete_rows(session: PatchSession, edit: DeleteRows) -> None:
    """Delete whole rows."""
    _check(edit.first_row, edit.number)
    move_rows(session, session.index(edit.sheet), Delete(edit.first_row, edit.number))


def _check(row: int, number: int) -> None:
    if not (1 <= row <= MAX_ROW and number >= 1 and row + number - 1 <= MAX_ROW):
        raise Refused("rows", f"Row {row} and {number} rows are not within a sheet: check them.")


def move_rows(
    session: PatchSession, target: int, move: Insert | Delete, new: NewRows | None = None
) -> None:
    """Move a sheet's rows and update everything that refers to them; ``new`` come in between."""
    draft = session.draft
    sheets = draft.package.sheets
    names = names_that_count(draft.package.defined_names)
    follower = Follower(move, target, [sheet.name for sheet in sheets], names)
    layouts = {
        index: draft.layout(sheet.part)
        for index, sheet in enumerate(sheets)
        if sheet.kind in {"worksheet", "macrosheet"} and sheet.part
    }
    gone = Area(move.at, 1, move.at + move.number - 1, MAX_COLUMN)
    stale: dict[int, set[tuple[int, int]]] = {}
    if isinstance(move, Delete):
        stale = session.stale_cells({**layouts}, {}, (target, gone))
    formulas = any(layout.mask.find(b"<" + layout.name(b"f")) >= 0 for layout in layouts.values())
    changes = _followed(layouts, follower, stale, new.xml() if new else b"")
    follow_parts(draft, follower)
    while changes:  # a moved sheet is as large as its part: nothing of it is held twice
        index, splices = changes.popitem()
        draft.splice(sheets[index].part, layouts.pop(index).data, splices)
        del splices
    if formulas or (new and new.formulas):
        drop_calc_chain(draft)
        calculate_on_load(draft)
        _drop(session, stale, (target, gone) if isinstance(move, Insert) else None)


def _followed(
    layouts: dict[int, SheetLayout],
    follower: Follower,
    stale: dict[int, set[tuple[int, int]]],
    new: bytes,
) -> dict[int, list[Splice]]:
    """Return the splices of every sheet; adds stale cells under their new row.

    ``new`` is the XML of the rows that are inserted.
    """
    changes: dict[int, list[Splice]] = {}
    move = follower.move
    for index, layout in layouts.items():
        splices, cells = follow_cells(layout, index, follower)
        splices += Frame(layout, index, follower).splices()
        cells |= stale.pop(index, set())
        if index == follower.target and not isinstance(move, Grow):
            splices = list(renumbered(layout, move, splices, new))
            cells = {(row, c) for r, c in cells if (row := move.row(r)) is not None}
        changes[index] = splices
        stale[index] = cells
    return changes


def _drop(
    session: PatchSession, changed: dict[int, set[tuple[int, int]]], area: tuple[int, Area] | None
) -> None:
    """Drop the results of formulas whose cells changed, and of their dependants."""
    draft = session.draft
    layouts: dict[int, Rows] = {}
    found = session.stale_cells(layouts, changed, area)
    for index, cells in changed.items():
        if cells:
            found[index] = found.get(index, set()) | cells
    session.count(found)
    for index in found:
        if index not in layouts:
            layouts[index] = session.rows(draft.package.sheets[index].part)
    session.drop_results(layouts, found)
