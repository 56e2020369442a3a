"""What this user's runs remember of a workbook from one run to the next: JSON in the state folder.

A note is a convenience: what cannot be read, or is not ours alone, counts as none.
"""

import hashlib
import json
import os
from contextlib import suppress
from typing import Final

from sheetrecord.files.leftovers import serial
from sheetrecord.files.state_folder import ours_alone, state_folder, state_path
from sheetrecord.model.errors import CannotWrite

_LARGEST: Final = 1 << 24
"""Bytes of a note that is read."""


def read_note(folder: str, *names: str) -> object:
    """Return what was kept under these names in a folder of the state folder; None for nothing."""
    with suppress(OSError, ValueError, RecursionError, CannotWrite):
        path = os.path.join(state_path(folder), _file(names))
        with open(path, "rb") as file:
            found = os.fstat(file.fileno())
            if ours_alone(found) and found.st_size <= _LARGEST:
                return json.loads(file.read())
    return None


def keep_note(told: object, folder: str, *names: str) -> bool:
    """Keep something under these names, readable by this user alone; False where it cannot be."""
    with suppress(OSError, CannotWrite):
        path = os.path.join(state_folder(folder), _file(names))
        draft = f"{path}.{serial()}.tmp"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(told, out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, path)
        return True
    return False


def _file(names: tuple[str, ...]) -> str:
    whole = "\0".join(names).encode("utf-8", "surrogatepass")
    return f"{hashlib.sha256(whole).hexdigest()[:32]}.json"
