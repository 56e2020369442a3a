"""A workbook that a program has open in openpyxl: read and changed in its memory, saved by nobody.

openpyxl is asked for the workbook's bytes, these are patched, and what openpyxl reads in the result
takes the place of what was open: so an edit means here what it means in a file. The workbook and
its sheets stay the same objects; cells that were taken from them before are of the past.

openpyxl holds formulas without their results. Those of what was written here are remembered, as a
file has them: a formula keeps its result until something that it depends on is another.
"""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from sheetrecord.formats.notes import read_notes
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import CannotRead, ChangedElsewhere
from sheetrecord.workbooks.ooxml import Drawing, Drawn, book_from, bytes_of
from sheetrecord.workbooks.port import (
    ALL,
    Notes,
    Revision,
    Sibling,
    Stamp,
    WorkbookReading,
    Written,
)
from sheetrecord.workbooks.results import brought_up_to, with_results
from sheetrecord.workbooks.told import revision_of

_DRAWN = ("_charts", "_images")
"""What openpyxl draws on a sheet: kept as it is, for reading it back may change it."""


class OpenpyxlBook:
    """An open openpyxl workbook, as `sheetrecord.open` takes it."""

    abilities = ALL

    def __init__(self, book: Workbook, label: str = "the open workbook") -> None:
        self.address, self.label = f"openpyxl:{label}", label
        self._book = book
        self._drawn = Drawing(self.address, _bytes)
        self._known: bytes | None = None

    def version(self) -> int:
        """Return 0: openpyxl counts no changes."""
        return 0

    def unchanged(self, known: Revision) -> Revision | None:
        """Compare all that it says."""
        found = self.read().revision
        return found if found.digest == known.digest else None

    def read(self) -> WorkbookReading:
        """Read what is open. Raises CannotRead when openpyxl cannot say it."""
        data = self._saved()
        book = self._calculated(book_from(data, self.address))
        return WorkbookReading(revision_of(book), book, data)

    def preview(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> WorkbookReading:
        """Patch the bytes that were read. Raises CannotPatch."""
        after = self._drawn.preview(reading, edits, stamp)
        if after is reading:
            return reading
        book = with_results(after.book, book_from(self._file_of(after), self.address))
        return after._replace(revision=revision_of(book), book=book)

    def write(
        self, reading: WorkbookReading, edits: Sequence[Edit], stamp: Stamp | None = None
    ) -> Written:
        """Change what is open. Raises ChangedElsewhere when it is not what was read."""
        after = self.preview(reading, edits, stamp)
        if not isinstance(after.held, Drawn):
            return Written(reading)
        self._changed(reading)
        known = self._file_of(after)
        _put(self._book, _loaded(after.held.data))
        self._known = known
        self._drawn.forget()
        return Written(self.read()._replace(remarks=after.remarks))

    def notes(self, reading: WorkbookReading) -> Notes:
        """Return the notes and conversations of its cells."""
        return read_notes(self.image(reading), self.address)

    def image(self, reading: WorkbookReading) -> bytes:
        """Return the bytes that were read."""
        return bytes_of(reading, _bytes)

    def restore(self, reading: WorkbookReading, image: bytes) -> Written:
        """Put bytes in place of those that were read. Raises ChangedElsewhere."""
        self._changed(reading)
        _put(self._book, _loaded(image))
        self._known = image
        return Written(self.read())

    def acknowledge(self, displaced: WorkbookReading) -> None:
        """Do nothing: nothing is displaced."""

    def _changed(self, reading: WorkbookReading) -> None:
        if self.unchanged(reading.revision) is None:
            raise ChangedElsewhere(self.address)

    def owner(self) -> str:
        """Return nobody: the program that asks has it open itself."""
        return ""

    def recover(self) -> Sequence[WorkbookReading]:
        """Return nothing: what is in memory ends with the run."""
        return ()

    def siblings(self, *, named: bool = False) -> Sequence[Sibling]:  # noqa: ARG002
        """Return nothing."""
        return ()

    def _calculated(self, book: Book) -> Book:
        """Return what is open with the results that are known of it."""
        known = self._known and brought_up_to(self._known, book, self.address)
        self._known = known or None
        return with_results(book, book_from(known, self.address)) if known else book

    def _file_of(self, after: WorkbookReading) -> bytes:
        """Return a file that says what a preview says, with all results that are known."""
        alone = bytes_of(after, _bytes)
        written = book_from(alone, self.address)
        return (self._known and brought_up_to(self._known, written, self.address)) or alone

    def _saved(self) -> bytes:
        out, saved = BytesIO(), self._book.properties.modified
        try:
            self._book.save(out)
        except (ValueError, TypeError, AttributeError, OSError) as error:
            why = f"openpyxl cannot save it ({error})."
            raise CannotRead(self.address, why, "Save it once in your program.") from error
        finally:
            self._book.properties.modified = saved  # reading changes nothing
        return out.getvalue()


def _bytes(reading: WorkbookReading) -> bytes:
    if not isinstance(reading.held, bytes):
        raise TypeError(reading.held)
    return reading.held


def _loaded(data: bytes) -> Workbook:
    """Return a workbook as openpyxl reads it.

    Its macros are kept where there are any: openpyxl saves what it loads so as one with macros,
    which Excel does not open under the name of one without.
    """
    with ZipFile(BytesIO(data)) as package:
        macros = any(name.lower().endswith("vbaproject.bin") for name in package.namelist())
    return load_workbook(BytesIO(data), keep_vba=macros, rich_text=True)


def _put(book: Workbook, new: Workbook) -> None:
    """Let an open workbook hold what another one holds, in the same objects; all or nothing."""
    sheets: dict[str, object] = {sheet.title: sheet for sheet in book._sheets}  # noqa: SLF001
    held = []
    became: list[tuple[object, dict[str, object]]] = []
    for sheet in new._sheets:  # noqa: SLF001
        one = sheets.get(sheet.title, sheet)
        if type(one) is not type(sheet):
            one = sheet
        drawn = {name: vars(one)[name] for name in _DRAWN if name in vars(one)}
        _own(sheet, one)
        became.append((one, vars(sheet) | drawn | {"_WorkbookChild__parent": book}))
        held.append(one)
    became.append((book, vars(new) | {"_sheets": held}))
    before = [(one, dict(vars(one))) for one, _ in became]
    macros = book.vba_archive
    try:
        _become(became)
    except BaseException:  # stopped by somebody: what was open is as it was
        _become(before)
        raise
    if macros is not None:
        macros.close()


def _become(objects: list[tuple[object, dict[str, object]]]) -> None:
    """Let each object hold these attributes and no others."""
    for one, attributes in objects:
        now = vars(one)
        now.update(attributes)
        for name in now.keys() - attributes.keys():
            del now[name]


def _own(sheet: object, owner: object) -> None:
    """Tell a sheet's cells, rows and columns that they belong to another one."""
    for cell in getattr(sheet, "_cells", {}).values():
        cell.parent = owner
    for held in (getattr(sheet, "row_dimensions", {}), getattr(sheet, "column_dimensions", {})):
        if hasattr(held, "worksheet"):
            held.worksheet = owner
        for one in held.values():
            one.parent = owner
