"""Edits for the sheet of conflicts: create it, add lines, and remove it when settled."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sheetrecord.core.annotation import free_title
from sheetrecord.core.merge.conflict_list import (
    FIRST_ROW,
    MARK,
    ConflictLine,
    Listing,
    code_of,
    read_listing,
    texts,
)
from sheetrecord.core.merge.conflict_words import FIELDS, words
from sheetrecord.core.merge.side import Side
from sheetrecord.core.merge.subjects import Subjects
from sheetrecord.formats.edit_locations import DATE_FORMAT
from sheetrecord.formats.fitted import fitted
from sheetrecord.model.book import Range
from sheetrecord.model.cell_edits import AddSheet, DropRows, DropSheet, Edit, PutCell, PutName
from sheetrecord.model.edit import Edit as Change
from sheetrecord.model.sheet_style import ColumnStyle, Head, Look, SheetStyle
from sheetrecord.model.value import Cell

_TIME_FORMAT: Final = "yyyy-mm-dd hh:mm"
_WRAPPED: Final = Look(wrap=True)
_KEEP: Final = Look(bold=True, colour="000000", fill="FFC000", wrap=True)
_WIDTHS: Final = dict(zip(FIELDS, (18, 18, 13, 10, 15, 30, 30, 14, 20, 28, 15, 16), strict=True))
_STYLE: Final = SheetStyle(
    "conflicts",
    tuple(
        ColumnStyle(_WIDTHS[field], _WRAPPED, True, _KEEP if field == "keep" else None)
        for field in FIELDS
    ),
    (
        Head(Look(bold=True, size=14)),
        Head(Look(colour="595959")),
        Head(Look(bold=True, colour="FFFFFF", fill="7F6000", wrap=True)),
    ),
    lines=2,
    tab="7F6000",
    printed=True,
)
"""Keep and whom it is about stand on the first printed page: all columns are as wide as one."""


def style(language: str) -> SheetStyle:
    """Return how the sheet looks in a language."""
    return fitted(_STYLE, head(language)[-1])


def head(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows above the first line."""
    told = words(language)
    return (told["headline"],), (told["about"],), tuple(told[field] for field in FIELDS)


def added(
    lines: Sequence[ConflictLine], side: Side, listing: Listing, plan: Iterable[Change] = ()
) -> Iterator[Edit]:
    """Yield the edits that add conflicts below the last line of the existing list.

    ``plan`` are the edits applied with it, so that lines can name the client of rows that it adds.
    """
    if not lines:
        return
    language = side.layout.language
    name = listing.title or free_title(words(language)["title"], set(side.book.titles))
    columns = listing.columns
    if not listing.title:
        columns = {field: number for number, field in enumerate(FIELDS, start=1)}
        yield AddSheet(name, head(language), style=style(language))
        yield PutName(MARK, Range(name, 1, 1, 1, 1))
    last = max((line.row for line in listing.lines), default=FIRST_ROW - 1)
    subjects = Subjects(side, plan)
    for number, line in enumerate(lines, start=last + 1):
        for field, value in texts(line, side, subjects.of(line.sheet, line.row_id)).items():
            if value is not None and value != "" and field in columns:
                yield _cell(name, columns[field], number, value)


def listed(
    wanted: Sequence[ConflictLine], side: Side, plan: Iterable[Change] = ()
) -> Iterator[Edit]:
    """Yield the edits after which the sheet lists exactly these conflicts of a sync.

    Decisions typed into ``Keep`` stay, and so do the lines of a merge, which no store knows.
    """
    plan = tuple(plan)
    listing, subjects = read_listing(side), Subjects(side, plan)
    left = [line for line in listing.lines if line.whose]
    new = []
    for line in wanted:
        about = _about(line, side)
        held = next((one for one in left if _about(one, side) == about), None)
        if held is None:
            new.append(line)
            continue
        left.remove(held)
        now = line._replace(row=held.row, keep=held.keep)
        yield from _refreshed(listing, (held, now), side, subjects)
    yield from added(new, side, listing, plan)
    if left:
        rest = bool(new) or len(left) < len(listing.lines)
        yield from removed(left, listing.title, rest=rest)


def _about(line: ConflictLine, side: Side) -> tuple[object, ...]:
    theirs = code_of(line.theirs, line, side)
    return line.sheet, line.row_id, line.key, repr(theirs), line.whose


def _refreshed(
    listing: Listing, lines: tuple[ConflictLine, ConflictLine], side: Side, subjects: Subjects
) -> Iterator[Edit]:
    """Yield the cells of a line that say something else now."""
    held, line = lines
    about = subjects.of(line.sheet, line.row_id)
    was, now = (texts(one, side, about) for one in (held, line))
    for field, new in now.items():
        old, blank = was[field], {None, ""}
        if old != new and not (old in blank and new in blank) and field in listing.columns:
            yield _cell(listing.title, listing.columns[field], held.row, new)


def _cell(title: str, column: int, row: int, value: Cell) -> PutCell:
    """Return the edit of one cell of the sheet."""
    form = None
    if isinstance(value, dt.date):
        form = _TIME_FORMAT if isinstance(value, dt.datetime) else DATE_FORMAT
    return PutCell(title, row, column, value, form=form)


def removed(settled: Sequence[ConflictLine], title: str, *, rest: bool) -> Iterator[Edit]:
    """Yield the edits that remove settled lines, and the sheet unless a ``rest`` remains."""
    if not rest:
        yield PutName(MARK, None)
        yield DropSheet(title)
        return
    rows = {line.row for line in settled}
    for last in sorted((row for row in rows if row + 1 not in rows), reverse=True):
        first = last  # lines in a block go in one step: formulas of the whole workbook follow each
        while first - 1 in rows:
            first -= 1
        yield DropRows(title, first, last - first + 1)
