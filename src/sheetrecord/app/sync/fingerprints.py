"""What identifies a copy's content: the fingerprints of its files, and what they come to."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.files import Fingerprint, fingerprint
from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.model.errors import CannotRead

WORKBOOK: Final = ""
"""The name of a workbook's only file; those of a folder have their own."""


class Prints(NamedTuple):
    """The fingerprints of a copy's files by name, and what they come to."""

    files: Mapping[str, Fingerprint]
    digest: str
    size: int
    mtime_ns: int


def prints_of(path: Path) -> Prints:
    """Return what identifies a copy's content. Raises CannotRead and Locked."""
    if path.is_dir():
        names = sorted(one.name for one in path.iterdir() if one.suffix.lower() == ".csv")
        if not names:
            raise CannotRead(path, "the folder holds no CSV files.", "", "empty")
        return together({name: fingerprint(path / name) for name in names})
    found = fingerprint(path)
    if not found.size:
        why = "the file is empty (0 bytes), as while it is being uploaded."
        raise CannotRead(path, why, "Wait for the upload, or put the last backup back.", "empty")
    return together({WORKBOOK: found})


def together(files: Mapping[str, Fingerprint]) -> Prints:
    """Return the prints of a copy from those of its files."""
    if WORKBOOK in files:
        found = files[WORKBOOK]
        return Prints(files, found.digest, found.size, found.mtime_ns)
    told = "".join(f"{name}\0{one.digest}\n" for name, one in sorted(files.items()))
    size = sum(one.size for one in files.values())
    newest = max(one.mtime_ns for one in files.values())
    return Prints(files, digest_of_bytes(told.encode("utf-8", "surrogateescape")), size, newest)
