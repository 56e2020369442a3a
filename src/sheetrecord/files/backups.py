"""The last versions of each workbook, kept in the user's state folder.

``backups/<name>-<key>/<UTC time>-<digest>.xlsx``: the key comes from the workbook's resolved path,
and one content is kept once, under the time it was last displaced. The files open by double click.
"""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple

from sheetrecord.files.disk import Disk
from sheetrecord.files.fingerprints import CHUNK, Fingerprint, PathLike
from sheetrecord.files.leftovers import serial
from sheetrecord.files.locking import lock_name
from sheetrecord.files.os_errors import refusal
from sheetrecord.files.state_folder import state_folder
from sheetrecord.model.errors import CannotWrite, ChangedElsewhere, SheetRecordError
from sheetrecord.model.trace import tell

_STAMP = "%Y%m%dT%H%M%S"
_DAY = 86_400
_MARK = 16  # hexadecimal digits of the digest in a name
_DRAFT = ".tmp"
_ORIGIN = "workbook.txt"


class BackupPolicy(NamedTuple):
    """How many versions of a workbook to keep.

    At most ``keep`` of them, none displaced more than ``days`` ago except the newest. With
    ``required`` a workbook whose backup fails is not written.
    """

    keep: int = 10
    days: int = 365
    required: bool = True


class Version(NamedTuple):
    """One kept version: ``which`` names it for `restore`; ``displaced`` is in UTC."""

    which: str
    displaced: datetime
    size: int
    path: str


def versions(path: PathLike) -> list[Version]:
    """Return the kept versions of the workbook at ``path``, the newest first."""
    return _listed(versions_folder(os.path.realpath(path)))


def find(path: PathLike, which: str) -> Version:
    """Return the only version whose name begins with ``which``; raises when none or several do."""
    known = versions(path)
    found = [version for version in known if which and version.which.startswith(which)]
    if len(found) == 1:
        return found[0]
    why = "more than one kept version begins" if found else "no kept version begins"
    names = ", ".join(version.which for version in known) or "none"
    raise SheetRecordError(f"{path}: {why} with {which!r}.", f"Kept versions: {names}.")


def back_up(disk: Disk, target: str, expecting: Fingerprint, policy: BackupPolicy) -> None:
    """Keep the target's content, durably, and drop the versions that the policy does not keep.

    Raises `ChangedElsewhere` when the target no longer holds what is expected, and `CannotWrite`
    when the policy requires a backup that cannot be made.
    """
    try:
        folder = versions_folder(target)
        _store(disk, target, expecting, folder)
        _prune(disk, folder, policy)
    except OSError as error:
        if policy.required:
            raise _without_backup(target, refusal(target, error)) from error
    except CannotWrite as error:
        if policy.required:
            raise _without_backup(target, error) from error


def _without_backup(target: str, error: SheetRecordError) -> CannotWrite:
    """Say that the backup, not the workbook, is what failed."""
    return CannotWrite(
        target, f"its backup cannot be kept ({error.message}), so it was not written.", error.do
    )


def _store(disk: Disk, target: str, expecting: Fingerprint, folder: str) -> None:
    """Copy the target into the folder, or give a copy that is there already a new time."""
    now = time.time_ns()
    stamp = time.strftime(_STAMP, time.gmtime(now // 10**9))
    mark = expecting.digest[:_MARK]
    end = os.path.splitext(target)[1]
    final = os.path.join(folder, f"{stamp}.{now // 1000 % 10**6:06d}Z-{mark}{end}")
    same = [version for version in _listed(folder) if version.which == mark]
    for version in same:
        if disk.digest(version.path) == expecting.digest == disk.digest(target):
            disk.take(version.path, final)
            tell("kept as it was", final)
            return
    draft = os.path.join(folder, serial() + _DRAFT)
    try:
        _copy(disk, target, draft)
        if disk.digest(draft) != expecting.digest:
            raise ChangedElsewhere(target)
        disk.take(draft, final)
        disk.sync_folder(folder)
        tell("kept as it was", final)
    finally:
        with suppress(OSError):
            os.unlink(draft)


def _copy(disk: Disk, source: str, draft: str) -> None:
    """Copy the bytes and sync them."""
    with open(source, "rb") as theirs, disk.create(draft, 0o600) as ours:
        _pour(theirs, ours)
        disk.sync(ours)


def _pour(source: BinaryIO, into: BinaryIO) -> None:
    """Copy from one open file to the other."""
    while chunk := source.read(CHUNK):
        into.write(chunk)


def _prune(disk: Disk, folder: str, policy: BackupPolicy) -> None:
    """Remove versions over the number or the age, and drafts of dead runs."""
    oldest = time.time() - policy.days * _DAY
    for number, version in enumerate(_listed(folder)):
        late = version.displaced.timestamp() < oldest
        if number and (number >= policy.keep or late):
            disk.remove(version.path)
    for name in os.listdir(folder):
        if name.endswith(_DRAFT):  # the lock of this workbook is ours, so nobody is writing it
            os.unlink(os.path.join(folder, name))


def _listed(folder: str) -> list[Version]:
    """Return the versions in the folder, the newest first."""
    found = []
    for name in sorted(os.listdir(folder), reverse=True):
        stamp, _, rest = name.partition("-")
        with suppress(ValueError, OSError):
            displaced = datetime.strptime(stamp, _STAMP + ".%fZ").replace(tzinfo=UTC)
            path = os.path.join(folder, name)
            found.append(Version(rest[:_MARK], displaced, os.stat(path).st_size, path))
    return found


def versions_folder(target: str) -> str:
    """Return the folder of the workbook's versions; a note in it says where the workbook is."""
    stem = os.path.splitext(os.path.basename(target))[0][:40]
    folder = state_folder("backups", f"{stem}-{lock_name(target)[:12]}")
    note = os.path.join(folder, _ORIGIN)
    if not os.path.exists(note):
        try:
            with open(note, "w", encoding="utf-8", errors="surrogateescape") as file:
                file.write(target + "\n")
        except OSError as error:
            raise refusal(note, error) from error
    return folder
