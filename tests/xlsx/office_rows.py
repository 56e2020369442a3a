"""LibreOffice as a judge of moved rows: it inserts and deletes them itself, and saves the workbook.

This file is also what runs inside, under the Python that has LibreOffice's bridge.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Job(NamedTuple):
    """A workbook to load, what to do on which sheet, and where to save it."""

    book: str
    out: str
    sheet: str = ""
    verb: str = ""
    """``insert``, ``delete``, or nothing to do but to save."""
    row: int = 0
    number: int = 0


def bridge() -> str | None:
    """Return a Python that has LibreOffice's bridge, None where there is none."""
    for python in ("/usr/bin/python3", sys.executable):
        words = [python, "-c", "import uno"]
        if (
            shutil.which(python)
            and not subprocess.run(words, capture_output=True, check=False).returncode
        ):
            return python
    return None


def saved(jobs: Sequence[Job], folder: Path) -> None:
    """Let one LibreOffice, in a profile of its own, do the jobs."""
    python, office = bridge(), shutil.which("soffice")
    assert python
    assert office
    name = f"sheetrecord-rows-{os.getpid()}"
    words = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    words += ["--norestore", f"--accept=pipe,name={name};urp"]
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        try:
            inside = [python, __file__, name, str(folder / "jobs.json")]
            subprocess.run(inside, check=True, timeout=300)
            program.wait(60)
        finally:
            program.terminate()


def _desktop(pipe: str) -> Any:
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(240):
        try:
            far = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return far.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", far)
        except Exception:  # noqa: BLE001 - the bridge has classes of its own for "not yet"
            time.sleep(0.25)
    raise TimeoutError("LibreOffice does not answer")


def _do(desktop: Any, job: Job) -> None:
    import uno
    from com.sun.star.beans import PropertyValue

    url = uno.systemPathToFileUrl
    document = desktop.loadComponentFromURL(
        url(job.book), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),)
    )
    if job.verb:
        rows = document.Sheets.getByName(job.sheet).Rows
        act = rows.insertByIndex if job.verb == "insert" else rows.removeByIndex
        act(job.row - 1, job.number)
    document.calculateAll()
    kind = PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0)
    document.storeToURL(url(job.out), (kind,))
    document.close(True)


if __name__ == "__main__":
    desktop = _desktop(sys.argv[1])
    for one in json.loads(Path(sys.argv[2]).read_text("utf-8")):
        _do(desktop, Job(*one))
    desktop.terminate()
