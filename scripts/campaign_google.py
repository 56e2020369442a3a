"""More schedules of people, faults and deaths on a spreadsheet in a made-up Google.

    python scripts/campaign_google.py --count 640           # about a second of CPU each
    python scripts/campaign_google.py --kept google.json --seconds 500    # in slices of time
    python scripts/campaign_google.py --first 46 --count 1 --tell

Each seed is a schedule: two copies of a record, one a workbook file and one in Google; people who
type, sort, insert, delete, move, paste and filter, also between any two requests; every request
with every error before and after its effect, cut off or slow; runs that die. What must hold at the
end stands in `tests/online/schedule.py`; how often each law held is printed. Exits with 1 when a
seed breaks one, which it names. With --kept what was played stays in a file, and the next run
goes on from there: one campaign, on one commit, however often it is stopped.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypedDict

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "loopback"))

from online.schedule import LAWS, RESTS, Schedule  # noqa: E402 - it stands in tests


class Played(TypedDict):
    """What one schedule held, and what it broke: empty for nothing."""

    held: list[str]
    wrong: str


def played(seed: int, *, tell: bool) -> Played:
    """Play a schedule; return what it holds and breaks."""
    folder = Path(tempfile.mkdtemp(prefix="schedule"))
    os.environ["SHEETRECORD_STATE"] = str(folder / "state")
    schedule = Schedule(folder, seed)
    wrong = ""
    try:
        schedule.run()
    except AssertionError as error:
        wrong = f"{schedule.law}: {str(error).splitlines()[0]}"
    except Exception as error:  # noqa: BLE001 whatever falls over is a fault, too
        traceback.print_exc()
        wrong = f"{schedule.law}: {error!r}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if tell:
        print(*schedule.story, sep="\n")
    return {"held": schedule.held, "wrong": wrong}


class Kept:
    """What was played of a campaign: in a file if one is named, of one commit."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.commit = path, _commit()
        told = json.loads(path.read_text("utf-8")) if path and path.exists() else {}
        if told and told["commit"] != self.commit:
            raise SystemExit(f"{path} is of another commit, {told['commit']}. Name another file.")
        self.seeds: dict[int, Played] = {int(n): one for n, one in told.get("seeds", {}).items()}

    def add(self, seed: int, one: Played) -> None:
        """Keep one more."""
        self.seeds[seed] = one
        if self.path:
            told = {"commit": self.commit, "seeds": self.seeds}
            self.path.write_text(json.dumps(told, indent=0), "utf-8")

    def told(self) -> Iterator[str]:
        """Yield how often each law held."""
        held = Counter(law for one in self.seeds.values() for law in one["held"])
        for law in (RESTS, *LAWS):
            yield f"{held[law]:5} of {len(self.seeds)}: {law}"
        broken = sum(bool(one["wrong"]) for one in self.seeds.values())
        yield f"{len(self.seeds)} schedules, {broken} broken, on {self.commit}"


def _commit() -> str:
    asked = ("git", "describe", "--always", "--dirty", "--exclude=*")
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "an unknown commit"


def main() -> int:
    """Play the seeds that are asked for, as far as there is time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=640)
    parser.add_argument("--tell", action="store_true", help="say what happens in each")
    parser.add_argument("--kept", type=Path, help="where to keep what was played, to go on later")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    asked = parser.parse_args()
    os.fsync = lambda _: None
    kept, spent, begun = Kept(asked.kept), time.process_time(), time.monotonic()
    for seed in range(asked.first, asked.first + asked.count):
        if time.monotonic() - begun > asked.seconds:
            break
        if seed not in kept.seeds:
            kept.add(seed, played(seed, tell=asked.tell))
            if wrong := kept.seeds[seed]["wrong"]:
                print(f"{seed}: {wrong}", flush=True)
    print(*kept.told(), sep="\n")
    print(f"{time.process_time() - spent:.0f} s of CPU")
    return int(any(one["wrong"] for one in kept.seeds.values()))


if __name__ == "__main__":
    sys.exit(main())
