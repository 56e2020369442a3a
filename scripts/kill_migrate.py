"""Kill `migrate` at every step on the disk and at random instants, and look at what it left.

    python scripts/kill_migrate.py --kills 60

A child migrates an old workbook; see `kill_once` for what must hold after each kill. What is
killed is the writing: what to write of the same bytes is found out once. Prints counts; exits with
1 on any failure.
"""

import datetime as dt
import functools
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import kill_once
from sheetrecord.app.migrate import Drafted, draft, migrate
from sheetrecord.app.rewrite import CheckScope
from sheetrecord.model.cell_edits import Edit
from sheetrecord.workbooks import ooxml
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.xlsx import PatchResult

OLD = Path(__file__).resolve().parents[1] / "tests" / "old"
DAY = dt.date(2026, 6, 30)


def change(path: Path) -> bool:
    """Migrate a workbook as the command does, and tell whether there was anything to do."""
    open_workbook(str(path)).recover()
    drafted = _drafted(path, path.read_bytes())
    if drafted.after.changed:
        migrate(drafted)
    return drafted.after.changed


class PatchedOnce:
    """Patches a workbook's bytes, and knows the last result when the same is wanted again."""

    def __init__(self) -> None:
        self._last: tuple[bytes, list[Edit], PatchResult] | None = None
        self._real = ooxml.patched

    def __call__(self, data: bytes, edits: Sequence[Edit], *more: Any) -> PatchResult:
        """Return what `formats.patching.patched` does."""
        if self._last is None or self._last[:2] != (data, list(edits)):
            self._last = data, list(edits), self._real(data, edits, *more)
        return self._last[2]


@functools.lru_cache(maxsize=4)
def _drafted(path: Path, _: bytes) -> Drafted:
    return draft(str(path), CheckScope(DAY, DAY))


def main() -> int:
    """Parse the words, run, print."""
    parser = kill_once.words(__doc__ or "", kills=60)
    parser.add_argument("--book", type=Path, default=OLD / "v0" / "lived-in-de.xlsm")
    words = parser.parse_args()
    random.seed(words.seed)
    ooxml.patched = PatchedOnce()  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as name:
        os.environ["SHEETRECORD_STATE"] = str(Path(name, "state"))
        Path(name, "firm").mkdir()
        book = Path(shutil.copy(words.book, Path(name, "firm")))
        return kill_once.Loop(book, change).run(words.kills)


if __name__ == "__main__":
    sys.exit(main())
