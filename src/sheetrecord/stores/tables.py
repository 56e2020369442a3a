"""The record store over database tables, whichever database it is."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Final, NamedTuple

from sheetrecord.core.sync.store_protocol import (
    CommitChange,
    CopyState,
    Logged,
    Row,
    Rows,
    Snapshot,
    Stored,
)
from sheetrecord.model.errors import ChangedElsewhere
from sheetrecord.stores import statements as sql
from sheetrecord.stores.chain import link, marked
from sheetrecord.stores.columns import (
    DAMAGE,
    conflicts_from,
    conflicts_text,
    damaged,
    entry_columns,
    kept,
    logged_from,
    read,
    row_from,
    row_text,
    snapshot_body,
    snapshot_from,
    workbook_config_from,
    workbook_config_text,
)
from sheetrecord.stores.database import Database
from sheetrecord.stores.retention import KEEP, changes_record, droppable
from sheetrecord.stores.rows_digest import Text, marked_rows, moved

PAGE: Final = 1000
"""Ledger entries read at a time."""

_PLACES: Final = 1 << 32
"""More rows than one run can add: a run's rows stand after all of the runs before."""


class State(NamedTuple):
    """A record's counters, which only grow, and the ledger's last hash."""

    run: int
    changed: int
    seq: int
    head: str
    last_generation: int
    last_deal: int


class TableStore:
    """One record in a database. See `sheetrecord.core.sync.store_protocol.RecordStore`."""

    def __init__(self, database: Database, record_id: str, keep: int = KEEP) -> None:
        self.database = database
        self.record_id = record_id
        self._id = kept(record_id)
        self._keep = keep

    @property
    def where(self) -> str:
        """The store's name for messages: a path, or an address without its password."""
        return self.database.where

    def lock(self) -> AbstractContextManager[None]:
        """Lock the record for one run. Raises Locked when another run holds it for too long."""
        return self.database.lock(self.record_id)

    def load(self) -> Stored:
        """Return the stored record; an empty `Stored` for a new one."""
        with self.database.reading():
            found = self.without_rows()
            return found._replace(record=found.record._replace(rows=self.rows()))

    def without_rows(self) -> Stored:
        """Return the stored record without its rows. Raises CannotRead for damaged data."""
        state = self.database.rows(sql.WHOLE_STATE, self._id)
        if not state:
            return Stored()
        copies = self.database.rows(sql.COPIES, self._id)
        run, changed, last_generation, last_deal, workbook_config, conflicts, told = state[0]
        try:
            record = Snapshot({}, {}, workbook_config_from(workbook_config), last_deal)
            known = [CopyState._make((read(row[0]), *row[1:-1], read(row[-1]))) for row in copies]
            standing = conflicts_from(conflicts)
            problems = tuple(map(str, json.loads(told)))
        except DAMAGE as error:
            raise damaged(self.where, f"the record {self.record_id}") from error
        names = {copy.name: copy for copy in known}
        return Stored(run, record, names, standing, last_generation, changed, problems)

    def rows(self) -> Rows:
        """Return the record's rows in their order. Raises CannotRead for damaged data."""
        found: dict[str, dict[str, Row]] = {}
        try:
            for sheet, row_id, cells in self.database.rows(sql.ROWS, self._id):
                found.setdefault(read(sheet), {})[read(row_id)] = row_from(cells)
        except DAMAGE as error:
            raise damaged(self.where, f"a row of the record {self.record_id}") from error
        return found

    def check_rows(self) -> None:
        """Raise CannotRead when the rows are not those that the ledger replays to.

        The stored digest is compared first; the ledger is replayed only if that differs.
        """
        if not self.state().run:
            return
        if self.rows_as_marked():
            return
        from sheetrecord.stores.verify import refuse_changed_rows

        refuse_changed_rows(self)

    def rows_as_marked(self) -> bool:
        """Return True if the rows have the digest that the last commit stored."""
        [(mark,)] = self.database.rows(sql.ROWS_MARK, self._id)
        try:
            return bool(mark == marked_rows(self.database.rows(sql.ROWS, self._id)))
        except TypeError:  # a text that became bytes
            return False

    def base(self, generation: int) -> Snapshot | None:
        """Return the baseline of a generation; None for an unknown one.

        Raises CannotRead for a damaged one.
        """
        found = self.database.rows(sql.BASE, self._id, generation)
        if not found:
            return None
        try:
            return snapshot_from(bytes(found[0][0]))
        except DAMAGE as error:
            raise damaged(self.where, f"what generation {generation} held") from error

    def mark(self, generation: int) -> str:
        """Return the mark of a generation, empty for one that is not kept or has none."""
        found = self.database.rows(sql.MARK, self._id, generation)
        return str(found[0][0]) if found else ""

    def knows(self, mark: str) -> bool:
        """Return True if the ledger contains a mark."""
        return bool(mark) and bool(self.database.rows(sql.MARKED, self._id, mark))

    def last_at(self) -> dt.datetime | None:
        """Return the time (UTC) of the last ledger entry, None for none."""
        found = self.database.rows(sql.LAST_AT, self._id)
        try:
            return dt.datetime.fromisoformat(found[0][0]) if found else None
        except DAMAGE as error:
            raise damaged(self.where, "the last entry of the ledger") from error

    def commit(self, expecting: int, change: CommitChange) -> int:
        """Commit a change in one transaction and return its run number.

        Raises ChangedElsewhere when ``expecting`` is not the last run: another run came between.
        """
        with self.database.writing():
            state = self._held()
            if state.run != expecting:
                raise ChangedElsewhere(self.where)
            run = expecting + 1
            self._put_rows(run, change)
            changed = run if changes_record(change) else state.changed
            seq, head = self._log(state, change)
            generation = max(state.last_generation, *change.bases, 0)
            deal = max(state.last_deal, change.last_deal)
            self.database.rows(sql.ADVANCE, run, changed, seq, head, generation, deal, self._id)
            self._put_whole(change)
            self._put_copies(change, marked(head))
        return run

    def ledger(self, since: int = 0) -> Iterator[Logged]:
        """Yield the ledger in order, from the entry after ``since``."""
        for columns in self.ledger_columns(since):
            try:
                logged = logged_from(columns)
            except DAMAGE as error:
                raise damaged(self.where, f"entry {since + 1} of the ledger") from error
            yield logged
            since = logged.seq

    def ledger_columns(self, since: int = 0) -> Iterator[tuple[Any, ...]]:
        """Yield the ledger's rows as database columns, the hash last."""
        while page := self.database.rows(sql.LEDGER, self._id, since, PAGE):
            yield from page
            since = page[-1][0]

    def head(self) -> str:
        """Return the hash of the last ledger entry, empty for none."""
        return self.state().head

    def state(self) -> State:
        """Return the counters of the record, all 0 for a new one."""
        found = self.database.rows(sql.STATE, self._id)
        return State(*found[0]) if found else State(0, 0, 0, "", 0, 0)

    def generations(self) -> list[int]:
        """Return the generations whose baselines are kept."""
        return [row[0] for row in self.database.rows(sql.GENERATIONS, self._id)]

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def _held(self) -> State:
        """Return the record's head and keep others from moving it; a new record begins here."""
        held = sql.STATE + self.database.for_update
        found = self.database.rows(held, self._id)
        if not found:
            self.database.rows(sql.NEW_RECORD, self._id)
            found = self.database.rows(held, self._id)
        return State(*found[0])

    def _put_rows(self, run: int, change: CommitChange) -> None:
        if not change.rows:
            return
        [(mark,)] = self.database.rows(sql.ROWS_MARK, self._id)
        before = self._texts(change) if mark else []
        self._write_rows(run, change)
        if mark or run == 1:
            mark = moved(mark, before, self._texts(change))
        else:
            mark = marked_rows(self.database.rows(sql.ROWS, self._id))
        self.database.rows(sql.SET_ROWS_MARK, mark, self._id)

    def _texts(self, change: CommitChange) -> list[Text]:
        """Return the rows that a change is about as they stand in the database."""
        places = [(kept(sheet), kept(row_id)) for sheet, row_id in change.rows]
        found = ((place, self.database.rows(sql.ROW, self._id, *place)) for place in places)
        return [(*place, cells) for place, rows in found for (cells,) in rows]

    def _write_rows(self, run: int, change: CommitChange) -> None:
        gone = [(self._id, kept(s), kept(i)) for (s, i), row in change.rows.items() if row is None]
        new = [
            (self._id, kept(sheet), kept(row_id), run * _PLACES + number, row_text(row))
            for number, ((sheet, row_id), row) in enumerate(change.rows.items())
            if row is not None
        ]
        self.database.many(sql.REMOVE_ROW, gone)
        self.database.many(sql.PUT_ROW, new)

    def _log(self, state: State, change: CommitChange) -> tuple[int, str]:
        seq, head = state.seq, state.head
        lines = []
        for entry in change.entries:
            seq += 1
            columns = entry_columns(seq, state.run + 1, change.at, change.actor, entry)
            head = link(self.record_id, head, columns)
            lines.append((self._id, *columns, head))
        self.database.many(sql.LOG, lines)
        return seq, head

    def _put_whole(self, change: CommitChange) -> None:
        """Write what a change gives as a whole, where it gives it."""
        if change.workbook_config is not None:
            self.database.rows(
                sql.SET_WORKBOOK_CONFIG, workbook_config_text(change.workbook_config), self._id
            )
        if change.problems is not None:
            self.database.rows(sql.SET_PROBLEMS, json.dumps(change.problems), self._id)
        if change.conflicts is not None:
            self.database.rows(sql.SET_CONFLICTS, conflicts_text(change.conflicts), self._id)

    def _put_copies(self, change: CommitChange, mark: str) -> None:
        """Write copies and bases, and drop the bases that nobody needs any more."""
        copies = [(self._id, kept(c.name), *c[1:-1], kept(c.note)) for c in change.copies]
        self.database.many(sql.PUT_COPY, copies)
        bases = [(self._id, n, snapshot_body(base), mark) for n, base in change.bases.items()]
        self.database.many(sql.PUT_BASE, bases)
        if bases:
            carried = [row[0] for row in self.database.rows(sql.CARRIED, self._id)]
            drop = droppable(self.generations(), carried, self._keep)
            self.database.many(sql.REMOVE_BASE, [(self._id, number) for number in drop])
