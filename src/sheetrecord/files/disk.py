"""The steps on a disk that a replacement is made of, as one seam for platforms and tests."""

import os
from functools import cache
from typing import BinaryIO, Protocol

from sheetrecord.files.abilities import has_kernel32


class Disk(Protocol):
    """Durable steps on a file system. Each either happens whole or raises `OSError`.

    ``mine`` is always a private name that nobody else uses; ``target`` is the user's file.
    """

    def create(self, path: str, mode: int) -> BinaryIO:
        """Open a new, empty file for writing and reading; it must not exist yet."""

    def like(self, file: BinaryIO, target: str) -> None:
        """Give the open file the owner, permissions and extended attributes of ``target``."""

    def sync(self, file: BinaryIO) -> None:
        """Return when the file's bytes are on the medium."""

    def digest(self, path: str) -> str:
        """Return the digest of the file's content."""

    def busy(self, path: str) -> bool:
        """Say whether a program is known to hold the file open for writing."""

    def exchange(self, mine: str, target: str) -> bool:
        """Swap the two names in one step; False where the file system cannot."""

    def replace_aside(self, mine: str, target: str, aside: str) -> bool:
        """Move ``mine`` to ``target``, the old file to ``aside``; False where unsupported."""

    def take(self, path: str, aside: str) -> None:
        """Rename to a private name that is free."""

    def put(self, mine: str, target: str) -> None:
        """Rename to ``target``; raises `FileExistsError` when a file is there."""

    def remove(self, mine: str) -> None:
        """Delete a file under a private name."""

    def sync_folder(self, folder: str) -> None:
        """Return when the folder's names are on the medium."""


@cache
def this_disk() -> Disk:
    """Return the steps of this platform.

    With ``SHEETRECORD_FAILPOINT`` set, the process ends at the step of that name
    (see `sheetrecord.files.disk_hooks`).
    """
    disk = _platform_disk()
    if point := os.environ.get("SHEETRECORD_FAILPOINT"):
        from sheetrecord.files.disk_hooks import exit_at, watched

        return watched(disk, exit_at(point))
    return disk


def _platform_disk() -> Disk:
    """Return the steps without a hook."""
    if has_kernel32():
        from sheetrecord.files.windows import WindowsDisk, kernel32

        return WindowsDisk(kernel32())
    from sheetrecord.files.unix import UnixDisk

    return UnixDisk()
