"""A Google spreadsheet behind the port: read in one request, written in one atomic batch.

Google has no compare-and-swap on cells. So a write copies aside, in the very batch, what it is
about to overwrite, and compares that afterwards with what was read: what somebody typed in between
is one more save, and rows that had moved are put back (`judge`, `withdraw`).
"""

import secrets
from collections.abc import Mapping, Sequence

from sheetrecord.formats.stamp import read_marks, stamp_edits
from sheetrecord.model.cell_edits import Edit, in_order
from sheetrecord.model.errors import CannotRead, ChangedElsewhere, SheetRecordError
from sheetrecord.workbooks import moments
from sheetrecord.workbooks.google import snapshots
from sheetrecord.workbooks.google.draft import Draft
from sheetrecord.workbooks.google.judge import displaced_save
from sheetrecord.workbooks.google.links import HEAD, key_of, plain_address
from sheetrecord.workbooks.google.model import Spreadsheet, book_of, digest_of, without_results
from sheetrecord.workbooks.google.service import FileVersion, GoogleService
from sheetrecord.workbooks.google.values import Json
from sheetrecord.workbooks.google.writing import (
    BatchTooLarge,
    Part,
    WriteOutcome,
    Writer,
    judged,
    to_take_back,
    unsettled,
)
from sheetrecord.workbooks.port import (
    ALL,
    Book,
    Notes,
    Revision,
    Sibling,
    Stamp,
    WorkbookReading,
    Written,
)


class GoogleSheet:
    """A spreadsheet by its key (``gsheet:KEY``) or by the link that a browser shows."""

    abilities = ALL

    def __init__(self, address: str, settings: Mapping[str, object] | None = None) -> None:  # noqa: ARG002 - as all adapters
        self.address = plain_address(address)
        self._service = GoogleService(self.address, _key(address, self.address))
        self._writer = Writer(self._service)
        self._just: WorkbookReading | None = None

    @property
    def label(self) -> str:
        """The address: asking for the title would cost a request."""
        return self.address

    def version(self) -> int:
        """Return Drive's version of the file; 0 when Drive does not say."""
        return self._service.version().number

    def unchanged(self, known: Revision) -> Revision | None:
        """Ask Drive for the version, and read only when that does not settle it."""
        found = moments.taken(self.address)
        if found is None:
            version = self._service.version()
            if known.version and version == FileVersion(known.version, settled=True):
                return known
            found = self._read(version)
        if found.revision.digest == known.digest:
            moments.keep(self.address, found)  # who goes on with it need not ask again
            return found.revision
        self._just = found
        return None

    def still(self, known: Revision) -> bool:
        """Tell whether it is what is known; what had to be read for that is kept for the work."""
        found = moments.shown(self.address)
        if found is None:
            version = self._service.version()
            if version == FileVersion(known.version, settled=True):
                return True
            found = self._read(version)
            moments.keep(self.address, found)
        return found.revision == known

    def read(self) -> WorkbookReading:
        """Read all of it. Raises CannotRead, Locked and Unreachable."""
        just, self._just = self._just, None  # what `unchanged` had to read is of this moment
        return just or moments.taken(self.address) or self._read(self._service.version())

    def _read(self, version: FileVersion) -> WorkbookReading:
        sheet = self._service.read()
        return _reading(sheet, version.number)

    def look(self) -> WorkbookReading:
        """Return what stands there, as it was read in this moment already, or read now."""
        found = moments.shown(self.address)
        if found is None:
            found = self._read(self._service.version())
            moments.keep(self.address, found)
        return found

    def glance(self) -> Book:
        """Look at it."""
        return self.look().book

    def records(self) -> tuple[str, ...]:
        """Read its stamps; nothing when that is refused."""
        try:
            reading = self.look()
        except SheetRecordError:
            return ()
        return tuple(one.record for one in read_marks(reading.book).candidates)

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        """Carry out the edits on what was read. Raises CannotPatch."""
        todo = _todo(reading, edits, stamp)
        if not todo:
            return reading
        after = Draft(_held(reading)).apply(todo).after
        after.tabs = [without_results(tab) for tab in after.tabs]
        return _reading(after, 0)._replace(remarks=reading.remarks)

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        """Send the edits as one batch; more than Google takes at once in several, each whole."""
        todo = _todo(reading, edits, stamp)
        if not todo:
            return Written(reading)
        self._just = None
        moments.taken(self.address)
        start = self._still(reading)
        outcomes = self._parts(start, todo)
        if not outcomes:
            return Written(reading)
        saves = (self._displaced(one) for one in outcomes if one.verdict.displaced)
        return Written(_reading(outcomes[-1].stands, 0), tuple(saves))

    def _parts(self, start: Spreadsheet, todo: Sequence[Edit]) -> list[WriteOutcome]:
        try:
            found = self._writer.write(start, todo)
        except BatchTooLarge:
            return self._series(start, todo)
        return [] if found is None else [found]

    def _series(self, start: Spreadsheet, todo: Sequence[Edit]) -> list[WriteOutcome]:
        """Write in parts, which are taken back together unless the last one is written too."""
        series, parts = secrets.token_hex(4), [todo]
        outcomes: list[WriteOutcome] = []
        try:
            while parts:
                part = parts.pop(0)
                before = outcomes[-1].stands if outcomes else start
                try:
                    found = self._writer.write(before, part, Part(series, ends=not parts))
                except BatchTooLarge:
                    parts[:0] = part[: len(part) // 2], part[len(part) // 2 :]
                    continue
                outcomes += [] if found is None else [found]
        except SheetRecordError:
            if outcomes:
                self._writer.mended(self._service.read())
            raise
        return outcomes

    def _still(self, reading: WorkbookReading) -> Spreadsheet:
        """Return what was read if it still stands, as far as that can be seen beforehand."""
        known = reading.revision
        held = _held(reading)
        if known.version and self._service.version().number == known.version:
            found = held
        elif known.version or not held.ours:
            found = self._service.read()
            if digest_of(found) != known.digest:
                raise ChangedElsewhere(self.address)
        else:  # it is ours, of a moment ago; what came since is caught by the write itself
            found = held
        if to_take_back(found):
            self._writer.mended(found)
            raise ChangedElsewhere(self.address)
        return found

    def _displaced(self, outcome: WriteOutcome) -> WorkbookReading:
        save = displaced_save(outcome.note, outcome.verdict, outcome.stands)
        return _reading(save, 0)._replace(held=outcome.note.number)

    def acknowledge(self, displaced: WorkbookReading) -> None:
        """Delete what a write kept aside: it is in the record now."""
        if isinstance(displaced.held, int):
            self._writer.forget([displaced.held])

    def recover(self) -> Sequence[WorkbookReading]:
        """Take back a write that hit the wrong rows, and return what writes displaced."""
        sheet = _held(self.look())
        if to_take_back(sheet):
            moments.taken(self.address)
            sheet = self._writer.mended(self._service.read())
        waiting = unsettled(sheet)
        outcomes = [WriteOutcome(sheet, note, judged(note, sheet)) for note in waiting]
        return [self._displaced(one) for one in outcomes if one.verdict.displaced]

    def notes(self, reading: WorkbookReading) -> Notes:
        """Return the notes of its cells; comments are not read."""
        tabs = _held(reading).tabs
        texts = {(tab.title, *spot): text for tab in tabs for spot, text in tab.notes.items()}
        return Notes(texts, frozenset())

    def image(self, reading: WorkbookReading) -> bytes:
        """Return all that was read: cells, notes, names and metadata."""
        return snapshots.packed(_held(reading))

    def restore(self, reading: WorkbookReading, image: bytes) -> Written:
        """Let cells, notes, names and metadata be what they were; formats stay as they are."""
        edits = snapshots.differences(_held(reading), snapshots.unpacked(image, self.address))
        return self.write(reading, edits)

    def open_to(self) -> str | None:
        """Ask Drive with whom it is shared."""
        return self._service.open_to()

    def tidy(self) -> None:
        """Delete every tab that writes keep aside."""
        self._writer.tidy()

    def dress(self, requests: Sequence[Json]) -> None:
        """Send requests about looks and lists, which may be sent again without harm."""
        self._writer.dress(requests)

    def owner(self) -> str:
        """Return nobody: Google does not say who has it open, and nobody needs to close it."""
        return ""

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:  # noqa: ARG002
        """Return nothing."""
        return ()


def _key(address: str, plain: str) -> str:
    key = key_of(plain)
    if not key:
        why = "this is no address of a Google spreadsheet."
        do = f"Copy its link from the browser, or write {HEAD} and the part between /d/ and /edit."
        raise CannotRead(address, why, do, "missing")
    return key


def _reading(sheet: Spreadsheet, version: int) -> WorkbookReading:
    return WorkbookReading(Revision(digest_of(sheet), version), book_of(sheet), sheet)


def _held(reading: WorkbookReading) -> Spreadsheet:
    if not isinstance(reading.held, Spreadsheet):
        raise TypeError(reading.held)
    return reading.held


def _todo(reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None) -> list[Edit]:
    if stamp is None:
        return list(edits)
    return in_order([*edits, *stamp_edits(stamp, reading.book)])
