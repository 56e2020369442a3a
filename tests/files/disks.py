"""Disks of several kinds to run one law on: with and without exchange, and a tiny Windows."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

from sheetrecord.files.backups import BackupPolicy
from sheetrecord.files.disk import Disk
from sheetrecord.files.fingerprints import Fingerprint
from sheetrecord.files.leftovers import parse
from sheetrecord.files.open_handles import open_for_writing
from sheetrecord.files.os_errors import refusal
from sheetrecord.files.replacing import Data, Replacement
from sheetrecord.files.unix import UnixDisk
from sheetrecord.files.windows import WindowsDisk


class NoExchange(UnixDisk):
    """A share that renames, and can refuse to replace, but has no exchange of names."""

    def exchange(self, _mine: str, _target: str) -> bool:
        return False


class LinkOnly(NoExchange):
    """NFS: no rename flags at all, but hard links."""

    def put(self, mine: str, target: str) -> None:
        os.link(mine, target)
        Path(mine).unlink()


class TinyKernel32:
    """kernel32 over this system's renames; ``fail`` is the code of the next ReplaceFileW."""

    def __init__(self, fail: int = 0) -> None:
        self.fail = fail
        self.error = 0
        self.handles: list[int] = []

    def replace_file(self, target: str, mine: str, aside: str, _flags: int) -> bool:
        self.error = self.fail or (32 if open_for_writing(target) else 0)
        if not self.error and not os.path.lexists(target):
            self.error = 2
        if self.error == 1177:
            Path(target).rename(aside)
        if self.error:
            self.fail = 0
            return False
        Path(target).rename(aside)
        Path(mine).rename(target)
        return True

    def create_file(self, path: str, _access: int, share: int, _disposition: int) -> int:
        if open_for_writing(path) and not share & 2:
            self.error = 32
            return -1
        self.handles.append(len(self.handles) + 1)
        return self.handles[-1]

    def close_handle(self, handle: int) -> None:
        self.handles.remove(handle)

    def exit_code(self, pid: int) -> int:
        self.error = {1: 5, 2: 87}.get(pid, 0)
        return -1 if self.error else {3: 0, 4: 259}[pid]

    def last_error(self) -> int:
        return self.error


class LikeWindows(WindowsDisk):
    """The Windows steps, with its rename that never replaces."""

    def __init__(self, kernel: TinyKernel32 | None = None) -> None:
        super().__init__(kernel or TinyKernel32())

    def put(self, mine: str, target: str) -> None:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "exists", target)
        Path(mine).rename(target)


DISKS: dict[str, Callable[[], Disk]] = {
    "exchange": UnixDisk,
    "rename": NoExchange,
    "link": LinkOnly,
    "windows": LikeWindows,
}


def run_on(
    disk: Disk,
    target: Path,
    data: Data,
    expecting: Fingerprint | None,
    backup: BackupPolicy | None = None,
) -> Fingerprint:
    """One replacement on the given disk, refused in the words of `replace`."""
    try:
        return Replacement(disk, str(target), expecting, backup).run(data)
    except OSError as error:
        raise refusal(target, error) from error


def litter(folder: Path) -> list[str]:
    """Names of ours in the folder."""
    return [path.name for path in folder.iterdir() if parse(path.name)]


def contents(folder: Path) -> set[bytes]:
    """What all files in the folder and below hold."""
    return {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
