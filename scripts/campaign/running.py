"""The command line, run as people run it and as machines interrupt it."""

import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from sheetrecord.cli import main
from sheetrecord.cli.copies import sync

sync.command  # noqa: B018 - loaded once, so that a child has nothing to load

LONGEST: Final = 300.0
"""Seconds after which a command that does not end is a fault of its own."""

NOBODY: Final = 65534


class Ran(NamedTuple):
    """How a command ended: its exit code (negative: the signal), and what it said."""

    code: int
    said: str


class Runner:
    """Runs `sheetrecord` in a folder, each time in a process of its own."""

    def __init__(self, folder: Path, state: Path) -> None:
        self.folder, self.state = folder, state
        self.commands = 0
        self._took: list[float] = [1.0]

    def run(self, *words: str, space: int | None = None, readonly: bool = False) -> Ran:
        """Run a command to its end; ``space`` are the bytes that a file may grow to."""
        began = time.perf_counter()
        ran = self._end(self._begin(words, space, readonly))
        if space is None and words[0] == "sync":
            self._took = [*self._took[-8:], time.perf_counter() - began]
        return ran

    def killed(self, words: Sequence[str], luck: float) -> Ran:
        """Kill a command some time after its start: ``luck`` of the time that it takes."""
        process = self._begin(words)
        time.sleep(luck * statistics.median(self._took))
        os.kill(process[0], signal.SIGKILL)
        return self._end(process)

    def both(self, words: Sequence[str], luck: float) -> list[Ran]:
        """Run a command twice at once, the second a little later."""
        first = self._begin(words)
        time.sleep(luck * statistics.median(self._took))
        second = self._begin(words)
        return [self._end(first), self._end(second)]

    def at_another_time(self, words: Sequence[str], shift: str) -> Ran | None:
        """Run a command under a clock that is wrong; None where that cannot be done."""
        program = shutil.which("faketime")
        if program is None:
            return None
        call = [program, "-f", shift, sys.executable, "-m", "sheetrecord", *words]
        env = {**os.environ, "SHEETRECORD_STATE": str(self.state)}
        ran = subprocess.run(
            call,
            cwd=self.folder,
            env=env,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout + ran.stderr)

    def _begin(
        self, words: Sequence[str], space: int | None = None, readonly: bool = False
    ) -> tuple[int, Path]:
        self.commands += 1
        said = self.state.parent / f"said-{time.monotonic_ns()}"
        child = os.fork()
        if not child:
            self._child(words, said, space, readonly)
        return child, said

    def _child(self, words: Sequence[str], said: Path, space: int | None, readonly: bool) -> None:
        code: Any = 99
        try:
            out = os.open(said, os.O_WRONLY | os.O_CREAT, 0o666)
            os.dup2(out, 1)
            os.dup2(out, 2)
            os.chdir(self.folder)
            os.environ["SHEETRECORD_STATE"] = str(self.state)
            if space is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (space, resource.RLIM_INFINITY))
            if readonly:
                os.setuid(NOBODY)
            sys.argv = ["sheetrecord", *words]
            main()
        except SystemExit as ended:
            code = ended.code
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code if isinstance(code, int) else 1)

    def _end(self, process: tuple[int, Path]) -> Ran:
        child, said = process
        limit = time.monotonic() + LONGEST
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                break
            if time.monotonic() > limit:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                raise AssertionError("a command did not end")
            time.sleep(0.005)
        text = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
        said.unlink(missing_ok=True)
        return Ran(os.waitstatus_to_exitcode(status), text)
