"""What this user's runs wrote where: a digest for each path, in the user's state folder.

So a file without a place for a mark (a table, a PDF) can be told from one that somebody put there
or changed. The note is a convenience: where it cannot be kept, a later run asks for ``--force``.
"""

import os
from contextlib import suppress
from typing import Final

from sheetrecord.files.fingerprints import PathLike
from sheetrecord.files.leftovers import serial
from sheetrecord.files.locking import lock_name
from sheetrecord.files.state_folder import state_folder, state_path
from sheetrecord.model.errors import CannotWrite

_FOLDER: Final = "outputs"


def note(path: PathLike, digest: str, by: str) -> None:
    """Remember which command wrote a file with this digest (`files.fingerprints`) at this path."""
    with suppress(OSError, CannotWrite):
        file = os.path.join(state_folder(_FOLDER), _name(path))
        draft = f"{file}.{serial()}.tmp"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"{digest} {by}")
        os.replace(draft, file)


def knows(path: PathLike, digest: str, by: str) -> bool:
    """Return whether ``by`` was the last to write this path, with this digest."""
    try:
        with open(os.path.join(state_path(_FOLDER), _name(path))) as file:
            return file.read() == f"{digest} {by}"
    except (OSError, UnicodeDecodeError):
        return False


def _name(path: PathLike) -> str:
    return lock_name(os.path.realpath(path))
