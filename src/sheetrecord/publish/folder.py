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
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.files import kernel_calls
from sheetrecord.files.locking import locked
from sheetrecord.model.errors import CannotWrite
from sheetrecord.model.progress import each
from sheetrecord.publish.site import Page

MANIFEST: Final = "manifest.json"
BRIEFS: Final = "briefs"
DIGESTS: Final = "digests"
"""The folders in a site for handover briefs and digests, which are linked where they exist."""

LINKED: Final = frozenset((BRIEFS, DIGESTS))

_FORMAT: Final = 2
_PAGES: Final = frozenset(
    {
        ".html",
        ".css",
        ".js",
        ".json",
        ".svg",
        ".mjs",
        ".png",
        ".bin",
        ".zip",
        ".txt",
        ".xml",
        ".ics",
    }
)
"""How the names of pages end; a listing that names anything else was not written by us."""

_LARGEST: Final = 1 << 26
"""Bytes of a file of a site that is read again."""

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
        """True if the folder already holds exactly this site."""
        return not self.write and not self.remove


def compare(folder: Path, pages: Sequence[Page], identity: str, *, force: bool = False) -> Todo:
    """Return what would change in a folder.

    ``identity`` names the audience. Raises CannotWrite when the folder holds files but no site
    (with ``force`` they stay and the pages join them), a file of somebody's under the name of a
    page, or a site for somebody else: their pages would be mixed with these.
    """
    old = _manifest(folder, identity, force=force)
    _refuse_taken_names(folder, pages, old.pages)
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


def published(path: Path) -> bytes:
    """Return a file of a site as it stands, nothing where there is none that can be read."""
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def put(folder: Path, pages: Sequence[Page], identity: str, *, force: bool = False) -> Todo:
    """Publish the pages to a folder, replacing the earlier site; other files stay.

    Raises CannotWrite when the folder holds something else or cannot be written, Locked when
    another run publishes to it; the old site is then unchanged.
    """
    target = Path(os.path.realpath(folder))
    with locked(str(target), 0.0):
        try:
            _heal(target)
            todo = compare(target, pages, identity, force=force)
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


def _manifest(folder: Path, identity: str, *, force: bool) -> _Manifest:
    """Return what a folder holds, nothing for an empty or new one."""
    path = folder / MANIFEST
    if not path.is_file():
        if folder.exists() and _is_taken(folder) and not (force and folder.is_dir()):
            do = "Name a new or empty folder, or add --force: they stay, and the pages join them."
            raise CannotWrite(folder, "it holds files that publish did not make.", do)
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
    pages = {name: digest for name, digest in found.pages.items() if Path(name).suffix in _PAGES}
    if told.get("format") != _FORMAT:
        return _Manifest(dict.fromkeys(pages, ""))
    return _Manifest(pages, {name: one for name, one in found.bytes.items() if name in pages})


def _refuse_taken_names(folder: Path, pages: Sequence[Page], old: Mapping[str, str]) -> None:
    """Raise CannotWrite when a file that publish did not make has the name of a page."""
    for page in pages:
        if page.path not in old and os.path.lexists(folder / page.path):
            why = "it is a file that publish did not make, and a page has its name."
            raise CannotWrite(folder / page.path, why, "Move it away, or name another folder.")


def _is_taken(folder: Path) -> bool:
    """Tell whether something stands there besides briefs and digests, which may come first."""
    return not folder.is_dir() or any(entry.name not in LINKED for entry in folder.iterdir())


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
        old = _swap(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    if old is not None:
        _clear(old, target)


def _build(target: Path, made: Path, todo: Todo, identity: str) -> None:
    """Make the whole new site in a folder of its own."""
    if target.exists():
        shutil.copymode(target, made)
    else:
        made.chmod(0o777 & ~_umask())
    written = [page.path for page in todo.write]
    for folder in {(made / path).parent for path in written}:
        folder.mkdir(parents=True, exist_ok=True)
    # first, and again at the end: should this run die, it says of the rest that it is ours
    _write(made / MANIFEST, _listing(todo, {}, identity), sync=False)
    digests = {}
    for page in each(todo.write, "pages"):
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


def _swap(made: Path, target: Path) -> Path | None:
    """Give the new site the old one's name; return where the old site is now, if there was one."""
    if not target.exists():
        made.rename(target)
        return None
    if kernel_calls.exchange(str(made), str(target)):
        return made
    aside = target.with_name(_prefix(target, "old"))
    target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        aside.rename(target)
        raise
    return aside


def _clear(old: Path, target: Path) -> None:
    """Take an old site away, after what somebody saved in it while the new one was made."""
    _bring_newer(old, target)
    shutil.rmtree(old, ignore_errors=True)


def _bring_newer(old: Path, target: Path) -> None:
    """Move the files that are not ours from an old site into the new one where they are newer."""
    ours = {MANIFEST, *_listed(old), *_listed(target)}
    for path, entry in list(_walk(str(old), "")):
        if path in ours or not entry.is_file(follow_symlinks=False):
            continue
        there, found = target / path, entry.stat()
        if there.is_file() and there.stat().st_mtime_ns >= found.st_mtime_ns:
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        Path(entry.path).replace(there)


def _listed(folder: Path) -> set[str]:
    """Return the pages that a site lists, none where that cannot be read."""
    try:
        return set(json.loads((folder / MANIFEST).read_text("utf-8"))["pages"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _heal(target: Path) -> None:
    """Clear away what killed runs left; bring back a site that one had moved away."""
    if not target.parent.is_dir():
        return
    aside = target.with_name(_prefix(target, "old"))
    if aside.is_dir():
        if target.exists():
            _clear(aside, target)
        else:
            aside.rename(target)
    for left in target.parent.glob(_prefix(target, "new").replace("[", "[[]") + "*"):
        with suppress(OSError):
            _clear(left, target)


def _prefix(target: Path, kind: str) -> str:
    return f".{target.name}.sheetrecord-{kind}-"


def _umask() -> int:
    """Return the process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
