"""Changes of a record, made up: small worlds in which the same rows meet often."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from sheetrecord.core.sync.store_protocol import (
    CommitChange,
    CopyState,
    LedgerEntry,
    OpenConflict,
    SideSeen,
    Snapshot,
)
from sheetrecord.model.conflict import ConflictKind
from stores.cells import CELL, TEXT, WANTED

NOON = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)

SHEET = st.sampled_from(["Deal", "Fees", 'a "sheet"', "", "\x00", '"'])
ROW_ID = st.sampled_from(["D-0001", "F-7K3Q4", "F-2WS67", "\udcff", '"quoted"', "Ä"])
KEY = st.sampled_from(["client", "net", "note", "a\x00b"])
ROW = st.dictionaries(KEY, CELL, max_size=3)
MOMENT = st.datetimes(timezones=st.just(dt.UTC))
COUNT = st.integers(min_value=0, max_value=2**62)
GENERATION = st.integers(min_value=1, max_value=12)
WORKBOOK_CONFIG = st.dictionaries(
    SHEET, st.lists(st.lists(CELL, max_size=2).map(tuple)).map(tuple), max_size=2
)
ROWS = st.dictionaries(SHEET, st.dictionaries(ROW_ID, ROW, max_size=3), max_size=2)
SNAPSHOT = st.builds(
    Snapshot,
    ROWS,
    st.dictionaries(SHEET, st.lists(KEY, max_size=2).map(tuple), max_size=2),
    WORKBOOK_CONFIG,
    st.integers(0, 9999),
    ROWS,
    ROWS,
    ROWS,
)
ENTRY = st.builds(
    LedgerEntry,
    st.sampled_from(["set", "add", "remove", "conflict", "settled", "run"]),
    TEXT, COUNT, SHEET, ROW_ID, KEY, CELL, CELL, ROW, TEXT,
)  # fmt: skip
SIDE = st.builds(SideSeen, TEXT, WANTED, COUNT, MOMENT)
STANDING = st.builds(
    OpenConflict,
    SHEET, ROW_ID, KEY, TEXT, st.sampled_from(list(ConflictKind)), WANTED, WANTED,
    st.lists(SIDE, max_size=2).map(tuple), COUNT, st.lists(KEY, max_size=2).map(tuple),
)  # fmt: skip
COPY = st.builds(
    CopyState,
    st.sampled_from(["firm.xlsx", "/srv/\udce4.xlsx", '"x"', "Müller.xlsx"]),
    TEXT.map(lambda text: text.encode("utf-8", "surrogatepass").hex()),
    COUNT, COUNT, GENERATION, COUNT, TEXT,
)  # fmt: skip
CHANGE = st.builds(
    CommitChange,
    MOMENT,
    TEXT,
    st.lists(ENTRY, max_size=4).map(tuple),
    st.dictionaries(st.tuples(SHEET, ROW_ID), ROW | st.none(), max_size=5),
    WORKBOOK_CONFIG | st.none(),
    st.integers(0, 9999),
    st.dictionaries(GENERATION, SNAPSHOT, max_size=4),
    st.lists(COPY, max_size=2).map(tuple),
    st.lists(STANDING, max_size=2).map(tuple) | st.none(),
)
"""Any change at all: what the engine commits is a small part of it."""


def told(run: int, *cells: Any) -> CommitChange:
    """Return a plain change: a row of the Fees sheet for each cell, logged."""
    rows = {("Fees", f"F-{run}-{number}"): {"net": cell} for number, cell in enumerate(cells)}
    return CommitChange(
        NOON,
        "Ana",
        tuple(
            LedgerEntry("add", "firm.xlsx", run, *place, cells=row) for place, row in rows.items()
        ),
        rows,
        bases={run: Snapshot({"Fees": {place[1]: row for place, row in rows.items()}})},
        copies=(CopyState("firm.xlsx", f"{run:064x}", 10, 20, run, run),),
    )
