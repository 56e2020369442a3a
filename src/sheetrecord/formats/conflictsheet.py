"""The sheet of conflicts as edits of a workbook: made, added to, and taken away when settled."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from sheetrecord.core.annotation import free_title
from sheetrecord.core.merge.lines import (
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
from sheetrecord.formats.placing import DATE_FORMAT
from sheetrecord.model.problem import column_letters
from sheetrecord.model.value import Cell
from sheetrecord.schema.places import quoted
from sheetrecord.xlsx import (
    AddSheet,
    DeleteRows,
    Edit,
    Look,
    RemoveSheet,
    SetCell,
    SetName,
)
from sheetrecord.xlsx.cellxml import escape_text

_TIME_FORMAT: Final = "yyyy-mm-dd hh:mm"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WIDTHS: Final = (14, 12, 20, 28, 28, 28, 18, 36, 26, 18)
_LOOKS: Final = (
    Look(bold=True, size=14),
    Look(colour="595959"),
    Look(bold=True, colour="FFFFFF", fill="7F6000"),
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
    name = title or free_title(TITLE, set(side.book.sheets))
    if not title:
        yield AddSheet(name, part=_part(), looks=_LOOKS)
        yield SetName(MARK, f"{quoted(name)}!$A$1")
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


def _cell(title: str, column: int, row: int, value: Cell) -> SetCell:
    """Return the edit of one cell of the sheet."""
    form = None
    if isinstance(value, dt.date):
        form = _TIME_FORMAT if isinstance(value, dt.datetime) else DATE_FORMAT
    return SetCell(title, f"{column_letters(column)}{row}", value, number_format=form)


def removed(settled: Sequence[Line], title: str, *, rest: bool) -> Iterator[Edit]:
    """Yield the edits that take settled lines away, and the sheet when there is no ``rest``."""
    if not rest:
        yield SetName(MARK, None)
        yield RemoveSheet(title)
        return
    rows = {line.row for line in settled}
    for last in sorted((row for row in rows if row + 1 not in rows), reverse=True):
        first = last  # lines in a block go in one step: formulas of the whole workbook follow each
        while first - 1 in rows:
            first -= 1
        yield DeleteRows(title, first, last - first + 1)


def _part() -> bytes:
    """Return the empty sheet: a headline, how to decide, frozen headers.

    Source: ECMA-376 part 1 section 18.3.1 (worksheets): the order of the elements.
    """
    width = column_letters(len(HEADERS))
    columns = "".join(
        f'<col min="{i}" max="{i}" width="{size}" customWidth="1"/>'
        for i, size in enumerate(_WIDTHS, start=1)
    )
    body = b"".join(_row(number, row) for number, row in enumerate(HEAD, start=1))
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN}"><sheetPr><tabColor rgb="FF7F6000"/></sheetPr>'
        f'<dimension ref="A1:{width}{FIRST_ROW - 1}"/><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{FIRST_ROW - 1}" topLeftCell="A{FIRST_ROW}" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>"
    )
    return head.encode() + body + b"</sheetData></worksheet>"


def _row(number: int, cells: Sequence[str]) -> bytes:
    written = b"".join(
        b'<c r="%s%d" s="%d" t="inlineStr"><is><t>%s</t></is></c>'
        % (column_letters(i).encode(), number, number, escape_text(text))
        for i, text in enumerate(cells, start=1)
    )
    return b'<row r="%d">%s</row>' % (number, written)
