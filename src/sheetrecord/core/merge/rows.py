"""Merge one row that both copies have, one column group at a time."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import UNOBSERVED, Unread, is_blank
from sheetrecord.core.merge.identity import Rows
from sheetrecord.core.merge.new_rows import Paired
from sheetrecord.core.merge.relabel import Wording, as_shown
from sheetrecord.core.merge.row_changes import Differ
from sheetrecord.core.merge.side import SideRow
from sheetrecord.model.conflict import Conflict, ConflictKind
from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.value import Cell, Formula
from sheetrecord.schema.sheets import SHEETS


class RowOutcome(NamedTuple):
    """The merge of one row: positions of the cells taken from theirs, and the conflicts."""

    taken: frozenset[int] = frozenset()
    conflicts: tuple[Conflict, ...] = ()


NOTHING = RowOutcome()

WHOLE_ROW: Final = "row"
"""The group of a row in which each side cleared what the other left: decided as a whole."""


@cache
def groups(sheet: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return (name, positions) of a sheet's column groups: columns that only make sense together.

    A column of no group is a group by itself, named ``=`` and its key.
    """
    found: dict[str, list[int]] = {}
    columns = SHEETS[sheet].columns
    for i in similarity.typed(sheet):
        column = columns[i - 1]
        found.setdefault(column.group or f"={column.key}", []).append(i)
    return tuple((name, tuple(positions)) for name, positions in found.items())


@cache
def binding(sheet: str) -> tuple[int, ...]:
    """Return the positions of columns that, when filled, join other groups to their own."""
    return tuple(c.position for c in SHEETS[sheet].columns if c.binds)


@cache
def bound(sheet: str, filled: tuple[int, ...]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return a sheet's column groups for rows in which the columns ``filled`` bind groups."""
    columns = SHEETS[sheet].columns
    names = {name: columns[i - 1].group for i in filled for name in columns[i - 1].binds}
    found: dict[str, list[int]] = {}
    for name, positions in groups(sheet):
        found.setdefault(names.get(name, name), []).extend(positions)
    return tuple((name, tuple(sorted(positions))) for name, positions in found.items())


def groups_of(sheet: str, *rows: SideRow) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the column groups of one row; a binding column counts if any of ``rows`` fills it."""
    columns = SHEETS[sheet].columns
    filled = tuple(
        i
        for i in binding(sheet)
        if any(
            row.cells[i] is not UNOBSERVED and not is_blank(row.cells[i], columns[i - 1])
            for row in rows
        )
    )
    return bound(sheet, filled) if filled else groups(sheet)


class RowMerger:
    """Merges the rows of one sheet, given that both copies show that sheet."""

    def __init__(self, sheet: str, paired: Paired, wording: Wording) -> None:
        self.sheet, self.wording = sheet, wording
        base, ours, theirs = paired.base.side, paired.ours.side, paired.theirs.side
        self.base_side, self.our_side = base, ours
        self.knows_base = sheet in paired.base.rows
        self.mine = Differ(sheet, base, ours)
        self.their = Differ(sheet, base, theirs)
        self.between = Differ(sheet, ours, theirs)
        typed = set(similarity.typed(sheet))
        shown = typed - theirs.missing[sheet]
        self.no_base = shown & base.missing[sheet] if self.knows_base else shown
        self.no_column = typed & ours.missing[sheet]
        self._compared = frozenset(self.between.seen)
        self.columns = SHEETS[sheet].columns

    def may_differ(self, base: Rows, theirs: Rows) -> list[str]:
        """Return the ids of their rows that may differ from the base."""
        if self.no_base or self.their.rescaled:
            return list(theirs)
        return similarity.differing(base, theirs)

    def merge(self, base: SideRow | None, ours: SideRow, theirs: SideRow) -> RowOutcome:
        """Return the cells to take from theirs, and the conflicts.

        ``base`` None: the row is not in the base. In columns that the base does not show, either
        side may have made the change, so a difference there is a conflict; in a new row such a
        column was blank.
        """
        start = base or SideRow(ours.id, 0, similarity.blank_row(self.sheet))
        added = base is None and self.knows_base
        unknown = frozenset() if added else self._unknown(ours, theirs)
        their = self._changed(self.their, start, theirs)
        their |= self._unshown(theirs) if added else unknown
        if not their:
            return NOTHING
        mine = self._changed(self.mine, start, ours)
        mine |= self._unshown(ours) if added else unknown
        taken: set[int] = set()
        conflicts: list[Conflict] = []
        for name, positions in groups_of(self.sheet, start, ours, theirs):
            if their.isdisjoint(positions):
                continue
            group = _Group(name, positions, start, ours, theirs)
            some, apart = self._group(group, mine, their)
            taken |= some
            conflicts += apart
        if mine and self._nothing_left(ours, theirs, taken, {c.at.key for c in conflicts}):
            return RowOutcome(frozenset(), self._all_apart(start, ours, theirs))
        return RowOutcome(frozenset(taken), tuple(conflicts))

    def _nothing_left(
        self, ours: SideRow, theirs: SideRow, taken: set[int], disputed: set[str]
    ) -> bool:
        """Tell whether two people each cleared what the other left: nobody emptied the row.

        What is disputed stays as ours has it here, and as theirs has it when the two change places.
        """
        away = {i for i in similarity.typed(self.sheet) if self.columns[i - 1].key in disputed}
        rows = (
            tuple(theirs.cells[i] if i in take else cell for i, cell in enumerate(ours.cells))
            for take in (taken, taken | away)
        )
        return bool(similarity.filled(self.sheet, theirs.cells)) and not all(
            similarity.filled(self.sheet, row) for row in rows
        )

    def _all_apart(self, base: SideRow, ours: SideRow, theirs: SideRow) -> tuple[Conflict, ...]:
        """Return a conflict for every cell in which the copies differ, all decided together."""
        return tuple(
            self._conflict(_Group(WHOLE_ROW, positions, base, ours, theirs), i, ConflictKind.EDIT)
            for _, positions in groups(self.sheet)
            for i in positions
            if i in self._compared and not self._same(i, ours, theirs)
        )

    def cells(self, ours: SideRow, theirs: SideRow, taken: frozenset[int]) -> Iterator[SetValue]:
        """Yield the edits that write their values at the positions ``taken`` into our row."""
        for i in sorted(taken):
            at = self._at(ours, i)
            if self.wording.restored(self.sheet, i, theirs):
                value = self.wording.formula(self.sheet, i, ours.row)
            else:
                value = self.wording.cell(self.sheet, i, theirs)
            here = self.our_side.raw(self.sheet, ours.row, at.key)
            if value == here and type(value) is type(here):
                continue
            yield SetValue(at, value, "changed in the other copy")

    def _changed(self, differ: Differ, start: SideRow, held: SideRow) -> frozenset[int]:
        return differ.changed(start, held) if self.knows_base else frozenset()

    def _unshown(self, held: SideRow) -> frozenset[int]:
        """Return what a row holds in columns that the base does not show."""
        blank = similarity.blank_row(self.sheet)
        filled = {i for i in self.no_base if held.cells[i] != blank[i]}
        return frozenset(i for i in filled if not isinstance(held.cells[i], Unread))

    def _unknown(self, ours: SideRow, theirs: SideRow) -> frozenset[int]:
        """Return where the copies differ and nobody knows from what."""
        return frozenset(
            i
            for i in self.no_base & self._compared
            if not isinstance(theirs.cells[i], Unread) and not self._same(i, ours, theirs)
        )

    def _same(self, i: int, ours: SideRow, theirs: SideRow) -> bool:
        return self.between.same(i, ours, theirs)

    def _group(
        self, group: "_Group", mine: frozenset[int], their: frozenset[int]
    ) -> tuple[frozenset[int], list[Conflict]]:
        """Return what one group takes over, or its conflict."""
        ours, theirs = group.ours, group.theirs
        wanted = their & set(group.positions)
        held = mine & set(group.positions)
        apart = {i for i in group.positions if i in self._compared}
        apart = {i for i in apart if not self._same(i, ours, theirs)}
        apart |= wanted & self.no_column
        if held & apart and wanted & apart:
            told = [i for i in sorted(apart) if not isinstance(theirs.cells[i], Unread)]
            return frozenset(), [self._conflict(group, i, ConflictKind.EDIT) for i in told]
        take = frozenset(wanted & apart)
        obstacle = self._obstacle(ours, take)
        if obstacle:
            return frozenset(), [self._conflict(group, i, obstacle) for i in sorted(take)]
        return take, []

    def _obstacle(self, ours: SideRow, take: frozenset[int]) -> ConflictKind | None:
        """Return why ours cannot simply take over these cells."""
        if take & self.no_column:
            return ConflictKind.NO_COLUMN
        for i in take:
            column = self.columns[i - 1]
            raw = self.our_side.raw(self.sheet, ours.row, column.key)
            if isinstance(raw, Formula) and not column.override:
                return ConflictKind.FORMULA
        return None

    def _conflict(self, group: "_Group", i: int, kind: ConflictKind) -> Conflict:
        column = self.columns[i - 1]
        base = self.base_side.raw(self.sheet, group.base.row, column.key)
        mine = self.our_side.raw(self.sheet, group.ours.row, column.key)
        theirs = self.wording.cell(self.sheet, i, group.theirs)
        name = "" if group.name.startswith("=") else group.name
        at = self._at(group.ours, i)
        return Conflict(at, kind, as_shown(base), as_shown(mine), theirs, name)

    def _at(self, ours: SideRow, i: int) -> At:
        return At(self.sheet, ours.id, self.columns[i - 1].key, ours.row)


class _Group(NamedTuple):
    """One column group of one row in the three copies."""

    name: str
    positions: tuple[int, ...]
    base: SideRow
    ours: SideRow
    theirs: SideRow


def whole_row(sheet: str, held: SideRow, wording: Wording) -> Mapping[str, Cell]:
    """Return the filled cells of a row of theirs as our copy writes them, by column key."""
    columns = SHEETS[sheet].columns
    found: dict[str, Cell] = {}
    for i in similarity.typed(sheet):
        if wording.restored(sheet, i, held):
            continue
        value: Any = wording.cell(sheet, i, held)
        if value is not None:
            found[columns[i - 1].key] = value
    return found
