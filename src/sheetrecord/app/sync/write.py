"""Write a sync's changes into a copy that is unchanged since it was read: all or nothing."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sheetrecord.app.sync.read import CopyContent, understand
from sheetrecord.core.handover.hidden_log import HiddenRows
from sheetrecord.core.new_ids import LAST_DEAL
from sheetrecord.core.sync.conflict_rows import lines_of
from sheetrecord.core.sync.store_protocol import OpenConflict
from sheetrecord.formats import conflict_sheet
from sheetrecord.formats.edit_locations import place
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.model.cell_edits import Edit, PutProperty, in_order
from sheetrecord.model.edit import Plan
from sheetrecord.model.stamp import Stamp
from sheetrecord.workbooks.port import WorkbookReading


class CopyWrite(NamedTuple):
    """What to write: edits, stamp, conflicts to list (None: unchanged), hidden rows."""

    plan: Plan
    stamp: Stamp
    conflicts: Sequence[OpenConflict] | None = None
    last_deal: int = 0
    kept: Sequence[HiddenRows] = ()


def drawn_up(taken: CopyContent, order: CopyWrite, label: Callable[[str], str]) -> list[Edit]:
    """Return the cell edits of a write, without those of the stamp."""
    side = taken.side
    found: list[Edit] = [*place(order.plan, side.book, side.layout)]
    if order.conflicts is not None:
        lines = lines_of(order.conflicts, taken.workbook.address, label)
        found += conflict_sheet.listed(lines, side, order.plan)
    found += hidden_edits(order.kept)
    if order.last_deal:
        found.append(PutProperty(LAST_DEAL, order.last_deal))
    return in_order(found)


def put(
    taken: CopyContent, order: CopyWrite, label: Callable[[str], str], today: dt.date
) -> tuple[CopyContent, tuple[WorkbookReading, ...]]:
    """Write an order; return the copy as it stands then, and what the write displaced.

    Raises ChangedElsewhere when somebody saved since it was read, Locked while somebody has it
    open, CannotPatch and CannotWrite: nothing of ours stands there then. Of a folder some files
    may be written and the stamp not: the next sync sees that and goes on.
    """
    edits = drawn_up(taken, order, label)
    # What we write must be a record before it replaces anything.
    after = _previewed(taken, edits, order.stamp, today)
    written = taken.workbook.write(taken.reading, edits, order.stamp)
    return after._replace(reading=written.reading), written.displaced


def imagined(
    taken: CopyContent, order: CopyWrite, label: Callable[[str], str], today: dt.date
) -> CopyContent:
    """Return the copy as `put` would leave it, without writing."""
    return _previewed(taken, drawn_up(taken, order, label), order.stamp, today)


def _previewed(
    taken: CopyContent, edits: Sequence[Edit], stamp: Stamp, today: dt.date
) -> CopyContent:
    reading = taken.workbook.preview(taken.reading, edits, stamp)
    return understand(taken.workbook, reading, today)
