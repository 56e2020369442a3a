"""What a formula depends on, worked out once for all formulas of the same shape.

Formulas of a column differ in their row numbers only. So the text is split at its numbers; what is
left is the shape, and a pattern says for each reference which of the numbers are its rows.
"""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final, NamedTuple

from sheetrecord.xlsx.addresses import MAX_COLUMN, MAX_ROW, Area
from sheetrecord.xlsx.formula.changed_areas import ChangedColumns
from sheetrecord.xlsx.formula.names import Target, WorkbookNames
from sheetrecord.xlsx.formula.summed_areas import pairs, summed
from sheetrecord.xlsx.formula.tokens import Reference, parse
from sheetrecord.xlsx.xml.scanner import text_of

_NUMBERS: Final = re.compile(rb"([0-9]+)")
_DIGITS: Final = re.compile("[0-9]+")
_GLUED: Final = re.compile(rb"[A-Za-z_$:?\\\x80-\xff]$|[^0-9]\.$")
MAX_DIGITS: Final = 6
"""Digits of a number that is a row's whatever they are; the last row has one more."""


class RowPattern(NamedTuple):
    """A row of a reference: a number group of the text (from its start), else ``fixed``."""

    group: int
    fixed: int
    relative: bool


class Link(NamedTuple):
    """One dependency; its columns move with a shared formula where they are relative."""

    target: Target
    first: RowPattern
    last: RowPattern
    relative_columns: tuple[bool, bool]

    def rows(self, numbers: list[bytes]) -> tuple[int, int]:
        """Return the first and last row for a formula with these numbers."""
        first, last = self.first, self.last
        return (
            first.fixed if first.group < 0 else int(numbers[first.group]),
            last.fixed if last.group < 0 else int(numbers[last.group]),
        )


class Pattern(NamedTuple):
    """What all formulas of one shape depend on; ``links`` is None when on any cell."""

    links: tuple[Link, ...] | None

    def widened(self) -> "Pattern":
        """Return the pattern with relative columns anywhere: where a shared formula may be."""
        if self.links is None:
            return self
        anywhere = Area(1, 1, MAX_ROW, MAX_COLUMN)
        return Pattern(
            tuple(
                link._replace(target=link.target._replace(area=anywhere))
                if any(link.relative_columns)
                else link
                for link in self.links
            )
        )

    def touches(self, columns: ChangedColumns) -> bool:
        """Whether any of these columns may hold a cell it depends on."""
        return self.links is None or any(
            columns.hit(sheet, link.target.area.column, link.target.area.last_column)
            for link in self.links
            for sheet in link.target.sheets
        )


class DependencyPatterns:
    """The patterns of one workbook's formulas."""

    def __init__(self, names: WorkbookNames) -> None:
        self._names = names
        self._known: dict[tuple[int, bytes, tuple[bytes, ...]], Pattern] = {}

    def of(self, sheet: int, text: bytes) -> tuple[Pattern, list[bytes]]:
        """Return the pattern of a formula of this sheet (escaped text), and its numbers."""
        shape, numbers, named = _split(text)
        key = (sheet, shape, named)
        pattern = self._known.get(key)
        if pattern is None:
            pattern = self._known[key] = self._read(sheet, text)
        return pattern, numbers

    def named(self, text: bytes) -> tuple[bytes, ...]:
        """Return the numbers of a formula that are part of a name, a table's or a sheet's."""
        return _split(text)[2]

    def _read(self, sheet: int, text: bytes) -> Pattern:
        plain = text_of(text)
        formula = parse(plain)
        if formula.joined:
            return Pattern(None)
        entities = b"&#" in text  # their digits are numbers of the text, but not of the formula
        starts = None if entities else [digits.start() for digits in _DIGITS.finditer(plain)]
        links = [self._link(sheet, r, starts) for r in formula.references]
        links += [self._summed(sheet, *each) for each in summed(formula)]
        for word in formula.words:
            targets = self._names.of_word(word, sheet)
            if targets is None:
                return Pattern(None)
            links += [_fixed(target) for target in targets]
        return Pattern(tuple(links))

    def _link(self, sheet: int, reference: Reference, starts: list[int] | None) -> Link:
        """Return a reference as a link; ``starts`` is where its formula's numbers begin."""
        target = self._names.of_reference(reference, sheet)
        c1, r1, c2, r2 = reference.corners
        if reference.kind == "columns":
            link = _fixed(target)
            return link._replace(relative_columns=(not c1.startswith("$"), not c2.startswith("$")))
        relative = (not r1.startswith("$"), not r2.startswith("$"))
        if starts is not None:
            before = bisect_left(starts, reference.start + len(reference.prefix))
            first = RowPattern(before, 0, relative[0])
            last = RowPattern(bisect_left(starts, reference.end) - 1, 0, relative[1])
        else:
            first = RowPattern(-1, reference.row, relative[0])
            last = RowPattern(-1, reference.last_row, relative[1])
        moving = reference.kind != "rows"
        columns = (moving and not c1.startswith("$"), moving and not c2.startswith("$"))
        return Link(target, first, last, columns)

    def _summed(self, sheet: int, written: Reference, added: Reference) -> Link:
        """Return a link to what a function adds for an area that is written smaller."""
        c1, r1, c2, r2 = written.corners
        return Link(
            self._names.of_reference(added, sheet),
            RowPattern(-1, added.row, not r1.startswith("$")),
            RowPattern(-1, added.last_row, not r2.startswith("$")),
            (not c1.startswith("$"), not c2.startswith("$")),
        )


@lru_cache(maxsize=1 << 12)
def _split(text: bytes) -> tuple[bytes, list[bytes], tuple[bytes, ...]]:
    """Return a formula's shape, its numbers, and those that are part of a name in it.

    Nothing of a workbook counts for that, so it is remembered from one to the next.
    """
    parts = _NUMBERS.split(text)
    shape, numbers = b"#".join(parts[::2]), parts[1::2]
    if any(len(number) > MAX_DIGITS for number in numbers) and _renaming(parts):
        return shape, numbers, tuple(numbers)
    identity = _identities.get(shape)
    if identity is None:
        if len(_identities) >= _MOST_SHAPES:
            _identities.clear()
        identity = _identities[shape] = _identity(text)
    return shape, numbers, tuple([numbers[i] for i in identity])


_identities: Final[dict[bytes, tuple[int, ...]]] = {}
_MOST_SHAPES: Final = 1 << 14


def _fixed(target: Target) -> Link:
    return Link(
        target,
        RowPattern(-1, target.area.row, relative=False),
        RowPattern(-1, target.area.last_row, relative=False),
        (False, False),
    )


def _renaming(parts: list[bytes]) -> bool:
    """Whether a number too big to be a row makes a name of what looks like a reference.

    ``parts`` are texts and numbers in turn. A large number that stands for itself does not.
    """
    return any(
        len(parts[i]) > MAX_DIGITS
        and (_GLUED.search(parts[i - 1]) is not None or parts[i + 1].startswith(b":"))
        for i in range(1, len(parts), 2)
    )


def _identity(text: bytes) -> tuple[int, ...]:
    """Return which number groups of a formula belong to names, tables and sheets, not to rows."""
    if b"&#" in text:
        return tuple(range(len(_NUMBERS.findall(text))))
    plain = text_of(text)
    formula = parse(plain)
    spans = [(r.start, r.start + len(r.prefix)) for r in formula.references if r.prefix]
    spans += [(r.start, r.end) for r in formula.references if plain.count("!", r.start, r.end) > 1]
    spans += [(word.start, word.end) for word in formula.words]
    spans += [(r.start, r.end) for pair in pairs(formula) for r in pair]
    return tuple(
        place
        for place, match in enumerate(re.finditer("[0-9]+", plain))
        if any(start <= match.start() < end for start, end in spans)
    )
