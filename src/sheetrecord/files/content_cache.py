"""What was worked out of some bytes, kept in the state folder under their digest.

It spares work and decides nothing. A file is used only if it is this user's alone, was made by
this very program and says, by a digest over its name and its content, that it is whole: what is
damaged, cut short, older, renamed or somebody else's counts as if it was not there.
"""

import json
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from typing import Final

from sheetrecord import __version__
from sheetrecord.files.abilities import built
from sheetrecord.files.leftovers import serial
from sheetrecord.files.state_folder import ours_alone, state_folder, state_path
from sheetrecord.model.errors import SheetRecordError

FOLDER: Final = "readings"
MOST_BYTES: Final = 64 << 20
MOST_FILES: Final = 600
"""What is kept altogether; what was not used for longest goes first."""

LARGEST: Final = 16 << 20
"""Bytes of one entry; what is larger is worked out each time."""

DAMAGE: Final = (ValueError, TypeError, LookupError, OverflowError, AttributeError)
"""What is raised by whoever makes something of an entry that says other than it should."""

_SIZE: Final = 32
_CODE: Final = ("files", "formats", "model", "xlsx")
"""The floors of this program that decide what is kept."""


@cache
def _engine() -> tuple[object, ...]:
    """Return what tells this program from others that would have worked out something else."""
    if built():  # the modules are in the program's own file
        own = os.stat(sys.executable)
        return __version__, own.st_mtime_ns, own.st_size
    root = os.path.dirname(os.path.dirname(__file__))
    found = []
    for floor in _CODE:
        for folder, _, names in os.walk(os.path.join(root, floor)):
            paths = (os.path.join(folder, name) for name in names if name.endswith(".py"))
            found += [(stat.st_mtime_ns, stat.st_size) for stat in map(os.stat, paths)]
    return __version__, sorted(found)


def digest(*parts: object) -> str:
    """Return the name of what is worked out of bytes, and of texts and numbers beside them."""
    found = blake2b(digest_size=_SIZE)
    for part in (_engine(), *parts):
        data = part if isinstance(part, bytes | memoryview) else repr(part).encode()
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


def find(name: str) -> object:
    """Return what was kept under a name; None for nothing, and for what cannot be trusted."""
    try:
        path = state_path(FOLDER, name)
        with open(path, "rb") as file:
            if not ours_alone(os.fstat(file.fileno())):
                return None
            data = file.read(LARGEST + _SIZE + 1)
    except (OSError, SheetRecordError):
        return None
    if data[:_SIZE] != _seal(name, data[_SIZE:]):
        return None
    try:
        return json.loads(data[_SIZE:].decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None


def _seal(name: str, content: bytes) -> bytes:
    return blake2b(content, digest_size=_SIZE, key=name.encode()[:64]).digest()


def keep(name: str, value: object) -> None:
    """Keep something of JSON; where it cannot be kept, it is worked out again."""
    try:
        # Not as ASCII: two halves of a character beside each other would come back as one.
        text = _dumped(value)
        content = text.encode("utf-8", "surrogatepass")
    except (TypeError, ValueError, RecursionError):
        return
    if len(content) > LARGEST:
        return
    with suppress(OSError, SheetRecordError):
        file = os.path.join(state_folder(FOLDER), name)
        draft = f"{file}.{serial()}.tmp"
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(_seal(name, content) + content)
            os.replace(draft, file)
        finally:
            with suppress(OSError):
                os.unlink(draft)


_dumped: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), allow_nan=False
).encode


def used(names: list[str]) -> None:
    """Note that these were of use, and let go of the oldest of all when there are too many."""
    with suppress(OSError, SheetRecordError):
        folder = state_folder(FOLDER)
        for name in names:
            with suppress(OSError):
                os.utime(os.path.join(folder, name))
        _forget_oldest(folder)


def _forget_oldest(folder: str) -> None:
    with os.scandir(folder) as entries:
        there = [(entry.stat(), entry.path) for entry in entries]
    there.sort(key=lambda one: one[0].st_mtime_ns, reverse=True)
    size = 0
    for count, (stat, path) in enumerate(there, start=1):
        size += stat.st_size
        if size > MOST_BYTES or count > MOST_FILES:
            with suppress(OSError):
                os.unlink(path)
