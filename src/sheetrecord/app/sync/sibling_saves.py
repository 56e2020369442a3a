"""Other copies of the record beside the declared ones: read, left alone, or asked about."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from sheetrecord.app.sync.read import understand
from sheetrecord.app.sync.sibling_files import Beside, stamped_beside, synced
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.core.sync.baseline import BaseSnapshot, as_stamped, overlaid
from sheetrecord.core.sync.snapshot import SnapshotSides
from sheetrecord.core.sync.store_protocol import CopyState, RecordStore, Stored
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Revision, Workbook, WorkbookReading

LEFT: Final = "left alone, as somebody said"
SAME: Final = "nothing stands in it that was not known"
"""What the store notes of a file beside a copy, and people are told."""


class Answers(NamedTuple):
    """What somebody said about files beside copies, by their addresses; ``today`` for reading them.

    ``named``: only files whose names begin with a copy's are looked at.
    """

    today: dt.date
    take: Collection[str] = ()
    leave: Collection[str] = ()
    named: bool = False


class Besides(NamedTuple):
    """Files beside the copies, by what is done with them.

    ``taken`` are read as further saves; ``known`` are left alone; ``asked`` wait for an answer.
    ``noted`` is what the store is to remember.
    """

    taken: tuple[Beside, ...] = ()
    known: tuple[Beside, ...] = ()
    asked: tuple[Beside, ...] = ()
    noted: tuple[CopyState, ...] = ()


def look_beside(
    targets: SyncTargets, store: RecordStore, stored: Stored, answers: Answers
) -> Besides:
    """Sort the files beside the copies of the record that carry the stamp of the record."""
    sorting = _Sorting(store, stored, answers)
    found = [(one, *sorting.decide(one)) for one in _stamped(targets, stored, named=answers.named)]
    by_kind = {kind: tuple(one for one, k, _ in found if k == kind) for kind in ("take", "ask")}
    known = tuple(one._replace(why=kind) for one, kind, _ in found if kind in {LEFT, SAME})
    noted = tuple(state for _, _, state in found if state is not None)
    return Besides(by_kind["take"], known, by_kind["ask"], noted)


def _stamped(targets: SyncTargets, stored: Stored, *, named: bool) -> Iterator[Beside]:
    """Yield the files that are copies of the record and that nobody syncs as one."""
    names = [copy.address for copy in targets.copies]
    others = {copy.address for copy in targets.declared}
    return stamped_beside(names, others | synced(stored.copies), targets.known.record, named=named)


class _Sorting:
    def __init__(self, store: RecordStore, stored: Stored, answers: Answers) -> None:
        self.store, self.stored, self.answers = store, stored, answers
        self.digests = {state.digest for state in stored.copies.values() if state.run}

    def decide(self, one: Beside) -> tuple[str, CopyState | None]:
        """Return what becomes of a file, and what to remember of it."""
        try:
            workbook = open_workbook(one.address)
            reading = workbook.read()
        except (SheetRecordError, OSError):
            return "take" if one.sure else "ask", None
        state = self.stored.copies.get(one.address)
        note = state.note if state is not None and state.digest == reading.revision.digest else None
        if one.address in self.answers.take:
            return "take", CopyState(one.address) if note in {LEFT, SAME} else None
        if one.address in self.answers.leave:
            return LEFT, None if note == LEFT else _noted(one, reading.revision, LEFT)
        if note is not None or one.sure:
            return note or "take", None
        return self._unanswered(one, workbook, reading)

    def _unanswered(
        self, one: Beside, workbook: Workbook, reading: WorkbookReading
    ) -> tuple[str, CopyState | None]:
        if reading.revision.digest in self.digests:
            return SAME, None
        if self._says_nothing_new(workbook, reading):
            return SAME, _noted(one, reading.revision, SAME)
        return "ask", None

    def _says_nothing_new(self, workbook: Workbook, reading: WorkbookReading) -> bool:
        """Tell whether a workbook shows exactly what the store saw of its generation."""
        today = self.answers.today
        try:
            taken = understand(workbook, reading, today)
        except (SheetRecordError, OSError):
            return False
        stamp = taken.marks.stamp
        base = self.store.base(stamp.generation)
        ours = bool(stamp.mark) and self.store.mark(stamp.generation) == stamp.mark
        if base is None or not ours:  # the mark is of this record's ledger alone
            return False
        shown = overlaid(base)
        side = SnapshotSides(today).base(shown, self.stored.record.workbook_config)
        return as_stamped(BaseSnapshot(shown, side), taken.side)


def _noted(one: Beside, seen: Revision, note: str) -> CopyState:
    return CopyState(one.address, seen.digest, seen.size, seen.version, note=note)
