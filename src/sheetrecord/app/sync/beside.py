"""Files that a sync client, a browser or this program set beside a copy: one more save of it.

What Dropbox, OneDrive, Nextcloud, ownCloud, Syncthing, Google Drive, Box, Seafile and iCloud name
a second version of a file, in the languages people use them in. A name is only a hint: whether the
file is the same record is told by its stamp.
"""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.formats.stamp import read_marks
from sheetrecord.formats.xlsx import read
from sheetrecord.model.errors import SheetRecordError

_DATE: Final = r"\d{4}-\d\d-\d\d"
_CONFLICT: Final = (
    r"conflict(?:ed|ing)?|konflikt|in konflikt|conflit|conflicto|conflitto|conflito|conflicterende"
)
_ENDINGS: Final = (
    (rf"\ \(kept\ {_DATE}\ \d{{6}}(?:\ \d+)?\)", "an older save that was set aside"),
    (r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?", "Syncthing's conflict copy"),
    (r"_conflict-\d{8}-\d{6}", "ownCloud's conflict copy"),
    (rf"\ \([^()]*(?:{_CONFLICT})\b[^()]*(?:\(\d+\))?[^()]*\)", "a conflict copy"),
    (r"\ \((?:SFConflict|Case\ Conflict)[^()]*\)", "a conflict copy"),
    (r"\ ?\(\d{1,3}\)", "a second download"),
    (r"\ [2-9]", "a second version"),
    (
        r"\ -\ (?:Copy|Kopie|Copie|Copia|Cópia)(?:\ ?\(\d+\))?",
        "a copy somebody made",
    ),
    (
        r"-[A-Za-z0-9][A-Za-z0-9-]{0,14}[A-Za-z0-9](?:-\d{1,2})?",
        "another computer's copy, as OneDrive names it",
    ),
)
_BEFORE: Final = re.compile(r"(?:Copy of|Kopie von|Copie de|Copia de|Cópia de) ", re.IGNORECASE)


class Beside(NamedTuple):
    """A file that looks like another save of a copy, and what its name says it is."""

    path: Path
    what: str


def named_beside(path: Path) -> Iterator[Beside]:
    """Yield the files in a copy's folder whose names say that they are further saves of it."""
    stem, suffix = path.stem, path.suffix
    try:
        names = sorted(entry.name for entry in os.scandir(path.parent) if entry.is_file())
    except OSError:
        return
    for name in names:
        found = Path(name)
        if name == path.name or found.suffix.lower() != suffix.lower() or name.startswith("~$"):
            continue
        what = _meaning(found.stem, stem)
        if what:
            yield Beside(path.parent / name, what)


def _meaning(name: str, stem: str) -> str:
    """Return what a name says about a file beside ``stem``; empty when it says nothing.

    >>> _meaning("firm (Ana's conflicted copy 2026-11-22)", "firm")
    'a conflict copy'
    >>> _meaning("firm-PC2", "firm"), _meaning("firmware", "firm"), _meaning("firm plan", "firm")
    ("another computer's copy, as OneDrive names it", '', '')
    """
    if (match := _BEFORE.match(name)) and name[match.end() :] == stem:
        return "a copy somebody made"
    if not name.startswith(stem):
        return ""
    rest = name[len(stem) :]
    for pattern, what in _ENDINGS:
        if re.fullmatch(pattern, rest, re.IGNORECASE):
            return what
    return ""


def of_record(found: Beside, record: str) -> bool:
    """Tell whether a file carries the stamp of a record; one that cannot be read does not."""
    try:
        marks = read_marks(read(found.path))
    except SheetRecordError:
        return False
    return any(stamp.record == record for stamp in marks.candidates)


def _moved_to(path: Path, record: str) -> list[Path]:
    """Return the workbooks in a missing copy's folder that carry the record's stamp."""
    folder = path.parent
    if not record or not folder.is_dir():
        return []
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() in {".xlsx", ".xlsm"})
    return [
        one for one in files if not one.name.startswith("~$") and of_record(Beside(one, ""), record)
    ]


def missing_words(path: Path, record: str, others: Collection[str] = ()) -> str:
    """Say what became of a copy that is not where it was; ``others`` are copies that are known."""
    if not path.parent.is_dir():
        why = f"its folder {path.parent} is not there: is the share or the disk connected?"
        return f"{why} Nothing was taken for deleted."
    moved = [one for one in _moved_to(path, record) if str(one) not in others]
    if moved:
        return (
            f"it is not there; {moved[0].name} beside it is a copy of this record: was it renamed?"
        )
    return "there is no such file: was it moved or renamed? Nothing was taken for deleted."
