"""A folder on another machine is recognised, on each system by its own means."""

import ctypes
import sys
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.stores.network_share import (
    linux_share,
    macos_share,
    network_share,
    windows_share,
)

MOUNTS = r"""
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:50 / /srv/share rw - nfs4 server:/share rw,vers=4.2
31 22 0:51 / /srv/share/local rw - ext4 /dev/vdb rw
32 22 0:52 / /mnt/firm\040files rw shared:9 - cifs //pc2/firm rw
33 22 0:53 / /home/ana/mail rw - fuse.sshfs ana@pc2:/ rw
34 22 0:54 / /mnt/c rw - 9p C:\134 rw
35 22 0:55 / /over rw - nfs server:/x rw
36 35 0:56 / /over rw - tmpfs tmpfs rw
37 22 0:57 / /smb rw - smb3 //pc2/x rw
half a line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param("/home/ana/record.db", "", id="this disk"),
        pytest.param("/srv/share/record.db", "nfs4", id="nfs"),
        pytest.param("/srv/share", "nfs4", id="the mount itself"),
        pytest.param("/srv/shared/record.db", "", id="a name that begins the same"),
        pytest.param("/srv/share/local/record.db", "", id="a disk mounted inside a share"),
        pytest.param("/mnt/firm files/deep/record.db", "cifs", id="a blank in the name"),
        pytest.param("/home/ana/mail/record.db", "fuse.sshfs", id="sshfs"),
        pytest.param("/mnt/c/record.db", "9p", id="a Windows drive seen from Linux"),
        pytest.param("/over/record.db", "", id="the last mount hides the one below"),
        pytest.param("/smb/record.db", "smb3", id="smb"),
    ],
)
def test_linux_knows_by_its_mounts(path: str, kind: str) -> None:
    assert linux_share(path, MOUNTS) == kind


def test_this_machine_is_asked(tmp_path: Path) -> None:
    assert network_share(tmp_path / "not" / "there.db") == ""


class Libc:
    """statfs(2) of macOS: the folders that are there, and the flags and name it would tell."""

    def __init__(self, there: str, flags: int, name: bytes) -> None:
        self.there, self.flags, self.name = there, flags, name

    def statfs(self, path: bytes, found: Any) -> int:
        if path.decode() != self.there:
            return -1
        found[64:68] = self.flags.to_bytes(4, sys.byteorder)
        found[72 : 72 + len(self.name)] = self.name
        return 0


@pytest.mark.parametrize(
    ("flags", "name", "kind"),
    [
        pytest.param(0x1000, b"apfs", "", id="this disk"),
        pytest.param(0, b"smbfs", "smbfs", id="smb"),
        pytest.param(0, b"", "network share", id="a share without a name"),
    ],
)
def test_macos_knows_by_a_flag(flags: int, name: bytes, kind: str) -> None:
    assert macos_share(Path("/Volumes/firm/record.db"), Libc("/Volumes", flags, name)) == kind


def test_macos_that_knows_nothing_refuses_nothing() -> None:
    assert macos_share(Path("/a/b"), Libc("elsewhere", 0, b"")) == ""


class Kernel:
    """GetDriveTypeW: Z: is a mapped drive."""

    def GetDriveTypeW(self, root: str) -> int:  # noqa: N802 - its name in the system
        return {"C:\\": 3, "Z:\\": 4}[root]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param(r"C:\Users\ana\record.db", "", id="this disk"),
        pytest.param(r"Z:\record.db", "network drive", id="a mapped drive"),
        pytest.param(r"\\pc2\firm\record.db", "network share", id="a path that names a machine"),
        pytest.param(r"\\?\UNC\pc2\firm\record.db", "network share", id="its long form"),
        pytest.param(r"\\?\C:\record.db", "", id="the long form of this disk"),
    ],
)
def test_windows_knows_by_the_drive(path: str, kind: str) -> None:
    assert windows_share(path, Kernel()) == kind


def test_the_buffer_holds_what_macos_writes() -> None:
    assert ctypes.sizeof(ctypes.create_string_buffer(4096)) > 2168  # sizeof(struct statfs)
