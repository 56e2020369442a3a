"""Files beside a workbook that may be further saves of it, and what their names say.

A name only tells whether a program kept two saves apart (Dropbox, OneDrive, Nextcloud, ownCloud,
Syncthing, Seafile, this one): then what stands in the file counts. What anybody may have named so,
or a program that recovered something, is asked about before anything of it enters the record.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple


class Sibling(NamedTuple):
    """What stands beside a workbook and may be a further save of it.

    ``what`` says in words what its name makes of it, empty for nothing; ``sure``: only a program
    that kept two people's saves apart gives such a name.
    """

    address: str
    what: str = ""
    sure: bool = False


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


def siblings_of(path: Path, *, named: bool = False) -> Iterator[Sibling]:
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
            yield Sibling(str(path.parent / name), what, sure)


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
