"""What typing one cell costs in LibreOffice, and calculating everything, by size of book.

    python scripts/bench/bench_typing.py [--book FILE]... [YEARS...]

Without words: sample firms of 1, 5 and 20 years. Seconds are the program's CPU
seconds. An edit is the answer of one row of Context, in
the middle of the sheet, until nothing is left to calculate; the median of several. LibreOffice
runs without a window, in a profile of its own, and is spoken to through its own Python bridge.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

EDITS = 7
_PIPE = f"sheetrecord-bench-{os.environ.get('SHEETRECORD_BENCH', os.getpid())}"


def opened(desktop: Any, book: str) -> Any:
    """Load a workbook without showing it."""
    import uno
    from com.sun.star.beans import PropertyValue

    hidden = PropertyValue("Hidden", 0, True, 0)
    return desktop.loadComponentFromURL(uno.systemPathToFileUrl(book), "_blank", 0, (hidden,))


def connected() -> Any:
    """Wait for the program to listen; return its desktop. Raises TimeoutError after a minute."""
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(240):
        try:
            far = resolver.resolve(f"uno:pipe,name={_PIPE};urp;StarOffice.ComponentContext")
            return far.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", far)
        except Exception:  # noqa: BLE001 - the bridge has classes of its own for "not yet"
            time.sleep(0.25)
    raise TimeoutError("LibreOffice does not answer")


def spent() -> float:
    """Return the CPU seconds of LibreOffice so far, or the time where the system keeps none."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # a process that has just ended
            name, _, rest = stat.read_text().partition(") ")
            if "soffice.bin" in name and _ours(stat.parent):
                ticks += sum(map(int, rest.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else time.perf_counter()


def _ours(process: Path) -> bool:
    return _PIPE.encode() in (process / "cmdline").read_bytes()


def timed(do: Any) -> float:
    """Return how many seconds a call takes."""
    start = spent()
    do()
    return spent() - start


def answers(document: Any) -> Any:
    """Return the cells of the column in which people answer: the fifth of the second data sheet."""
    sheet = document.Sheets.getByIndex(2)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return sheet.getCellRangeByPosition(4, 3, 4, cursor.RangeAddress.EndRow)


def edited(document: Any) -> list[float]:
    """Return what each of some edits of one answer takes, until all is calculated again."""
    column = answers(document)
    cell = column.getCellByPosition(0, column.RangeAddress.EndRow // 3)

    def edit(number: int) -> None:
        cell.setString(f"They said so, call {number}" if number % 2 else "")
        document.calculate()

    edit(0)
    return [timed(partial(edit, number)) for number in range(1, EDITS + 1)]


def measure(books: list[str]) -> None:
    """Print a line for each workbook; runs under the Python that has the bridge."""
    desktop = connected()
    print(f"{'book':<24}{'MB':>7}{'load s':>8}{'edit s':>8}{'all s':>8}", flush=True)
    for book in books:
        start = spent()
        document = opened(desktop, book)
        document.calculateAll()
        loading = spent() - start
        edits = edited(document)
        whole = min(timed(document.calculateAll) for _ in range(2))
        size = Path(book).stat().st_size / 1e6
        figures = f"{size:>7.2f}{loading:>8.2f}{statistics.median(edits):>8.3f}{whole:>8.2f}"
        print(f"{Path(book).stem:<24}{figures}", flush=True)
        document.close(True)
    desktop.terminate()


def bridge() -> str:
    """Return a Python that has LibreOffice's bridge; ends the program when there is none."""
    for python in ("/usr/bin/python3", sys.executable, shutil.which("python3") or ""):
        words = [python, "-c", "import uno"]
        if python and not subprocess.run(words, check=False, capture_output=True).returncode:
            return python
    sys.exit("No Python here has LibreOffice's bridge (Debian: python3-uno).")


def samples(folder: Path, years: list[int]) -> list[Path]:
    """Make the sample firms."""
    import datetime as dt

    from sheetrecord.app.create import NewWorkbookRequest, workbook

    made = []
    for number in years:
        made.append(folder / f"{number} year{'s' * (number > 1)}.xlsx")
        wish = NewWorkbookRequest(sample=True, years=number)
        made[-1].write_bytes(workbook(wish, today=dt.date(2026, 6, 15)))
    return made


def main() -> None:
    """Start LibreOffice, measure in the Python that can speak to it, end it."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("years", nargs="*", type=int, help="sizes of sample firms (1 5 20)")
    words.add_argument("--book", action="append", type=Path, default=[], help="a workbook")
    words.add_argument("--inside", nargs="+", help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.inside:
        measure(given.inside)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        books = given.book + (samples(folder, given.years or [1, 5, 20] * (not given.book)))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        accept = f"--accept=pipe,name={_PIPE};urp"
        office = [shutil.which("soffice") or "soffice", profile, accept]
        with subprocess.Popen([*office, "--headless", "--norestore"]) as program:
            try:
                inside = [str(book.resolve()) for book in books]
                named = {**os.environ, "SHEETRECORD_BENCH": str(os.getpid())}
                subprocess.run([bridge(), __file__, "--inside", *inside], check=True, env=named)
                program.wait(60)
            finally:
                program.terminate()


if __name__ == "__main__":
    main()
