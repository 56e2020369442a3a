"""Worker processes that sync workbooks; when one dies, the others go on."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import NamedTuple, Self

from sheetrecord.app.fleet.sync_one import Job
from sheetrecord.model.address import without_passwords
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.stores.fleet import ClaimResult

_BUG = "this is a bug in sheetrecord"
_DIED = "the process that worked on it died"


class Answer(NamedTuple):
    """The result of a job, or why it failed, and whether its process ``died``."""

    key: str
    done: ClaimResult | None = None
    why: str = ""
    died: bool = False


def attempt(effect: Callable[[Job], ClaimResult], key: str, job: Job) -> Answer:
    """Run one job. Any error becomes its answer, so that other jobs go on."""
    try:
        return Answer(key, effect(job))
    except SheetRecordError as error:
        return Answer(key, why=str(error))
    except Exception as error:  # noqa: BLE001 - a bug that one workbook meets stops no other
        return Answer(key, why=without_passwords(f"{_BUG}: {type(error).__name__}: {error}"))


class Pool:
    """A pool of worker processes; with one job at a time, this process."""

    def __init__(self, effect: Callable[[Job], ClaimResult], jobs: int) -> None:
        self._effect = effect
        self._jobs = jobs
        self._running: dict[Future[Answer], tuple[str, Job]] = {}
        self._executor = _processes(jobs) if jobs > 1 else None
        self._here: list[tuple[str, Job]] = []
        self._refused: list[tuple[str, Job]] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes; what was not begun is dropped."""
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def start(self, key: str, job: Job) -> None:
        """Start a job."""
        if self._executor is None:
            self._here.append((key, job))
            return
        try:
            self._running[self._executor.submit(attempt, self._effect, key, job)] = (key, job)
        except BrokenProcessPool:  # another job's process died a moment ago
            self._refused.append((key, job))

    def answers(self) -> Iterator[Answer]:
        """Wait until at least one job ends, and yield the answers."""
        while self._here:
            key, job = self._here.pop()
            yield attempt(self._effect, key, job)
        finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
        whole = [future for future in finished if not future.exception()]
        for future in whole:
            del self._running[future]
            yield future.result()
        if self._refused or len(whole) < len(finished):
            yield from self._one_by_one()

    def _one_by_one(self) -> Iterator[Answer]:
        """Do again, each in a process of its own, what was running when a process died.

        Nobody can tell which job it was that took the process with it: alone, each shows.
        """
        left = [*self._running.values(), *self._refused]
        self._running, self._refused = {}, []
        for key, job in left:
            with _processes(1) as alone:
                try:
                    yield alone.submit(attempt, self._effect, key, job).result()
                except BrokenProcessPool:
                    yield Answer(key, why=_DIED, died=True)
        self._executor = _processes(self._jobs)


def _processes(jobs: int) -> ProcessPoolExecutor:
    """Return fresh processes: a forked one would share this one's connection to the store."""
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))
