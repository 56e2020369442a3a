"""Columns sorted or shifted without their rows, since an earlier file or the last sync."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress

from sheetrecord.app.settings.config import Config
from sheetrecord.app.sync.open_store import looking
from sheetrecord.app.sync.targets import find_targets
from sheetrecord.app.validate import Checked, as_told, read_record
from sheetrecord.core.check import Selection, check
from sheetrecord.core.merge.guards import MovedColumn, moves
from sheetrecord.core.merge.identity import identify
from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.baseline import overlaid
from sheetrecord.core.sync.snapshot import SnapshotSides
from sheetrecord.formats.stamp import read_marks
from sheetrecord.model.book import Book
from sheetrecord.model.errors import BadSettings, SheetRecordError
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.parse import Parsed

STORE = "store"
"""What `--against` names instead of a file: what this copy showed when it was last synced."""

SYNCED = "the copy as last synced"


def checked_against(
    address: str, against: Side, name: str, choice: Selection, day: dt.date
) -> Checked:
    """Check a workbook, and whether columns of it moved since ``against``, called ``name``.

    Raises a SheetRecordError when it cannot be read or is no record.
    """
    book, parsed = read_record(address, today=day)
    found = findings(moved_since(against, Side(book, parsed)), parsed.layout, name)
    told = parsed._replace(findings=(*parsed.findings, *found))
    return Checked(address, book, told, as_told(address, check(told, choice)))


def read_side(address: str, day: dt.date) -> Side:
    """Read an earlier file. Raises a SheetRecordError when it cannot be read or is no record."""
    book, parsed = read_record(address, today=day)
    return Side(book, parsed)


def last_synced(address: str, book: Book, config: Config, day: dt.date) -> Side | None:
    """Return what a copy showed when it was last synced; None when no store knows it.

    Of a copy whose generation the store does not know any more it is the record as it is now.
    """
    marks = read_marks(book)
    if not marks.candidates:
        return None
    known = find_targets([address], config).known
    stamp = next((one for one in marks.candidates if one.record == known.record), None)
    if stamp is None:
        return None
    with looking(known) as store:
        record = store.load().record
        known_mark = stamp.mark and store.mark(stamp.generation) == stamp.mark
        base = store.base(stamp.generation) if known_mark else None
    if not record.rows:
        return None
    return SnapshotSides(day).base(overlaid(base) if base else record, record.workbook_config)


def synced_side(address: str, config: Config, day: dt.date) -> Side:
    """Return a copy's content as of its last sync. Raises BadSettings when no store knows it."""
    found = last_synced(address, read_record(address, today=day)[0], config, day)
    if found is None:
        why = f"no store of this computer knows {address}: it was never synced here."
        raise BadSettings("--against store", why, "Name an earlier file of it instead.")
    return found


def moved_since(base: Side, now: Side) -> list[MovedColumn]:
    """Return the columns that were sorted or shifted without their rows."""
    start = identify(base, None)
    return list(moves(start, identify(now, start)))


def findings(found: Sequence[MovedColumn], layout: RecordLayout, name: str) -> Iterator[Finding]:
    """Yield a finding for each moved column, at its header."""
    for one in found:
        words = {"count": one.values, "rows": one.rows, "column": one.key, "base": name}
        yield Finding("ROW-012", layout.where(one.sheet, 0, one.key), words)


def moved_now(
    address: str, book: Book, parsed: Parsed, config: Config, day: dt.date
) -> list[MovedColumn]:
    """Return the columns of a workbook that moved since its last sync; none for an unsynced one.

    A store that cannot be read, or that only settings name which nobody vouches for, says nothing.
    """
    with suppress(SheetRecordError):
        base = last_synced(address, book, config, day)
        return moved_since(base, Side(book, parsed)) if base is not None else []
    return []
