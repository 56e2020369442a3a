"""What a write into an open workbook displaces, on the disk before it is displaced."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sheetrecord.files.state_folder import state_folder, state_path


class WriteStep(NamedTuple):
    """One thing that is done to an open workbook, and what it displaces.

    ``do`` is cell, insert, drop (rows), add, remove (a sheet) or name. ``last`` is how many rows
    the sheet had, ``beside`` what stands in the other cells of a cell's row. ``became`` is what
    the program made of a value that was written; None while that is not known.
    """

    do: str
    sheet: str
    row: int = 0
    column: int = 0
    old: Any = ""
    new: Any = None
    number: int = 0
    last: int = 0
    beside: Sequence[str] = ()
    became: str | None = None


class WriteJournal:
    """The steps of a write that is under way, one line each; none when none is."""

    def __init__(self, address: str) -> None:
        name = hashlib.sha256(address.encode()).hexdigest()[:16]
        self._path = Path(state_path(f"live-{name}.jsonl"))

    def add(self, step: WriteStep) -> None:
        """Write a step down, so that it is there whatever happens next."""
        state_folder()
        self._append([*step], sure=True)

    def became(self, text: str) -> None:
        """Write down what the program made of the last step's value."""
        self._append(text, sure=False)

    def left(self) -> list[WriteStep]:
        """Return the steps of a run that died; a line that was not finished was not taken."""
        if not self._path.exists():
            return []
        found: list[WriteStep] = []
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                told = json.loads(line)
            except ValueError:
                break
            if isinstance(told, str):
                found[-1] = found[-1]._replace(became=told)
            else:
                found.append(WriteStep(*told))
        return found

    def _append(self, told: object, *, sure: bool) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told) + "\n")
            file.flush()
            if sure:
                os.fsync(file.fileno())

    def forget(self) -> None:
        """Forget the steps: they are done, or taken back."""
        self._path.unlink(missing_ok=True)
