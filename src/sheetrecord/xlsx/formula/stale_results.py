"""Which formula results a change makes stale: followed through every formula of the workbook.

Excel recalculates on request (``fullCalcOnLoad``), but LibreOffice and every reader of cached
values trust what is stored. So each formula that depends on a changed cell, directly or through
others, loses its cached value; LibreOffice calculates a formula without one. A formula that may
read any cell (``INDIRECT``, ``OFFSET``, a data table) counts as dependent on everything.

Two shortcuts keep a workbook of 100,000 rows fast. By column first, on formulas with their digits
taken out: often it already shows that nothing depends on the change. And the formulas of a column
that differ in their own row's number only are followed together (see `families`).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final, TypeAlias

from sheetrecord.xlsx.formula.changed_areas import ChangedColumns, Dirt
from sheetrecord.xlsx.formula.dependencies import DependencyPatterns, Link, Pattern
from sheetrecord.xlsx.formula.families import Families, Family, LoneFormula, Reach, shifted
from sheetrecord.xlsx.formula.names import WorkbookNames
from sheetrecord.xlsx.formula.sorted_formulas import Sorted, sort_out
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.xml.formula_kinds import DIGITS
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout

MAX_PASSES: Final = 40
_DIGIT: Final = re.compile("[0-9]")
_ESCAPED: Final = frozenset("&<>'\"")
"""Characters of a sheet's name that a formula in a file writes in another way."""

Sheet: TypeAlias = Sorted | SheetLayout | Pages
"""The formulas of a sheet, or its rows: they are sorted when something may depend on the change."""
Cells = dict[int, set[tuple[int, int]]]
"""(row, column) of cells, by sheet."""


def _numbered(names: Iterable[str]) -> set[str]:
    """Return names with a number in them, without it: formulas may differ in the name alone."""
    return {_DIGIT.sub("", name.lower()) for name in names if _DIGIT.search(name)}


class Graph:
    """The formulas of a workbook and what they depend on; changed cells go into ``dirt``."""

    def __init__(
        self, draft: PackageDraft, sheets: Mapping[int, Sorted | SheetLayout | Pages]
    ) -> None:
        self._patterns = DependencyPatterns(WorkbookNames(draft))
        self._sheets = sheets
        self._numbered = _numbered(name.name for name in draft.package.defined_names)
        sheets_named = [sheet.name for sheet in draft.package.sheets]
        self._numbered_sheets = _numbered(sheets_named)
        if any(set(name) & _ESCAPED and _DIGIT.search(name) for name in sheets_named):
            self._numbered_sheets.add("")  # which is in any text
        self._formulas: dict[int, Families] = {}
        self._stale: Cells = {}
        self._reach = ChangedColumns()
        self._live: dict[int, tuple[Link, ...]] = {}
        self.dirt = Dirt()

    def spread(self) -> Cells:
        """Follow the dirt through every formula; return the stale formula cells by sheet."""
        if not self.dirt.count or not self._may_spread():
            return {}
        for sheet, found in self._sheets.items():
            known = found if isinstance(found, Sorted) else sort_out(found)
            self._formulas[sheet] = Families(sheet, known, self._patterns)
        hot = self._hot_columns()
        if not hot:
            return {}
        crowds, waiting = self._sorted(hot)
        for turn in range(MAX_PASSES):
            self._follow_crowds(crowds)
            certain = turn + 1 == MAX_PASSES
            left = [one for one in waiting if not self._follow(one, certain=certain)]
            if len(left) == len(waiting):
                break
            waiting = left
        self._follow_crowds(crowds)
        return self._stale

    # -- by column -----------------------------------------------------------------------

    def _may_spread(self) -> bool:
        """Tell by the formulas' texts alone whether any can depend on the dirt."""
        dirty = self.dirt.columns()
        return any(self._may_touch(sheet, dirty) for sheet in self._sheets)

    def _may_touch(self, sheet: int, dirty: ChangedColumns) -> bool:
        found = self._sheets[sheet]
        if isinstance(found, SheetLayout) and found.mask is not found.data:
            return True
        if not isinstance(found, Sorted):
            texts = iter(found.formula_kinds().values())
        elif found.masked:
            return bool(found.groups)
        else:
            texts = ((g.attributes, g.text_at(g.rows[0])) for g in found.groups)
        shapes = {text.translate(None, DIGITS): (attributes, text) for attributes, text in texts}
        if not all(map(self._is_plain, shapes)):
            return True
        return any(
            b"dataTable" in attributes or self._patterns.of(sheet, text)[0].touches(dirty)
            for attributes, text in shapes.values()
        )

    def _hot_columns(self) -> set[tuple[int, int]]:
        """Return the (sheet, column) pairs in which a formula may depend on the dirt."""
        every: dict[tuple[int, int, int], tuple[int, int, Pattern]] = {}
        for sheet, found in self._formulas.items():
            for family in self._examples(found.families):
                for pattern in found.patterns(family):
                    shape = (sheet, family.column, pattern)
                    every.setdefault((sheet, family.column, id(pattern)), shape)
        shapes = list(every.values())
        dirty = self._reach = self.dirt.columns()
        hot: set[tuple[int, int]] = set()
        growing = bool(dirty)
        while growing:
            growing = False
            for sheet, column, pattern in shapes:
                if (sheet, column) in hot or not pattern.touches(dirty):
                    continue
                hot.add((sheet, column))
                dirty.add(sheet, column, column)
                for area in self._formulas[sheet].areas.values():
                    if area.column <= column <= area.last_column:
                        dirty.add(sheet, area.column, area.last_column)
                growing = True
        return hot

    def _examples(self, families: Iterable[Family]) -> list[Family]:
        """Return one family of each column and shape; all of those where digits are names."""
        quick: dict[tuple[int, bytes], Family] = {}
        exact: list[Family] = []
        for family in families:
            shape = family.text.translate(None, DIGITS)
            if family.special or not self._is_plain(shape):
                exact.append(family)
            else:
                quick[family.column, shape] = family
        return [*quick.values(), *exact]

    def _is_plain(self, shape: bytes) -> bool:
        """Whether a formula's text without digits determines its dependencies except for rows."""
        if not shape or b"[" in shape:
            return False
        named = self._numbered | self._numbered_sheets if b"!" in shape else self._numbered
        lower = shape.decode("utf-8", "replace").lower() if named else ""
        return not any(name in lower for name in named)

    # -- by cell -------------------------------------------------------------------------

    def _sorted(self, hot: set[tuple[int, int]]) -> tuple[list["Crowd"], list[LoneFormula]]:
        """Return the formulas of hot columns: those followed together, and those one by one."""
        crowds: list[Crowd] = []
        waiting: list[LoneFormula] = []
        for sheet, found in self._formulas.items():
            for family in found.families:
                if (sheet, family.column) not in hot:
                    continue
                reach = found.reach(family) if len(family.rows) > 1 else None
                if reach is not None:
                    crowds.append(Crowd(family, reach))
                else:
                    waiting += (found.formula(family, row) for row in family.rows)
        waiting.sort(key=lambda one: one[:3])
        return crowds, [self._with_live_links(one) for one in waiting]

    def _with_live_links(self, formula: LoneFormula) -> LoneFormula:
        """Return a formula with only those links whose columns hold changed cells."""
        links = formula.links
        if links is None or formula.right:
            return formula
        known = self._live.get(id(links))  # patterns are kept, so their links' identity is theirs
        if known is None:
            known = tuple(each for each in links if Pattern((each,)).touches(self._reach))
            self._live[id(links)] = known
        return formula._replace(links=known)

    def _follow_crowds(self, crowds: Iterable["Crowd"]) -> None:
        """Mark families that depend on changed cells, until a fixed point is reached."""
        growing = True
        while growing:
            growing = False
            for crowd in crowds:
                rows = crowd.reached(self.dirt)
                if rows:
                    sheet, column = crowd.place
                    self.dirt.add_rows(sheet, column, rows)
                    self._stale.setdefault(sheet, set()).update((row, column) for row in rows)
                    growing = True

    def _follow(self, formula: LoneFormula, *, certain: bool = False) -> bool:
        """Mark a formula stale when it depends on the dirt; return whether it does."""
        if not certain and not self._depends(formula):
            return False
        sheet, row, column, area = formula[:4]
        places = [(row, column)]
        if area is not None:
            columns = range(area.column, area.last_column + 1)
            places = [(r, c) for r in range(area.row, area.last_row + 1) for c in columns]
        for place in places:
            self.dirt.add(sheet, *place)
            self._stale.setdefault(sheet, set()).add(place)
        return True

    def _depends(self, formula: LoneFormula) -> bool:
        if formula.links is None:
            return True
        return any(
            self.dirt.touches(sheet, area)
            for link in formula.links
            for area in (shifted(link, formula),)
            for sheet in link.target.sheets
        )


class Crowd:
    """A family being followed: the members that are not stale yet, and what was looked at."""

    def __init__(self, family: Family, reach: Reach) -> None:
        self.place = (family.sheet, family.column)
        self._left = set(family.rows)
        self._reach = reach
        self._seen: dict[tuple[int, int], int] = {}
        self._count = -1

    def reached(self, dirt: Dirt) -> Collection[int]:
        """Return the rows of the members that changed cells reach now; each is returned once."""
        if not self._left or dirt.count == self._count:
            return ()
        if any(dirt.touches(sheet, area) for sheet, area in self._reach.fixed):
            every, self._left = self._left, set()
            return every
        found: set[int] = set()
        for own in self._reach.own:
            if self._count < 0:
                for area in dirt.areas(*own):
                    found.update(r for r in self._left if area.row <= r <= area.last_row)
            for column, rows in dirt.rows(*own):
                if self._seen.get((own[0], column)) != len(rows):
                    found |= self._left & rows
        columns = (((own[0], c), len(r)) for own in self._reach.own for c, r in dirt.rows(*own))
        self._seen = dict(columns)
        self._count = dirt.count
        self._left -= found
        return found
