"""Guards: changes that look like accidents. A merge stops at one until somebody confirms it."""

import datetime as dt
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.accidents import cleared, swapped
from sheetrecord.core.merge.cells import Unread
from sheetrecord.core.merge.identity import Rows
from sheetrecord.core.merge.row_changes import Differ
from sheetrecord.core.merge.shared_deal_ids import shared_by_clients
from sheetrecord.core.merge.shifted_columns import FEWEST, Column, moved, tells
from sheetrecord.core.merge.side import Identified, SideRow, hold
from sheetrecord.model.money import to_major
from sheetrecord.schema.column import Column as Field
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

DELETED_ROWS, DELETED_SHARE = 5, 0.25
"""Rows, and share of the sheet, from which a deletion needs confirmation."""

CHANGED_ROWS, CHANGED_SHARE = 10, 0.9
"""Rows, and share of the sheet, from which a change of nearly all rows needs confirmation."""

_CHOSEN: Final = frozenset(
    {Kind.ENUM, Kind.FLAG, Kind.REF, Kind.PERSON, Kind.CURRENCY, Kind.PERCENT}
)
"""Kinds of columns in which the same few words come again and again."""

NAMES: Final = {
    "emptied": "every row of the sheet is gone",
    "mass-delete": "many rows are gone",
    "all-changed": "nearly every row was changed",
    "column-cleared": "a column is blank in every row",
    "ids-swapped": "two rows stand under each other's ids",
    "two-clients": "one deal's id stands for several clients, and rows name it",
    "sheet-missing": "a sheet of the record is not there",
    "sorted-apart": "values stand in other rows, as after sorting or shifting only some columns",
}


class Guard(NamedTuple):
    """A guard that fired: its name (see `NAMES`), whose copy, which sheet, and the finding."""

    name: str
    whose: str
    sheet: str
    words: str


_OF_SHEETS: Final = frozenset(NAMES) - {"two-clients"}


def guards(
    base: Identified, side: Identified, whose: str, allow: frozenset[str] = frozenset()
) -> Iterator[Guard]:
    """Yield the guards that one copy triggers against the base, without those named in ``allow``.

    ``whose`` is "ours" or "theirs". At most one kind of guard for missing rows fires on a sheet;
    changed rows are only judged where none did.
    """
    found = _guards(base, side, whose, wanted=not allow >= _OF_SHEETS)
    return (guard for guard in found if guard.name not in allow)


def _guards(base: Identified, side: Identified, whose: str, *, wanted: bool) -> Iterator[Guard]:
    """Yield every guard; those of one sheet only when they are ``wanted``."""
    for deal_id, clients in shared_by_clients(base, side):
        named = " and ".join(client or "nobody" for client in clients)
        yield Guard("two-clients", whose, "Deal", f"{deal_id} stands for {named}, and rows name it")
    for sheet, found in base.rows.items() if wanted else ():
        if sheet not in side.rows or not found:
            continue
        yield from _of_sheet(base, side, whose, sheet)


def _of_sheet(base: Identified, side: Identified, whose: str, sheet: str) -> Iterator[Guard]:
    """Yield the guards of one sheet that both have: rows that are gone, else what was changed."""
    rows = base.rows[sheet]
    lost = rows.keys() - side.rows[sheet].keys()
    if lost:  # a question that nobody answered goes with its deal
        rows = {id_: cells for id_, cells in rows.items() if not similarity.waits(sheet, cells)}
    gone = len(lost & rows.keys())
    if not rows:
        return
    if gone == len(rows):
        words = f"all {len(rows)} rows are gone" if len(rows) > 1 else "its only row is gone"
        yield Guard("emptied", whose, sheet, words)
    elif gone >= DELETED_ROWS and gone > DELETED_SHARE * len(rows):
        yield Guard("mass-delete", whose, sheet, f"{gone} of {len(rows)} rows are gone")
    else:
        most = list(_changes(base, side, whose, sheet))
        yield from most or _slips(base, side, whose, sheet)


def _slips(base: Identified, side: Identified, whose: str, sheet: str) -> Iterator[Guard]:
    for key, count in cleared(base, side, sheet):
        words = f'the column "{key}" was cleared in all {count} rows that had anything there'
        yield Guard("column-cleared", whose, sheet, words)
    pairs = list(swapped(base, side, sheet))
    if pairs:
        named = ", ".join(" and ".join(pair) for pair in pairs[:3])
        more = f" and {len(pairs) - 3} more" if len(pairs) > 3 else ""
        yield Guard("ids-swapped", whose, sheet, f"{named}{more} stand under each other's ids")


def _changes(base: Identified, side: Identified, whose: str, sheet: str) -> Iterator[Guard]:
    rows = base.rows[sheet]
    changes = _changed_rows(base, side, sheet)
    if len(changes) >= CHANGED_ROWS and len(changes) > CHANGED_SHARE * len(rows):
        words = f"{len(changes)} of {len(rows)} rows were changed"
        yield Guard("all-changed", whose, sheet, words)
    for one in _moves(base, side, sheet, changes):
        yield Guard("sorted-apart", whose, sheet, moved_words(one))


def _changed_rows(base: Identified, side: Identified, sheet: str) -> list[frozenset[int]]:
    """Return what was changed in each changed row, as positions of cells."""
    rows, now = base.rows[sheet], side.rows[sheet]
    changed = [id_ for id_ in similarity.differing(rows, now) if id_ in rows]
    if len(changed) < FEWEST:
        return []  # too few for any guard
    differ = Differ(sheet, base.side, side.side)
    found = (differ.changed(hold(id_, rows[id_]), hold(id_, now[id_])) for id_ in changed)
    return [positions for positions in found if positions]


class MovedColumn(NamedTuple):
    """A column moved against its rows: how many of its values moved, of how many rows."""

    sheet: str
    key: str
    values: int
    rows: int


def moves(base: Identified, side: Identified) -> Iterator[MovedColumn]:
    """Yield each column that was sorted or shifted without its rows since the base."""
    for sheet in base.rows:
        if sheet in side.rows:
            yield from _moves(base, side, sheet, _changed_rows(base, side, sheet))


def _moves(
    base: Identified, side: Identified, sheet: str, changes: Sequence[frozenset[int]]
) -> Iterator[MovedColumn]:
    rows, now = base.rows[sheet], side.rows[sheet]
    for key, count in _moved_columns(sheet, (rows, now), frozenset().union(*changes)):
        yield MovedColumn(sheet, key, count, len(rows))


def _moved_columns(
    sheet: str, two: tuple[Rows, Rows], positions: Collection[int]
) -> Iterator[tuple[str, int]]:
    """Yield the columns of a sheet that were moved against its rows, and how many values were.

    ``two`` are the rows before and now, ``positions`` those of columns in which anything changed.
    When all that tells rows apart moved, it is the ids that did: then their column is named.
    """
    columns = [SHEETS[sheet].columns[i - 1] for i in similarity.typed(sheet)]
    counts = {c.key: _moved_values(sheet, c, two) for c in columns if c.position in positions}
    found = {key: count for key, count in counts.items() if count}
    telling = {c.key for c in columns if c.kind not in _CHOSEN} if len(found) > 1 else set()
    rest = (SHEETS[sheet].by_key[key].position for key in telling - found.keys())
    if telling and not any(tells(_column(sheet, two[0], i)) for i in rest):
        yield SHEETS[sheet].columns[0].key, max(found.values())
    else:
        yield from found.items()


def _moved_values(sheet: str, column: Field, two: tuple[Rows, Rows]) -> int:
    """Return how many values of a column stand in other rows than before."""
    before, now = (_column(sheet, rows, column.position) for rows in two)
    return moved(before, now, chosen=column.kind in _CHOSEN)


def _column(sheet: str, rows: Rows, i: int) -> Column:
    """Return a column as it is compared, in the order of the rows; what cannot be read is blank."""
    blank = similarity.blank_row(sheet)[i]
    ordered = sorted(rows.items(), key=lambda row: int(row[1][0]))
    return {
        id_: None if isinstance(cells[i], Unread) or cells[i] == blank else _plain(cells[i])
        for id_, cells in ordered
    }


def _plain(value: object) -> Hashable:
    return value if isinstance(value, str | int | float | dt.date) else repr(value)


def moved_words(one: MovedColumn) -> str:
    """Return one sentence that says which column was moved and how many values."""
    ids = one.key == SHEETS[one.sheet].columns[0].key
    what = f'ids ("{one.key}")' if ids else f'in the column "{one.key}"'
    return (
        f"{one.values} of {one.rows} {what} moved against their rows, as after sorting or "
        "shifting only some columns"
    )


def as_typed(sheet: str, held: SideRow, position: int) -> object:
    """Return a cell's value as people typed it: amounts in major units, not in minor ones.

    The row's own currency column gives the decimals; a row without one has two.
    """
    value, columns = held.cells[position], SHEETS[sheet]
    if columns.columns[position - 1].kind is not Kind.MONEY or not isinstance(value, int):
        return value
    found = columns.by_key.get("currency")
    currency = held.cells[found.position] if found else ""
    return to_major(value, currency if isinstance(currency, str) else "")


def shown_rows(sheet: str, held: SideRow) -> str:
    """Return a row's first four filled front columns as text, to name the row in a message."""
    columns = SHEETS[sheet].columns
    blank = similarity.blank_row(sheet)
    texts = [
        str(as_typed(sheet, held, c.position))
        for c in columns
        if c.front
        and c.position > 1
        and not c.derived
        and held.cells[c.position] != blank[c.position]
    ]
    return ", ".join(" ".join(text.split()) for text in texts[:4])
