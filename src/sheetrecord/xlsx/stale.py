"""Which formula results a change makes stale, and how a stale result is dropped from the file.

Excel recalculates on request (``fullCalcOnLoad``), but LibreOffice and every reader of cached
values trust what is stored. So each formula that depends on a changed cell, directly or through
others, loses its cached value; LibreOffice calculates a formula without one. A formula that may
read any cell (``INDIRECT``, ``OFFSET``, a data table) counts as dependent on everything.

The first look is by column only, on formulas with their digits taken out: in most workbooks it
already shows that nothing depends on the change.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sheetrecord.xlsx.a1 import MAX_ROW, Area, column_number, parse_area
from sheetrecord.xlsx.dirt import Dirt
from sheetrecord.xlsx.draft import Draft
from sheetrecord.xlsx.formulas import parse
from sheetrecord.xlsx.layout import Layout
from sheetrecord.xlsx.markup import ATTRIBUTE, text_of
from sheetrecord.xlsx.names import Names, Target

DIGITS: Final = b"0123456789"
MAX_PASSES: Final = 40
_NUMBERS: Final = re.compile(rb"([0-9]+)")
_ODD_NAME: Final = re.compile(r"[A-Za-z]{1,3}[0-9]+[^0-9]")


class Entry(NamedTuple):
    """One formula cell: ``attributes`` are those of its ``f``, ``text`` is still escaped."""

    column: bytes
    row: bytes
    attributes: bytes
    text: bytes


class Row(NamedTuple):
    """The rows of a reference: a number group of the text (from its start), or fixed rows."""

    group: int
    fixed: int
    relative: bool


class Link(NamedTuple):
    """One dependency of a formula pattern; columns move with a shared formula when relative."""

    target: Target
    first: Row
    last: Row
    relative_columns: tuple[bool, bool]


class Pattern(NamedTuple):
    """What all formulas of one shape depend on; ``links`` is None when on anything."""

    links: tuple[Link, ...] | None


def entries(layout: Layout) -> list[Entry]:
    """Return the formula cells of a worksheet, in file order."""
    start, end = layout.sheet_data.end, layout.rows_end
    name = re.escape(layout.name(b"f"))
    count = (
        len(re.findall(rb"<%s(?=[\s/>])" % name, layout.mask[start:end]))
        if (layout.mask.find(b"<" + layout.name(b"f"), start, end) >= 0)
        else 0
    )
    if not count:
        return []
    found = _fast(layout).findall(layout.mask, start, end)
    if len(found) == count and layout.mask is layout.data:
        return [Entry._make(item) for item in found] if count < 1000 else found
    return list(_slow(layout))


def _fast(layout: Layout) -> re.Pattern[bytes]:
    cell, formula = re.escape(layout.name(b"c")), re.escape(layout.name(b"f"))
    return re.compile(
        rb'<%s r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*><%s((?=[\s/>])[^<>]*)>([^<]*)<' % (cell, formula)
    )


def _slow(layout: Layout) -> Iterator[Entry]:
    from sheetrecord.xlsx.a1 import column_letters

    for row in layout.rows():
        for cell in layout.cells(row):
            for element in [] if cell.tag.empty else layout.children(cell):
                if element.tag.name == b"f" and element.depth == 0:
                    text = text_of(layout.data[element.tag.end : element.content_end])
                    yield Entry(
                        column_letters(cell.column).encode(),
                        b"%d" % cell.row,
                        element.tag.rest,
                        text.replace("&", "&amp;").replace("<", "&lt;").encode(),
                    )


class Candidate(NamedTuple):
    """A formula cell that may depend on the dirt; ``links`` is None when on anything."""

    sheet: int
    row: int
    column: int
    area: Area | None
    links: tuple[Link, ...] | None
    down: int
    right: int
    numbers: list[bytes]


class Graph:
    """The formulas of a workbook and what they depend on."""

    def __init__(self, draft: Draft, layouts: dict[int, Layout]) -> None:
        self._names = Names(draft)
        self._layouts = layouts
        self._entries: dict[int, list[Entry]] = {}
        self._patterns: dict[tuple[int, bytes, tuple[bytes, ...]], Pattern] = {}
        self._identity: dict[bytes, tuple[int, ...]] = {}
        self._odd = any(_ODD_NAME.match(n.name) for n in draft.package.defined_names)
        self._shared: dict[int, dict[bytes, tuple[int, int, bytes]]] = {}
        self._arrays: dict[int, dict[tuple[int, int], Area]] = {}
        self.dirt = Dirt()

    def formulas(self, sheet: int) -> list[Entry]:
        """Return a sheet's formula cells."""
        if sheet not in self._entries:
            self._entries[sheet] = entries(self._layouts[sheet])
        return self._entries[sheet]

    def spread(self) -> dict[int, set[tuple[int, int]]]:
        """Follow the dirt through every formula; return the stale formula cells by sheet."""
        hot = self._hot_columns()
        if not hot:
            return {}
        waiting = list(self._candidates(hot))
        stale: dict[int, set[tuple[int, int]]] = {}
        for turn in range(MAX_PASSES):
            left = []
            before = self.dirt.count, len(waiting)
            for candidate in waiting:
                sheet, row, column, area = candidate[:4]
                if turn + 1 < MAX_PASSES and not self._depends(candidate):
                    left.append(candidate)
                    continue
                stale.setdefault(sheet, set()).update(_cells(area, row, column))
                self.dirt.add_all(sheet, _cells(area, row, column))
            waiting = left
            if (self.dirt.count, len(waiting)) == before:
                break
        return stale

    # -- by column -----------------------------------------------------------------------

    def _hot_columns(self) -> set[tuple[int, int]]:
        """Return the (sheet, column) pairs in which a formula may depend on the dirt."""
        shapes = [
            (sheet, column_number(column.decode()), self._shape(sheet, text, attributes))
            for sheet in self._layouts
            for column, text, attributes in self._shapes(sheet)
        ]
        dirty = {
            (sheet, column) for sheet in self.dirt.sheets() for column in self.dirt.rows(sheet)
        }
        hot: set[tuple[int, int]] = set()
        growing = bool(dirty)
        while growing:
            growing = False
            for sheet, column, pattern in shapes:
                if (sheet, column) in hot or not _column_hit(pattern, dirty):
                    continue
                hot.add((sheet, column))
                dirty.add((sheet, column))
                dirty.update((sheet, c) for c in self._array_columns(sheet, column))
                growing = True
        return hot

    def _shapes(self, sheet: int) -> set[tuple[bytes, bytes, bytes]]:
        """Return one formula of each column and shape: (column, text, attributes)."""
        seen: dict[tuple[bytes, bytes], tuple[bytes, bytes, bytes]] = {}
        for column, _, attributes, text in self.formulas(sheet):
            if b"!" in text or b"[" in text or self._odd:
                key = (column, text)
            elif not text and attributes:
                key = (column, attributes)
            else:
                key = (column, text.translate(None, DIGITS))
            if key not in seen:
                seen[key] = (column, text, attributes)
        return set(seen.values())

    def _shape(self, sheet: int, text: bytes, attributes: bytes) -> Pattern:
        if b"dataTable" in attributes:
            return Pattern(None)
        if not text and b"shared" in attributes:
            master = self._masters(sheet).get(_attribute(attributes, b"si"))
            if master is None:
                return Pattern(None)
            pattern, _ = self._pattern(sheet, master[2])
            return _any_column(pattern)
        return self._pattern(sheet, text)[0]

    def _array_columns(self, sheet: int, column: int) -> Iterator[int]:
        for area in self._areas(sheet).values():
            if area.column <= column <= area.last_column:
                yield from range(area.column, area.last_column + 1)

    # -- patterns ------------------------------------------------------------------------

    def _pattern(self, sheet: int, text: bytes) -> tuple[Pattern, list[bytes]]:
        parts = _NUMBERS.split(text)
        shape, numbers = b"#".join(parts[::2]), parts[1::2]
        identity = self._identity.get(shape)
        if identity is None:
            identity = self._identity[shape] = _identity(text)
        key = (sheet, shape, tuple([numbers[i] for i in identity]))
        pattern = self._patterns.get(key)
        if pattern is None:
            pattern = self._patterns[key] = self._read(sheet, text)
        return pattern, numbers

    def _read(self, sheet: int, text: bytes) -> Pattern:
        plain = text_of(text)
        formula = parse(plain)
        if formula.joined:
            return Pattern(None)
        links = []
        for reference in formula.references:
            target = self._names.of_reference(reference, sheet)
            c1, r1, c2, r2 = reference.corners
            first = last = Row(-1, 0, relative=False)
            if reference.kind != "columns" and b"&#" not in text:
                before = len(re.findall("[0-9]+", plain[: reference.start] + reference.prefix))
                body = 2 if reference.kind in {"area", "rows"} else 1
                first = Row(before, 0, relative=not r1.startswith("$"))
                last = Row(before + body - 1, 0, relative=not r2.startswith("$"))
            elif reference.kind != "columns":
                first = Row(-1, reference.row, relative=not r1.startswith("$"))
                last = Row(-1, reference.last_row, relative=not r2.startswith("$"))
            else:
                last = Row(-1, MAX_ROW, relative=False)
            moving = reference.kind != "rows"
            columns = (moving and not c1.startswith("$"), moving and not c2.startswith("$"))
            links.append(Link(target, first, last, columns))
        for word in formula.words:
            targets = self._names.of_word(word, sheet)
            if targets is None:
                return Pattern(None)
            links += [
                Link(
                    target,
                    Row(-1, target.area.row, relative=False),
                    Row(-1, target.area.last_row, relative=False),
                    (False, False),
                )
                for target in targets
            ]
        return Pattern(tuple(links))

    # -- by cell -------------------------------------------------------------------------

    def _candidates(self, hot: set[tuple[int, int]]) -> Iterator[Candidate]:
        for sheet in self._layouts:
            letters = {entry[0] for entry in self.formulas(sheet)}
            wanted = {c: column_number(c.decode()) for c in letters}
            wanted = {c: number for c, number in wanted.items() if (sheet, number) in hot}
            for column, row, attributes, text in self.formulas(sheet) if wanted else ():
                if column in wanted:
                    yield self._candidate(sheet, int(row), wanted[column], attributes, text)

    def _candidate(
        self, sheet: int, row: int, column: int, attributes: bytes, text: bytes
    ) -> Candidate:
        area = None
        if b"dataTable" in attributes or b"array" in attributes:
            area = self._areas(sheet).get((row, column))
        if b"dataTable" in attributes:
            return Candidate(sheet, row, column, area, None, 0, 0, [])
        if not text and b"shared" in attributes:
            master = self._masters(sheet).get(_attribute(attributes, b"si"))
            if master is None:
                return Candidate(sheet, row, column, area, None, 0, 0, [])
            pattern, numbers = self._pattern(sheet, master[2])
            down, right = row - master[0], column - master[1]
            return Candidate(sheet, row, column, area, pattern.links, down, right, numbers)
        pattern, numbers = self._pattern(sheet, text)
        return Candidate(sheet, row, column, area, pattern.links, 0, 0, numbers)

    def _masters(self, sheet: int) -> dict[bytes, tuple[int, int, bytes]]:
        if sheet not in self._shared:
            self._shared[sheet] = {
                _attribute(attributes, b"si"): (int(row), column_number(column.decode()), text)
                for column, row, attributes, text in reversed(self.formulas(sheet))
                if text and b"shared" in attributes
            }
        return self._shared[sheet]

    def _areas(self, sheet: int) -> dict[tuple[int, int], Area]:
        if sheet not in self._arrays:
            self._arrays[sheet] = {
                (int(row), column_number(column.decode())): parse_area(
                    _attribute(attributes, b"ref").decode()
                )
                for column, row, attributes, _ in self.formulas(sheet)
                if (b"array" in attributes or b"dataTable" in attributes)
                and _attribute(attributes, b"ref")
            }
        return self._arrays[sheet]

    def _depends(self, candidate: Candidate) -> bool:
        _, own_row, _, _, links, down, right, numbers = candidate
        if links is None:
            return True
        for target, first, last, columns in links:
            area = target.area
            if target.this_row:
                row = last_row = own_row
            else:
                row = first.fixed if first.group < 0 else int(numbers[first.group])
                last_row = last.fixed if last.group < 0 else int(numbers[last.group])
                row += down * first.relative
                last_row += down * last.relative
                if row > last_row:
                    row, last_row = last_row, row
            column = area.column + right * columns[0]
            last_column = area.last_column + right * columns[1]
            for sheet in target.sheets:
                if self.dirt.touches(sheet, (row, column, last_row, last_column)):
                    return True
        return False


def _identity(text: bytes) -> tuple[int, ...]:
    """Return which number groups of a formula belong to names, tables and sheets, not to rows."""
    plain = text_of(text)
    formula = parse(plain)
    spans = [(r.start, r.start + len(r.prefix)) for r in formula.references if r.prefix]
    spans += [(word.start, word.end) for word in formula.words]
    if b"&#" in text:
        return tuple(range(len(_NUMBERS.findall(text))))
    return tuple(
        place
        for place, match in enumerate(re.finditer("[0-9]+", plain))
        if any(start <= match.start() < end for start, end in spans)
    )


def _attribute(attributes: bytes, name: bytes) -> bytes:
    for key, double, single in ATTRIBUTE.findall(attributes):
        if key == name:
            return bytes(double or single)
    return b""


def _any_column(pattern: Pattern) -> Pattern:
    """Return the pattern with relative columns widened: where a shared formula may have gone."""
    if pattern.links is None:
        return pattern
    return Pattern(
        tuple(
            link._replace(target=link.target._replace(area=Area(1, 1, MAX_ROW, 16_384)))
            if any(link.relative_columns)
            else link
            for link in pattern.links
        )
    )


def _column_hit(pattern: Pattern, dirty: set[tuple[int, int]]) -> bool:
    if pattern.links is None:
        return True
    return any(
        sheet in link.target.sheets
        and link.target.area.column <= column <= link.target.area.last_column
        for link in pattern.links
        for sheet, column in dirty
    )


def _cells(area: Area | None, row: int, column: int) -> Iterable[tuple[int, int]]:
    if area is None:
        return ((row, column),)
    return (
        (r, c)
        for r in range(area.row, area.last_row + 1)
        for c in range(area.column, area.last_column + 1)
    )
