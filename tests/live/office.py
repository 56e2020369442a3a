"""A LibreOffice of the tests' own: its own profile, its own pipe, ended as a person ends it."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.model.errors import CannotRead
from sheetrecord.workbooks.live.reaching import bridge

_PATIENCE = 120


def need_bridge() -> None:
    """Load the bridge to LibreOffice; where this Python has none, skip, or fail in CI."""
    try:
        bridge("tests")
    except CannotRead as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


class Office:
    """A running LibreOffice."""

    def __init__(self, pipe: str, start: Callable[[], "subprocess.Popen[bytes]"]) -> None:
        self.pipe, self._start = pipe, start
        self.begin()

    def begin(self) -> None:
        """Start it and reach it."""
        self.process = self._start()
        self.context = self._connected()
        services = self.context.ServiceManager
        self.desktop = services.createInstanceWithContext(
            "com.sun.star.frame.Desktop", self.context
        )

    def _connected(self) -> Any:
        import uno
        from com.sun.star.uno import Exception as UnoException

        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return resolver.resolve(
                    f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext"
                )
            except UnoException:
                assert time.monotonic() < end
                assert self.process.poll() in {None, 81}, "LibreOffice ended"
                time.sleep(0.1)

    def ended(self) -> bool:
        """Tell whether it ended by itself: now and then LibreOffice does, whoever speaks to it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(2)
        return self.process.poll() is not None

    def open(self, path: Path) -> Any:
        """Open a workbook file."""
        document = self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
        assert document is not None, f"{path} was not opened: is a lock left?"
        return document

    def close_all(self) -> None:
        from sheetrecord.workbooks.live.office.uno_desk import spreadsheets

        for document in list(spreadsheets(self.desktop)):
            document.setModified(False)
            document.close(True)

    def end(self) -> None:
        with suppress(Exception):
            self.desktop.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_PATIENCE)
        self.process.kill()
        self.process.wait()


@contextmanager
def running(
    folder: Path,
    *,
    profile: Path | None = None,
    home: Path | None = None,
    screen: str = "",
) -> Iterator[Office]:
    """Start LibreOffice with a profile in a folder, without a screen or on one.

    With a ``home`` it finds programs there and in the system's folders only.
    """
    need_bridge()
    pipe = f"sheetrecord-{os.getpid()}-{time.monotonic_ns()}"
    office = shutil.which("soffice")
    assert office is not None
    words = [
        office,
        f"-env:UserInstallation={(profile or folder / 'profile').as_uri()}",
        *("--norestore", "--nologo", "--nofirststartwizard"),
        f"--accept=pipe,name={pipe};urp;",
        *(["--calc"] if screen else ["--headless"]),
    ]
    own = {"HOME": str(home), "PATH": "/usr/bin:/bin"} if home else {}

    def start() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            words,
            env={**os.environ, **own, **({"DISPLAY": screen} if screen else {})},
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    office_running = Office(pipe, start)
    try:
        yield office_running
    finally:
        office_running.end()
