"""On a screen, LibreOffice shows the menu and the toolbar."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from live.office import running
from live.ordinary import installed, program
from promote.firm import ready, workbook

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.uno, pytest.mark.xvfb]
BAR = "private:resource/toolbar/addon_org.sheetrecord.office"


@contextmanager
def screen() -> Iterator[str]:
    """Run a screen in memory and return its name."""
    xvfb = shutil.which("Xvfb")
    assert xvfb is not None
    mine, its = os.pipe()
    words = [xvfb, "-displayfd", str(its), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(words, pass_fds=[its], stderr=subprocess.DEVNULL)
    os.close(its)
    try:
        with os.fdopen(mine) as told:
            number = told.readline().strip()
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


def test_the_menu_and_the_toolbar_are_there() -> None:
    with TemporaryDirectory(prefix="sheetrecord-home-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        program(home)
        profile = installed(home)
        path = home / "firm.xlsx"
        path.write_bytes(workbook(ready()))
        with screen() as name, running(home, profile=profile, home=home, screen=name) as office:
            document = office.open(path)
            _settled(document)
            frame = document.CurrentController.Frame
            assert frame.LayoutManager.isElementVisible(BAR)
            names = set(_accessible(frame.ContainerWindow.getAccessibleContext(), 7))
            assert {"Sheet Record", "Check", "Close this deal …", "Accept …", "Sync"} <= names
            _picture(name, home)
            document.setModified(False)
            document.close(True)


def _settled(document: Any) -> None:
    """Wait until the window stands: what is asked on its thread is answered after it was drawn."""
    document.CurrentController.Frame.ContainerWindow.getToolkit().processEventsToIdle()


def _accessible(context: Any, depth: int) -> Iterator[str]:
    """Yield what a screen reader would say of a window's parts."""
    yield context.getAccessibleName()
    few = min(context.getAccessibleChildCount(), 60)  # a sheet has a child for every cell
    for number in range(few if depth else 0):
        yield from _accessible(context.getAccessibleChild(number).getAccessibleContext(), depth - 1)


def _picture(name: str, home: Path) -> None:
    """Take a picture of the screen where somebody wants to look at it (``SHEETRECORD_PICTURE``)."""
    place, camera = os.environ.get("SHEETRECORD_PICTURE"), shutil.which("import")
    if place and camera:
        env = {**os.environ, "DISPLAY": name}
        subprocess.run([camera, "-window", "root", place], check=True, env=env)
