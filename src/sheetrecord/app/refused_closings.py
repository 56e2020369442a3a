"""How often closing a deal was refused, kept beside this user's backups, never in the workbook."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from sheetrecord.files.state_folder import state_folder, state_path
from sheetrecord.model.errors import CannotWrite


def count(path: Path, deal_id: str) -> int:
    """Return how often closing a deal was refused since it last went through."""
    return _read(path).get(deal_id, 0)


def add(path: Path, deal_id: str) -> None:
    """Count one more refusal. A count that cannot be kept is not worth an error."""
    _write(path, {**_read(path), deal_id: count(path, deal_id) + 1})


def forget(path: Path, deal_id: str) -> None:
    """Begin to count anew."""
    known = _read(path)
    if known.pop(deal_id, None) is not None:
        _write(path, known)


def _name(path: Path) -> str:
    name = hashlib.sha256(os.path.realpath(path).encode("utf-8", "surrogateescape")).hexdigest()
    return f"{name[:32]}.json"


def _read(path: Path) -> dict[str, int]:
    with suppress(OSError, ValueError):
        found = json.loads(Path(state_path("attempts", _name(path))).read_text("utf-8"))
        if isinstance(found, dict):
            return {str(deal): count for deal, count in found.items() if isinstance(count, int)}
    return {}


def _write(path: Path, counts: dict[str, int]) -> None:
    with suppress(OSError, CannotWrite):
        file = Path(state_folder("attempts"), _name(path))
        draft = file.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(json.dumps(counts), "utf-8")
        draft.replace(file)
