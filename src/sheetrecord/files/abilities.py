"""What this platform can do with files: asked for here, once; nobody else looks at its name.

A call that is missing is missed where it is asked for, not when a module is imported: in a browser
(Emscripten) there are no locks between processes, no owners and no folders that can be synced.
What is then done instead stands with whoever asks.
"""

import os
import sys
from functools import cache
from typing import Any, Final

NEW: Final = ("O_RDWR", "O_CREAT", "O_EXCL", "O_CLOEXEC", "O_NOFOLLOW", "O_BINARY")
"""Flags with which a new file is opened, where the platform has them."""


def flags(*names: str) -> int:
    """Return these flags of `os.open` together, less those that this platform does not have."""
    found = 0
    for name in names:
        found |= getattr(os, name, 0)
    return found


def has(*calls: str) -> bool:
    """Tell whether the `os` module has all of these calls here."""
    return all(hasattr(os, call) for call in calls)


def has_kernel32() -> bool:
    """Tell whether files are replaced and held through kernel32: the system is Windows."""
    return "nt" in sys.builtin_module_names


def built() -> bool:
    """Tell whether this is a program that brings its own Python, not a package in one."""
    return bool(getattr(sys, "frozen", False))


def own_words() -> tuple[str, ...]:
    """Return the words that start this very program once more."""
    return (sys.executable,) if built() else (sys.executable, "-m", "sheetrecord")


@cache
def libc() -> Any:
    """Return the C library (ctypes), None where there is none to load.

    Loaded once: ctypes costs milliseconds that only a write pays.
    """
    try:
        import ctypes

        return ctypes.CDLL(None, use_errno=True)
    except (ImportError, OSError, TypeError):
        return None


def libc_call(name: str) -> Any:
    """Return a call of the C library, None where it has none of that name."""
    return getattr(libc(), name, None)


def leases() -> Any:
    """Return the module with which the kernel is asked who writes a file; None where it cannot."""
    locks = flock()
    return locks if hasattr(locks, "F_SETLEASE") else None


def flock() -> Any:
    """Return the module that locks whole files (flock(2)); None where there is none."""
    try:
        import fcntl
    except ImportError:
        return None
    return fcntl if hasattr(fcntl, "flock") else None


def byte_locks() -> Any:
    """Return the module that locks bytes of a file (Windows); None elsewhere."""
    try:
        import msvcrt
    except ImportError:
        return None
    return msvcrt if hasattr(msvcrt, "locking") else None


def folder_flags() -> int | None:
    """Return how a folder is opened to be synced; None where that cannot be done."""
    return flags("O_RDONLY", "O_DIRECTORY", "O_CLOEXEC") if has("O_DIRECTORY") else None


def knows_inode(inode: int) -> bool:
    """Tell whether an inode's number identifies a file: some file systems give 0 to all of them."""
    return inode != 0


def host_name() -> str:
    """Return what this machine is called, empty when nobody knows."""
    named = os.environ.get("COMPUTERNAME", "") if has_kernel32() else ""
    return named or (os.uname().nodename if has("uname") else "")


def keeps_state_in() -> str:
    """Return by which custom a user's state is kept: ``windows``, ``macos`` or ``xdg``."""
    if has_kernel32():
        return "windows"
    return "macos" if sys.platform == "darwin" else "xdg"


def user_id() -> int | None:
    """Return the number of the user who runs this; None where users have none."""
    return os.geteuid() if has("geteuid") else None
