"""One record in two copies: a workbook file, and a spreadsheet in a made-up Google.

Both are looked at here with other eyes than ours: openpyxl, and what the server holds. Whatever is
typed is typed once, so that what is lost is a difference of two sets.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import openpyxl

from merge.people import START
from merge.world import fee
from sheetrecord.app.settings.places import DeclaredCopy, StoreAt
from sheetrecord.app.sync.open_store import find_record, looking
from sheetrecord.app.sync.run import SyncReport, SyncRequest, run
from sheetrecord.app.sync.targets import SyncTargets
from sheetrecord.core.sync.view import EVERYTHING
from sheets_server import MACHINE, Google
from sheets_server.state import Sheet
from workbooks import online
from workbooks.kinds import xlsx
from workbooks.test_merged import ASOF, sheets

WORD: Final = re.compile(r"w\d+")
"""A value that somebody typed: there is only one of each."""

ROWS: Final = 7
ALLOWED: Final = frozenset(
    {"emptied", "mass-delete", "all-changed", "sorted-apart", "column-cleared", "ids-swapped",
     "stranger"}
)  # fmt: skip
DESCRIPTION, NOTE = "Description", "Note"
MINE, TWICE = "Mine", "Twice"
"""Columns that are no part of the record: somebody's own words, and a formula of each row."""

Line = dict[str, str]


def firm() -> bytes:
    """Return the record: two deals, seven fee lines, and two columns that somebody added."""
    lines = [
        {"fee_id": fee(n), "deal_id": "D-0001", "description": f"line {n}", "net": n,
         "currency": "EUR"}
        for n in range(1, ROWS + 1)
    ]  # fmt: skip
    cells = sheets({**START, "Fees": lines})
    fees = cells["Fees"]
    last = max(column for _, column in fees)
    net = next(column for (row, column), text in fees.items() if row == 1 and text == "Net")
    fees[1, last + 1], fees[1, last + 2] = MINE, TWICE
    for row in range(2, ROWS + 2):
        fees[row, last + 1] = f"mine {row - 1}"
        fees[row, last + 2] = f"={chr(64 + net)}{row}*2"
    cells["Notes"] = {(1, 1): "nobody's business"}
    return xlsx(cells)


FIRM: Final = firm()


class Pair:
    """The two copies of a record, its store, and what everybody has typed into them."""

    data = FIRM

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "firm.xlsx"
        self.google: Google = online.server().fresh()
        self.key = self.google.add_file(self.data, key=f"k{folder.name}"[-40:])
        self.google.share(self.key, MACHINE)
        self.path.write_bytes(self.data)
        self.names = [str(self.path), f"gsheet:{self.key}"]
        self.record = ""
        self.typed = 0
        self.expected: set[str] = set()
        self.own: dict[str, str] = {}
        """Words in the column of one's own, with the description of their row's id."""

    def word(self) -> str:
        """Return a value that nobody typed before; it must never be lost."""
        self.typed += 1
        found = f"w{self.typed}"
        self.expected.add(found)
        return found

    def sync(self) -> SyncReport:
        """Sync the two copies, in this process."""
        found = find_record(self.names, StoreAt("", self.record))
        self.record = found.record or self.record
        copies = tuple(DeclaredCopy("", name, EVERYTHING) for name in self.names)
        return run(SyncTargets(copies, (), found), SyncRequest("Mara", ASOF, ALLOWED))

    def disputed(self) -> set[str]:
        """Return the words that stand in conflicts."""
        with looking(find_record(self.names, StoreAt("", self.record))) as store:
            return set(WORD.findall(repr(store.load().conflicts)))

    def disputed_rows(self) -> set[str]:
        """Return the ids of the rows about which there are conflicts."""
        with looking(find_record(self.names, StoreAt("", self.record))) as store:
            return {one.row_id for one in store.load().conflicts}

    # what stands in the file

    def book(self) -> Any:
        """Return the file as openpyxl opens it."""
        return openpyxl.load_workbook(io.BytesIO(self.path.read_bytes()))

    def save(self, book: Any) -> None:
        """Save a file over the one that stands there."""
        out = io.BytesIO()
        book.save(out)
        self.path.write_bytes(out.getvalue())

    def file_lines(self) -> dict[str, Line]:
        """Return the fee lines of the file by id."""
        rows = [[cell.value for cell in row] for row in self.book()["Fees"].iter_rows()]
        return _lines(rows, "the file")

    # what stands in Google

    def tab(self) -> Sheet:
        """Return the tab with the fee lines, whatever it is called by now."""
        sheets = self.google.book(self.key).sheets
        return next(one for one in sheets if not one.shown.get("hidden") and _is_fees(one))

    def online_lines(self) -> dict[str, Line]:
        """Return the fee lines of the spreadsheet by id."""
        tab = self.tab()
        width = len(tab.columns)
        rows = [[_value(row.cells.get(c, {})) for c in range(width)] for row in tab.rows]
        return _lines(rows, "the spreadsheet")

    def columns(self) -> dict[str, int]:
        """Return the columns of the spreadsheet by their headers, counted from 0."""
        return _heads(self.tab())

    def filled(self) -> list[int]:
        """Return the rows of the spreadsheet that hold a fee line, counted from 0."""
        heads = self.columns()
        wanted = [heads[DESCRIPTION], heads[NOTE], heads["Fee ID"]]
        rows = list(enumerate(self.tab().rows))[1:]
        return [n for n, row in rows if any(_value(row.cells.get(c, {})) for c in wanted)]

    def shown(self, row: int) -> set[str]:
        """Return the words that stand in a row of the spreadsheet."""
        cells = self.tab().rows[row].cells.values()
        return {text for cell in cells if WORD.fullmatch(text := str(_value(cell)))}


def _value(cell: dict[str, Any]) -> Any:
    entered = cell.get("userEnteredValue", {})
    return next(iter(entered.values()), "")


def _is_fees(sheet: Sheet) -> bool:
    return bool(_heads(sheet)) or sheet.title == "Fees"


def _heads(sheet: Sheet) -> dict[str, int]:
    heads = {str(_value(cell)): column for column, cell in sheet.rows[0].cells.items()}
    return heads if "Fee ID" in heads else {}


def _lines(rows: list[list[Any]], where: str) -> dict[str, Line]:
    heads = [str(head or "") for head in rows[0]]
    found: dict[str, Line] = {}
    for row in rows[1:]:
        line = {h: "" if c is None else str(c) for h, c in zip(heads, row, strict=False) if h}
        if not any(line.get(head) for head in (DESCRIPTION, NOTE, "Fee ID")):
            continue
        row_id = line.pop("Fee ID")
        assert row_id, f"a line without an id in {where}: {line}"
        assert row_id not in found, f"{row_id} stands twice in {where}"
        found[row_id] = line
    return found


def formulas_apart(pair: Pair) -> Iterator[str]:
    """Yield the rows of the spreadsheet whose own formula means another row."""
    heads = pair.columns()
    letter = chr(65 + heads["Net"])
    for number, row in enumerate(pair.tab().rows[1:], start=2):
        found = _value(row.cells.get(heads[TWICE], {}))
        if found and found != f"={letter}{number}*2":
            yield f"row {number}: {found}"
