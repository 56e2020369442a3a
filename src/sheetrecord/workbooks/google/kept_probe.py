"""What the last probe of this machine's user found, in the state folder."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sheetrecord.files.state_folder import state_folder, state_path
from sheetrecord.model.errors import SheetRecordError

WHOLE: Final = "a batch is whole or not at all"
COPIED: Final = "a row is copied"
FILTERED: Final = "a row that a filter hides is copied once it is shown"
HIDDEN: Final = "a row that somebody hid is copied once it is shown"


def keep(found: Mapping[str, bool]) -> None:
    """Keep what holds, with the day."""
    told = {"probed": dt.datetime.now(dt.UTC).date().isoformat(), "holds": dict(found)}
    path = Path(state_folder("google"), "probe.json")
    path.write_text(json.dumps(told, indent=1), encoding="utf-8")


def kept() -> Mapping[str, Any]:
    """Return what was found last; nothing when nobody has probed."""
    try:
        told = json.loads(Path(state_path("google", "probe.json")).read_text(encoding="utf-8"))
    except (OSError, ValueError, SheetRecordError):
        return {}
    return told if isinstance(told, dict) else {}


def fails(name: str) -> bool:
    """Tell whether an assumption was tried here and does not hold."""
    return (kept().get("holds") or {}).get(name) is False


def unsafe(*, filtered: bool, hidden: bool) -> str:
    """Return which assumption without which no write is safe does not hold here; empty for none.

    ``filtered`` and ``hidden``: whether a tab that is written to has a filter, or hidden rows.
    """
    needed = [WHOLE, COPIED, *([FILTERED] if filtered else []), *([HIDDEN] if hidden else [])]
    return next((name for name in needed if fails(name)), "")
