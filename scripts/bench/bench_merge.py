"""Measure a merge of two large copies: CPU seconds in the planner, without reading files.

    python scripts/bench/bench_merge.py [ROWS] [EDITS]

Two copies of 100,000 commitments with 13 filled columns, a thousand edits in each. Best of five.
"""

import datetime as dt
import gc
import random
import sys
import time

from sheetrecord.core.merge.planner import merge
from sheetrecord.core.merge.side import Side
from sheetrecord.model.book import Book, Cells, Range, Sheet
from sheetrecord.schema import ids
from sheetrecord.schema.names import column_name
from sheetrecord.schema.read.parse import parse

TODAY = dt.date(2026, 6, 30)
FILLED = [
    "com_id",
    "deal_id",
    "what",
    "type",
    "form",
    "said_by",
    "said_to",
    "said_on",
    "client_believes",
    "in_contract",
    "due_on",
    "disposition",
    "note",
]
LABELS = {
    "type": "promise",
    "form": "verbal",
    "client_believes": "yes",
    "in_contract": "no",
    "disposition": "undecided",
}


def value(key: str, row: int) -> object:
    """Return what stands in a cell; every twentieth of some columns is blank."""
    if key == "com_id":
        return ids.make("C", row)
    if key == "deal_id":
        return ids.deal_id(1 + row % 1000)
    if key in LABELS:
        return LABELS[key]
    if key in {"said_on", "due_on"}:
        return TODAY - dt.timedelta(days=row % 400)
    return None if key == "note" and row % 20 == 0 else f"{key} {row}"


def side(columns: dict[str, list[object]]) -> Side:
    """Return a copy with these columns, read."""
    sheet, names = {}, {}
    for number, key in enumerate(FILLED, start=1):
        cells = [(i, v) for i, v in enumerate(columns[key], start=2) if v is not None]
        sheet[number] = Cells([1, *(i for i, _ in cells)], [key, *(v for _, v in cells)])
        names[column_name("Commitments", key)] = Range("Commitments", 1, number, 1, number)
    numbers = range(1, 1001)
    deal = {
        1: Cells([1, *range(2, 1002)], ["deal_id", *map(ids.deal_id, numbers)]),
        2: Cells([1, *range(2, 1002)], ["client", *(f"client {n}" for n in numbers)]),
    }
    names[column_name("Deal", "deal_id")] = Range("Deal", 1, 1, 1, 1)
    names[column_name("Deal", "client")] = Range("Deal", 1, 2, 1, 2)
    book = Book("bench", [Sheet("Deal", deal), Sheet("Commitments", sheet)], names=names)
    return Side(book, parse(book, TODAY))


def edited(columns: dict[str, list[object]], edits: int, seed: int) -> dict[str, list[object]]:
    """Return columns in which somebody retyped some texts."""
    source = random.Random(seed)
    found = {key: list(cells) for key, cells in columns.items()}
    for number in range(edits):
        key = source.choice(["what", "said_by", "said_to", "note"])
        found[key][source.randrange(len(found[key]))] = f"typed by {seed}, {number}"
    return found


def main() -> None:
    """Print the best of five runs."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    edits = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    start = {key: [value(key, row) for row in range(rows)] for key in FILLED}
    ours, theirs = edited(start, edits // 2, 1), edited(start, edits // 2, 2)
    best = 0.0
    for _ in range(5):
        copies = [side(columns) for columns in (start, ours, theirs)]
        gc.collect()
        began = time.process_time()
        merged = merge(*copies)
        taken = time.process_time() - began
        best = min(best, taken) if best else taken
    print(f"{rows} rows x {len(FILLED)} columns, {edits} edits: {best:.2f} s CPU")
    print(f"{len(merged.plan)} changes, {len(merged.conflicts)} conflicts")


if __name__ == "__main__":
    main()
