"""The one way to a file that a command was told to write: `guard` it, then write the `Output`.

- Never over an input of the same run, by whatever name it goes.
- Over a file that stands there only when we wrote it and nobody changed it since (a mark in it, or
  the note of `files.written_digests`); else only with ``force``, and then it goes to the backups.
- Never under a name that promises another kind of file.
- Whole or not at all, as `files.replace`.
- A copy of a record is no more readable than what it was made from (`ModeLimits`).
"""

import errno
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from sheetrecord.files.fingerprints import Fingerprint, PathLike, digest_of_bytes, fingerprint
from sheetrecord.files.generated_marks import is_marked, marked
from sheetrecord.files.os_errors import refusal
from sheetrecord.files.permissions import ModeLimits
from sheetrecord.files.replacing import KEEP_TEN, replace
from sheetrecord.files.written_digests import knows, note
from sheetrecord.model.errors import CannotRead, CannotWrite

WITH_FORCE: Final = "Name another file, or add --force: what is there is then kept in the backups."


class OutputKind(NamedTuple):
    """A kind of file that is written: ``by`` which command, ``what`` it is, how its name may end.

    ``ours`` tells more of a file's content than the mark of a page or a text does. A file that is
    ``kept`` becomes somebody's to work in: it is never written over unasked, whoever made it.
    With ``folders`` the folders above it are made where they are missing. ``do`` is the advice
    where another file stands.
    """

    by: str
    what: str
    suffixes: tuple[str, ...]
    ours: Callable[[bytes], bool] | None = None
    kept: bool = False
    folders: bool = False
    do: str = WITH_FORCE


class Output:
    """A file that may be written; made by `guard`."""

    __slots__ = ("_before", "_kind", "_limits", "_ours", "path")

    def __init__(
        self,
        path: Path,
        kind: OutputKind,
        before: Fingerprint | None,
        limits: ModeLimits | None,
        *,
        ours: bool,
    ) -> None:
        self.path = path
        self._kind, self._before, self._limits, self._ours = kind, before, limits, ours

    @property
    def suffix(self) -> str:
        """How the name ends, in small letters."""
        return self.path.suffix.lower()

    def write(self, data: bytes) -> None:
        """Write the file, whole or not at all. Raises as `files.replace`."""
        self._write(data, lambda: None)

    def _write(self, data: bytes, then: Callable[[], None]) -> None:
        """Write the draft, do what is to be done before it is seen, and bring it."""
        if self._kind.ours is None:
            data = marked(data, self.suffix, self._kind.by)

        def fill(file: BinaryIO) -> None:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            if file.read() != data:
                raise OSError(errno.EIO, "what was written reads back differently", str(self.path))
            then()

        backup = None if self._ours else KEEP_TEN
        with _folders(self.path) if self._kind.folders else nullcontext():
            replace(self.path, fill, self._before, backup=backup, limits=self._limits)
        if not self._kind.kept:
            note(self.path, digest_of_bytes(data), self._kind.by)


@contextmanager
def _folders(path: Path) -> Iterator[None]:
    """Make the folders above a path; after an error those that were missing are missing again."""
    missing = [folder for folder in path.absolute().parents if not folder.exists()]
    try:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refusal(path.parent, error) from error
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):  # somebody put something there meanwhile
                folder.rmdir()
        raise


def write_all(contents: Sequence[tuple[Output, bytes]], then: Callable[[], None]) -> None:
    """Write several files and run an action that may fail: all of it or nothing.

    Every draft is on the medium before ``then`` is called, and only after it do they appear. What
    is left to go wrong is a disk that breaks between two renames.
    """
    for out, data in reversed(contents):
        then = _after(out, data, then)
    then()


def _after(out: Output, data: bytes, then: Callable[[], None]) -> Callable[[], None]:
    return lambda: out._write(data, then)  # noqa: SLF001 - the two halves of one class


def guard(
    path: Path,
    kind: OutputKind,
    inputs: Iterable[PathLike],
    *,
    force: bool = False,
    limits: ModeLimits | None = None,
) -> Output:
    """Check that the path may be written, without writing; reads only the file that is there.

    ``inputs`` are the files and folders that the run reads. ``force`` writes over a file that is
    not ours; over an input nothing does. Without ``limits`` the file is as the umask says.
    Raises CannotWrite.
    """
    fit_suffix(path, kind)
    refuse_inputs(path, kind.by, inputs)
    if not os.path.lexists(path):
        return Output(path, kind, None, limits, ours=True)
    before, ours = _standing(path, kind)
    if not ours and not force:
        raise CannotWrite(path, _foreign(kind), kind.do)
    return Output(path, kind, before, limits, ours=ours)


def fit_suffix(path: Path, kind: OutputKind) -> None:
    """Raise CannotWrite when the name promises another kind of file."""
    if path.suffix.lower() not in kind.suffixes:
        *first, last = kind.suffixes
        ends = f"{', '.join(first)} or {last}" if first else last
        raise CannotWrite(path, f"{kind.what} is a file that ends with {ends}.", "Name it so.")


def refuse_inputs(path: Path, by: str, inputs: Iterable[PathLike]) -> None:
    """Raise CannotWrite when a path leads to a file or folder that the run reads, or into one.

    By whatever name: links are followed, and a name that differs in case or accents alone is the
    same one on many disks, and in every folder that is shared with one.
    """
    for source in inputs:
        if _leads_to(path, source):
            part = "" if _same(path, source) else f" as a part of {source}"
            raise CannotWrite(
                path,
                f"it is a file that {by} did not make, and this command reads it{part}.",
                "Name another file: what is read is never written over.",
            )


def _leads_to(path: Path, source: PathLike) -> bool:
    if not os.path.isdir(source):
        return _same(path, source)
    if _same(path, source):
        return True
    with os.scandir(source) as entries:
        return any(_same(path, entry.path) for entry in entries)


def _same(path: PathLike, source: PathLike) -> bool:
    if _folded(path) == _folded(source):
        return True
    try:
        return os.path.samefile(path, source)
    except OSError:  # one of them is not there, or may not be looked at
        return False


def _folded(path: PathLike) -> str:
    """Return a path as a disk knows it that keeps neither case nor the spelling of accents."""
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def _standing(path: Path, kind: OutputKind) -> tuple[Fingerprint, bool]:
    """Return what is at the path, and whether we may overwrite it."""
    if not os.path.isfile(path):
        dangling = not os.path.exists(path)
        what = "a folder" if os.path.isdir(path) else "a link to nothing" if dangling else "no file"
        raise CannotWrite(path, f"it is {what}.", "Name a file.")
    try:
        before = fingerprint(path)
        if kind.kept or knows(path, before.digest, kind.by):
            return before, not kind.kept
        data = path.read_bytes()
    except (CannotRead, OSError) as error:
        why = "it exists already and cannot be read."
        raise CannotWrite(path, why, "Name another file.") from error
    mine = kind.ours is not None and kind.ours(data)
    return before, mine or is_marked(data, path.suffix.lower(), kind.by)


def _foreign(kind: OutputKind) -> str:
    if kind.kept:
        return "it exists already."
    return f"it exists already, a file that {kind.by} did not make or that was changed since."
