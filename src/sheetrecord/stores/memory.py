"""A store that lives as long as the process, for dry runs and as the reference in tests."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sheetrecord.core.sync.store_protocol import (
    CommitChange,
    CopyState,
    Logged,
    OpenConflict,
    RecordStore,
    Row,
    Snapshot,
    Stored,
)
from sheetrecord.model.errors import ChangedElsewhere
from sheetrecord.stores.chain import link, marked
from sheetrecord.stores.columns import entry_columns
from sheetrecord.stores.retention import KEEP, changes_record, droppable


class MemoryStore:
    """One record in memory. See `sheetrecord.core.sync.store_protocol.RecordStore`.

    Made ``over`` another store, it starts from that store's content and never writes to it: a dry
    run of the engine.
    """

    def __init__(self, record_id: str, over: RecordStore | None = None, keep: int = KEEP) -> None:
        self.where = "memory"
        self.record_id = record_id
        self._over = over
        self._keep = keep
        stored = over.load() if over else Stored()
        self._run = stored.run
        self._changed = stored.changed
        self._rows: dict[tuple[str, str], Row] = {
            (sheet, row_id): row
            for sheet, rows in stored.record.rows.items()
            for row_id, row in rows.items()
        }
        self._workbook_config = stored.record.workbook_config
        self._last_deal = stored.record.last_deal
        self._copies: dict[str, CopyState] = dict(stored.copies)
        self._conflicts: tuple[OpenConflict, ...] = stored.conflicts
        self._problems = stored.problems
        self._last_generation = stored.last_generation
        self._bases: dict[int, Snapshot] = {}
        self._marks: dict[int, str] = {}
        self._ledger: list[Logged] = list(over.ledger()) if over else []

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Do nothing: no other process can reach this store."""
        yield

    def load(self) -> Stored:
        """Return the record."""
        rows: dict[str, dict[str, Row]] = {}
        for (sheet, row_id), row in self._rows.items():
            rows.setdefault(sheet, {})[row_id] = row
        record = Snapshot(rows, {}, self._workbook_config, self._last_deal)
        copies: Mapping[str, CopyState] = dict(self._copies)
        found = Stored(self._run, record, copies, self._conflicts, self._last_generation)
        return found._replace(changed=self._changed, problems=self._problems)

    def base(self, generation: int) -> Snapshot | None:
        """Return the baseline of a generation; None for one that is not kept."""
        if generation in self._bases or self._over is None:
            return self._bases.get(generation)
        return self._over.base(generation)

    def check_rows(self) -> None:
        """Raise CannotRead when the rows of the store below differ from its ledger's replay."""
        if self._over is not None:
            self._over.check_rows()

    def mark(self, generation: int) -> str:
        """Return the mark of a generation, empty for one that is not kept or has none."""
        if generation in self._marks or self._over is None:
            return self._marks.get(generation, "") if generation in self._bases else ""
        return self._over.mark(generation)

    def knows(self, mark: str) -> bool:
        """Return True if the ledger contains a mark."""
        return bool(mark) and any(marked(one.hash) == mark for one in self._ledger)

    def last_at(self) -> dt.datetime | None:
        """Return the time (UTC) of the last ledger entry, None for none."""
        return self._ledger[-1].at if self._ledger else None

    def commit(self, expecting: int, change: CommitChange) -> int:
        """Apply a change. Raises ChangedElsewhere when ``expecting`` is not the last run."""
        if expecting != self._run:
            raise ChangedElsewhere(self.where)
        logged = self._logged(change)
        self._run += 1
        self._changed = self._run if changes_record(change) else self._changed
        self._ledger += logged
        for place, row in change.rows.items():
            if row is None:
                self._rows.pop(place, None)
            else:
                self._rows[place] = row
        if change.workbook_config is not None:
            self._workbook_config = change.workbook_config
        if change.conflicts is not None:
            self._conflicts = change.conflicts
        if change.problems is not None:
            self._problems = change.problems
        self._last_deal = max(self._last_deal, change.last_deal)
        self._last_generation = max([self._last_generation, *change.bases])
        self._copies |= {copy.name: copy for copy in change.copies}
        self._keep_bases(change)
        return self._run

    def _logged(self, change: CommitChange) -> list[Logged]:
        """Return the lines that a change adds to the ledger."""
        head, lines = self.head(), []
        for seq, entry in enumerate(change.entries, start=len(self._ledger) + 1):
            columns = entry_columns(seq, self._run + 1, change.at, change.actor, entry)
            head = link(self.record_id, head, columns)
            lines.append(Logged(seq, self._run + 1, change.at, change.actor, entry, head))
        return lines

    def _keep_bases(self, change: CommitChange) -> None:
        for generation in change.bases:
            if not self.mark(generation) and self.base(generation) is None:
                self._marks[generation] = marked(self.head())
        self._bases |= change.bases
        carried = [copy.generation for copy in self._copies.values()]
        if change.bases:
            for generation in droppable(self._bases, carried, self._keep):
                del self._bases[generation]

    def ledger(self, since: int = 0) -> Iterator[Logged]:
        """Yield the ledger in order, from the entry after ``since``."""
        yield from self._ledger[since:]

    def head(self) -> str:
        """Return the hash of the last ledger entry, empty for none."""
        return self._ledger[-1].hash if self._ledger else ""

    def close(self) -> None:
        """Do nothing."""
