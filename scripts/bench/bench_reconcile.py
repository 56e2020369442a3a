"""Measure `sheetrecord reconcile --apply` on made-up firms, in CPU seconds of a whole cold run.

python scripts/bench/bench_reconcile.py [SIZE...]
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reconcile_truth.__main__ import make
from reconcile_truth.dialects import csv_uk
from reconcile_truth.workbook import firm_of

BUDGETS = {300: 1.0, 10_000: 8.0}
"""CPU seconds by number of invoices."""


def main() -> None:
    """Print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [300, 10_000]
    print(f"{'invoices':>9} {'receipts':>9} {'dry run':>9} {'apply':>9} {'again':>9} {'MB':>6}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _one(size, Path(folder))


def _one(size: int, folder: Path) -> None:
    book = make("brief", 1, size)
    (folder / "firm.xlsx").write_bytes(firm_of(book.invoices))
    lines = sorted(book.lines, key=lambda line: (line.booked, line.bank_id))
    (folder / "bank.csv").write_bytes(csv_uk(lines))
    words = ["reconcile", "firm.xlsx", "--bank", "bank.csv", "--profile", "Main"]
    times = [
        _run(folder, words),
        _run(folder, [*words, "--apply"]),
        _run(folder, [*words, "--apply"]),
    ]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    cells = " ".join(f"{seconds:>9.2f}" for seconds in times)
    budget = f"  (budget {BUDGETS[size]:g} s)" if size in BUDGETS else ""
    print(f"{size:>9} {len(lines):>9} {cells} {peak:>6}{budget}")


def _run(folder: Path, words: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {"XDG_STATE_HOME": str(folder / "state"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "sheetrecord", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
