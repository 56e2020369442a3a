"""Who may read a copy: nobody who may not read what it was made from."""

import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import BinaryIO, Final, NamedTuple

from sheetrecord.files.fingerprints import PathLike

_FILE: Final = 0o666
_GROUP: Final = 0o070
_ACL: Final = "system.posix_acl_access"


class ModeLimits(NamedTuple):
    """The most that a copy's mode may hold, and whose group may have the group's part of it.

    ``group`` is None where the sources have no group in common.
    """

    mode: int
    group: int | None


def limits_of(sources: Iterable[PathLike]) -> ModeLimits:
    """Return what all sources allow; of a folder, what it and the files in it allow.

    Without any source that can be looked at, only the user may read a copy.
    """
    found = [one for source in sources for one in _looked_at(source)]
    mode, groups = _FILE if found else 0o600, {one.st_gid for one in found}
    for one in found:
        mode &= stat.S_IMODE(one.st_mode)
    return ModeLimits(
        mode | stat.S_IRUSR | stat.S_IWUSR, groups.pop() if len(groups) == 1 else None
    )


def narrow(file: BinaryIO, limits: ModeLimits) -> None:
    """Take from an open file what goes beyond the limits, as far as the system knows of it."""
    if sys.platform == "win32":
        return
    fd = file.fileno()
    mode = stat.S_IMODE(os.fstat(fd).st_mode) & limits.mode
    if sys.platform == "linux":
        with suppress(OSError):  # a folder may hand its own list of readers on to new files
            os.removexattr(fd, _ACL)
    if not _belongs_to(fd, limits.group):
        mode &= ~_GROUP | (mode & 0o007) << 3  # another group is like anybody else
    with suppress(PermissionError):  # FAT and some shares have no modes
        os.fchmod(fd, mode)


def _belongs_to(fd: int, group: int | None) -> bool:
    """Give the file to a group and tell whether it belongs to it now."""
    if group is not None and os.fstat(fd).st_gid != group:
        with suppress(OSError):
            os.fchown(fd, -1, group)
    return os.fstat(fd).st_gid == group


def _looked_at(source: PathLike) -> list[os.stat_result]:
    """Return what the system says of a file, or of a folder and the files in it."""
    try:
        found = os.stat(source)
        if not stat.S_ISDIR(found.st_mode):
            return [found]
        with os.scandir(source) as entries:
            return [found, *(entry.stat() for entry in entries if entry.is_file())]
    except OSError:
        return []
