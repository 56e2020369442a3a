"""The formulas of a worksheet in families: one column, one text but for the row's own number.

A column of 100,000 formulas is one family as a rule. What one member depends on is then known for
all of them: cells of its own row, and cells that are the same for every member.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.xlsx.addresses import Area
from sheetrecord.xlsx.formula.cells import attribute
from sheetrecord.xlsx.formula.dependencies import DependencyPatterns, Link, Pattern
from sheetrecord.xlsx.formula.sorted_formulas import Sorted, with_row
from sheetrecord.xlsx.xml.formula_kinds import OWN_ROW

_NUMBER: Final = re.compile(rb"[0-9]+")
ANYTHING: Final = Pattern(None)


class Family(NamedTuple):
    """Formula cells of one column; ``text`` has `OWN_ROW` for the row, b"" in a shared formula."""

    sheet: int
    column: int
    attributes: bytes
    text: bytes
    rows: tuple[int, ...]

    def text_at(self, row: int) -> bytes:
        """Return a member's text, still escaped."""
        return with_row(self.text, row)

    @property
    def special(self) -> bool:
        """Whether its members fill areas, or are calculated from anywhere."""
        return b"array" in self.attributes or b"dataTable" in self.attributes


class LoneFormula(NamedTuple):
    """One formula cell by itself; ``links`` is None when it may depend on any cell.

    ``down`` and ``right`` are a shared formula's distance from the cell that holds its text.
    """

    sheet: int
    row: int
    column: int
    area: Area | None
    links: tuple[Link, ...] | None
    down: int
    right: int
    numbers: list[bytes]


class Reach(NamedTuple):
    """What every member of a family depends on."""

    own: tuple[tuple[int, int, int], ...]
    """(sheet, first column, last column), in the member's own row."""
    fixed: tuple[tuple[int, Area], ...]
    """Areas that are the same for all; a dependence on any cell is no `Reach`."""


class Families:
    """The formulas of one worksheet."""

    def __init__(self, sheet: int, known: Sorted, patterns: DependencyPatterns) -> None:
        self.sheet, self._patterns = sheet, patterns
        self._masters, self.areas = known.masters, known.areas
        self.families = [Family(sheet, *group) for group in known.groups]

    def pattern(self, family: Family, row: int) -> Pattern:
        """Return what the formula of a family in this row depends on."""
        if b"dataTable" in family.attributes:
            return ANYTHING
        if not family.text and b"shared" in family.attributes:
            master = self._master(family)
            return ANYTHING if master is None else self._patterns.of(self.sheet, master[2])[0]
        return self._patterns.of(self.sheet, family.text_at(row))[0]

    def patterns(self, family: Family) -> Iterator[Pattern]:
        """Yield every pattern that members have; a shared one's columns may be any."""
        if not family.text and b"shared" in family.attributes:
            yield self.pattern(family, 0).widened()
        elif self._named_alike(family):
            yield self.pattern(family, family.rows[0])
        else:
            yield from (self.pattern(family, row) for row in family.rows)

    def reach(self, family: Family) -> Reach | None:
        """Return the dependencies of all members, None when they must be found one by one."""
        if family.special or (family.text and not self._alike(family)):
            return None
        one = self.formula(family, family.rows[0])
        if one.links is None:
            return None
        own: list[tuple[int, int, int]] = []
        fixed: list[tuple[int, Area]] = []
        for link in one.links:
            area = shifted(link, one)
            if self._is_own(family, link, one):
                own += [(sheet, area.column, area.last_column) for sheet in link.target.sheets]
            elif self._is_fixed(family, link, one):
                fixed += [(sheet, area) for sheet in link.target.sheets]
            else:
                return None
        return Reach(tuple(own), tuple(fixed))

    def formula(self, family: Family, row: int) -> LoneFormula:
        """Return one member by itself."""
        sheet, column = self.sheet, family.column
        area = self.areas.get((row, column)) if family.attributes else None
        if not family.text and b"shared" in family.attributes:
            master = self._master(family)
            if master is None:
                return LoneFormula(sheet, row, column, area, None, 0, 0, [])
            pattern, numbers = self._patterns.of(sheet, master[2])
            down, right = row - master[0], column - master[1]
            return LoneFormula(sheet, row, column, area, pattern.links, down, right, numbers)
        if b"dataTable" in family.attributes:
            return LoneFormula(sheet, row, column, area, None, 0, 0, [])
        pattern, numbers = self._patterns.of(sheet, family.text_at(row))
        return LoneFormula(sheet, row, column, area, pattern.links, 0, 0, numbers)

    def _master(self, family: Family) -> tuple[int, int, bytes] | None:
        return self._masters.get(attribute(family.attributes, b"si"))

    def _is_own(self, family: Family, link: Link, one: LoneFormula) -> bool:
        """Whether a link follows the member's row."""
        first, last = link.first, link.last
        follows = first.group >= 0 and last.group >= 0
        if not family.text:
            follows = first.relative and last.relative
        row = one.row - one.down
        return link.target.this_row or (follows and link.rows(one.numbers) == (row, row))

    def _is_fixed(self, family: Family, link: Link, one: LoneFormula) -> bool:
        """Whether a link is the same for every member."""
        corners = (link.first, link.last)
        if not family.text:
            return not any(corner.relative for corner in corners)
        return all(c.group < 0 or int(one.numbers[c.group]) != one.row for c in corners)

    def _alike(self, family: Family) -> bool:
        """Whether the rows put into the text are whole numbers of it, and no part of a name."""
        row = b"%d" % family.rows[0]
        text = family.text_at(family.rows[0])
        whole = all(number == row or row not in number for number in _NUMBER.findall(text))
        return whole and self._named_alike(family)

    def _named_alike(self, family: Family) -> bool:
        """Whether no name, table or sheet in the text has the row's number in its own name."""
        row = b"%d" % family.rows[0]
        if OWN_ROW not in family.text:
            return True
        named = self._patterns.named(family.text_at(family.rows[0]))
        return not any(row in number for number in named)


def shifted(link: Link, formula: LoneFormula) -> Area:
    """Return the area that a link of this formula refers to."""
    target, first, last, columns = link
    if target.this_row:
        row = last_row = formula.row
    else:
        row, last_row = link.rows(formula.numbers)
        row += formula.down * first.relative
        last_row += formula.down * last.relative
    column = target.area.column + formula.right * columns[0]
    last_column = target.area.last_column + formula.right * columns[1]
    return Area(
        min(row, last_row),
        min(column, last_column),
        max(row, last_row),
        max(column, last_column),
    )
