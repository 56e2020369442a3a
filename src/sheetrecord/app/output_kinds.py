"""The kinds of output files: their names, and the marks by which they are recognised."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from sheetrecord.files.fingerprints import PathLike
from sheetrecord.files.output import OutputKind
from sheetrecord.files.permissions import ModeLimits, limits_of
from sheetrecord.model.errors import CannotWrite

_PRINTED: Final = (".html", ".md", ".pdf", ".htm", ".markdown")

_ELSEWHERE: Final = "Name another folder, or move it away."

BRIEF: Final = OutputKind("brief", "a brief", _PRINTED)
LETTER: Final = OutputKind("say-back", "a letter", _PRINTED)
NEW: Final = OutputKind("new", "a new workbook", (".xlsx",), kept=True)
FIRST: Final = NEW._replace(by="init", folders=True, do=_ELSEWHERE)
SETTINGS: Final = FIRST._replace(what="a settings file", suffixes=(".toml",))
DIGEST: Final = OutputKind("digest", "a digest", (".html", ".htm", ".eml", ".md"))
EXTENSION: Final = OutputKind("addin libreoffice", "LibreOffice's extension", (".oxt",))
NOTE: Final = OutputKind("note", "a handover note", (".html", ".htm", ".txt"))
AS_OF: Final = OutputKind("asof", "a record as known on a day", (".xlsx", ".md"), kept=True)
POSTINGS: Final = OutputKind("reconcile export", "bookings", (".csv",))
_OF_FILES: Final = frozenset(
    (
        *_PRINTED,
        *(".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".json", ".txt", ".toml", ".zip"),
        *(".db", ".sqlite", ".sqlite3"),
    )
)
"""Endings of files: a folder of that name would be taken for one."""


def merged(suffix: str) -> OutputKind:
    """Return the kind of a merge's result, which is a file as ours is."""
    return OutputKind("merge", "what is merged into our copy", (suffix.lower(),), kept=True)


def plan_file(ours: Callable[[bytes], bool]) -> OutputKind:
    """Return the kind of a saved plan, which vouches for itself."""
    return OutputKind("--save-plan", "a plan", (".json",), ours)


def view(ours: Callable[[bytes], bool]) -> OutputKind:
    """Return the kind of a published workbook, which says for whom it was made."""
    return OutputKind("publish", "a view", (".xlsx",), ours, folders=True)


def fit_folder(path: Path, what: str, do: str = "Name it without a file's ending.") -> None:
    """Raise CannotWrite when a folder's name promises a file, or a file stands there."""
    if path.suffix.lower() in _OF_FILES and not path.is_dir():
        raise CannotWrite(path, f"{what} is a folder.", do)
    if path.exists() and not path.is_dir():
        raise CannotWrite(path, f"it is a file, and {what} is a folder.", "Name another folder.")


def page_limits(path: Path, sources: Sequence[PathLike]) -> ModeLimits | None:
    """Return who may read a page about a record: who may read that, or everybody a site is for.

    A page in the folder of briefs or digests of a published site is published with it.
    """
    from sheetrecord.publish.folder import LINKED, MANIFEST

    folder = path.absolute().parent
    if folder.name in LINKED and (folder.parent / MANIFEST).is_file():
        return None
    return limits_of(sources)
