"""The way to LibreOffice from outside: a pipe on this computer, no network, no port.

LibreOffice listens when it was started with ``--accept="pipe,name=sheetrecord;urp;"``. A write is
one callback on its main thread: while it runs, LibreOffice hears no key and answers nobody else.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Lock
from typing import Any, Final, TypeVar

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.uno import Exception as UnoException

from sheetrecord.model.errors import CannotRead, Locked
from sheetrecord.workbooks.live.office.uno_desk import NotWritten, UnoDesk, names_of, spreadsheets
from sheetrecord.workbooks.live.program_book import DeskRefusal
from sheetrecord.workbooks.live.wire import Wire

T = TypeVar("T")

PIPE: Final = "sheetrecord"
"""The name of the pipe, unless ``SHEETRECORD_PIPE`` names another one."""

_PAUSES: Final = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds before each try to reach LibreOffice."""

PATIENCE: Final = 60.0
"""Seconds for which LibreOffice may be busy."""


class PipeDesk:
    """An open document of a LibreOffice that listens on a pipe."""

    def __init__(self, address: str, name: str) -> None:
        self.address = address
        with self._asked():
            self._context = _context(address)
            self._desk = UnoDesk(_document(self._context, address, name))
            self.name = names_of(self._desk.document)[0]
            self.label = str(self._desk.document.Title)

    def state(self) -> str:
        """Return the digest of what is typed."""
        with self._asked():
            return self._on_main(self._desk.state)

    def copy(self) -> tuple[bytes, str]:
        """Return the document as a file's bytes, and its state at that moment."""
        with self._asked():
            return self._on_main(self._desk.copy)

    def write(self, known: str, edits: Sequence[Wire]) -> tuple[bytes, str]:
        """Write if the state is the known one; return what stands then. Raises DeskRefusal."""
        try:
            with self._asked():
                return self._on_main(lambda: self._desk.written(known, list(edits)))
        except NotWritten as refused:
            raise DeskRefusal(refused.code, refused.about) from refused

    def take_back(self, known: str) -> bool:
        """Take back the last write, if the state is still the known one."""
        with self._asked():
            return self._on_main(lambda: self._desk.take_back(known))

    def recover(self) -> bool:
        """Take back what a run left that died."""
        with self._asked():
            return self._on_main(self._desk.recover)

    def _on_main(self, work: Callable[[], T]) -> T:
        """Do something on LibreOffice's main thread, and wait for it. Raises Locked."""
        results: list[T] = []
        job = _Job(lambda: results.append(work()))
        services = self._context.ServiceManager
        make = services.createInstanceWithContext
        make("com.sun.star.awt.AsyncCallback", self._context).addCallback(job, None)
        try:
            job.done.wait(PATIENCE)
        finally:
            late = job.cancel()
            if not late:  # what has begun is done whole, whoever stops us meanwhile
                job.done.wait()
        if late:
            raise Locked(self.address, "a dialog in LibreOffice")
        if job.error is not None:
            raise job.error
        return results[0]

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Let an exception of UNO be one of ours."""
        try:
            yield
        except UnoException as error:
            why = f"LibreOffice does not answer any more ({type(error).__name__})."
            raise CannotRead(
                self.address, why, "Open the document again, then run this again."
            ) from error


class _Job(unohelper.Base, XCallback):  # type: ignore[misc]
    """Something to be done on the main thread, once, unless it was called off before."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work, self._begun, self._lock = work, False, Lock()
        self.done = Event()
        self.error: BaseException | None = None

    def cancel(self) -> bool:
        """Call it off; False when it has begun."""
        with self._lock:
            begun, self._begun = self._begun, True
        return not begun

    def notify(self, _: object) -> None:
        """Do it."""
        with self._lock:
            if self._begun:
                return
            self._begun = True
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it
            self.error = error
        finally:
            self.done.set()


def _context(address: str) -> Any:
    """Return the running LibreOffice. Raises CannotRead when none listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    name = os.environ.get("SHEETRECORD_PIPE", PIPE)
    refused: UnoException | None = None
    for pause in _PAUSES:  # between two callers the pipe is not there for a moment
        time.sleep(pause)
        try:
            return resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
        except UnoException as error:
            refused = error
    why = "no LibreOffice listens on this computer."
    do = f'Start it with: soffice --accept="pipe,name={name};urp;"; or use the toolbar.'
    raise CannotRead(address, why, do, "missing") from refused


def _document(context: Any, address: str, name: str) -> Any:
    """Return the document of a name; without a name the one in front. Raises CannotRead."""
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    found = list(spreadsheets(desktop))
    if not found:
        why = "LibreOffice has no spreadsheet open."
        raise CannotRead(address, why, "Open the workbook there, then run this again.", "missing")
    if name:
        return _of_name(found, address, name)
    front = desktop.CurrentComponent
    if len(found) == 1 or front not in found:
        front = found[0] if len(found) == 1 else None
    if front is None:
        raise CannotRead(address, f"{len(found)} spreadsheets are open.", _one_of(found), "several")
    return front


def _of_name(found: list[Any], address: str, name: str) -> Any:
    named = [one for one in found if name in names_of(one)]
    if not named:
        why = f'LibreOffice has no "{name}" open.'
        raise CannotRead(address, why, _one_of(found), "missing")
    if len(named) > 1:
        why = f'{len(named)} open spreadsheets are called "{name}".'
        raise CannotRead(address, why, _one_of(named), "several")
    return named[0]


def _one_of(found: list[Any]) -> str:
    names = ", ".join(f"live:lo:{names_of(one)[0]}" for one in found)
    return f"Name one of them: {names}."
