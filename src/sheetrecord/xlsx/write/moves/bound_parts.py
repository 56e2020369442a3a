"""Parts bound to cells that follow a move of rows: pivot tables, queries, real-time data."""

from sheetrecord.xlsx.addresses import parse_area
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.formula.row_moves import Grow, moved_area
from sheetrecord.xlsx.formula.shift import Follower
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.xml.scanner import Attribute, escape_attribute, text_of
from sheetrecord.xlsx.xml.splice import Splice


def put(splices: list[Splice], attribute: Attribute, new: bytes) -> None:
    """Add the splice that gives an attribute a new value, if it is new."""
    if new != attribute.value:
        splices.append(Splice(attribute.start, attribute.end, new))


def follow_connections(draft: PackageDraft, follower: Follower, part: str) -> None:
    """Make the cells that queries take their parameters from follow."""
    data, found = draft.elements(part)
    splices: list[Splice] = []
    for element in found:
        cell = element.tag.attributes().get(b"cell")
        if element.tag.name == b"parameter" and cell is not None:
            text = text_of(cell.value)
            new = follower.text(text, None)
            if new != text:
                put(splices, cell, escape_attribute(new))
    draft.splice(part, data, splices)


def follow_volatile(draft: PackageDraft, follower: Follower, part: str) -> None:
    """Make the cells that real-time data flows into follow."""
    if isinstance(follower.move, Grow):
        return
    data, found = draft.elements(part)
    number = draft.package.sheets[follower.target].sheet_id
    splices: list[Splice] = []
    for element in found:
        cell = element.tag.attributes().get(b"r")
        if element.tag.name != b"tr" or cell is None or element.tag.get(b"s") != str(number):
            continue
        new = moved_area(follower.move, parse_area(cell.value.decode()))
        if new is None:
            raise Refused(
                "part", f"The rows hold cells that {part!r} is bound to: free them first."
            )
        put(splices, cell, str(new).encode())
    draft.splice(part, data, splices)


def follow_pivot_table(draft: PackageDraft, follower: Follower, part: str) -> None:
    """Make the place of a pivot table follow; `Refused` when rows cut through it."""
    data, found = draft.elements(part)
    splices: list[Splice] = []
    for element in found:
        attribute = element.tag.attributes().get(b"ref")
        if element.tag.name != b"location" or attribute is None:
            continue
        area = parse_area(attribute.value.decode())
        new = moved_area(follower.move, area)
        if new is None or follower.move.cuts(area.row, area.last_row):
            raise Refused(
                "pivot", f"The rows cut through a pivot table over {area}: move it first."
            )
        put(splices, attribute, str(new).encode())
    draft.splice(part, data, splices)


def follow_pivot_cache(draft: PackageDraft, follower: Follower, part: str) -> None:
    """Make the source of a pivot table follow; `Refused` when all of it goes."""
    data, found = draft.elements(part)
    splices: list[Splice] = []
    name = draft.package.sheets[follower.target].name.lower()
    for element in found:
        tag = element.tag
        attribute = tag.attributes().get(b"ref")
        if tag.name not in {b"worksheetSource", b"rangeSet"} or attribute is None:
            continue
        if (tag.get(b"sheet") or "").lower() != name or tag.local(b"id"):
            continue
        new = moved_area(follower.move, parse_area(attribute.value.decode()))
        if new is None:
            raise Refused("pivot", "The rows hold all the data of a pivot table: remove it first.")
        put(splices, attribute, str(new).encode())
    draft.splice(part, data, splices)
