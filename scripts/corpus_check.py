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
import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from sheetrecord.xlsx import (
    AppendRows,
    DeleteRows,
    InsertRows,
    Refused,
    SetCell,
    SetNote,
    patch,
)
from sheetrecord.xlsx.a1 import cell_name, parse_cell
from sheetrecord.xlsx.container import Container
from sheetrecord.xlsx.package import Package

MAIN = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
OPERATIONS = ("one", "many", "append", "insert", "delete", "note")
MEMORY = 6 << 30


def local(tag):
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def parse_sheet(data):
    """Return {(row, column): (formula, value, type, style)} and the text of all that surrounds."""
    root = ET.fromstring(data)
    cells, around = {}, []
    row_number = 0
    for child in root:
        if local(child.tag) != "sheetData":
            if local(child.tag) not in {"dimension", "legacyDrawing"}:
                around.append(ET.tostring(child))
            continue
        for row in child:
            row_number = int(row.get("r", row_number + 1))
            column = 0
            for cell in row:
                if local(cell.tag) != "c":
                    continue
                ref = cell.get("r")
                column = parse_cell(ref)[1] if ref else column + 1
                parts = {local(e.tag): e for e in cell}
                formula = ET.tostring(parts["f"]).strip() if "f" in parts else None
                inner = parts.get("v") if "v" in parts else parts.get("is")
                value = ET.tostring(inner).strip() if inner is not None else None
                cells[row_number, column] = (formula, value, cell.get("t"), cell.get("s"))
    return cells, around


def first_sheet(package):
    for sheet in package.sheets:
        if sheet.kind == "worksheet" and sheet.part:
            return sheet
    raise Refused("no-cells", "no worksheet")


def plan(operation, sheet, cells):
    """Return the edits, the cells they name, and how a row number moves."""
    stay = lambda row: row  # noqa: E731
    constants = [(p, c) for p, c in sorted(cells.items()) if c[0] is None and c[1] is not None]
    if operation == "one":
        place = constants[len(constants) // 2][0] if constants else (2, 2)
        text = constants and constants[len(constants) // 2][1] and cells[place][2] in TEXT
        value = "changed, <&> é" if text else 12345.5
        return [SetCell(sheet, cell_name(*place), value)], {place}, stay
    if operation == "many":
        places = [p for p, _ in constants[:900]] or [(2, 2)]
        places += [(row, 30) for row in range(3, 103)]
        edits = [
            SetCell(sheet, cell_name(*p), f"t{i}" if p in cells and cells[p][2] in TEXT else i)
            for i, p in enumerate(places)
        ]
        return edits, set(places), stay
    if operation == "append":
        return [AppendRows(sheet, [{"A": "new", 2: 1.5}, {"B": 2, "D": True}])], None, stay
    if operation == "insert":
        return [InsertRows(sheet, 2, 3)], set(), lambda row: row + 3 if row >= 2 else row
    if operation == "delete":
        return (
            [DeleteRows(sheet, 2, 2)],
            set(),
            lambda row: row if row < 2 else None if row < 4 else row - 2,
        )
    return [SetNote(sheet, "C3", "A note", "Reviewer")], set(), stay


TEXT = {"s", "str", "inlineStr"}


def check_members(before, after, touched):
    """Members not named by the report keep header fields and compressed bytes."""
    old, new = Container(before), Container(after)
    touched = {name.lower() for name in touched}
    assert zipfile.ZipFile(io.BytesIO(after)).testzip() is None, "a member fails its checksum"
    for name in old.names():
        if name.lower() in touched:
            continue
        a, b = old.raw(name), new.raw(name)
        assert bytes(a.data) == bytes(b.data), f"{name} was rewritten"
        assert a.member[2:8] == b.member[2:8], f"{name} has another header"
    for name in new.names():
        if name.endswith((".xml", ".rels", ".vml")) and name.lower() in touched:
            ET.fromstring(new.read(name))


def check_sheet(operation, old, new, named, move):
    """The touched worksheet differs only in the named cells, and in dropped results."""
    cells, around = old
    now, around_now = new
    stale = set()
    if operation in {"one", "many", "note"}:
        assert around == around_now, "what surrounds the rows changed"
    for (row, column), cell in cells.items():
        target = move(row)
        if target is None or (row, column) in (named or ()):
            continue
        found = now.get((target, column))
        if operation == "append" and cell != found and (target + 2, column) in now:
            found = now[target + 2, column]  # what stood in the way moved down by the rows added
        assert found is not None, f"{cell_name(row, column)} is gone"
        if cell == found:
            continue
        assert cell[3] == found[3] or operation == "append", f"{cell_name(row, column)}: style"
        if cell[0] is not None or (cell[1] is not None and found[1] is None):
            assert operation in {"insert", "delete", "append"} or strip(cell[0]) == strip(
                found[0]
            ), f"{cell_name(row, column)}: formula {cell[0]} became {found[0]}"
            stale.add((row, column))
            continue
        assert cell[1] is None and operation == "append", (
            f"{cell_name(row, column)}: {cell} {found}"
        )
    return stale


def strip(formula):
    return None if formula is None else formula.split(b">", 1)[1]


def calamine_values(data):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = {}
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception:  # a sheet calamine itself cannot read, before as after
            continue
        top, left = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True)
        found[name] = {
            (top + r + 1, left + c + 1): value
            for r, row in enumerate(rows)
            for c, value in enumerate(row)
            if value != ""
        }
    return found


def openpyxl_values(data):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for sheet in book.worksheets:
        found[sheet.title] = {
            (cell.row, cell.column): str(getattr(cell.value, "text", cell.value))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
    return found


def compare(reader, before, after, context):
    """Every value a reader sees is as before, but for named cells and formulas."""
    operation, sheet, named, move, formulas = context
    try:
        old = reader(before)
    except Exception:  # the reader cannot open the original either: nothing to compare
        return
    new = reader(after)
    for name, cells in old.items():
        for (row, column), value in cells.items():
            own = name == sheet
            target = move(row) if own else row
            if target is None or (own and (row, column) in (named or ())):
                continue
            if (row, column) in formulas.get(name, ()):
                continue
            now = new.get(name, {}).get((target, column))
            if operation == "append" and now != value:
                now = new.get(name, {}).get((target + 2, column))
            assert now == value or (value != value and now != now), (
                f"{reader.__name__}: {name}!{cell_name(row, column)} {value!r} became {now!r}"
            )


def run_one(path, operation, folder):
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


def formula_cells(cells):
    """Return formula cells and every cell an array formula fills."""
    found = set()
    for place, (formula, *_) in cells.items():
        if formula is None:
            continue
        found.add(place)
        ref = ET.fromstring(formula).get("ref")
        if ref:
            first, _, last = ref.partition(":")
            (r1, c1), (r2, c2) = parse_cell(first), parse_cell(last or first)
            found |= {(r, c) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
    return found


def worker(path, operations, folder):
    """Run the operations on one file and print one JSON line for each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    for operation in operations:
        try:
            answer = run_one(path, operation, folder)
        except Exception as error:  # every failure is a result of this check
            last = traceback.extract_tb(error.__traceback__)[-1]
            answer = {
                "status": "failed",
                "detail": f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})",
            }
        answer |= {
            "operation": operation,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        print(json.dumps(answer), flush=True)


def check_libreoffice(folder, answers):
    """Convert the workbook before and after and compare what LibreOffice shows."""
    files = sorted(Path(folder).glob("*.xlsx"))
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}"]
        token = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        command += ["--convert-to", token, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, capture_output=True, timeout=600, check=False)
    before = shown(folder, "before")
    for answer in answers:
        if answer["status"] != "ok" or not before:
            continue
        operation = answer["operation"]
        _, _, move = plan(operation, answer["sheet"], {})
        after = shown(folder, operation)
        for name, cells in before.items():
            own = name == answer["sheet"]
            skip = {tuple(p) for p in answer["formulas"].get(name, ())}
            skip |= {tuple(p) for p in answer["named"]} if own else set()
            for (row, column), value in cells.items():
                target = move(row) if own else row
                if target is None or (row, column) in skip:
                    continue
                now = after.get(name, {}).get((target, column))
                if operation == "append" and now != value:
                    now = after.get(name, {}).get((target + 2, column))
                if now != value:
                    answer["status"] = "failed"
                    where = f"{name}!{cell_name(row, column)}"
                    answer["detail"] = f"LibreOffice: {where} {value!r} became {now!r}"


def shown(folder, stem):
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


def check_file(path, options):
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


def main():
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
    files = [
        f
        for path in options.paths
        for f in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if f.suffix.lower() in {".xlsx", ".xlsm", ".xltx", ".xltm"}
    ]
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
