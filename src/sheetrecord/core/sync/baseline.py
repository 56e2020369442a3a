"""The baseline of a copy's generation: the part of what it showed that the record has absorbed.

A cell in which copy and record agree belongs to the baseline. Where they differ, the baseline keeps
its older value, so that the edit counts as an edit until somebody decides; the value that the copy
shows there is kept beside it, in ``shown``.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Unread
from sheetrecord.core.merge.identity import identify
from sheetrecord.core.merge.relabel import Wording
from sheetrecord.core.merge.row_changes import Differ
from sheetrecord.core.merge.side import Identified, Side, SideRow, hold
from sheetrecord.core.merge.similarity import Cells
from sheetrecord.core.sync.rows import with_cell
from sheetrecord.core.sync.store_protocol import Row, Rows, Snapshot
from sheetrecord.model.value import Cell
from sheetrecord.schema.sheets import SHEETS


class BaseSnapshot(NamedTuple):
    """A snapshot together with the side that was parsed from it."""

    snapshot: Snapshot
    side: Side


def account(record: BaseSnapshot, copy: Side, base: BaseSnapshot) -> Snapshot:
    """Return a copy's new baseline, given the record and the copy's baseline so far.

    Returns the same object when nothing changed.
    """
    start = identify(base.side, None)
    found = _RowAccount(record, identify(copy, start), base, start)
    rows: dict[str, Mapping[str, Row]] = dict(base.snapshot.rows)
    shown: dict[str, Mapping[str, Row]] = dict(base.snapshot.shown)
    hidden = {k: v for k, v in base.snapshot.hidden.items() if k in rows}
    for sheet in SHEETS:
        if sheet in found.copy.rows:
            rows[sheet], shown[sheet] = found.sheet(sheet)
            if not shown[sheet]:
                del shown[sheet]
            hidden[sheet] = found.hidden(sheet)
    hidden = {sheet: keys for sheet, keys in hidden.items() if keys}
    now = base.snapshot._replace(rows=rows, shown=shown, hidden=hidden)
    return base.snapshot if now == base.snapshot else now


class _RowAccount:
    """Goes through the rows of one copy."""

    def __init__(
        self, record: BaseSnapshot, copy: Identified, base: BaseSnapshot, start: Identified
    ) -> None:
        self.record, self.copy, self.base, self.start = record, copy, base, start
        self.mine = identify(record.side, None)
        self.wording = Wording(record.side, copy.side)

    def hidden(self, sheet: str) -> tuple[str, ...]:
        """Return the columns that this copy has never shown."""
        away = self.copy.side.missing[sheet]
        before = self.base.snapshot.hidden.get(sheet, ())
        known = sheet in self.base.snapshot.rows
        columns = SHEETS[sheet].columns
        keys = [columns[i - 1].key for i in similarity.typed(sheet) if i in away]
        return tuple(key for key in keys if not known or key in before)

    def sheet(self, sheet: str) -> tuple[Mapping[str, Row], Mapping[str, Row]]:
        """Return the accounted rows of a sheet, and the cells that it shows otherwise."""
        rows: dict[str, Row] = {}
        shown: dict[str, Row] = {}
        ours, before = self.mine.rows[sheet], self.start.rows.get(sheet, {})
        old = self.base.snapshot.rows.get(sheet, {})
        differ = _Two(sheet, self.record.side, self.base.side, self.copy.side)
        held = self.record.snapshot.rows.get(sheet, {})
        for id_, cells in self.copy.rows[sheet].items():
            mine = ours.get(id_)
            if mine is not None and differ.agrees(mine, cells):
                rows[id_] = held[id_]
                continue
            if mine is None and not similarity.filled(sheet, cells):
                continue  # it says nothing but its deal, as far as this copy shows it
            row, other = self._row(differ, id_, (mine, before.get(id_), cells))
            if mine is not None or id_ in old:
                rows[id_] = row
            if other:
                shown[id_] = other
        for id_ in old:
            if id_ in ours and id_ not in self.copy.rows[sheet]:
                rows[id_], shown[id_] = old[id_], {}
        return rows, shown

    def _row(
        self, differ: "_Two", id_: str, three: tuple[Cells | None, Cells | None, Cells]
    ) -> tuple[Row, Row]:
        mine, before, cells = three
        old = self.base.snapshot.rows.get(differ.sheet, {}).get(id_, {})
        earlier = self.base.snapshot.shown.get(differ.sheet, {}).get(id_, {})
        ours = self.record.snapshot.rows[differ.sheet].get(id_, {}) if mine else {}
        row: dict[str, Cell] = {}
        other: dict[str, Cell] = {}
        if mine is None and before is None and not old and not earlier:
            return {}, self._new(differ, id_, cells)
        blank = similarity.blank_row(differ.sheet)
        now, start = _two(mine or blank, cells), _two(before or blank, cells)
        for i, key in differ.keys:
            silent = i not in differ.seen or isinstance(cells[i], Unread)
            agrees = mine is not None and not silent and differ.record.same(i, *now)
            value = (ours if agrees else old).get(key)
            if value is not None:
                row[key] = value
            if silent and key in earlier:
                other[key] = earlier[key]
            elif not silent and not agrees and not differ.was(i, start):
                other[key] = self.wording.cell(differ.sheet, i, hold(id_, cells))
        return row, other

    def _new(self, differ: "_Two", id_: str, cells: Cells) -> Row:
        """Return what a row shows that stood nowhere before."""
        blank, held = similarity.blank_row(differ.sheet), hold(id_, cells)
        start = _two(blank, cells)
        found: dict[str, Cell] = {}
        for i, key in differ.keys:
            if cells[i] == blank[i] and i not in differ.base.money:
                continue  # nothing stands there
            if i not in differ.seen or isinstance(cells[i], Unread):
                continue
            if i in differ.plain or not differ.was(i, start):
                found[key] = self.wording.cell(differ.sheet, i, held)
        return found


class _Two:
    """Compares one copy's rows with the record's and with those of the base."""

    def __init__(self, sheet: str, record: Side, base: Side, copy: Side) -> None:
        self.sheet = sheet
        self.record = Differ(sheet, record, copy)
        self.base = Differ(sheet, base, copy)
        self.seen = frozenset(self.record.seen)
        columns = SHEETS[sheet].columns
        self.keys = tuple((i, columns[i - 1].key) for i in similarity.typed(sheet))
        formula = {c.position for c in columns if c.override}
        self.plain = self.seen - self.base.money - formula
        """Columns in which a value that is not blank differs from a blank cell, whatever it is."""
        self.whole = len(self.seen) == len(similarity.typed(sheet))

    def agrees(self, mine: Cells, cells: Cells) -> bool:
        """Tell whether a row says in every cell what the record says."""
        same = self.record.equal(mine, cells) or self.record.untouched(*_two(mine, cells))
        return self.whole and same

    def was(self, i: int, two: tuple[SideRow, SideRow]) -> bool:
        """Tell whether a cell says what the base says, or as little."""
        if i not in self.base.seen:
            return bool(two[1].cells[i] == similarity.blank_row(self.sheet)[i])
        return self.base.same(i, *two)


def _two(one: Cells, other: Cells) -> tuple[SideRow, SideRow]:
    return hold("", one), hold("", other)


def unaccounted(base: BaseSnapshot, copy: Side) -> Rows:
    """Return the cells in which a copy differs from its baseline, in the form of ``shown``.

    A row with unreadable cells is left out: whether it was emptied is unclear.
    """
    shown = account(base, copy, base).shown  # the account stands in for the record
    held = identify(copy, identify(base.side, None)).rows
    found = {
        sheet: {id_: row for id_, row in rows.items() if not _unclear(held[sheet].get(id_, ()))}
        for sheet, rows in shown.items()
        if sheet in held
    }
    return {sheet: rows for sheet, rows in found.items() if rows}


def _unclear(cells: Cells) -> bool:
    return any(isinstance(cell, Unread) for cell in cells)


def in_sight(base: Snapshot, copy: Side) -> Snapshot:
    """Return a baseline with an empty sheet added for each that the copy shows and it lacks."""
    new: dict[str, Mapping[str, Row]] = {
        sheet: {} for sheet in SHEETS if copy.shows(sheet) and sheet not in base.rows
    }
    return base._replace(rows={**base.rows, **new}) if new else base


def as_found(base: Snapshot) -> Snapshot:
    """Return the file's content when it was stamped: baseline plus edits not accepted yet."""
    return base._replace(rows=_over(base.rows, base.pending), shown={}, given={}, pending={})


def overlaid(base: Snapshot) -> Snapshot:
    """Return what a generation showed: its baseline overlaid with the cells of ``shown``."""
    if not base.shown:
        return base
    return base._replace(rows=_over(base.rows, base.shown), shown={})


def settled(base: Snapshot, open_: Mapping[tuple[str, str, str], tuple[object, ...]]) -> Snapshot:
    """Return a baseline that includes the cells of ``shown`` whose conflict was decided.

    ``open_`` maps each place still in conflict to the values that its sides want.
    """
    decided = {sheet: _decided(sheet, rows, open_) for sheet, rows in base.shown.items()}
    done = {sheet: rows for sheet, rows in decided.items() if rows}
    if not done:
        return base
    left = {sheet: _left(rows, done.get(sheet, {})) for sheet, rows in base.shown.items()}
    shown = {sheet: rows for sheet, rows in left.items() if rows}
    return base._replace(rows=_over(base.rows, done), shown=shown)


def _decided(
    sheet: str,
    rows: Mapping[str, Row],
    open_: Mapping[tuple[str, str, str], tuple[object, ...]],
) -> dict[str, Row]:
    """Return the cells whose conflict was decided, and the rows that are gone for good."""
    found: dict[str, Row] = {}
    for id_, cells in rows.items():
        decided = {k: v for k, v in cells.items() if v not in open_.get((sheet, id_, k), ())}
        if decided or (not cells and (sheet, id_, "") not in open_):
            found[id_] = decided
    return found


def _left(rows: Mapping[str, Row], done: Mapping[str, Row]) -> dict[str, Row]:
    """Return the rows without what was decided."""
    left = {id_: _without(cells, done.get(id_)) for id_, cells in rows.items()}
    return {id_: cells for id_, cells in left.items() if cells is not None}


def _without(cells: Row, done: Row | None) -> Row | None:
    """Return the cells that are left; None for none."""
    if done is None:
        return cells
    left = {key: value for key, value in cells.items() if key not in done}
    return left or None


def _over(rows: Rows, shown: Rows) -> Rows:
    """Return rows with other cells laid over them; an empty row is one that is not there."""
    found = dict(rows)
    for sheet, changed in shown.items():
        here = dict(found.get(sheet, {}))
        for id_, cells in changed.items():
            if not cells:
                here.pop(id_, None)
                continue
            row = here.get(id_, {})
            for key, value in cells.items():
                row = with_cell(row, key, value)
            here[id_] = row
        found[sheet] = here
    return found


def as_stamped(base: BaseSnapshot, copy: Side) -> bool:
    """Return True if a copy is unchanged since its stamp. ``base`` must be `overlaid`."""
    start = identify(base.side, None)
    held = identify(copy, start)
    for sheet, rows in held.rows.items():
        known = start.rows.get(sheet)
        if known is None or known.keys() - rows.keys():
            return False
        if any(similarity.filled(sheet, rows[id_]) for id_ in rows.keys() - known.keys()):
            return False  # a row of nothing but its deal, as far as it is shown, is none yet
        differ = Differ(sheet, base.side, copy)
        for id_ in similarity.differing(known, rows):
            if id_ not in known:
                continue
            if id_ != rows[id_][1] or differ.changed(*_two(known[id_], rows[id_])):
                return False
    return True
