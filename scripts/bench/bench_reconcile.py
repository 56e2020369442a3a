"""Measure `sheetrecord reconcile` on made-up firms: CPU seconds and peak memory of cold runs.

    python scripts/bench/bench_reconcile.py [--write] [SIZE...]

Each figure is one whole process, reading the workbook and the bank's file included; ``again`` is
the same file a second time, which adds nothing, and ``next`` a file with a twentieth more, on top
of what is there. Then a firm is matched by record-linkage libraries, where they are installed,
in the same run (`reconcile_peers`). With --write the tables go into docs/benchmarks.md.
"""

import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from reconcile_peers import compared

ROOT = Path(__file__).resolve().parents[2]
SIZES = (300, 10_000, 100_000)
BUDGETS = {300: (1.0, 512), 10_000: (5.0, 512), 100_000: (30.0, 700)}
"""CPU seconds and megabytes, by number of invoices."""
RUNS = {
    "dry run": ("bank.csv",),
    "applied": ("bank.csv", "--apply"),
    "again": ("bank.csv", "--apply"),
    "next": ("next.csv", "--apply"),
}
MAKE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from reconcile_truth.__main__ import make
from reconcile_truth.dialects import csv_uk
from reconcile_truth.workbook import firm_of
book = make("brief", 1, int(sys.argv[2]))
Path("firm.xlsx").write_bytes(firm_of(book.invoices))
lines = sorted(book.lines, key=lambda line: (line.booked, line.bank_id))
old = len(lines) - len(lines) // 20
Path("bank.csv").write_bytes(csv_uk(lines[:old]))
Path("next.csv").write_bytes(csv_uk(lines[old:]))
print(old)
"""
LAUNCH = """
import json, os, sys
child = os.fork()
if not child:
    with open("said.txt", "wb") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    os.execv(sys.executable, [sys.executable, "-m", "sheetrecord", *sys.argv[1:]])
_, status, used = os.wait4(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime,
                  used.ru_maxrss / 1024]))
"""
"""A process's peak memory is at least its parent's size: so a small one starts what is measured."""


class Cost(NamedTuple):
    """What one command took."""

    seconds: float
    megabytes: float


def main() -> None:
    """Print the table, and write it when asked."""
    words = sys.argv[1:]
    sizes = [int(word) for word in words if word.isdigit()] or SIZES
    head = "| invoices · receipts | " + " | ".join(f"{name}, s · MB" for name in RUNS)
    lines = [head + " | budget |", "|---" * (len(RUNS) + 2) + "|"]
    print("\n".join(lines), flush=True)
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            lines.append(_row(size, Path(folder)))
        print(lines[-1], flush=True)
    lines += ["", *compared()]
    print("\n".join(lines[-6:]))
    if "--write" in words:
        _write(lines)


def _row(size: int, folder: Path) -> str:
    receipts = int(_python(folder, MAKE, str(ROOT / "scripts"), str(size)))
    costs = []
    for bank, *more in RUNS.values():
        command = ["reconcile", "firm.xlsx", "--bank", bank, "--profile", "Main", *more]
        code, seconds, megabytes = json.loads(_python(folder, LAUNCH, *command))
        if code not in {0, 1}:
            raise SystemExit((folder / "said.txt").read_text("utf-8"))
        costs.append(Cost(seconds, megabytes))
    cells = " | ".join(f"{cost.seconds:.2f} · {cost.megabytes:.0f}" for cost in costs)
    most = BUDGETS.get(size)
    budget = f"{most[0]:.0f} · {most[1]}" if most else ""
    return f"| {size:,} · {receipts:,} | {cells} | {budget} |"


def _python(folder: Path, code: str, *words: str) -> str:
    environment = {"XDG_STATE_HOME": str(folder / "state"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return done.stdout.decode()


def _write(lines: list[str]) -> None:
    page = ROOT / "docs" / "benchmarks.md"
    begin, end = "<!-- reconcile -->", "<!-- end of reconcile -->"
    head, _, rest = page.read_text("utf-8").partition(begin)
    version = f"Python {platform.python_version()}, cores shared with other work, Linux."
    table = "\n".join([version, "", *lines])
    page.write_text(f"{head}{begin}\n{table}\n{end}{rest.partition(end)[2]}", "utf-8")


if __name__ == "__main__":
    main()
