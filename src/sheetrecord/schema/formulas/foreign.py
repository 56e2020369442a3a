"""Formulas in engine columns that are not the column's own, whatever program wrote them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from operator import attrgetter, eq
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sheetrecord.model.book import Book, Cells, Sheet
from sheetrecord.model.phrase import Phrase, Series, Term
from sheetrecord.model.problem import Where
from sheetrecord.model.value import Formula
from sheetrecord.schema.column import Column, Row
from sheetrecord.schema.formulas.equality import ROW, at, canonical, pattern_of, same
from sheetrecord.schema.formulas.notation import pattern, translate
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.places import BookPlaces
from sheetrecord.schema.sheets import SHEETS

_MANY = 3
"""More columns than this with formulas of another making are one thing that happened."""


class Strange(NamedTuple):
    """A cell whose formula is not its column's: its row, and the pattern of the present formula.

    ``pattern`` is of what belongs there. ``old``: it is the formula of an earlier release, which
    is no mistake.
    """

    row: int
    own: str
    pattern: str
    old: bool = False

    @property
    def text(self) -> str:
        """The present formula."""
        return at(self.own, self.row)

    @property
    def wanted(self) -> str:
        """The formula that belongs there."""
        return at(self.pattern, self.row)


def strange(cells: Cells, rows: Sequence[Row], column: Column, places: BookPlaces) -> list[Strange]:
    """Return the cells of a column, on these rows, whose formula is not the declared one.

    Nothing when the workbook lacks what the declared formula refers to: that is said elsewhere.
    """
    try:
        wanted = pattern(column, places)
    except KeyError:
        return []
    return _strange(cells, rows, column, places, wanted)


def _strange(
    cells: Cells, rows: Sequence[Row], column: Column, places: BookPlaces, wanted: str
) -> list[Strange]:
    if not rows or _alike(cells, rows, wanted):
        return []
    known: dict[str, tuple[bool, bool]] = {}  # whether it is an older release's; may read alike
    earlier: list[str] | None = None
    found = []
    held = dict(zip(cells.rows, cells.values, strict=False))
    for row in rows:
        cell = held.get(row.row)
        if not isinstance(cell, Formula) or cell.text == wanted:
            continue
        if ROW not in cell.text and cell.text == at(wanted, row.row):
            continue
        own = pattern_of(cell.text, row.row)
        if own not in known and same(own, wanted):
            continue
        if own not in known:
            if earlier is None:
                earlier = list(_earlier(column, places))
            known[own] = canonical(own) in earlier, _numberless(own) == _numberless(wanted)
        old, near = known[own]
        if not near or at(own, row.row) != at(wanted, row.row):
            found.append(Strange(row.row, own, wanted, old))
    return found


def _numberless(pattern: str) -> str:
    """Return a pattern without its numbers: patterns that differ so are alike in no row."""
    return re.sub(rf"[0-9{ROW}]+", "", pattern)


def _alike(cells: Cells, rows: Sequence[Row], wanted: str) -> bool:
    """Return quickly whether all formulas of a usual column are the declared one."""
    start, stop = bisect_left(cells.rows, rows[0].row), bisect_right(cells.rows, rows[-1].row)
    values = cells.values[start:stop]
    if set(map(type, values)) == {Formula}:  # as nearly every column is: no loop in Python
        texts = list(map(_text, values))
        return set(texts) == {wanted} or _written_out(wanted, cells.rows[start:stop], texts)
    return {cell.text for cell in values if isinstance(cell, Formula)} <= {wanted}


def _written_out(wanted: str, numbers: Sequence[int], texts: Sequence[str]) -> bool:
    """Tell whether these are the whole texts of a pattern in rows of these numbers."""
    parts = wanted.split(ROW)
    return all(map(eq, texts, map(str.join, map(str, numbers), repeat(parts))))


_text = attrgetter("text")


def _earlier(column: Column, places: BookPlaces) -> Iterator[str]:
    """Yield the column's formulas of earlier releases, as this workbook would hold them."""
    from sheetrecord.schema.steps import formulas_before  # only where a formula is another one

    for _, notation in formulas_before(column.sheet, column.key):
        try:
            text = translate(
                notation, places, lambda key: f"${places.cell(column.sheet, key)}{ROW}"
            )
        except KeyError:
            continue
        yield canonical(text)


def strange_findings(
    book: Book, layout: RecordLayout, rows: Mapping[str, Sequence[Row]]
) -> Iterator[Finding]:
    """Yield what is to be said of a workbook's formulas, once when many columns are concerned."""
    places = BookPlaces(book, layout)
    found = [
        (layout.where(column.sheet, some[0].row, column.key), column, some)
        for sheet in layout.sheets
        for column, some in _of_sheet(book, layout, sheet, rows[sheet], places)
    ]
    old = [one for one in found if all(each.old for each in one[2])]
    if old:
        yield _gathered("MIG-003", old)
    new = [one for one in found if one not in old]
    if len(new) > _MANY:
        yield _gathered("ROW-013", new)
        return
    for where, column, some in new:
        yield _one(where, column, [each for each in some if not each.old])


def _of_sheet(
    book: Book, layout: RecordLayout, sheet: str, rows: Sequence[Row], places: BookPlaces
) -> Iterator[tuple[Column, list[Strange]]]:
    """Yield the engine columns of a sheet with formulas that are not their own, and those."""
    place = layout.sheets[sheet]
    numbered = _Numbered(rows, tuple(row[0] for row in rows))
    for column in SHEETS[sheet].columns:
        if column.formula and column.key in place.columns:
            number = place.columns[column.key]
            some = _of(book.sheets[place.title], number, column, numbered, places)
            if some:
                yield column, some


def _one(where: Where, column: Column, found: Sequence[Strange]) -> Finding:
    """Return what is said of one column: its first cell, and how many more there are."""
    first, count = found[0], len(found)
    words = {"column": column.key, "text": _short(first.text), "wanted": _short(first.wanted)}
    if count == 2:
        words["more"] = Phrase(" So does 1 more.")
    else:
        words["more"] = Phrase(" So do {count} more.", count=count - 1) if count > 2 else ""
    return Finding("ROW-011", where._replace(row=first.row), words)


_ORDINARY: WeakKeyDictionary[Sheet, set[tuple[object, ...]]] = WeakKeyDictionary()
"""Columns, by sheet, that were found to hold their own formula: number, formula and rows."""


def _of(
    sheet: Sheet, number: int, column: Column, rows: "_Numbered", places: BookPlaces
) -> list[Strange]:
    try:
        wanted = pattern(column, places)
    except KeyError:
        return []
    what = (number, wanted, rows.numbers)
    ordinary = _ORDINARY.setdefault(sheet, set())
    if what in ordinary:
        return []
    found = _strange(sheet.column(number), rows.rows, column, places, wanted)
    if not found:
        ordinary.add(what)
    return found


class _Numbered(NamedTuple):
    """The rows of a sheet, and their numbers."""

    rows: Sequence[Row]
    numbers: tuple[int, ...]


def _gathered(code: str, found: Sequence[tuple[Where, Column, list[Strange]]]) -> Finding:
    names = dict.fromkeys((where.sheet, column.sheet, column.key) for where, column, _ in found)
    told = [
        Phrase("{sheet}: {column}", sheet=title, column=Term("column", sheet, key))
        for title, sheet, key in names
    ]
    some = Series(", ", told[:3])
    words = {"count": len(names), "some": Phrase("{some} ...", some=some) if told[3:] else some}
    return Finding(code, found[0][0], words)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."
