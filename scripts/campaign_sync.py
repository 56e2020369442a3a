"""A black-box campaign against `sheetrecord sync`: its command line, real files, people and faults.

    python scripts/campaign_sync.py FOLDER --steps 500 --seed 1
    python scripts/campaign_sync.py FOLDER --seconds 450          # goes on where it stopped
    python scripts/campaign_sync.py --replay FOLDER/failed        # plays a failure again

Three people work in two workbooks (saved by openpyxl, some by LibreOffice) and a folder of CSV
files. Syncs are killed at random moments, run out of space, may not write, run two at once and
under a wrong clock; the store is deleted, cut off and put back as it was. Every value is typed
once, so that a lost one is a set difference. Whenever the office comes to rest the laws are
checked: every value that was saved, and that nobody displaced who saw it, stands in every copy or
in a conflict that is listed; the copies say the same; another sync writes nothing; files are
whole; nothing is left beside them; an undo brings back what was there; where git merges the lines
cleanly, so do we.

FOLDER keeps the office, `journal.txt` with every step, and after a failure `failed` with the office
as it last was at rest and the steps from there, made as few as could be. Exits with 1 then.
"""

import argparse
import json
import random
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from campaign.world import WEIGHTS, World

Step = tuple[str, int]
"""An act by name, and the seed of its luck."""

ACTS: Final[dict[str, Callable[[World], object]]] = {act.__name__: act for act in WEIGHTS}
TRIES: Final = 40
"""How often a failure is played again with fewer steps."""


class Campaign:
    """One folder's campaign: its office, its journal, and the steps since the last rest."""

    def __init__(self, folder: Path, seed: int, without: Sequence[str]) -> None:
        self.folder, self.seed = folder, seed
        self.names = [a.__name__ for a, n in WEIGHTS.items() for _ in range(n)]
        self.names = [name for name in self.names if name not in without]
        self.told = folder / "told.json"
        self.rest = folder / "rest"
        self.since: list[Step] = []
        if self.told.exists():
            told = json.loads(self.told.read_text(encoding="utf-8"))
            self.number, self.seed = told["number"], told["seed"]
            shutil.rmtree(folder / "now", ignore_errors=True)
            shutil.copytree(self.rest, folder / "now")
            self.world = World(folder / "now", fresh=False)
            self.world.remember(told["world"])
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self.number = 0
            self.world = World(folder / "now")
            self._rests()

    def step(self) -> str:
        """Let one thing happen; return what went wrong, empty for nothing."""
        source = random.Random(f"{self.seed}:{self.number}")
        step = (source.choice(self.names), source.randrange(1 << 30))
        self.number += 1
        self.since.append(step)
        wrong = play(self.world, step)
        with (self.folder / "journal.txt").open("a", encoding="utf-8") as journal:
            journal.write(f"{self.number} {step[0]} {step[1]} {wrong}\n")
        if not wrong and step[0] == "settle":
            self._rests()
        return wrong

    def _rests(self) -> None:
        """Remember the office as it is: a failure is played again from here."""
        self.since.clear()
        shutil.rmtree(self.rest, ignore_errors=True)
        shutil.copytree(self.folder / "now", self.rest)
        told = {"number": self.number, "seed": self.seed, "world": self.world.told()}
        self.told.write_text(json.dumps(told), encoding="utf-8")

    def failed(self, wrong: str) -> None:
        """Keep a failure, and print as few steps as break a law."""
        place = self.folder / "failed"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.rest, place / "rest")
        told = json.loads(self.told.read_text(encoding="utf-8"))["world"]
        kept = {"world": told, "steps": self.since, "wrong": wrong}
        (place / "steps.json").write_text(json.dumps(kept), encoding="utf-8")
        fewer = shrunk(place, told, self.since)
        kept["steps"] = fewer
        (place / "steps.json").write_text(json.dumps(kept), encoding="utf-8")
        print(f"step {self.number}: {wrong}\nfrom the office in {place / 'rest'}:")
        print(*(f"  {name} {luck}" for name, luck in fewer), sep="\n")


def play(world: World, step: Step) -> str:
    """Let one act happen; return what law it breaks."""
    world.random = random.Random(step[1])
    world.counts["steps"] += 1
    before = world.runner.commands
    try:
        ACTS[step[0]](world)
    except AssertionError as wrong:
        return " ".join(str(wrong).split())
    finally:
        world.counts["commands"] += world.runner.commands - before
    return ""


def again(place: Path, told: dict[str, object], steps: Sequence[Step]) -> str:
    """Play steps from an office at rest, then let it come to rest; return what goes wrong."""
    now = place / "again"
    shutil.rmtree(now, ignore_errors=True)
    shutil.copytree(place / "rest", now)
    world = World(now, fresh=False)
    world.remember(told)
    for step in [*steps, ("settle", 0)]:
        wrong = play(world, (step[0], step[1]))
        if wrong:
            return wrong
    return ""


def shrunk(place: Path, told: dict[str, object], steps: list[Step]) -> list[Step]:
    """Return fewer steps that break a law as well; kills come when they come, so not surely."""
    tries, size = TRIES, max(1, len(steps) // 2)
    while size and tries > 0:
        start = 0
        while start < len(steps) and tries > 0:
            fewer = steps[:start] + steps[start + size :]
            tries -= 1
            if again(place, told, fewer):
                steps = fewer
            else:
                start += size
        size //= 2
    return steps


def main() -> int:
    """Parse the words, go on, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("campaign"))
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", action="append", default=[], choices=sorted(ACTS))
    parser.add_argument("--replay", type=Path)
    asked = parser.parse_args()
    if asked.replay:
        kept = json.loads((asked.replay / "steps.json").read_text(encoding="utf-8"))
        wrong = again(asked.replay, kept["world"], [(n, luck) for n, luck in kept["steps"]])
        print(wrong or "every law holds")
        return int(bool(wrong))
    campaign = Campaign(asked.folder.absolute(), asked.seed, asked.without)
    ends = time.monotonic() + asked.seconds
    wrong = ""
    for _ in range(asked.steps):
        wrong = campaign.step()
        if wrong or time.monotonic() > ends:
            break
    for what, count in sorted(campaign.world.counts.items()):
        print(f"{count:6} {what}")
    if wrong:
        campaign.failed(wrong)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
