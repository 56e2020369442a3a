"""A new workbook of a trade: which rows wait for an answer, where things stand, typing into it."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from failure_cases.trial import run
from sheetrecord.app.validate import read_record
from sheetrecord.model.book import Sheet
from sheetrecord.model.value import shown
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.record import Settings
from sheetrecord.xlsx import ClearCell, SetCell, patch

DEAL: Final = "D-0001"
SALE: Final = dt.date(2026, 3, 2)
"""The day on which every deal is signed, and on which the gate is asked."""

Typed = dict[tuple[str, int, str], Any]
"""What is typed: sheet key, row, column key -> a label, text, number or date."""


class Template(NamedTuple):
    """A new workbook as `sheetrecord new` makes it.

    ``ready`` are the rows that wait for the first deal's answers, by place (`Context.risk`);
    ``free`` is each sheet's first empty row; ``ids`` are the row ids that stand there already.
    """

    trade: str
    data: bytes
    layout: RecordLayout
    settings: Settings
    ready: Mapping[str, list[int]]
    free: Mapping[str, int]
    ids: Mapping[tuple[str, int], str]

    def has(self, place: str) -> bool:
        """Tell whether the workbook has a place: a code of the sheet's list, or a column."""
        sheet, _, key = place.partition(".")
        column = LISTS.get(sheet)
        if column is None:
            return key in self.layout.sheets[sheet].columns
        return (column, key.partition(".")[0]) in self.settings.labels

    def label(self, enum: str, code: str) -> str:
        """Return the workbook's word for a code."""
        return self.settings.labels.get((enum, code), code)

    def typed(self, cells: Typed, into: bytes = b"") -> bytes:
        """Return the workbook, or another one made from it, with cells typed in.

        None empties a cell; a column that the workbook does not have is left out.
        """
        edits: list[SetCell | ClearCell] = []
        for (sheet, row, key), value in cells.items():
            where = self.layout.where(sheet, row, key)
            ref = where.address.rpartition("!")[2]
            if where.column:
                empty = value is None
                edits.append(
                    ClearCell(where.sheet, ref) if empty else SetCell(where.sheet, ref, value)
                )
        return patch(into or self.data, edits).data


LISTS: Final = {"Context": "kind", "Commitments": "type", "Fees": "fee_type"}
"""The column whose code says what a row of the sheet is; its list has the same name."""


@cache
def template(trade: str) -> Template:
    """Make the trade's workbook, once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.xlsx"
        ran = run(Path(folder), "new", path, "--template", trade, "--asof", SALE)
        if ran.code != 0:
            raise RuntimeError(ran.err)
        book, parsed = read_record(str(path), today=SALE)
        data = path.read_bytes()
    settings, layout = parsed.record.settings, parsed.layout
    codes = {(enum, label): code for (enum, code), label in settings.labels.items()}
    ready: dict[str, list[int]] = {}
    free: dict[str, int] = {}
    ids: dict[tuple[str, int], str] = {}
    for sheet, key in _ID.items():
        place = layout.sheets[sheet]
        cells = {name: _column(book.sheets[place.title], at) for name, at in place.columns.items()}
        ids |= {(sheet, row): value for row, value in cells[key].items()}
        enum = LISTS.get(sheet, "")
        taken = cells["deal_id"] if sheet != "Deal" else {}
        for row, deal in taken.items():
            if deal == DEAL and enum:
                code = codes.get((enum, cells[enum].get(row, "")), "")
                ready.setdefault(f"{sheet}.{code}", []).append(row)
        free[sheet] = 1 + max((row for row in taken if row > place.header_row), default=3)
    return Template(trade, data, layout, settings, ready, free, ids)


def _column(sheet: Sheet, number: int) -> dict[int, str]:
    """Return a column's texts by row."""
    cells = sheet.column(number)
    return {row: str(shown(cell)) for row, cell in zip(cells.rows, cells.values, strict=False)}


_ID: Final = {
    "Deal": "deal_id",
    "Context": "ctx_id",
    "Commitments": "com_id",
    "Project": "row_id",
    "Fees": "fee_id",
}
