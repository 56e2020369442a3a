"""The generation stamp of a workbook: which record it is a copy of, and which version of it.

It stands twice: as custom document properties (ECMA-376 part 1 section 22.3) and in the cells of a
hidden sheet. Some programs drop the properties, and a sheet may be copied into another workbook;
where the two disagree, that is known and said.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.value import Plain, shown
from sheetrecord.xlsx import AddSheet, Edit, SetCell, SetProperty

RECORD: Final = "sheetrecord_record"
GENERATION: Final = "sheetrecord_generation"
SHEET: Final = "sr_stamp"
"""The hidden sheet; its first column names what stands in the second."""


class Stamp(NamedTuple):
    """A record's id and the generation of the copy; empty and 0 for a copy never stamped."""

    record: str = ""
    generation: int = 0


class Marks(NamedTuple):
    """The two stamps of a workbook."""

    told: Stamp
    """The one of the document properties."""
    hidden: Stamp
    """The one of the hidden sheet."""

    @property
    def stamp(self) -> Stamp:
        """The stamp to go by: the properties' unless they were lost."""
        return self.told if self.told.record else self.hidden

    @property
    def candidates(self) -> tuple[Stamp, ...]:
        """Every stamp that the workbook carries, without repeats."""
        found = (mark for mark in (self.told, self.hidden) if mark.record)
        return tuple(dict.fromkeys(found))

    @property
    def doubt(self) -> str:
        """Why the stamp is not certain, in words; empty when both places agree."""
        if self.told == self.hidden:
            return ""
        if self.told.record and self.hidden.record:
            return (
                "its two stamps disagree, as after sheets were copied into another workbook; "
                "what it holds decides which one counts"
            )
        lost = "document properties" if self.hidden.record else "hidden sheet"
        return f"the stamp in its {lost} was lost; the other one counts"


def read_marks(book: Book) -> Marks:
    """Return the stamps that a workbook carries; a spoilt one counts as none."""
    told = book.properties
    return Marks(_stamp(told.get(RECORD, ""), told.get(GENERATION, "")), _hidden(book))


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
    return _stamp(said.get(RECORD), said.get(GENERATION))


def _stamp(record: object, generation: object) -> Stamp:
    if not isinstance(record, str) or not record.strip():
        return Stamp()
    number = str(generation).removesuffix(".0")  # some programs make every number a decimal one
    return Stamp(record.strip(), int(number) if number.isdecimal() else 0)


def stamp_edits(stamp: Stamp, book: Book) -> Iterator[Edit]:
    """Yield the edits that put a stamp into both places of a workbook."""
    yield SetProperty(RECORD, stamp.record)
    yield SetProperty(GENERATION, stamp.generation)
    rows: tuple[tuple[str, Plain], ...] = ((RECORD, stamp.record), (GENERATION, stamp.generation))
    if SHEET not in book.sheets:
        yield AddSheet(SHEET, rows=rows, hidden=True)
        return
    for number, (name, value) in enumerate(rows, start=1):
        yield SetCell(SHEET, f"A{number}", name)
        yield SetCell(SHEET, f"B{number}", value)


def stamp_sheet(stamp: Stamp) -> Sheet:
    """Return the stamp as a sheet, for formats that keep no properties."""
    rows = (1, 2)
    names = Cells(rows, (RECORD, GENERATION))
    return Sheet(
        SHEET, {1: names, 2: Cells(rows, (stamp.record, stamp.generation))}, state="hidden"
    )
