"""Whether a workbook, or what stands beside it, may have changed: told by a look that is cheap."""

import os
from pathlib import Path

from sheetrecord.workbooks.kinds import is_path
from sheetrecord.workbooks.opening import open_workbook

Look = tuple[tuple[str, int, int], ...]
"""What was looked at, its size and the time of its last change; of no file: its version."""


def look(address: str) -> Look:
    """Return size and time of every file of a workbook and of those beside it."""
    if not is_path(address):
        return ((address, 0, open_workbook(address).version()),)
    path = Path(address)
    folder = path if path.is_dir() else path.parent
    stem = "" if path.is_dir() else path.stem
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted(_stat(entry) for entry in entries if stem in entry.name))
    except OSError:
        return ()


def _stat(entry: "os.DirEntry[str]") -> tuple[str, int, int]:
    try:
        seen = entry.stat()
    except OSError:
        return entry.path, -1, 0
    return entry.path, seen.st_size, seen.st_mtime_ns
