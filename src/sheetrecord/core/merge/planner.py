"""Three-way merge: from base, ours and theirs to the edits of our copy, and the conflicts.

The result starts as our copy. What only theirs changed since the base is taken over; what both
changed differently stays as ours has it and is listed as a conflict. No value is invented: every
value of the result stood in one of the copies.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Unread
from sheetrecord.core.merge.deletes import Deletes, Row, references
from sheetrecord.core.merge.guards import Guard, guards
from sheetrecord.core.merge.identity import identify
from sheetrecord.core.merge.missing_sheets import missing_sheets
from sheetrecord.core.merge.new_rows import Paired, pair
from sheetrecord.core.merge.notices import Notice, notices
from sheetrecord.core.merge.relabel import Wording
from sheetrecord.core.merge.rows import RowMerger, whole_row
from sheetrecord.core.merge.side import Side, SideRow, hold
from sheetrecord.model.conflict import Conflict
from sheetrecord.model.edit import AddRow, At, Edit, Plan, RemoveRow, SetValue
from sheetrecord.model.value import Cell, Formula
from sheetrecord.schema.share import KEY, STRICTEST
from sheetrecord.schema.sheets import SHEETS

_NONE: Final[Mapping[str, Cell]] = MappingProxyType({})


class Merged(NamedTuple):
    """The result of a merge. When ``refused`` is not empty, nothing else in it may be used.

    ``plan`` are edits of our copy; ``notices`` is content that cannot be merged; ``last_deal`` is
    the highest deal number given out, 0 for none.
    """

    plan: Plan = ()
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[Guard, ...] = ()
    notices: tuple[Notice, ...] = ()
    last_deal: int = 0


def merge(base: Side, ours: Side, theirs: Side, allow: frozenset[str] = frozenset()) -> Merged:
    """Three-way merge: return the edits that bring their changes since the base into our copy.

    ``allow`` names guards (see `guards.NAMES`) that somebody has confirmed; any other guard that
    fires is returned in ``refused``, without a plan. No input or output; the same copies give the
    same result.
    """
    start = identify(base, None)
    mine, their = identify(ours, start), identify(theirs, start)
    gone = tuple(g for g in missing_sheets(base, ours, theirs) if g.name not in allow)
    # what the other sheets seem to say may be for want of those
    stopped = gone or (*guards(start, mine, "ours", allow), *guards(start, their, "theirs", allow))
    if stopped:
        return Merged(refused=stopped)
    paired = pair(start, mine, their)
    planner = _Planner(paired)
    planner.run()
    conflicts = tuple(sorted(planner.all_conflicts(), key=_order))
    return Merged(
        tuple(planner.edits()),
        conflicts,
        (),
        (*planner.notes, *notices(paired)),
        paired.last_deal,
    )


def _order(conflict: Conflict) -> tuple[int, int, str, int]:
    """Sort by sheet, then by row as it stands in ours, then by column."""
    at = conflict.at
    sheets = list(SHEETS)
    position = SHEETS[at.sheet].by_key[at.key].position if at.key else 0
    return sheets.index(at.sheet), at.row_number or 1 << 30, at.row_id, position


class _Planner:
    """Walks through the sheets and gathers edits and conflicts."""

    def __init__(self, paired: Paired) -> None:
        self.paired = paired
        self.wording = Wording(paired.ours.side, paired.theirs.side)
        self.mergers = {
            sheet: RowMerger(sheet, paired, self.wording)
            for sheet in SHEETS
            if sheet in paired.ours.rows and sheet in paired.theirs.rows
        }
        self.deletes = Deletes(paired, self.mergers)
        self.cells: list[SetValue] = []
        self.added: dict[Row, SideRow] = {}
        self.conflicts: list[Conflict] = []
        self.repointed: dict[Row, dict[int, str]] = {}
        self.notes: list[Notice] = []

    def run(self) -> None:
        """Decide about every row."""
        for sheet, merger in self.mergers.items():
            self._sheet(sheet, merger)
        if self.deletes.removed or self._ours_deleted():
            self.deletes.settle(self._referring())

    def _sheet(self, sheet: str, merger: RowMerger) -> None:
        base = self.paired.base.rows.get(sheet, {})
        ours, theirs = self.paired.ours.rows[sheet], self.paired.theirs.rows[sheet]
        touched = merger.may_differ(base, theirs)
        gone = theirs.keys() - ours.keys()
        for id_ in sorted({*touched, *gone}, key=lambda one: (theirs[one][0], one)):
            their, start = hold(id_, theirs[id_]), base.get(id_)
            before = None if start is None else hold(id_, start)
            if id_ not in gone:
                self._row(merger, before, hold(id_, ours[id_]), their)
            elif before is None:
                self.added[sheet, id_] = their
                self.notes += self._left_out(sheet, their)
            else:
                self.deletes.ours(sheet, id_, their)
        for id_ in sorted((base.keys() - theirs.keys()) & ours.keys()):
            self.deletes.theirs(sheet, id_, hold(id_, ours[id_]))

    def _row(self, merger: RowMerger, base: SideRow | None, ours: SideRow, theirs: SideRow) -> None:
        hidden = self.paired.theirs.side.missing[merger.sheet]
        if base and similarity.hollowed(merger.sheet, base.cells, theirs.cells, hidden):
            self.deletes.unclear(merger.sheet, ours.id, ours)
            return
        outcome = merger.merge(base, ours, theirs)
        self.conflicts += outcome.conflicts
        self.cells += merger.cells(ours, theirs, outcome.taken)
        for i, _ in references(merger.sheet):
            if i in outcome.taken:
                self.repointed.setdefault((merger.sheet, ours.id), {})[i] = theirs.cells[i]
        if base is not None:
            self.notes += self._unreadable(merger, base, theirs)

    def _unreadable(self, merger: RowMerger, base: SideRow, theirs: SideRow) -> Iterator[Notice]:
        for i in merger.their.unread(base, theirs):
            cell: Unread = theirs.cells[i]
            key = SHEETS[merger.sheet].columns[i - 1].key
            why = f"shows {cell.why}" if cell.why else "was not calculated"
            words = f"the cell {why} in their copy; ours stays"
            yield Notice("unread", merger.sheet, key, words, theirs.id)

    def _left_out(self, sheet: str, held: SideRow) -> Iterator[Notice]:
        """Yield what a row that they added holds and that cannot be brought over."""
        ours = self.paired.ours.side
        for i in similarity.typed(sheet):
            key, cell = SHEETS[sheet].columns[i - 1].key, held.cells[i]
            if isinstance(cell, Unread):
                words = f"the cell shows {cell.why or 'no result'} in their new row; blank in ours"
                yield Notice("unread", sheet, key, words, held.id)
            elif i in ours.missing[sheet] and cell != similarity.blank_row(sheet)[i]:
                words = "our copy has no such column; their new row's cell was not merged"
                yield Notice("no-column", sheet, key, words, held.id)

    def _ours_deleted(self) -> bool:
        """Tell whether ours deleted any row that theirs still has."""
        base, ours, theirs = self.paired.base.rows, self.paired.ours.rows, self.paired.theirs.rows
        return any(
            (base.get(sheet, {}).keys() - ours[sheet].keys()) & theirs[sheet].keys()
            for sheet in self.mergers
        )

    def _referring(self) -> Mapping[Row, list[Row]]:
        """Return what every row of the result refers to, as far as that was deleted somewhere."""
        asked = self._deleted_somewhere()
        found: dict[Row, list[Row]] = {}
        for sheet in self.paired.ours.rows:
            for i, to in references(sheet):
                wanted = {id_ for name, id_ in asked if name == to}
                for id_, target in self._pointing(sheet, i, wanted) if wanted else ():
                    found.setdefault((sheet, id_), []).append((to, target))
        for row, held in self.added.items():
            targets = [(to, held.cells[i]) for i, to in references(row[0])]
            found[row] = [target for target in targets if target in asked]
        return found

    def _deleted_somewhere(self) -> set[Row]:
        """Return the rows that the merge removes, and those that are gone from ours alone."""
        found = set(self.deletes.removed)
        for sheet in self.mergers:
            base, theirs = self.paired.base.rows.get(sheet, {}), self.paired.theirs.rows[sheet]
            gone = (base.keys() - self.paired.ours.rows[sheet].keys()) & theirs.keys()
            found.update((sheet, id_) for id_ in gone)
        return found

    def _pointing(self, sheet: str, i: int, wanted: set[str]) -> Iterator[tuple[str, str]]:
        """Yield our rows whose reference is to one of the wanted ids after the merge, and which."""
        for id_, cells in self.paired.ours.rows[sheet].items():
            target = self.repointed.get((sheet, id_), {}).get(i, cells[i])
            if target in wanted:
                yield id_, target

    def all_conflicts(self) -> Iterator[Conflict]:
        """Yield every conflict of cells, then of whole rows."""
        yield from self.conflicts
        yield from self.deletes.conflicts.values()

    def edits(self) -> Iterator[Edit]:
        """Yield the plan: ids, cells, new rows, and what goes."""
        for stamp in self.paired.stamps:
            key = SHEETS[stamp.sheet].columns[0].key
            at = At(stamp.sheet, "", key, stamp.row)
            yield SetValue(at, stamp.new, "the row's own id" if stamp.old else "an id for a row")
        yield from self.cells
        for (sheet, id_), held in self.added.items():
            yield from self._new(sheet, id_, held, "added in the other copy")
        for (sheet, id_), held in self.deletes.revived.items():
            why = "deleted in ours, wanted in the other copy"
            yield from self._new(sheet, id_, held, why, self._unshown(sheet, id_))
        for (sheet, id_), held in self.deletes.removed.items():
            yield from self._gone(sheet, id_, held)

    def _unshown(self, sheet: str, id_: str) -> Mapping[str, Cell]:
        """Return what a row held in the base in columns that their copy does not show."""
        cells = self.paired.base.rows[sheet].get(id_)
        away = self.paired.theirs.side.missing[sheet]
        if cells is None or not away:
            return {}
        base = Wording(self.paired.ours.side, self.paired.base.side)
        columns = [SHEETS[sheet].columns[i - 1] for i in similarity.typed(sheet) if i in away]
        found = {c.key: base.cell(sheet, c.position, hold(id_, cells)) for c in columns}
        return {key: value for key, value in found.items() if value is not None}

    def _new(
        self, sheet: str, id_: str, held: SideRow, why: str, more: Mapping[str, Cell] = _NONE
    ) -> Iterator[Edit]:
        """Yield what brings a row of theirs into ours: into the blank row of its id, if any."""
        cells = {**whole_row(sheet, held, self.wording), **self._kept_back(sheet, held), **more}
        side = self.paired.ours.side
        row = side.present(sheet).get(id_, 0)
        if not row:
            yield AddRow(sheet, id_, cells, why)
            return
        for i in similarity.typed(sheet):
            column = SHEETS[sheet].columns[i - 1]
            if i in side.missing[sheet]:
                continue
            now, value = side.raw(sheet, row, column.key), cells.get(column.key)
            waits = isinstance(now, Formula) and value is None
            if now != value and not waits:
                yield SetValue(At(sheet, id_, column.key, row), value, why)

    def _kept_back(self, sheet: str, held: SideRow) -> Mapping[str, Cell]:
        """Return the strictest Share for a row of which their copy cannot tell who may see it."""
        column, theirs = SHEETS[sheet].by_key.get(KEY), self.paired.theirs.side
        if column is None or theirs.certain:
            return _NONE
        told = column.position not in theirs.missing[sheet] and sheet not in theirs.parsed.shares
        if told and not isinstance(held.cells[column.position], Unread):
            return _NONE
        return {KEY: self.paired.ours.side.lexicon.labels[KEY, STRICTEST]}

    def _gone(self, sheet: str, id_: str, held: SideRow) -> Iterator[Edit]:
        """Yield what takes a row away; a row that they emptied and left keeps its place and id."""
        side = self.paired.ours.side
        columns = SHEETS[sheet].columns
        held_cells = {
            c.key: side.raw(sheet, held.row, c.key)
            for c in columns[1:]
            if not c.derived and side.raw(sheet, held.row, c.key) is not None
        }
        theirs = self.paired.theirs.side
        if id_ not in theirs.present(sheet):
            yield RemoveRow(sheet, id_, held_cells, "deleted in the other copy")
            return
        row = theirs.present(sheet)[id_]
        for column in columns[1:]:
            left = theirs.raw(sheet, row, column.key) is not None
            formula = column.override and isinstance(held_cells.get(column.key), Formula)
            if column.key in held_cells and not left and not formula:
                at = At(sheet, id_, column.key, held.row)
                yield SetValue(at, None, "emptied in the other copy")
