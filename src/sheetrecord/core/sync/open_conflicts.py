"""Open conflicts: sides are added until somebody decides or all sides agree."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from sheetrecord.core.merge.conflict_list import told
from sheetrecord.core.sync.conflict_rows import RECORD
from sheetrecord.core.sync.store_protocol import LedgerEntry, OpenConflict, Rows, SideSeen
from sheetrecord.model.conflict import GONE, Conflict, ConflictKind, Wanted, Whole

Place = tuple[str, str, str]
"""Sheet, row id, column key (empty for the whole row)."""


class Disputes:
    """The open conflicts of one run, and the ledger entries about them."""

    def __init__(self, standing: Iterable[OpenConflict], at: dt.datetime, run: int) -> None:
        self.at, self.run = at, run
        self.entries: list[LedgerEntry] = []
        self._open: dict[Place, OpenConflict] = {place_of(one): one for one in standing}

    def __iter__(self) -> Iterator[OpenConflict]:
        """Go through the open conflicts, in the order in which they came up."""
        return iter(self._open.values())

    def standing(self) -> tuple[OpenConflict, ...]:
        """Return the open conflicts, in the order in which they arose."""
        return tuple(self._open.values())

    def get(self, place: Place) -> OpenConflict | None:
        """Return the open conflict at a place, None if there is none."""
        return self._open.get(place)

    def wanted(self) -> Mapping[Place, tuple[Wanted, ...]]:
        """Return the values that the sides of each open conflict want, by place."""
        return {place: tuple(s.value for s in one.sides) for place, one in self._open.items()}

    def join(self, conflict: Conflict, origin: str, generation: int) -> None:
        """Add a merge conflict: open it, or add ``origin``'s side to the one open at that place."""
        at = conflict.at
        place = (at.sheet, at.row_id, at.key)
        value, record = conflict.theirs, conflict.ours
        if conflict.ours == GONE:  # the row is back: what stands against that is its deletion
            value, record, origin = GONE, conflict.theirs, RECORD
        standing = self._open.get(place)
        if standing is None and self._has_been_decided(conflict):
            return
        if standing is None:
            standing = OpenConflict(
                *place, conflict.group, conflict.kind, conflict.base, record, (), self.run
            )
        elif conflict.group:  # it may belong together with more by now
            standing = standing._replace(group=conflict.group)
        self._add(standing, SideSeen(origin, value, generation, self.at))

    def tells(self, conflict: Conflict) -> bool:
        """Tell whether what a merge conflict wants is a side of the one open at that place."""
        at = conflict.at
        standing = self._open.get((at.sheet, at.row_id, at.key))
        return standing is not None and any(
            _equal(side.value, conflict.theirs) for side in standing.sides
        )

    def _has_been_decided(self, conflict: Conflict) -> bool:
        """Tell whether a cell was decided by itself and is named only for what it belongs to.

        An edit that came since is a new question.
        """
        at = conflict.at
        place = (at.sheet, at.row_id, at.key)
        return _equal(conflict.theirs, conflict.base) and any(
            at.key in mate.decided for mate in self._mates(place, conflict.group)
        )

    def _mates(self, place: Place, group: str) -> Iterator[OpenConflict]:
        """Yield the open conflicts of a row's cells that belong together."""
        for one in self._open.values():
            if group and (one.sheet, one.row_id, one.group) == (*place[:2], group):
                yield one

    def object(self, place: Place, group: str, sides: tuple[Wanted, Wanted], origin: str) -> None:
        """Add a side that no merge found; ``sides`` are the record's value and the other one."""
        record, value = sides
        standing = self._open.get(place)
        if standing is None:
            standing = OpenConflict(
                *place, group, ConflictKind.DELETE, record, record, (), self.run
            )
        self._add(standing, SideSeen(origin, value, 0, self.at))

    def keeps(self, origin: str, found: Mapping[Place, Conflict], generation: int) -> None:
        """Replace a copy's conflicts about rows that it keeps although the record deleted them.

        A copy keeps such a row while another row of it, itself in conflict, refers to it.
        """
        for place, standing in list(self._open.items()):
            if standing.record == GONE and place not in found:
                left = tuple(side for side in standing.sides if side.origin != origin)
                self._open[place] = standing._replace(sides=left)
        for place, one in found.items():
            standing = self._open.get(place) or OpenConflict(
                *place, "", one.kind, one.base, GONE, (), self.run
            )
            self._add(standing, SideSeen(origin, one.ours, generation, self.at))

    def _add(self, standing: OpenConflict, side: SideSeen) -> None:
        """Put a side before its copy's earlier ones; a known one is not told again."""
        sides = standing.sides
        known = next((one for one in sides if _same(one, side)), None)
        rest = [one for one in sides if one is not known]
        first = next((i for i, one in enumerate(rest) if one.origin == side.origin), len(rest))
        if known is not None and not any(one.origin == side.origin for one in rest):
            first = sides.index(known)
        rest.insert(first, known or side)
        self._open[place_of(standing)] = standing._replace(sides=tuple(rest))
        if known is None:
            self._log("conflict", standing, side.origin, side.generation, side.value)

    def _log(
        self, kind: str, standing: OpenConflict, origin: str, generation: int, value: Wanted
    ) -> None:
        place = place_of(standing)
        old, new = told(standing.record), told(value)
        self.entries.append(LedgerEntry(kind, origin, generation, *place, old, new))

    def withdraw(self, origin: str, kind: ConflictKind, but: Collection[Place]) -> None:
        """Remove a copy's sides from conflicts of one kind, except those at the places ``but``."""
        for place, standing in list(self._open.items()):
            if standing.kind is kind and place not in but:
                left = tuple(side for side in standing.sides if side.origin != origin)
                self._open[place] = standing._replace(sides=left)

    def retire(self, place: Place, origin: str, value: Wanted) -> None:
        """Remove a side from a conflict: the copy that had it holds another value now."""
        standing = self._open.get(place)
        if standing is None:
            return
        left = tuple(s for s in standing.sides if (s.origin, s.value) != (origin, value))
        self._open[place] = standing._replace(sides=left)

    def decide(self, place: Place, origin: str, dropped: Iterable[Wanted] | None = None) -> None:
        """Remove the sides ``dropped`` (None: all) from a conflict; settle it when none is left.

        Sides that whoever decided had not seen stay. Nothing happens when no conflict is open
        there.
        """
        standing = self._open.get(place)
        if standing is None:  # an earlier decision of the same list has settled it already
            return
        seen = None if dropped is None else tuple(dropped)
        left = () if seen is None else tuple(s for s in standing.sides if not _in(s.value, seen))
        self._open[place] = standing._replace(sides=left)
        if not left:
            self._settle(place, origin)

    def refresh(self, rows: Rows) -> None:
        """Update the record's values; settle conflicts whose sides all agree with it."""
        for place, standing in list(self._open.items()):
            now = _record(standing, rows)
            left = tuple(
                side
                for side in standing.sides
                if not _equal(side.value, now) and self._wanted(standing, side)
            )
            if left and (now, left) == (standing.record, standing.sides):
                continue
            self._open[place] = standing._replace(record=now, sides=left)
            if not left:
                self._settle(place, "")

    def _wanted(self, standing: OpenConflict, side: SideSeen) -> bool:
        """Tell whether a side is an edit, or stands beside one of what belongs together."""
        if not standing.group or not _equal(side.value, standing.base):
            return True
        return any(
            mate.origin == side.origin and not _equal(mate.value, one.base)
            for one in self._mates(place_of(standing), standing.group)
            for mate in one.sides
        )

    def _settle(self, place: Place, origin: str) -> None:
        standing = self._open.pop(place)
        self._log("settled", standing, origin, 0, standing.record)
        decided = (*standing.decided, *([standing.key] if origin else []))  # by somebody
        for mate in list(self._mates(place, standing.group)):
            known = tuple(dict.fromkeys((*mate.decided, *decided)))
            self._open[place_of(mate)] = mate._replace(decided=known)


def place_of(standing: OpenConflict) -> Place:
    """Return where a conflict is."""
    return standing.sheet, standing.row_id, standing.key


def _record(standing: OpenConflict, rows: Rows) -> Wanted:
    """Return the record's side of a conflict as it is now."""
    row = rows.get(standing.sheet, {}).get(standing.row_id)
    if standing.key:
        return None if row is None else row.get(standing.key)
    if row is None:
        return GONE
    return standing.record if standing.record != GONE else Whole(gone=False, text="")


def _equal(one: Wanted, other: Wanted) -> bool:
    if isinstance(one, Whole) and isinstance(other, Whole):
        return one.gone == other.gone
    return one == other and type(one) is type(other)


def _in(value: Wanted, values: Iterable[Wanted]) -> bool:
    return any(_equal(value, one) for one in values)


def _same(one: SideSeen, other: SideSeen) -> bool:
    return one.origin == other.origin and _equal(one.value, other.value)
