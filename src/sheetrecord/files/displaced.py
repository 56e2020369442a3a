"""What to do with a file that a replacement displaced or left behind; the same rules after a crash.

The rules, in this order, for a file under one of our names:

1. A draft, or the content we wrote: nobody else's, removed.
2. Nothing stands at the target any more: it goes (back) there.
3. It is what we meant to displace: removed. The caller knew it, and the backup has it.
4. Else somebody saved it. If our content stands at the target, theirs goes back and ours is
   withdrawn; if something newer stands there, theirs is kept beside it under a plain name.

A file that a program still holds open for writing counts as somebody's, whatever it holds.
"""

import os
import time
from contextlib import suppress
from enum import Enum, auto
from typing import NamedTuple

from sheetrecord.files.disk import Disk
from sheetrecord.files.leftovers import DRAFT, Leftover, aside

_STEM = 200
"""Bytes of a long name that a kept file repeats, so that the whole stays under 255."""


class Outcome(Enum):
    """What became of it."""

    UNUSED = auto()
    """It was ours and is gone."""
    REPLACED = auto()
    """It was what we meant to displace and is gone; the target stands."""
    RESTORED = auto()
    """The target was missing and this stands there now."""
    PUT_BACK = auto()
    """It was somebody's save, which stands at the target again; ours is gone."""
    KEPT = auto()
    """It was somebody's save, and something newer stands at the target; both are there."""


class Settled(NamedTuple):
    """The outcome for one leftover, and the path where another user's older save was kept."""

    outcome: Outcome
    kept: str | None = None


def swap(disk: Disk, mine: str, target: str, mark: Leftover) -> str:
    """Put ``mine`` at the target and return the name under which the displaced file is now.

    Raises `FileNotFoundError` when nothing stood at the target and `FileExistsError` when
    somebody saved in the instant the name was free (file systems without exchange only): then
    ``mine`` is untouched and the displaced file is a leftover.
    """
    if disk.exchange(mine, target):
        return mine
    beside = aside(mark).path(os.path.dirname(target))
    try:
        if not disk.replace_aside(mine, target, beside):
            disk.take(target, beside)
            disk.put(mine, target)
    except OSError:
        if os.path.lexists(beside) and not os.path.lexists(target):
            disk.put(beside, target)
        raise
    return beside


def settle(
    disk: Disk, held: str, target: str, mark: Leftover, *, withdraw: bool = False
) -> Settled:
    """Apply the rules to the file ``held``, whose name carries ``mark``.

    With ``withdraw`` our content has to go: what it displaced stands again, expected or not.
    Raises `OSError` when that cannot be done; then ``held`` still exists, under its own name.
    """
    busy = mark.kind != DRAFT and disk.busy(held)  # before hashing: a closed writer is in the hash
    digest = "" if mark.kind == DRAFT else disk.digest(held)
    if mark.kind == DRAFT or (mark.is_ours(digest) and not busy):
        _discard(disk, held)
        return Settled(Outcome.UNUSED)
    if not os.path.lexists(target) and _put_at(disk, held, target):
        return Settled(Outcome.RESTORED)
    ousted = withdraw and mark.is_ours(disk.digest(target))
    if mark.is_expected(digest) and not busy and not ousted:
        disk.sync_folder(os.path.dirname(target))
        _discard(disk, held)
        return Settled(Outcome.REPLACED)
    return _give_back(disk, held, target, mark)


def _give_back(disk: Disk, held: str, target: str, mark: Leftover) -> Settled:
    """Move another user's save back to the target, unless a newer file is there."""
    if not mark.is_ours(disk.digest(target)):
        return keep(disk, held, target)
    try:
        withdrawn = swap(disk, held, target, mark)
    except FileExistsError:  # a newer save came while the name was free
        return keep(disk, held, target)
    busy = disk.busy(withdrawn)
    if mark.is_ours(disk.digest(withdrawn)) and not busy:
        disk.sync_folder(os.path.dirname(target))
        _discard(disk, withdrawn)
        return Settled(Outcome.PUT_BACK)
    # Between the look and the swap somebody saved over ours: the newer save has to stand.
    return keep(disk, swap(disk, withdrawn, target, mark), target)


def keep(disk: Disk, held: str, target: str) -> Settled:
    """Keep another user's save under a plain name beside the target."""
    folder, name = os.path.split(target)
    stem, end = os.path.splitext(name)
    stem = os.path.join(folder, stem.encode("utf-8", "replace")[:_STEM].decode("utf-8", "ignore"))
    stamp = time.strftime("%Y-%m-%d %H%M%S")
    number = 1
    while True:
        count = f" {number}" if number > 1 else ""
        kept = f"{stem} (kept {stamp}{count}){end}"
        if _put_at(disk, held, kept):
            disk.sync_folder(os.path.dirname(target))
            return Settled(Outcome.KEPT, kept)
        number += 1


def _discard(disk: Disk, path: str) -> None:
    """Remove an obsolete file; if that fails, the next recovery tries again."""
    with suppress(OSError):
        disk.remove(path)


def _put_at(disk: Disk, held: str, path: str) -> bool:
    """Move to a name that should be free; False when it is taken."""
    try:
        disk.put(held, path)
    except FileExistsError:
        return False
    return True
