"""Patch every workbook of a folder, judged by eyes that share no code with the engine.

    python scripts/second_check.py FOLDER... [--schemas DIR] [--only OPERATION]

Only zipfile and ElementTree read here. Judged are the package (no part twice, lost or dangling,
each with its type, untouched parts byte for byte), the changed parts (elements and cells in order;
every style, text and relationship that is named is there) and the cells of all sheets: what they
hold, how they look, where they stand after rows moved. ``--schemas`` names a folder with the
schemas of ECMA-376 (``sml.xsd`` and what it needs), by which changed worksheets are then validated
(needs lxml). Refusals are counted by reason. Exits 1 on any silent change.
"""

import argparse
import collections
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from second_laws import Judge, Unjudged
from sheetrecord.xlsx import DeleteRows, Edit, InsertRows, Refused, SetCell, SetNote, patch

SUFFIXES = {".xlsx", ".xlsm", ".xltx", ".xltm"}
OPERATIONS: dict[str, Callable[[str], Edit]] = {
    "one": lambda sheet: SetCell(sheet, "B3", 12345.5),
    "text": lambda sheet: SetCell(sheet, "D4", " changed <&> é "),
    "insert": lambda sheet: InsertRows(sheet, 3, 2),
    "delete": lambda sheet: DeleteRows(sheet, 3, 1),
    "note": lambda sheet: SetNote(sheet, "C3", "A note", "Reviewer"),
}


def check_one(data: bytes, operation: str, schemas: Path | None) -> str:
    """Return "ok" or a refusal's reason; raises AssertionError for a silent change."""
    judge = Judge(data, schemas)
    try:
        result = patch(data, [OPERATIONS[operation](judge.first)])
    except Refused as refused:
        return refused.reason
    judge.check(result.data, operation)
    return "ok"


def workbooks(paths: list[Path]) -> Iterator[Path]:
    """Yield the workbooks among these files and in these folders."""
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.suffix.lower() in SUFFIXES)


def main() -> int:
    """Check every workbook; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--schemas", type=Path)
    parser.add_argument("--only", choices=OPERATIONS)
    options = parser.parse_args()
    files = list(workbooks(options.paths))
    counts: collections.Counter[str] = collections.Counter()
    failures = []
    for file in files:
        for operation in [options.only] if options.only else OPERATIONS:
            try:
                counts[check_one(file.read_bytes(), operation, options.schemas)] += 1
            except Unjudged as why:
                counts[f"not judged: {why}"] += 1
            except AssertionError as law:
                counts["changed"] += 1
                failures.append(f"{file.name}: {operation}: {law}")
    print(f"{len(files)} workbooks:", dict(counts.most_common()))
    print(*failures, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
