"""A store that keeps everything in memory and forgets nothing, not even old generations."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from sheetrecord.core.sync.store_protocol import CommitChange, LedgerEntry, Row, Snapshot, Stored
from sync.shelf import Token, said


class Memory:
    """One record's store. ``commits`` counts what was made durable."""

    def __init__(self) -> None:
        self.stored = Stored()
        self.bases: dict[int, Snapshot] = {}
        self.entries: list[LedgerEntry] = []
        self.commits = 0
        self.head = ""
        self.marks: dict[int, str] = {}

    def copy(self) -> "Memory":
        other = Memory()
        other.stored, other.bases = self.stored, dict(self.bases)
        other.entries = list(self.entries)
        other.head, other.marks = self.head, dict(self.marks)
        return other

    @contextmanager
    def lock(self) -> Iterator[None]:
        yield

    def load(self) -> Stored:
        return self.stored

    def base(self, generation: int) -> Snapshot | None:
        return self.bases.get(generation)

    def tokens(self) -> Iterator[Token]:
        """Every value that the record holds, or that somebody wants in a conflict."""
        for rows in self.stored.record.rows.values():
            for row in rows.values():
                yield from ((key, value) for key, value in row.items() if said(key, value))
        for one in self.stored.conflicts:
            values = (side.value for side in one.sides if one.key)
            yield from ((one.key, value) for value in values if said(one.key, value))

    def mark(self, generation: int) -> str:
        return self.marks.get(generation, "")

    def commit(self, expecting: int, change: CommitChange) -> int:
        assert expecting == self.stored.run
        self.commits += 1
        run = expecting + 1
        record = self.stored.record
        rows: dict[str, dict[str, Row]] = {k: dict(v) for k, v in record.rows.items()}
        for (sheet, row_id), row in change.rows.items():
            if row is None:
                rows[sheet].pop(row_id)
            else:
                rows.setdefault(sheet, {})[row_id] = row
        workbook_config = (
            record.workbook_config if change.workbook_config is None else change.workbook_config
        )
        last_deal = change.last_deal or record.last_deal
        if rows != record.rows or (workbook_config, last_deal) != (
            record.workbook_config,
            record.last_deal,
        ):
            record = Snapshot(rows, {}, workbook_config, last_deal)
        touched = change.rows or change.workbook_config is not None or change.conflicts is not None
        conflicts = self.stored.conflicts if change.conflicts is None else change.conflicts
        self.bases |= change.bases
        self.entries += change.entries
        for entry in change.entries:
            self.head = sha256(f"{self.head} {entry}".encode()).hexdigest()[:16]
        for generation in change.bases:
            self.marks.setdefault(generation, self.head)
        self.stored = Stored(
            run,
            record,
            {**self.stored.copies, **{one.name: one for one in change.copies}},
            conflicts,
            max([self.stored.last_generation, *change.bases]),
            run if touched else self.stored.changed,
        )
        return run
