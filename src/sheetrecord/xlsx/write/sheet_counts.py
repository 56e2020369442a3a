"""Drop what SHEET and SHEETS told before a sheet came or went: no cell that they read changed."""

import re
from collections.abc import Iterator
from typing import Final

from sheetrecord.xlsx.formula.cells import attribute
from sheetrecord.xlsx.formula.sorted_formulas import Sorted, sort_out
from sheetrecord.xlsx.write.drop_results import calculate_on_load
from sheetrecord.xlsx.write.session import PatchSession
from sheetrecord.xlsx.xml.pages import Pages

_COUNTS: Final = re.compile(rb"\bSHEETS?\(", re.IGNORECASE)
_QUICK: Final = (b"SHEET(", b"SHEETS(", b"sheet(", b"sheets(")


def drop_sheet_counts(session: PatchSession) -> None:
    """Drop the results of formulas that count sheets, and of what depends on them."""
    found: dict[int, set[tuple[int, int]]] = {}
    for index, sheet in enumerate(session.draft.package.sheets):
        if sheet.kind in {"worksheet", "macrosheet"} and sheet.part:
            known = session.formulas_of(sheet.part)
            found[index] = set(_of_large(known) if isinstance(known, Pages) else _counting(known))
    found = {index: cells for index, cells in found.items() if cells}
    if not found:
        return
    stale = session.stale_cells({}, found)
    for index, cells in found.items():
        stale[index] = stale.get(index, set()) | cells
    session.count(stale)
    session.drop_results({}, stale)
    calculate_on_load(session.draft)


def _counting(known: Sorted) -> Iterator[tuple[int, int]]:
    """Yield where formulas count sheets, those that share another's text too."""
    shared = {si for si, (*_, text) in known.masters.items() if _COUNTS.search(text)}
    for group in known.groups:
        text = group.text
        if not text:
            counts = bool(shared) and attribute(group.attributes, b"si") in shared
        else:
            counts = bool(_COUNTS.search(text) and _COUNTS.search(group.text_at(group.rows[0])))
        if counts:
            yield from ((row, group.column) for row in group.rows)


def _of_large(rows: Pages) -> Iterator[tuple[int, int]]:
    """Yield the same of a large sheet, which is sorted only if it has to be."""
    if any(page.mask.find(each) >= 0 for page in rows.pages() for each in _QUICK):
        yield from _counting(sort_out(rows))
