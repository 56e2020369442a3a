"""Append rows below a block of data: styles, formulas, tables, rules and ranges follow.

Decided as Excel does when a row is typed below a table: a range that ends at the block's last row
and begins at its first (or its heading) grows; rules (validation, conditional formats) that end
there grow; running ranges inside the block itself do not, they are filled down instead.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, Area, column_number
from sheetrecord.xlsx.edits import AppendRows, Value
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.names import tables_of
from sheetrecord.xlsx.formula.row_moves import Grow, Insert
from sheetrecord.xlsx.formula.shift import Follower, follow_pages
from sheetrecord.xlsx.write.block import DataBlock, find_block, is_filled
from sheetrecord.xlsx.write.drop_results import calculate_on_load
from sheetrecord.xlsx.write.extent import grown_dimension, insertion_point, opened
from sheetrecord.xlsx.write.model_row import read_model
from sheetrecord.xlsx.write.moves.related_parts import follow_parts
from sheetrecord.xlsx.write.moves.sheet_frame import Frame
from sheetrecord.xlsx.write.row_renderer import RowWriter
from sheetrecord.xlsx.write.rows import move_rows
from sheetrecord.xlsx.write.session import PatchSession, Rows
from sheetrecord.xlsx.write.set_cells import Write, worksheet
from sheetrecord.xlsx.write.tables import grow_table
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Followed, Splice

RowValues = Mapping[int, Value]


class _Place(NamedTuple):
    first: int
    last: int
    grown: int
    """How many rows the block's own end moves down."""


def append_rows(session: PatchSession, edit: AppendRows) -> None:
    """Append the rows; cells below the block move down."""
    index = session.index(edit.sheet)
    draft = session.draft
    known: dict[str | int, int] = {}
    rows = [_by_number(row, known) for row in edit.rows]
    if not rows:
        return
    layout = draft.layout(worksheet(draft, edit.sheet).part)
    block = find_block(layout, tables_of(draft, index), edit)
    place = _Place(
        block.last + 1, block.last + len(rows), max(0, block.last + len(rows) - block.end)
    )
    if place.last > MAX_ROW:
        raise Refused("rows", "The sheet has no room for so many rows: start another sheet.")
    if place.grown and _in_the_way(layout, block, place):
        move_rows(session, index, Insert(block.end + 1, place.grown))
        layout = draft.layout(worksheet(draft, edit.sheet).part)
        names = {table.name for table in block.tables}
        tables = tuple(table for table in tables_of(draft, index) if table.name in names)
        block = block._replace(tables=tables)
    _write(session, index, layout, block, rows)


def _by_number(
    row: Mapping[str | int, Value] | Mapping[int, Value], known: dict[str | int, int]
) -> dict[int, Value]:
    """Return a row by column numbers; ``known`` remembers the columns seen before."""
    try:
        return {known[column]: value for column, value in row.items()}
    except KeyError:
        for column in row:
            number = column if isinstance(column, int) else _letters(column)
            if not 1 <= number <= MAX_COLUMN:
                raise Refused(
                    "address", f"Column {column!r} is beyond XFD: choose another."
                ) from None
            known[column] = number
        return {known[column]: value for column, value in row.items()}


def _letters(column: str) -> int:
    if not (column.isalpha() and column.isascii() and len(column) <= 3):
        raise Refused("address", f"{column!r} is not a column of a sheet: write it like C.")
    return column_number(column)


def _in_the_way(layout: SheetLayout, block: DataBlock, place: _Place) -> bool:
    if any(table.totals_rows for table in block.tables):
        return True
    for row in layout.row_index()[1]:
        if block.end < row.number <= place.last and any(
            is_filled(layout, cell) for cell in layout.cells(row)
        ):
            return True
    from sheetrecord.xlsx.write.protected_cells import merged_areas

    return any(a.row <= place.last and block.end < a.last_row for a in merged_areas(layout))


def _write(
    session: PatchSession,
    index: int,
    layout: SheetLayout,
    block: DataBlock,
    rows: Sequence[RowValues],
) -> None:
    """Write the rows: cells that exist one by one, the rest as one run of new rows."""
    first, last = block.last + 1, block.last + len(rows)
    model = read_model(session, layout, block)
    existing = [r.number for r in layout.row_index()[1] if first <= r.number <= last]
    cells: dict[tuple[int, int], Write] = {}
    for number in existing:
        values = rows[number - first]
        for column, write in model.writes(number, values, set(), keep=number <= block.end).items():
            cells[number, column] = write
    splices: list[Splice] = []
    there = set(existing)
    fresh = [n for n in range(first, last + 1) if n not in there]
    writer = RowWriter(session, layout.prefix, model)
    runs: dict[int, list[bytes]] = {}
    at = insertion_point(layout, first)
    for number in fresh:
        if there:
            at = insertion_point(layout, number)
        runs.setdefault(at, []).append(writer.row(number, rows[number - first]))
    for at, made in runs.items():
        body = b"".join(made)
        if layout.sheet_data.empty:
            splices.append(opened(layout, body))
        else:
            splices.append(Splice(at, at, body))
    columns = model.columns.union(*{tuple(row) for row in rows})
    if fresh and columns:
        splices += _dimension(layout, cells, (last, min(columns), max(columns)))
    _settle(
        session,
        index,
        layout,
        block,
        _Written(cells, splices, (first, last), columns, writer.formulas),
    )


class _Written(NamedTuple):
    cells: dict[tuple[int, int], Write]
    splices: list[Splice]
    rows: tuple[int, int]
    columns: set[int]
    formulas: bool


def _dimension(
    layout: SheetLayout, cells: Mapping[tuple[int, int], Write], corner: tuple[int, int, int]
) -> list[Splice]:
    if cells:
        return []  # the cell writer sees to it: the rows end where its cells do
    last, low, high = corner
    return grown_dimension(layout, [(last, low), (last, high)])


def _settle(
    session: PatchSession, index: int, layout: SheetLayout, block: DataBlock, new: _Written
) -> None:
    """Let tables, rules and ranges grow, and drop the results that depend on the new rows."""
    first, last = new.rows
    grown = last - block.end
    around = _Around([], {}, {})
    if grown > 0 and new.columns:
        grow = _grow(block, grown, new.columns)
        around = _follow(session, index, layout, grow)
        for table in block.tables:
            grow_table(session.draft, table, block.end, grown)
    changed = {**around.changed, index: around.changed.get(index, set()) | set(new.cells)}
    area = Area(first, min(new.columns, default=1), last, max(new.columns, default=1))
    mine = new.cells, [*new.splices, *around.splices]
    session.append_cells(index, layout, mine, (area, changed, around.others))
    if new.formulas:
        calculate_on_load(session.draft)


class _Around(NamedTuple):
    """What follows a block that grew."""

    splices: list[Splice]
    """In the block's own sheet."""
    changed: dict[int, set[tuple[int, int]]]
    """Cells whose formulas changed, by sheet."""
    others: dict[int, tuple[Rows, Followed]]


def _follow(session: PatchSession, index: int, layout: SheetLayout, grow: Grow) -> _Around:
    """Let the ranges of all sheets and of the parts around them grow."""
    draft = session.draft
    follower = Follower(grow, index, [sheet.name for sheet in draft.package.sheets])
    around = _Around([], {}, {})
    for place, sheet in enumerate(draft.package.sheets):
        if sheet.kind != "worksheet" or not sheet.part:
            continue
        own = layout if place == index else _rows(session, sheet.part)
        inside, around.changed[place] = follow_pages(own, place, follower)
        found = Followed(Frame(own.frame, place, follower).splices(), inside)
        if place == index:
            around.splices.extend(found.whole())
        elif found.around or any(inside):
            around.others[place] = own, found
    follow_parts(draft, follower)
    return around


def _rows(session: PatchSession, part: str) -> Rows:
    """Return another sheet's rows: held whole where a formula may be shared by several pages."""
    rows = session.rows(part)
    if isinstance(rows, Pages) and rows.facts.shared:
        return session.draft.layout(part)
    return rows


def _grow(block: DataBlock, number: int, columns: set[int]) -> Grow:
    tops: frozenset[int] | None = None
    low, high = min(columns), max(columns)
    if block.tables:
        rows = {t.area.row for t in block.tables}
        tops = frozenset(rows | {t.area.row + t.header_rows for t in block.tables})
        low = min(low, *(t.area.column for t in block.tables))
        high = max(high, *(t.area.last_column for t in block.tables))
    return Grow(block.end, number, tops, (low, high))
