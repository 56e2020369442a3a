"""One copy during a sync run: what was read of it, its baseline, and how far the run has come."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from sheetrecord.core.handover.hidden_log import HiddenRows
from sheetrecord.core.merge.conflict_list import ConflictLine, code_of, read_lines
from sheetrecord.core.merge.guards import guards
from sheetrecord.core.merge.identity import identify
from sheetrecord.core.merge.missing_sheets import (
    ALWAYS,
    HOW,
    MISSING,
    NO_DEALS,
    lacking,
    name_of,
    without,
)
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.baseline import BaseSnapshot, overlaid
from sheetrecord.core.sync.conflict_rows import lines_of
from sheetrecord.core.sync.effects import Seen
from sheetrecord.core.sync.open_conflicts import Place
from sheetrecord.core.sync.rows import applied
from sheetrecord.core.sync.store_protocol import CopyState, OpenConflict, Row, Rows, Snapshot
from sheetrecord.core.sync.view import EVERYTHING, Said, View
from sheetrecord.model.conflict import GONE, Wanted
from sheetrecord.model.edit import AddRow, At, Edit, Plan, RemoveRow, SetValue
from sheetrecord.model.value import Cell
from sheetrecord.schema.sheets import SHEETS

CONFIRMED: Final = frozenset(
    {
        "emptied",
        "mass-delete",
        "all-changed",
        "sorted-apart",
        "column-cleared",
        "ids-swapped",
        MISSING,
        NO_DEALS,
    }
)
"""Every guard of a merge: a copy is examined before it is stamped, and the record needs none."""

OTHERWISE: Final = "it reads otherwise than a moment ago; nothing more is done with it for now"


class CopyRun:
    """One copy in a sync run."""

    def __init__(self, name: str, state: CopyState | None, *, aside: bool = False) -> None:
        self.name, self.aside = name, aside
        self.state = state or CopyState(name)
        self.seen: Seen | None = None
        self.base = Snapshot()
        self.known = False
        """Whether the content is as we stamped it, and ``base`` what it is accounted for."""
        self.loaded = False
        self.strange = False
        """Whether its stamp is none of this store's: what it started from is not known."""
        self.run = self.state.run
        self.note = ""
        """Why nothing more is done about it in this run."""
        self.reserved = False
        """Whether the store's account of its generation tells what is still to be accepted."""
        self.chosen = False
        """Whether what its list of conflicts decides was carried out."""
        self.moved = False
        self.objects = False
        """Whether it keeps a row that has gone from the record: it is asked once more."""
        self.asked: set[Place] = set()
        """The rows about which it was."""
        self.relist = False
        """Whether its list of conflicts holds a decision that has to be made again."""
        self.plan: Plan = ()
        """What was written last."""
        self.taken = self.brought = 0

    def look(self, seen: Seen) -> None:
        """Record what was read, and start over with the copy."""
        self.seen = seen
        same = seen.digest == self.state.digest
        self.known, self.loaded, self.moved, self.plan = same, False, False, ()
        self.chosen = self.strange = False
        self.asked.clear()
        self.run = self.state.run if same else 0

    def stamped(self, seen: Seen, base: Snapshot) -> None:
        """Record the content and the baseline after this run has written the copy."""
        self.seen, self.base = seen, base
        self.known = self.loaded = True
        self.reserved = self.strange = False

    @property
    def generation(self) -> int:
        """The generation number that the copy is stamped with, 0 for none."""
        return self.seen.generation if self.seen else 0

    @property
    def mark(self) -> str:
        """The ledger mark in the copy's stamp (see `RecordStore.mark`), empty for none."""
        return self.seen.mark if self.seen else ""

    @property
    def stamped_once(self) -> bool:
        """True if the copy carries any stamp, also one of another store or without its number."""
        return bool(self.seen and (self.seen.generation or self.seen.mark))

    def is_emptied(self) -> bool:
        """Return True if the copy carries a stamp, and shows no row."""
        side = self.seen.side if self.seen else None
        return side is not None and self.stamped_once and not any(map(side.rows, SHEETS))

    def vouched(self, mark: str) -> bool:
        """Return True if this store wrote the copy's stamp.

        ``mark`` is the store's for the stamped generation. Workbooks of older versions carry no
        mark: such a copy is recognised while its digest is the one the store last saw.
        """
        if self.seen is None:
            return False
        seen, state = self.seen, self.state
        as_seen = (seen.digest, seen.generation) == (state.digest, state.generation)
        return as_seen or bool(mark and mark == seen.mark)

    @property
    def owner(self) -> str:
        """Name of the person who has the file open, empty for nobody."""
        return self.seen.owner if self.seen else ""

    @property
    def side(self) -> Side:
        """The copy's content. Raises LookupError if it was not read in this run."""
        if self.seen is None or self.seen.side is None:
            raise LookupError(self.name)
        return self.seen.side

    def told(self) -> CopyState:
        """Return the copy's state to be stored at the end of the run."""
        seen = self.seen
        if self.note or seen is None:
            return self.state._replace(note=self.note)
        generation = 0 if self.strange else seen.generation
        what = (seen.digest, seen.size, seen.version, generation)
        return CopyState(self.name, *what, self.run, "")


def as_many(one: Side, other: Side) -> bool:
    """Return True if two readings of a file have equally many rows and the same columns."""
    return one.missing == other.missing and all(
        len(one.rows(sheet)) == len(other.rows(sheet)) for sheet in SHEETS
    )


def alarms(
    base: BaseSnapshot, copy: Side, allow: frozenset[str], meant: Collection[str] = ()
) -> list[str]:
    """Return a message for each unconfirmed guard that a copy triggers (see `merge.guards`).

    ``meant`` are the sheets that it has to hold; a missing one is reported alone.
    """
    gone = lacking(copy, meant)
    if gone and name_of(gone) not in allow:
        return [_gone(gone)]
    start = identify(base.side, None)
    found = guards(start, identify(copy, start), "theirs", allow)
    return [f"{g.name}: {g.sheet}: {g.words}" for g in found]


def _gone(sheets: tuple[str, ...]) -> str:
    """Say which sheets are missing, and how they come back or how they are left out for good."""
    words = f"{name_of(sheets)}: {without(sheets)}. {HOW}"
    if "Deal" in sheets:
        return words
    hide = ", ".join(f'"{sheet}"' for sheet in sheets)
    return f"{words}; for a view without them, write hide = [{hide}] for it in sheetrecord.toml"


def meant_sheets(copy: CopyRun, view: View, record: Rows) -> list[str]:
    """Return the sheets that a copy has to hold: its baseline's, else those of the record.

    Sheets that its view hides, and sheets without rows (except Deal), are left out.
    """
    stamped = copy.stamped_once and not copy.strange and bool(copy.base.rows)
    held = [sheet for sheet, rows in record.items() if rows]
    start: Collection[str] = copy.base.rows if stamped else held
    return [
        sheet for sheet in ALWAYS if not view.hides(sheet) and (sheet in start or sheet == "Deal")
    ]


def unreadable(copy: CopyRun) -> bool:
    """Return True if rows that the generation showed are missing: the file was not read in full."""
    for sheet, rows in overlaid(copy.base).rows.items():
        if copy.side.shows(sheet) and rows.keys() - copy.side.present(sheet).keys():
            return True
    return False


def displaced(before: Snapshot, now: Snapshot) -> Iterator[tuple[Place, Wanted]]:
    """Yield (place, value) of conflict sides that a generation showed and its copy lost.

    ``now`` is the copy's baseline as of its present content. Whoever typed there saw that side, so
    the new value replaces it.
    """
    for sheet, rows in before.shown.items():
        shown = now.shown.get(sheet, {})
        for id_, cells in rows.items():
            if not cells and shown.get(id_) != {}:
                yield (sheet, id_, ""), GONE
            for key, value in cells.items():
                held = shown.get(id_, {})
                if key not in held or held[key] != value:
                    yield (sheet, id_, key), value


def still_shown(before: Snapshot, now: Snapshot) -> Rows:
    """Return the conflict sides that a generation showed and its copy still shows."""
    gone = set(displaced(before, now)) if before.shown else set()
    places = {place for place, _ in gone}
    found: dict[str, dict[str, Row]] = {}
    for sheet, rows in before.shown.items():
        for id_, cells in rows.items():
            left = {k: v for k, v in cells.items() if (sheet, id_, k) not in places}
            if left or (not cells and (sheet, id_, "") not in places):
                found.setdefault(sheet, {})[id_] = left
    return found


def part(record: Snapshot, side: Side, copy: CopyRun, view: View) -> Snapshot:
    """Return the part of the record that a copy is to hold: its view and the rows it has."""
    if view.whole:
        return record
    deals = {
        deal.deal_id
        for deal in side.parsed.record.deals
        if view.fits(Said(deal.deal_id, deal.deal_owner, deal.ops_owner, deal.stage))
    }
    hidden: dict[str, tuple[str, ...]] = {}
    rows: dict[str, Mapping[str, Row]] = {}
    for sheet in SHEETS:
        if view.hides(sheet):
            continue
        held = record.rows.get(sheet, {})
        here = {cells[1] for cells in copy.side.rows(sheet)}  # a ready-made row holds nothing yet
        before = copy.base.rows.get(sheet, {})
        rows[sheet] = {
            id_: row
            for id_, row in held.items()
            if (id_ if sheet == "Deal" else row.get("deal_id")) in deals
            or id_ in here
            or id_ in before
        }
        keys = tuple(c.key for c in SHEETS[sheet].columns if view.hides(sheet, c.key))
        if keys:
            hidden[sheet] = keys
    return record._replace(rows=rows, hidden=hidden)


class Writing(NamedTuple):
    """A pending write: edits, listed conflicts, hidden rows, and the baseline afterwards."""

    plan: Plan
    lines: tuple[OpenConflict, ...] | None
    kept: tuple[HiddenRows, ...]
    base: Snapshot
    generation: int


def foreseen(base: Snapshot, plan: Plan, record: Rows, copy: Side) -> Snapshot:
    """Return the baseline that a copy will have once a plan has been written into it.

    Every edit of such a plan sets the copy's cell to the record's value.
    """
    edits = tuple(edit for one in plan if (edit := _ours(one, record, copy)) is not None)
    shown = {sheet: dict(rows) for sheet, rows in base.shown.items()}
    for edit in edits:
        if isinstance(edit, SetValue):
            _forget(shown.get(edit.at.sheet, {}), edit.at.row_id, edit.at.key)
        else:
            shown.get(edit.sheet, {}).pop(edit.row_id, None)
    kept = {sheet: rows for sheet, rows in shown.items() if rows}
    return base._replace(rows=applied(base.rows, edits), shown=kept, given={})


def _forget(held: dict[str, Row], row_id: str, key: str) -> None:
    """Take one cell out of the rows, and its row with the last of its cells."""
    cells = held.pop(row_id, {})
    if left := {name: value for name, value in cells.items() if name != key}:
        held[row_id] = left


def _ours(edit: Edit, record: Rows, copy: Side) -> Edit | None:
    """Return an edit in the record's words."""
    if isinstance(edit, RemoveRow):
        return edit
    if isinstance(edit, SetValue):
        at = edit.at
        value = record.get(at.sheet, {}).get(at.row_id, {}).get(at.key)
        return SetValue(At(at.sheet, at.row_id, at.key), value) if at.row_id else None
    columns = copy.place(edit.sheet).columns
    row = record.get(edit.sheet, {}).get(edit.row_id, {})
    cells: dict[str, Cell] = {k: row.get(k) for k in edit.cells if k in columns}
    return AddRow(edit.sheet, edit.row_id, cells)


def to_list(
    standing: tuple[OpenConflict, ...], copy: CopyRun, view: View
) -> tuple[OpenConflict, ...] | None:
    """Return the conflicts for a copy's list; None when its list shows exactly those already."""
    wanted = tuple(one for one in standing if _concerns(one, copy, view))
    lines, have = lines_of(wanted, copy.name), read_lines(copy.side)[1]
    same = _said(lines, copy.side) == _said(have, copy.side)
    return None if same and not copy.relist else wanted


def _said(lines: Iterable[ConflictLine], side: Side) -> set[tuple[str, ...]]:
    """Return what the lines of a list ask; a day may have come back with a time."""
    found = set()
    for line in lines:
        sides = (code_of(cell, line, side) for cell in (line.ours, line.theirs))
        days = (cell.date() if isinstance(cell, dt.datetime) else cell for cell in sides)
        found.add((line.sheet, line.row_id, line.key, *map(repr, days)))
    return found


def _concerns(standing: OpenConflict, copy: CopyRun, view: View) -> bool:
    if not copy.side.shows(standing.sheet):
        return False
    if view == EVERYTHING:
        return True
    return standing.row_id in copy.side.present(standing.sheet)
