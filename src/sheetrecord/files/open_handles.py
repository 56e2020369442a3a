"""Whether a program has a file open for writing, as far as the kernel reports it."""

import errno
import os

from sheetrecord.files import abilities

_LOCAL = frozenset({"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs", "bcachefs"})
"""File systems whose leases answer from the kernel's own count of writers."""


def open_for_writing(path: str) -> bool:
    """Say whether another descriptor on the file is open for writing.

    Linux grants a read lease only on a file that nobody has open for writing (fcntl(2),
    F_SETLEASE). The editors that keep a handle on the document (LibreOffice does) would save
    into the replaced file through it, so they must be seen. On a network file system a refusal
    may mean something else and counts for nothing; without leases the answer is False.
    """
    fcntl = abilities.leases()
    if fcntl is None:
        return False
    import signal

    try:
        fd = os.open(path, abilities.flags("O_RDONLY", "O_CLOEXEC"))
    except OSError:
        return False
    try:
        # Whoever opens the file while we hold the lease makes the kernel signal us. SIGIO, the
        # default, would end the process; SIGURG is ignored unless somebody asked for it.
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN and _file_system(os.fstat(fd).st_dev) in _LOCAL
    finally:
        os.close(fd)
    return False


def _file_system(device: int) -> str:
    """Return the type of the mounted file system with this device number; empty if unknown."""
    wanted = f"{os.major(device)}:{os.minor(device)}"
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as mounts:
            for line in mounts:
                fields = line.split()
                if fields[2] == wanted:  # proc(5): id, parent, major:minor, … - type source options
                    return fields[fields.index("-") + 1]
    except (OSError, ValueError, IndexError):
        return ""
    return ""
