"""Write into a copy what a sync decided, if it still is what was read: all of it or nothing."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.app.sync.fingerprints import WORKBOOK, prints_of, together
from sheetrecord.app.sync.read import CopyContent, understand
from sheetrecord.core.handover.hidden_log import HiddenRows
from sheetrecord.core.new_ids import LAST_DEAL
from sheetrecord.core.sync.conflict_rows import lines_of
from sheetrecord.core.sync.store_protocol import OpenConflict
from sheetrecord.files import BackupPolicy, Fingerprint, replace
from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.formats import conflict_sheet
from sheetrecord.formats.csv_write import STAMP_FILE, changed_files, stamp_file
from sheetrecord.formats.edit_locations import place
from sheetrecord.formats.hidden_sheets import hidden_edits
from sheetrecord.formats.patching import patched
from sheetrecord.formats.stamp import Stamp, stamp_edits
from sheetrecord.model.cell_edits import Edit, PutProperty, in_order
from sheetrecord.model.edit import Plan
from sheetrecord.model.errors import CannotPatch, ChangedElsewhere
from sheetrecord.xlsx import Refused

_NOTHING: Final = Fingerprint("", 0, 0, 0)


class CopyWrite(NamedTuple):
    """What to write: edits, the stamp, the conflicts to list (None: as they are), hidden rows."""

    plan: Plan
    stamp: Stamp
    conflicts: Sequence[OpenConflict] | None = None
    last_deal: int = 0
    kept: Sequence[HiddenRows] = ()


def drawn_up(taken: CopyContent, order: CopyWrite, label: Callable[[str], str]) -> list[Edit]:
    """Return an order as edits of a copy's cells, without those of the stamp."""
    side = taken.side
    found: list[Edit] = [*place(order.plan, side.book, side.layout)]
    if order.conflicts is not None:
        lines = lines_of(order.conflicts, str(taken.path), label)
        found += conflict_sheet.listed(lines, side, order.plan)
    return [*found, *hidden_edits(order.kept)]


def put(
    taken: CopyContent, order: CopyWrite, label: Callable[[str], str], today: dt.date
) -> CopyContent:
    """Write an order and return the copy as it stands then.

    Raises ChangedElsewhere when somebody saved since it was read, Locked while somebody has it
    open, CannotPatch and CannotWrite: nothing of ours stands there then. Of a folder some files
    may be written and the stamp not: the next sync sees that and goes on.
    """
    after = imagined(taken, order, label, today)
    files = {
        name: _replaced(taken, name, data) if data != taken.files.get(name) else before
        for name, data, before in _in_turn(after, taken)
    }
    if WORKBOOK not in files and prints_of(taken.path).digest != together(files).digest:
        raise ChangedElsewhere(taken.path)
    return after._replace(prints=together(files))


def _in_turn(after: CopyContent, before: CopyContent) -> Iterator[tuple[str, bytes, Fingerprint]]:
    """Yield the files in the order in which they are written: the stamp of a folder comes last."""
    for name in sorted(after.files, key=lambda one: (one == STAMP_FILE, one)):
        yield name, after.files[name], before.prints.files.get(name, _NOTHING)


def _replaced(taken: CopyContent, name: str, data: bytes) -> Fingerprint:
    path = taken.path / name if name else taken.path
    return replace(path, data, taken.prints.files.get(name), backup=BackupPolicy())


def imagined(
    taken: CopyContent, order: CopyWrite, label: Callable[[str], str], today: dt.date
) -> CopyContent:
    """Return the copy as `put` would leave it, and write nothing."""
    edits = drawn_up(taken, order, label)
    try:
        if WORKBOOK in taken.files:
            files = {WORKBOOK: _patched(taken, order, edits)}
        else:
            stamp = {STAMP_FILE: stamp_file(order.stamp)}
            files = {**taken.files, **changed_files(taken.files, edits), **stamp}
    except Refused as refused:
        raise CannotPatch(taken.path, str(refused)) from refused
    prints = {
        name: Fingerprint(digest_of_bytes(data), len(data), 0, 0) for name, data in files.items()
    }
    # What we write must be readable before it replaces anything.
    return understand(taken.path, together(prints), files, today, taken.readings)


def _patched(taken: CopyContent, order: CopyWrite, edits: list[Edit]) -> bytes:
    data = taken.files[WORKBOOK]
    edits += stamp_edits(order.stamp, taken.side.book)
    if order.last_deal:
        edits.append(PutProperty(LAST_DEAL, order.last_deal))
    return patched(data, in_order(edits)).data
