"""Patch every workbook of a folder in six ways and check that nothing else changed.

    python scripts/corpus_check.py FOLDER [--libreoffice] [--only OPERATION] [--seconds 60]

For each workbook and operation (one cell, up to 1,000 cells, appended, inserted and deleted rows,
a note): members the patch does not name keep their compressed bytes; the touched worksheet, parsed
independently, differs only where it should; openpyxl and calamine read every other value as
before; with ``--libreoffice`` so does LibreOffice. A refusal with a reason is counted, not failed.
Each file runs in its own process with limits on time and memory. Exits 1 on any failure.
"""

import argparse
import collections
import csv
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from corpus_laws import (
    OPERATIONS,
    Place,
    calamine_values,
    changed_values,
    check_members,
    check_sheet,
    compare,
    first_sheet,
    formula_cells,
    openpyxl_values,
    parse_sheet,
    plan,
    stays,
)
from sheetrecord.xlsx import Refused, patch
from sheetrecord.xlsx.archive.members import Container
from sheetrecord.xlsx.package import Package

MEMORY = 6 << 30


def run_one(path: str, operation: str, folder: str) -> dict[str, Any]:
    """Patch one workbook in one way and check it; return what the parent prints."""
    before = Path(path).read_bytes()
    started = time.process_time()
    try:
        package = Package(Container(before))
        sheet = first_sheet(package)
        old = parse_sheet(package.text(sheet.part))
        edits, named, move = plan(operation, sheet.name, old[0])
        started = time.process_time()
        result = patch(before, edits)
    except Refused as refusal:
        return {"status": "refused", "reason": refusal.reason, "detail": str(refusal)}
    except ET.ParseError:
        return {"status": "refused", "reason": "not-xml", "detail": "the original is not XML"}
    spent = time.process_time() - started
    assert patch(before, edits).data == result.data, "not deterministic"
    check_members(before, result.data, result.report.parts)
    after = Package(Container(result.data))
    check_sheet(operation, old, parse_sheet(after.text(sheet.part)), named, move)
    formulas = {}
    for each in package.sheets:
        if each.kind == "worksheet" and each.part:
            cells, _ = parse_sheet(package.text(each.part))
            formulas[each.name] = formula_cells(cells)
    context = (operation, sheet.name, named, move, formulas)
    compare(openpyxl_values, before, result.data, context)
    compare(calamine_values, before, result.data, context)
    if folder:
        Path(folder, f"{operation}.xlsx").write_bytes(result.data)
        Path(folder, "before.xlsx").write_bytes(before)
    return {
        "status": "ok",
        "seconds": spent,
        "sheet": sheet.name,
        "named": sorted(named or ()),
        "formulas": {name: sorted(cells) for name, cells in formulas.items()},
        "sheets": [s.name for s in package.sheets],
    }


def worker(path: str, operations: Iterable[str], folder: str) -> None:
    """Run the operations on one file and print one JSON line for each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    for operation in operations:
        try:
            answer = run_one(path, operation, folder)
        except Exception as error:  # noqa: BLE001 - every failure is a result of this check
            last = traceback.extract_tb(error.__traceback__)[-1]
            answer = {
                "status": "failed",
                "detail": f"{type(error).__name__}: {error} "
                f"({Path(last.filename).name}:{last.lineno})",
            }
        answer |= {
            "operation": operation,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        print(json.dumps(answer), flush=True)


def check_libreoffice(folder: str, answers: list[dict[str, Any]]) -> None:
    """Convert the workbook before and after and compare what LibreOffice shows."""
    _convert(folder)
    before = shown(folder, "before")
    for answer in answers:
        if answer["status"] == "ok" and before:
            for different in _differences(answer, before, shown(folder, answer["operation"])):
                answer |= {"status": "failed", "detail": f"LibreOffice: {different}"}


def _convert(folder: str) -> None:
    """Let LibreOffice write every sheet of every workbook of a folder beside it."""
    files = sorted(Path(folder).glob("*.xlsx"))
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}"]
        token = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        command += ["--convert-to", token, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, capture_output=True, timeout=600, check=False)


Shown = dict[str, dict[Place, str]]
"""What a program shows, by sheet and cell."""


def _differences(answer: dict[str, Any], before: Shown, after: Shown) -> Iterator[str]:
    """Yield each cell that shows something else after an operation that does not name it."""
    operation = answer["operation"]
    _, _, move = plan(operation, answer["sheet"], {})
    for name, cells in before.items():
        own = name == answer["sheet"]
        skip = {tuple(p) for p in answer["formulas"].get(name, ())}
        skip |= {tuple(p) for p in answer["named"]} if own else set()
        pair = cells, after.get(name, {})
        for cell, value, now in changed_values(operation, pair, move if own else stays, skip):
            yield f"{name}!{cell} {value!r} became {now!r}"


def shown(folder: str, stem: str) -> Shown:
    """Return what LibreOffice wrote for each sheet of a workbook."""
    found = {}
    for path in Path(folder).glob(f"{stem}-*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            found[path.stem[len(stem) + 1 :]] = {
                (r, c): value
                for r, row in enumerate(csv.reader(file), 1)
                for c, value in enumerate(row, 1)
                if value != ""
            }
    return found


def check_file(path: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Run one file in its own process; return its answers."""
    folder = tempfile.mkdtemp() if options.libreoffice else ""
    command = [sys.executable, __file__, "--worker", str(path), "--folder", folder]
    command += ["--only", options.only] if options.only else []
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=options.seconds, check=False, text=True
        )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode:
            detail = done.stderr.strip().splitlines()[-1:] or [f"exit {done.returncode}"]
            answers.append({"status": "failed", "operation": "?", "detail": detail[0], "peak": 0})
    except subprocess.TimeoutExpired:
        answers = [{"status": "failed", "operation": "?", "detail": "too slow", "peak": 0}]
    if folder:
        check_libreoffice(folder, answers)
        shutil.rmtree(folder)
    return answers


def _workbooks(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix.lower() in {".xlsx", ".xlsm", ".xltx", ".xltm"}:
                yield file


def main() -> int:
    """Check every workbook named on the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--libreoffice", action="store_true")
    parser.add_argument("--only", choices=OPERATIONS)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--worker")
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    if options.worker:
        worker(options.worker, [options.only] if options.only else OPERATIONS, options.folder)
        return 0
    files = list(_workbooks(options.paths))
    counts = collections.defaultdict(collections.Counter)
    reasons, failures, peak = collections.Counter(), [], 0
    for path in files:
        for answer in check_file(path, options):
            counts[answer["operation"]][answer["status"]] += 1
            peak = max(peak, answer["peak"])
            if answer["status"] == "refused":
                reasons[answer["reason"]] += 1
            if answer["status"] == "failed":
                failures.append(f"{path.name}: {answer['operation']}: {answer['detail']}")
    print(f"{len(files)} workbooks, peak {peak} MB")
    for operation, found in counts.items():
        print(f"  {operation:8}", *(f"{k} {v}" for k, v in sorted(found.items())), sep="  ")
    print("refusals:", dict(reasons.most_common()) or "none")
    print(*failures, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
