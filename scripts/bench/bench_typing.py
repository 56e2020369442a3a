"""What typing one cell costs in LibreOffice, and calculating everything, by size of book.

    python scripts/bench/bench_typing.py [--book FILE]... [YEARS...]

Without words: sample firms of 1, 5 and 20 years. Seconds are the program's CPU
seconds. An edit is one typed cell (see `TYPED`), a third of the way down its sheet, until nothing
is left to calculate; the median of several. LibreOffice
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


TYPED = (
    ("Context", "answer", "They said so"),
    ("Commitments", "what", "We promised it"),
    ("Fees", "net", 1234.5),
    ("Deal", "stage", ""),
    ("Deal", "deal_id", "D-typed"),
)
"""Sheet, column and what is typed over what stands there; the words of a stage are its own."""


def cell_typed(document: Any, sheet: str, key: str) -> Any:
    """Return a cell of a column a third of the way down what is filled of it."""
    found = document.NamedRanges.getByName(f"sr_{sheet}_{key}").ReferredCells
    head = found.RangeAddress
    cursor = found.Spreadsheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress.EndRow
    column = found.Spreadsheet.getCellRangeByPosition(
        head.StartColumn, head.EndRow + 1, head.StartColumn, last
    )
    filled = [row for row, (value,) in enumerate(column.DataArray) if value != ""]
    return column.getCellByPosition(0, filled[len(filled) // 3] if filled else 0)


def edited(document: Any, sheet: str, key: str, text: object) -> float:
    """Return the median of what some edits of a cell take, until all is calculated again."""
    cell = cell_typed(document, sheet, key)
    before = cell.DataArray
    stages = document.NamedRanges.getByName("sr_list_stage_label").ReferredCells
    typed = ((text or stages.getCellByPosition(0, 1).String,),)

    def edit(number: int) -> None:
        cell.setDataArray(typed if number % 2 else before)
        document.calculate()

    edit(0)
    times = [timed(partial(edit, number)) for number in range(1, EDITS + 1)]
    edit(0)
    return statistics.median(times)


def measure(books: list[str]) -> None:
    """Print a line for each workbook; runs under the Python that has the bridge."""
    desktop = connected()
    heads = "".join(f"{sheet + ' ' + key:>17}" for sheet, key, _ in TYPED)
    print(f"{'book':<12}{'MB':>7}{'load s':>8}{heads}{'all s':>8}", flush=True)
    for book in books:
        start = spent()
        document = opened(desktop, book)
        document.calculateAll()
        loading = spent() - start
        size = Path(book).stat().st_size / 1e6
        print(f"{Path(book).stem:<12}{size:>7.2f}{loading:>8.2f}", end="", flush=True)
        for sheet, key, text in TYPED:
            print(f"{edited(document, sheet, key, text):>17.3f}", end="", flush=True)
        whole = min(timed(document.calculateAll) for _ in range(2))
        print(f"{whole:>8.2f}", flush=True)
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
        request = NewWorkbookRequest(sample=True, years=number)
        made[-1].write_bytes(workbook(request, today=dt.date(2026, 6, 15)))
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
