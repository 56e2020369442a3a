"""What a kind of workbook has to do: the protocol that every adapter fulfils, and its laws.

An adapter is a class that is called with an address and the tables of the settings file. It is
found by an entry point in the group ``sheetrecord.workbooks``, named by the ending of its files
(``.json``) or by its scheme (``gsheet`` for ``gsheet:KEY``). Nothing above knows kinds of
workbooks: whatever a command does with a record, it does through these methods.

Laws, which the contract suite asks of every adapter:

1. All or nothing. After an error nothing of ours stands; after a death at any moment a read shows
   the old content or the new one, whole, at the latest when `recover` was called. Where a death
   takes the workbook with it (memory), the same holds for an interrupt.
2. Only what was named. Every cell, format, formula, chart, name and column that no edit names is
   as before.
3. Known stale is refused. If what stands differs from the reading and that can be seen before
   writing: `ChangedElsewhere`.
4. Nobody's save is destroyed. What a write displaced and the reading did not hold is returned as
   ``displaced``, or stands again, or is a sibling; where the adapter is durable it is still there
   after a kill, until it is acknowledged.
5. A row that moved is not written: edits are of the reading, and what moved since is stale.
6. An answer may be lost. The same write again gives `ChangedElsewhere` or the same result; no row
   twice.
7. Read back. Written cells in ``Written.reading`` were read after the write, never computed.
8. Quiet. Reading writes nothing; a write without edits and stamp writes nothing.
9. Same words. One record in every kind of workbook gives the same problems, at the same
   addresses, as far as a kind can tell texts, numbers and days.
10. A version vouches only for a read made after it was asked.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, runtime_checkable

from sheetrecord.core.annotation import Notes
from sheetrecord.formats.stamp import stamp_edits
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.stamp import Stamp
from sheetrecord.workbooks.siblings import Sibling

if TYPE_CHECKING:
    from sheetrecord.formats.readings import Readings

__all__ = [
    "ALL",
    "FORMULAS",
    "NOTES",
    "PROPERTIES",
    "WRITE",
    "Book",
    "Edit",
    "Kept",
    "Noted",
    "Notes",
    "Quick",
    "Revision",
    "Shared",
    "SharedOutside",
    "Sibling",
    "Stamp",
    "Still",
    "Workbook",
    "WorkbookReading",
    "Written",
    "stamp_edits",
]

WRITE: Final = "write"
NOTES: Final = "notes"
FORMULAS: Final = "formulas"
PROPERTIES: Final = "properties"
ALL: Final = frozenset({WRITE, NOTES, FORMULAS, PROPERTIES})
"""Abilities: it can be written; cells have notes, and formulas; the workbook has properties.

Edits of what a workbook is not able to hold are left out: a note, a property, a name, a width.
"""


class Revision(NamedTuple):
    """What identifies a workbook's content.

    ``digest`` is of what the workbook says (of a file: of its bytes), and decides. ``version`` is
    cheap to ask and differs whenever anybody may have changed something; 0: not known. ``size``
    in bytes, where that means something.
    """

    digest: str
    version: int = 0
    size: int = 0


class WorkbookReading(NamedTuple):
    """A workbook as it was read at one moment.

    ``held`` is the adapter's own, in which nobody else looks. ``remarks`` are sentences for the
    person who asked for edits: that a sheet is protected, say.
    """

    revision: Revision
    book: Book
    held: object = None
    remarks: tuple[str, ...] = ()


class Written(NamedTuple):
    """What stands in a workbook after a write, read back.

    ``displaced`` are saves that the write displaced and that the reading had not seen.
    """

    reading: WorkbookReading
    displaced: tuple[WorkbookReading, ...] = ()


class Workbook(Protocol):
    """One workbook of a record, wherever it stands.

    Errors of all methods: `CannotRead`, `Locked`, `ChangedElsewhere`, `CannotPatch`,
    `CannotWrite` and `Unreachable`, each with what to do.
    """

    @property
    def address(self) -> str:
        """By what the store knows it: an absolute path, ``gsheet:KEY``, ``live:FULLNAME``."""

    @property
    def label(self) -> str:
        """What people call it."""

    @property
    def abilities(self) -> frozenset[str]:
        """What it is able to hold; see `ALL`."""

    def version(self) -> int:
        """Return a number that is another one whenever something may have changed."""

    def unchanged(self, known: Revision) -> Revision | None:
        """Return the revision of now when the content is that of ``known``; None: read it.

        Never says "same" unless that is sure.
        """

    def read(self) -> WorkbookReading:
        """Return what stands there now, as one moment of it."""

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        """Return the reading as `write` would leave it; nothing is written.

        May be asked of a preview again. Raises `CannotPatch` when it cannot be changed safely.
        """

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        """Carry out the edits, in their order, on what was read, and put the stamp; all or nothing.

        ``reading`` is one that `read` or `write` returned. A ``stamp`` says of which generation of
        which record this is a copy (`stamp_edits` puts it); without one the present one stays.
        """

    def acknowledge(self, displaced: WorkbookReading) -> None:
        """Forget a save that was displaced: it is in the record now."""

    def owner(self) -> str:
        """Return who has it open, empty for nobody or when nobody can tell."""

    def recover(self) -> Sequence[WorkbookReading]:
        """Settle what a run that died has left, and return each save it displaced."""

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:
        """Return what stands beside it and may be a further save.

        ``named``: only what its name says to be one.
        """


@runtime_checkable
class Noted(Protocol):
    """What an adapter has whose cells hold notes (`NOTES`)."""

    def notes(self, reading: WorkbookReading) -> Notes:
        """Return the notes that were read."""


@runtime_checkable
class Shared(Protocol):
    """What an adapter has that spares reading what another workbook of the run said already."""

    def share(self, readings: "Readings") -> None:
        """Look among these sheets before one is read, and add those that were."""


@runtime_checkable
class Kept(Protocol):
    """What an adapter has whose workbooks can be kept whole, and put back.

    Without it nothing that needs a copy from before can be done: a migration, a merge elsewhere.
    """

    def image(self, reading: WorkbookReading) -> bytes:
        """Return all of what was read, or previewed, as bytes."""

    def restore(self, reading: WorkbookReading, image: bytes) -> Written:
        """Let the workbook be an image again; errors as `Workbook.write`."""


@runtime_checkable
class Still(Protocol):
    """What an adapter has for which looking costs so much that it should serve the work too.

    What had to be read is kept for what is done in the same `moments.one_moment`.
    """

    def look(self) -> WorkbookReading:
        """Return what stands there, as it was read in this moment already, or read now."""

    def still(self, known: Revision) -> bool:
        """Tell whether it is what is known, to the version; never "yes" unless that is sure."""


@runtime_checkable
class SharedOutside(Protocol):
    """What an adapter has whose workbooks stand where others may be let in."""

    def open_to(self) -> str | None:
        """Return who may open it beside those named one by one; empty: nobody; None: not told."""

    def tidy(self) -> None:
        """Remove all that writes have kept aside: for what is no record, and nobody's save."""


@runtime_checkable
class Quick(Protocol):
    """What an adapter may add so that often asked questions cost less than a `Workbook.read`."""

    def glance(self) -> Book:
        """Return the book for a check: formulas may be patterns, with a NUL for their own row."""

    def records(self) -> tuple[str, ...]:
        """Return the ids of the records that its stamps name; none for what cannot be read."""
