"""One lock per workbook between our own processes; a killed process frees it."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sheetrecord.files import abilities
from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.files.os_errors import refusal
from sheetrecord.files.state_folder import state_folder
from sheetrecord.model.errors import Locked

OTHER_RUN = "another run of sheetrecord"

_PAUSE = 0.05  # seconds between two tries


class _Held(NamedTuple):
    """Who holds a lock in this process."""

    pid: int
    thread: int


_held: dict[str, _Held] = {}


def lock_name(target: str) -> str:
    """Return the name that all processes of this user derive from the resolved path."""
    return digest_of_bytes(os.path.normcase(target).encode("utf-8", "surrogateescape"))[:32]


@contextmanager
def locked(target: str, wait: float) -> Iterator[bool]:
    """Hold the lock of the target; a thread that has it already may enter again (yields False).

    The operating system owns the lock (flock(2) or LockFile), so it ends with the process. The
    lock file lies in the user's state folder: a shared folder is not littered, and replacing a
    file needs no lock to be safe, only to be orderly: where there are none, threads of this process
    still take turns. Raises `Locked` after ``wait`` seconds.
    """
    me = _Held(os.getpid(), threading.get_ident())
    key = lock_name(target)
    if _held.get(key) == me:
        yield False
        return
    fd = _open(os.path.join(state_folder("locks"), key + ".lock"))
    try:
        until = time.monotonic() + wait
        while not (_free(key, me) and _try(fd)):
            if time.monotonic() >= until:
                raise Locked(target, OTHER_RUN)
            time.sleep(_PAUSE)
        _held[key] = me
        try:
            yield True
        finally:
            del _held[key]
            release(fd)
    finally:
        os.close(fd)


def _free(key: str, me: _Held) -> bool:
    """Tell whether no other thread of this process has the lock; a fork inherits none."""
    return key not in _held or _held[key].pid != me.pid


def _open(path: str) -> int:
    """Open the lock file, which is never removed: a removed one could be locked twice."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise refusal(path, error) from error


def _try(fd: int) -> bool:
    """Take the lock without waiting; return False when another process has it."""
    if bytes_ := abilities.byte_locks():
        return try_windows(fd, bytes_)
    whole = abilities.flock()
    if whole is None:
        return True  # there is no other process, or none that could be told; see `locked`
    try:
        whole.flock(fd, whole.LOCK_EX | whole.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def try_windows(fd: int, msvcrt: Any) -> bool:
    """Lock the first byte without waiting; the module is passed in so that this can be tested."""
    os.lseek(fd, 0, os.SEEK_SET)
    try:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def release(fd: int) -> None:
    """Let go before closing: on Windows a closed handle's lock may linger."""
    if bytes_ := abilities.byte_locks():
        os.lseek(fd, 0, os.SEEK_SET)
        bytes_.locking(fd, bytes_.LK_UNLCK, 1)
