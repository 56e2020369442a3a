"""Copy a SQLite store while others may write it, without changing it or the files beside it."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from sheetrecord.files.locking import OTHER_RUN
from sheetrecord.files.os_errors import refusal
from sheetrecord.model.errors import Locked
from sheetrecord.stores.sqlite_refusal import refusing

_TRIES: Final = 50


def copy_as_it_is(path: Path, to: Path) -> None:
    """Write one snapshot of the store at ``path`` into the new file ``to``.

    A store without a write-ahead log is not open in any program: its file is copied, and copied
    again if somebody opened it meanwhile. One with a log is read through SQLite, which knows how
    much of the log is committed; a reader neither checkpoints nor removes the log. Raises a
    `SheetRecordError` when the store cannot be read.
    """
    log = path.with_name(f"{path.name}-wal")
    for _ in range(_TRIES):
        if log.exists():
            with refusing(str(path)):
                if _read(path, to):
                    return
        else:
            try:
                shutil.copyfile(path, to)
            except OSError as error:
                raise refusal(path, error) from error
            if not log.exists():
                return
        time.sleep(0.02)
    raise Locked(path, OTHER_RUN)


def _read(path: Path, to: Path) -> bool:
    """Copy through SQLite; False when the log was taken away at that moment."""
    to.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as store,
            closing(sqlite3.connect(to)) as copy,
        ):
            store.execute("PRAGMA query_only = ON")
            store.backup(copy)
    except sqlite3.OperationalError:
        return False
    return True
