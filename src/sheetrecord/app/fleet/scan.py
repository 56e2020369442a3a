"""The folder of a fleet compared with the manifest: what is new, changed, or gone."""

import secrets
import time
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.model.errors import SheetRecordError
from sheetrecord.stores.fleet import Fleet, SeenWorkbook
from sheetrecord.workbooks.finding import workbooks_below
from sheetrecord.workbooks.kinds import records_of, state_of

_FRESH: Final = 2_000_000_000  # nanoseconds: two saves of one moment may carry one time


class FolderCounts(NamedTuple):
    """The result of scanning the folder, by counts."""

    found: int = 0
    unchanged: int = 0
    wanted: int = 0
    gone: int = 0


def scan(fleet: Fleet, folder: Path) -> FolderCounts:
    """Compare the folder with the manifest: by size and time, by content where these differ."""
    known = dict(fleet.known())
    wanted: dict[str, SeenWorkbook] = {}
    touched: dict[str, SeenWorkbook] = {}
    found = 0
    for path, size, mtime_ns in workbooks_below(folder):
        found += 1
        kept = known.pop(path, None)
        if kept and kept.state != "gone" and kept[:2] == (size, mtime_ns):
            continue
        address = str(folder / path)
        now = _now(address, size)
        if kept and kept.state != "gone" and now.digest and kept.digest == now.digest:
            touched[path] = now
        else:
            wanted[path] = now._replace(record_id=_record(address, kept))
    gone = [path for path, kept in known.items() if kept.state != "gone"]
    fleet.found(wanted, touched, gone)
    return FolderCounts(found, found - len(wanted), len(wanted), len(gone))


def _now(address: str, size: int) -> SeenWorkbook:
    """Return what a workbook holds now; one that cannot be read has no digest and stays due."""
    try:
        seen = state_of(address)
    except SheetRecordError:
        return SeenWorkbook(size, 0, "")
    fresh = time.time_ns() - seen.version < _FRESH
    return SeenWorkbook(seen.size, 0 if fresh else seen.version, seen.digest)


def _record(address: str, kept: SeenWorkbook | None) -> str:
    """Return the record of a workbook: known, as its stamp says, or one that it may begin."""
    if kept and kept.record_id:
        return kept.record_id
    try:
        return next(iter(records_of(address)), "") or secrets.token_hex(8)
    except (SheetRecordError, OSError):
        return secrets.token_hex(8)
