"""What a sync of a large book costs, against reading it once: first, without changes, with some.

    python scripts/bench/bench_sync.py [--years 5]

CPU seconds of cold processes whose modules are compiled, the best of several in one run, so that
ratios can be trusted on a busy machine. Reading is `open the workbook, look at every cell, parse
the record`.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
READ = """
import datetime as dt, sys
from pathlib import Path
from sheetrecord.app.validate import read_record
book, parsed = read_record(Path(sys.argv[1]), today=dt.date(2026, 6, 30))
sum(len(cells.rows) for sheet in book.sheets.values() for cells in sheet.columns.values())
"""
TOUCH = """
import sys
from pathlib import Path
from sheetrecord.app.validate import read_record
from sheetrecord.workbooks.transaction import begin, placed
from sheetrecord.model.edit import At, SetCell
import datetime as dt
path = Path(sys.argv[1])
book, parsed = read_record(path, today=dt.date(2026, 6, 30))
fees = parsed.record.rows("Fees")
few = fees[: int(sys.argv[3])]
edits = tuple(SetCell(At("Fees", row.id, "note", row.row), sys.argv[2]) for row in few)
begin(str(path)).with_edits(placed(edits, book, parsed.layout)).write()
"""
EDITED = (1, 20, 200)
"""Cells that are changed in one of the copies."""

CLI = "import sys; from sheetrecord.cli import main; main()"


def cost(words: list[str], folder: Path) -> float:
    """Run Python with these words in a folder and return its CPU seconds."""
    env = {**os.environ, "SHEETRECORD_STATE": str(folder / ".state")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], cwd=folder, env=env, check=False, stdout=-3)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def best(words: list[str], folder: Path) -> float:
    """Return the best of several runs."""
    return min(cost(words, folder) for _ in range(ROUNDS))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=5)
    years = parser.parse_args().years
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make(folder, years)
        sync = ["-c", CLI, "sync", "office.xlsx", "ana.xlsx"]
        first = min(_first(folder, sync) for _ in range(3))
        size = (folder / "office.xlsx").stat().st_size
        reading = best(["-c", READ, "office.xlsx"], folder)
        found = {"start of the command": best(["-c", CLI, "--help"], folder)}
        found["reading one copy"] = reading
        found["sync, nothing changed"] = best(sync, folder)
        for count in EDITED:
            told = f"sync, {count} {'cell' if count == 1 else 'cells'} changed in one"
            found[told] = min(_changed(folder, sync, count, turn) for turn in range(3))
        found["first sync"] = first
    print(f"{years} years, {size / 1e6:.2f} MB a copy, two copies, CPU seconds, times reading:")
    for what, spent in found.items():
        print(f"  {what:<33}{spent:6.2f}{spent / reading:8.2f}")


def _first(folder: Path, sync: list[str]) -> float:
    """Sync copies that were never synced; they are left as that leaves them."""
    shutil.rmtree(folder / ".state", ignore_errors=True)
    for name in ("office.xlsx", "ana.xlsx"):
        shutil.copyfile(folder / "made.xlsx", folder / name)
    return cost(sync, folder)


def _make(folder: Path, years: int) -> None:
    import datetime as dt

    from sheetrecord.app.create import Wish, create

    day = dt.date(2026, 6, 30)
    create(folder / "made.xlsx", Wish(sample=True, years=years), today=day, asof=day)


def _changed(folder: Path, sync: list[str], count: int, turn: int) -> float:
    cost(["-c", TOUCH, "ana.xlsx", f"typed {turn}", str(count)], folder)
    return cost(sync, folder)


if __name__ == "__main__":
    main()
