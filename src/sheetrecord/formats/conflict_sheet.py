"""The sheet of conflicts as edits of a workbook: made, added to, and taken away when settled."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from sheetrecord.core.annotation import free_title
from sheetrecord.core.merge.conflict_list import (
    FIRST_ROW,
    HEADERS,
    HEADLINE,
    MARK,
    TITLE,
    Line,
    read_lines,
    texts,
)
from sheetrecord.core.merge.side import Side
from sheetrecord.formats.edit_locations import DATE_FORMAT
from sheetrecord.model.book import Range
from sheetrecord.model.cell_edits import AddSheet, DropRows, DropSheet, Edit, PutCell, PutName
from sheetrecord.model.sheet_style import ColumnStyle, Head, Look, SheetStyle
from sheetrecord.model.value import Cell

_TIME_FORMAT: Final = "yyyy-mm-dd hh:mm"
STYLE: Final = SheetStyle(
    "conflicts",
    tuple(map(ColumnStyle, (14, 12, 20, 28, 28, 28, 18, 36, 26, 18))),
    (
        Head(Look(bold=True, size=14)),
        Head(Look(colour="595959")),
        Head(Look(bold=True, colour="FFFFFF", fill="7F6000")),
    ),
    tab="7F6000",
)
ABOUT: Final = (
    "Two people changed these. The cells hold ours. Write ours, theirs or another value into Keep "
    "and save; the next sync, or sheetrecord resolve, carries it out."
)
HEAD: Final = ((HEADLINE,), (ABOUT,), HEADERS)
"""The rows above the first line."""


def added(lines: Sequence[Line], side: Side, title: str, last: int) -> Iterator[Edit]:
    """Yield the edits that list conflicts, below the ``last`` line of the sheet that is there.

    ``title`` is empty when there is no such sheet yet.
    """
    if not lines:
        return
    name = title or free_title(TITLE, set(side.book.titles))
    if not title:
        yield AddSheet(name, HEAD, style=STYLE)
        yield PutName(MARK, Range(name, 1, 1, 1, 1))
    first = (last or FIRST_ROW - 1) + 1
    for number, line in enumerate(lines, start=first):
        for column, value in enumerate(texts(line, side), start=1):
            if value is not None and value != "":
                yield _cell(name, column, number, value)


def listed(wanted: Sequence[Line], side: Side) -> Iterator[Edit]:
    """Yield the edits after which the sheet lists exactly these conflicts of a sync.

    What somebody wrote into ``Keep`` stays, and so do the lines of a merge, which no store knows.
    """
    title, known = read_lines(side)
    left = [line for line in known if line.whose]
    new = []
    for line in wanted:
        held = next((one for one in left if _about(one) == _about(line)), None)
        if held is None:
            new.append(line)
            continue
        left.remove(held)
        yield from _refreshed(title, held, line._replace(row=held.row, keep=held.keep), side)
    last = max((line.row for line in known), default=0)
    yield from added(new, side, title, last)
    if left:
        yield from removed(left, title, rest=bool(new) or len(left) < len(known))


def _about(line: Line) -> tuple[object, ...]:
    return line.sheet, line.row_id, line.key, repr(line.theirs), line.whose


def _refreshed(title: str, held: Line, line: Line, side: Side) -> Iterator[Edit]:
    """Yield the cells of a line that say something else now."""
    pairs = zip(texts(held, side), texts(line, side), strict=True)
    for column, (old, new) in enumerate(pairs, start=1):
        if old != new and not (old in {None, ""} and new in {None, ""}):
            yield _cell(title, column, held.row, new)


def _cell(title: str, column: int, row: int, value: Cell) -> PutCell:
    """Return the edit of one cell of the sheet."""
    form = None
    if isinstance(value, dt.date):
        form = _TIME_FORMAT if isinstance(value, dt.datetime) else DATE_FORMAT
    return PutCell(title, row, column, value, form=form)


def removed(settled: Sequence[Line], title: str, *, rest: bool) -> Iterator[Edit]:
    """Yield the edits that take settled lines away, and the sheet when there is no ``rest``."""
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
