"""Measure `sheetrecord validate` against its peers, as ratios of CPU time in one run.

    python scripts/bench/bench_validate.py [--quick] [--write]

Each figure is the best of several cold processes: user + system seconds and peak memory. With
--write the tables go into docs/benchmarks.md. pandera and frictionless are installed into a
folder of their own (.venv-bench), because nothing else needs them.
"""

import argparse
import datetime as dt
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
BENCH = ROOT / ".venv-bench"
BENCH_PYTHON = BENCH / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PEERS = ["pandera[pandas]", "frictionless[excel]", "openpyxl", "python-calamine", "pandas"]
ASOF = dt.date(2026, 6, 30)
CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""
OPENPYXL = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"


class Cost(NamedTuple):
    """CPU seconds and peak resident megabytes of one process."""

    seconds: float
    megabytes: float


LAUNCHER = """
import json, os, sys
pid = os.fork()
if not pid:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(pid, 0)
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""
"""Starts a command from a small process: a child's peak memory includes its parent's size."""


def cost(command: list[str]) -> Cost:
    """Return what a command costs in a cold process."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    launch = [sys.executable, "-S", "-E", "-c", LAUNCHER, *command]
    done = subprocess.run(launch, env=environment, capture_output=True, check=True, text=True)
    code, seconds, megabytes = json.loads(done.stdout)
    if code not in {0, 1}:
        sys.exit(f"this command failed: {' '.join(command)}")
    return Cost(seconds, megabytes)


def least(commands: dict[str, list[str]], times: int) -> dict[str, Cost]:
    """Return the least cost of each command, taking turns: a busy minute is bad for all alike."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            found[name].append(cost(command))
    return {name: min(costs) for name, costs in found.items()}


def sample(folder: Path) -> Path:
    """Make the five-year sample firm."""
    from sheetrecord.app.create import NewWorkbookRequest, create

    path = folder / "five-years.xlsx"
    create(path, NewWorkbookRequest(sample=True, years=5), today=ASOF, asof=ASOF)
    return path


def commitments(folder: Path, number: int) -> Path:
    """Make a book with this many commitments over 200 deals, with all its live formulas."""
    from sheetrecord.formats.template import TEMPLATES, build

    chance = random.Random(1)
    words = ["training", "migration", "data", "warehouse", "board", "report", "access", "rollout"]
    deals = [
        {
            "deal_id": f"D-{i:04}",
            "client": f"Client {i}",
            "deal_name": f"Deal {i}",
            "stage": "verbal",
            "deal_owner": "Ana Ruiz",
            "value_net": 100_000 * i,
            "currency": "EUR",
            "fee_model": "fixed",
        }
        for i in range(1, 201)
    ]
    rows = [
        {
            "deal_id": f"D-{chance.randint(1, 200):04}",
            "what": " ".join(chance.choices(words, k=8)) + f" {i}",
            "type": chance.choice(["promise", "discussed", "exclusion", "assumption"]),
            "form": "verbal",
            "said_by": chance.choice(["Ana Ruiz", "Ben Okafor", "Carla Diaz"]),
            "said_to": "Eva Lind",
            "said_on": dt.date(2026, 1, 1) + dt.timedelta(days=chance.randint(0, 150)),
            "source_link": "call",
            "client_believes": chance.choice(["yes", "no", "unsure"]),
            "in_contract": "yes",
            "clause": "4.2",
            "due_on": dt.date(2026, 9, 1),
            "disposition": "in_contract",
            "effort_hours": chance.randint(1, 40),
            "owner": "Ben Okafor",
        }
        for i in range(number)
    ]
    path = folder / f"{number}-commitments.xlsx"
    spec = TEMPLATES["consultancy"]._replace(asof=ASOF)
    path.write_bytes(build(spec, {"Deal": deals, "Commitments": rows}))
    return path


def declared(folder: Path) -> Path:
    """Write what the peers need to check: every sheet's headers, types, choices and needs."""
    from sheetrecord.schema.packs import pack
    from sheetrecord.schema.sheets import SHEETS

    words = pack("en")
    told = {
        words.sheets[key]: [
            {
                "header": words.columns[key][column.key],
                "kind": column.kind.value,
                "choices": list(words.enums[column.enum].values()) if column.enum else [],
                "unique": column.kind.value == "id",
            }
            for column in sheet.columns
        ]
        for key, sheet in SHEETS.items()
    }
    path = folder / "declared.json"
    path.write_text(json.dumps(told))
    return path


def peers() -> None:
    """Install the peers, once."""
    if not BENCH_PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(BENCH)], check=True)
        pip = [str(BENCH_PYTHON), "-m", "pip", "install", "--quiet", *PEERS]
        subprocess.run(pip, check=True)


def five_years(folder: Path, times: int) -> list[str]:
    """Return the table of the five-year sample firm."""
    book, rules = sample(folder), declared(folder)
    python, peer = sys.executable, str(BENCH_PYTHON)
    runs = {
        "python-calamine, bare read": [python, "-c", CALAMINE, str(book)],
        "**sheetrecord validate**": [python, "-m", "sheetrecord", "validate", str(book)],
        "openpyxl, load only": [python, "-c", OPENPYXL, str(book)],
        "pandera, types and choices": [peer, str(HERE / "peer_pandera.py"), str(book), str(rules)],
        "frictionless, types and choices": [
            peer,
            str(HERE / "peer_frictionless.py"),
            str(book),
            str(rules),
        ],
    }
    return table(least(runs, times))


def by_rows(folder: Path, sizes: list[int], times: int) -> list[str]:
    """Return the table of books with ever more commitments."""
    lines = ["| rows | calamine s · MB | validate s · MB | ratio |", "|---|---|---|---|"]
    for number in sizes:
        book = str(commitments(folder, number))
        runs = {
            "bare": [sys.executable, "-c", CALAMINE, book],
            "ours": [sys.executable, "-m", "sheetrecord", "validate", book],
        }
        bare, ours = least(runs, times).values()
        lines.append(
            f"| {number:,} | {bare.seconds:.2f} · {bare.megabytes:.0f} "
            f"| {ours.seconds:.2f} · {ours.megabytes:.0f} | {ours.seconds / bare.seconds:.2f} |"
        )
    return lines


def table(costs: dict[str, Cost]) -> list[str]:
    """Return a table of costs, each as a ratio of the first."""
    first = next(iter(costs.values()))
    lines = ["| | CPU s | peak MB | ratio |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {c.seconds:.2f} | {c.megabytes:.0f} | {c.seconds / first.seconds:.2f} |"
        for name, c in costs.items()
    ]
    return lines


def main() -> int:
    """Measure and print, and write the page when asked."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--quick", action="store_true", help="smaller books, fewer runs")
    words.add_argument("--write", action="store_true", help="put the tables into the docs")
    told = words.parse_args()
    peers()
    times = 3 if told.quick else 7
    sizes = [1_000, 10_000] if told.quick else [1_000, 10_000, 100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = ["### Five-year sample firm, cold", "", *five_years(folder, times), ""]
        lines += ["### More and more commitments, cold", "", *by_rows(folder, sizes, min(times, 3))]
    text = "\n".join(lines)
    print(text)
    if told.write:
        put(text)
    return 0


def put(text: str) -> None:
    """Put the tables between the marks of docs/benchmarks.md."""
    path = ROOT / "docs" / "benchmarks.md"
    before, mark, rest = path.read_text("utf-8").partition("<!-- validate -->\n")
    _, end, after = rest.partition("<!-- end of validate -->")
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}."
    path.write_text(f"{before}{mark}{machine}\n\n{text}\n\n{end}{after}", "utf-8")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
