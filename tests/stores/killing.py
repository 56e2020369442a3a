"""A process that commits to a record again and again, and what must be true after it was killed.

As a program: `python killing.py ADDRESS RECORD ROUNDS HOLD`. It prints the number of each run once
its commit was reported durable; with HOLD it takes the lock, says so, and keeps it.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

ENTRIES = 7
"""Rows and ledger entries of one run: all of them are there afterwards, or none."""

TOP = Path(__file__).resolve().parents[2]


def start(address: str, record: str, rounds: int = 10**9, *, hold: bool = False) -> "Worker":
    """Start such a process."""
    words = [sys.executable, __file__, address, record, str(rounds), "hold" if hold else ""]
    paths = os.pathsep.join([str(TOP / "src"), str(TOP / "tests")])
    environment = {**os.environ, "PYTHONPATH": paths}
    return Worker(subprocess.Popen(words, stdout=subprocess.PIPE, env=environment))


class Worker:
    """The process, and what it has reported."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        assert process.stdout is not None
        self.out = process.stdout

    def first(self) -> str:
        """Wait for its first line."""
        return self.out.readline().decode().strip()

    def kill(self) -> list[int]:
        """Kill it; return the runs that it reported after its first line."""
        self.process.send_signal(signal.SIGKILL)
        rest, _ = self.process.communicate()
        assert self.process.returncode == -signal.SIGKILL, rest
        return [int(line) for line in rest.split(b"\n")[:-1] if line]

    def end(self) -> list[int]:
        """Wait until it is done; return the runs that it reported."""
        told, _ = self.process.communicate(timeout=300)
        assert self.process.returncode == 0
        return [int(line) for line in told.split()]


def kill_once(address: str, record: str, longest: float) -> int:
    """Let a process commit, kill it within ``longest`` seconds; return its last reported run."""
    worker = start(address, record)
    first = int(worker.first())
    time.sleep(random.uniform(0, longest))
    return max([first, *worker.kill()])


def faults(address: str, record: str, reported: int) -> list[str]:
    """Return what is wrong after a kill: a reported run lost, a torn ledger, a lock that stays."""
    from sheetrecord.stores import open_store
    from sheetrecord.stores.verify import verify

    found = []
    with closing(open_store(address, record, wait=30)) as store:
        with store.lock():
            run = store.load().run
        if run not in (reported, reported + 1):
            found.append(f"run {run} after {reported} was reported")
        found += [verdict.what for verdict in verify(store) if not verdict.well]
        entries = [logged.run for logged in store.ledger()]
        whole = [number for number in range(1, run + 1) for _ in range(ENTRIES)]
        if entries != whole:
            found.append(f"{len(entries)} entries in {run} runs of {ENTRIES}")
        if len(store.load().record.rows["Fees"]) != len(whole):
            found.append("rows and ledger differ")
    return found


def main() -> None:
    """Commit, as often as wanted."""
    from sheetrecord.stores import open_store
    from stores.changes import told

    address, record, rounds, hold = sys.argv[1:]
    with closing(open_store(address, record)) as store:
        for _ in range(int(rounds)):
            with store.lock():
                if hold:
                    sys.stdout.write("held\n")
                    sys.stdout.flush()
                    time.sleep(3600)
                run = store.state().run
                store.commit(run, told(run + 1, *range(ENTRIES)))
            sys.stdout.write(f"{run + 1}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
