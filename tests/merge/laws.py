"""What must be true of every merge, whatever three people did; each law raises when it is not."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from merge.world import Rows, applied, content, side_of
from sheetrecord.core.merge import planner
from sheetrecord.core.merge.planner import Merged
from sheetrecord.core.merge.rows import binding, bound
from sheetrecord.model.conflict import Conflict, Whole
from sheetrecord.model.edit import AddRow
from sheetrecord.model.value import CellError, Formula
from sheetrecord.schema.sheets import SHEETS

Place = tuple[str, str, str]
"""Sheet, row id, column key; without a key the whole row."""

ALLOWED = frozenset(
    {"emptied", "mass-delete", "all-changed", "sorted-apart", "column-cleared", "ids-swapped"}
)


class World:
    """Three copies, what becomes of them, and what people did to each."""

    def __init__(
        self, base: Rows, ours: Rows, theirs: Rows, hidden: dict[str, tuple[str, ...]] | None = None
    ) -> None:
        self.base, self.ours, self.theirs, self.hidden = base, ours, theirs, hidden or {}
        self.start = side_of(base)
        self.merged = self.again(ours)
        self.result = applied(ours, self.merged.plan)

    def __repr__(self) -> str:
        """Say what each side did, for a failing example."""
        told = [
            f"{name}: {list(edits(self.base, side, {}))}"
            for name, side in (("ours", self.ours), ("theirs", self.theirs))
        ]
        return "; ".join([*told, f"hidden: {self.hidden}", f"merged: {self.merged}"])

    def again(self, ours: Rows) -> Merged:
        return planner.merge(self.start, side_of(ours), side_of(self.theirs, self.hidden), ALLOWED)

    def seen_theirs(self) -> Rows:
        """What their copy shows."""
        return {
            sheet: [
                {k: v for k, v in row.items() if k not in self.hidden.get(sheet, ())}
                for row in rows
            ]
            for sheet, rows in self.theirs.items()
        }

    def listed(self) -> dict[Place, Conflict]:
        return {(c.at.sheet, c.at.row_id, c.at.key): c for c in self.merged.conflicts}


def says_nothing(value: Any) -> bool:
    return isinstance(value, CellError | Formula)


def edits(
    base: Rows, side: Rows, hidden: dict[str, tuple[str, ...]]
) -> Iterator[tuple[Place, Any]]:
    """What a person did to a copy: place and new value; None clears a cell or deletes a row."""
    before, after = content(base), content(side)
    for sheet in before.keys() | after.keys():
        old, new = before.get(sheet, {}), after.get(sheet, {})
        for id_ in old.keys() - new.keys():
            yield (sheet, id_, ""), None
        for id_, cells in new.items():
            start = old.get(id_, {})
            for key in cells.keys() | start.keys():
                away = key in hidden.get(sheet, ())
                if (
                    cells.get(key) != start.get(key)
                    and not away
                    and not says_nothing(cells.get(key))
                ):
                    yield (sheet, id_, key), cells.get(key)


def no_edit_is_lost(world: World) -> None:
    result, listed = content(world.result), world.listed()
    sides = ((world.ours, {}), (world.theirs, world.hidden))
    for side, hidden in sides:
        for (sheet, id_, key), value in edits(world.base, side, hidden):
            row = result.get(sheet, {}).get(id_)
            if not key:
                if hidden and id_ in _shown_ids(side, sheet):
                    continue  # the row is there, with nothing that this copy shows
                kept = row is None or (sheet, id_, "") in listed
                assert kept, f"the deletion of {id_} is lost"
                continue
            there = (row or {}).get(key) == value
            conflict = listed.get((sheet, id_, key))
            told = conflict is not None and value in (conflict.ours, conflict.theirs)
            whole = (sheet, id_, "") in listed
            whole = whole and (value is None or _anywhere(result, sheet, key, value))
            moved = value is not None and _anywhere(result, sheet, key, value)
            gone = row is None and (sheet, id_, "") in listed
            assert there or told or whole or moved or gone, f"{value!r} of {id_}.{key} is lost"


def _anywhere(result: Any, sheet: str, key: str, value: Any) -> bool:
    return any(row.get(key) == value for row in result.get(sheet, {}).values())


def nothing_is_invented(world: World) -> None:
    result = content(world.result)
    ours, theirs = content(world.ours), content(world.seen_theirs())
    for sheet, rows in result.items():
        for id_, row in rows.items():
            mine, their = ours.get(sheet, {}).get(id_), theirs.get(sheet, {}).get(id_)
            known = mine is not None or their is not None
            for key, value in row.items():
                if known:
                    found = [one.get(key) for one in (mine, their) if one is not None]
                    if world.hidden and (sheet, id_, "") in world.listed():
                        found.append(content(world.base)[sheet][id_].get(key))
                    assert value in found or _renamed(world), f"{value!r} at {id_}.{key} is made up"
                else:
                    somewhere = [ours, theirs]
                    if world.hidden and (sheet, id_, "") in world.listed():
                        somewhere.append(content(world.base))  # what nobody showed comes back too
                    told = any(_anywhere(one, sheet, key, value) for one in somewhere)
                    assert told or _renamed(world), f"{value!r} of {id_} is made up"


def _renamed(world: World) -> bool:
    return any(notice.kind == "new-id" for notice in world.merged.notices)


def a_row_is_whole_or_gone(world: World) -> None:
    """What a row held and nobody changed, it still holds."""
    before, result = content(world.base), content(world.result)
    ours, theirs = content(world.ours), content(world.seen_theirs())
    for sheet, rows in result.items():
        for id_, row in rows.items():
            start = before.get(sheet, {}).get(id_)
            if start is None:
                continue
            sides = [side.get(sheet, {}).get(id_) for side in (ours, theirs)]
            if world.hidden and sides[1] is None and id_ in _shown_ids(world.theirs, sheet):
                continue  # its visible cells were cleared
            for key, value in start.items():
                if key in world.hidden.get(sheet, ()):
                    continue
                if all(side is None or side.get(key) == value for side in sides):
                    assert row.get(key) == value, f"{id_} lost its {key}"


def _shown_ids(rows: Rows, sheet: str) -> set[Any]:
    return {row.get(SHEETS[sheet].columns[0].key) for row in rows.get(sheet, [])}


def what_a_copy_does_not_show_stays(world: World) -> None:
    before, result, ours = (content(one) for one in (world.base, world.result, world.ours))
    theirs = content(world.theirs)
    for sheet, keys in world.hidden.items():
        for id_, start in before[sheet].items():
            mine, row = ours[sheet].get(id_), result[sheet].get(id_)
            seen = any(key in start for key in keys)
            if mine and seen and id_ not in theirs[sheet]:
                assert row is not None, f"{id_} was deleted by somebody who did not see all of it"
            for key in keys:
                if row is not None and mine is not None:
                    assert row.get(key) == mine.get(key), f"{id_}.{key} was not shown, and changed"
                elif row is not None:
                    assert row.get(key) == start.get(key), f"{id_}.{key} did not come back"


def nothing_refers_to_a_deleted_row(world: World) -> None:
    ours, theirs, result = (content(one) for one in (world.ours, world.theirs, world.result))
    for row in result["Fees"].values():
        deal = row.get("deal_id")
        if deal in ours["Deal"] or deal in theirs["Deal"]:
            assert deal in result["Deal"], f"{deal} is gone and {row} refers to it"


def groups_stay_together(world: World) -> None:
    ours, theirs, result = (content(one) for one in (world.ours, world.theirs, world.result))
    for sheet, rows in result.items():
        for id_, row in rows.items():
            mine, their = ours.get(sheet, {}).get(id_), theirs.get(sheet, {}).get(id_)
            if mine is None or their is None:
                continue
            start = content(world.base).get(sheet, {}).get(id_, {})
            filled = tuple(
                i
                for i in binding(sheet)
                if any(one.get(SHEETS[sheet].columns[i - 1].key) for one in (start, mine, their))
            )
            for name, positions in bound(sheet, filled):
                keys = [SHEETS[sheet].columns[i - 1].key for i in positions]
                if any(key in world.hidden.get(sheet, ()) for key in keys):
                    continue
                if any(says_nothing(one.get(key)) for key in keys for one in (mine, their)):
                    continue
                now = [row.get(key) for key in keys]
                sides = [[one.get(key) for key in keys] for one in (mine, their)]
                assert now in sides or _renamed(world), f"{id_}: {name} mixes two people's values"


def a_number_keeps_its_amounts(world: World) -> None:
    """No row of the result has an invoice's number from one copy and its amounts from another."""
    ours, theirs, result = (content(one) for one in (world.ours, world.theirs, world.result))
    keys = ("invoice_no", "net", "tax", "currency")
    if world.hidden or _renamed(world):
        return
    for id_, row in result["Fees"].items():
        copies = [side["Fees"].get(id_, {}) for side in (ours, theirs)]
        if row.get("invoice_no") is None or any(
            says_nothing(v) for c in copies for v in c.values()
        ):
            continue
        hands = [tuple(one.get(key) for key in keys) for one in copies]
        assert tuple(row.get(key) for key in keys) in hands, f"{id_}: another's amounts"


def merging_again_changes_nothing(world: World) -> None:
    again = world.again(world.result)
    assert again.plan == (), "a second merge writes again"
    before = {_again(c) for c in world.merged.conflicts}
    assert {_again(c) for c in again.conflicts} <= before, "a second merge disputes more"


def _again(conflict: Conflict) -> Any:
    """A row that came back may be disputed for another reason than that it was gone."""
    return _mirror(conflict, swap=False) if conflict.at.key else conflict.at[:3]


def an_untouched_side_yields_the_other(world: World) -> None:
    if world.hidden:
        return
    ours = planner.merge(world.start, side_of(world.ours), world.start, ALLOWED)
    assert all(isinstance(edit, AddRow) or not edit.at.key for edit in ours.plan) or _stamps(ours)
    if not ours.conflicts and not _stamps(ours):
        assert ours.plan == ()
    theirs = planner.merge(world.start, world.start, side_of(world.theirs), ALLOWED)
    result = content(applied(world.base, theirs.plan))
    told = {(c.at.sheet, c.at.row_id) for c in theirs.conflicts}
    wanted = content(world.theirs)
    for sheet in result.keys() | wanted.keys():
        for id_ in result.get(sheet, {}).keys() | wanted.get(sheet, {}).keys():
            if (sheet, id_) in told or not _whole_ids(world.theirs, sheet):
                continue
            got, want = result.get(sheet, {}).get(id_), wanted.get(sheet, {}).get(id_)
            if got is None and want and all(map(says_nothing, want.values())):
                continue
            if got is None or want is None:
                assert got == want, f"{id_} differs"
                continue
            for key in got.keys() | want.keys():
                if not says_nothing(want.get(key)):
                    assert got.get(key) == want.get(key), f"{id_}.{key} differs"


def _stamps(merged: Merged) -> bool:
    return any(getattr(edit, "why", "").startswith(("the row's", "an id")) for edit in merged.plan)


def _whole_ids(rows: Rows, sheet: str) -> bool:
    key = SHEETS[sheet].columns[0].key
    found = [row.get(key) for row in rows.get(sheet, [])]
    return None not in found and len(set(found)) == len(found)


def swapping_sides_mirrors(world: World) -> None:
    if world.hidden or _renamed(world):
        return
    if any(
        says_nothing(v)
        for s in (world.ours, world.theirs)
        for r in s.values()
        for x in r
        for v in x.values()
    ):
        return
    if not all(_whole_ids(one, sheet) for one in (world.ours, world.theirs) for sheet in one):
        return
    other = World(world.base, world.theirs, world.ours)
    if _renamed(other):
        return
    mine = {_mirror(c, swap=False) for c in world.merged.conflicts}
    theirs = {_mirror(c, swap=True) for c in other.merged.conflicts}
    assert mine == theirs, "the conflicts are not mirrored"
    told = {(c.at.sheet, c.at.row_id, c.at.key) for c in world.merged.conflicts}
    one, two = content(world.result), content(other.result)
    for sheet in one.keys() | two.keys():
        rows, others = one.get(sheet, {}), two.get(sheet, {})
        assert rows.keys() == others.keys(), "one direction keeps a row that the other does not"
        for id_, row in rows.items():
            for key in row.keys() | others[id_].keys():
                if (sheet, id_, key) not in told:
                    assert row.get(key) == others[id_].get(key), f"{id_}.{key} is not mirrored"


def _mirror(conflict: Conflict, *, swap: bool) -> Any:
    sides = (conflict.theirs, conflict.ours) if swap else (conflict.ours, conflict.theirs)
    told = [side._replace(text="") if isinstance(side, Whole) else side for side in sides]
    at = conflict.at
    return at.sheet, at.row_id, at.key, conflict.kind, *told


def the_same_every_time(world: World) -> None:
    assert world.again(world.ours) == world.merged
    shuffled = copy.deepcopy(world)
    for rows in shuffled.theirs.values():
        rows.reverse()
    if all(_whole_ids(world.theirs, sheet) for sheet in world.theirs):
        other = shuffled.again(world.ours)
        assert set(map(repr, other.plan)) == set(map(repr, world.merged.plan)), "order matters"


LAWS: tuple[Callable[[World], None], ...] = (
    no_edit_is_lost,
    nothing_is_invented,
    a_row_is_whole_or_gone,
    what_a_copy_does_not_show_stays,
    nothing_refers_to_a_deleted_row,
    groups_stay_together,
    a_number_keeps_its_amounts,
    merging_again_changes_nothing,
    an_untouched_side_yields_the_other,
    swapping_sides_mirrors,
    the_same_every_time,
)
