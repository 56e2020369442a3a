"""What an audience may see of how a deal differs from its as-sold baseline.

The baseline holds rows as they were frozen, so each of its rows must pass the allow-list twice:
as it was sold, and as the record has it now. A row that was withheld since is withheld here too.
"""

from collections.abc import Iterator
from typing import Any

from sheetrecord.core.handover.baseline import Baseline, Content, canonical
from sheetrecord.core.view.allowed import Audience, Grant
from sheetrecord.core.view.changes import Change, Edited
from sheetrecord.core.view.clean import clean
from sheetrecord.schema.column import Owner
from sheetrecord.schema.record import DealRows
from sheetrecord.schema.sheets import SHEETS

_ABOUT = ("what", "answer", "description", "title")
"""The columns that say in words what a row is about."""


def edits_since_sold(
    baseline: Baseline, rows: DealRows, seen: DealRows, audience: Audience
) -> list[Change]:
    """Return the cells and rows that are no longer as they were sold.

    ``rows`` are the deal's rows as the record has them, ``seen`` what is left of them for the
    audience. An audience outside the firm is told nothing of what was said differently before. A
    baseline that was tampered with proves nothing: that is all that is said about it.
    """
    if audience.outside:
        return []
    if not baseline.intact:
        return [Change("broken", baseline.sold_on, "")]
    return list(_edits(baseline.content, rows, seen, audience))


def _edits(
    content: Content, rows: DealRows, seen: DealRows, audience: Audience
) -> Iterator[Change]:
    everything, now = canonical(rows), canonical(seen)
    for place in sorted({*content, *now}):
        sheet, row_id = place
        grant = audience.grants.get(sheet)
        if sheet not in SHEETS or grant is None:
            continue
        old, new = content.get(place), now.get(place)
        if old is None:
            yield Change("added", None, _about(new or {}), row_id=row_id)
        elif place in everything and new is None:
            continue  # it is still there, and not for this audience
        elif _permitted(sheet, old, grant, audience):
            yield from _one(sheet, row_id, (_cleaned(old, grant), new), grant)


def _permitted(sheet: str, cells: Any, grant: Grant, audience: Audience) -> bool:
    """Tell whether a row as it was sold may be seen."""
    if "share" in SHEETS[sheet].by_key and cells.get("share", "") not in audience.levels:
        return False
    return grant.only is None or cells.get(grant.only[0], "") in grant.only[1]


def _cleaned(cells: Any, grant: Grant) -> dict[str, Any]:
    return {
        key: clean(value) if isinstance(value, str) else value
        for key, value in cells.items()
        if key in grant.columns
    }


def _one(sheet: str, row_id: str, cells: tuple[Any, Any], grant: Grant) -> Iterator[Change]:
    old, new = cells
    if new is None:
        yield Change("removed", None, _about(old), row_id=row_id)
        return
    for column in SHEETS[sheet].columns:
        if column.owner is not Owner.SALES or column.key not in grant.columns:
            continue
        before, after = old.get(column.key), new.get(column.key)
        if before != after:
            about = "" if column.key in _ABOUT else _about(new)
            edited = Edited(sheet, column.key, before, after)
            yield Change("edited", None, about, row_id=row_id, edited=edited)


def _about(cells: Any) -> str:
    return next((str(cells[key]) for key in _ABOUT if cells.get(key)), "")
