"""The way to LibreOffice from a program that it started itself: files in a folder of the two.

The program asks by a file and waits for the answer, which LibreOffice's extension gives on its main
thread (`uno_desk.answer`). No server, no port: whoever may not read the folder hears nothing.
"""

import json
import os
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Final

from sheetrecord.model.errors import CannotRead, Locked
from sheetrecord.workbooks.live.program_book import DeskRefusal
from sheetrecord.workbooks.live.wire import Wire

PATIENCE: Final = 60.0
"""Seconds for which LibreOffice may be busy with something else."""

_PAUSE: Final = 0.01
_NUMBERS: Final = count(1)


class FolderDesk:
    """The open document whose window the program was started from."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address, self._folder = address, folder
        told = self._ask({"verb": "names"})
        self.name, self.label = str(told["name"]), str(told["label"])

    def state(self) -> str:
        """Return the digest of what is typed."""
        return str(self._ask({"verb": "state"})["state"])

    def copy(self) -> tuple[bytes, str]:
        """Return the document as a file's bytes, and its state at that moment."""
        return self._copied(self._ask({"verb": "copy"}))

    def write(self, known: str, edits: Sequence[Wire]) -> tuple[bytes, str]:
        """Write if the state is the known one; return what stands then. Raises DeskRefusal."""
        return self._copied(self._ask({"verb": "write", "known": known, "edits": list(edits)}))

    def take_back(self, known: str) -> bool:
        """Take back the last write, if the state is still the known one."""
        return bool(self._ask({"verb": "take back", "known": known})["done"])

    def recover(self) -> bool:
        """Take back what a run left that died."""
        return bool(self._ask({"verb": "recover"})["done"])

    def _copied(self, told: Wire) -> tuple[bytes, str]:
        path = self._folder / Path(str(told["file"])).name
        data = path.read_bytes()
        path.unlink()
        return data, str(told["state"])

    def _ask(self, asked: Wire) -> Wire:
        """Ask and wait for the answer. Raises DeskRefusal, Locked and CannotRead."""
        name = f"{os.getpid()}-{next(_NUMBERS)}.json"
        draft, ask, answer = (
            self._folder / f"{what}-{name}" for what in ("draft", "ask", "answer")
        )
        try:
            draft.write_text(json.dumps(asked), encoding="utf-8")
            draft.replace(ask)
            told = self._answer(answer)
        except OSError as error:
            why = "LibreOffice does not answer any more."
            raise CannotRead(self._address, why, "Open the document again.") from error
        if "refused" in told:
            raise DeskRefusal(str(told["refused"]), str(told["about"]))
        return told

    def _answer(self, path: Path) -> Wire:
        end = time.monotonic() + PATIENCE
        while not path.exists():
            if time.monotonic() > end:
                raise Locked(self._address, "a dialog in LibreOffice")
            if not self._folder.exists():
                raise FileNotFoundError(self._folder)
            time.sleep(_PAUSE)
        told: Wire = json.loads(path.read_text(encoding="utf-8"))
        path.unlink()
        return told
