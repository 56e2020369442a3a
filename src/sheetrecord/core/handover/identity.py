"""Deterministic row ids: made from what a row stands for, so that a re-run finds it."""

import hashlib
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from sheetrecord.model.book import Book, Sheet
from sheetrecord.schema import ids
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.sheets import SHEETS

Owners = Mapping[str, str]
"""Row id -> the deal its row belongs to; an id that waits in a ready-made row has an empty one."""


_KNOWN: WeakKeyDictionary[Sheet, tuple[tuple[int, int, int], dict[str, str]]] = WeakKeyDictionary()
"""What was found in a sheet, and in which columns: a sheet's cells do not change."""


def owners(book: Book, layout: RecordLayout) -> dict[str, dict[str, str]]:
    """Return, by sheet key, every row id that stands in a workbook and the deal of its row."""
    found: dict[str, dict[str, str]] = {}
    for key, place in layout.sheets.items():
        id_column = place.columns.get(SHEETS[key].columns[0].key)
        if id_column is not None:
            where = (id_column, place.columns.get("deal_id", 0), place.header_row)
            sheet = book.sheets[place.title]
            known = _KNOWN.get(sheet)
            if known is None or known[0] != where:
                known = _KNOWN[sheet] = where, _owners_in(sheet, *where)
            found[key] = dict(known[1])
    return found


def _owners_in(sheet: Sheet, id_column: int, deal_column: int, header_row: int) -> dict[str, str]:
    cells = sheet.column(deal_column)
    deals = dict(zip(cells.rows, cells.values, strict=False))
    stamped = sheet.column(id_column)
    return {
        str(value).strip(): str(deals.get(row) or "").strip()
        for row, value in zip(stamped.rows, stamped.values, strict=False)
        if row > header_row and isinstance(value, str)
    }


def row_id(prefix: str, known: Owners, *parts: str) -> str:
    """Return the id of the row that stands for ``parts``, whose first is the deal's id.

    The same parts give the same id, wherever people moved the row or whatever they wrote into
    it. An id that another deal's row or a ready-made row happens to have is passed over, in the
    same order each time.
    """
    deal_id = parts[0]
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    number = int.from_bytes(digest[:8], "big") % ids.SPACE
    while known.get(found := ids.make(prefix, number), deal_id) != deal_id:
        number += 1
    return found
