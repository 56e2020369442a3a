"""What a sync of a large book costs: nothing changed, and a little changed, against reading it.

    python scripts/bench/bench_sync.py [--years 5]

CPU seconds of cold processes, the best of several in one run, so that ratios can be trusted on a
busy machine. Reading is `open the workbook, look at every cell, parse the record`.
"""

import argparse
import os
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
from sheetrecord.files import fingerprint
from sheetrecord.formats.writing import write_plan
from sheetrecord.model.edit import At, SetCell
import datetime as dt
path = Path(sys.argv[1])
book, parsed = read_record(path, today=dt.date(2026, 6, 30))
fees = parsed.record.rows("Fees")
edits = tuple(SetCell(At("Fees", row.id, "note", row.row), sys.argv[2]) for row in fees[:20])
write_plan(path, edits, book, parsed.layout, fingerprint(path))
"""
CLI = "import sys; from sheetrecord.cli import main; main()"


def cost(words: list[str], folder: Path) -> float:
    """Run Python with these words in a folder and return its CPU seconds."""
    env = {**os.environ, "SHEETRECORD_STATE": str(folder / ".state")}
    before = os.times()
    subprocess.run([sys.executable, *words], cwd=folder, env=env, check=False, stdout=-3)
    after = os.times()
    used = (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )
    return round(used, 3)


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
        copies = ["office.xlsx", "ana.xlsx"]
        sync = ["-c", CLI, "sync", *copies]
        first = cost(sync, folder)
        size = (folder / "office.xlsx").stat().st_size
        reading = best(["-c", READ, "office.xlsx"], folder)
        start = best(["-c", CLI, "--help"], folder)
        nothing = best(sync, folder)
        changed = min(_changed(folder, sync, turn) for turn in range(3))
    print(f"{years} years, {size / 1e6:.2f} MB a copy, two copies, CPU seconds:")
    print(f"  start of the command             {start:.2f}")
    print(f"  reading one copy                 {reading:.2f}")
    print(f"  first sync                       {first:.2f}")
    print(f"  sync, nothing changed            {nothing:.2f}  ({nothing / reading:.2f} x reading)")
    print(f"  sync, 20 cells changed in one    {changed:.2f}  ({changed / reading:.2f} x reading)")


def _make(folder: Path, years: int) -> None:
    import datetime as dt

    from sheetrecord.app.create import Wish, create

    day = dt.date(2026, 6, 30)
    create(folder / "office.xlsx", Wish(sample=True, years=years), today=day, asof=day)
    shutil.copyfile(folder / "office.xlsx", folder / "ana.xlsx")


def _changed(folder: Path, sync: list[str], turn: int) -> float:
    cost(["-c", TOUCH, "ana.xlsx", f"typed {turn}"], folder)
    return cost(sync, folder)


if __name__ == "__main__":
    main()
