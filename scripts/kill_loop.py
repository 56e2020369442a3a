"""Kill a writing process at random instants and at every fail-point, and look at what it left.

    python scripts/kill_loop.py --kills 500
    python scripts/kill_loop.py --kills 500 --no-exchange
    python scripts/kill_loop.py --kills 200 --writer mypackage.module:write

A child replaces a workbook again and again; the parent kills it. After each kill the workbook must
open, be exactly one of the versions written, and be no older than the last write that the child
had finished; after the next run nothing of ours may be left beside it. Prints counts; exits with 1
on any failure.

A writer of your own is called as ``write(path, number)`` and must leave ``number`` in cell A1 of
the first sheet.
"""

import argparse
import importlib
import os
import random
import signal
import struct
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from python_calamine import load_workbook

from sheetrecord.files import (
    exclusive,
    fingerprint,
    kernel_calls,
    replace,
)
from sheetrecord.files.disk import this_disk
from sheetrecord.files.disk_hooks import KILLED, watched
from sheetrecord.files.unix import UnixDisk

VERSIONS = 16
"""More than are kept as backups, so that every write makes a new one and drops an old one."""

Writer = Callable[[Path, int], object]


class Default:
    """Replaces the workbook by one of a few made beforehand, about 200 KB each."""

    def __init__(self, folder: Path) -> None:
        self.versions = [
            self._make(folder / f"{number}.xlsx", number) for number in range(VERSIONS)
        ]

    def __call__(self, path: Path, number: int) -> object:
        """Replace what is there by the version of this number."""
        return replace(path, self.versions[number], fingerprint(path))

    @staticmethod
    def _make(path: Path, number: int) -> bytes:
        """Return a workbook with the number in A1 and enough that does not compress well."""
        words = random.Random(number)
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Deal")
            sheet.write(0, 0, number)
            for row in range(1, 2500):
                sheet.write_row(row, 0, [words.random() for _ in range(9)])
        return path.read_bytes()


class Loop:
    """One folder with a workbook, the children that write it, and what is found after them."""

    def __init__(self, folder: Path, writer: Writer, versions: list[bytes] | None) -> None:
        self.book = folder / "Deal.xlsx"
        self.writer = writer
        self.versions = versions
        self.number = 0
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []

    def start(self, times: int | None, failpoint: str = "") -> tuple[int, int]:
        """Fork a child that writes; return its process id and the pipe of finished numbers."""
        read, write = os.pipe()
        child = os.fork()
        if child:
            os.close(write)
            return child, read
        os.close(read)
        this_disk.cache_clear()
        os.environ["SHEETRECORD_FAILPOINT"] = failpoint
        try:
            number = self.number
            while times is None or number < self.number + times:
                number += 1
                self.writer(self.book, number % VERSIONS)
                os.write(write, struct.pack("<q", number))
        except BaseException as error:  # noqa: BLE001 - said here, counted by the parent
            os.write(2, f"child: {error!r}\n".encode())
            os._exit(1)
        os._exit(0)

    def kill_at_random(self, longest: float) -> None:
        """Let a child finish one write, kill it some time later and look."""
        child, pipe = self.start(None)
        first = os.read(pipe, 8)
        time.sleep(random.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        self.look(child, pipe, first, -signal.SIGKILL, "random kill")

    def kill_at(self, failpoint: str) -> None:
        """Let a child end itself at a fail-point and look."""
        child, pipe = self.start(1, failpoint)
        self.look(child, pipe, b"", KILLED, failpoint)

    def look(self, child: int, pipe: int, finished: bytes, status: int, what: str) -> None:
        """Check what the dead child left; then let another run heal it, and check again."""
        while more := os.read(pipe, 1 << 16):
            finished += more
        os.close(pipe)
        found = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if found != status:
            self.failures.append(f"{what}: the child ended with {found}")
        last = struct.unpack("<q", finished[-8:])[0] if finished else self.number
        others = [path for path in self.book.parent.iterdir() if path != self.book]
        self.counts["kills"] += 1
        self.counts["with litter before the next run"] += bool(others)
        if not self.book.exists() and others:
            self.counts["with the name free until the next run"] += 1
            with exclusive(self.book):
                pass
        self.check(last, what)
        self.next_run(what)

    def check(self, last: int, what: str) -> None:
        """The workbook opens and is the last finished version or the one being written."""
        try:
            with zipfile.ZipFile(self.book) as archive:
                broken = archive.testzip()
            shown = load_workbook(self.book).get_sheet_by_index(0).to_python()[0][0]
            content = self.book.read_bytes()
        except Exception as error:  # noqa: BLE001 - whatever it is, the workbook does not open
            self.failures.append(f"{what}: {error!r}")
            return
        if broken or shown not in (last % VERSIONS, (last + 1) % VERSIONS):
            self.failures.append(f"{what}: {broken=} shows {shown} after {last % VERSIONS}")
        if self.versions and content != self.versions[int(shown)]:
            self.failures.append(f"{what}: not one of the versions written")
        self.counts["with the new version"] += shown == (last + 1) % VERSIONS
        self.number = last + (shown != last % VERSIONS)

    def next_run(self, what: str) -> None:
        """Write once more, and find the workbook alone."""
        child, pipe = self.start(1)
        os.close(pipe) if os.read(pipe, 8) else self.failures.append(f"{what}: next run failed")
        os.waitpid(child, 0)
        self.number += 1
        litter = [path.name for path in self.book.parent.iterdir() if path != self.book]
        drafts = list(Path(os.environ["SHEETRECORD_STATE"]).rglob("*.tmp"))
        if litter or drafts:
            self.failures.append(f"{what}: left {litter} {drafts}")


def write_once(loop: Loop) -> None:
    """Write the next version undisturbed."""
    loop.number += 1
    loop.writer(loop.book, loop.number % VERSIONS)


def failpoints(loop: Loop) -> list[str]:
    """Every moment of one write, in order, each with its count."""
    from sheetrecord.files import replacing

    seen: list[str] = []
    disk = watched(
        UnixDisk(),
        lambda now: seen.append(f"{now}#{sum(now == s.split('#')[0] for s in seen) + 1}"),
    )
    replacing.this_disk = lambda: disk  # type: ignore[assignment,return-value]
    write_once(loop)
    replacing.this_disk = this_disk
    return seen


def run(loop: Loop, kills: int) -> None:
    """Kill at every fail-point and then at random until there were enough."""
    for _ in range(VERSIONS):
        write_once(loop)
    points = failpoints(loop)
    for point in points:
        loop.kill_at(point)
    loop.counts["fail-points"] = len(points)
    began = time.perf_counter()
    write_once(loop)
    once = time.perf_counter() - began
    while loop.counts["kills"] < kills:
        loop.kill_at_random(2 * once)


def main() -> int:
    """Parse the words, run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--no-exchange", action="store_true", help="as on a network share")
    parser.add_argument("--writer", help="module:function, called with a path and a number")
    words = parser.parse_args()
    random.seed(words.seed)
    if words.no_exchange:
        kernel_calls.exchange = lambda mine, target: False  # noqa: ARG005 - the real one's names
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SHEETRECORD_STATE"] = str(folder / "state")
        (folder / "versions").mkdir()
        (folder / "firm").mkdir()
        default = Default(folder / "versions")
        writer: Writer = default
        if words.writer:
            module, _, function = words.writer.partition(":")
            writer = getattr(importlib.import_module(module), function)
        loop = Loop(folder / "firm", writer, None if words.writer else default.versions)
        loop.book.write_bytes(default.versions[0])
        run(loop, words.kills)
    for what, count in loop.counts.items():
        print(f"{count:6} {what}")
    print(f"{len(loop.failures):6} failures", *loop.failures[:20], sep="\n       ")
    return 1 if loop.failures else 0


if __name__ == "__main__":
    sys.exit(main())
