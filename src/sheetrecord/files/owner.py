"""Who has a workbook open, from the owner files that office programs put beside it."""

import os
from typing import NamedTuple

from sheetrecord.files.abilities import has_kernel32, host_name
from sheetrecord.files.fingerprints import PathLike

UNNAMED = "somebody"
"""The owner when the owner file is there and says no name."""

_MOST = 4096  # bytes read of an owner file; Excel's has 165


class _LibreOffice(NamedTuple):
    """The first entry of a LibreOffice lock file."""

    name: str
    user: str
    host: str


def owner_of(path: PathLike) -> str | None:
    """Return the name of the user who has the workbook open, or None.

    Microsoft Office writes ``~$name.xlsx``, LibreOffice ``.~lock.name.xlsx#`` (and, where it
    can, Microsoft's as well). A file left by a program that died is seen through where it can
    be: on Windows Excel's is then no longer held open; on Linux LibreOffice's names this machine
    while no such program runs. Otherwise it counts; deleting the owner file ends it.
    """
    folder, name = os.path.split(os.path.realpath(path))
    office = _office_owner(os.path.join(folder, "~$" + name))
    return office or _libreoffice_owner(os.path.join(folder, f".~lock.{name}#"))


def parse_office(data: bytes) -> str:
    """Return the user's name in a Microsoft owner file; empty when it has none.

    A length byte and the name in the writer's 8-bit code page, filled to offset 55 (54 in
    Word's), then a two-byte length and the name in UTF-16LE; at most 52 characters (observed;
    the format is not published).
    """
    for at in (55, 54):
        length = int.from_bytes(data[at : at + 2], "little")
        wide = data[at + 2 : at + 2 + 2 * length]
        if 0 < length <= 52 and len(wide) == 2 * length and _agrees(data, length):
            return _printable(wide.decode("utf-16-le", "replace"))
    length = data[0] if data else 0
    return _printable(data[1 : 1 + length].decode("cp1252", "replace")) if length <= 52 else ""


def parse_libreoffice(data: bytes) -> _LibreOffice | None:
    """Return the first entry: name, user, host, time, profile; a backslash escapes."""
    fields, field, escaped = [], "", False
    for char in data.decode("utf-8", "replace"):
        if escaped or char not in "\\,;":
            field, escaped = field + char, False
        elif char == "\\":
            escaped = True
        else:
            fields.append(_printable(field))
            field = ""
            if char == ";":
                break
    return _LibreOffice(*fields[:3]) if len(fields) >= 3 else None


def _agrees(data: bytes, length: int) -> bool:
    """The 8-bit name has as many bytes as the wide one characters, or more in Asian code pages."""
    return length <= data[0] <= 2 * length + 2


def _printable(name: str) -> str:
    """Drop what would garble a terminal."""
    return "".join(char for char in name if char.isprintable()).strip()


def _office_owner(path: str) -> str | None:
    """Return the user named by Excel's owner file; None when it is absent or stale."""
    data = _read(path)
    if data is None or _released(path):
        return None
    return parse_office(data) or UNNAMED


def _libreoffice_owner(path: str) -> str | None:
    """Return the user named by LibreOffice's lock file; None when it is absent or stale."""
    data = _read(path)
    if data is None:
        return None
    entry = parse_libreoffice(data)
    if entry is None:
        return UNNAMED
    if entry.host == host_name() and not _libreoffice_runs():
        return None
    who = entry.name or entry.user or UNNAMED
    return f"{who} on {entry.host}" if entry.host else who


def _read(path: str) -> bytes | None:
    """Return the beginning of the file; empty when reading is refused, None when it is absent."""
    try:
        with open(path, "rb") as file:
            return file.read(_MOST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return b""


def _released(path: str) -> bool:
    """Return whether the program that made the owner file has closed it (Windows only)."""
    if has_kernel32():
        from sheetrecord.files.windows import WindowsDisk, kernel32

        return not WindowsDisk(kernel32()).held(path)
    return False


def _libreoffice_runs() -> bool:
    """Say whether a LibreOffice process runs here; when in doubt, yes."""
    try:
        pids = [name for name in os.listdir("/proc") if name.isdecimal()]
    except OSError:
        return True
    for pid in pids:
        try:
            with open(f"/proc/{pid}/comm", "rb") as comm:
                if comm.read().startswith((b"soffice", b"oosplash", b"libreoffice")):
                    return True
        except OSError:
            continue
    return not pids
