"""Two accidents that no single row shows: a column cleared in every row, and two ids exchanged."""

from collections.abc import Iterator
from typing import Final

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Unread
from sheetrecord.core.merge.side import Identified
from sheetrecord.core.merge.similarity import Cells
from sheetrecord.schema.sheets import SHEETS

CLEARED: Final = 5
"""Rows that must have lost their value in a column before clearing it needs a confirmation."""

_TELLING: Final = 2
"""Filled cells that a row needs before it can be recognised under another row's id."""


def cleared(base: Identified, side: Identified, sheet: str) -> Iterator[tuple[str, int]]:
    """Yield (column key, rows that had a value) of each column that is now blank in every row.

    Columns that either copy lacks are left out, and so are columns in which fewer than `CLEARED`
    rows lost a value.
    """
    rows, now = base.rows[sheet], side.rows[sheet]
    blank = similarity.blank_row(sheet)
    away = base.side.missing[sheet] | side.side.missing[sheet]
    stay = [(rows[id_], now[id_]) for id_ in similarity.differing(rows, now) if id_ in rows]
    for i in similarity.typed(sheet) if len(stay) >= CLEARED else ():
        if i in away or any(cells[i] != blank[i] for cells in now.values()):
            continue
        had = sum(old[i] != blank[i] and not isinstance(old[i], Unread) for old, _ in stay)
        if had >= CLEARED:
            yield SHEETS[sheet].columns[i - 1].key, had


def swapped(base: Identified, side: Identified, sheet: str) -> Iterator[tuple[str, str]]:
    """Yield (id, id) of each two rows whose whole content stands under the other's id."""
    rows, now = base.rows[sheet], side.rows[sheet]
    changed = [id_ for id_ in similarity.differing(rows, now) if id_ in rows]
    if len(changed) < 2:
        return
    stood = {_content(sheet, rows[id_]): id_ for id_ in changed}
    for id_ in changed:
        other = stood.get(_content(sheet, now[id_]), id_)
        told = similarity.filled(sheet, now[id_]) >= _TELLING
        if told and id_ < other and _content(sheet, now[other]) == _content(sheet, rows[id_]):
            yield id_, other


def _content(sheet: str, cells: Cells) -> str:
    return repr([cells[i] for i in similarity.said(sheet)])
