"""Kill `migrate` at every step on the disk and at random instants, and look at what it left.

    python scripts/kill_migrate.py --kills 60

A child migrates an old workbook; see `kill_once` for what must hold after each kill. Prints
counts; exits with 1 on any failure.
"""

import datetime as dt
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

import kill_once
from sheetrecord.app.migrate import draft, migrate
from sheetrecord.app.rewrite import CheckScope

OLD = Path(__file__).resolve().parents[1] / "tests" / "old"
DAY = dt.date(2026, 6, 30)


def change(path: Path) -> bool:
    """Migrate a workbook as the command does, and tell whether there was anything to do."""
    drafted = draft(str(path), CheckScope(DAY, DAY))
    if drafted.after.changed:
        migrate(drafted)
    return drafted.after.changed


def main() -> int:
    """Parse the words, run, print."""
    parser = kill_once.words(__doc__ or "", kills=60)
    parser.add_argument("--book", type=Path, default=OLD / "v0" / "lived-in-de.xlsm")
    words = parser.parse_args()
    random.seed(words.seed)
    with tempfile.TemporaryDirectory() as name:
        os.environ["SHEETRECORD_STATE"] = str(Path(name, "state"))
        Path(name, "firm").mkdir()
        book = Path(shutil.copy(words.book, Path(name, "firm")))
        return kill_once.Loop(book, change).run(words.kills)


if __name__ == "__main__":
    sys.exit(main())
