"""Measure reading and patching a workbook shaped like Fees against calamine and openpyxl.

Each job runs in a process of its own; its CPU time includes the start of Python and the imports.
The jobs of a table run by turns, and the best of several rounds counts (openpyxl runs once). Where
fastexcel is installed, it reads as well, into Arrow. Prints a Markdown table.

    python scripts/bench/bench_xlsx.py [--quick] [--rows N] [--rounds N] [--no-openpyxl]
"""

import argparse
import datetime as dt
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

READ_CALAMINE = """
from python_calamine import CalamineWorkbook
CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
"""
READ_ALL_CALAMINE = """
from python_calamine import CalamineWorkbook
workbook = CalamineWorkbook.from_path(path)
for name in workbook.sheet_names:
    workbook.get_sheet_by_name(name).to_python()
"""
READ_FASTEXCEL = """
import fastexcel
workbook = fastexcel.read_excel(path)
for name in workbook.sheet_names:
    workbook.load_sheet(name)
"""
READ_OURS = """
from sheetrecord.xlsx import open_workbook
with open_workbook(path) as workbook:
    for sheet in workbook.sheets:
        grid = workbook.grid(sheet.name)
        for number in grid.columns:
            grid.column(number)
"""
READ_OPENPYXL = """
import openpyxl
for row in openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True):
    pass
"""
LOAD_OPENPYXL = """
import openpyxl
openpyxl.load_workbook(path)
"""
SET_OPENPYXL = """
import openpyxl
workbook = openpyxl.load_workbook(path)
for row in range(2, 2 + {count}):
    workbook.active.cell(row, 3, "changed")
workbook.save(path + ".out")
"""
APPEND_OPENPYXL = """
import openpyxl
workbook = openpyxl.load_workbook(path)
for row in range({count}):
    workbook.active.append([f"FEE-{{row}}", "New", "open", None, None, row / 7, row])
workbook.save(path + ".out")
"""
SET_OURS = """
from sheetrecord.xlsx import SetCell, patch
edits = [SetCell("Fees", f"C{{row}}", "changed") for row in range(2, 2 + {count})]
with open(path + ".out", "wb") as out:
    patch(path, edits, out)
"""
APPEND_OURS = """
from sheetrecord.xlsx import AppendRows, patch
rows = [
    {{1: f"FEE-{{row}}", 2: "New", 3: "open", 6: row / 7, 7: row}} for row in range({count})
]
with open(path + ".out", "wb") as out:
    patch(path, [AppendRows("Fees", rows)], out)
"""
INSERT_OURS = """
from sheetrecord.xlsx import InsertRows, patch
with open(path + ".out", "wb") as out:
    patch(path, [InsertRows("Fees", 2, {count})], out)
"""
WORKER = """
import json, resource, sys
path = sys.argv[1]
{job}
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss
try:  # ru_maxrss counts the parent's memory too when it was larger
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    pass
print(json.dumps([used.ru_utime + used.ru_stime, peak / 1024]))
"""


class Cost(NamedTuple):
    """What one job took."""

    seconds: float
    megabytes: float


def fees(path: Path, rows: int) -> None:
    """Write a sheet of text, dates, money, labels, truth values and formulas with their values."""
    draw = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Fees")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet.write_row(0, 0, [f"Column {n}" for n in range(14)])
    for row in range(1, rows + 1):
        amount = draw.randint(100, 10**7) / 100
        start = dt.datetime(2020, 1, 1) + dt.timedelta(days=row % 1500)  # noqa: DTZ001 - as sheets
        sheet.write_string(row, 0, f"FEE-{row:06d}")
        sheet.write_string(row, 1, f"Client {row % 5000}")
        sheet.write_string(row, 2, draw.choice(["open", "paid", "late", "draft"]))
        sheet.write_datetime(row, 3, start, day)
        sheet.write_datetime(row, 4, start + dt.timedelta(days=30), day)
        sheet.write_number(row, 5, amount, money)
        sheet.write_number(row, 6, draw.randint(1, 50))
        sheet.write_number(row, 7, 0.19)
        sheet.write_formula(row, 8, f"=F{row + 1}*H{row + 1}", money, round(amount * 0.19, 2))
        sheet.write_formula(row, 9, f"=F{row + 1}+I{row + 1}", money, round(amount * 1.19, 2))
        sheet.write_string(row, 10, draw.choice(["EUR", "USD", "GBP"]))
        sheet.write_string(row, 11, f"Note on the item number {row % 997} & more")
        sheet.write_boolean(row, 12, row % 2 == 0)
        sheet.write_string(row, 13, f"label {row % 40}")
    book.close()


def shared(path: Path, source: Path) -> None:
    """Write the same sheet with its texts in a shared string table, as Excel saves it."""
    from python_calamine import CalamineWorkbook

    values = CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Fees")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(values):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(at, column, value, day)
            elif column in {8, 9} and at:
                text = f"=F{at + 1}*H{at + 1}" if column == 8 else f"=F{at + 1}+I{at + 1}"
                sheet.write_formula(at, column, text, None, value)
            else:
                sheet.write(at, column, value)
    book.close()


def small(path: Path) -> None:
    """Write a book of about 300 KB: eight sheets of seven hundred rows."""
    book = xlsxwriter.Workbook(str(path))
    for number in range(8):
        sheet = book.add_worksheet(f"Sheet {number}")
        for row in range(700):
            sheet.write_string(row, 0, f"id {number} {row}")
            sheet.write_row(
                row, 1, [row * n / 7 if n % 2 else f"text {row % 50} {n}" for n in range(8)]
            )
            sheet.write_formula(row, 9, f"=B{row + 1}*2", None, row * 2)
    book.close()


def tiny(path: Path) -> None:
    """Write a book of one sheet and a hundred cells."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet")
    for row in range(20):
        sheet.write_row(row, 0, [f"id {row}", row, row / 7, f"text {row % 5}", True])
    book.close()


def texts(path: Path, rows: int) -> None:
    """Write 26 columns of texts."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Fees")
    for row in range(rows):
        sheet.write_row(row, 0, [f"text {row % 9973} of {column}" for column in range(26)])
    book.close()


def measure(jobs: dict[str, str], path: Path, cache: Path, rounds: int) -> dict[str, Cost]:
    """Return the least CPU time and the most memory that each job took."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(cache), "PYTHONDONTWRITEBYTECODE": ""}
    best = dict.fromkeys(jobs, Cost(float("inf"), 0))
    for _ in range(rounds):
        for name, job in jobs.items():
            run = subprocess.run(
                [sys.executable, "-c", WORKER.format(job=job), str(path)],
                capture_output=True,
                text=True,
                env=environment,
                check=False,
            )
            if run.returncode:
                raise SystemExit(run.stderr)
            seconds, megabytes = json.loads(run.stdout.splitlines()[-1])
            least, most = best[name]
            best[name] = Cost(min(least, seconds), max(most, megabytes))
    return best


def table(title: str, costs: dict[str, Cost]) -> None:
    """Print one comparison; the first line is what the others are measured against."""
    base = next(iter(costs.values()))
    print(f"\n### {title}\n\n| job | CPU s | peak MB | ratio |\n|---|---:|---:|---:|")
    for name, cost in costs.items():
        ratio = cost.seconds / base.seconds
        print(f"| {name} | {cost.seconds:.3f} | {cost.megabytes:.0f} | {ratio:.2f} |", flush=True)


def reading(folder: Path, rows: int, rounds: int, *, openpyxl: bool) -> None:
    """Compare readers."""
    cache = folder / "cache"
    fees(folder / "inline.xlsx", rows)
    shared(folder / "fees.xlsx", folder / "inline.xlsx")
    small(folder / "small.xlsx")
    tiny(folder / "tiny.xlsx")
    texts(folder / "texts.xlsx", rows)
    jobs = {"calamine, bare values": READ_CALAMINE, "sheetrecord, types and formulas": READ_OURS}
    if importlib.util.find_spec("fastexcel") is not None:
        jobs["fastexcel, into Arrow"] = READ_FASTEXCEL
    for name, title in (("fees", "shared strings"), ("inline", "inline strings")):
        path = folder / f"{name}.xlsx"
        costs = measure(jobs, path, cache, rounds)
        if openpyxl and name == "fees":
            slow = {"openpyxl read_only": READ_OPENPYXL, "openpyxl": LOAD_OPENPYXL}
            costs |= measure(slow, path, cache, 1)
        table(f"Read {rows:,} x 14, {title}", costs)
    path = folder / "texts.xlsx"
    table(f"Read {rows:,} x 26 texts", measure(jobs, path, cache, rounds))
    jobs["calamine, bare values"] = READ_ALL_CALAMINE
    for name, title in (("small", "small"), ("tiny", "tiny")):
        path = folder / f"{name}.xlsx"
        size = path.stat().st_size // 1000
        table(f"Read a {title} book ({size} KB)", measure(jobs, path, cache, rounds * 3))


def patching(folder: Path, rows: int, rounds: int, *, openpyxl: bool) -> None:
    """Compare changing a workbook in place with loading and saving it."""
    if importlib.util.find_spec("sheetrecord.xlsx.write.patcher") is None:
        return
    path, cache = folder / "fees.xlsx", folder / "cache"
    new = folder / "fees.xlsx.out"
    for title, ours, theirs, count in (
        ("Set 1 cell", SET_OURS, SET_OPENPYXL, 1),
        ("Set 1,000 cells", SET_OURS, SET_OPENPYXL, min(1000, rows)),
        (f"Append {rows:,} rows", APPEND_OURS, APPEND_OPENPYXL, rows),
        ("Insert 3 rows at the top", INSERT_OURS, "", 3),  # openpyxl moves no reference
    ):
        costs = measure({"sheetrecord": ours.format(count=count)}, path, cache, rounds)
        if openpyxl and theirs:
            costs |= measure({"openpyxl": theirs.format(count=count)}, path, cache, 1)
        table(f"{title} of {rows:,} x 14", costs)
        if not openpyxl or not theirs:
            print(f"\nThe workbook is {new.stat().st_size / path.stat().st_size:.2f} of its size.")


def main() -> None:
    """Parse the words, make the books, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 rows instead of 100,000")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-openpyxl", action="store_true", help="leave the slow ones out")
    said = parser.parse_args()
    rows = 10_000 if said.quick else said.rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reading(folder, rows, said.rounds, openpyxl=not said.no_openpyxl)
        patching(folder, rows, said.rounds, openpyxl=not said.no_openpyxl)


if __name__ == "__main__":
    main()
