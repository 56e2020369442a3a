"""The folder where this user's locks and backups live: never beside the workbook."""

import os
import stat

from sheetrecord.files.abilities import keeps_state_in, user_id
from sheetrecord.model.errors import CannotWrite

VARIABLE = "SHEETRECORD_STATE"
"""The environment variable that names another folder."""

_CHOOSE = f"Set {VARIABLE} to a folder that you may write."


def state_folder(*parts: str) -> str:
    """Return the user's state folder, or a folder in it; it is made, readable by the user alone.

    ``$SHEETRECORD_STATE``, else ``sheetrecord`` in ``%LOCALAPPDATA%``, ``~/Library/Application
    Support/sheetrecord``, or ``$XDG_STATE_HOME/sheetrecord`` (``~/.local/state``; XDG Base
    Directory Specification 0.8). Raises `CannotWrite` when it cannot be made or written.
    """
    folder = state_path(*parts)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        why = f"the folder for locks and backups cannot be made ({error.strerror})."
        raise CannotWrite(folder, why, _CHOOSE) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CannotWrite(folder, "you may not write the folder for locks and backups.", _CHOOSE)
    return folder


def state_place() -> str:
    """Return the folder's path without creating it. Raises `CannotWrite`."""
    base = there = state_path()
    while not os.path.lexists(there):
        there = os.path.dirname(there)
    if not os.path.isdir(there) or not os.access(there, os.W_OK | os.X_OK):
        why = "the folder for locks and backups is not there, and cannot be made or written."
        raise CannotWrite(base, why, _CHOOSE)
    return base


def state_path(*parts: str) -> str:
    """Return the path of that folder or of a file in it, without creating anything.

    Raises `CannotWrite` when nobody knows where this user's home is.
    """
    base = _base()
    if not os.path.isabs(base):  # "~" that stays "~" would be a folder of that name, here
        why = "your home folder is not known, so there is no folder for locks and backups."
        raise CannotWrite(base, why, _CHOOSE)
    return os.path.join(base, *parts)


def ours_alone(found: os.stat_result) -> bool:
    """Return whether a file is this user's and, by its mode, no other user may write it."""
    me = user_id()
    if me is None:
        return True
    return found.st_uid == me and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _base() -> str:
    """Return the folder without making it."""
    if chosen := os.environ.get(VARIABLE):
        return os.path.abspath(chosen)
    custom = keeps_state_in()
    if custom == "windows":
        local = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
        return os.path.join(local, "sheetrecord")
    if custom == "macos":
        return os.path.expanduser("~/Library/Application Support/sheetrecord")
    given = os.environ.get("XDG_STATE_HOME", "")
    state = given if os.path.isabs(given) else os.path.expanduser("~/.local/state")
    return os.path.join(state, "sheetrecord")
