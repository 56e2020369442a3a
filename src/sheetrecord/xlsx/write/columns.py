"""A column's width, default style and whether it is hidden: the elements ``cols`` and ``col``.

Source: ECMA-376 part 1 section 18.3.1.13 (col) and 18.3.1.17 (cols).
"""

from collections.abc import Iterator
from typing import NamedTuple

from sheetrecord.xlsx.addresses import column_number
from sheetrecord.xlsx.edits import SetColumn
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.xml.scanner import ATTRIBUTE, Tag, elements
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Splice

_PLACE = (b"min", b"max")


class _Run(NamedTuple):
    """Neighbouring columns that look alike: the first, the last, and their other attributes."""

    first: int
    last: int
    look: bytes


def set_column(session: PatchSession, edit: SetColumn) -> None:
    """Copy the format of another column; neighbouring columns keep theirs."""
    column = column_number(edit.column)
    rows = session.rows(session.sheet(edit.sheet).part)
    layout = rows.frame
    holder = next((tag for tag in layout.head if tag.name == b"cols"), None)
    runs = list(_runs(layout, holder)) if holder is not None else []
    look = _look(runs, column_number(edit.like)) if edit.like else _look(runs, column)
    if edit.hidden is not None:
        look = _hidden(look, hidden=edit.hidden)
    new = sorted([*_without(runs, column), _Run(column, column, look)])
    session.splice_around(edit.sheet, rows, _splice(layout, holder, new))


def _runs(layout: SheetLayout, holder: Tag) -> Iterator[_Run]:
    if holder.empty:
        return
    end = layout.mask.find(b"</" + layout.name(b"cols"), holder.end)
    for element in elements(layout.mask, holder.end, end):
        first, last = (element.tag.get(name) or "" for name in _PLACE)
        if first.isdecimal() and last.isdecimal():
            yield _Run(int(first), int(last), _others(element.tag.rest, _PLACE))


def _others(rest: bytes, left_out: tuple[bytes, ...]) -> bytes:
    """Return the attributes of a tag as they are written, without some."""
    found = (match[0].strip() for match in ATTRIBUTE.finditer(rest) if match[1] not in left_out)
    return b" ".join(found)


def _look(runs: list[_Run], column: int) -> bytes:
    return next((run.look for run in runs if run.first <= column <= run.last), b"")


def _hidden(look: bytes, *, hidden: bool) -> bytes:
    """Return a look that is hidden or shown; a column needs a width to be either."""
    kept = _others(look, (b"hidden",))
    if hidden:
        kept = b" ".join(part for part in (kept, b'hidden="1"') if part)
    return kept if b"width=" in kept else b" ".join(p for p in (b'width="9.14"', kept) if p)


def _without(runs: list[_Run], column: int) -> Iterator[_Run]:
    """Yield the runs with one column cut out."""
    for run in runs:
        if not run.first <= column <= run.last:
            yield run
            continue
        if run.first < column:
            yield run._replace(last=column - 1)
        if run.last > column:
            yield run._replace(first=column + 1)


def _splice(layout: SheetLayout, holder: Tag | None, runs: list[_Run]) -> Splice:
    name = layout.name(b"col")
    made = b"".join(
        b'<%s min="%d" max="%d"%s/>'
        % (name, run.first, run.last, b" " + run.look if run.look else b"")
        for run in runs
        if run.look
    )
    whole = b"<%s>%s</%s>" % (layout.name(b"cols"), made, layout.name(b"cols")) if made else b""
    if holder is None:
        at = layout.sheet_data.start
        return Splice(at, at, whole)
    if holder.empty:
        return Splice(holder.start, holder.end, whole)
    end = layout.mask.find(b"</" + layout.name(b"cols"), holder.end)
    closing = layout.mask.find(b">", end) + 1
    return Splice(holder.start, closing, whole)
