"""Translate SQLite errors into messages for users."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sheetrecord.files.locking import OTHER_RUN
from sheetrecord.model.errors import CannotRead, CannotWrite, Locked, SheetRecordError

RESTORE = "Run `sheetrecord doctor --repair`: it goes back to the newest good backup."

_READ = {
    "SQLITE_NOTADB": "it is not a database, or its beginning is damaged.",
    "SQLITE_CORRUPT": "the store is damaged.",
}
_DAMAGE = (
    *("decode to UTF-8", "unsupported file format", "no such table", "no such column"),
    *("foreign key mismatch", "no such index", "duplicate column name", "already exists"),
)
"""What SQLite says, without a code of its own, when a text or the list of tables is damaged."""

_WRITE = {
    "SQLITE_FULL": ("the disk is full.", "Free some space there and run this again."),
    "SQLITE_READONLY": (
        "the store is read-only.",
        "Ask for write permission on the file and on its folder.",
    ),
    "SQLITE_CANTOPEN": (
        "the store cannot be opened.",
        "Check that its folder is there and that you may write in it.",
    ),
    "SQLITE_PERM": ("you may not write the store.", "Ask for write permission on it."),
    "SQLITE_IOERR": (
        "the disk reports an error.",
        "Look whether it is full; if not, have it checked and restore the store from a backup.",
    ),
}


def refusal(where: str, error: sqlite3.Error) -> SheetRecordError | None:
    """Return the error to raise for a SQLite error; None for a programming error."""
    code = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    if code in {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"}:
        return Locked(where, OTHER_RUN)
    if code in _WRITE:
        return CannotWrite(where, *_WRITE[code])
    if code in _READ:
        return CannotRead(where, _READ[code], RESTORE, reason="damaged")
    if any(words in str(error) for words in _DAMAGE):
        return CannotRead(where, _READ["SQLITE_CORRUPT"], RESTORE, reason="damaged")
    return None


@contextmanager
def refusing(where: str) -> Iterator[None]:
    """Raise SQLite errors as `SheetRecordError`. Programming errors propagate."""
    try:
        yield
    except sqlite3.Error as error:
        told = refusal(where, error)
        if told is None:
            raise
        raise told from error
    except UnicodeDecodeError as error:  # what it says of the damage repeats the damaged bytes
        raise CannotRead(where, _READ["SQLITE_CORRUPT"], RESTORE, reason="damaged") from error
