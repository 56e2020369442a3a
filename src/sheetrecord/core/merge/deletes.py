"""Rows deleted in one copy: also deleted by the merge, unless an edit or a reference would be lost.

Rows that one copy deleted and the other changed are kept or restored, and listed as conflicts. So
is a row that other rows of the result refer to, and a row with cells that the deleting copy did not
show.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Odd, Unread
from sheetrecord.core.merge.guards import as_typed, shown_rows
from sheetrecord.core.merge.new_rows import Paired
from sheetrecord.core.merge.rows import RowMerger
from sheetrecord.core.merge.side import Side, SideRow, cell_at, hold
from sheetrecord.model.conflict import GONE, Conflict, ConflictKind, Whole
from sheetrecord.model.edit import At
from sheetrecord.model.value import shown
from sheetrecord.schema.column import Kind as ColumnKind
from sheetrecord.schema.sheets import SHEETS

Row = tuple[str, str]
"""A sheet and an id."""


@cache
def references(sheet: str) -> tuple[tuple[int, str], ...]:
    """Return (position, referenced sheet) of each column of a sheet that refers to other rows."""
    columns = SHEETS[sheet].columns
    return tuple((c.position, c.to_sheet) for c in columns if c.kind is ColumnKind.REF)


class Deletes:
    """Decides for each row that one copy deleted: remove it, keep it or restore it."""

    def __init__(self, paired: Paired, mergers: Mapping[str, RowMerger]) -> None:
        self.paired, self.mergers = paired, mergers
        self.removed: dict[Row, SideRow] = {}
        """Rows of ours that go, because theirs deleted them."""
        self.revived: dict[Row, SideRow] = {}
        """Rows of theirs that come back, although ours deleted them."""
        self.conflicts: dict[Row, Conflict] = {}

    def theirs(self, sheet: str, id_: str, ours: SideRow) -> None:
        """Decide about a row that theirs deleted and ours still has."""
        merger = self.mergers[sheet]
        base = hold(id_, self.paired.base.rows[sheet][id_])
        at = At(sheet, id_, "", ours.row)
        theirs = self.paired.theirs.side
        changed = merger.mine.touched(base, ours)
        if changed:
            words = self._changes(sheet, base, ours, changed)
            kept = Whole(gone=False, text=words)
            self.conflicts[sheet, id_] = Conflict(
                at, ConflictKind.DELETE, _kept(sheet, base), kept, GONE
            )
        elif _unseen(sheet, ours, self.paired.ours.side, self.paired.base.side, theirs):
            kept = _kept(sheet, ours)
            self.conflicts[sheet, id_] = Conflict(at, ConflictKind.UNSEEN, kept, kept, GONE)
        else:
            self.removed[sheet, id_] = ours

    def unclear(self, sheet: str, id_: str, ours: SideRow) -> None:
        """Keep our row as a conflict: theirs has left of it only cells that cannot be read."""
        kept = _kept(sheet, ours)
        at = At(sheet, id_, "", ours.row)
        self.conflicts[sheet, id_] = Conflict(at, ConflictKind.UNSEEN, kept, kept, GONE)

    def ours(self, sheet: str, id_: str, theirs: SideRow) -> None:
        """Decide about a row that ours deleted and theirs still has."""
        merger = self.mergers[sheet]
        base = hold(id_, self.paired.base.rows[sheet][id_])
        at = At(sheet, id_, "")
        changed = merger.their.touched(base, theirs)
        if changed:
            kept = Whole(gone=False, text=self._changes(sheet, base, theirs, changed))
            self._revive(Conflict(at, ConflictKind.DELETE, _kept(sheet, base), GONE, kept), theirs)
        elif _unseen(
            sheet, theirs, self.paired.theirs.side, self.paired.base.side, self.paired.ours.side
        ):
            kept = _kept(sheet, theirs)
            self._revive(Conflict(at, ConflictKind.UNSEEN, kept, GONE, kept), theirs)

    def settle(self, referring: Mapping[Row, Iterable[Row]]) -> None:
        """Keep or restore every deleted row that a row of the result refers to, transitively.

        ``referring`` maps each row of the result, ours or new, to the rows it refers to.
        """
        needed = self._needed(referring)
        while needed:
            row = needed.pop()
            sheet, id_ = row
            if row in self.removed:
                ours = self.removed.pop(row)
                kept, at = _kept(sheet, ours), At(sheet, id_, "", ours.row)
                self.conflicts[row] = Conflict(at, ConflictKind.NEEDED, kept, kept, GONE)
                needed += self._of(sheet, ours)
            elif self._gone_from_ours(row):
                theirs = hold(id_, self.paired.theirs.rows[sheet][id_])
                kept, at = _kept(sheet, theirs), At(sheet, id_, "")
                self._revive(Conflict(at, ConflictKind.NEEDED, kept, GONE, kept), theirs)
                needed += self._of(sheet, theirs)

    def _needed(self, referring: Mapping[Row, Iterable[Row]]) -> list[Row]:
        """Return the rows that something refers to which stays."""
        found = [
            to for row, targets in referring.items() if row not in self.removed for to in targets
        ]
        for (sheet, _), held in self.revived.items():
            found += self._of(sheet, held)
        return sorted(set(found))

    def _of(self, sheet: str, held: SideRow) -> list[Row]:
        named = [(to, held.cells[i]) for i, to in references(sheet)]
        return [(to, id_) for to, id_ in named if id_ and isinstance(id_, str)]

    def _gone_from_ours(self, row: Row) -> bool:
        """Tell whether ours deleted a row that theirs still has."""
        sheet, id_ = row
        paired = self.paired
        return (
            row not in self.revived
            and sheet in paired.ours.rows
            and id_ in paired.base.rows.get(sheet, {})
            and id_ in paired.theirs.rows.get(sheet, {})
            and id_ not in paired.ours.rows[sheet]
        )

    def _revive(self, conflict: Conflict, theirs: SideRow) -> None:
        row = (conflict.at.sheet, conflict.at.row_id)
        self.revived[row] = theirs
        self.conflicts[row] = conflict

    def _changes(self, sheet: str, old: SideRow, new: SideRow, changed: frozenset[int]) -> str:
        """Return what somebody changed in a row, in words."""
        columns = SHEETS[sheet].columns
        return "; ".join(
            f"{columns[i - 1].key}: {_said(sheet, old, i)} -> {_said(sheet, new, i)}"
            for i in sorted(changed)
        )


def _said(sheet: str, held: SideRow, position: int) -> str:
    value = held.cells[position]
    if isinstance(value, Unread):
        return value.why or "(a formula without a result)"
    inner = value.value if isinstance(value, Odd) else as_typed(sheet, held, position)
    return "(blank)" if inner is None or inner == "" else " ".join(str(inner).split())


def _kept(sheet: str, held: SideRow) -> Whole:
    return Whole(gone=False, text=shown_rows(sheet, held))


def _unseen(sheet: str, held: SideRow, holder: Side, base: Side, deleter: Side) -> bool:
    """Tell whether a row holds something that the copy that deleted it did not show."""
    blank = similarity.blank_row(sheet)
    hidden = (deleter.missing[sheet] | base.missing[sheet]) & set(similarity.typed(sheet))
    if any(held.cells[i] != blank[i] for i in hidden):
        return True
    known = {header.casefold() for header, _ in deleter.own(sheet)}
    known |= {header.casefold() for header, _ in base.own(sheet)}
    return any(
        header.casefold() not in known and value is not None
        for header, value in own_cells(sheet, held, holder)
    )


def own_cells(sheet: str, held: SideRow, side: Side) -> Iterator[tuple[str, object]]:
    """Yield (header, value) of a row's cells in columns that users added to the sheet."""
    cells = side.book.sheets[side.place(sheet).title]
    for header, number in side.own(sheet):
        yield header, shown(cell_at(cells.column(number), held.row))
