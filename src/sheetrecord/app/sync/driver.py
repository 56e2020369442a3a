"""The driver of the sync engine: answers its steps with workbooks, a store and today's date."""

import datetime as dt
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from typing import Final, TypeVar

from sheetrecord.app.sync.foreign_workbooks import has_words, joined_words, shared, stranger_words
from sheetrecord.app.sync.read import CopyContent, take, understand
from sheetrecord.app.sync.sibling_files import missing_words
from sheetrecord.app.sync.write import CopyWrite, imagined, put
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.effects import (
    Answer,
    Away,
    Base,
    Based,
    Commit,
    Put,
    ReadCopy,
    SavedMeanwhile,
    Seen,
    Step,
)
from sheetrecord.core.sync.snapshot import with_rows_of
from sheetrecord.core.sync.store_protocol import CopyState, RecordStore, Rows, Stored
from sheetrecord.formats.readings import Readings
from sheetrecord.formats.stamp import Stamp
from sheetrecord.model.edit import Plan, SetValue
from sheetrecord.model.errors import CannotRead, ChangedElsewhere, Locked, SheetRecordError
from sheetrecord.schema.read import headers
from sheetrecord.schema.sheets import SHEETS
from sheetrecord.workbooks.addresses import name_of
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Revision, Shared, Workbook, WorkbookReading

_SHORT: Final = 12
"""Characters of a digest that tell displaced saves apart."""

NO_NUMBER: Final = "?"
"""The mark of a stamp of which only the record can be read."""

Outcome = TypeVar("Outcome")
Tell = Callable[[str], None]
"""Is told what is being done, for a line of progress."""


class SyncDriver:
    """Answers steps about the copies of one record, whose names are their addresses.

    With ``only_plan`` every `Put` is simulated: nothing is written, and a later read of that copy
    returns what the write would have left. ``labels`` are short names for people, by address.
    """

    def __init__(
        self,
        store: RecordStore,
        record: str,
        today: dt.date,
        *,
        labels: Mapping[str, str] | None = None,
        only_plan: bool = False,
        tell: Tell = lambda _: None,
    ) -> None:
        self.store, self.record, self.today = store, record, today
        self.allow_stranger = False
        """Whether a workbook that shares nothing with the record may join it."""
        self.only_plan, self.tell = only_plan, tell
        self.remarks: dict[str, str] = {}
        """What somebody should know about a copy's stamp, by its name."""
        self.written: dict[str, Plan] = {}
        """What was written into each copy, by its name."""
        self.first: dict[str, CopyContent] = {}
        """What each copy that was read held before anything but ids was written to it, by name."""
        self.commits = 0
        self._labels = labels or {}
        self._run = 0
        self._copies: Mapping[str, CopyState] = {}
        self._rows: Rows = {}
        self._taken: dict[str, CopyContent] = {}
        self._imagined: dict[str, CopyContent] = {}
        self._readings = Readings(lasting=True)
        self._workbooks: dict[str, Workbook] = {}
        self._displaced: dict[str, CopyContent] = {}

    def drive(self, engine: Generator[Step, Answer, Outcome], stored: Stored) -> Outcome:
        """Run an engine to its end; ``stored`` is what it was started with."""
        self._run, self._copies = stored.run, stored.copies
        self._rows = stored.record.rows
        checked = False
        try:
            step = next(engine)
            while True:
                if not checked and not isinstance(step, ReadCopy):
                    self.store.check_rows()  # before anything of them spreads
                    checked = True
                step = engine.send(self.answer(step))
        except StopIteration as done:
            outcome: Outcome = done.value
            self._acknowledge()
            if not self.only_plan:
                self._readings.save()
            return outcome

    def answer(self, step: Step) -> Answer:
        """Return the answer to one step. Raises a SheetRecordError when the store fails."""
        if isinstance(step, ReadCopy):
            return self._look(step)
        if isinstance(step, Put):
            return self._put(step)
        if isinstance(step, Base):
            return self._base(step.generation)
        return self._commit(step)

    def label(self, name: str) -> str:
        """Return a copy's short name for messages."""
        return self._labels.get(name) or name_of(name)

    def _base(self, generation: int) -> Based | None:
        found = self.store.base(generation) if generation else None
        if found is None:
            return None
        return Based(with_rows_of(found, self._rows), self.store.mark(generation))

    def _commit(self, step: Commit) -> int:
        self._run = self.store.commit(self._run, step.change)
        self.commits += 1
        return self._run

    def _look(self, step: ReadCopy) -> Seen | Away:
        try:
            held = self._imagined.get(step.name) or self._displaced.get(step.name)
            if held is not None:
                return self._seen(step.name, held)
            workbook = self._workbook(step.name)
            if step.known and (now := workbook.unchanged(Revision(step.known))):
                return self._unread(workbook, now)
            self.tell(f"reading {self.label(step.name)}")
            taken = self._take(workbook)
        except SheetRecordError as error:
            return Away(step.name, self._why(step.name, error))
        except OSError as error:
            return Away(step.name, f"it cannot be reached ({error.strerror}); nothing was changed.")
        odd = self._foreign(taken) or misheaded(taken.side)
        return Away(step.name, odd) if odd else self._seen(step.name, taken)

    def _foreign(self, taken: CopyContent) -> str:
        """Say that a copy belongs to another record; empty for one of ours or without a stamp."""
        found = [stamp.record for stamp in taken.marks.candidates]
        if not found:
            return self._unstamped(taken)
        if self.record in found:
            return ""
        why = f"it belongs to another record ({found[0]}, not {self.record})."
        return f"{why} Check that this is the right file."

    def _unstamped(self, taken: CopyContent) -> str:
        """Say that a copy without a stamp looks like another firm's; empty when it may join."""
        name = taken.workbook.address
        if name in self.first or not has_words(self._rows):
            return ""
        found = shared(taken.side, self._rows)
        if found.strange and not self.allow_stranger:
            return stranger_words(found, self.record)
        if found.rows:
            self.remarks[name] = joined_words(found, self.record)
        return ""

    def _workbook(self, name: str) -> Workbook:
        """Return a copy's workbook. Raises CannotRead when nobody reads its kind."""
        if name not in self._workbooks:
            workbook = self._workbooks[name] = open_workbook(name)
            if isinstance(workbook, Shared):
                workbook.share(self._readings)
        return self._workbooks[name]

    def _unread(self, workbook: Workbook, now: Revision) -> Seen:
        """Return a copy whose content is known: so is its stamp."""
        name, owner = workbook.address, workbook.owner()
        known = self._copies.get(name)
        generation = known.generation if known else 0
        return Seen(name, now.digest, generation, None, owner, now.size, now.version)

    def _take(self, workbook: Workbook) -> CopyContent:
        name = workbook.address
        held = self._taken.get(name)
        # Identical content may have been saved again: what is told of it is of now.
        now = workbook.unchanged(held.reading.revision) if held else None
        if held is None or now is None:
            held = take(workbook, self.today)
        else:
            held = held._replace(reading=held.reading._replace(revision=now))
        self._taken[name] = held
        return held

    def _seen(self, name: str, taken: CopyContent) -> Seen:
        self._taken[name] = taken
        self.first.setdefault(name, taken)
        revision = taken.reading.revision
        owner = taken.workbook.owner()
        stamp = self._stamp(name, taken)
        numbers = revision.size, revision.version
        mark = stamp.mark or (NO_NUMBER if stamp.record and not stamp.generation else "")
        return Seen(name, taken.digest, stamp.generation, taken.side, owner, *numbers, mark)

    def _stamp(self, name: str, taken: CopyContent) -> Stamp:
        """Return the stamp that a copy carries; with two of them, the fitting one."""
        found = [one for one in taken.marks.candidates if one.record == self.record]
        doubt = taken.marks.doubt if found and taken.side.live else ""
        if doubt:
            self.remarks[name] = doubt
        if len(found) < 2:
            return found[0] if found else Stamp()
        fits = {one: self._fit(one, taken.side) for one in found}
        return max(fits, key=lambda stamp: fits[stamp])

    def _fit(self, stamp: Stamp, side: Side) -> int:
        """Return how many cells of a generation a copy still shows; -1 for an unknown one."""
        known = self.store.base(stamp.generation)
        if known is None or self.store.mark(stamp.generation) != stamp.mark:
            return -1
        count = 0
        for sheet, rows in known.rows.items():
            places = side.present(sheet)
            for row_id, cells in rows.items():
                row = places.get(row_id, 0)
                count += sum(bool(row) and side.raw(sheet, row, k) == v for k, v in cells.items())
        return count

    def _put(self, step: Put) -> Seen | SavedMeanwhile | Away:
        name = step.seen.name
        taken = self._taken.get(name)
        if taken is None or taken.digest != step.seen.digest:
            return SavedMeanwhile(name)
        stamp = Stamp(self.record, step.generation, self.store.mark(step.generation))
        order = CopyWrite(step.plan, stamp, step.lines, step.last_deal, step.kept)
        self.tell(f"writing {self.label(name)}")
        try:
            displaced: tuple[WorkbookReading, ...] = ()
            if self.only_plan:
                after = self._imagined[name] = imagined(taken, order, self.label, self.today)
            else:
                after, displaced = put(taken, order, self.label, self.today)
        except ChangedElsewhere as error:
            kept = str(error.kept).split(", ") if error.kept else ()
            return SavedMeanwhile(name, tuple(kept))
        except SheetRecordError as error:
            return Away(name, self._why(name, error))
        self.written[name] = (*self.written.get(name, ()), *step.plan)
        if all(isinstance(edit, SetValue) and not edit.at.row_id for edit in self.written[name]):
            self.first[name] = after  # nothing but the ids of its rows: what it says is its own
        return self._seen(name, after)._replace(kept=self._kept(taken.workbook, displaced))

    def _kept(self, workbook: Workbook, displaced: Sequence[WorkbookReading]) -> tuple[str, ...]:
        """Return names for saves that a write displaced; a look at one shows what it said."""
        names = []
        for reading in displaced:
            name = f"{workbook.address}#{reading.revision.digest[:_SHORT]}"
            with suppress(SheetRecordError):  # what is no record had nothing to lose
                self._displaced[name] = understand(workbook, reading, self.today)
                names.append(name)
        return tuple(names)

    def recovered(self, name: str) -> tuple[str, ...]:
        """Settle what a run that died left at a copy; return names for saves that it displaced.

        Raises a SheetRecordError when it cannot be reached.
        """
        workbook = self._workbook(name)
        return self._kept(workbook, workbook.recover())

    def _acknowledge(self) -> None:
        """Tell workbooks which displaced saves are in the record by now."""
        states = self.store.load().copies if self._displaced else {}
        for name, taken in self._displaced.items():
            if name in states and not states[name].note:
                taken.workbook.acknowledge(taken.reading)

    def _why(self, name: str, error: SheetRecordError) -> str:
        """Say why a copy cannot be used, without its address, which is told beside it."""
        if isinstance(error, Locked):
            return f"waiting for {error.owner or 'another program'}"
        if isinstance(error, CannotRead) and error.reason == "missing":
            return missing_words(name, self.record, {*self._labels, *self._copies})
        return f"{error}".removeprefix(f"{name}: ")


def misheaded(side: Side) -> str:
    """Return a message if a header is among the data rows, as after sorting; "" if not.

    Such a sheet is not read: one of its rows is where the header was.
    """
    for sheet, place in side.layout.sheets.items():
        key = SHEETS[sheet].columns[0].key
        names = headers.folded_for(sheet, key, side.layout.language)
        for text, row in side.present(sheet).items():
            if headers.plain(text) in names:
                where = f"row {row}" if row else "several rows"
                return (
                    f"{place.title}: its header stands in {where}, among the data, as after "
                    "sorting it with them. Move it back above them."
                )
    return ""
