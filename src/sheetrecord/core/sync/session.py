"""The state of one sync run: the record as it changes, and what the next commit contains."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sheetrecord.core.handover.context import HandoverStep as Closed
from sheetrecord.core.merge.side import Side
from sheetrecord.core.new_ids import highest_deal
from sheetrecord.core.sync.baseline import BaseSnapshot
from sheetrecord.core.sync.decisions import RecordOrder
from sheetrecord.core.sync.going_rows import GoingRow, going, needed, without_cells_of
from sheetrecord.core.sync.hidden_sheets import missing, with_rows
from sheetrecord.core.sync.open_conflicts import Disputes, Place, place_of
from sheetrecord.core.sync.promotion import ClosingTerms, promotions
from sheetrecord.core.sync.rows import applied, entries, row_changes, touched
from sheetrecord.core.sync.snapshot import SnapshotSides, WorkbookConfig, workbook_config_of
from sheetrecord.core.sync.store_protocol import (
    CommitChange,
    CopyState,
    LedgerEntry,
    OpenConflict,
    Rows,
    Snapshot,
    Stored,
)
from sheetrecord.core.sync.view import View
from sheetrecord.model.conflict import GONE, Whole
from sheetrecord.schema.sheets import SHEETS

LOST_STORE = 1_000_000
"""How far a new store's generations keep from those that copies already carry."""

PROMOTION = "promotion"
"""The origin of what closing a deal writes."""


class Options(NamedTuple):
    """The options of a run: its moment (UTC) and date, the actor, and what was requested.

    ``allow`` names guards that somebody has confirmed; ``asides`` are files that were set aside,
    which are read and never written; ``closing`` None: no deal is closed in this run.
    """

    at: dt.datetime
    today: dt.date
    actor: str = ""
    allow: frozenset[str] = frozenset()
    views: Mapping[str, View] = {}
    asides: Sequence[str] = ()
    orders: Sequence[RecordOrder] = ()
    closing: ClosingTerms | None = None
    nonce: str = ""
    """Something that no other run has: two histories that go on from one state part by it."""


class SyncSession:
    """The record while a run changes it. No input or output."""

    def __init__(
        self, stored: Stored, options: Options, sides: SnapshotSides | None = None
    ) -> None:
        self.stored, self.options = stored, options
        self.sides = sides or SnapshotSides(options.today)
        self.record = stored.record
        self.disputes = Disputes(stored.conflicts, options.at, stored.run + 1)
        self.entries: list[LedgerEntry] = []
        self.bases: dict[int, Snapshot] = {}
        self.closed: list[Closed] = []
        self.run, self.changed = stored.run, stored.changed
        self.generation = stored.last_generation
        self._saved = stored.record
        self._unclosed = True
        self.judged = False
        """Whether this run has looked at the deals that are due."""
        self.refused: dict[GoingRow, tuple[str, ...]] = {}
        """Rows that somebody ordered to go, with the rows that refer to them."""
        self.ordered: tuple[Place, ...] = ()
        """The places that somebody has decided about by an order."""
        self._begun = False
        self._listed: tuple[OpenConflict, ...] = stored.conflicts

    @property
    def ours(self) -> BaseSnapshot:
        """The record's present state and its side."""
        return BaseSnapshot(self.record, self.sides.record(self.record))

    @property
    def durable(self) -> Snapshot:
        """The record as last committed."""
        return self._saved

    def known(self, snapshot: Snapshot) -> BaseSnapshot:
        """Return a baseline with its side, parsed with the record's settings and lists."""
        return BaseSnapshot(snapshot, self.sides.base(snapshot, self.record.workbook_config))

    @property
    def founded(self) -> bool:
        """Whether the record has, or ever had, a row; numbers of deals alone are only noted."""
        return any(self.record.rows.values()) or bool(self.changed and self.record.last_deal)

    def next_generation(self) -> int:
        """Return a new generation number for a copy about to be written."""
        self.generation += 1
        return self.generation

    def saw(self, generations: Iterable[int]) -> None:
        """Raise the generation counter above numbers that a lost store gave to copies."""
        highest = max(generations, default=0)
        if highest > self.generation:
            self.generation = highest + (LOST_STORE if not self.stored.run else 0)

    def found(self, side: Side) -> None:
        """Adopt the settings and lists of a workbook if the record is still empty."""
        if not self.record.workbook_config and not any(self.record.rows.values()):
            self.record = self.record._replace(workbook_config=workbook_config_of(side.book))

    def number(self, last_deal: int) -> None:
        """Raise the highest deal number there ever was, which is not given out again."""
        if last_deal > self.record.last_deal:
            self.record = self.record._replace(last_deal=last_deal)

    def hidden_rows(self, side: Side) -> None:
        """Add the rows of a copy's hidden handover sheets that the record lacks."""
        kept = missing(side.book, self.ours.side.book)
        if kept:
            workbook_config = with_rows(self.record.workbook_config, kept)
            self.record = self.record._replace(workbook_config=workbook_config)

    def change(self, rows: Rows, origin: str, generation: int = 0, why: str = "") -> None:
        """Replace the record's rows, and add ledger entries for what changed.

        A row that another copy still disputes is not removed; the removal becomes a conflict.
        """
        before = self.record.rows
        if rows != before:
            record = self._standing(self._spared(rows, origin))
            if record.rows != before:
                self.record = record
                self.number(highest_deal(record.rows.get("Deal", ())))
                found = touched(before, record.rows)
                self.entries += entries(found, origin, generation, why)
        self.disputes.refresh(self.record.rows)

    def _spared(self, rows: Rows, origin: str) -> Rows:
        """Keep rows of which somebody else still disputes a cell: nobody saw all of those."""
        decided = {(one.sheet, one.row_id) for one in self.disputes if self._others(one, origin)}
        if not decided:
            return rows
        for (sheet, id_), was, now in list(touched(self.record.rows, rows)):
            if now is None and was is not None and (sheet, id_) in decided:
                rows = {**rows, sheet: {**rows.get(sheet, {}), id_: was}}
                kept = Whole(gone=False, text="others have not agreed on its cells")
                self.disputes.object((sheet, id_, ""), "", (kept, GONE), origin)
        return rows

    def _others(self, standing: OpenConflict, origin: str) -> bool:
        return bool(standing.key) and any(side.origin != origin for side in standing.sides)

    def _standing(self, rows: Rows) -> Snapshot:
        """Return the record without rows of which nothing is left that a reader takes for one."""
        while True:
            record = self.record._replace(rows=rows)
            side = self.sides.record(record)
            seen = {sheet: {cells[1] for cells in side.rows(sheet)} for sheet in SHEETS}
            if all(len(seen[sheet]) == len(held) for sheet, held in rows.items()):
                return record
            rows = {
                sheet: {id_: row for id_, row in held.items() if id_ in seen[sheet]}
                for sheet, held in rows.items()
            }

    def obey(self, orders: Iterable[RecordOrder]) -> None:
        """Apply orders to the record: settle all their conflicts, then apply their plans.

        Whoever orders that a row goes has decided about its cells too. A row that others refer to
        stays, and its conflict with it (`refused`).
        """
        orders = list(orders)
        self.ordered = tuple(place for order in orders for place in order.settle)
        decided = [edit for one in orders if one.settle for edit in one.plan]
        self.refused = dict(needed(self.record.rows, decided))
        leaving = going(decided) - self.refused.keys()
        for order in orders:
            self._settle(order, leaving)
        for order in sorted(orders, key=lambda one: bool(one.settle and going(one.plan))):
            if self.refused.keys().isdisjoint(going(order.plan)):
                rows = applied(self.record.rows, without_cells_of(order.plan, leaving))
                self.change(rows, order.origin, 0, order.why)

    def _settle(self, order: RecordOrder, leaving: Collection[GoingRow]) -> None:
        """Settle the conflicts of an order, with those about cells of a row that goes."""
        rows = going(order.plan) & set(leaving) if order.settle else set()
        places = [place for place in order.settle if place[:2] not in self.refused or place[2]]
        cells = [place_of(one) for one in self.disputes if (one.sheet, one.row_id) in rows]
        for place in dict.fromkeys([*places, *cells]):
            if self.disputes.get(place):
                self.disputes.decide(place, order.origin)

    def close_deals(self) -> None:
        """Promote the deals that are due, including those that an interrupted run left."""
        closing = self.options.closing
        if closing is None or not (self.unsaved() or self._unclosed):
            return
        self._unclosed, self.judged = False, True
        tried: set[str] = set()
        # What one deal changes may count for the next; what is only kept beside them does not.
        while self._close_some(closing, tried):
            pass

    def _close_some(self, closing: ClosingTerms, tried: set[str]) -> bool:
        """Promote deals until one changes the record's rows; tell whether one did."""
        for step in promotions(self.ours.side, closing, self.disputes.wanted(), tried):
            self.closed.append(step)
            if step.writes:
                workbook_config = with_rows(self.record.workbook_config, step.kept)
                self.record = self.record._replace(workbook_config=workbook_config)
            if step.writes and step.plan:
                rows = applied(self.record.rows, step.plan)
                self.change(rows, PROMOTION, 0, step.outcome)
                return True
        return False

    def unsaved(self) -> bool:
        """Return True if the record or its conflicts differ from what was committed."""
        return (
            bool(self.entries or self.disputes.entries)
            or self.record is not self._saved
            or self.disputes.standing() != self._listed
        )

    def begin(self) -> tuple[LedgerEntry, ...]:
        """Return the ledger entry that starts this run, on the first call; () afterwards.

        Its nonce makes this history differ from any other that continues from the same state, so
        that two generations never have one mark.
        """
        first = not self._begun
        self._begun = True
        return (LedgerEntry("run", why=self.options.nonce),) if first else ()

    def changes(self, copies: Sequence[CopyState] = ()) -> CommitChange | None:
        """Return what the next commit contains, None for nothing."""
        rows = row_changes(self._saved.rows, self.record.rows)
        workbook_config = self._new_workbook_config()
        last_deal = self.record.last_deal
        last_deal = last_deal if last_deal != self._saved.last_deal else 0
        standing = self.disputes.standing()
        conflicts = None if standing == self._listed else standing
        begun = self.begin() if self.bases else ()
        told = (*begun, *self.entries, *self.disputes.entries)
        at, actor = self.options.at, self.options.actor
        what = (rows, workbook_config, last_deal, dict(self.bases), tuple(copies), conflicts)
        if not told and not any((*what[:5], conflicts is not None)):
            return None
        return CommitChange(at, actor, told, *what)

    def _new_workbook_config(self) -> WorkbookConfig | None:
        now = self.record.workbook_config
        return None if now == self._saved.workbook_config else now

    def reserved(self, run: int) -> None:
        """Take the run number of a commit that did not change the record."""
        self.run = run
        self.disputes.run = run + 1

    def committed(self, change: CommitChange, run: int) -> None:
        """Take the run number of a commit and clear what it stored."""
        self.run = run
        if change.rows or change.workbook_config is not None or change.conflicts is not None:
            self.changed = run
        self._saved, self._listed = self.record, self.disputes.standing()
        self.entries.clear()
        self.disputes.entries.clear()
        self.disputes.run = run + 1
        self.bases.clear()
