"""Drop stale formula results from a worksheet, and ask for a calculation when it is opened."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from sheetrecord.xlsx.addresses import column_letters
from sheetrecord.xlsx.package import is_true
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.xml.scanner import tag_at
from sheetrecord.xlsx.xml.sheet_layout import CellSpan, RowSpan, SheetLayout
from sheetrecord.xlsx.xml.splice import Splice

_TYPE: Final = re.compile(rb"""\st\s*=\s*("[^"]*"|'[^']*')""")
BEFORE_CALC: Final = frozenset(
    (
        b"fileVersion",
        b"fileSharing",
        b"workbookPr",
        b"workbookProtection",
        b"bookViews",
        b"sheets",
        b"functionGroups",
        b"externalReferences",
        b"definedNames",
        b"AlternateContent",
        b"revisionPtr",
    )
)
"""What comes before ``calcPr`` in a workbook part (ECMA-376 part 1 section 18.2.27)."""


@lru_cache(maxsize=64)
def _usual(prefix: bytes) -> re.Pattern[bytes]:
    """Match a formula cell as nearly every program writes it: address, formula, value if any."""
    return re.compile(
        rb"""<%(p)sc r="[A-Z]{1,3}[0-9]{1,7}"([^<>]*+)>"""
        rb"""<%(p)sf(?=[\s/>])[^<>]*+(?:(?<=/)>|>[^<]*+</%(p)sf>)"""
        rb"""(<%(p)sv(?=[\s>])[^<>]*+(?<!/)>[^<]*+</%(p)sv>)?+</%(p)sc>"""
        % {b"p": re.escape(prefix)}
    )


def dropped(layout: SheetLayout, cells: Iterable[tuple[int, int]]) -> list[Splice]:
    """Return the splices that remove the cached values (and their type) of these cells."""
    splices: list[Splice] = []
    cells = sorted(cells)
    begins = {
        column: b'<%sc r="%s' % (layout.prefix, column_letters(column).encode())
        for column in {column for _, column in cells}
    }
    for number, group in groupby(cells, key=itemgetter(0)):
        row = layout.row(number)
        if row is None:
            continue
        left = []
        for column, match in _usual_cells(layout, row, [(c, begins[c]) for _, c in group]):
            if match is None:
                left.append(column)
            elif match[2] is not None:
                splices += _value_of(match)
        for cell in _find(layout, row, left) if left else ():
            splices += _without_value(layout, cell)
    return splices


def _usual_cells(
    layout: SheetLayout, row: RowSpan, wanted: Iterable[tuple[int, bytes]]
) -> Iterator[tuple[int, re.Match[bytes] | None]]:
    """Yield cells of a row as nearly every program writes them, from left to right.

    ``wanted`` are columns and how a cell of each begins. None for one that is written another way,
    or is not in the order of the columns.
    """
    match_at, find = _usual(layout.prefix).match, layout.mask.find
    start, end = row.open_end, b'%d"' % row.number
    for column, begins in wanted:
        at = find(begins + end, start, row.content_end)
        match = match_at(layout.mask, at, row.content_end) if at >= 0 else None
        if match is not None:
            start = match.end()
        yield column, match


def _value_of(match: re.Match[bytes]) -> list[Splice]:
    """Return the splices that take the value out of a usual cell, and its type."""
    value = Splice(*match.span(2), b"")
    kind = _TYPE.search(match[1])
    if kind is None:
        return [value]
    start = match.start(1)
    return [Splice(start + kind.start(), start + kind.end(), b""), value]


def _find(layout: SheetLayout, row: RowSpan, columns: list[int]) -> Iterator[CellSpan]:
    found = [layout.cell(row, column) for column in columns]
    if None not in found:
        yield from (cell for cell in found if cell is not None)
        return
    wanted = set(columns)
    for cell in layout.cells(row):
        if cell.column in wanted:
            yield cell


def _without_value(layout: SheetLayout, cell: CellSpan) -> list[Splice]:
    if cell.tag.empty:
        return []
    values = [e for e in layout.children(cell) if e.depth == 0 and e.tag.name in {b"v", b"is"}]
    splices = [Splice(value.tag.start, value.end, b"") for value in values]
    match = _TYPE.search(cell.tag.rest)
    if values and match is not None:
        start = cell.tag.rest_start + match.start()
        splices.append(Splice(start, start + len(match[0]), b""))
    return splices


def calculate_on_load(draft: PackageDraft) -> None:
    """Set ``fullCalcOnLoad`` (section 18.2.2), so that Excel recalculates every formula."""
    part = draft.package.workbook_part
    data, found = draft.elements(part)
    last = None
    for element in found:
        if element.depth != 1:
            continue
        tag = element.tag
        if tag.name == b"calcPr":
            _set_flag(draft, part, data, tag.start)
            return
        if tag.name in BEFORE_CALC:
            last = element
    root = found[0].tag
    at = last.end if last is not None else root.end
    prefix = root.prefix + b":" if root.prefix else b""
    draft.splice(part, data, [Splice(at, at, b'<%scalcPr fullCalcOnLoad="1"/>' % prefix)])


def _set_flag(draft: PackageDraft, part: str, data: bytes, at: int) -> None:
    tag = tag_at(data, at)
    flag = tag.attributes().get(b"fullCalcOnLoad")
    if flag is not None:
        if not is_true(flag.value.decode("utf-8", "replace")):
            draft.splice(part, data, [Splice(flag.start, flag.end, b"1")])
        return
    end = tag.end - (2 if tag.empty else 1)
    draft.splice(part, data, [Splice(end, end, b' fullCalcOnLoad="1"')])


def drop_calc_chain(draft: PackageDraft) -> None:
    """Remove the calculation chain, which may name formula cells only and which Excel rebuilds."""
    workbook = draft.package.workbook_part
    for rel in draft.package.relationships(workbook):
        if rel.kind == "calcChain":
            draft.unrelate(workbook, rel)
            if draft.find(rel.target) is not None:
                draft.remove_part(rel.target)
