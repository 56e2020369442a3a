"""Shared formulas: when the cell that holds the text goes, the next cell of the group takes it.

ECMA-376 part 1 section 18.3.1.40: the first cell of a group holds text and range, the others only
the group's number; their formula is the text moved by their distance from the first.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sheetrecord.xlsx.addresses import Area, parse_cell
from sheetrecord.xlsx.formula.tokens import translate
from sheetrecord.xlsx.write.protected_cells import formula_tags
from sheetrecord.xlsx.xml.policy import corrupt
from sheetrecord.xlsx.xml.scanner import Element, Tag, escape, tag_at, text_of
from sheetrecord.xlsx.xml.sheet_layout import CellSpan, SheetLayout
from sheetrecord.xlsx.xml.splice import Splice


class Master(NamedTuple):
    """The cell of a shared formula that holds its text."""

    row: int
    column: int
    group: str
    text: str


class SharedCell(NamedTuple):
    """A cell of a shared formula that holds no text."""

    row: int
    column: int
    tag: Tag
    end: int
    """Where the formula element ends."""


def master_of(layout: SheetLayout, cell: CellSpan, element: Element) -> Master | None:
    """Return the shared formula whose text this formula element holds, or None."""
    tag = element.tag
    if tag.get(b"t") != "shared" or tag.empty:
        return None
    text = text_of(layout.data[tag.end : element.content_end])
    if not text:
        return None
    return Master(cell.row, cell.column, tag.get(b"si") or "", text)


def formula_text(layout: SheetLayout, cell: CellSpan, element: Element) -> str | None:
    """Return the text of a formula element, a shared one's worked out; None when it is lost."""
    text = text_of(layout.data[element.tag.end : element.content_end])
    if text or element.tag.get(b"t") != "shared":
        return text or None
    group = element.tag.get(b"si")
    for found in formula_tags(layout):
        tag = found.tag
        if found.kind == "shared" and found.group == group and not tag.empty:
            master = text_of(layout.data[tag.end : layout.mask.find(b"<", tag.end)])
            if master:
                row, column = cell_of(layout, tag.start)
                return translate(master, cell.row - row, cell.column - column)
    return None


def cell_of(layout: SheetLayout, at: int) -> tuple[int, int]:
    """Return row and column of the cell that holds the element at this offset."""
    start = layout.mask.rfind(b"<" + layout.name(b"c"), layout.sheet_data.end, at)
    tag = tag_at(layout.mask, start) if start >= 0 else None
    ref = tag.get(b"r") if tag is not None and tag.name == b"c" else None
    if ref is None:
        raise corrupt(layout.part, "a shared formula stands in a cell without an address")
    return parse_cell(ref)


def members(layout: SheetLayout, groups: Collection[str]) -> dict[str, list[SharedCell]]:
    """Return the cells of these groups that hold no text, in file order."""
    found: dict[str, list[SharedCell]] = {group: [] for group in groups}
    for formula in formula_tags(layout):
        if formula.kind != "shared" or formula.group not in found:
            continue
        tag = formula.tag
        end = tag.end if tag.empty else tag_at(layout.mask, layout.mask.find(b"<", tag.end)).end
        if not tag.empty and layout.mask.find(b"<", tag.end) > tag.end:
            continue  # it has text of its own
        found[formula.group].append(SharedCell(*cell_of(layout, tag.start), tag, end))
    return found


def rehome(
    layout: SheetLayout, masters: list[Master], gone: Collection[tuple[int, int]]
) -> list[Splice]:
    """Return the splices that give each master's text to the first member that stays."""
    return [splice for _, splice in rehomed(layout.pages(), masters, gone)] if masters else []


def rehomed(
    pages: Iterable[SheetLayout], masters: list[Master], gone: Collection[tuple[int, int]]
) -> Iterator[tuple[int, Splice]]:
    """Yield as `rehome`, each splice with the number of its page, from 0."""
    found: dict[str, list[tuple[int, bytes, SharedCell]]] = {master.group: [] for master in masters}
    for place, page in enumerate(pages):
        name = page.name(b"f")
        for group, some in members(page, found.keys()).items():
            found[group] += ((place, name, m) for m in some if (m.row, m.column) not in gone)
    for master in masters:
        if found[master.group]:
            place, name, heir = found[master.group][0]
            rest = [member for _, _, member in found[master.group]]
            yield place, Splice(heir.tag.start, heir.end, _inherited(master, name, rest))


def _inherited(master: Master, name: bytes, rest: list[SharedCell]) -> bytes:
    """Return the formula element with which the first of these takes the group over."""
    heir = rest[0]
    area = Area(
        min(m.row for m in rest),
        min(m.column for m in rest),
        max(m.row for m in rest),
        max(m.column for m in rest),
    )
    text = translate(master.text, heir.row - master.row, heir.column - master.column)
    return b'<%s t="shared" ref="%s" si="%s">%s</%s>' % (
        name,
        str(area).encode(),
        master.group.encode(),
        escape(text),
        name,
    )
