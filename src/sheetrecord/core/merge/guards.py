"""What no person does on purpose: a merge stops there and asks, before anything is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.merge import likeness
from sheetrecord.core.merge.differ import Differ
from sheetrecord.core.merge.identity import Identified
from sheetrecord.core.merge.side import Held, hold
from sheetrecord.model.money import to_major
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

DELETED_ROWS, DELETED_SHARE = 5, 0.25
"""From so many rows, being so large a part of the sheet, a deletion is confirmed first."""

CHANGED_ROWS, CHANGED_SHARE = 10, 0.9
"""From so many rows, being so large a part of the sheet, a change of all rows is confirmed."""

APART_ROWS, APART_VALUES = 6, 4
"""A column whose values only changed places: rows moved, and different values among them."""

NAMES: Final = {
    "emptied": "every row of the sheet is gone",
    "mass-delete": "many rows are gone",
    "all-changed": "nearly every row was changed",
    "sorted-apart": "values changed places between rows, as after sorting only some columns",
}


class Guard(NamedTuple):
    """A reason to stop: its name, whose copy, which sheet, and figures in words."""

    name: str
    whose: str
    sheet: str
    words: str


def guards(base: Identified, side: Identified, whose: str) -> Iterator[Guard]:
    """Yield what looks like an accident in one copy."""
    for sheet, found in base.rows.items():
        if sheet not in side.rows or not found:
            continue
        now = side.rows[sheet]
        rows, lost = found, found.keys() - now.keys()
        if lost:  # a question that nobody answered goes with its deal
            rows = {id_: cells for id_, cells in found.items() if not likeness.waits(sheet, cells)}
        gone = len(lost & rows.keys())
        if not rows:
            continue
        if gone == len(rows):
            words = f"all {len(rows)} rows are gone" if len(rows) > 1 else "its only row is gone"
            yield Guard("emptied", whose, sheet, words)
        elif gone >= DELETED_ROWS and gone > DELETED_SHARE * len(rows):
            yield Guard("mass-delete", whose, sheet, f"{gone} of {len(rows)} rows are gone")
        else:
            yield from _changes(base, side, whose, sheet)


def _changes(base: Identified, side: Identified, whose: str, sheet: str) -> Iterator[Guard]:
    rows, now = base.rows[sheet], side.rows[sheet]
    pairs = [
        (hold(id_, rows[id_]), hold(id_, now[id_]))
        for id_ in likeness.differing(rows, now)
        if id_ in rows
    ]
    if len(pairs) < APART_ROWS:
        return
    differ = Differ(sheet, base.side, side.side)
    changes = [(old, new, differ.changed(old, new)) for old, new in pairs]
    changes = [change for change in changes if change[2]]
    if len(changes) >= CHANGED_ROWS and len(changes) > CHANGED_SHARE * len(rows):
        words = f"{len(changes)} of {len(rows)} rows were changed"
        yield Guard("all-changed", whose, sheet, words)
    for i in differ.seen:
        if _changed_places([(old, new) for old, new, at in changes if i in at], i):
            words = f'the column "{SHEETS[sheet].columns[i - 1].key}" holds the same values in '
            yield Guard("sorted-apart", whose, sheet, f"{words}other rows")
            return


def _changed_places(pairs: Sequence[tuple[Held, Held]], i: int) -> bool:
    """Tell whether a column's values only moved to other rows."""
    if len(pairs) < APART_ROWS:
        return False
    before = Counter(repr(old.cells[i]) for old, _ in pairs)
    after = Counter(repr(new.cells[i]) for _, new in pairs)
    return before == after and len(before) >= APART_VALUES


def as_typed(sheet: str, held: Held, position: int) -> object:
    """Return a cell as people see it: an amount in whole units of its currency, not in cents.

    A row that names no currency counts in hundredths, as most do.
    """
    value, columns = held.cells[position], SHEETS[sheet]
    if columns.columns[position - 1].kind is not Kind.MONEY or not isinstance(value, int):
        return value
    found = columns.by_key.get("currency")
    currency = held.cells[found.position] if found else ""
    return to_major(value, currency if isinstance(currency, str) else "")


def shown_rows(sheet: str, held: Held) -> str:
    """Return a row in a few words: what it is about."""
    columns = SHEETS[sheet].columns
    blank = likeness.blank_row(sheet)
    texts = [
        str(as_typed(sheet, held, c.position))
        for c in columns
        if c.front
        and c.position > 1
        and not c.derived
        and held.cells[c.position] != blank[c.position]
    ]
    return ", ".join(" ".join(text.split()) for text in texts[:4])
