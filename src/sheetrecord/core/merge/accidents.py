"""Two slips of a hand that no row shows by itself: a column cleared, two ids exchanged."""

from collections.abc import Iterator
from typing import Final

from sheetrecord.core.merge import similarity
from sheetrecord.core.merge.cells import Unread
from sheetrecord.core.merge.identity import Identified
from sheetrecord.core.merge.similarity import Cells
from sheetrecord.schema.sheets import SHEETS

CLEARED: Final = 5
"""From so many rows that had a value in a column, and none has one now, it is confirmed first."""

_TELLING: Final = 2
"""Cells that a row must have for anybody to say that it stands under another one's id."""


def cleared(base: Identified, side: Identified, sheet: str) -> Iterator[tuple[str, int]]:
    """Yield the columns of a sheet in which rows had values and none has any now, and how many."""
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
    """Yield pairs of rows each of which stands, whole, under the id of the other."""
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
    return repr([cells[i] for i in similarity.typed(sheet)])
