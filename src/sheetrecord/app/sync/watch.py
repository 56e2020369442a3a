"""Wait until a copy changes: by looking at size and time now and then, which works on any share."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sheetrecord.app.sync.targets import SyncTargets

PAUSE: Final = 2.0
"""Seconds between two looks; a look is one `stat` for each file."""

SETTLED: Final = 3.0
"""Seconds for which nothing must move before a sync begins: a save is many small writes."""

ANYWAY: Final = 600.0
"""Seconds after which a sync begins although nothing was seen to move: a waiting copy may be free,
and a file system may hide a change."""

Look = tuple[tuple[str, int, int], ...]


def changes(
    desk: SyncTargets,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[None]:
    """Yield at once, and then whenever the copies have moved and settled. Ctrl-C ends it."""
    paths = [copy.path for copy in desk.copies]
    try:
        while True:
            # From before the sync, so that what is saved during it counts; our own writes cost one
            # more sync, which finds nothing to do.
            before, since = look(paths), clock()
            yield
            while not _due(paths, before, since, sleep, clock):
                pass
    except KeyboardInterrupt:
        return


def _due(
    paths: list[Path],
    before: Look,
    since: float,
    sleep: Callable[[float], object],
    clock: Callable[[], float],
) -> bool:
    """Wait a moment and tell whether it is time to sync."""
    sleep(PAUSE)
    now = look(paths)
    if now == before:
        return clock() - since >= ANYWAY
    quiet = clock()
    while clock() - quiet < SETTLED:
        sleep(SETTLED / 3)
        latest = look(paths)
        if latest != now:
            now, quiet = latest, clock()
    return True


def look(paths: list[Path]) -> Look:
    """Return size and time of every file of the copies and of those beside them."""
    found = []
    for path in paths:
        folder = path if path.is_dir() else path.parent
        stem = "" if path.is_dir() else path.stem
        try:
            with os.scandir(folder) as entries:
                found += [_stat(entry) for entry in entries if stem in entry.name]
        except OSError:
            continue
    return tuple(sorted(found))


def _stat(entry: "os.DirEntry[str]") -> tuple[str, int, int]:
    try:
        seen = entry.stat()
    except OSError:
        return entry.path, -1, 0
    return entry.path, seen.st_size, seen.st_mtime_ns
