"""Drop what SHEET and SHEETS told before a sheet came or went: no cell that they read changed."""

import re
from collections.abc import Iterator
from typing import Final

from sheetrecord.xlsx.addresses import column_number
from sheetrecord.xlsx.formula.cells import attribute, entries
from sheetrecord.xlsx.write.drop_results import calculate_on_load
from sheetrecord.xlsx.write.session import PatchSession, Rows

_COUNTS: Final = re.compile(rb"\bSHEETS?\(", re.IGNORECASE)
_QUICK: Final = (b"SHEET(", b"SHEETS(", b"sheet(", b"sheets(")


def drop_sheet_counts(session: PatchSession) -> None:
    """Drop the results of formulas that count sheets, and of what depends on them."""
    found: dict[int, set[tuple[int, int]]] = {}
    for index, sheet in enumerate(session.draft.package.sheets):
        if sheet.kind in {"worksheet", "macrosheet"} and sheet.part:
            rows = session.rows(sheet.part)
            if any(page.mask.find(each) >= 0 for page in rows.pages() for each in _QUICK):
                found[index] = set(_counting(rows))
    if not any(found.values()):
        return
    stale = session.stale_cells({}, found)
    for index, cells in found.items():
        stale[index] = stale.get(index, set()) | cells
    session.count(stale)
    session.drop_results({}, stale)
    calculate_on_load(session.draft)


def _counting(rows: Rows) -> Iterator[tuple[int, int]]:
    """Yield where formulas count sheets, those that share another's text too."""
    groups: set[bytes] = set()
    for some in entries(rows):
        for column, row, attributes, text in some:
            group = attribute(attributes, b"si") if attributes else b""
            if _COUNTS.search(text):
                groups |= {group} - {b""}
            elif text or group not in groups:
                continue
            yield int(row), column_number(column.decode())
