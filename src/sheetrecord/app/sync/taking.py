"""Read a copy as one moment of it: bytes, digest, what they say, and the stamp they carry."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.validate import understood
from sheetrecord.core.merge.side import Side
from sheetrecord.files import Fingerprint, fingerprint
from sheetrecord.files.content import digest_of_bytes
from sheetrecord.formats.csvdir import read_files
from sheetrecord.formats.stamp import Marks, read_marks
from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.book import Book
from sheetrecord.model.errors import CannotRead, Locked
from sheetrecord.xlsx import Refused, open_workbook

WORKBOOK: Final = ""
"""The name of a workbook's only file; those of a folder have their own."""

_TRIES: Final = 3


class Prints(NamedTuple):
    """The fingerprints of a copy's files by name, and what they come to."""

    files: Mapping[str, Fingerprint]
    digest: str
    size: int
    mtime_ns: int


class Taken(NamedTuple):
    """A copy as it was read."""

    path: Path
    prints: Prints
    files: Mapping[str, bytes]
    side: Side
    marks: Marks


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


def take(path: Path, known: Prints, today: dt.date) -> Taken:
    """Read a copy whose fingerprints were taken; when it has moved since, as it is now.

    Raises a SheetRecordError when it cannot be read or is no record, Locked when it keeps changing.
    """
    for _ in range(_TRIES):
        files = {name: (path / name).read_bytes() for name in known.files}
        if all(digest_of_bytes(data) == known.files[name].digest for name, data in files.items()):
            return understand(path, known, files, today)
        known = prints_of(path)
    raise Locked(path)


def understand(path: Path, prints: Prints, files: Mapping[str, bytes], today: dt.date) -> Taken:
    """Return a copy of which the bytes are known."""
    book = _book(path, files)
    side = Side(book, understood(path, book, today=today))
    return Taken(path, prints, files, side, read_marks(book))


def _book(path: Path, files: Mapping[str, bytes]) -> Book:
    if WORKBOOK not in files:
        return read_files(path, files)
    try:
        return book_of(open_workbook(files[WORKBOOK]), str(path))
    except Refused as refused:
        raise CannotRead(path, str(refused), "", refused.reason) from refused
