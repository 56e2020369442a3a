"""What a sync of a large book costs, against reading it once: first, without changes, with some.

    python scripts/bench/bench_sync.py [--years 5]

CPU seconds of cold processes whose modules are compiled, the best of several in one run, taken by
turns, so that ratios can be trusted on a busy machine. Reading is `open the workbook, look at every
cell, parse the record`; the peer's is python-calamine's, the bare values of every sheet.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 4
READ = """
import datetime as dt, sys
from sheetrecord.app.validate import read_record
book, parsed = read_record(sys.argv[1], today=dt.date(2026, 6, 30))
sum(len(cells.rows) for sheet in book.sheets.values() for cells in sheet.columns.values())
"""
PEER = """
import sys
from python_calamine import CalamineWorkbook
workbook = CalamineWorkbook.from_path(sys.argv[1])
for name in workbook.sheet_names:
    workbook.get_sheet_by_name(name).to_python()
"""
TOUCH = """
import sys
from sheetrecord.app.validate import read_record
from sheetrecord.workbooks.transaction import begin, placed
from sheetrecord.model.edit import At, SetValue
import datetime as dt
address = sys.argv[1]
book, parsed = read_record(address, today=dt.date(2026, 6, 30))
fees = parsed.record.rows("Fees")
few = fees[: int(sys.argv[3])]
edits = tuple(SetValue(At("Fees", row.id, "note", row.row), sys.argv[2]) for row in few)
begin(address).with_edits(placed(edits, book, parsed.layout)).write()
"""
SAVED = """
import sys
import openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["Fees"]
[column] = (cell.column for cell in sheet[3] if cell.value == "Note")
sheet.cell(4, column).value = sys.argv[2]
book.save(sys.argv[1])
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


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=5)
    years = parser.parse_args().years
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make(folder, years)
        sync = ["-c", CLI, "sync", "office.xlsx", "ana.xlsx"]
        rounds = [_round(folder, sync, turn) for turn in range(ROUNDS)]
        size = (folder / "office.xlsx").stat().st_size
    found = {what: min(one[what] for one in rounds) for what in rounds[0]}
    print(
        f"{years} years, {size / 1e6:.2f} MB a copy, two copies; CPU seconds, times calamine, read:"
    )
    for what, spent in found.items():
        peer, read = spent / found["calamine, bare values"], spent / found["reading one copy"]
        print(f"  {what:<33}{spent:6.2f}{peer:8.2f}{read:8.2f}")


def _round(folder: Path, sync: list[str], turn: int) -> dict[str, float]:
    """Do every job once."""
    found = {"first sync": _first(folder, sync)}
    found["start of the command"] = cost(["-c", CLI, "--help"], folder)
    found["calamine, bare values"] = cost(["-c", PEER, "office.xlsx"], folder)
    found["reading one copy"] = cost(["-c", READ, "office.xlsx"], folder)
    for count in EDITED:
        told = f"sync, {count} {'cell' if count == 1 else 'cells'} changed in one"
        found[told] = _changed(folder, sync, count, turn)
    found["sync, nothing changed"] = cost(sync, folder)
    cost(["-W", "ignore", "-c", SAVED, "ana.xlsx", f"typed {turn}"], folder)
    found["reading it, saved by openpyxl"] = cost(["-c", READ, "ana.xlsx"], folder)
    found["sync, 1 cell, saved by openpyxl"] = cost(sync, folder)
    return found


def _first(folder: Path, sync: list[str]) -> float:
    """Sync copies that were never synced; they are left as that leaves them."""
    shutil.rmtree(folder / ".state", ignore_errors=True)
    for name in ("office.xlsx", "ana.xlsx"):
        shutil.copyfile(folder / "made.xlsx", folder / name)
    return cost(sync, folder)


def _make(folder: Path, years: int) -> None:
    import datetime as dt

    from sheetrecord.app.create import NewWorkbookRequest, create

    day = dt.date(2026, 6, 30)
    create(folder / "made.xlsx", NewWorkbookRequest(sample=True, years=years), today=day, asof=day)


def _changed(folder: Path, sync: list[str], count: int, turn: int) -> float:
    cost(["-c", TOUCH, "ana.xlsx", f"typed {turn}", str(count)], folder)
    return cost(sync, folder)


if __name__ == "__main__":
    main()
