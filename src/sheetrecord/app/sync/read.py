"""Read a copy as one moment of it: bytes, digest, what they say, and the stamp they carry."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.sync.fingerprints import WORKBOOK, Prints, prints_of
from sheetrecord.app.validate import understood
from sheetrecord.core.merge.side import Side
from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.formats.csv_folder import read_files
from sheetrecord.formats.readings import Readings
from sheetrecord.formats.stamp import WorkbookStamps, read_marks
from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.book import Book
from sheetrecord.model.errors import CannotRead, Locked
from sheetrecord.xlsx import Refused, open_workbook

_TRIES: Final = 3


class CopyContent(NamedTuple):
    """A copy as it was read; ``readings`` are what was read with it in one run."""

    path: Path
    prints: Prints
    files: Mapping[str, bytes]
    side: Side
    marks: WorkbookStamps
    readings: Readings | None = None


def take(
    path: Path, known: Prints, today: dt.date, readings: Readings | None = None
) -> CopyContent:
    """Read a copy whose fingerprints were taken; when it has moved since, as it is now.

    Raises a SheetRecordError when it cannot be read or is no record, Locked when it keeps changing.
    """
    for _ in range(_TRIES):
        files = {name: (path / name).read_bytes() for name in known.files}
        if all(digest_of_bytes(data) == known.files[name].digest for name, data in files.items()):
            return understand(path, known, files, today, readings)
        known = prints_of(path)
    raise Locked(path)


def understand(
    path: Path,
    prints: Prints,
    files: Mapping[str, bytes],
    today: dt.date,
    readings: Readings | None = None,
) -> CopyContent:
    """Return a copy of which the bytes are known; ``readings`` are those of this run."""
    book = _book(path, files, readings)
    side = Side(book, understood(path, book, today=today))
    return CopyContent(path, prints, files, side, read_marks(book), readings)


def _book(path: Path, files: Mapping[str, bytes], readings: Readings | None) -> Book:
    if WORKBOOK not in files:
        return read_files(path, files)
    try:
        return book_of(open_workbook(files[WORKBOOK]), str(path), readings)
    except Refused as refused:
        raise CannotRead(path, str(refused), "", refused.reason) from refused
