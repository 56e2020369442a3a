"""Puts a site in its folder in one step, rewriting only the pages that changed.

The new site is built beside the old one: unchanged pages, and files that are not ours, are linked
into it, changed ones are written, then the two folders change names. A page whose bytes are not
those that were written counts as changed. Whoever kills this finds the old site or the new one.
Where a file system cannot swap two names in one step (Windows, some shares) the old folder is
moved away first and put back by the next run if that was the last step.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.files import kernel
from sheetrecord.files.locking import locked
from sheetrecord.model.errors import CannotWrite
from sheetrecord.publish.site import Page

MANIFEST: Final = "manifest.json"
BRIEFS: Final = "briefs"
"""The folder in a site for handover briefs, which are linked where they exist."""

_FORMAT: Final = 2
_MANY: Final = 200
"""More new files than this are brought to the medium together, not one by one."""


class Todo(NamedTuple):
    """What a publication changes: pages to write, pages that stay, and pages to take away.

    ``altered`` are pages that somebody changed or took away since they were written; ``known``
    are the digests of the bytes of those that stay.
    """

    write: list[Page]
    keep: list[Page]
    remove: list[str]
    altered: Sequence[str] = ()
    known: Mapping[str, str] = {}

    @property
    def nothing(self) -> bool:
        """Whether the folder holds this very site already."""
        return not self.write and not self.remove


def compare(folder: Path, pages: Sequence[Page], identity: str) -> Todo:
    """Return what would change in a folder.

    ``identity`` names the audience. Raises CannotWrite when the folder holds files but no site,
    or a site for somebody else: their pages would be mixed with these.
    """
    old = _manifest(folder, identity)
    altered = {path for path, known in old.bytes.items() if _bytes_of(folder / path) != known}
    write: list[Page] = []
    keep: list[Page] = []
    for page in pages:
        same = old.pages.get(page.path) == page.digest and page.path in old.bytes
        (keep if same and page.path not in altered else write).append(page)
    made = {page.path for page in pages}
    gone = sorted(path for path in old.pages if path not in made)
    known = {page.path: old.bytes[page.path] for page in keep}
    return Todo(write, keep, gone, sorted(altered), known)


def _bytes_of(path: Path) -> str:
    """Return the digest of a file as it stands; nothing for one that is gone, or a link."""
    if path.is_symlink() or not path.is_file():
        return ""
    return _digest(path.read_bytes())


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def put(folder: Path, pages: Sequence[Page], identity: str) -> Todo:
    """Bring a folder to hold exactly these pages, and whatever else a person put there.

    Raises CannotWrite when the folder is not ours or the disk refuses, Locked when another run
    publishes to it; then the old site stands as it was.
    """
    target = Path(os.path.realpath(folder))
    with locked(str(target), 0.0):
        try:
            _heal(target)
            todo = compare(target, pages, identity)
            if not todo.nothing:
                _replace(target, todo, identity)
        except OSError as error:
            raise CannotWrite(
                folder,
                f"the folder cannot be published to ({error.strerror or error}).",
                "Check that you may write it and the folder around it.",
            ) from error
    return todo


class _Manifest(NamedTuple):
    """The pages that a folder holds: digests of what each shows, and of the bytes written."""

    pages: Mapping[str, str] = {}
    bytes: Mapping[str, str] = {}


def _manifest(folder: Path, identity: str) -> _Manifest:
    """Return what a folder holds, nothing for an empty or new one."""
    path = folder / MANIFEST
    if not path.is_file():
        if folder.exists() and _is_taken(folder):
            raise CannotWrite(
                folder, "it holds files that publish did not make.", "Name a new or empty folder."
            )
        return _Manifest()
    try:
        told = json.loads(path.read_text("utf-8"))
        found, whose = _Manifest(dict(told["pages"]), dict(told.get("bytes", {}))), told["view"]
    except (ValueError, KeyError, TypeError) as error:
        why = f"its {MANIFEST} cannot be understood."
        raise CannotWrite(folder, why, "Name a new or empty folder.") from error
    if whose != identity:
        raise CannotWrite(
            folder, "it holds the view for somebody else.", "Give each audience its own folder."
        )
    return found if told.get("format") == _FORMAT else _Manifest(dict.fromkeys(found.pages, ""))


def _is_taken(folder: Path) -> bool:
    """Tell whether something stands there besides handover briefs, which may come first."""
    return not folder.is_dir() or any(entry.name != BRIEFS for entry in folder.iterdir())


def _listing(todo: Todo, written: Mapping[str, str], identity: str) -> bytes:
    """Return the manifest; ``written`` are the digests of the bytes of the pages written now."""
    pages = {page.path: page.digest for page in (*todo.write, *todo.keep)}
    made = {**todo.known, **written}
    told = {
        "sheetrecord": "site",
        "format": _FORMAT,
        "view": identity,
        "pages": dict(sorted(pages.items())),
        "bytes": dict(sorted(made.items())),
    }
    return (json.dumps(told, indent=0) + "\n").encode()


def _replace(target: Path, todo: Todo, identity: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=_prefix(target, "new"), dir=target.parent))
    try:
        _build(target, made, todo, identity)
        _swap(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _build(target: Path, made: Path, todo: Todo, identity: str) -> None:
    """Make the whole new site in a folder of its own."""
    if target.exists():
        shutil.copymode(target, made)
    else:
        made.chmod(0o777 & ~_umask())
    written = [page.path for page in todo.write]
    for folder in {(made / path).parent for path in written}:
        folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for page in todo.write:
        data = page.render()
        digests[page.path] = _digest(data)
        _write(made / page.path, data, sync=len(written) <= _MANY)
    _write(made / MANIFEST, _listing(todo, digests, identity), sync=True)
    if target.exists():
        _carry(target, made, {*written, *todo.remove, MANIFEST})
    if len(written) > _MANY and hasattr(os, "sync"):
        os.sync()


def _write(path: Path, data: bytes, *, sync: bool) -> None:
    with path.open("wb") as file:
        file.write(data)
        if sync:
            file.flush()
            os.fsync(file.fileno())


def _carry(source: Path, made: Path, without: set[str]) -> None:
    """Link all other files of the old site into the new one; copy where links are not known."""
    for path, entry in _walk(str(source), ""):
        if path in without:
            continue
        there = made / path
        if entry.is_dir(follow_symlinks=False):
            there.mkdir(exist_ok=True)
        elif entry.is_symlink():
            there.symlink_to(Path(entry.path).readlink())
        else:
            try:
                os.link(entry.path, there, follow_symlinks=False)
            except (OSError, NotImplementedError):
                shutil.copy2(entry.path, there)


def _walk(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            yield path, entry
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{path}/")


def _swap(made: Path, target: Path) -> None:
    """Give the new site the old one's name; afterwards ``made`` is the old site, if any."""
    if not target.exists():
        made.rename(target)
        return
    if sys.platform != "win32" and kernel.exchange(str(made), str(target)):
        return
    aside = target.with_name(_prefix(target, "old"))
    target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _heal(target: Path) -> None:
    """Clear away what killed runs left; bring back a site that one had moved away."""
    if not target.parent.is_dir():
        return
    aside = target.with_name(_prefix(target, "old"))
    if aside.is_dir():
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(target)
    for left in target.parent.glob(_prefix(target, "new").replace("[", "[[]") + "*"):
        with suppress(OSError):
            shutil.rmtree(left)


def _prefix(target: Path, kind: str) -> str:
    return f".{target.name}.sheetrecord-{kind}-"


def _umask() -> int:
    """Return the process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
