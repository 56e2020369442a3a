"""Recovery of what interrupted runs left beside a workbook."""

import os
import time
from contextlib import suppress
from typing import NamedTuple

from sheetrecord.files.abilities import has_kernel32
from sheetrecord.files.disk import Disk
from sheetrecord.files.displaced import Outcome, settle
from sheetrecord.files.leftovers import Leftover, mine, parse, this_host

_ABANDONED = 24 * 3600.0
"""Seconds after which another machine's leftover counts as abandoned."""


class Swept(NamedTuple):
    """What was found: paths removed, put back at the workbook's name, and kept beside it."""

    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def __add__(self, other: object) -> "Swept":
        """Join two sweeps."""
        assert isinstance(other, Swept)  # noqa: S101 - for the type checker; tuple allows more
        return Swept(*(a + b for a, b in zip(tuple(self), tuple(other), strict=True)))


def leftovers(folder: str) -> list[tuple[str, Leftover]]:
    """Return our leftover files in the folder with their parsed names, newest content first."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if mark := parse(entry.name):
                with suppress(OSError):
                    found.append((entry.stat().st_mtime, entry.path, mark))
    found.sort(reverse=True)
    return [(path, mark) for _, path, mark in found]


def heal(disk: Disk, target: str, *, withdraw: bool = False) -> Swept:
    """Settle what dead runs left for this target; the caller holds its lock.

    With ``withdraw``, what our content displaced stands again (after an error in this run).
    """
    swept = Swept()
    # More than once: giving a save back can leave ours to remove.
    while found := _settle_all(disk, target, withdraw=withdraw):
        swept += found
    return swept


def _settle_all(disk: Disk, target: str, *, withdraw: bool) -> Swept | None:
    """Settle each leftover once; return None when none could be settled."""
    swept = Swept()
    for path, mark in leftovers(os.path.dirname(target)):
        if mark.belongs_to(target) and is_abandoned(path, mark.host, mark.pid):
            with suppress(OSError):  # what cannot be settled now is found again next time
                swept += _settle_claimed(disk, path, target, mark, withdraw=withdraw)
    return swept if any(swept) else None


def _settle_claimed(disk: Disk, path: str, target: str, mark: Leftover, *, withdraw: bool) -> Swept:
    """Settle a leftover under a name of our own, so that no two sweepers work on one file."""
    claimed = mine(mark)
    held = claimed.path(os.path.dirname(path))
    disk.take(path, held)
    outcome, kept = settle(disk, held, target, claimed, withdraw=withdraw)
    if kept:
        return Swept(kept=(kept,))
    if outcome in (Outcome.RESTORED, Outcome.PUT_BACK):
        return Swept(restored=(target,))
    return Swept() if os.path.lexists(held) else Swept(removed=(path,))


def is_abandoned(path: str, host: str, pid: int) -> bool:
    """Say whether the run that made a file can no longer be working on it."""
    if host == this_host() and (pid == os.getpid() or not _is_alive(pid)):
        return True  # our own process is not inside another replacement: we hold the lock
    try:
        return time.time() - os.stat(path).st_ctime > _ABANDONED
    except OSError:
        return False


def _is_alive(pid: int) -> bool:
    """Say whether a process with this id runs; when in doubt, yes."""
    if has_kernel32():  # where os.kill would end the process
        from sheetrecord.files.windows import kernel32, process_runs

        return process_runs(kernel32(), pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
