"""The disk steps on Linux, macOS, and wherever else names are renamed as POSIX has it."""

import errno
import os
import stat
from contextlib import suppress
from typing import BinaryIO

from sheetrecord.files import abilities, kernel_calls
from sheetrecord.files.fingerprints import digest_of
from sheetrecord.files.open_handles import open_for_writing

_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM}
"""A file system that has no fsync of folders, or a folder that may be written but not listed."""


class UnixDisk:
    """Steps by rename, link and fsync, with the exchange of names where the kernel has it."""

    __slots__ = ()

    def create(self, path: str, mode: int) -> BinaryIO:
        """Open a new file; ``mode`` is narrowed by the umask."""
        return os.fdopen(os.open(path, abilities.flags(*abilities.NEW), mode), "w+b")

    def like(self, file: BinaryIO, target: str) -> None:
        """Copy owner, mode and extended attributes as far as this user may."""
        wanted, fd = os.stat(target), file.fileno()
        mine = os.fstat(fd)
        if (mine.st_uid, mine.st_gid) != (wanted.st_uid, wanted.st_gid):
            _own(fd, wanted.st_uid, wanted.st_gid)
        mode = stat.S_IMODE(wanted.st_mode)
        if os.fstat(fd).st_gid != wanted.st_gid:  # what its group might do is not for another one
            mode &= ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
        if abilities.has("fchmod"):
            with suppress(PermissionError):  # FAT and some shares have no modes
                os.fchmod(fd, mode)
        _copy_attributes(fd, target)

    def sync(self, file: BinaryIO) -> None:
        """Flush to the medium; on macOS also through the drive's own cache."""
        file.flush()
        if kernel_calls.full_sync(file.fileno()):
            return
        os.fsync(file.fileno())

    def digest(self, path: str) -> str:
        """Hash what the file holds now."""
        with open(path, "rb") as file:
            return digest_of(file)

    def busy(self, path: str) -> bool:
        """Ask the kernel for writers; where it cannot know, False."""
        return open_for_writing(path)

    def exchange(self, mine: str, target: str) -> bool:
        """Use RENAME_EXCHANGE or RENAME_SWAP."""
        return kernel_calls.exchange(mine, target)

    def replace_aside(self, mine: str, target: str, aside: str) -> bool:  # noqa: ARG002 - the protocol's names
        """There is no such call here."""
        return False

    def take(self, path: str, aside: str) -> None:
        """Rename; the private name is known to be free."""
        os.rename(path, aside)

    def put(self, mine: str, target: str) -> None:
        """Rename without replacing, or link and unlink, or look first where neither exists.

        Link and unlink is safe in this direction only: ``mine`` is ours, so nobody can put
        another file under that name between the two calls.
        """
        if kernel_calls.rename_new(mine, target):
            return
        if not abilities.has("link"):
            _put_after_looking(mine, target)
            return
        try:
            os.link(mine, target)
        except FileExistsError:
            raise
        except OSError:
            _put_after_looking(mine, target)
        else:
            os.unlink(mine)

    def remove(self, mine: str) -> None:
        """Unlink."""
        os.unlink(mine)

    def sync_folder(self, folder: str) -> None:
        """Fsync the folder where platform and file system know that."""
        flags = abilities.folder_flags()
        if flags is None:
            return
        try:
            fd = os.open(folder, flags)
        except PermissionError:
            return
        try:
            os.fsync(fd)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(fd)


def _own(fd: int, uid: int, gid: int) -> None:
    """Set owner and group; where `chown` is refused, only the group; where there are none, none."""
    if not abilities.has("fchown"):
        return
    try:
        os.fchown(fd, uid, gid)
    except OSError:
        with suppress(OSError):
            os.fchown(fd, -1, gid)


def _copy_attributes(fd: int, target: str) -> None:
    """Copy extended attributes: tags, ACLs; those that only root may set are left."""
    if kernel_calls.copy_attributes(target, fd) or not abilities.has("listxattr", "setxattr"):
        return
    with suppress(OSError):
        for name in os.listxattr(target):
            with suppress(OSError):
                os.setxattr(fd, name, os.getxattr(target, name))


def _put_after_looking(mine: str, target: str) -> None:
    """The last resort: on such a file system another save could fit between look and rename."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target)
    os.rename(mine, target)
