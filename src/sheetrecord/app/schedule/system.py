"""Programs of the operating system that timers are put into with."""

import os
import shutil
import subprocess
from pathlib import Path

from sheetrecord.model.errors import CannotWrite


def of_user(folder: str) -> Path:
    """Return a folder of the user's home; as it is written where nobody knows the home."""
    return Path(os.path.expanduser(folder))  # noqa: PTH111 - Path's own raises without a home


def put(path: Path, content: bytes) -> None:
    """Write an entry's file, whole or not at all. Raises CannotWrite without a known home."""
    if not path.is_absolute():
        why = "it is not known where this user's home is."
        raise CannotWrite(path, why, "Set HOME, or put the entry in by hand.")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)


def ask(*words: str, given: str | None = None, may_fail: bool = False) -> str:
    """Run a program and return what it prints.

    Raises CannotWrite when it is not there, or with its own words when it refuses; with
    ``may_fail`` a refusal is an empty answer.
    """
    if shutil.which(words[0]) is None:
        raise CannotWrite(words[0], "this program is not there.", "Choose another timer: --for.")
    ran = subprocess.run(  # noqa: S603 - the words are ours, in a list, through no shell
        words, input=given, capture_output=True, text=True, timeout=60, check=False
    )
    if ran.returncode and not may_fail:
        said = (ran.stderr or ran.stdout).strip().splitlines()
        why = f"it refuses ({said[-1] if said else ran.returncode})."
        raise CannotWrite(words[0], why, "Put the entry in by hand, or choose --for.")
    return "" if ran.returncode else ran.stdout
