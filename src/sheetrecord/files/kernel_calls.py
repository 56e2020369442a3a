"""Calls of the Linux and macOS kernels that the os module does not have."""

import errno
import os
import sys
from functools import cache
from typing import Any

_HERE = -100  # AT_FDCWD on Linux: relative paths start at the working folder
_LINUX = {"new": 1, "exchange": 2}  # RENAME_NOREPLACE, RENAME_EXCHANGE of renameat2(2)
_MACOS = {"new": 4, "exchange": 2}  # RENAME_EXCL, RENAME_SWAP of renamex_np(2)
_ACL_AND_ATTRIBUTES = 1 | 4  # COPYFILE_ACL, COPYFILE_XATTR of fcopyfile(3)
_F_FULLFSYNC = 51  # fcntl(2) on macOS: also empty the drive's cache

UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY}


def exchange(mine: str, target: str) -> bool:
    """Swap two names in one step; False where kernel or file system cannot."""
    return _rename("exchange", mine, target)


def rename_new(mine: str, target: str) -> bool:
    """Rename, `FileExistsError` when taken; False where kernel or file system cannot."""
    return _rename("new", mine, target)


def full_sync(fd: int) -> bool:
    """Empty the drive's cache as well (macOS); False where the file system cannot."""
    import fcntl

    try:
        fcntl.fcntl(fd, _F_FULLFSYNC)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        return False
    return True


def copy_attributes(target: str, fd: int) -> None:
    """Copy ACL and extended attributes (macOS); what cannot be copied is left."""
    with open(target, "rb") as source:
        _libc().fcopyfile(source.fileno(), fd, None, _ACL_AND_ATTRIBUTES)


def _rename(how: str, mine: str, target: str) -> bool:
    """Call the platform's rename with a flag; False when the call does not exist."""
    import ctypes

    libc, a, b = _libc(), os.fsencode(mine), os.fsencode(target)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(a, b, _MACOS[how])
        else:
            failed = libc.renameat2(_HERE, a, _HERE, b, _LINUX[how])
    except AttributeError:  # a C library without it
        return False
    code = ctypes.get_errno()
    if failed and code in UNSUPPORTED:
        return False
    if failed:
        raise OSError(code, os.strerror(code), mine, None, target)
    return True


@cache
def _libc() -> Any:
    """Load the C library once; ctypes costs milliseconds that only a write pays."""
    import ctypes

    return ctypes.CDLL(None, use_errno=True)
