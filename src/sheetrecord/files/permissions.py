"""Permissions of a copy: never wider than those of the file it was made from."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import BinaryIO, Final, NamedTuple

from sheetrecord.files.abilities import has
from sheetrecord.files.fingerprints import PathLike

_FILE: Final = 0o666
_GROUP: Final = 0o070
_ACL: Final = "system.posix_acl_access"


class ModeLimits(NamedTuple):
    """The upper bound of a copy's mode bits, and the group that the group bits are meant for.

    ``group`` is None where the sources have no group in common.
    """

    mode: int
    group: int | None


def limits_of(sources: Iterable[PathLike]) -> ModeLimits:
    """Return the permissions that all sources grant; a folder counts with the files in it.

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
    if not has("fchmod", "fchown"):
        return
    fd = file.fileno()
    mode = stat.S_IMODE(os.fstat(fd).st_mode) & limits.mode
    if has("removexattr"):
        with suppress(OSError):  # a folder may hand its own list of readers on to new files
            os.removexattr(fd, _ACL)
    if not _belongs_to(fd, limits.group):
        mode &= ~_GROUP | (mode & 0o007) << 3  # another group is like anybody else
    with suppress(PermissionError):  # FAT and some shares have no modes
        os.fchmod(fd, mode)


def _belongs_to(fd: int, group: int | None) -> bool:
    """Change the file's group; return whether it has that group now."""
    if group is not None and os.fstat(fd).st_gid != group:
        with suppress(OSError):
            os.fchown(fd, -1, group)
    return os.fstat(fd).st_gid == group


def _looked_at(source: PathLike) -> list[os.stat_result]:
    """Return the `stat` results of a file, or of a folder and the files in it."""
    try:
        found = os.stat(source)
        if not stat.S_ISDIR(found.st_mode):
            return [found]
        with os.scandir(source) as entries:
            return [found, *(entry.stat() for entry in entries if entry.is_file())]
    except OSError:
        return []
