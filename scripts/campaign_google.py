"""More schedules of people, faults and deaths on a spreadsheet in a made-up Google.

    python scripts/campaign_google.py --first 0 --count 640     # about a second of CPU each
    python scripts/campaign_google.py --first 46 --count 1 --tell

Each seed is a schedule: two copies of a record, one a workbook file and one in Google; people who
type, sort, insert, delete, move, paste and filter, also between any two requests; every request
with every error before and after its effect, cut off or slow; runs that die. At the end every value
that was typed stands in both copies or in a conflict, no line stands twice, and another sync writes
nothing (`tests/online/schedule.py`). Exits with 1 when a seed breaks that, which it names.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "loopback"))

from online.schedule import Schedule


def played(seed: int, *, tell: bool) -> str:
    """Play a schedule; return what it breaks, empty for nothing."""
    folder = Path(tempfile.mkdtemp(prefix="schedule"))
    os.environ["SHEETRECORD_STATE"] = str(folder / "state")
    schedule = Schedule(folder, seed)
    wrong = ""
    try:
        schedule.run()
    except AssertionError as error:
        wrong = str(error).splitlines()[0]
    except Exception as error:  # noqa: BLE001 whatever falls over is a fault, too
        traceback.print_exc()
        wrong = repr(error)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if tell:
        print(*schedule.story, sep="\n")
    return wrong


def main() -> int:
    """Play the seeds that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=640)
    parser.add_argument("--tell", action="store_true", help="say what happens in each")
    asked = parser.parse_args()
    os.fsync = lambda _: None
    began, broken = time.process_time(), 0
    for seed in range(asked.first, asked.first + asked.count):
        if wrong := played(seed, tell=asked.tell):
            broken += 1
            print(f"{seed}: {wrong}", flush=True)
    spent = time.process_time() - began
    print(f"{asked.count} schedules, {broken} broken, {spent:.0f} s of CPU")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
