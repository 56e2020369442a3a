"""Take away every guard of the sync, one at a time, and see which test fails.

    python scripts/mutate_guards.py                     # those of which nothing is known yet
    python scripts/mutate_guards.py --again core/sync   # all whose file has one of these words
    python scripts/mutate_guards.py --again --skip 60   # all but the first 60
    python scripts/mutate_guards.py --seconds 200       # goes on where it stopped
    python scripts/mutate_guards.py --check             # only whether the list is complete

`scripts/guards.txt` names the guards of the modules that keep people's work (`MODULES`), what to
put in the place of each and the tests that catch that. Beside guards chosen by hand it names every
guard clause there is, an `if` that ends its function or its turn of a loop: as a guard, or with
the reason why it guards nothing. One that is not listed, and a line that fits nothing, is an error.

Each guard is taken away in a process of its own, forked from one that has everything loaded, and
the tests of its file run until the first that fails, the one that failed the last time before all
others. Prints a line for each and writes the outcome behind the guard into the list; exits with 1
when a guard can be taken away unseen or the list is not complete. A guard without an outcome, or
with one that names a test which is no longer there, makes the list incomplete.
"""

import argparse
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from mutating import SOURCE, Guard, guard_clauses, holds, take_away

ROOT: Final = Path(__file__).resolve().parents[1]
MODULES: Final = ("core/sync", "core/merge", "app/sync", "stores", "workbooks")
LIST: Final = Path(__file__).with_name("guards.txt")
LONGEST: Final = 90
"""Seconds of CPU after which tests that do not end count as failed."""


UNSEEN: Final = "SURVIVED"
ENDLESS: Final = "tests that do not end"


class Line(NamedTuple):
    """One line of the list: a guard and what to put in its place, or why it is none.

    ``why`` of a guard is the outcome: the test that failed, or that none did.
    """

    guard: Guard
    instead: str
    why: str
    tests: tuple[str, ...]
    text: str


def read_list() -> list[Line]:
    """Return the list; a line that cannot be understood raises ValueError."""
    found: list[Line] = []
    place, tests = "", ()
    for number, text in enumerate(LIST.read_text(encoding="utf-8").splitlines(), start=1):
        if text.startswith("["):
            place, _, words = text[1:].partition("]")
            tests = tuple(words.split())
        elif text.strip() and not text.startswith("#"):
            try:
                found.append(_line(text, place, tests))
            except ValueError as error:
                raise ValueError(f"{LIST.name}, line {number}: {error}") from error
    return found


def _line(text: str, place: str, tests: tuple[str, ...]) -> Line:
    rest, _, why = text.strip().partition("  # ")
    if rest == "*":
        return Line(Guard(place, "", "*"), "", why, tests, text)
    function, _, rest = rest.partition(": ")
    condition, arrow, instead = rest.partition(" -> ")
    nth = 1
    if condition.rpartition(" @")[2].isdecimal():
        condition, _, number = condition.rpartition(" @")
        nth = int(number)
    if not arrow and not why:
        raise ValueError("it says neither what to put in its place nor why nothing")
    guard = Guard(place, function, condition.strip(), nth)
    return Line(guard, instead.strip(), why.strip(), tests, text)


def _write(line: Line, outcome: str) -> None:
    """Put the outcome behind a guard, in the list as it is now."""
    place, found = "", []
    for text in LIST.read_text(encoding="utf-8").splitlines():
        place = text[1:].partition("]")[0] if text.startswith("[") else place
        mine = place == line.guard.place and text == line.text
        found.append(f"{text.partition('  # ')[0]}  # {outcome}" if mine else text)
    LIST.write_text("\n".join(found) + "\n", encoding="utf-8")


def incomplete(lines: list[Line]) -> Iterator[str]:
    """Yield what the list lacks, and what it names that is not there."""
    yield from _untrue(lines)
    listed = {line.guard for line in lines}
    for folder in MODULES:
        for path in sorted((SOURCE / folder).glob("*.py")):
            place = str(path.relative_to(SOURCE))
            for one in guard_clauses(place):
                every = Guard(place, one.function, "*"), Guard(place, "", "*")
                if listed.isdisjoint({one, *every}):
                    yield f"not in the list: {place}: {_said(one)}"


def _untrue(lines: list[Line]) -> Iterator[str]:
    """Yield the guards that are not in the program, and those of which no test is known."""
    for line in lines:
        if line.guard.text != "*" and not holds(line.guard):
            yield f"not in the program: {line.guard.place}: {_said(line.guard)}"
        if line.instead and not _is_test(line.why):
            known = f"the outcome {line.why!r} is no test" if line.why else "no outcome yet"
            yield f"{known}: {line.guard.place}: {_said(line.guard)}"


def _is_test(outcome: str) -> bool:
    if outcome == ENDLESS:
        return True
    file, _, name = outcome.partition("::")
    path = ROOT / "tests" / file
    name = name.partition("[")[0].rpartition("::")[2]
    return bool(name) and path.is_file() and f"def {name}(" in path.read_text(encoding="utf-8")


def _said(guard: Guard) -> str:
    nth = f" @{guard.nth}" if guard.nth > 1 else ""
    return f"{guard.function}: {guard.text}{nth}"


def outcome(line: Line) -> str:
    """Return which test fails without a guard, empty for none."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _child(line, write)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        told = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if not told and code not in {0, -signal.SIGXCPU, -signal.SIGKILL}:
        raise RuntimeError(f"{line.guard.place}: {_said(line.guard)}: the tests cannot be run")
    return told or (ENDLESS if code else "")


class _First:
    """Notes the first test that fails."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self.told = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.told:
            self.told = True
            os.write(self._pipe, report.nodeid.removeprefix("tests/").encode())


def _child(line: Line, pipe: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    code = 3
    try:
        take_away(line.guard, line.instead)
        first = _First(pipe)
        tests = (
            [(line.why,), line.tests] if _is_test(line.why) and "::" in line.why else [line.tests]
        )
        for some in tests:
            if not first.told:
                code = int(pytest.main([*_words(some), "-x"], plugins=[first]))
    finally:
        os._exit(code)


def _words(tests: tuple[str, ...]) -> list[str]:
    options = [
        "-q",
        "-p",
        "no:randomly",
        "-p",
        "no:xdist",
        "-m",
        "not libreoffice and not postgres",
    ]
    return [*(str(ROOT / "tests" / one) for one in tests), *options]


def warm(lines: list[Line]) -> None:
    """Load every test once, so that a child has nothing to load."""
    tests = sorted({one.partition("::")[0] for line in lines for one in line.tests})
    silent = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    pytest.main([*_words(tuple(tests)), "--collect-only"])
    os.dup2(silent, 1)


def main() -> int:
    """Parse the words, take the guards away, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("words", nargs="*", help="only files whose names have one of these")
    parser.add_argument("--again", action="store_true", help="also those with an outcome")
    parser.add_argument("--seconds", type=float, default=1e9, help="begin none after these")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many, done before")
    parser.add_argument("--check", action="store_true", help="only whether the list is complete")
    asked = parser.parse_args()
    os.chdir(ROOT)
    lines = read_list()
    wrong = list(incomplete(lines))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    if asked.check:
        return 1 if wrong else 0
    wanted = [
        line
        for line in lines
        if line.instead and (not asked.words or any(w in line.guard.place for w in asked.words))
        if asked.again or not _is_test(line.why)
    ][asked.skip :]
    warm(wanted)
    survived = taken = 0
    start = time.perf_counter()
    for line in wanted:
        began = time.perf_counter()
        if began - start > asked.seconds:
            break
        found = outcome(line)
        _write(line, found or UNSEEN)
        taken, survived = taken + 1, survived + (not found)
        what = f"caught by {found}" if found else UNSEEN
        took = time.perf_counter() - began
        print(
            f"{line.guard.place}: {_said(line.guard)} -> {line.instead}\n    {what} ({took:.1f} s)"
        )
        sys.stdout.flush()
    print(f"{taken} of {len(wanted)} guards taken away, {survived} unseen")
    left = list(incomplete(read_list()))
    print(f"{len(left)} lines of the list are open or wrong")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
