"""The record as its ledger tells it: every entry applied to nothing, in order."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from sheetrecord.core.sync.durable import Logged, Rows

Places: TypeAlias = dict[tuple[str, str], dict[str, Any]]
"""Rows by (sheet, row id), in the order in which they came."""


def replay(ledger: Iterable[Logged]) -> Places:
    """Return the rows that are left after everything the ledger tells.

    ``set`` changes a cell (to blank: takes it out), ``add`` brings a row, ``remove`` takes it;
    the other kinds tell of conflicts and runs and change nothing.
    """
    rows: Places = {}
    for logged in ledger:
        entry = logged.entry
        place = (entry.sheet, entry.row_id)
        if entry.kind == "add":
            rows[place] = {key: cell for key, cell in entry.cells.items() if cell is not None}
        elif entry.kind == "remove":
            rows.pop(place, None)
        elif entry.kind == "set":
            row = rows.setdefault(place, {})
            row.pop(entry.key, None)
            if entry.new is not None:
                row[entry.key] = entry.new
    return rows


def places(rows: Rows) -> Places:
    """Return a record's rows by (sheet, row id), blank cells left out."""
    return {
        (sheet, row_id): {key: cell for key, cell in row.items() if cell is not None}
        for sheet, of_sheet in rows.items()
        for row_id, row in of_sheet.items()
    }
