"""Which settings files a person has confirmed: by path and content, once for each.

A settings file that lies in a folder may have come with it: by mail, from a share, by a merge.
Before a store, an output or a copy that it names is used, somebody has to say that it may.
"""

import datetime as dt
import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import Final

from sheetrecord.files.state_folder import ours_alone, state_folder, state_path
from sheetrecord.model.errors import SheetRecordError

_FOLDER: Final = "trusted"


def confirmed(path: Path, digest: str) -> bool:
    """Return True if this user has confirmed this content at this path."""
    return _read(path).get("digest") == digest


def confirm(path: Path, digest: str) -> None:
    """Remember a confirmation. Raises CannotWrite when it cannot be stored."""
    state_folder(_FOLDER)
    told = {
        "path": str(path),
        "digest": digest,
        "on": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    place = _place(path)
    aside = place.with_suffix(f".{os.getpid()}.tmp")
    aside.write_text(json.dumps(told, indent=1), "utf-8")
    aside.chmod(0o600)
    aside.replace(place)


def doubt(path: Path) -> str:
    """Return why a settings file has to be confirmed: what is told of it in one clause."""
    known = _read(path)
    others = _others(path)
    if known:
        return f"it was changed since you confirmed it{f' ({others})' if others else ''}"
    return others or "it is new here"


def _read(path: Path) -> dict[str, object]:
    try:
        place = _place(path)
        if not ours_alone(place.stat()):
            return {}
        told = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError, SheetRecordError):
        return {}
    return told if isinstance(told, dict) and told.get("path") == str(path) else {}


def _place(path: Path) -> Path:
    name = blake2b(os.fsencode(path), digest_size=16).hexdigest()
    return Path(state_path(_FOLDER, f"{name}.json"))


def _others(path: Path) -> str:
    """Return who else may write a file, "" where nobody may."""
    try:
        found = path.stat()
    except OSError:
        return ""
    if ours_alone(found):
        return ""
    if found.st_uid != os.geteuid():
        return "it belongs to another user"
    return "others may write it"
