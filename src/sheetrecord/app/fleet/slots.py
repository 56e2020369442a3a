"""Processes that sync workbooks, one workbook at a time each; when one dies, the others go on."""

import gc
import multiprocessing
import multiprocessing.process
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Final, NamedTuple, Self

from sheetrecord.app.fleet.sync_one import Job
from sheetrecord.model.address import without_passwords
from sheetrecord.model.errors import ChangedElsewhere, Locked, SheetRecordError, Unreachable
from sheetrecord.stores.fleet import SyncedWorkbook

_BUG: Final = "this is a bug in sheetrecord"
_DIED: Final = "the process that worked on it died"
_OBJECTS: Final = 200_000
"""Objects that come before the collector looks at them."""

_PASSING: Final = (ChangedElsewhere, Locked, Unreachable)


class Answer(NamedTuple):
    """The result of a job, or why it failed; ``passing`` trouble is worth another attempt."""

    done: SyncedWorkbook | None = None
    why: str = ""
    passing: bool = False
    died: bool = False


def attempt(effect: Callable[[Job], SyncedWorkbook], job: Job) -> Answer:
    """Run one job. Any error becomes its answer, so that other jobs go on."""
    try:
        return Answer(effect(job))
    except SheetRecordError as error:
        return Answer(why=str(error), passing=isinstance(error, _PASSING))
    except Exception as error:  # noqa: BLE001 - a bug that one workbook meets stops no other
        return Answer(why=without_passwords(f"{_BUG}: {type(error).__name__}: {error}"))


class Slots:
    """Up to ``jobs`` processes, begun when they are needed.

    A process takes no other process with it: which workbook it was that ended one is certain.
    """

    def __init__(self, effect: Callable[[Job], SyncedWorkbook], jobs: int) -> None:
        self._effect = effect
        self._free: list[ProcessPoolExecutor | None] = [None] * jobs

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes that are free; one at work ends with its workbook."""
        for process in filter(None, self._free):
            process.shutdown(cancel_futures=True)

    def start(self, job: Job) -> Future[Answer]:
        """Start a job. Raises IndexError when every slot is taken."""
        process = self._free.pop() or _process()
        answer: Future[Answer] = Future()

        def end(future: Future[Answer]) -> None:
            died = isinstance(future.exception(), BrokenProcessPool)
            self._free.append(None if died else process)
            if future.exception() is None:
                answer.set_result(future.result())
            elif died:
                answer.set_result(Answer(why=_DIED, died=True))
            else:
                answer.set_exception(future.exception())

        process.submit(attempt, self._effect, job).add_done_callback(end)
        return answer


def _process() -> ProcessPoolExecutor:
    """Return a fresh process: a forked one would share this one's connection to the store."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_begun)


def collect_seldom() -> None:
    """Let a process that syncs one workbook after the other collect cycles, but not all the time.

    A workbook makes some hundred thousand objects, nearly all without cycles.
    """
    gc.enable()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 5, 5)


def _begun() -> None:
    """Let this process end when the one that began it was killed: nobody waits for its answer."""
    collect_seldom()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
