"""What the operating system refused, in the user's words."""

import errno
import os

from sheetrecord.files.fingerprints import PathLike
from sheetrecord.files.owner import owner_of
from sheetrecord.model.errors import CannotWrite, Locked, SheetRecordError

_SHARING = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION

_FULL = ("the disk is full.", "Free some space there and run this again.")
_DENIED = (
    "you may not write here.",
    "Ask for write permission on the file and on its folder, or work on a copy elsewhere.",
)
_READ_ONLY = ("the disk or share is read-only.", "Work on a copy elsewhere.")
_BROKEN = (
    "the disk reports an error.",
    "Copy the file to another disk and have this one checked.",
)
_GONE = ("the folder is not there.", "Check the path, and that the disk or share is connected.")
_LONG = ("the name is too long for this disk.", "Give the file or its folders shorter names.")
_MOUNTED = (
    "the file is mounted by itself, so it cannot be replaced in one step.",
    "Mount the folder that holds it instead.",
)

_WORDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: ("the file is larger than this disk allows.", "Use another disk."),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _READ_ONLY,
    errno.EIO: _BROKEN,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ESTALE: _GONE,
    errno.ENAMETOOLONG: _LONG,
    errno.EBUSY: _MOUNTED,
    errno.EXDEV: _MOUNTED,
}


def refusal(path: PathLike, error: OSError) -> SheetRecordError:
    """Return the error to raise for what the system refused while writing ``path``."""
    if getattr(error, "winerror", None) in _SHARING:
        return Locked(path, owner_of(path))
    unknown = (
        f"the system refuses to write it ({error.strerror or error}).",
        "Run this again; if it stays so, work on a copy on another disk.",
    )
    why, do = _WORDS.get(error.errno or 0, unknown)
    return CannotWrite(os.fspath(path), why, do)
