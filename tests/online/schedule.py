"""A schedule: what people do, what goes wrong and where a run dies, all of it from one seed.

The first fault of a schedule comes from a table of every request with every error at every moment,
so that as many schedules as it has lines have tried each; everything else is luck.
"""

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from online.acts import IN_FILE, ONLINE
from online.made import TWICE, Pair, formulas_apart
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.workbooks.google import http
from sheetrecord.workbooks.google.sheet import GoogleSheet
from sheets_server import Fault
from sheets_server.faults import MOMENTS, STATUSES
from workbooks import online
from workbooks.laws import Dead

REQUESTS: Final = ("token", "drive.files.get", "spreadsheets.get", "batchUpdate")
TABLE: Final = tuple(itertools.product(REQUESTS, STATUSES, MOMENTS))
ROUNDS: Final = 3
MOST_SYNCS: Final = 6


@contextmanager
def no_waiting() -> Iterator[list[float]]:
    """Let time pass only where the product waits; yield for how long it did."""
    now, waits = [0.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    with ExitStack() as stack:
        stack.enter_context(patch.object(http.CLOCK, "now", lambda: now[0]))
        stack.enter_context(patch.object(http.CLOCK, "sleep", sleep))
        http.STREAK.reset()
        yield waits
        http.STREAK.reset()


class Schedule:
    """One schedule over one pair of copies."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.luck, self.first = random.Random(seed), TABLE[seed % len(TABLE)]
        self.pair = Pair(folder)
        self.story: list[str] = []
        """What happened, for who has to understand a failure."""
        self.law, self.held = RESTS, list[str]()
        """What is being looked at, and what held."""

    def run(self) -> None:
        """Play it, come to rest, and check what must hold."""
        with no_waiting():
            self.pair.google.slow_seconds = 0
            self.pair.sync()
            for number in range(ROUNDS):
                self._round(number)
            self._rest()

    def _act(self, acts: tuple[Callable[..., None], ...]) -> None:
        act = self.luck.choice(acts)
        act(self.pair, self.luck)
        self.story.append(act.__name__)

    def _round(self, number: int) -> None:
        for _ in range(self.luck.randint(1, 3)):
            self._act(ONLINE)
        for _ in range(self.luck.randint(0, 2)):
            self._act(IN_FILE)
        faults = [self._fault(*self.first)] if number == 0 else []
        if self.luck.random() < 0.4:
            faults.append(self._fault(*self.luck.choice(TABLE)))
        self.pair.google.faults = faults
        if any(fault.name == "token" for fault in faults):
            self.pair.google.accounts.revoke()
        self.story.append(f"sync with {[(f.when, f.status, f.name, f.skip) for f in faults]}")
        self._sync()
        self.pair.google.faults = []
        self.pair.google.hooks = []
        http.STREAK.reset()

    def _fault(self, name: str, status: int, when: Any) -> Fault:
        times = self.luck.choice((1, 1, 1, 3, 9))
        return Fault(when, status, name, times=times, skip=self.luck.choice((0, 0, 1, 2, 3)))

    def _sync(self) -> None:
        """Sync while somebody acts, and perhaps dies, between two requests."""
        dies = self.luck.randint(0, 16) if self.luck.random() < 0.45 else -1
        acts = sorted(self.luck.sample(range(14), k=self.luck.randint(0, 3)))
        count = itertools.count()

        def between(_: str) -> None:
            number = next(count)
            while acts and acts[0] <= number:
                acts.pop(0)
                self._act(ONLINE)
            if 0 <= dies <= number:
                self.story.append(f"dies before request {number}")
                raise Dead

        with suppress(Dead, SheetRecordError), online.between(between):
            self.pair.sync()

    def _rest(self) -> None:
        pair = self.pair
        for _ in range(MOST_SYNCS):
            before = self._stands()
            pair.sync()
            if self._stands() == before:
                break
        else:
            raise AssertionError(f"{MOST_SYNCS} syncs, and it still writes")
        self.held.append(RESTS)
        for law, holds in LAWS.items():
            self.law = law
            holds(self)
            self.held.append(law)

    def _nothing_waits(self) -> None:
        waiting = list(GoogleSheet(self.pair.names[1]).recover())
        assert waiting == [], "something waits to be merged"

    def _as_described(self) -> None:
        assert self.pair.google.violations == []

    def _stands(self) -> tuple[int, bytes]:
        return len(self.pair.google.files[self.pair.key].versions), self.pair.path.read_bytes()

    def _nothing_lost(self) -> None:
        pair, disputed = self.pair, self.pair.disputed()
        for name, lines in (("file", pair.file_lines()), ("spreadsheet", pair.online_lines())):
            held = {text for line in lines.values() for text in line.values()}
            lost = pair.expected - held - disputed
            assert not lost, f"{sorted(lost)} stand neither in the {name} nor in a conflict"

    def _converged(self) -> None:
        disputed = self.pair.disputed_rows()
        here, there = self.pair.file_lines(), self.pair.online_lines()
        assert here.keys() - disputed == there.keys() - disputed, "the copies have other lines"
        for name, lines in (("file", here), ("spreadsheet", there)):
            said = [line["Description"] for line in lines.values() if line["Description"]]
            twice = {text for text in said if said.count(text) > 1}
            assert not twice, f"{sorted(twice)} stand twice in the {name}"
        for row_id in here.keys() - disputed:
            for head in ("Deal ID", "Description", "Note", "Net"):
                assert here[row_id][head] == there[row_id][head], f"{row_id}: {head} is apart"

    def _own_things(self) -> None:
        there = self.pair.online_lines()
        for word, row_id in self.pair.own.items():
            assert row_id in there, f"{row_id} is gone, and with it {word}"
            assert word in there[row_id].values(), f"{word} does not stand in the row of {row_id}"
        apart = list(formulas_apart(self.pair))
        assert not apart, f"formulas of {TWICE} mean other rows: {apart}"


RESTS: Final = "it comes to rest: another sync writes nothing"
LAWS: Final[dict[str, Callable[[Schedule], None]]] = {
    "what was typed stands in both copies or in a conflict": Schedule._nothing_lost,
    "both copies say the same, and no line stands twice": Schedule._converged,
    "one's own columns and formulas stay with their lines": Schedule._own_things,
    "nothing is left that waits to be merged": Schedule._nothing_waits,
    "every answer is as Google describes it": Schedule._as_described,
}
"""What must hold at the end of a schedule, in words."""
