"""Wait until a copy changes: by looking at size and time now and then, which works on any share."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.workbooks.watched import Look, look

PAUSE: Final = 2.0
"""Seconds between two looks; a look is one `stat` for each file."""

SETTLED: Final = 3.0
"""Seconds for which nothing must move before a sync begins: a save is many small writes."""

ANYWAY: Final = 600.0
"""Seconds after which a sync begins although nothing was seen to move: a waiting copy may be free,
and a file system may hide a change."""

Looks = tuple[Look, ...]


def changes(
    targets: SyncTargets,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[None]:
    """Yield at once, and then whenever the copies have moved and settled. Ctrl-C ends it."""
    places = [copy.address for copy in targets.copies]
    try:
        while True:
            # From before the sync, so that what is saved during it counts; our own writes cost one
            # more sync, which finds nothing to do.
            before, since = _look(places), clock()
            yield
            while not _due(places, before, since, sleep, clock):
                pass
    except KeyboardInterrupt:
        return


def _due(
    places: Sequence[str],
    before: Looks,
    since: float,
    sleep: Callable[[float], object],
    clock: Callable[[], float],
) -> bool:
    """Wait a moment and tell whether it is time to sync."""
    sleep(PAUSE)
    now = _look(places)
    if now == before:
        return clock() - since >= ANYWAY
    quiet = clock()
    while clock() - quiet < SETTLED:
        sleep(SETTLED / 3)
        latest = _look(places)
        if latest != now:
            now, quiet = latest, clock()
    return True


def _look(places: Sequence[str]) -> Looks:
    return tuple(map(look, places))
