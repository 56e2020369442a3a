"""Calls of the Linux and macOS kernels that the os module does not have."""

import errno
import os

from sheetrecord.files import abilities

_HERE = -100  # AT_FDCWD on Linux: relative paths start at the working folder
_LINUX = {"new": 1, "exchange": 2}  # RENAME_NOREPLACE, RENAME_EXCHANGE of renameat2(2)
_MACOS = {"new": 4, "exchange": 2}  # RENAME_EXCL, RENAME_SWAP of renamex_np(2)
_ACL_AND_ATTRIBUTES = 1 | 4  # COPYFILE_ACL, COPYFILE_XATTR of fcopyfile(3)

UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY}


def exchange(mine: str, target: str) -> bool:
    """Swap two names in one step; False where kernel or file system cannot."""
    return _rename("exchange", mine, target)


def rename_new(mine: str, target: str) -> bool:
    """Rename, `FileExistsError` when taken; False where kernel or file system cannot."""
    return _rename("new", mine, target)


def full_sync(fd: int) -> bool:
    """Empty the drive's cache as well (macOS); False where kernel or file system cannot."""
    fcntl = abilities.flock()
    if not hasattr(fcntl, "F_FULLFSYNC"):
        return False
    try:
        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        return False
    return True


def copy_attributes(target: str, fd: int) -> bool:
    """Copy ACL and extended attributes (macOS), those that can be; False without such a call."""
    copy = abilities.libc_call("fcopyfile")
    if copy is None:
        return False
    with open(target, "rb") as source:
        copy(source.fileno(), fd, None, _ACL_AND_ATTRIBUTES)
    return True


def _rename(how: str, mine: str, target: str) -> bool:
    """Call the platform's rename with a flag; False when the call does not exist."""
    a, b = os.fsencode(mine), os.fsencode(target)
    if linux := abilities.libc_call("renameat2"):
        failed = linux(_HERE, a, _HERE, b, _LINUX[how])
    elif macos := abilities.libc_call("renamex_np"):
        failed = macos(a, b, _MACOS[how])
    else:
        return False
    import ctypes  # it is there: a call of it was found

    code = ctypes.get_errno()
    if failed and code in UNSUPPORTED:
        return False
    if failed:
        raise OSError(code, os.strerror(code), mine, None, target)
    return True
