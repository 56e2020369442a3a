"""A workbook that is open in a program: read as a copy of it, written where its user sees it.

How the program is reached is a desk. What is read is all that is typed at that moment, unsaved
edits included; nothing is ever saved: that is the user's.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, NoReturn, Protocol

from sheetrecord.formats.notes import read_notes
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit, PutCell, PutColumn, PutNote, PutProperty, in_order
from sheetrecord.model.errors import CannotPatch, CannotWrite, ChangedElsewhere
from sheetrecord.model.problem import column_letters
from sheetrecord.workbooks.live.readback import differing_cell
from sheetrecord.workbooks.live.wire import NotCarried, Wire, wired
from sheetrecord.workbooks.ooxml import Drawing, Drawn, book_from, bytes_of
from sheetrecord.workbooks.port import (
    ALL,
    NOTES,
    PROPERTIES,
    Notes,
    Revision,
    Sibling,
    Stamp,
    WorkbookReading,
    Written,
    stamp_edits,
)
from sheetrecord.workbooks.told import revision_of

_NEEDS: Final = ((NOTES, PutNote), (PROPERTIES, PutProperty), (PROPERTIES, PutColumn))
"""Which edits are left out where a program does not hold what they are about."""


class DeskRefusal(Exception):
    """What a desk refuses: a code, and what it is about."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code, about)
        self.code, self.about = code, about


class Desk(Protocol):
    """One open document, however it is reached. A state is a digest of all that is typed."""

    @property
    def name(self) -> str:
        """Where the document is saved; of one that never was, its title."""

    @property
    def label(self) -> str:
        """What the window is called."""

    def state(self) -> str:
        """Return the state of now."""

    def copy(self) -> tuple[bytes, str]:
        """Return the document as the bytes of a file, and its state."""

    def write(self, known: str, edits: Sequence[Wire]) -> tuple[bytes, str]:
        """Write all or nothing, if the state is the known one; return what stands then.

        Raises DeskRefusal.
        """

    def take_back(self, known: str) -> bool:
        """Take back the last write, if the state is the known one."""

    def recover(self) -> bool:
        """Take back what a run has left that died while it wrote."""


class _HeldCopy(NamedTuple):
    """The document as a file's bytes, and the state it was in."""

    data: bytes
    state: str


class ProgramBook:
    """A workbook that is open in a program, which is reached through a desk.

    ``scheme`` is what stands before its name in addresses, ``program`` what people call the
    program.
    """

    scheme = "live:"
    program = "Excel"
    abilities = ALL
    alone = False
    """Whether nobody can type while it is written."""

    def __init__(self, desk: Desk) -> None:
        self.address, self.label = f"{self.scheme}{desk.name}", desk.label
        self._desk = desk
        self._drawn = Drawing(self.address, _bytes)

    def version(self) -> int:
        """Return a number made of all that is typed; a look that is only another is not seen."""
        return _number(self._desk.state())

    def unchanged(self, known: Revision) -> Revision | None:
        """Compare all that it says."""
        found = self.read().revision
        return found if found.digest == known.digest else None

    def read(self) -> WorkbookReading:
        """Read what is open. Raises CannotRead and Locked."""
        return self._reading(*self._desk.copy())

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        """Patch the copy that was read. Raises CannotPatch."""
        after = self._drawn.preview(reading, self._todo(reading, edits, stamp), None)
        return after if after is reading else after._replace(revision=revision_of(after.book))

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        """Write into what is open. Raises ChangedElsewhere, CannotPatch, CannotWrite, Locked."""
        after = self.preview(reading, edits, stamp)
        if not isinstance(after.held, Drawn):
            return Written(reading)
        self._drawn.forget()
        orders = self._orders(reading, after.held.edits)
        try:
            data, state = self._desk.write(_held(reading).state, orders)
        except DeskRefusal as refusal:
            self._refuse(refusal)
        now = self._reading(data, state)
        if place := differing_cell(after.book, now.book):
            self._desk.take_back(state)
            if not self.alone and not _is_of(place, after.held.edits):
                raise ChangedElsewhere(self.address)
            why = f"{self.program} makes something else of what is to be in {place}."
            raise CannotPatch(self.address, why)
        return Written(now._replace(remarks=after.remarks))

    def notes(self, reading: WorkbookReading) -> Notes:
        """Return the notes of its cells."""
        return read_notes(bytes_of(reading, _bytes), self.address)

    def image(self, reading: WorkbookReading) -> bytes:
        """Return the copy that was read, as a workbook file."""
        return bytes_of(reading, _bytes)

    def restore(self, reading: WorkbookReading, image: bytes) -> Written:  # noqa: ARG002 - as the port
        """Refuse: a program lets nobody put a whole workbook in the place of an open one."""
        why = "an open workbook is not put back whole."
        do = "Take it back there, or close it without saving and run this on the file."
        raise CannotWrite(self.address, why, do)

    def acknowledge(self, displaced: WorkbookReading) -> None:
        """Do nothing: nothing is displaced."""

    def owner(self) -> str:
        """Return nobody: who has it open is who asks."""
        return ""

    def recover(self) -> Sequence[WorkbookReading]:
        """Take back what a run that died had written of its edits."""
        self._desk.recover()
        return ()

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:  # noqa: ARG002 - as the port
        """Return nothing."""
        return ()

    def _orders(self, reading: WorkbookReading, edits: Sequence[Edit]) -> list[Wire]:
        steps = Drawing(self.address, _bytes)

        def after(count: int) -> Book:
            return steps.preview(reading, edits[:count], None).book

        try:
            return wired(edits, after)
        except NotCarried as error:
            why = "drop-downs of an open workbook are not changed."
            do = "Save it, close it and run this on the file."
            raise CannotPatch(self.address, why, do) from error

    def _refuse(self, refusal: DeskRefusal) -> NoReturn:
        """Say in words what the desk refuses."""
        if refusal.code == "changed":
            raise ChangedElsewhere(self.address) from refusal
        if refusal.code == "password":
            why = f'the sheet "{refusal.about}" is protected with a password.'
            raise CannotWrite(self.address, why, "Take the protection away, then run this again.")
        why = f'there is no sheet "{refusal.about}".'
        if refusal.code != "no sheet":
            why = f"{self.program} refuses it ({refusal.about or refusal.code})."
        raise CannotPatch(self.address, why) from refusal

    def understood(self, data: bytes) -> tuple[bytes, Book]:
        """Return a copy's bytes and its book. Raises CannotRead."""
        return data, book_from(data, self.address)

    def _reading(self, data: bytes, state: str) -> WorkbookReading:
        data, book = self.understood(data)
        # the size of a copy says nothing: two copies of one state differ in their times
        return WorkbookReading(revision_of(book, _number(state)), book, _HeldCopy(data, state))

    def _todo(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None
    ) -> Sequence[Edit]:
        """Return the edits with those of a stamp, without those that the program does not hold."""
        todo = in_order([*edits, *stamp_edits(stamp, reading.book)]) if stamp else edits
        lacks = tuple(kind for ability, kind in _NEEDS if ability not in self.abilities)
        return [edit for edit in todo if not isinstance(edit, lacks)] if lacks else todo


def _is_of(place: str, edits: Sequence[Edit]) -> bool:
    """Tell whether an edit writes into a cell."""
    cells = (edit for edit in edits if isinstance(edit, PutCell))
    return place in {f"{one.sheet}!{column_letters(one.column)}{one.row}" for one in cells}


def _number(state: str) -> int:
    return int(state[:15], 16)


def _held(reading: WorkbookReading) -> _HeldCopy:
    if not isinstance(reading.held, _HeldCopy):
        raise TypeError(reading.held)
    return reading.held


def _bytes(reading: WorkbookReading) -> bytes:
    return _held(reading).data
