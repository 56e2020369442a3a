"""One file under two spellings: letters that are composed in two ways (NFC, NFD) are one.

Sync clients, archives and macOS write "ü" as one character or as two; settings are typed as the
keyboard gives it. Source: Unicode Standard Annex 15.
"""

from pathlib import Path
from unicodedata import normalize


def as_it_stands(path: Path) -> Path:
    """Return a path as its file or folder is spelled on the disk; as it is when nothing is there.

    A file that is spelled just so is never taken for another one.
    """
    if path.exists() or str(path).isascii():
        return path
    found = Path(path.anchor)
    for part in path.parts[1:] if path.anchor else path.parts:
        found = found / _spelled(found, part)
    return found if found.exists() else path


def _spelled(folder: Path, name: str) -> str:
    if (folder / name).exists() or name.isascii():
        return name
    try:
        names = sorted(one.name for one in folder.iterdir())
    except OSError:
        return name
    return next((one for one in names if composed(one) == composed(name)), name)


def composed(name: str) -> str:
    """Return a name with its letters composed (NFC), by which spellings are compared."""
    return normalize("NFC", name)
