"""The generation stamp of a workbook: which record it is a copy of, and which version of it.

It stands twice: as custom document properties (ECMA-376 part 1 section 22.3) and in the cells of a
hidden sheet. Some programs drop the properties, and a sheet may be copied into another workbook;
where the two disagree, that is known and said.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.formats.stamp_names import GENERATION, MARK, RECORD, SHEET
from sheetrecord.model.book import Book
from sheetrecord.model.cell_edits import AddSheet, Edit, PutCell, PutProperty
from sheetrecord.model.stamp import Stamp
from sheetrecord.model.value import Plain, shown

__all__ = [
    "GENERATION",
    "MARK",
    "RECORD",
    "SHEET",
    "Stamp",
    "WorkbookStamps",
    "lines_of",
    "read_marks",
    "stamp_edits",
    "stamp_of",
]

_LETTER: Final = "h"
"""What stands before a mark, or programs would take some of them for numbers."""


class WorkbookStamps(NamedTuple):
    """The two stamps of a workbook, in document properties and in a hidden sheet."""

    told: Stamp
    """The one of the document properties."""
    hidden: Stamp
    """The one of the hidden sheet."""

    @property
    def stamp(self) -> Stamp:
        """The stamp to use: the properties' one, unless it is lost."""
        return self.told if self.told.record else self.hidden

    @property
    def candidates(self) -> tuple[Stamp, ...]:
        """Every distinct stamp in the workbook."""
        found = (mark for mark in (self.told, self.hidden) if mark.record)
        return tuple(dict.fromkeys(found))

    @property
    def doubt(self) -> str:
        """Why the stamp is uncertain; empty when both places agree."""
        if self.told == self.hidden:
            return ""
        if self.told.record and self.hidden.record:
            return (
                "its two stamps disagree, as after sheets were copied into another workbook; "
                "what it holds decides which one counts"
            )
        lost = "document properties" if self.hidden.record else "hidden sheet"
        return f"the stamp in its {lost} was lost; the other one counts"


def read_marks(book: Book) -> WorkbookStamps:
    """Return the stamps of a workbook; a damaged one counts as none."""
    return WorkbookStamps(_told(book), _hidden(book))


def stamp_of(book: Book) -> Stamp:
    """Return what `WorkbookStamps.stamp` is; no sheet is looked at unless the other one is lost."""
    told = _told(book)
    return told if told.record else _hidden(book)


def _told(book: Book) -> Stamp:
    return _stamp(*(book.properties.get(name, "") for name in (RECORD, GENERATION, MARK)))


def _hidden(book: Book) -> Stamp:
    if SHEET not in book.sheets:
        return Stamp()
    sheet = book.sheets[SHEET]
    names, values = sheet.column(1), sheet.column(2)
    found = dict(zip(values.rows, values.values, strict=False))
    said = {
        str(shown(name)): shown(found.get(row))
        for row, name in zip(names.rows, names.values, strict=False)
    }
    return _stamp(said.get(RECORD), said.get(GENERATION), said.get(MARK))


def _stamp(record: object, generation: object, mark: object) -> Stamp:
    if not isinstance(record, str) or not record.strip():
        return Stamp()
    number = str(generation).removesuffix(".0")  # some programs make every number a decimal one
    told = mark.strip().removeprefix(_LETTER) if isinstance(mark, str) else ""
    return Stamp(record.strip(), int(number) if number.isdecimal() else 0, told)


def stamp_edits(stamp: Stamp, book: Book) -> Iterator[Edit]:
    """Yield the edits that write a stamp to both places of a workbook."""
    yield PutProperty(RECORD, stamp.record)
    yield PutProperty(GENERATION, stamp.generation)
    if stamp.mark:
        yield PutProperty(MARK, _LETTER + stamp.mark)
    rows = lines_of(stamp)
    if SHEET not in book.sheets:
        yield AddSheet(SHEET, rows=rows, hidden=True)
        return
    for number, (name, value) in enumerate(rows, start=1):
        yield PutCell(SHEET, number, 1, name)
        yield PutCell(SHEET, number, 2, value)


def lines_of(stamp: Stamp) -> tuple[tuple[str, Plain], ...]:
    """Return the rows of the hidden sheet: a name and its value each."""
    found = ((RECORD, stamp.record), (GENERATION, stamp.generation))
    return (*found, (MARK, _LETTER + stamp.mark)) if stamp.mark else found
