"""Counts of refused attempts to close a deal, kept beside this user's backups."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from sheetrecord.files.state_folder import state_folder, state_path
from sheetrecord.model.errors import CannotWrite
from sheetrecord.workbooks.addresses import known_as


def count(address: str, deal_id: str) -> int:
    """Return how often closing a deal was refused since it last succeeded."""
    return _read(address).get(deal_id, 0)


def add(address: str, deal_id: str) -> None:
    """Count one more refusal. A count that cannot be written raises nothing."""
    _write(address, {**_read(address), deal_id: count(address, deal_id) + 1})


def forget(address: str, deal_id: str) -> None:
    """Reset a deal's count."""
    known = _read(address)
    if known.pop(deal_id, None) is not None:
        _write(address, known)


def _name(address: str) -> str:
    name = hashlib.sha256(known_as(address).encode("utf-8", "surrogateescape")).hexdigest()
    return f"{name[:32]}.json"


def _read(address: str) -> dict[str, int]:
    with suppress(OSError, ValueError):
        found = json.loads(Path(state_path("attempts", _name(address))).read_text("utf-8"))
        if isinstance(found, dict):
            return {str(deal): count for deal, count in found.items() if isinstance(count, int)}
    return {}


def _write(address: str, counts: dict[str, int]) -> None:
    with suppress(OSError, CannotWrite):
        file = Path(state_folder("attempts"), _name(address))
        draft = file.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(json.dumps(counts), "utf-8")
        draft.replace(file)
