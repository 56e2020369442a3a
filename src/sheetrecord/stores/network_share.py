"""Whether a folder is on another machine, where SQLite's locks cannot be trusted."""

import os
import sys
from pathlib import Path
from typing import Any, Final

_REMOTE: Final = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "fuse.cephfs"),
        *("fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone"),
        *("fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("ocfs2", "orangefs", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs"),
    }
)
"""File systems that several machines share, or that translate every lock (proc(5), mount(8))."""

_LOCAL: Final = 0x1000  # MNT_LOCAL of sys/mount.h on macOS
_DRIVE_REMOTE: Final = 4  # GetDriveType of fileapi.h


def network_share(path: Path) -> str:
    """Return the kind of network share that a path is on, empty for a local disk."""
    resolved = path.resolve()
    if sys.platform == "win32":
        return windows_share(str(resolved))
    if sys.platform == "darwin":
        return macos_share(resolved)
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    return linux_share(str(resolved), mounts)


def linux_share(path: str, mounts: str) -> str:
    """Return the kind of share by ``/proc/self/mountinfo`` (proc(5)); the last mount hides others.

    Fields: id, parent, device, root, mount point, options, optional fields, ``-``, type, source.
    """
    best, kind = "", ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields, types = left.split(" "), right.split(" ")
        if len(fields) > 4:
            point = _unescaped(fields[4])
            inside = path == point or path.startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(best):
                best, kind = point, types[0]
    return kind if kind in _REMOTE else ""


def _unescaped(point: str) -> str:
    r"""Return a mount point with ``\040`` and the like as the characters they stand for."""
    parts = point.split("\\")
    return parts[0] + "".join(chr(int(part[:3], 8)) + part[3:] for part in parts[1:])


def macos_share(path: Path, library: Any = None) -> str:
    """Return the kind of share by statfs(2): a mount without MNT_LOCAL is another machine's."""
    import ctypes

    libc = library or ctypes.CDLL(None, use_errno=True)
    found = ctypes.create_string_buffer(4096)
    while libc.statfs(os.fsencode(path), found) != 0:
        if path == path.parent:
            return ""
        path = path.parent
    # struct statfs with 64-bit inodes: f_flags at byte 64, f_fstypename (16 bytes) at byte 72.
    flags = int.from_bytes(found.raw[64:68], sys.byteorder)
    name = found.raw[72:88].split(b"\0")[0].decode("ascii", "replace")
    return "" if flags & _LOCAL else name or "network share"


def windows_share(path: str, kernel: Any = None) -> str:
    """Return the kind of share by the drive: a mapped drive, or a path that names a machine."""
    import ctypes
    import ntpath

    drive = ntpath.splitdrive(path.removeprefix("\\\\?\\"))[0]
    if drive.startswith(("\\\\", "UNC\\")) or path.startswith("\\\\?\\UNC\\"):
        return "network share"
    kernel = kernel or vars(ctypes)["windll"].kernel32
    return "network drive" if kernel.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE else ""
