"""What surrounds a worksheet's rows follows a move: ranges, rules, links, breaks, extensions.

Elements of ECMA-376 part 1 section 18.3.1 that come before or after ``sheetData``, and Excel's
extensions (MS-XLSX 2.2.4), whose ranges and formulas are ``xm:sqref`` and ``xm:f``.
"""

from typing import Final

from sheetrecord.xlsx.addresses import MAX_ROW, Area, parse_areas
from sheetrecord.xlsx.formula.row_moves import Grow, Insert, Move, moved_area, overlaps
from sheetrecord.xlsx.formula.shift import Follower
from sheetrecord.xlsx.xml.scanner import (
    Attribute,
    Element,
    escape,
    escape_attribute,
    text_of,
)
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout
from sheetrecord.xlsx.xml.splice import Splice

FORMULAS: Final = frozenset((b"formula", b"formula1", b"formula2", b"f"))
ATTRIBUTE_FORMULAS: Final = {
    b"hyperlink": (b"location",),
    b"controlPr": (b"linkedCell", b"listFillRange"),
}
GROWING: Final = frozenset(
    (b"conditionalFormatting", b"dataValidation", b"protectedRange", b"ignoredError", b"sqref")
)
RULES: Final = frozenset((b"conditionalFormatting", b"dataValidation"))
"""What formulas are relative to the first cell of; a sparkline's formula is a range like any."""
OWN_CELLS: Final = {
    b"cellWatch": b"r",
    b"inputCells": b"r",
    b"cellSmartTags": b"r",
    b"webPublishItem": b"sourceRef",
}
"""Elements that name a cell or a range of their sheet in another attribute than ``ref``."""
CONTAINERS: Final = frozenset(
    (
        b"mergeCells",
        b"hyperlinks",
        b"dataValidations",
        b"protectedRanges",
        b"ignoredErrors",
        b"cellWatches",
        b"dataRefs",
        b"scenario",
        b"scenarios",
        b"smartTags",
        b"webPublishItems",
        b"rowBreaks",
        b"sparklines",
        b"sparklineGroup",
        b"sparklineGroups",
        b"conditionalFormattings",
        b"ext",
        b"extLst",
    )
)


def moved_areas(move: Move, areas: list[Area], *, growing: bool) -> list[Area]:
    """Return the areas after the move, those gone left out."""
    if isinstance(move, Grow):
        return [
            area._replace(last_row=area.last_row + move.number)
            if growing and area.last_row == move.at and overlaps(move.columns, area)
            else area
            for area in areas
        ]
    return [new for area in areas if (new := moved_area(move, area)) is not None]


def ruled_areas(move: Move, areas: list[Area]) -> list[Area]:
    """Return where the cells of a rule are after the move; new rows may come under it."""
    if not isinstance(move, Insert):
        return moved_areas(move, areas, growing=True)
    pairs = ((area, move.ruled(area.row, area.last_row)) for area in areas)
    return [area._replace(row=rows[0], last_row=rows[1]) for area, rows in pairs if rows]


def write_areas(areas: list[Area], old: str) -> str:
    """Return areas as text; whole rows and columns are written as they were."""
    if any(part.replace("$", "").replace(":", "").isalpha() for part in old.split()):
        return old if len(areas) == len(old.split()) else " ".join(map(str, areas))
    return " ".join(map(str, areas))


class Frame:
    """The splices for one worksheet's surroundings and one move."""

    def __init__(self, layout: SheetLayout, own: int, follower: Follower) -> None:
        self._layout = layout
        self._own = own
        self._follower = follower
        self._moved = own == follower.target
        self.elements = layout.tail()
        self._gone: set[int] = set()
        self._splices: list[tuple[int, Splice]] = []
        self._parents = _parents(self.elements)

    def splices(self) -> list[Splice]:
        """Return the splices; elements left without cells are removed, and empty parents."""
        if self._moved and not isinstance(self._follower.move, Grow):
            self._dimension()
        for place, element in enumerate(self.elements):
            if self._moved:
                self._ranges(place, element)
            self._formula(place, element)
            if element.tag.name == b"dataRef":
                self._consolidated(place, element)
        self._empty_containers()
        gone = [self.elements[place] for place in self._gone]
        outer = [e for e in gone if not any(o.tag.start < e.tag.start < o.end for o in gone)]
        kept = [
            s for _, s in self._splices if not any(o.tag.start <= s.start < o.end for o in outer)
        ]
        return kept + [Splice(e.tag.start, e.end, b"") for e in outer]

    def _put(self, place: int, attribute: Attribute, new: bytes) -> None:
        if new != attribute.value:
            self._splices.append((place, Splice(attribute.start, attribute.end, new)))

    def _dimension(self) -> None:
        for tag in self._layout.head:
            found = tag.attributes().get(b"ref") if tag.name == b"dimension" else None
            if found is not None:
                areas = moved_areas(
                    self._follower.move, parse_areas(found.value.decode()), growing=False
                )
                new = str(areas[0]) if areas else "A1"
                self._put(-1, found, new.encode())

    def _ranges(self, place: int, element: Element) -> None:
        tag = element.tag
        attributes = tag.attributes()
        move = self._follower.move
        if tag.name == b"brk" and not isinstance(move, Grow):
            self._break(place, attributes)
        growing = tag.name in GROWING or tag.name == b"autoFilter"
        if tag.name == b"sqref" and not tag.empty:
            inside = self._layout.data[tag.end : element.content_end]
            ruled = self._name_above(place) in RULES
            self._areas(place, Attribute(inside, tag.end, element.content_end), growing=ruled)
            return
        if isinstance(move, Grow) and not growing:
            return
        for name in (b"ref", b"sqref", OWN_CELLS.get(tag.name, b"")):
            if name in attributes and tag.name != b"dataRef":
                self._areas(place, attributes[name], growing=growing)
        if tag.prefix != self._layout.root.prefix and tag.name == b"row" and not tag.empty:
            self._anchor(place, element)

    def _areas(self, place: int, attribute: Attribute, *, growing: bool) -> None:
        old = text_of(attribute.value)
        move, areas, element = self._follower.move, parse_areas(old), self.elements[place]
        if element.tag.name in RULES or self._name_above(place) in RULES:
            new = ruled_areas(move, areas)
        else:
            new = moved_areas(move, areas, growing=growing)
        if element.tag.name == b"mergeCell":
            new = [area for area in new if not area.single()]
        if not new:
            self._vanish(place)
        else:
            self._put(place, attribute, write_areas(new, old).encode())

    def _consolidated(self, place: int, element: Element) -> None:
        """Move what a consolidation takes: a range of the sheet it names, or of its own."""
        attributes = element.tag.attributes()
        sheet = element.tag.get(b"sheet")
        moved = self._moved if sheet is None else self._follower.is_target(sheet)
        here = moved and element.tag.local(b"id") is None  # else in another workbook
        if here and b"ref" in attributes and not isinstance(self._follower.move, Grow):
            self._areas(place, attributes[b"ref"], growing=False)

    def _break(self, place: int, attributes: dict[bytes, Attribute]) -> None:
        found = attributes.get(b"id")
        parent = self._parents[place]
        if parent is None or self.elements[parent].tag.name != b"rowBreaks" or found is None:
            return
        row = self._follower.move.row(int(found.value) + 1)
        if row is None or row > MAX_ROW:
            self._vanish(place)
        else:
            self._put(place, found, b"%d" % (row - 1))

    def _anchor(self, place: int, element: Element) -> None:
        """Move a control's or embedded object's corner, whose rows count from 0."""
        inside = self._layout.data[element.tag.end : element.content_end]
        if inside.strip().isdigit():
            row = self._follower.move.row(int(inside) + 1)
            row = row if row is not None else self._follower.move.at
            self._put(
                place, Attribute(inside, element.tag.end, element.content_end), b"%d" % (row - 1)
            )

    def _formula(self, place: int, element: Element) -> None:
        tag = element.tag
        if tag.name in ATTRIBUTE_FORMULAS:
            attributes = tag.attributes()
            for name in ATTRIBUTE_FORMULAS[tag.name]:
                if name in attributes:
                    self._put_formula(place, attributes[name], attribute=True)
        elif tag.name == b"cfvo" and tag.get(b"type") == "formula":
            found = tag.attributes().get(b"val")
            if found is not None:
                self._put_formula(place, found, attribute=True)
        elif tag.name in FORMULAS and not tag.empty:
            inside = self._layout.data[tag.end : element.content_end]
            if b"<" not in inside:
                self._put_formula(
                    place, Attribute(inside, tag.end, element.content_end), attribute=False
                )

    def _put_formula(self, place: int, found: Attribute, *, attribute: bool) -> None:
        text = text_of(found.value)
        tops = self._tops(place)
        if tops is None or isinstance(self._follower.move, Grow):
            new = self._follower.text(text, self._own)
        else:
            new = self._follower.anchored(text, self._own, tops)
        if new != text:
            self._put(place, found, escape_attribute(new) if attribute else escape(new))

    def _tops(self, place: int) -> tuple[int, int] | None:
        """Return the first row a rule applies to, before and after the move."""
        above: int | None = place
        while above is not None and self._moved:
            sqref = self._sqref(above)
            if sqref is not None:
                old = parse_areas(sqref)
                new = ruled_areas(self._follower.move, old)
                return (old[0].row, new[0].row) if old and new else None
            above = self._parents[above]
        return None

    def _name_above(self, place: int) -> bytes:
        parent = self._parents[place]
        return b"" if parent is None else self.elements[parent].tag.name

    def _sqref(self, place: int) -> str | None:
        """Return the cells that an element is for: an attribute, in Excel's extensions a child."""
        element = self.elements[place]
        found = element.tag.attributes().get(b"sqref")
        if found is not None:
            return text_of(found.value)
        if element.tag.name not in RULES:
            return None
        child = self._child(place, b"sqref")
        if child is None or child.tag.empty:
            return None
        return text_of(self._layout.data[child.tag.end : child.content_end])

    def _child(self, place: int, name: bytes) -> Element | None:
        end = self.elements[place].end
        for number in range(place + 1, len(self.elements)):
            element = self.elements[number]
            if element.tag.start >= end:
                return None
            if element.tag.name == name and self._parents[number] == place:
                return element
        return None

    def _vanish(self, place: int) -> None:
        parent = self._parents[place]
        if self.elements[place].tag.name == b"sqref" and parent is not None:
            place = parent
        self._gone.add(place)

    def _empty_containers(self) -> None:
        children: dict[int, list[int]] = {}
        for place, parent in enumerate(self._parents):
            if parent is not None:
                children.setdefault(parent, []).append(place)
        emptied = set(self._gone)
        while emptied:
            emptied = {parent for parent in children if self._emptied(parent, children[parent])}
            self._gone |= emptied
        for parent, inside in children.items():
            lost = sum(place in self._gone for place in inside)
            if lost and parent not in self._gone:
                self._recount(parent, len(inside) - lost)

    def _emptied(self, parent: int, inside: list[int]) -> bool:
        """Tell whether a container that is still there has lost all that it contains.

        A group of sparklines contains colours as well, which are nothing without a sparkline.
        """
        name = self.elements[parent].tag.name
        if name not in CONTAINERS or parent in self._gone:
            return False
        left = [self.elements[place].tag.name for place in inside if place not in self._gone]
        return b"sparklines" not in left if name == b"sparklineGroup" else not left

    def _recount(self, parent: int, left: int) -> None:
        for name in (b"count", b"manualBreakCount"):
            found = self.elements[parent].tag.attributes().get(name)
            if found is not None:
                self._put(parent, found, b"%d" % left)


def _parents(found: list[Element]) -> list[int | None]:
    parents: list[int | None] = []
    above: list[int] = []
    for place, element in enumerate(found):
        del above[element.depth :]
        parents.append(above[-1] if above else None)
        above.append(place)
    return parents
