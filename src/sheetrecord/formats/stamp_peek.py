"""Which record a file is a copy of, told by a look into its package, whatever its name."""

import re
import zipfile
from pathlib import Path
from typing import Final

from sheetrecord.formats.stamp_names import RECORD, SHEET
from sheetrecord.model.errors import SheetRecordError

_MAGIC: Final = b"PK\x03\x04"
_MOST: Final = 1 << 20
"""Bytes of a part that is looked through; ours are a few hundred."""

_TOLD: Final = re.compile(
    rb'<(?:\w+:)?property\b[^>]*\bname="%s"[^>]*>\s*<[^>]+>([^<]*)<' % RECORD.encode()
)


def records_of(path: Path) -> tuple[str, ...]:
    """Return the record ids in a workbook's stamps; none for any other file.

    The workbook is parsed only if its document properties hold no stamp and the hidden sheet
    exists.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return ()
        with zipfile.ZipFile(path) as package:
            told = _TOLD.search(_part(package, "docProps/custom.xml"))
            hidden = SHEET.encode() in _part(package, "xl/workbook.xml")
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        return ()
    if told:
        return (told[1].decode("utf-8", "replace").strip(),)
    return _read(path) if hidden else ()


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    return package.read(info) if info.file_size <= _MOST else b""


def _read(path: Path) -> tuple[str, ...]:
    from sheetrecord.formats.stamp import read_marks  # here, for hardly any file gets so far
    from sheetrecord.formats.xlsx import read

    try:
        return tuple(stamp.record for stamp in read_marks(read(path)).candidates)
    except (SheetRecordError, OSError):
        return ()
