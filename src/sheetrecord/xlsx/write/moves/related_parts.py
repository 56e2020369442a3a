"""The parts around worksheets that follow a move of rows: names, tables, drawings, charts, pivots.

Which part belongs to which sheet is read from the relationships, so that a reference without a
sheet's name is understood as that part's program would.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from sheetrecord.xlsx.addresses import Area, parse_area
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.row_moves import Delete, Grow, Insert, moved_area
from sheetrecord.xlsx.formula.shift import Follower
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.write.moves.bound_parts import (
    follow_connections,
    follow_pivot_cache,
    follow_pivot_table,
    follow_volatile,
    put,
)
from sheetrecord.xlsx.xml.scanner import Element, escape, escape_attribute, text_of
from sheetrecord.xlsx.xml.splice import Splice

FORMULA_KINDS: Final = frozenset(("chart", "chartEx", "chartUserShapes"))
LINK_ATTRIBUTES: Final = (b"fmlaLink", b"fmlaRange", b"fmlaGroup", b"fmlaTxbx", b"textlink")
CHART_FORMULAS: Final = frozenset((b"f", b"nf", b"sqref"))
"""A chart's own, the names of its dimensions, and those of filtered series in its extensions."""
_VML_FORMULA: Final = re.compile(rb"(<x:Fmla[A-Za-z]+>)([^<]*)(?=</x:Fmla)")
_VML_ROW: Final = re.compile(rb"(<x:Row>\s*)([0-9]+)(?=\s*</x:Row>)")
_VML_ANCHOR: Final = re.compile(rb"(<x:Anchor>)([^<]*)(?=</x:Anchor>)")
_VML_SHAPE: Final = re.compile(rb"<v:shape\s.*?</v:shape\s*>", re.DOTALL)


def follow_parts(draft: PackageDraft, follower: Follower) -> None:
    """Make every part that is not a worksheet follow; `Refused` for what cannot be shifted."""
    _workbook(draft, follower)
    done: set[str] = set()
    sheets = draft.package.sheets
    order = [follower.target, *(i for i in range(len(sheets)) if i != follower.target)]
    for index in order:
        for part, kind in _related(draft, sheets[index].part):
            if part.lower() not in done:
                done.add(part.lower())
                _part(draft, follower, part, kind, index)
    for rel in draft.package.relationships(draft.package.workbook_part):
        if rel.kind == "pivotCacheDefinition" and draft.find(rel.target):
            follow_pivot_cache(draft, follower, rel.target)
        if rel.kind == "connections" and draft.find(rel.target):
            follow_connections(draft, follower, rel.target)
        if rel.kind == "volatileDependencies" and draft.find(rel.target):
            follow_volatile(draft, follower, rel.target)
        if rel.kind == "revisionHeaders" and not isinstance(follower.move, Grow):
            raise Refused(
                "shared-workbook",
                "The workbook is shared and keeps a history of changes, which moved rows would "
                "contradict: stop sharing it in Excel first.",
            )


def _related(draft: PackageDraft, part: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    if not part or depth > 3:
        return
    for rel in draft.package.relationships(part):
        if rel.external or rel.kind in {"image", "hyperlink", "slicer", "pivotCacheDefinition"}:
            continue
        if draft.find(rel.target) is not None and rel.target.lower() != part.lower():
            yield rel.target, rel.kind
            if rel.kind in {"drawing", "chart", "chartEx"}:
                yield from _related(draft, rel.target, depth + 1)


def _part(draft: PackageDraft, follower: Follower, part: str, kind: str, sheet: int) -> None:
    grow = isinstance(follower.move, Grow)
    own = sheet == follower.target
    if kind in FORMULA_KINDS:
        _texts(
            draft,
            part,
            lambda e: e.tag.name in CHART_FORMULAS,
            lambda text: follower.text(text, None),
        )
        _links(draft, follower, part, sheet)
    elif kind == "table":
        _table(draft, follower, part, sheet)
    elif kind == "drawing":
        _drawing(draft, follower, part, sheet)
    elif kind == "ctrlProp":
        _links(draft, follower, part, sheet)
    elif kind == "vmlDrawing":
        _vml(draft, follower, part, sheet)
    elif own and not grow:
        _owned(draft, follower, part, kind)


def _owned(draft: PackageDraft, follower: Follower, part: str, kind: str) -> None:
    if kind in {"comments", "threadedComment"}:
        _refs(draft, follower, part, {b"comment", b"threadedComment"}, removable=True)
    elif kind in {"tableSingleCells", "namedSheetViews", "namedSheetView"}:
        _refs(draft, follower, part, None, removable=False)
    elif kind == "pivotTable":
        follow_pivot_table(draft, follower, part)


def _workbook(draft: PackageDraft, follower: Follower) -> None:
    part = draft.package.workbook_part
    _texts(draft, part, lambda e: e.tag.name == b"definedName", follower.of_name)


def _texts(
    draft: PackageDraft, part: str, wanted: Callable[[Element], bool], change: Callable[[str], str]
) -> None:
    data, found = draft.elements(part)
    splices = []
    for element in found:
        if element.tag.empty or not wanted(element):
            continue
        raw = data[element.tag.end : element.content_end]
        text = text_of(raw)
        new = change(text) if b"<" not in raw else text
        if new != text:
            splices.append(Splice(element.tag.end, element.content_end, escape(new)))
    draft.splice(part, data, splices)


def _table(draft: PackageDraft, follower: Follower, part: str, sheet: int) -> None:
    _texts(
        draft,
        part,
        lambda e: e.tag.name == b"totalsRowFormula",
        lambda text: follower.text(text, sheet),
    )
    _, found = draft.elements(part)
    area = parse_area(found[0].tag.get(b"ref") or "A1")
    header = int(found[0].tag.get(b"headerRowCount") or 1)
    _calculated(draft, follower, part, (sheet, area, header))
    move = follower.move
    if sheet != follower.target or isinstance(move, Grow):
        return
    totals = int(found[0].tag.get(b"totalsRowCount") or 0)
    new = moved_area(move, area)
    lost = [r for r in (area.row, area.last_row)[: 2 if totals else 1] if move.row(r) is None]
    if new is None or (header and lost) or new.last_row - new.row < header + totals:
        name = found[0].tag.get(b"displayName") or "?"
        raise Refused(
            "table",
            f"The rows hold the heading, the totals or all data of the table {name!r}: "
            "delete the table in Excel first.",
        )

    _refs(draft, follower, part, None, removable=True)


def _calculated(
    draft: PackageDraft, follower: Follower, part: str, table: tuple[int, Area, int]
) -> None:
    """Make the formulas of a table's columns follow: they are those of its first row of data."""
    sheet, area, header = table
    move = follower.move
    top = moved_area(move, area) if sheet == follower.target else area
    anchored = not isinstance(move, Grow) and sheet == follower.target and top is not None

    def change(text: str) -> str:
        if not anchored or top is None:
            return follower.text(text, sheet)
        return follower.anchored(text, sheet, (area.row + header, top.row + header))

    _texts(draft, part, lambda e: e.tag.name == b"calculatedColumnFormula", change)


def _refs(
    draft: PackageDraft, follower: Follower, part: str, names: set[bytes] | None, *, removable: bool
) -> None:
    """Move the ``ref`` (or ``r``) of a part's elements; remove or refuse those that are gone."""
    data, found = draft.elements(part)
    splices: list[Splice] = []
    gone_to = 0
    for element in found:
        attributes = element.tag.attributes()
        attribute = attributes.get(b"ref") or attributes.get(b"r")
        if attribute is None or (names is not None and element.tag.name not in names):
            continue
        if element.tag.start < gone_to:
            continue
        new = moved_area(follower.move, parse_area(attribute.value.decode()))
        if new is not None:
            put(splices, attribute, str(new).encode())
        elif removable:
            splices.append(Splice(element.tag.start, element.end, b""))
            gone_to = element.end
        else:
            raise Refused(
                "part", f"The rows hold cells that {part!r} is bound to: free them first."
            )
    draft.splice(part, data, splices)


def _links(draft: PackageDraft, follower: Follower, part: str, sheet: int) -> None:
    data, found = draft.elements(part)
    splices: list[Splice] = []
    for element in found:
        attributes = element.tag.attributes()
        for name in LINK_ATTRIBUTES:
            if name in attributes and attributes[name].value:
                text = text_of(attributes[name].value)
                new = follower.text(text, sheet)
                if new != text:
                    put(splices, attributes[name], escape_attribute(new))
    draft.splice(part, data, splices)


def _drawing(draft: PackageDraft, follower: Follower, part: str, sheet: int) -> None:
    _links(draft, follower, part, sheet)
    _texts(draft, part, lambda e: e.tag.name == b"f", lambda text: follower.text(text, sheet))
    if sheet != follower.target or isinstance(follower.move, Grow):
        return
    data, found = draft.elements(part)
    draft.splice(part, data, list(_anchored(data, found, follower.move)))


def _anchored(data: bytes, found: Iterable[Element], move: Insert | Delete) -> Iterator[Splice]:
    """Yield the new rows of the corners of what is drawn on a sheet."""
    kind, corner, shift = "twoCell", b"", 0
    for element in found:
        tag = element.tag
        if tag.name in {b"twoCellAnchor", b"oneCellAnchor"}:
            kind, shift = tag.get(b"editAs") or "twoCell", 0
        elif tag.name in {b"from", b"to"}:
            corner = tag.name
        elif tag.name == b"row" and not tag.empty and kind != "absolute":
            row = int(data[tag.end : element.content_end]) + 1
            if corner != b"to" or kind != "oneCell":
                shift = (move.row(row) or move.at) - row
            if shift:
                yield Splice(tag.end, element.content_end, b"%d" % (row + shift - 1))


def _vml(draft: PackageDraft, follower: Follower, part: str, sheet: int) -> None:
    data = draft.text(part)
    move = follower.move

    def formula(match: re.Match[bytes]) -> bytes:
        text = text_of(match[2])
        new = follower.text(text, sheet)
        return match[1] + (escape(new) if new != text else match[2])

    new = _VML_FORMULA.sub(formula, data)
    if sheet == follower.target and not isinstance(move, Grow):
        new = _VML_SHAPE.sub(lambda match: _shape(match[0], move), new)
    if new != data:
        draft.put(part, new)


def _shape(shape: bytes, move: Insert | Delete) -> bytes:
    found = _VML_ROW.search(shape)
    if found is not None and b'ObjectType="Note"' in shape and move.row(int(found[2]) + 1) is None:
        return b""

    def row(match: re.Match[bytes]) -> bytes:
        new = move.row(int(match[2]) + 1) or move.at
        return match[1] + b"%d" % (new - 1)

    def anchor(match: re.Match[bytes]) -> bytes:
        numbers = match[2].split(b",")
        for place in (2, 6):
            if len(numbers) == 8 and numbers[place].strip().isdigit():
                old = int(numbers[place])
                new = (move.row(old + 1) or move.at) - 1
                if new != old:
                    numbers[place] = b" %d" % new
        return match[1] + b",".join(numbers)

    return _VML_ANCHOR.sub(anchor, _VML_ROW.sub(row, shape))
