"""What in a worksheet forbids writing one cell: merged, array and data-table cells, headings."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sheetrecord.xlsx.addresses import Area, cell_name, parse_area
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.scanner import Tag, tag_at
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout


class FormulaTag(NamedTuple):
    """A formula element that is more than text: shared, array or data table."""

    tag: Tag
    kind: str
    area: Area | None
    group: str


def formula_tags(layout: SheetLayout) -> Iterator[FormulaTag]:
    """Yield the worksheet's formula elements that have a ``t`` other than ``normal``."""
    mask, name = layout.mask, layout.name(b"f")
    for match in re.finditer(rb"<%s\s" % re.escape(name), mask):
        if not layout.sheet_data.end <= match.start() < layout.rows_end:
            continue
        tag = tag_at(mask, match.start())
        kind = tag.get(b"t") or "normal"
        if kind != "normal":
            ref = tag.get(b"ref")
            yield FormulaTag(tag, kind, parse_area(ref) if ref else None, tag.get(b"si") or "")


def blocked_areas(layout: SheetLayout | Pages) -> list[tuple[Area, str]]:
    """Return the areas of array formulas and data tables, with what each is."""
    if isinstance(layout, Pages):
        pages = layout.pages() if layout.facts.arrays else ()
        return [found for page in pages for found in blocked_areas(page)]
    written = [attributes for attributes, _ in layout.formula_kinds().values()]
    if not any(b"array" in each or b"dataTable" in each for each in written):
        return []
    return [
        (found.area, found.kind)
        for found in formula_tags(layout)
        if found.area is not None and found.kind in {"array", "dataTable"}
    ]


def merged_areas(layout: SheetLayout | Pages) -> list[Area]:
    """Return the merged areas."""
    frame = layout.frame
    return [
        parse_area(element.tag.get(b"ref") or "")
        for element in frame.tail()
        if element.tag.name == b"mergeCell" and element.tag.prefix == frame.root.prefix
    ]


def check_targets(
    layout: SheetLayout | Pages, sheet: str, targets: Iterable[tuple[int, int]]
) -> None:
    """Raise `Refused` for a target inside a merged cell, an array formula or a data table."""
    areas = [(area, "merged") for area in merged_areas(layout)] + blocked_areas(layout)
    for place, area, kind in _covered(areas, targets) if areas else ():
        where = f"{sheet}!{cell_name(*place)}"
        if kind == "merged" and place != area[:2]:
            raise Refused(
                "merged",
                f"{where} is covered by the merged cell {area}: write to "
                f"{cell_name(area.row, area.column)}, or unmerge it first.",
            )
        if kind != "merged" and not (area.single() and kind == "array"):
            raise _part_of(where, area, kind)


def _covered(
    areas: list[tuple[Area, str]], targets: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Area, str]]:
    """Yield each target with an area that holds it, both taken row by row.

    Each is looked at while its rows pass: thousands of targets among thousands of areas are few
    at any one row.
    """
    waiting = sorted(areas, reverse=True)
    passing: list[tuple[Area, str]] = []
    row = 0
    for place in sorted(targets):
        if place[0] != row:
            row = place[0]
            while waiting and waiting[-1][0].row <= row:
                passing.append(waiting.pop())
            passing = [each for each in passing if each[0].last_row >= row]
        yield from ((place, area, kind) for area, kind in passing if area.holds(*place))


def _part_of(where: str, area: Area, kind: str) -> Refused:
    """Return the refusal of a cell inside an array formula or a data table."""
    code, what = (
        ("array", "an array formula") if kind == "array" else ("data-table", "a data table")
    )
    return Refused(code, f"{where} is part of {what} over {area}: change it as a whole in Excel.")
