"""Kill `promote` at random instants and at every step on the disk, and look at what it left.

    python scripts/kill_promote.py --kills 200

A child promotes a deal of a workbook with a macro, a chart and a column of the user's; see
`kill_once` for what must hold after each kill. Prints counts; exits with 1 on any failure.
"""

import datetime as dt
import os
import random
import sys
import tempfile
from pathlib import Path

import kill_once

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from promote.firm import ASOF, ready, users_workbook
from sheetrecord.app.handover import open_handover, promote_deal
from sheetrecord.core.handover.promote import PromoteRequest


def change(path: Path) -> bool:
    """Promote the one deal of the workbook, as the command does; tell whether it was written."""
    asof: dt.date = ASOF
    return promote_deal(
        open_handover(str(path), today=asof, asof=asof), PromoteRequest("D-0001", "Ines")
    ).written


def loop(folder: Path) -> kill_once.Loop:
    """Return the loop over a user's workbook in a folder."""
    book = folder / "firm.xlsm"
    book.write_bytes(users_workbook(ready()))
    return kill_once.Loop(book, change)


def main() -> int:
    """Parse the words, run, print."""
    words = kill_once.words(__doc__ or "", kills=200).parse_args()
    random.seed(words.seed)
    with tempfile.TemporaryDirectory() as name:
        os.environ["SHEETRECORD_STATE"] = str(Path(name, "state"))
        Path(name, "firm").mkdir()
        return loop(Path(name, "firm")).run(words.kills)


if __name__ == "__main__":
    sys.exit(main())
