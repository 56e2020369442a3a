"""Which formula results a change makes stale: followed through every formula of the workbook.

Excel recalculates on request (``fullCalcOnLoad``), but LibreOffice and every reader of cached
values trust what is stored. So each formula that depends on a changed cell, directly or through
others, loses its cached value; LibreOffice calculates a formula without one. A formula that may
read any cell (``INDIRECT``, ``OFFSET``, a data table) counts as dependent on everything.

Two shortcuts keep a workbook of 100,000 rows fast. By column first, on formulas with their digits
taken out: often it already shows that nothing depends on the change. And a formula that reads its
own row only is looked at when that row has changed, not before.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sheetrecord.xlsx.a1 import Area, column_number
from sheetrecord.xlsx.dirt import Columns, Dirt
from sheetrecord.xlsx.draft import Draft
from sheetrecord.xlsx.entries import attribute, entries, filled_areas, formulas, masters
from sheetrecord.xlsx.layout import Layout
from sheetrecord.xlsx.names import Names
from sheetrecord.xlsx.patterns import Link, Pattern, Patterns

DIGITS: Final = b"0123456789"
MAX_PASSES: Final = 40
OWN_ROW: Final = b"\x00"
_ODD_NAME: Final = re.compile(r"[A-Za-z]{1,3}[0-9]+[^0-9]")


class Candidate(NamedTuple):
    """A formula cell that may depend on the dirt; ``links`` is None when on any cell.

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


class _Local(NamedTuple):
    """The formulas of one sheet that read their own row only."""

    columns: set[bytes]
    keys: set[bytes]


class Graph:
    """The formulas of a workbook and what they depend on; changed cells go into ``dirt``."""

    def __init__(self, draft: Draft, layouts: dict[int, Layout]) -> None:
        self._patterns = Patterns(Names(draft))
        self._layouts = layouts
        self._odd = any(_ODD_NAME.match(n.name) for n in draft.package.defined_names)
        self._formulas: dict[int, list[tuple[bytes, bytes, bytes, bytes]]] = {}
        self._masters: dict[int, dict[bytes, tuple[int, int, bytes]]] = {}
        self._areas: dict[int, dict[tuple[int, int], Area]] = {}
        self._stale: dict[int, set[tuple[int, int]]] = {}
        self._fresh: list[tuple[int, int]] = []
        self._reach = Columns()
        self._live: dict[int, tuple[Link, ...] | None] = {}
        self.dirt = Dirt()

    def spread(self) -> dict[int, set[tuple[int, int]]]:
        """Follow the dirt through every formula; return the stale formula cells by sheet."""
        if not self._load():
            return {}
        hot = self._hot_columns()
        if not hot:
            return {}
        local: dict[int, _Local] = {}
        waiting: list[Candidate] = []
        for sheet in self._formulas:
            local[sheet] = self._sort(sheet, hot, waiting)
            rows = {row for rows in self.dirt.rows(sheet).values() for row in rows}
            self._fresh += [(sheet, row) for row in sorted(rows)]
        for turn in range(MAX_PASSES):
            self._follow_rows(local)
            left = [
                candidate
                for candidate in waiting
                if not self._follow(candidate, certain=turn + 1 == MAX_PASSES)
            ]
            if len(left) == len(waiting):
                break
            waiting = left
        self._follow_rows(local)
        return self._stale

    def _load(self) -> bool:
        """Read all formula cells, unless the formulas' texts show that none can depend."""
        dirty = self.dirt.columns()
        found = {sheet: formulas(layout) for sheet, layout in self._layouts.items()}
        if not any(self._may_touch(sheet, texts, dirty) for sheet, texts in found.items() if texts):
            return False
        for sheet, texts in found.items():
            cells = self._formulas[sheet] = entries(self._layouts[sheet], len(texts))
            special = [cell for cell in cells if cell[2]]
            self._masters[sheet] = masters(special)
            self._areas[sheet] = filled_areas(special)
        return True

    def _may_touch(self, sheet: int, texts: list[tuple[bytes, bytes]], dirty: Columns) -> bool:
        layout = self._layouts[sheet]
        if self._odd or not dirty or layout.mask is not layout.data:
            return bool(dirty)
        shapes = {text.translate(None, DIGITS): (attributes, text) for attributes, text in texts}
        if any(not shape or b"!" in shape or b"[" in shape for shape in shapes):
            return True
        return any(
            b"dataTable" in attributes or self._patterns.of(sheet, text)[0].touches(dirty)
            for attributes, text in shapes.values()
        )

    def _follow(self, candidate: Candidate, *, certain: bool = False) -> bool:
        """Mark a formula stale when it depends on the dirt; return whether it does."""
        if not certain and not self._depends(candidate):
            return False
        sheet, row, column, area = candidate[:4]
        for place in _cells(area, row, column):
            if self.dirt.add(sheet, *place):
                self._fresh.append((sheet, place[0]))
            self._stale.setdefault(sheet, set()).add(place)
        return True

    def _follow_rows(self, local: dict[int, _Local]) -> None:
        """Mark what depends on a changed row from within that row."""
        while self._fresh:
            sheet, row = self._fresh.pop()
            if sheet in local and local[sheet].keys:
                for candidate in self._in_row(sheet, row, local[sheet]):
                    done = self._stale.get(sheet, ())
                    if (row, candidate.column) not in done:
                        self._follow(candidate)

    def _in_row(self, sheet: int, row: int, local: _Local) -> Iterator[Candidate]:
        found = self._formulas[sheet]
        for place in range(bisect_left(found, row, key=_row_of), len(found)):
            column, own, attributes, text = found[place]
            if int(own) != row:
                return
            if column in local.columns and _key(own, attributes, text) in local.keys:
                number = column_number(column.decode())
                yield self._candidate(sheet, row, number, attributes, text)

    # -- by column -----------------------------------------------------------------------

    def _hot_columns(self) -> set[tuple[int, int]]:
        """Return the (sheet, column) pairs in which a formula may depend on the dirt."""
        every: dict[tuple[int, bytes, int], tuple[int, int, Pattern]] = {}
        for sheet in self._formulas:
            for letters, _, attributes, text in self._examples(sheet):
                found = self._shape(sheet, attributes, text)
                shape = (sheet, column_number(letters.decode()), found)
                every.setdefault((sheet, letters, id(found)), shape)
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
                for area in self._areas[sheet].values():
                    if area.column <= column <= area.last_column:
                        dirty.add(sheet, area.column, area.last_column)
                growing = True
        return hot

    def _examples(self, sheet: int) -> Iterable[tuple[bytes, bytes, bytes, bytes]]:
        """Return one formula of each column and shape; of each text where digits are names."""
        found = self._formulas[sheet]
        quick = {(entry[0], entry[3].translate(None, DIGITS)): entry for entry in found}
        exact = {c for c, shape in quick if not shape or b"!" in shape or b"[" in shape}
        if self._odd:
            exact = {column for column, _ in quick}
        if not exact:
            return quick.values()
        slow = {(entry[0], entry[3] or entry[2]): entry for entry in found if entry[0] in exact}
        return [*(e for (c, _), e in quick.items() if c not in exact), *slow.values()]

    def _shape(self, sheet: int, attributes: bytes, text: bytes) -> Pattern:
        if b"dataTable" in attributes:
            return Pattern(None)
        if not text and b"shared" in attributes:
            master = self._masters[sheet].get(attribute(attributes, b"si"))
            if master is None:
                return Pattern(None)
            return self._patterns.of(sheet, master[2])[0].widened()
        return self._patterns.of(sheet, text)[0]

    # -- by cell -------------------------------------------------------------------------

    def _sort(self, sheet: int, hot: set[tuple[int, int]], waiting: list[Candidate]) -> _Local:
        """Put the formulas of hot columns that read other rows into ``waiting``."""
        found = self._formulas[sheet]
        columns = {entry[0]: 0 for entry in found}
        wanted = {c for c in columns if (sheet, column_number(c.decode())) in hot}
        local, other = set(), set()
        for column, row, attributes, text in found if wanted else ():
            if column not in wanted:
                continue
            key = text.replace(row, OWN_ROW) if text else attributes
            if key in local and b"array" not in attributes:
                continue
            number = column_number(column.decode())
            candidate = self._candidate(sheet, int(row), number, attributes, text)
            if key not in other and self._is_local(candidate):
                local.add(key)
            else:
                other.add(key)
                waiting.append(candidate)
        return _Local(wanted, local)

    def _is_local(self, candidate: Candidate) -> bool:
        if candidate.area is not None or candidate.links is None:
            return False
        row = candidate.row - candidate.down
        links = candidate.links
        moving = not candidate.down or all(
            link.target.this_row or (link.first.relative and link.last.relative) for link in links
        )
        return moving and Pattern(links).is_local(candidate.sheet, row, candidate.numbers)

    def _candidate(
        self, sheet: int, row: int, column: int, attributes: bytes, text: bytes
    ) -> Candidate:
        area = self._areas[sheet].get((row, column)) if attributes else None
        if not text and b"shared" in attributes:
            master = self._masters[sheet].get(attribute(attributes, b"si"))
            if master is not None:
                pattern, numbers = self._patterns.of(sheet, master[2])
                down, right = row - master[0], column - master[1]
                return Candidate(sheet, row, column, area, pattern.links, down, right, numbers)
            return Candidate(sheet, row, column, area, None, 0, 0, [])
        if b"dataTable" in attributes:
            return Candidate(sheet, row, column, area, None, 0, 0, [])
        pattern, numbers = self._patterns.of(sheet, text)
        return Candidate(sheet, row, column, area, self._links(pattern), 0, 0, numbers)

    def _links(self, pattern: Pattern) -> tuple[Link, ...] | None:
        """Return a pattern's links into columns that the dirt can reach at all."""
        known = id(pattern)  # patterns are kept, so their identity stays theirs
        if known not in self._live:
            links = pattern.links
            if links is not None:
                links = tuple(each for each in links if Pattern((each,)).touches(self._reach))
            self._live[known] = links
        return self._live[known]

    def _depends(self, candidate: Candidate) -> bool:
        _, own_row, _, _, links, down, right, numbers = candidate
        if links is None:
            return self.dirt.count > 0
        for link in links:
            target, first, last, columns = link
            if target.this_row:
                row = last_row = own_row
            else:
                row, last_row = link.rows(numbers)
                row += down * first.relative
                last_row += down * last.relative
                if row > last_row:
                    row, last_row = last_row, row
            column = target.area.column + right * columns[0]
            last_column = target.area.last_column + right * columns[1]
            area = (row, min(column, last_column), last_row, max(column, last_column))
            if any(self.dirt.touches(sheet, area) for sheet in target.sheets):
                return True
        return False


def _key(row: bytes, attributes: bytes, text: bytes) -> bytes:
    return text.replace(row, OWN_ROW) if text else attributes


def _row_of(entry: tuple[bytes, bytes, bytes, bytes]) -> int:
    return int(entry[1])


def _cells(area: Area | None, row: int, column: int) -> Iterable[tuple[int, int]]:
    if area is None:
        return ((row, column),)
    return (
        (r, c)
        for r in range(area.row, area.last_row + 1)
        for c in range(area.column, area.last_column + 1)
    )
