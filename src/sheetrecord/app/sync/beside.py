"""Files beside a copy that are copies of the same record: found by their stamps, not by names.

A name only tells whether a program kept two saves apart (Dropbox, OneDrive, Nextcloud, ownCloud,
Syncthing, Seafile, this one): then what stands in the file counts. What anybody may have named so,
or a program that recovered something, is asked about before anything of it enters the record.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.core.sync.durable import CopyState
from sheetrecord.formats.stampglance import records_of

_DATE: Final = r"\d{4}-\d\d-\d\d"
_CONFLICT: Final = (
    r"conflict(?:ed|ing)?|konflikt|in konflikt|conflit|conflicto|conflitto|conflito|conflicterende"
)
_SURE: Final = (
    (rf"\ \(kept\ {_DATE}\ \d{{6}}(?:\ \d+)?\)", "an older save that was set aside"),
    (r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?", "Syncthing's conflict copy"),
    (r"_conflict-\d{8}-\d{6}", "ownCloud's conflict copy"),
    (rf"\ \([^()]*(?:{_CONFLICT})\b[^()]*(?:\(\d+\))?[^()]*\)", "a conflict copy"),
    (r"\ \((?:SFConflict|Case\ Conflict)[^()]*\)", "a conflict copy"),
    (r"-(?:DESKTOP|LAPTOP)-[A-Z0-9]{5,10}(?:-\d{1,2})?", "another computer's copy, of OneDrive"),
)
"""What only a program that kept two people's saves apart names a file."""

_UNSURE: Final = (
    (r"\ ?\(\d{1,3}\)", "a second download"),
    (r"\ [2-9]", "a second version"),
    (
        r"\ -\ (?:Copy|Kopie|Copie|Copia|Cópia)(?:\ ?\(\d+\))?",
        "a copy somebody made",
    ),
    (r".*(?:recover|repair|wiederhergestellt|repariert|récupéré|recuperad).*", "a recovered file"),
    (r".*(?:autosav|version|fassung|backup|sicherung|sauvegarde|copia de seg).*", "an older save"),
    (r"(?:\.\w+)?(?:~|\.bak|\.old|\.orig|\.tmp|\.wbk)\d*", "a backup that a program made"),
)
_BEFORE: Final = re.compile(
    r"(?:Copy of|Kopie von|Copie de|Copia de|Cópia de|Backup of|Sicherungskopie von|~) ?",
    re.IGNORECASE,
)


class Beside(NamedTuple):
    """A copy of the record that stands beside a copy, and what its name says it is.

    ``sure``: it is another save of it, as a program names one; of any other file nobody knows
    whether what stands in it is meant. ``why`` says more in words.
    """

    path: Path
    what: str
    sure: bool
    why: str = ""


def files_beside(path: Path, *, named: bool = False) -> Iterator[Beside]:
    """Yield the files in a copy's folder that may be copies too, and what their names say.

    ``named``: only those whose names begin with the copy's, for a folder of many thousands.
    """
    try:
        with os.scandir(path.parent) as listed:
            entries = sorted(entry.name for entry in listed if entry.is_file())
    except OSError:
        return
    for name in entries:
        if name == path.name or name.startswith(("~$", ".~")):
            continue
        what, sure = meaning(name, path.name)
        if what or not named:
            yield Beside(path.parent / name, what, sure)


def synced(known: Mapping[str, CopyState]) -> set[Path]:
    """Return where the copies are that were synced before."""
    return {Path(name) for name, state in known.items() if state.run}


def stamped_beside(
    copies: Collection[Path], others: Collection[Path], record: str, *, named: bool = False
) -> Iterator[Beside]:
    """Yield the files beside copies that are of the record, and neither copies nor ``others``."""
    found: dict[Path, Beside] = {}
    for copy in copies:
        if not copy.is_dir():
            for one in files_beside(copy, named=named):
                known = found.get(one.path)
                # Of several copies in one folder, the one tells most that a name begins with.
                if known is None or (one.sure, bool(one.what)) > (known.sure, bool(known.what)):
                    found[one.path] = one
    for path, one in sorted(found.items()):
        if path not in copies and path not in others and record in records_of(path):
            yield one


def meaning(name: str, of: str) -> tuple[str, bool]:
    """Return what a name says about a file beside another, and whether that is certain.

    >>> meaning("firm (Ana's conflicted copy 2026-11-22).xlsx", "firm.xlsx")
    ('a conflict copy', True)
    >>> meaning("firm-whatif.xlsx", "firm.xlsx"), meaning("firm (1).xlsx", "firm.xlsx")
    (('', False), ('a second download', False))
    """
    stem, _, _ = of.rpartition(".")
    if (match := _BEFORE.match(name)) and name[match.end() :].startswith(stem):
        return "a copy somebody made", False
    if not name.startswith(stem):
        return "", False
    rest = name[len(stem) :].removesuffix(Path(of).suffix)
    for patterns, sure in ((_SURE, True), (_UNSURE, False)):
        for pattern, what in patterns:
            if re.fullmatch(pattern, rest, re.IGNORECASE):
                return what, sure
    return "", False


def _moved_to(path: Path, record: str) -> list[Path]:
    """Return the workbooks in a missing copy's folder that carry the record's stamp."""
    folder = path.parent
    if not record or not folder.is_dir():
        return []
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() in {".xlsx", ".xlsm"})
    return [one for one in files if record in records_of(one)]


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
