"""Replace a file: the old or the new one is there at every instant, and no other save is lost."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import ExitStack
from typing import BinaryIO, TypeAlias

from sheetrecord.files.access import exclusive
from sheetrecord.files.backups import BackupPolicy, back_up, find
from sheetrecord.files.disk import Disk, this_disk
from sheetrecord.files.displaced import Outcome, settle, swap
from sheetrecord.files.fingerprints import (
    Fingerprint,
    PathLike,
    digest_of_bytes,
    fingerprint,
    unchanged,
)
from sheetrecord.files.leftovers import Leftover, draft, ready
from sheetrecord.files.os_errors import refusal
from sheetrecord.files.owner import owner_of
from sheetrecord.files.permissions import ModeLimits, narrow
from sheetrecord.files.recovery import heal
from sheetrecord.model.errors import CannotWrite, ChangedElsewhere, Locked
from sheetrecord.model.trace import tell

Data: TypeAlias = bytes | Callable[[BinaryIO], object]
"""The new content, or what writes it into an open, seekable binary file."""

KEEP_TEN = BackupPolicy()

_NEW_FILE = 0o666  # narrowed by the umask, as any program's new file
_PRIVATE = 0o600  # until it has the target's mode


def replace(
    path: PathLike,
    data: Data,
    expecting: Fingerprint | None,
    *,
    backup: BackupPolicy | None = KEEP_TEN,
    even_if_open: bool = False,
    limits: ModeLimits | None = None,
) -> Fingerprint:
    """Put ``data`` at ``path`` in one step, if the file there is still ``expecting``.

    ``expecting`` is the fingerprint that the caller read, or ``None`` for a file that must not
    exist yet. Of a symbolic link the target is replaced. ``even_if_open`` goes on although an
    owner file says that an office program has the workbook open (a stale one, say); a handle
    open for writing that the kernel knows of still refuses. ``limits`` is the most that the new
    file's mode may hold, at no moment more; without them it is the old one's, or as the umask says.

    Returns the fingerprint of what stands there now; content that is already there is not written
    again. On any error nothing of ours stands at ``path`` and nothing of ours is left beside it:

    - `ChangedElsewhere`: somebody saved after ``expecting`` was read. Theirs stands; where two
      saves raced, ``error.kept`` is the path of the older one.
    - `Locked`: another run, or a program that has the file open.
    - `CannotWrite`: permission, space, disk, folder, or the backup.
    """
    target = os.path.realpath(path)
    with exclusive(target):
        if not even_if_open and (owner := owner_of(target)):
            raise Locked(path, owner)
        try:
            standing = Replacement(this_disk(), target, expecting, backup, limits).run(data)
        except OSError as error:
            raise refusal(path, error) from error
        tell("written", target)
        return standing


def restore(path: PathLike, which: str) -> Fingerprint:
    """Restore a kept version (``which`` as in `versions`), after backing up the present one."""
    target = os.path.realpath(path)
    with exclusive(target):
        version = find(target, which)
        with open(version.path, "rb") as file:
            data = file.read()
        if not digest_of_bytes(data).startswith(version.which):
            raise CannotWrite(
                path,
                f"the kept version {version.which} is damaged.",
                "Choose another version.",
            )
        return replace(target, data, fingerprint(target) if os.path.exists(target) else None)


class Replacement:
    """One replacement on one disk; `run` may raise `OSError`, which is the caller's to word."""

    __slots__ = ("_backup", "_disk", "_expecting", "_folder", "_limits", "_target")

    def __init__(
        self,
        disk: Disk,
        target: str,
        expecting: Fingerprint | None,
        backup: BackupPolicy | None,
        limits: ModeLimits | None = None,
    ) -> None:
        self._disk = disk
        self._target = target
        self._folder = os.path.dirname(target)
        self._expecting = expecting
        self._backup = backup
        self._limits = limits

    def run(self, data: Data) -> Fingerprint:
        """Write, swap, verify; whatever goes wrong, leave the folder tidy."""
        try:
            return self._run(data)
        except FileNotFoundError:
            vanished = not os.path.lexists(self._target) and os.path.isdir(self._folder)
            if self._expecting and vanished:  # moved or deleted while we were at work
                raise ChangedElsewhere(self._target) from None
            raise

    def _run(self, data: Data) -> Fingerprint:
        """The steps in order, without the wording."""
        self._look()
        known = self._expecting
        if known and isinstance(data, bytes) and digest_of_bytes(data) == known.digest:
            return known
        if known and self._backup:
            back_up(self._disk, self._target, known, self._backup)
        with ExitStack() as stack:
            stack.push(self._tidy)
            result = self._write_and_swap(data)
            stack.pop_all()
            return result

    def _look(self) -> None:
        """Refuse early what cannot succeed."""
        target, known = self._target, self._expecting
        try:
            found = os.stat(target)
        except FileNotFoundError:
            if known:
                raise ChangedElsewhere(target) from None
            return
        if known is None:
            raise ChangedElsewhere(target)
        _refuse_unwritable(target, found)
        if self._disk.busy(target):
            raise Locked(target, owner_of(target))
        if not unchanged(target, known) and self._disk.digest(target) != known.digest:
            raise ChangedElsewhere(target)

    def _write_and_swap(self, data: Data) -> Fingerprint:
        """Move the new content to the target, or raise and leave the target as it was."""
        mark, known = draft(self._target), self._expecting
        drafted = mark.path(self._folder)
        self._write(drafted, data)
        ours = self._print_of(drafted)
        if isinstance(data, bytes) and ours.digest != digest_of_bytes(data):
            raise OSError(errno.EIO, "what was written reads back differently", drafted)
        if known and known.digest == ours.digest:
            self._disk.remove(drafted)
            return known
        mark = ready(mark, ours, known)
        waiting = mark.path(self._folder)
        self._disk.take(drafted, waiting)
        self._bring(waiting, mark)
        return ours

    def _bring(self, waiting: str, mark: Leftover) -> None:
        """Put the complete file at the target and judge what it displaced."""
        try:
            if self._expecting is None:
                self._disk.put(waiting, self._target)
                self._disk.sync_folder(self._folder)
                return
            held = swap(self._disk, waiting, self._target, mark)
        except FileExistsError:
            raise ChangedElsewhere(self._target) from None
        self._verify(held, mark)

    def _print_of(self, drafted: str) -> Fingerprint:
        """Return the fingerprint that our content keeps under any name."""
        found = os.stat(drafted)
        digest = self._disk.digest(drafted)
        return Fingerprint(digest, found.st_size, found.st_mtime_ns, found.st_ino)

    def _write(self, path: str, data: Data) -> None:
        """Write the draft and sync it."""
        mode = _PRIVATE if self._expecting else _NEW_FILE
        with self._disk.create(path, mode) as file:
            if self._limits:  # before there is anything to read in it
                narrow(file, self._limits)
            if isinstance(data, bytes):
                file.write(data)
            else:
                data(file)
            file.flush()
            if self._expecting:
                self._disk.like(file, self._target)
                if self._limits:
                    narrow(file, self._limits)
            self._disk.sync(file)

    def _verify(self, held: str, mark: Leftover) -> None:
        """Check the displaced file; put it back when it is not the one that was read."""
        outcome, kept = settle(self._disk, held, self._target, mark)
        if outcome in (Outcome.REPLACED, Outcome.UNUSED):
            return
        if self._disk.busy(self._target):
            raise Locked(self._target, owner_of(self._target))
        raise ChangedElsewhere(self._target, kept)

    def _tidy(self, kind: type[BaseException] | None, *_: object) -> None:
        """After an error, restore the old content; raise when another save was set aside."""
        kept = heal(self._disk, self._target, withdraw=True).kept
        if kept and kind and issubclass(kind, Exception):
            raise ChangedElsewhere(self._target, ", ".join(kept))


def _refuse_unwritable(target: str, found: os.stat_result) -> None:
    """A rename would replace a read-only file; its owner did not mean that."""
    if not stat.S_ISREG(found.st_mode):
        raise CannotWrite(target, "is not a file.", "Give the path of a workbook.")
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise CannotWrite(
            target, "the file is read-only.", "Make it writable, or work on a copy of it."
        )
